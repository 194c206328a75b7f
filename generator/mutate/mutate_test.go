package mutate

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"handvat/generator/check"
	"handvat/generator/diag"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/verify"
)

// TestProjectHasNoHole changes every rule of the project: each change that matters must be noticed by a case, an
// invariant or a proof. A new rule without a case fails here; `handvat test --mutaties` tells which case is missing.
func TestProjectHasNoHole(t *testing.T) {
	results := Find(fresh(projecttest.Own(t)))
	count := map[Verdict]int{}
	for _, r := range results {
		if count[r.Verdict]++; r.Verdict >= Hole {
			t.Errorf("%s: %s, %s: %s: %s\n\t%s: %s becomes %s", r.Span, Verdicts[r.Verdict], r.Owner, r.Rule, r.Change, r.Situation, r.Was, r.Is)
		}
	}
	t.Logf("%d changes: %d noticed, %d equivalent, %d in reasons only, %d holes, %d not known", len(results), count[Noticed], count[Equivalent], count[Reasons], count[Hole], count[TooLarge])
}

// TestVerdictsAreTrue tries every situation of a small project with the reference evaluator, once as it is and once
// changed: the verdict on each change must be what that shows.
func TestVerdictsAreTrue(t *testing.T) {
	verdictsAreTrue(t, usual, func(got, want Verdict) bool { return got == want })
}

// TestVerdictsOfLargeDecisionsAreTrue does so with every decision taken to be large.
func TestVerdictsOfLargeDecisionsAreTrue(t *testing.T) {
	verdictsAreTrue(t, 1, alike)
}

// alike tells whether a verdict on a change in a large decision is right: it need not be known whether reasons change.
func alike(got, want Verdict) bool { return got == want || got == Reasons && want == Equivalent }

// TestLargeDecisionsAreFollowed tries every change of a project with locks, once with all answers and once with every
// decision taken to be large: nothing that matters may go unseen there.
func TestLargeDecisionsAreFollowed(t *testing.T) {
	locks := projecttest.Archive(t, "../testdata/sloten.txtar")
	answers, large := newWorker(fresh(locks)()), newWorker(fresh(locks)())
	large.most = 1
	count := map[Verdict]int{}
	for i, x := range large.mutants {
		got, want := large.try(x), answers.try(answers.mutants[i])
		if count[want.Verdict]++; !alike(got.Verdict, want.Verdict) {
			t.Errorf("%s %s: %s: verdict %s, and with all answers %s", got.Owner, got.Rule, got.Change, Verdicts[got.Verdict], Verdicts[want.Verdict])
		}
	}
	t.Log(count)
}

func verdictsAreTrue(t *testing.T, most int, right func(got, want Verdict) bool) {
	base := projecttest.Archive(t, "../testdata/fouten/base.txtar")
	w := newWorker(fresh(base)())
	w.most = most
	count := map[Verdict]int{}
	for _, x := range w.mutants {
		r := w.try(x)
		count[r.Verdict]++
		before := everything(w.m)
		x.apply()
		after := everything(w.m)
		x.undo()
		outcomes, answers, broken := false, false, false
		for key, a := range before {
			b := after[key]
			broken = broken || b.wrong
			outcomes = outcomes || a.outcome != b.outcome
			answers = answers || a.all != b.all
		}
		var want Verdict
		switch {
		case broken || fails(w.m, after):
			want = Noticed
		case outcomes:
			want = Hole
		case answers:
			want = Reasons
		default:
			want = Equivalent
		}
		if !right(r.Verdict, want) {
			t.Errorf("%s %s: %s: verdict %s, and all situations say %s", r.Owner, r.Rule, r.Change, Verdicts[r.Verdict], Verdicts[want])
		}
		if undone := everything(w.m); fmt.Sprint(undone) != fmt.Sprint(before) {
			t.Fatalf("%s %s: %s was not undone", r.Owner, r.Rule, r.Change)
		}
	}
	for verdict := Noticed; verdict <= Hole; verdict++ {
		if count[verdict] == 0 {
			t.Errorf("no change has verdict %s, so this shows little", Verdicts[verdict])
		}
	}
	t.Log(count)
}

// TestNamedChanges finds the changes of one decision at a time: those of its rules and of the derived facts that it rests
// on, with the verdicts that they have when everything is tried.
func TestNamedChanges(t *testing.T) {
	base := fresh(projecttest.Archive(t, "../testdata/fouten/base.txtar"))
	all := Find(base)
	rests := map[string][]string{"mag-ik": {"kader"}}
	for _, d := range base().Decisions {
		var want []Result
		for _, r := range all {
			if r.Owner == d.ID || slices.Contains(rests[d.ID], r.Owner) {
				want = append(want, r)
			}
		}
		if got := Find(base, d.ID); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got\n%v\nwant\n%v", d.ID, got, want)
		}
	}
}

// TestHolesAreSmall holds the report on the small project against what it should be.
func TestHolesAreSmall(t *testing.T) {
	base := projecttest.Archive(t, "../testdata/fouten/base.txtar")
	var b strings.Builder
	for _, r := range Find(fresh(base)) {
		fmt.Fprintf(&b, "%s %s %s: %s: %s %s\n", r.Span, r.Owner, r.Rule, r.Change, Verdicts[r.Verdict], r.By)
		if r.Situation != "" {
			fmt.Fprintf(&b, "    %s: %s: %s wordt %s %v\n", r.Decision, r.Situation, r.Was, r.Is, r.Conditions)
		}
	}
	const path = "testdata/base.txt"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// fresh makes the model of a project anew, for each worker its own.
func fresh(p *projecttest.Project) func() *model.Model {
	return func() *model.Model { return check.Check(p.Syntax, p.Content, &diag.List{}) }
}

// one is what a decision answers in a situation.
type one struct {
	decision     *model.Decision
	situation    model.Situation
	outcome, all string
	answer       model.Answer
	wrong        bool
}

// everything answers every situation of every decision, by decision and what was asked.
func everything(m *model.Model) map[string]one {
	out := map[string]one{}
	for _, d := range m.Decisions {
		s := make(model.Situation, len(m.Facts))
		var fill func(i int)
		fill = func(i int) {
			if i < len(d.Questions) {
				f := d.Questions[i]
				if f.Gate != nil && !holds(f.Gate, s) {
					s[f.Index] = f.UndefinedIndex()
					fill(i + 1)
					return
				}
				for v := range f.Values {
					s[f.Index] = v
					fill(i + 1)
				}
				return
			}
			for _, x := range m.Impossible {
				if holds(x.When, s) {
					return
				}
			}
			o := one{decision: d, situation: append(model.Situation(nil), s...)}
			answer, err := eval.Answer(d, s)
			if err != nil {
				o.wrong = true
			} else {
				var conditions []string
				for _, c := range answer.ConditionList(d) {
					conditions = append(conditions, c.ID)
				}
				o.answer, o.outcome = answer, fmt.Sprint(answer.Outcome, answer.Duty)
				o.all = answer.Describe(d) + fmt.Sprint(conditions)
			}
			out[fmt.Sprint(d.ID, s)] = o
		}
		fill(0)
	}
	return out
}

// fails tells whether a case or an invariant fails.
func fails(m *model.Model, answers map[string]one) bool {
	examples := map[*model.Invariant]bool{}
	for _, o := range answers {
		for _, k := range o.decision.Cases {
			if stands(k, o) && verify.Unmet(o.decision, k, o.answer) != "" {
				return true
			}
		}
		for _, i := range o.decision.Invariants {
			if !holds(i.When, o.situation) {
				continue
			}
			if allowed := i.Outcomes.Has(o.answer.Outcome); i.Always && !allowed {
				return true
			} else if allowed {
				examples[i] = true
			}
		}
	}
	for _, d := range m.Decisions {
		for _, i := range d.Invariants {
			if !i.Always && !examples[i] {
				return true
			}
		}
	}
	return false
}

// stands tells whether a situation is one that a case stands for.
func stands(k *model.Case, o one) bool {
	for f, v := range k.Answers {
		if have := o.situation[f.Index]; have != v && !(f.HasUndefined() && have == f.UndefinedIndex()) {
			return false
		}
	}
	return true
}
