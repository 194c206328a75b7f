package explain

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// Limits of WhatIf: past the first no combinations of changes are listed, past the second not all of them.
const (
	MaxAnswers      = 3
	MaxCombinations = 200
)

// A Setting is a fact with some of its values.
type Setting struct {
	Fact   *model.Fact
	Values model.Set
}

// A Change is what other answers would lead to.
type Change struct {
	Settings []Setting // in asking order; with every choice of one value each the same follows
	Outcomes model.Set // then possible
	// DependsOn are the open facts on which the outcome then depends, in asking order, where Outcomes has more than one.
	DependsOn []*model.Fact
	// Dropped are the answered facts that then no longer apply, in asking order.
	Dropped []*model.Fact
}

// Further says how many answers at least would have to be different for one of some outcomes to be possible, where one
// is not enough.
type Further struct {
	Targets model.Set // of a Permit: all more permissive outcomes, or all stricter ones; of a Choice one outcome
	Answers int       // 0: it is possible in no situation, whatever is answered to what is not fixed
	Changes []Change  // all ways with so many other answers; empty past MaxAnswers
	More    bool      // there are other ways, which were not looked at
}

// WhatIf is what would change an outcome.
type WhatIf struct {
	Outcomes model.Set // possible now
	Single   []Change  // every other answer to one question after which something else is possible
	Further  []Further // most permissive first; only of outcomes that no single change makes possible
}

// WhatIf finds the nearest other answers after which something else is possible. Lists have the most permissive first.
// What nobody can make otherwise (Fact.Fixed) is never another answer.
func (e *Explainer) WhatIf(a Answers) WhatIf {
	before := base{allowed: e.allowed(a)}
	before.occurring = e.occurring(before.allowed)
	out := WhatIf{Outcomes: e.outcomes(before.allowed)}
	var reached model.Set
	for level, f := range e.g.Vars {
		if e.given(a, f) == model.Open || f.Fixed {
			continue
		}
		var changes []Change
		for v := range f.Values {
			if v == e.given(a, f) {
				continue
			}
			if c, ok := e.change(before, []step{{level, v}}, out.Outcomes); ok {
				reached |= c.Outcomes
				changes = append(changes, c)
			}
		}
		out.Single = append(out.Single, e.group(changes)...)
	}
	e.sort(out.Single)
	for _, targets := range e.targets(out.Outcomes) {
		if targets&reached == 0 {
			out.Further = append(out.Further, e.further(before, targets))
		}
	}
	return out
}

// Findings tells what each answer to an open fact would leave possible.
func (e *Explainer) Findings(a Answers, f *model.Fact) []Change {
	allowed := e.allowed(a)
	at := e.level[f]
	allowed[at] = f.All()
	occurring := e.occurring(allowed)[at]
	var changes []Change
	for v := range f.Values {
		if occurring.Has(v) {
			allowed[at] = e.answered(f, v)
			changes = append(changes, Change{Settings: []Setting{{f, 1 << v}}, Outcomes: e.outcomes(allowed)})
		}
	}
	changes = e.group(changes)
	e.sort(changes)
	return changes
}

// targets lists the sets of outcomes that somebody may want to reach from those that are possible.
func (e *Explainer) targets(possible model.Set) []model.Set {
	all := model.Set(1)<<len(e.d.Outcomes) - 1
	var out []model.Set
	switch {
	case possible == 0:
		out = []model.Set{all}
	case e.d.Kind == model.Permit:
		least, most := bits.TrailingZeros64(uint64(possible)), bits.Len64(uint64(possible))-1
		out = []model.Set{all &^ (1<<(most+1) - 1), 1<<least - 1}
	default:
		for o := range e.d.Outcomes {
			if !possible.Has(o) {
				out = append(out, 1<<o)
			}
		}
	}
	return slices.DeleteFunc(out, func(s model.Set) bool { return s == 0 })
}

// A step gives the fact at a level the value with an index.
type step struct{ level, value int }

// A base is what answers leave of each fact, by level.
type base struct{ allowed, occurring []model.Set }

// change tells what other answers lead to; not ok where they cannot occur, or where what is then possible is except.
func (e *Explainer) change(before base, steps []step, except model.Set) (Change, bool) {
	allowed := slices.Clone(before.allowed)
	var c Change
	for _, s := range steps {
		f := e.g.Vars[s.level]
		c.Settings = append(c.Settings, Setting{f, 1 << s.value})
		allowed[s.level] = e.answered(f, s.value)
	}
	slices.SortFunc(c.Settings, func(x, y Setting) int { return e.order[x.Fact] - e.order[y.Fact] })
	if c.Outcomes = e.outcomes(allowed); c.Outcomes == 0 || c.Outcomes == except {
		return c, false
	}
	then := e.occurring(allowed)
	for _, s := range steps {
		if !then[s.level].Has(s.value) {
			return c, false
		}
	}
	if count(c.Outcomes) > 1 {
		c.DependsOn = e.dependsOn(allowed)
	}
	for i, f := range e.g.Vars {
		if !f.HasUndefined() || before.allowed[i] == f.All() {
			continue
		}
		if undefined := model.Set(1) << f.UndefinedIndex(); then[i] == undefined && before.occurring[i] != undefined {
			c.Dropped = append(c.Dropped, f)
		}
	}
	return c, true
}

// group joins changes that differ in the values of one fact only and lead to the same.
func (e *Explainer) group(changes []Change) []Change {
	for coordinate := 0; ; coordinate++ {
		at := map[string]int{}
		var out []Change
		grouped := false
		for _, c := range changes {
			if coordinate >= len(c.Settings) {
				out = append(out, c)
				continue
			}
			grouped = true
			key := c.key(coordinate)
			if i, ok := at[key]; ok {
				out[i].Settings[coordinate].Values |= c.Settings[coordinate].Values
				continue
			}
			at[key] = len(out)
			out = append(out, c)
		}
		changes = out
		if !grouped {
			return changes
		}
	}
}

// key is the same for changes that differ in the values of one of their facts only.
func (c Change) key(without int) string {
	var b strings.Builder
	for i, s := range c.Settings {
		b.WriteString(s.Fact.ID)
		if i != without {
			fmt.Fprintf(&b, "=%x", s.Values)
		}
		b.WriteByte(' ')
	}
	fmt.Fprintf(&b, "%x", c.Outcomes)
	for _, list := range [][]*model.Fact{c.DependsOn, c.Dropped} {
		b.WriteString(" |")
		for _, f := range list {
			b.WriteString(" " + f.ID)
		}
	}
	return b.String()
}

// sort puts the most permissive outcome first, and of equals what is certain, then asking order. The outcomes of a
// Choice have no order but the author's.
func (e *Explainer) sort(changes []Change) {
	rank := func(c Change) [2]int {
		most, least := bits.Len64(uint64(c.Outcomes)), bits.TrailingZeros64(uint64(c.Outcomes))
		if e.d.Kind == model.Permit {
			return [2]int{-most, -least}
		}
		return [2]int{count(c.Outcomes), least}
	}
	slices.SortStableFunc(changes, func(x, y Change) int {
		a, b := rank(x), rank(y)
		if a != b {
			return slices.Compare(a[:], b[:])
		}
		if x.Outcomes != y.Outcomes {
			return cmp.Compare(x.Outcomes, y.Outcomes) // any fixed order will do
		}
		return slices.CompareFunc(x.Settings, y.Settings, func(s, t Setting) int {
			if s.Fact != t.Fact {
				return e.order[s.Fact] - e.order[t.Fact]
			}
			return bits.TrailingZeros64(uint64(s.Values)) - bits.TrailingZeros64(uint64(t.Values))
		})
	})
}

// further finds the fewest answers that must be different for some outcomes to be possible, and all ways to do so.
//
// In the diagram a way costs 1 for every branch that is another answer than the one given. Open facts are free, and so
// is nvt: a fact becomes that by itself. The cheapest ways are found children first, so no set of answers is tried.
func (e *Explainer) further(before base, targets model.Set) Further {
	const never = 1 << 20
	out := Further{Targets: targets}
	cost := make([]int, len(e.g.Nodes))
	of := func(r diagram.Ref) int {
		switch {
		case r == diagram.Impossible:
			return never
		case r.IsNode():
			return cost[r]
		case targets.Has(e.g.Ends[r.EndIndex()].Answer.Outcome):
			return 0
		}
		return never
	}
	price := func(n diagram.Node, v int) int {
		switch {
		case before.allowed[n.Var].Has(v):
			return 0
		case e.g.Vars[n.Var].Fixed:
			return never
		}
		return 1
	}
	for i, n := range e.g.Nodes {
		cost[i] = never
		for v, next := range n.Next {
			cost[i] = min(cost[i], of(next)+price(n, v))
		}
	}
	if of(e.g.Root) >= never {
		return out
	}
	if out.Answers = of(e.g.Root); out.Answers > MaxAnswers {
		out.More = true
		return out
	}
	// Each node's cheapest ways on, the first so many in order: then the first so many of the root are exact.
	ways := make(map[diagram.Ref][][]step)
	var visit func(r diagram.Ref) [][]step
	visit = func(r diagram.Ref) [][]step {
		if !r.IsNode() {
			return [][]step{nil}
		}
		if found, ok := ways[r]; ok {
			return found
		}
		var all [][]step
		n := e.g.Nodes[r]
		for v, next := range n.Next {
			if of(next)+price(n, v) != cost[r] {
				continue
			}
			for _, way := range visit(next) {
				if price(n, v) > 0 {
					way = append([]step{{n.Var, v}}, way...)
				}
				all = append(all, way)
			}
		}
		slices.SortFunc(all, compareSteps)
		all = slices.CompactFunc(all, func(x, y []step) bool { return compareSteps(x, y) == 0 })
		if len(all) > MaxCombinations {
			all, out.More = all[:MaxCombinations], true
		}
		ways[r] = all
		return all
	}
	for _, steps := range visit(e.g.Root) {
		c, ok := e.change(before, steps, 0)
		if !ok {
			panic("BUG: a way through the diagram is not possible")
		}
		out.Changes = append(out.Changes, c)
	}
	out.Changes = e.group(out.Changes)
	e.sort(out.Changes)
	return out
}

func compareSteps(x, y []step) int {
	return slices.CompareFunc(x, y, func(a, b step) int {
		if a.level != b.level {
			return a.level - b.level
		}
		return a.value - b.value
	})
}
