package explain_test

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"

	"handvat/generator/explain"
	"handvat/generator/model"
)

// after gives the answers with some changed, and the situations that then fit; nil where a new answer cannot be.
func (k *check) after(changed explain.Answers) []int {
	a := maps.Clone(k.answers)
	maps.Copy(a, changed)
	list := k.all.fits(a)
	for f, v := range changed {
		if !slices.ContainsFunc(list, func(i int) bool { return k.all.situations[i][f.Index] == v }) {
			return nil
		}
	}
	return list
}

// what describes all that a change tells, apart from the change.
func (k *check) what(changed explain.Answers, list []int) string {
	outcomes := k.all.outcomes(list)
	out := fmt.Sprintf("%b", outcomes)
	if bits.OnesCount64(uint64(outcomes)) > 1 {
		_, root := k.all.grow(forest{}, forest{}, list, 0)
		out += " depends on " + ids(k.askedFacts(root))
	}
	undefined := func(f *model.Fact, list []int) bool {
		return len(list) > 0 && !slices.ContainsFunc(list, func(i int) bool { return k.all.situations[i][f.Index] != f.UndefinedIndex() })
	}
	now := k.all.fits(k.answers)
	for _, f := range k.all.d.Questions {
		if v, ok := k.answers[f]; ok && v < len(f.Values) && len(f.Values) > 1 && f.HasUndefined() && undefined(f, list) && !undefined(f, now) {
			out += " drops " + f.ID
			k.seen.dropped++
		}
	}
	return out
}

// flat writes every single choice of a list of changes with what it tells.
func flat(list []explain.Change) map[string]string {
	out := map[string]string{}
	for _, c := range list {
		what := fmt.Sprintf("%b", c.Outcomes)
		if len(c.DependsOn) > 0 {
			what += " depends on " + ids(c.DependsOn)
		}
		for _, f := range c.Dropped {
			what += " drops " + f.ID
		}
		var each func(i int, key string)
		each = func(i int, key string) {
			if i == len(c.Settings) {
				if out[key] != "" {
					what += " TWICE"
				}
				out[key] = what
				return
			}
			for v := range c.Settings[i].Fact.Size() {
				if c.Settings[i].Values.Has(v) {
					each(i+1, key+fmt.Sprintf("%s=%d ", c.Settings[i].Fact.ID, v))
				}
			}
		}
		each(0, "")
	}
	return out
}

// changes gives every way to answer exactly n questions differently.
func (k *check) changes(n int, visit func(key string, changed explain.Answers)) {
	var choose func(from, left int, key string, changed explain.Answers)
	choose = func(from, left int, key string, changed explain.Answers) {
		if left == 0 {
			visit(key, changed)
			return
		}
		for i := from; i < len(k.all.d.Questions); i++ {
			f := k.all.d.Questions[i]
			now, ok := k.answers[f]
			if !ok || now >= len(f.Values) {
				continue
			}
			for v := range f.Values {
				if v != now {
					changed[f] = v
					choose(i+1, left-1, key+fmt.Sprintf("%s=%d ", f.ID, v), changed)
					delete(changed, f)
				}
			}
		}
	}
	choose(0, n, "", explain.Answers{})
}

func (k *check) whatIf() string {
	got := k.e.WhatIf(k.answers)
	now := k.all.outcomes(k.all.fits(k.answers))
	if got.Outcomes != now {
		return "what if: other outcomes now"
	}
	want := map[string]string{}
	var reached model.Set
	k.changes(1, func(key string, changed explain.Answers) {
		list := k.after(changed)
		if outcomes := k.all.outcomes(list); len(list) > 0 && outcomes != now {
			reached |= outcomes
			want[key] = k.what(changed, list)
		}
	})
	if have := flat(got.Single); !maps.Equal(have, want) {
		return fmt.Sprintf("what if: single changes\n%v\nwant\n%v", have, want)
	}
	if k.all.d.Kind == model.Permit && !slices.IsSortedFunc(got.Single, func(x, y explain.Change) int {
		return bits.Len64(uint64(y.Outcomes)) - bits.Len64(uint64(x.Outcomes))
	}) {
		return "what if: not the most permissive first"
	}
	var everything []int
	for i := range k.all.situations {
		everything = append(everything, i)
	}
	met := map[model.Set]bool{}
	for _, further := range got.Further {
		met[further.Targets] = true
		if further.Targets&reached != 0 || further.Targets&now != 0 {
			return fmt.Sprintf("what if: one change is enough for %b", further.Targets)
		}
		if problem := k.further(further, everything); problem != "" {
			return problem
		}
	}
	for o := range k.all.d.Outcomes {
		target := model.Set(1) << o
		if k.all.d.Kind == model.Choice && now != 0 && (now|reached)&target == 0 && !met[target] {
			return fmt.Sprintf("what if: nothing is said of outcome %d", o)
		}
	}
	if k.all.d.Kind == model.Permit && now != 0 {
		above := model.Set(15) &^ (1<<bits.Len64(uint64(now)) - 1)
		below := model.Set(1)<<bits.TrailingZeros64(uint64(now)) - 1
		for _, target := range []model.Set{above, below} {
			if target != 0 && reached&target == 0 && !met[target] {
				return fmt.Sprintf("what if: nothing is said of %b", target)
			}
		}
	}
	return ""
}

func (k *check) further(got explain.Further, everything []int) string {
	if (got.Answers == 0) != (k.all.outcomes(everything)&got.Targets == 0) {
		return fmt.Sprintf("what if: %d answers for %b", got.Answers, got.Targets)
	}
	for n := 1; n <= explain.MaxAnswers; n++ {
		want := map[string]string{}
		k.changes(n, func(key string, changed explain.Answers) {
			list := k.after(changed)
			if k.all.outcomes(list)&got.Targets != 0 {
				want[key] = k.what(changed, list)
			}
		})
		switch {
		case n < got.Answers || got.Answers == 0:
			if len(want) > 0 {
				return fmt.Sprintf("what if: %d answers are enough for %b, and not only %d", n, got.Targets, got.Answers)
			}
			continue
		case len(want) <= explain.MaxCombinations:
			if have := flat(got.Changes); got.More || !maps.Equal(have, want) {
				return fmt.Sprintf("what if: %d changes for %b\n%v\nwant\n%v", n, got.Targets, have, want)
			}
		case !got.More:
			return "what if: more ways are not mentioned"
		}
		if n == 2 {
			k.seen.pairs++
		} else {
			k.seen.triples++
		}
		return ""
	}
	if got.Answers == 0 {
		k.seen.never++
	}
	return ""
}

func (k *check) findings() string {
	for _, f := range k.skipped {
		want := map[string]string{}
		for v := range f.Values {
			if list := k.after(explain.Answers{f: v}); len(list) > 0 {
				want[fmt.Sprintf("%s=%d ", f.ID, v)] = fmt.Sprintf("%b", k.all.outcomes(list))
			}
		}
		if have := flat(k.e.Findings(k.answers, f)); !maps.Equal(have, want) {
			return fmt.Sprintf("findings of %s: %v, want %v", f.ID, have, want)
		}
	}
	return ""
}
