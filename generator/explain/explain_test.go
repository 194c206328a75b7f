package explain_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/eval"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/tables/tablestest"
)

// most is how many situations a decision may have to be looked at in full.
const most = 1500

func TestMatchesEnumeration(t *testing.T) {
	seeds := uint64(250)
	if testing.Short() {
		seeds = 40
	}
	var seen coverage
	for seed := range seeds {
		checkModel(t, seed, &seen)
	}
	if slices.Contains([]int{seen.contradictions, seen.settled, seen.sameOutcome, seen.undecided, seen.pairs, seen.triples, seen.never, seen.dropped}, 0) {
		t.Errorf("some kind of answer was never met: %+v", seen)
	}
	t.Logf("%+v", seen)
}

// FuzzExplain holds explanations of random decisions, and differences between random versions, against enumeration.
func FuzzExplain(f *testing.F) {
	f.Add(uint64(1))
	f.Add(uint64(487)) // two ends that are equal in all they have in common
	f.Fuzz(func(t *testing.T, seed uint64) {
		checkModel(t, seed, &coverage{})
		checkDiff(t, seed, &diffCoverage{})
	})
}

// TestAnswerThatCannotBe holds that an answer that is ruled out is no way to change the outcome, although what is left
// (that the question does not apply) would come to something else.
func TestAnswerThatCannotBe(t *testing.T) {
	a := &model.Fact{ID: "a", Index: 0, Values: []model.Value{{ID: "x"}, {ID: "y"}}}
	g := &model.Fact{ID: "g", Index: 1, Values: []model.Value{{ID: "p"}, {ID: "q"}}, Gate: model.In{Fact: a, Values: 1}}
	d := &model.Decision{ID: "d", Kind: model.Permit, Questions: []*model.Fact{a, g}, Outcomes: make([]model.Outcome, 4),
		Rules: []*model.Rule{{ID: "r", Kind: model.Ground, Level: model.Allowed, When: model.In{Fact: a, Values: 1}}}}
	m := &model.Model{Facts: []*model.Fact{a, g}, Decisions: []*model.Decision{d},
		Impossible: []*model.Impossible{{When: model.In{Fact: g, Values: 2}}}}
	diagram, err := diagram.Build(m, d)
	if err != nil {
		t.Fatal(err)
	}
	e := explain.New(diagram)
	if got := e.Outcomes(explain.Answers{g: 0}); got != 1<<model.Forbidden|1<<model.Allowed {
		t.Errorf("possible: %b", got)
	}
	if got := e.WhatIf(explain.Answers{g: 0}); len(got.Single) != 0 {
		t.Errorf("changes: %+v", got.Single)
	}
}

// coverage counts the kinds of answer that were checked.
type coverage struct{ decisions, contradictions, settled, sameOutcome, undecided, pairs, triples, never, dropped int }

func checkModel(t testing.TB, seed uint64, seen *coverage) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 9))
	m := tablestest.Checked(seed)
	impossible(r, m)
	for _, d := range m.Decisions {
		g, err := diagram.Build(m, d)
		if err != nil {
			t.Fatal(err)
		}
		all := enumerate(m, d)
		if all == nil || len(all.situations) == 0 {
			continue
		}
		seen.decisions++
		e := explain.New(g)
		for round := range 5 {
			answers, skipped := randomAnswers(r, d, round)
			k := &check{all: all, e: e, answers: answers, skipped: skipped, seen: seen}
			if problem := k.everything(); problem != "" {
				t.Fatalf("seed %d, decision %s, answers %s, unknown %s: %s", seed, d.ID, describe(d, answers), ids(skipped), problem)
			}
		}
	}
}

// impossible rules out a random combination of two questions in half of the models.
func impossible(r *rand.Rand, m *model.Model) {
	if r.IntN(2) == 0 {
		return
	}
	d := m.Decisions[0]
	var both model.All
	for range 2 {
		f := d.Questions[r.IntN(len(d.Questions))]
		both = append(both, model.In{Fact: f, Values: 1 << r.IntN(len(f.Values))})
	}
	m.Impossible = append(m.Impossible, &model.Impossible{When: both})
}

// randomAnswers leaves fewer questions open in each round, and takes some of those for unknown.
func randomAnswers(r *rand.Rand, d *model.Decision, round int) (explain.Answers, []*model.Fact) {
	a := explain.Answers{}
	var skipped []*model.Fact
	for _, f := range d.Questions {
		switch {
		case r.IntN(5) < round:
			a[f] = r.IntN(f.Size()) // sometimes nvt, which counts as open
		case r.IntN(2) == 0:
			skipped = append(skipped, f)
		}
	}
	return a, skipped
}

// An enumeration holds all situations of a decision with their answers.
type enumeration struct {
	d          *model.Decision
	situations []model.Situation
	answers    []model.Answer
}

// enumerate gives nil where there are more than most.
func enumerate(m *model.Model, d *model.Decision) *enumeration {
	out := &enumeration{d: d}
	tablestest.Situations(m, d, nil, func(s model.Situation) bool {
		for _, i := range m.Impossible {
			if holds, err := eval.Holds(i.When, s); err != nil {
				panic(err)
			} else if holds {
				return true
			}
		}
		a, err := eval.Answer(d, s)
		if err != nil {
			panic(err)
		}
		out.situations, out.answers = append(out.situations, slices.Clone(s)), append(out.answers, a)
		return len(out.situations) <= most
	})
	if len(out.situations) > most {
		return nil
	}
	return out
}

// fits lists the situations that fit answers.
func (n *enumeration) fits(a explain.Answers) []int {
	var out []int
	for i, s := range n.situations {
		if !slices.ContainsFunc(n.d.Questions, func(f *model.Fact) bool {
			v, ok := a[f]
			return ok && v < len(f.Values) && s[f.Index] != v && !(f.HasUndefined() && s[f.Index] == f.UndefinedIndex())
		}) {
			out = append(out, i)
		}
	}
	return out
}

func (n *enumeration) outcomes(list []int) model.Set {
	var out model.Set
	for _, i := range list {
		out |= 1 << n.answers[i].Outcome
	}
	return out
}

type check struct {
	all     *enumeration
	e       *explain.Explainer
	answers explain.Answers
	skipped []*model.Fact
	seen    *coverage
}

func (k *check) everything() string {
	for _, one := range []func() string{k.possible, k.answer, k.why, k.next, k.whatIf, k.findings} {
		if problem := one(); problem != "" {
			return problem
		}
	}
	return ""
}

func (k *check) possible() string {
	want := k.all.fits(k.answers)
	got := k.e.Possible(k.answers)
	if got.Outcomes != k.all.outcomes(want) || got.Outcomes != k.e.Outcomes(k.answers) {
		return fmt.Sprintf("outcomes %b, want %b", got.Outcomes, k.all.outcomes(want))
	}
	if got.Situations.Cmp(big.NewInt(int64(len(want)))) != 0 {
		return fmt.Sprintf("%s situations, want %d", got.Situations, len(want))
	}
	for o, have := range got.PerOutcome {
		n := int64(0)
		for _, i := range want {
			if k.all.answers[i].Outcome == o {
				n++
			}
		}
		if have.Cmp(big.NewInt(n)) != 0 {
			return fmt.Sprintf("outcome %d in %s situations, want %d", o, have, n)
		}
	}
	return ""
}

func (k *check) answer() string {
	got, exact := k.e.Answer(k.answers)
	distinct := map[string]bool{}
	outcome, duty := -2, -2
	var rules []*model.Rule
	for _, i := range k.all.fits(k.answers) {
		a := k.all.answers[i]
		if distinct[a.Describe(k.all.d)] = true; outcome == -2 {
			outcome, duty, rules = a.Outcome, a.Duty, slices.Clone(a.Counting)
		}
		if outcome != a.Outcome {
			outcome = -1
		}
		if duty != a.Duty {
			duty = -1
		}
		rules = slices.DeleteFunc(rules, func(r *model.Rule) bool { return !slices.Contains(a.Counting, r) })
	}
	if exact != (len(distinct) == 1) {
		return fmt.Sprintf("exact is %v of %d answers", exact, len(distinct))
	}
	if got.Outcome != max(outcome, -1) || got.Duty != max(duty, -1) || !slices.Equal(got.Counting, rules) {
		return fmt.Sprintf("in common %+v, want outcome %d, duty %d and %d rules", got, outcome, duty, len(rules))
	}
	return ""
}

func (k *check) why() string {
	got := k.e.Why(k.answers)
	want := k.all.outcomes(k.all.fits(k.answers))
	if got.Outcomes != want {
		return fmt.Sprintf("why: outcomes %b, want %b", got.Outcomes, want)
	}
	if want == 0 {
		k.seen.contradictions++
	}
	forced := func(facts []*model.Fact) bool {
		a := explain.Answers{}
		for _, f := range facts {
			a[f] = k.answers[f]
		}
		return k.all.outcomes(k.all.fits(a))&^want == 0
	}
	if !forced(got.Because) {
		return "why: " + ids(got.Because) + " is not enough"
	}
	for i := range got.Because {
		if forced(slices.Delete(slices.Clone(got.Because), i, i+1)) {
			return "why: " + ids(got.Because) + " is enough without " + got.Because[i].ID
		}
	}
	return ""
}

func ids(facts []*model.Fact) string {
	var out []string
	for _, f := range facts {
		out = append(out, f.ID)
	}
	return strings.Join(out, ", ")
}

func name(f *model.Fact) string {
	if f == nil {
		return "none"
	}
	return f.ID
}

func describe(d *model.Decision, a explain.Answers) string {
	var parts []string
	for _, f := range d.Questions {
		if v, ok := a[f]; ok {
			parts = append(parts, f.ID+"="+f.ValueID(v))
		}
	}
	return strings.Join(parts, " ")
}
