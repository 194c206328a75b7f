package explain_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/eval"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/tables/tablestest"
)

// TestVerdictsExplainTheSame holds what is explained on a diagram of verdicts against what is on one of answers: the same
// is possible, for the same reasons, and asking leads to the same outcome in the author's order.
func TestVerdictsExplainTheSame(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 11))
		m := tablestest.Checked(seed)
		impossible(r, m)
		for _, d := range m.Decisions {
			answers, err := diagram.Build(m, d)
			if err != nil {
				t.Fatal(err)
			}
			verdicts, err := diagram.BuildVerdicts(m, d, diagram.MaxNodes)
			if err != nil {
				t.Fatal(err)
			}
			for range 8 {
				a := explain.Answers{}
				for _, f := range d.Questions {
					if r.IntN(2) == 0 {
						a[f] = r.IntN(len(f.Values))
					}
				}
				sameExplanation(t, seed, explain.New(answers), explain.New(verdicts), a)
			}
			visit(t, r, m, d, explain.New(verdicts))
		}
	}
}

func sameExplanation(t *testing.T, seed uint64, answers, verdicts *explain.Explainer, a explain.Answers) {
	t.Helper()
	if have, want := verdicts.Possible(a), answers.Possible(a); !reflect.DeepEqual(have, want) {
		t.Fatalf("seed %d: possible are %v, want %v", seed, have, want)
	}
	if have, want := verdicts.Why(a), answers.Why(a); !reflect.DeepEqual(have, want) {
		t.Fatalf("seed %d: because of %+v, want %+v", seed, have, want)
	}
	have, want := verdicts.WhatIf(a), answers.WhatIf(a)
	changes := func(w explain.WhatIf) (out []explain.Change) {
		out = append(out, w.Single...)
		for _, f := range w.Further {
			if !f.More { // of too many, which are left out depends on the order
				out = append(out, f.Changes...)
			}
		}
		for i := range out {
			out[i].DependsOn, out[i].Dropped = nil, nil // the first rests on which rules count
		}
		return out
	}
	if have, want := changes(have), changes(want); !reflect.DeepEqual(have, want) {
		t.Fatalf("seed %d: what if\n%+v\nwant\n%+v", seed, have, want)
	}
}

// visit answers what is asked, until nothing is.
func visit(t *testing.T, r *rand.Rand, m *model.Model, d *model.Decision, e *explain.Explainer) {
	t.Helper()
	var s model.Situation
	tablestest.Situations(m, d, nil, func(one model.Situation) bool {
		s = append(s[:0], one...)
		return r.IntN(40) > 0
	})
	whole := explain.Answers{}
	for _, f := range d.Questions {
		whole[f] = s[f.Index]
	}
	if e.Outcomes(whole) == 0 {
		return
	}
	a, last := explain.Answers{}, -1
	for {
		next := e.Next(a, nil)
		if next.Fact == nil {
			break
		}
		at := 0
		for i, f := range d.Questions {
			if f == next.Fact {
				at = i
			}
		}
		if at <= last || !next.Values.Has(s[next.Fact.Index]) {
			t.Fatalf("%s is asked after question %d", next.Fact.ID, last)
		}
		a[next.Fact], last = s[next.Fact.Index], at
	}
	want, err := eval.Answer(d, s)
	if err != nil || e.Outcomes(a) != 1<<want.Outcome {
		t.Fatalf("asking ends with %b, the reference says %d: %v", e.Outcomes(a), want.Outcome, err)
	}
}
