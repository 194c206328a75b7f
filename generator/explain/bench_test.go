package explain_test

import (
	"math/rand/v2"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/explain"
	"handvat/generator/model"
)

// largest is the decision of the project with the most nodes, and answers to it of which so many are open, spread over
// the questions. The open ones are returned as well.
func largest(b *testing.B, open int) (*diagram.Diagram, explain.Answers, []*model.Fact) {
	var g *diagram.Diagram
	for _, p := range decisions(b).Proofs {
		if g == nil || len(p.Diagram.Nodes) > len(g.Nodes) {
			g = p.Diagram
		}
	}
	a := situation(rand.New(rand.NewPCG(1, 1)), g)
	var skipped []*model.Fact
	for i := range open {
		f := g.Vars[1+i*(len(g.Vars)-1)/open]
		delete(a, f)
		skipped = append(skipped, f)
	}
	return g, a, skipped
}

// BenchmarkOpen measures what open facts cost: 0, 4, 8, 12 and 20 of them, in the same run.
func BenchmarkOpen(b *testing.B) {
	for _, open := range []struct {
		name  string
		facts int
	}{{"0", 0}, {"4", 4}, {"8", 8}, {"12", 12}, {"20", 20}} {
		g, a, skipped := largest(b, open.facts)
		e := explain.New(g)
		b.Run("Outcomes/"+open.name, func(b *testing.B) {
			for b.Loop() {
				e.Outcomes(a)
			}
		})
		b.Run("Possible/"+open.name, func(b *testing.B) {
			for b.Loop() {
				e.Possible(a)
			}
		})
		b.Run("Next/"+open.name, func(b *testing.B) {
			for b.Loop() {
				e.Next(a, skipped)
			}
		})
		b.Run("Why/"+open.name, func(b *testing.B) {
			for b.Loop() {
				e.Why(a)
			}
		})
		b.Run("WhatIf/"+open.name, func(b *testing.B) {
			for b.Loop() {
				e.WhatIf(a)
			}
		})
	}
}

// BenchmarkDiff compares the largest decision with itself, and with itself without its first rule.
func BenchmarkDiff(b *testing.B) {
	g, _, _ := largest(b, 0)
	without := *g.Decision
	without.Rules = without.Rules[1:]
	other, err := diagram.Build(decisions(b).Model, &without)
	if err != nil {
		b.Fatal(err)
	}
	for name, new := range map[string]*diagram.Diagram{"itself": g, "one rule": other} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := explain.Diff(g, new); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
