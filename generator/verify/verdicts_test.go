package verify_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"handvat/generator/agree"
	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/source"
	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
	"handvat/generator/verify"
)

var (
	byAnswers  = verify.Limits{Answers: diagram.MaxNodes, Verdicts: 0}
	byVerdicts = verify.Limits{Answers: 0, Verdicts: diagram.MaxNodes}
)

// TestVerdictsProveTheProject proves the project's own decisions on their verdicts alone: nothing is found wrong, the
// counts are the same, and what is made of them agrees with the reference.
func TestVerdictsProveTheProject(t *testing.T) {
	own := projecttest.Own(t)
	var list diag.List
	proofs := verify.UpTo(byVerdicts, own.Model, eval.Answer, &list)
	for _, d := range list.Sorted() {
		t.Error(d.String())
	}
	if len(proofs) != len(own.Proofs) {
		t.Fatalf("%d decisions are proved of %d", len(proofs), len(own.Proofs))
	}
	for i, p := range proofs {
		want := own.Proofs[i]
		if !p.Diagram.Verdicts || p.Situations.Cmp(want.Situations) != 0 || p.Invariants != want.Invariants || p.Cases != want.Cases {
			t.Errorf("%s: %v situations, %d invariants, %d cases", p.Decision.ID, p.Situations, p.Invariants, p.Cases)
		}
		for o := range p.PerOutcome {
			if p.PerOutcome[o].Cmp(want.PerOutcome[o]) != 0 {
				t.Errorf("%s: %v situations have outcome %d, and there are %v", p.Decision.ID, p.PerOutcome[o], o, want.PerOutcome[o])
			}
		}
		if p.Steps == nil {
			t.Errorf("%s has no steps", p.Decision.ID)
		}
		program := tables.Compile(own.Model, []*model.Decision{p.Decision})
		answers := agree.Evaluator{Name: "the tables", Answer: func(answers []uint8) (tables.Result, error) { return program.Answer(0, answers) }}
		if _, err := agree.Decision(own.Model, p, eval.Answer, program, 0, []agree.Evaluator{answers}, agree.Limits{All: 10_000, Edges: 3_000, Random: 1_000}); err != nil {
			t.Error(err)
		}
	}
}

// TestEntangledIsProved proves decisions in which everything rests on everything, the largest without a walk, and holds
// them against the reference and the tables.
func TestEntangledIsProved(t *testing.T) {
	for rules, walks := range map[int]bool{30: true, 120: false} {
		m := tablestest.Synthetic(rules, 24)
		var list diag.List
		proofs := verify.Verify(m, eval.Answer, &list)
		if len(proofs) != 1 || !proofs[0].Diagram.Verdicts {
			t.Fatalf("%d rules: %d proofs", rules, len(proofs))
		}
		p := proofs[0]
		if (p.Steps != nil) != walks || (p.Walk != nil) != walks || walks && !p.Walk.Short {
			t.Errorf("%d rules: the steps are %v and the walk is %v", rules, p.Steps != nil, p.Walk != nil)
		}
		program := tables.Compile(m, m.Decisions)
		answers := agree.Evaluator{Name: "the tables", Answer: func(answers []uint8) (tables.Result, error) { return program.Answer(0, answers) }}
		if _, err := agree.Decision(m, p, eval.Answer, program, 0, []agree.Evaluator{answers}, agree.Limits{Edges: 3_000, Random: 1_000}); err != nil {
			t.Error(err)
		}
	}
}

// TestVerdictsFindTheSame holds that what is wrong with random decisions is found on their verdicts as on their answers,
// and that what is shown of it is true.
func TestVerdictsFindTheSame(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(150) {
		findTheSame(t, seed, seen)
	}
	for _, code := range []string{"telt-nooit", "toch-strenger", "wet-geschonden", "wet-nooit", "geval-open", "geval-anders"} {
		if seen[code] < 10 {
			t.Errorf("%s was found %d times", code, seen[code])
		}
	}
}

func FuzzVerdictsFindTheSame(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { findTheSame(t, seed, map[string]int{}) })
}

func findTheSame(t *testing.T, seed uint64, seen map[string]int) {
	r := rand.New(rand.NewPCG(seed, 7))
	m := tablestest.Checked(seed)
	for _, d := range m.Decisions {
		promise(r, d)
	}
	found := func(limits verify.Limits) []string {
		var list diag.List
		verify.UpTo(limits, m, eval.Answer, &list)
		var out []string
		for _, d := range list.Sorted() {
			// A question that nothing depends on may pass where only verdicts are known.
			if d.Code != "vraag-doet-niets" {
				out = append(out, d.Code+" "+d.Span.String()+" "+quoted.FindString(d.Message))
				seen[d.Code]++
			}
		}
		return out
	}
	if have, want := found(byVerdicts), found(byAnswers); !slices.Equal(have, want) {
		t.Fatalf("seed %d: on verdicts\n%q\non answers\n%q", seed, have, want)
	}
}

var quoted = regexp.MustCompile(`"[^"]*"`)

// promise gives a decision laws, claims and cases, most of which do not hold. Each has a line of its own.
func promise(r *rand.Rand, d *model.Decision) {
	line := 0
	span := func() source.Span { line++; return source.Span{File: d.ID, Line: line, Column: 1} }
	for _, rule := range d.Rules {
		rule.Span = span()
	}
	set := func(size int) model.Set { return model.Set(r.Uint64()) & (1<<size - 1) }
	for i := range 6 {
		f := d.Questions[r.IntN(len(d.Questions))]
		d.Invariants = append(d.Invariants, &model.Invariant{ID: "wet", Span: span(), Always: i < 3,
			When: model.In{Fact: f, Values: set(f.Size())}, Outcomes: set(len(d.Outcomes))})
		if d.Kind == model.Permit {
			d.NeverStricter = append(d.NeverStricter, &model.NeverStricter{Fact: f, Value: r.IntN(len(f.Values)), Span: span()})
		}
		k := &model.Case{ID: "geval", Span: span(), Name: "geval", Answers: map[*model.Fact]int{},
			Expect: model.Expectation{Outcome: r.IntN(len(d.Outcomes)), Duty: -1, Rules: []*model.Rule{d.Rules[r.IntN(len(d.Rules))]}}}
		for _, f := range d.Questions {
			if r.IntN(8) > 0 {
				k.Answers[f] = r.IntN(len(f.Values))
			}
		}
		d.Cases = append(d.Cases, k)
	}
}

// TestGivenUpSaysWhy holds that a decision that is not proved is reported with the limit that was reached, what drives the
// size, and what an author can do.
func TestGivenUpSaysWhy(t *testing.T) {
	m := tablestest.Synthetic(480, 24)
	var list diag.List
	proofs := verify.UpTo(verify.Limits{Answers: 1_000, Verdicts: 10_000}, m, eval.Answer, &list)
	const want = `-: fout[niet-bewezen]: "mag-dit" is niet bewezen: te groot, ook als alleen de uitkomsten tellen (meer dan 330000 rekenstappen); splits hem in kleinere beslissingen die elk over één onderwerp gaan
    de meeste knopen vragen naar: feit-19, feit-11, feit-17; maak van wat daar samen over gaat een afgeleid feit of een beslissing
    bij deze regel werd het te veel: "regel-122"`
	if have := list.Sorted(); len(proofs) != 0 || len(have) != 1 || have[0].String() != want {
		t.Errorf("%d proofs, %v", len(proofs), have)
	}
}
