package browser

import (
	"fmt"
	"maps"
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handvat/generator/eval"
	"handvat/generator/explain"
	"handvat/generator/model"
)

// told is what the page of a decision tells at an end, in its own words.
type told struct {
	Why        [][2]string // question and answer
	Conditions []string    // ids in alphabetical order, each once
	Always     []string    // of those the ids that rest on no single ground, as they stand
	Panel      string      // all words of the verdict
	Changes    []struct{ What, Then string }
}

const readTold = `(() => {
	const words = (e) => e.textContent.replace(/\s+/g, ' ').trim();
	const b = (p) => [words(p).slice(0, -words(p.querySelector('b')).length).trim(), words(p.querySelector('b'))];
	return {Why: [...document.querySelectorAll('.waarom > li > h3 ~ p')].map(b),
		Conditions: [...new Set([...document.querySelectorAll('.vinken li')].map(li => li.dataset.id))].sort(),
		Always: [...document.querySelectorAll('[data-p=voorwaarden] > h2 + .vinken > li')].map(li => li.dataset.id), Panel: words(document.querySelector('[data-deel=oordeel]')),
		Changes: [...document.querySelectorAll('.verandert li')].map(li => ({What: words(li.children[0]), Then: words(li.children[1])}))};
})()`

// explainer gives what package explain knows of a decision.
func (p *project) explainer(d *model.Decision) *explain.Explainer {
	proofs := p.Proofs
	for _, e := range p.Editions {
		proofs = append(proofs[:len(proofs):len(proofs)], e.Proofs...)
	}
	for _, proof := range proofs {
		if proof.Decision == d {
			return explain.New(proof.Diagram)
		}
	}
	panic("BUG: no proof of " + d.ID)
}

// shown are the answers of a journey that its page shows at its end, and the date.
func (v *decider) shown() explain.Answers {
	v.t.Helper()
	var asked []string
	v.Eval("[...document.querySelectorAll('[data-deel=antwoorden] dt')].map(e => e.textContent)", &asked)
	a := explain.Answers{}
	for _, f := range v.d.Questions {
		if f.Kind == model.Date || slices.Contains(asked, questionOf(f)) {
			a[f] = v.situation[f.Index]
		}
	}
	return a
}

func questionOf(f *model.Fact) string {
	if f.Question == "" && f.Attribute != nil {
		return f.Attribute.Question
	}
	return f.Question
}

// TestThePageExplains holds what the page tells at the end of every journey against package explain: the answers that
// decided it are enough and none can be missed, and what is offered as a change is all there is, with where it leads.
func TestThePageExplains(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	first := func(id string) bool {
		return slices.ContainsFunc(p.Model.Conditions, func(c *model.Condition) bool { return c.ID == id && c.First })
	}
	later := func(id string) bool { return id != model.LawyerMustConfirm && !first(id) }
	for _, scripts := range withScripts {
		v := &decider{Page: chromium.Page(t, site, View{Scripts: scripts})}
		reasons, changes, confirmed, sorted := 0, 0, 0, 0
		journeys := p.journeys(t)
		if scripts != WithWebAssembly {
			journeys = firsts(journeys) // only where the outcome comes from is another
		}
		for _, j := range journeys {
			v.journey = j
			v.Open("")
			v.Open(j.page() + j.fragment())
			v.ready()
			v.expect(v.finish(v.give))
			v.Wait("the explanation", "document.querySelector('.verandert, .waarom > li > h3')")
			var page told
			v.Eval(readTold, &page)
			if want := conditionsOf(t, j); !slices.Equal(page.Conditions, want) {
				t.Errorf("%s: %s: the conditions are %q, not %q", scripts, j.name(), page.Conditions, want)
			}
			if n := slices.Index(page.Always, model.LawyerMustConfirm); n > 0 || (n == 0) != strings.Contains(page.Panel, "Laat een jurist dit eerst bevestigen.") {
				t.Errorf("%s: %s: that a lawyer must confirm it is condition %d, with the verdict %q", scripts, j.name(), n, page.Panel)
			} else if n == 0 {
				confirmed++
			}
			if at := slices.IndexFunc(page.Always, later); at >= 0 {
				if slices.ContainsFunc(page.Always[at:], first) {
					t.Errorf("%s: %s: not first in the list stands what must be done first: %q", scripts, j.name(), page.Always)
				} else if slices.ContainsFunc(page.Always, first) {
					sorted++
				}
			}
			answer, err := eval.Answer(j.d, j.situation)
			if err != nil {
				t.Fatal(err)
			}
			var own []string // the reasons that make the outcome
			for _, r := range answer.Counting {
				if r.Why != "" && r.Level == answer.Outcome && !strings.ContainsAny(r.Why, "[*") {
					own = append(own, r.Why)
				}
			}
			// Where a lock leaves questions unasked, its reason can be that of another answer to them: those are not held to it.
			lock := slices.ContainsFunc(p.Model.Decisions, func(d *model.Decision) bool {
				return slices.ContainsFunc(d.Locks, func(l *model.Lock) bool { return l.Fact != nil && l.Fact.Uses == j.d })
			})
			if len(own) > 0 && !lock && !slices.ContainsFunc(own, func(why string) bool { return strings.Contains(page.Panel, strings.TrimRight(why, ".")) }) {
				t.Errorf("%s: %s: the verdict gives another reason than one of %q: %q", scripts, j.name(), own, page.Panel)
			}
			unsure := slices.Contains(page.Conditions, model.LawyerMustConfirm)
			free := j.d.HasDuty() && answer.Duty == 0 && answer.Outcome > model.OwnWeighing && !unsure
			if free != strings.Contains(page.Panel, themeWords("plicht-geen")) {
				t.Errorf("%s: %s: that nothing obliges must be said: %t; the verdict is %q", scripts, j.name(), free, page.Panel)
			}
			if j.d.Kind == model.Permit && j.outcome == model.Forbidden {
				v.recordsAtNo()
			}
			answers := v.shown()
			e := p.explainer(j.d)

			kept := explain.Answers{}
			for _, why := range page.Why {
				f := v.fact(why[0])
				if f == nil || f.Values[answers[f]].Label != why[1] {
					t.Errorf("%s: %s: decisive is said to be %q", scripts, j.name(), why)
					continue
				}
				kept[f] = answers[f]
				reasons++
			}
			for _, need := range []bool{false, true} { // the date is not among them, and stays only where it must
				if date := dateOf(j.d); need && date != nil {
					kept[date] = answers[date]
				}
				if e.Outcomes(kept) == 1<<j.outcome {
					break
				}
				if need {
					t.Errorf("%s: %s: these answers do not decide it: %q", scripts, j.name(), page.Why)
				}
			}
			for f, value := range kept {
				if f.Kind == model.Date {
					continue
				}
				delete(kept, f)
				if e.Outcomes(kept) == 1<<j.outcome {
					t.Errorf("%s: %s: %s is not needed among %q", scripts, j.name(), f.ID, page.Why)
				}
				kept[f] = value
			}

			want := expectedChanges(j, e.WhatIf(answers))
			for _, c := range page.Changes {
				if !slices.Contains(want, c.What+" -> "+c.Then) {
					t.Errorf("%s: %s: the page offers %q, and should one of\n%s", scripts, j.name(), c.What+" -> "+c.Then, strings.Join(want, "\n"))
				}
				changes++
			}
			if len(page.Changes) != min(8, len(want)) {
				t.Errorf("%s: %s: the page offers %d changes of %d", scripts, j.name(), len(page.Changes), len(want))
			}
		}
		if confirmed == 0 {
			t.Errorf("%s: nothing waits for a lawyer", scripts)
		}
		if sorted == 0 && scripts == WithWebAssembly {
			t.Errorf("%s: nothing must be done before the rest", scripts)
		}
		t.Logf("%s: %d decisive answers, %d changes, %d verdicts that a lawyer must confirm", scripts, reasons, changes, confirmed)
	}
}

// recordsAtNo holds that under a no stands what to write down then, where the author says so, and never what goes with doing it.
func (v *decider) recordsAtNo() {
	v.t.Helper()
	doing, not := v.Count("[data-deel=hoofd] [data-deel=vastleggen]"), v.Count("[data-deel=hoofd] [data-deel=vastleggennee]")
	if written := len(v.d.RecordAtNo)+len(v.d.InformAtNo) > 0; doing > 0 || (not == 1) != written {
		v.t.Errorf("%s: %s: under a no stands %d times what to write down, and %d times what goes with doing it", v.describe(), v.name(), not, doing)
	}
}

// conditionsOf lists the ids of the conditions under which an outcome holds, in alphabetical order.
func conditionsOf(t *testing.T, j journey) []string {
	t.Helper()
	a, err := eval.Answer(j.d, j.situation)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	if j.d.Kind == model.Choice || a.Outcome > model.Forbidden {
		for _, c := range a.ConditionList(j.d) {
			ids = append(ids, c.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// expectedChanges words the changes that open an outcome: to one answer, those with the same effect together; and the
// first three ways of each kind with several.
func expectedChanges(j journey, found explain.WhatIf) []string {
	then := func(outcomes model.Set) string {
		var words []string
		for o := range j.d.Outcomes {
			if outcomes.Has(o) && o != j.outcome {
				words = append(words, j.d.Outcomes[o].Title)
			}
		}
		if j.d.Kind == model.Permit {
			slices.Reverse(words)
		}
		maybe := ""
		if bits.OnesCount64(uint64(outcomes)) > 1 {
			maybe = "dan kan misschien:"
		}
		return maybe + strings.Join(words, "")
	}
	labels := func(s explain.Setting) []string {
		var out []string
		for v, value := range s.Fact.Values {
			if s.Values.Has(v) {
				out = append(out, value.Label)
			}
		}
		return out
	}
	type effect struct {
		f        *model.Fact
		outcomes model.Set
	}
	var order []effect
	joined := map[effect]model.Set{}
	for _, c := range found.Single {
		if c.Outcomes&^(1<<j.outcome) == 0 || c.Settings[0].Fact.Kind == model.Date {
			continue
		}
		k := effect{c.Settings[0].Fact, c.Outcomes}
		if joined[k] == 0 {
			order = append(order, k)
		}
		joined[k] |= c.Settings[0].Values
	}
	var out []string
	for _, k := range order {
		out = append(out, fmt.Sprintf("%s %s -> %s", questionOf(k.f), strings.Join(labels(explain.Setting{Fact: k.f, Values: joined[k]}), " / "), then(k.outcomes)))
	}
	for _, f := range found.Further {
		out = append(out, combinations(j.d, f, then)...)
	}
	return out
}

// combinations words the first three ways with several answers, in the order of questions and answers; those that differ in
// their last answer only, and lead to the same, together.
func combinations(d *model.Decision, f explain.Further, then func(model.Set) string) []string {
	type way struct {
		steps    []int // question, value, question, value, ...
		outcomes model.Set
	}
	var ways []way
	for _, c := range f.Changes {
		if slices.ContainsFunc(c.Settings, func(s explain.Setting) bool { return s.Fact.Kind == model.Date }) {
			continue // the page never takes another date for a change
		}
		all := []way{{outcomes: c.Outcomes}}
		for _, s := range c.Settings {
			var more []way
			for _, w := range all {
				for v := range s.Fact.Values {
					if s.Values.Has(v) {
						more = append(more, way{append(slices.Clone(w.steps), slices.Index(d.Questions, s.Fact), v), c.Outcomes})
					}
				}
			}
			all = more
		}
		ways = append(ways, all...)
	}
	slices.SortFunc(ways, func(x, y way) int { return slices.Compare(x.steps, y.steps) })
	var out []string
	joined := map[string]int{}
	for _, w := range ways[:min(3, len(ways))] {
		last := len(w.steps) - 1
		label := func(i int) string { return d.Questions[w.steps[i]].Values[w.steps[i+1]].Label }
		key := fmt.Sprint(w.steps[:last], w.outcomes)
		if at, ok := joined[key]; ok {
			out[at] = strings.Replace(out[at], " -> ", " / "+label(last-1)+" -> ", 1)
			continue
		}
		var words []string
		for i := 0; i < last; i += 2 {
			words = append(words, questionOf(d.Questions[w.steps[i]])+" "+label(i))
		}
		joined[key] = len(out)
		out = append(out, strings.Join(words, " en ")+" -> "+then(w.outcomes))
	}
	return out
}

// TestAVerdictIsNotTakenAlongWithoutItsRules: where the rules cannot be fetched, or are those of another version, the visitor is
// told, can take nothing along, and keeps the answers when the page is loaded again.
func TestAVerdictIsNotTakenAlongWithoutItsRules(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	j := firsts(p.journeys(t))[0]
	name := j.page() + "regels/index.html"
	for _, c := range []struct {
		name  string
		spoil func(files map[string][]byte)
	}{
		{"not there", func(files map[string][]byte) { delete(files, name) }},
		{"another version", func(files map[string][]byte) {
			files[name] = regexp.MustCompile(`-[0-9A-Z]{8}\.wasm`).ReplaceAll(files[name], []byte("-AAAAAAAA.wasm"))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := maps.Clone(p.files)
			c.spoil(files)
			v := &decider{chromium.Page(t, Serve(t, files, folder), View{Width: 360}), j}
			v.watcher.expected = v.root + j.page() + "regels/"
			v.Open(j.page())
			v.ready()
			for words := v.question(); words != ""; words = v.question() {
				v.give(v.answer(words))
			}
			v.Wait("the message", "document.querySelector('[data-deel=hoofd] [role=alert]')")
			if v.Count("[data-deel=mee]:not([hidden]), .waarom, .vinken") > 0 || v.Count("[data-deel=oordeel]:not([hidden])") != 1 {
				t.Error("there is no verdict alone")
			}
			answers := v.Path()
			v.Click("[data-deel=hoofd] button.knop")
			v.Wait("the page again", "document.readyState === 'complete' && document.querySelector('[data-deel=hoofd] [role=alert]')")
			if got := v.Path(); got != answers {
				t.Errorf("the answers %s became %s", answers, got)
			}
		})
	}
}
