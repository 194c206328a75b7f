package explain_test

import (
	"fmt"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/eval"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/projecttest"
)

// decisions reads and proves the project.
func decisions(t testing.TB) *projecttest.Project {
	t.Helper()
	return projecttest.Own(t)
}

// situation makes a random situation that can occur, as far as the diagram looks at it.
func situation(r *rand.Rand, g *diagram.Diagram) explain.Answers {
	a := explain.Answers{}
	for at := g.Root; at.IsNode(); {
		n := g.Nodes[at]
		v := r.IntN(len(n.Next))
		for n.Next[v] == diagram.Impossible { // below any other there is a situation
			v = r.IntN(len(n.Next))
		}
		if f := g.Vars[n.Var]; !f.HasUndefined() || v != f.UndefinedIndex() {
			a[f] = v
		}
		at = n.Next[v]
	}
	return a
}

// TestWhyOfDecisions holds that the reasons given for every decision of the project are enough, and none too many.
func TestWhyOfDecisions(t *testing.T) {
	for _, p := range decisions(t).Proofs {
		e := explain.New(p.Diagram)
		r := rand.New(rand.NewPCG(4, 5))
		facts, answers := 0, 0
		for range 200 {
			a := situation(r, p.Diagram)
			why := e.Why(a)
			if bits.OnesCount64(uint64(why.Outcomes)) != 1 {
				t.Fatalf("%s: %s: outcomes %b", p.Decision.ID, describe(p.Decision, a), why.Outcomes)
			}
			kept := explain.Answers{}
			for _, f := range why.Because {
				kept[f] = a[f]
			}
			if got := e.Outcomes(kept); got != why.Outcomes {
				t.Errorf("%s: %s: %s leaves %b possible, want %b", p.Decision.ID, describe(p.Decision, a), ids(why.Because), got, why.Outcomes)
			}
			for _, f := range why.Because {
				v := kept[f]
				delete(kept, f)
				if e.Outcomes(kept) == why.Outcomes {
					t.Errorf("%s: %s: %s is enough without %s", p.Decision.ID, describe(p.Decision, a), ids(why.Because), f.ID)
				}
				kept[f] = v
			}
			facts, answers = facts+len(why.Because), answers+len(a)
		}
		t.Logf("%s: %d of %d answers are needed", p.Decision.ID, facts, answers)
	}
}

// TestPathOfDecisions walks every decision of the project by its next question, with unknown facts, and compares each
// place with the walk.
func TestPathOfDecisions(t *testing.T) {
	for _, p := range decisions(t).Proofs {
		e := explain.New(p.Diagram)
		r := rand.New(rand.NewPCG(6, 7))
		for round := range 30 {
			full := situation(r, p.Diagram)
			a := explain.Answers{}
			var skipped []*model.Fact
			for {
				next := e.Next(a, skipped)
				if next.Bounded {
					t.Errorf("%s: %s, unknown %s: patience ran out", p.Decision.ID, describe(p.Decision, a), ids(skipped))
				}
				if next.Fact == nil {
					break
				}
				if round%3 > 0 && next.Fact.Kind != model.Date && r.IntN(4) == 0 {
					skipped = append(skipped, next.Fact)
					continue
				}
				v, ok := full[next.Fact]
				if !ok || !next.Values.Has(v) {
					v = bits.TrailingZeros64(uint64(next.Values))
				}
				a[next.Fact] = v
			}
			if len(skipped) > 0 {
				continue
			}
			// Without unknown facts this is the walk of the pages.
			w := p.Steps
			at := w.Root()
			path := e.Path(a, nil)
			for _, s := range path {
				if w.Nodes[at].Fact != s.Fact {
					t.Fatalf("%s: asks %s where the walk asks %s", p.Decision.ID, s.Fact.ID, name(w.Nodes[at].Fact))
				}
				at = w.Nodes[at].Next[s.Value]
			}
			answer, _ := e.Answer(a)
			if w.Nodes[at].Leaf == nil || w.Nodes[at].Leaf.Answer.Outcome != answer.Outcome || w.Nodes[at].Leaf.Answer.Duty != answer.Duty {
				t.Errorf("%s: %s ends elsewhere than the walk", p.Decision.ID, describe(p.Decision, a))
			}
		}
	}
}

// TestTwelveOpenFacts holds that the search for the next question beside twelve unknown facts, any twelve, is never cut
// short in the decisions of the project.
func TestTwelveOpenFacts(t *testing.T) {
	for _, p := range decisions(t).Proofs {
		e := explain.New(p.Diagram)
		r := rand.New(rand.NewPCG(12, 13))
		for range 40 {
			a := situation(r, p.Diagram)
			var skipped []*model.Fact
			for _, i := range r.Perm(len(p.Decision.Questions))[:min(12, len(p.Decision.Questions))] {
				delete(a, p.Decision.Questions[i])
				skipped = append(skipped, p.Decision.Questions[i])
			}
			for range 3 { // with fewer and fewer answers
				if e.Next(a, skipped).Bounded {
					t.Errorf("%s: %s, unknown %s: patience ran out", p.Decision.ID, describe(p.Decision, a), ids(skipped))
				}
				for _, f := range p.Decision.Questions {
					if r.IntN(2) == 0 {
						delete(a, f)
					}
				}
			}
		}
	}
}

// TestWhatIfOfDecisions holds each change that is said to be possible against the diagram, and the order of the list.
func TestWhatIfOfDecisions(t *testing.T) {
	for _, p := range decisions(t).Proofs {
		e := explain.New(p.Diagram)
		r := rand.New(rand.NewPCG(8, 9))
		single, further := 0, 0
		for range 20 {
			a := situation(r, p.Diagram)
			got := e.WhatIf(a)
			check := func(c explain.Change) {
				for v := range c.Settings[0].Fact.Values {
					if !c.Settings[0].Values.Has(v) {
						continue
					}
					other := explain.Answers{}
					for f, v := range a {
						other[f] = v
					}
					other[c.Settings[0].Fact] = v
					for _, s := range c.Settings[1:] {
						other[s.Fact] = bits.TrailingZeros64(uint64(s.Values))
					}
					if e.Outcomes(other) != c.Outcomes {
						t.Errorf("%s: %s: a change that does not lead where it is said to", p.Decision.ID, describe(p.Decision, a))
					}
				}
			}
			for _, c := range got.Single {
				single++
				check(c)
			}
			for _, f := range got.Further {
				for _, c := range f.Changes {
					further++
					check(c)
				}
			}
		}
		t.Logf("%s: %d single changes and %d combinations", p.Decision.ID, single, further)
	}
}

// TestDiffOfEqualVersions holds that a decision does not differ from itself.
func TestDiffOfEqualVersions(t *testing.T) {
	for _, p := range decisions(t).Proofs {
		d, err := explain.Diff(p.Diagram, p.Diagram)
		if err != nil {
			t.Fatal(err)
		}
		if !d.Equal() || d.MorePermissive || d.Stricter || d.Situations.Cmp(p.Situations) != 0 || d.Same.Cmp(p.Situations) != 0 {
			t.Errorf("%s differs from itself: %+v", p.Decision.ID, d)
		}
	}
}

// TestDiffOfOneRule leaves out each rule of each decision in turn (of a choice: gives it another outcome), and holds the
// difference against the counts of both diagrams and the reference evaluator.
func TestDiffOfOneRule(t *testing.T) {
	c := decisions(t)
	for _, p := range c.Proofs {
		r := rand.New(rand.NewPCG(10, 11))
		differ, cubes, most, undescribed := 0, 0, 0, 0
		for at := range p.Decision.Rules {
			if testing.Short() && at%5 > 0 {
				continue
			}
			without := *p.Decision
			gone := p.Decision.Rules[at]
			without.Rules = slices.Delete(slices.Clone(without.Rules), at, at+1)
			if without.Kind == model.Choice {
				other := *gone
				other.Level = (gone.Level + 1) % len(without.Outcomes)
				without.Rules = slices.Insert(without.Rules, at, &other)
			}
			build := diagram.Build
			if p.Diagram.Verdicts {
				build = func(m *model.Model, d *model.Decision) (*diagram.Diagram, error) {
					return diagram.BuildVerdicts(m, d, diagram.MaxNodes)
				}
			}
			g, err := build(c.Model, &without)
			if err != nil {
				t.Fatal(err)
			}
			d, err := explain.Diff(p.Diagram, g)
			if err != nil {
				t.Fatal(err)
			}
			if problem := balance(d, p.Diagram, g); problem != "" {
				t.Errorf("%s without %s: %s", p.Decision.ID, gone.ID, problem)
			}
			for range 300 {
				if problem := sample(c.Model, d, situation(r, g)); problem != "" {
					t.Errorf("%s without %s: %s", p.Decision.ID, gone.ID, problem)
					break
				}
			}
			if len(d.Changes) > 0 {
				differ++
			}
			n := 0
			for _, change := range d.Changes {
				n += len(change.Cubes)
				if change.Rest.Sign() > 0 {
					undescribed++
				}
			}
			cubes, most = cubes+n, max(most, n)
		}
		t.Logf("%s: of %d rules %d make a difference, described %d times, at most %d for one; %d not in full",
			p.Decision.ID, len(p.Decision.Rules), differ, cubes, most, undescribed)
	}
}

// balance holds that what moves between outcomes is what their numbers differ.
func balance(d *explain.Difference, before, after *diagram.Diagram) string {
	if d.Situations.Cmp(before.Situations()) != 0 {
		return fmt.Sprintf("compares %s situations of %s", d.Situations, before.Situations())
	}
	for o, outcome := range d.Old.Outcomes {
		count := func(g *diagram.Diagram) *big.Int {
			return g.Count(func(e diagram.End) bool { return !e.Wrong && e.Answer.Outcome == o })
		}
		moved := new(big.Int).Sub(count(after), count(before))
		for _, c := range d.Changes {
			if c.To == o {
				moved.Sub(moved, c.Situations)
			}
			if c.From == o {
				moved.Add(moved, c.Situations)
			}
		}
		if moved.Sign() != 0 {
			return fmt.Sprintf("the number of situations of %s is off by %s", outcome.ID, moved)
		}
	}
	return ""
}

// sample asks the reference in one situation, and finds it in the descriptions of the change that it makes, and no other.
func sample(m *model.Model, d *explain.Difference, a explain.Answers) string {
	s := make(model.Situation, len(m.Facts))
	for i := range s {
		s[i] = model.Open
	}
	for _, f := range d.New.Questions {
		v, ok := a[f]
		if !ok { // a fact that did not matter on the way, or is nvt
			v = 0
			if f.HasUndefined() {
				if holds, err := eval.Holds(f.Gate, s); err == nil && !holds {
					v = f.UndefinedIndex()
				}
			}
		}
		s[f.Index] = v
	}
	was, err := eval.Answer(d.Old, s)
	if err != nil {
		return err.Error()
	}
	is, err := eval.Answer(d.New, s)
	if err != nil {
		return err.Error()
	}
	for _, c := range d.Changes {
		described := slices.ContainsFunc(c.Cubes, func(cube explain.Cube) bool {
			return !slices.ContainsFunc(cube.Settings, func(set explain.Setting) bool {
				f := d.New.Questions[slices.IndexFunc(d.New.Questions, func(f *model.Fact) bool { return f.ID == set.Fact.ID })]
				return !set.Values.Has(set.Fact.ValueIndex(f.ValueID(s[f.Index])))
			})
		})
		changes := c.From == was.Outcome && c.To == is.Outcome
		if described && !changes || changes && !described && c.Rest.Sign() == 0 {
			return fmt.Sprintf("%v goes from %d to %d; described as %d to %d: %v", s, was.Outcome, is.Outcome, c.From, c.To, described)
		}
	}
	if was.Outcome != is.Outcome && !slices.ContainsFunc(d.Changes, func(c explain.OutcomeChange) bool { return c.From == was.Outcome && c.To == is.Outcome }) {
		return fmt.Sprintf("%v goes from %d to %d, which is not told", s, was.Outcome, is.Outcome)
	}
	return ""
}
