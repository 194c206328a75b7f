package explain_test

import (
	"fmt"
	"maps"
	"math/big"
	"math/bits"
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
	f.Add(uint64(77))
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
	m := randomModel(seed)
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

// randomModel makes a model as the checker makes them, which is stricter than the tables are: an attribute knows its
// parties, the question that asks for it has its values in its order, a derived fact has no gate, and an exception opens
// something.
func randomModel(seed uint64) *model.Model {
	m := tablestest.Random(seed)
	for _, a := range m.Attributes {
		a.Entities = m.Parties
	}
	for _, f := range m.Facts {
		if f.AskedAs != nil {
			f.AskedAs.Values = f.Values
		}
		if f.Kind == model.Derived {
			f.Gate = nil
		}
	}
	for _, d := range m.Decisions {
		for _, r := range d.Rules {
			if r.Kind == model.Exception {
				r.Level = max(r.Level, model.OwnWeighing)
			}
		}
	}
	return m
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

// A tree is a walk made from situations: asked in order, ended as soon as outcome and one way to it are fixed, with
// equal parts being the same pointer. It is a second way to the meaning of "the next question".
type tree struct {
	fact     *model.Fact
	children []*tree // by value; nil where it cannot be
	name     string  // equal for equal trees
}

type forest map[string]*tree

func (t forest) put(x *tree) *tree {
	if t[x.name] == nil {
		t[x.name] = x
	}
	return t[x.name]
}

// grow makes the tree of situations from a question on. A second tree has only outcome and duty in its ends.
func (n *enumeration) grow(fine, coarse forest, list []int, question int) (*tree, *tree) {
	if name, ok := n.fixed(list); ok {
		a := n.answers[list[0]]
		return fine.put(&tree{name: "end " + name}), coarse.put(&tree{name: fmt.Sprint("end ", a.Outcome, " ", a.Duty)})
	}
	f := n.d.Questions[question]
	x, y := &tree{fact: f, name: f.ID + "("}, &tree{fact: f, name: f.ID + "("}
	distinct := map[*tree]*tree{}
	for v := range f.Size() {
		var some []int
		for _, i := range list {
			if n.situations[i][f.Index] == v {
				some = append(some, i)
			}
		}
		var a, b *tree
		if len(some) > 0 {
			a, b = n.grow(fine, coarse, some, question+1)
			distinct[a] = b
			x.name += fmt.Sprintf("%d:%s ", v, a.name)
			y.name += fmt.Sprintf("%d:%s ", v, b.name)
		}
		x.children, y.children = append(x.children, a), append(y.children, b)
	}
	if len(distinct) == 1 {
		for a, b := range distinct {
			return a, b
		}
	}
	x.name, y.name = x.name+")", y.name+")"
	return fine.put(x), coarse.put(y)
}

// fixed tells whether situations have the outcome and one way to it in common.
func (n *enumeration) fixed(list []int) (string, bool) {
	described := map[string]bool{}
	for _, i := range list {
		described[n.answers[i].Describe(n.d)] = true
	}
	first := n.answers[list[0]]
	if len(described) == 1 {
		return first.Describe(n.d), true
	}
	if n.d.Kind == model.Choice {
		return "", false
	}
	besidesGrounds := func(a model.Answer) string {
		a.Counting = slices.DeleteFunc(slices.Clone(a.Counting), func(r *model.Rule) bool { return r.Kind == model.Ground })
		return a.Describe(n.d)
	}
	common := slices.Clone(first.Counting)
	for _, i := range list {
		a := n.answers[i]
		if a.Outcome != first.Outcome || a.Duty != first.Duty || a.Outcome > 0 && besidesGrounds(a) != besidesGrounds(first) {
			return "", false
		}
		common = slices.DeleteFunc(common, func(r *model.Rule) bool { return !slices.Contains(a.Counting, r) })
	}
	ok := slices.ContainsFunc(common, func(r *model.Rule) bool { return first.Outcome == 0 || r.Kind == model.Ground })
	// What these have in common is more than its rules (answers of used decisions too): the situations tell ends apart.
	through := map[string]int{}
	for _, i := range list {
		for _, u := range n.answers[i].Through {
			through[u.Fact.ID+" "+common2(n, list, u.Fact)]++
		}
	}
	name := fmt.Sprint(first.Outcome, first.Duty)
	for _, r := range common {
		name += " " + r.ID
	}
	for _, u := range slices.Sorted(maps.Keys(through)) {
		name += " " + u
	}
	return name, ok
}

// common2 describes what the answers of a used decision have in common, empty where some situation lacks one or where
// their outcomes differ.
func common2(n *enumeration, list []int, f *model.Fact) string {
	var out *model.Answer
	for _, i := range list {
		at := slices.IndexFunc(n.answers[i].Through, func(u model.Through) bool { return u.Fact == f })
		if at < 0 {
			return ""
		}
		a := n.answers[i].Through[at].Answer
		if out == nil {
			out = &a
			continue
		}
		if out.Outcome != a.Outcome {
			return ""
		}
		kept := slices.DeleteFunc(slices.Clone(out.Counting), func(r *model.Rule) bool { return !slices.Contains(a.Counting, r) })
		out = &model.Answer{Outcome: a.Outcome, Duty: out.Duty, Counting: kept}
	}
	return out.Describe(f.Uses)
}

// asked finds the first question of trees with which what is possible can still differ, as the meaning of Next has it.
func (k *check) asked(trees []*tree) *model.Fact {
	for {
		trees = settle(trees)
		f := k.first(trees)
		if f == nil {
			return nil
		}
		all := k.steps(trees, f)
		if slices.Contains(k.skipped, f) {
			trees = slices.Concat(all...)
			continue
		}
		if len(trees) == 1 || slices.ContainsFunc(all, func(x []*tree) bool { return k.follows(x) != k.follows(all[0]) }) {
			return f
		}
		trees = all[0]
	}
}

// follows writes out all that can follow.
func (k *check) follows(trees []*tree) string {
	trees = settle(trees)
	f := k.first(trees)
	if f == nil {
		var names []string
		for _, x := range trees {
			names = append(names, x.name)
		}
		slices.Sort(names)
		return strings.Join(names, "+")
	}
	all := k.steps(trees, f)
	if slices.Contains(k.skipped, f) {
		return k.follows(slices.Concat(all...))
	}
	out := f.ID + "["
	same := len(trees) > 1
	for _, x := range all {
		same = same && k.follows(x) == k.follows(all[0])
		out += k.follows(x) + ","
	}
	if same {
		return k.follows(all[0])
	}
	// The values belong to the name.
	for v := range f.Size() {
		if slices.ContainsFunc(trees, func(x *tree) bool { return x.fact == f && x.children[v] != nil }) {
			out += fmt.Sprint(v)
		}
	}
	return out + "]"
}

func (k *check) first(trees []*tree) *model.Fact {
	for _, f := range k.all.d.Questions {
		if slices.ContainsFunc(trees, func(x *tree) bool { return x.fact == f }) {
			return f
		}
	}
	return nil
}

// steps gives, for each value that a question can have, the trees that then follow.
func (k *check) steps(trees []*tree, f *model.Fact) [][]*tree {
	var out [][]*tree
	for v := range f.Size() {
		var next []*tree
		can := false
		for _, x := range trees {
			switch {
			case x.fact != f:
				next = append(next, x)
			case x.children[v] != nil:
				next, can = append(next, x.children[v]), true
			}
		}
		if can {
			out = append(out, settle(next))
		}
	}
	return out
}

func settle(trees []*tree) []*tree {
	var out []*tree
	for _, x := range trees {
		for {
			var ways []*tree
			for _, c := range x.children {
				if c != nil {
					ways = append(ways, c)
				}
			}
			if len(ways) != 1 {
				break
			}
			x = ways[0]
		}
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// askedFacts lists the facts that a tree asks.
func (k *check) askedFacts(x *tree) []*model.Fact {
	found := map[*model.Fact]bool{}
	var visit func(x *tree)
	visit = func(x *tree) {
		if x != nil && x.fact != nil {
			found[x.fact] = true
			for _, c := range x.children {
				visit(c)
			}
		}
	}
	visit(x)
	var out []*model.Fact
	for _, f := range k.all.d.Questions {
		if found[f] {
			out = append(out, f)
		}
	}
	return out
}

func (k *check) next() string {
	for _, skipped := range [][]*model.Fact{nil, k.skipped} {
		got := k.e.Next(k.answers, skipped)
		list := k.all.fits(k.answers)
		if len(list) == 0 {
			if got.Stop != explain.Contradiction || got.Fact != nil {
				return fmt.Sprintf("next after a contradiction: %+v", got)
			}
			continue
		}
		_, root := k.all.grow(forest{}, forest{}, list, 0)
		asking := &check{all: k.all, skipped: skipped}
		if want := asking.asked([]*tree{root}); got.Fact != want {
			return fmt.Sprintf("next question %s, want %s", name(got.Fact), name(want))
		}
		want := explain.Asking
		switch {
		case got.Fact != nil:
		case root.fact == nil:
			want, k.seen.settled = explain.Settled, k.seen.settled+1
		case bits.OnesCount64(uint64(k.all.outcomes(list))) == 1:
			want, k.seen.sameOutcome = explain.SameOutcome, k.seen.sameOutcome+1
		default:
			want, k.seen.undecided = explain.Undecided, k.seen.undecided+1
		}
		if got.Stop != want || got.Bounded {
			return fmt.Sprintf("next: %+v, want stop %d", got, want)
		}
		if depends := k.e.DependsOn(k.answers); !slices.Equal(depends, k.askedFacts(root)) {
			return "depends on " + ids(depends) + ", want " + ids(k.askedFacts(root))
		}
		if got.Stop == explain.Undecided && len(got.Open) == 0 {
			return "undecided, and on nothing unknown"
		}
	}
	return ""
}

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
