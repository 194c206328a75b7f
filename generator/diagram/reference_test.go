package diagram_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/tables/tablestest"
	"handvat/generator/walk"
)

// most is how many situations of one decision a test looks at, before it takes those through the branches of the diagram
// and random ones instead.
const most = 3000

func TestDiagramMatchesReference(t *testing.T) {
	for seed := range uint64(100) {
		checkAgainstReference(t, seed)
	}
}

// FuzzDiagramMatchesReference holds diagrams and the walks made of them against the reference evaluator.
func FuzzDiagramMatchesReference(f *testing.F) {
	for seed := range uint64(4) {
		f.Add(seed)
	}
	f.Fuzz(checkAgainstReference)
}

func checkAgainstReference(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 3))
	m := tablestest.Checked(seed)
	switch seed % 4 {
	case 1: // too many situations to look at each
		m = tablestest.Synthetic(4+r.IntN(20), 6+r.IntN(9))
	case 2, 3:
		ruleOut(r, m)
	}
	for _, d := range m.Decisions {
		c := &comparison{T: t, seed: seed, r: r, m: m, d: d, perOutcome: make([]int64, len(d.Outcomes))}
		c.decision()
	}
}

// ruleOut makes combinations of two answers impossible that every decision asks.
func ruleOut(r *rand.Rand, m *model.Model) {
	questions := m.Decisions[0].Questions
	for range 1 + r.IntN(2) {
		var when model.All
		for range 2 {
			f := questions[r.IntN(len(questions))]
			when = append(when, model.In{Fact: f, Values: model.Set(r.Uint64()) & f.All()})
		}
		m.Impossible = append(m.Impossible, &model.Impossible{When: when})
	}
}

type comparison struct {
	*testing.T
	seed uint64
	r    *rand.Rand
	m    *model.Model
	d    *model.Decision

	g          *diagram.Diagram
	verdicts   []*diagram.Diagram // in an order of their own, and in asking order
	walks      []*walk.Walk
	perOutcome []int64
}

func (c *comparison) decision() {
	var err error
	if c.g, err = diagram.Build(c.m, c.d); err != nil {
		c.Fatalf("seed %d, decision %s: %v", c.seed, c.d.ID, err)
	}
	if c.g.Root != diagram.Impossible {
		pages := c.g
		if len(c.d.Uses) > 0 {
			if pages, err = diagram.BuildApart(c.m, c.d, diagram.MaxNodes); err != nil {
				c.Fatalf("seed %d, decision %s: %v", c.seed, c.d.ID, err)
			}
		}
		c.walks = []*walk.Walk{walk.ForPages(pages), walk.ForScript(c.g)}
	}
	c.orders()

	seen := 0
	tablestest.Situations(c.m, c.d, nil, func(s model.Situation) bool {
		seen++
		c.one(s)
		return seen <= most
	})
	if seen <= most {
		for o, n := range c.perOutcome {
			if counted := c.g.Count(func(e diagram.End) bool { return e.Answer.Outcome == o }); counted.Cmp(big.NewInt(n)) != 0 {
				c.Errorf("seed %d, decision %s: %s situations are counted with outcome %d, and there are %d", c.seed, c.d.ID, counted, o, n)
			}
		}
		return
	}
	seen = 0
	c.g.Edges(func(values []int) bool {
		seen++
		c.one(c.complete(values))
		return seen < most
	})
	open := slices.Repeat([]int{model.Open}, len(c.d.Questions))
	for range most {
		c.one(c.complete(open))
	}
}

// orders makes the diagrams of verdicts, reordered again and again from a few nodes on, and holds them against the other.
func (c *comparison) orders() {
	nodes := 4 + c.r.IntN(60)
	v, err := diagram.BuildVerdictsFrom(c.m, c.d, diagram.MaxNodes, nodes)
	if err != nil {
		c.Fatalf("seed %d, decision %s: %v", c.seed, c.d.ID, err)
	}
	asking, ok := v.InAskingOrder(len(c.g.Nodes))
	if !ok || !slices.Equal(asking.Vars, c.d.Questions) {
		c.Fatalf("seed %d, decision %s: the verdicts alone are larger", c.seed, c.d.ID)
	}
	for i, f := range v.Vars {
		for _, before := range c.d.Questions[:slices.Index(c.d.Questions, f)] {
			if f.Gate != nil && restsOn(f.Gate, before) && slices.Index(v.Vars, before) > i {
				c.Errorf("seed %d, decision %s: %s stands after %s, which rests on it", c.seed, c.d.ID, before.ID, f.ID)
			}
		}
	}
	want := c.g.Counting()
	for _, r := range c.d.Rules {
		if have := v.Counting()[r]; have != want[r] {
			c.Errorf("seed %d, decision %s: that %s counts somewhere is %v with verdicts alone", c.seed, c.d.ID, r.ID, have)
		}
	}
	c.verdicts = []*diagram.Diagram{v, asking}
	for _, v := range c.verdicts {
		for o := -1; o < len(c.d.Outcomes); o++ {
			counted := func(e diagram.End) bool { return o < 0 || e.Answer.Outcome == o }
			if have, want := v.Count(counted), c.g.Count(counted); have.Cmp(want) != 0 {
				c.Errorf("seed %d, decision %s: %s situations in another order have outcome %d, and there are %s", c.seed, c.d.ID, have, o, want)
			}
		}
	}
	if asking.Root != diagram.Impossible {
		c.walks = append(c.walks, walk.ForScript(asking))
	}
}

func restsOn(c model.Cond, on *model.Fact) bool {
	found := false
	model.FactsOf(c, func(f *model.Fact) {
		found = found || f == on
		f.RestsOn(func(g *model.Fact) { found = found || restsOn(model.In{Fact: g}, on) })
	})
	return found
}

// complete makes a situation with these values and, where they are open or cannot be, others.
func (c *comparison) complete(values []int) model.Situation {
	s := slices.Repeat(model.Situation{model.Open}, len(c.m.Facts))
	for i, f := range c.d.Questions {
		switch {
		case f.Gate != nil && !c.holds(f.Gate, s):
			s[f.Index] = f.UndefinedIndex()
		case values[i] == model.Open || values[i] == len(f.Values):
			s[f.Index] = c.r.IntN(len(f.Values))
		default:
			s[f.Index] = values[i]
		}
	}
	return s
}

func (c *comparison) holds(condition model.Cond, s model.Situation) bool {
	holds, err := eval.Holds(condition, s)
	if err != nil {
		c.Fatalf("seed %d, decision %s: %v", c.seed, c.d.ID, err)
	}
	return holds
}

func (c *comparison) one(s model.Situation) {
	possible := true
	for _, i := range c.m.Impossible {
		// The reference has no value for a question that does not apply.
		possible = possible && slices.ContainsFunc(i.When.(model.All), func(part model.Cond) bool {
			in := part.(model.In)
			return !in.Values.Has(s[in.Fact.Index])
		})
	}
	end := c.g.Follow(func(f *model.Fact) int { return s[f.Index] })
	if possible != (end != diagram.Impossible) {
		c.Fatalf("seed %d, decision %s, situation %v: possible is %v", c.seed, c.d.ID, s, possible)
	}
	for _, v := range c.verdicts {
		if end := v.Follow(func(f *model.Fact) int { return s[f.Index] }); possible != (end != diagram.Impossible) {
			c.Fatalf("seed %d, decision %s, situation %v: possible is %v", c.seed, c.d.ID, s, possible)
		}
	}
	if !possible {
		return
	}
	want, err := eval.Answer(c.d, s)
	if err != nil {
		c.Fatalf("seed %d, decision %s, situation %v: %v", c.seed, c.d.ID, s, err)
	}
	c.perOutcome[want.Outcome]++
	if have := c.g.Ends[end.EndIndex()]; have.Wrong || have.Answer.Describe(c.d) != want.Describe(c.d) {
		c.Fatalf("seed %d, decision %s, situation %v: the diagram says %q, the reference %q", c.seed, c.d.ID, s, have.Answer.Describe(c.d), want.Describe(c.d))
	}
	for _, v := range c.verdicts {
		have := v.Ends[v.Follow(func(f *model.Fact) int { return s[f.Index] }).EndIndex()]
		if have.Wrong || have.Answer.Outcome != want.Outcome || have.Answer.Duty != want.Duty {
			c.Fatalf("seed %d, decision %s, situation %v: the verdict is %q, the reference says %q", c.seed, c.d.ID, s, have.Answer.Describe(c.d), want.Describe(c.d))
		}
	}
	for _, w := range c.walks {
		at := w.Root()
		for w.Nodes[at].Leaf == nil {
			next := w.Nodes[at].Next[c.value(w.Nodes[at].Fact, s)]
			if next == walk.None {
				c.Fatalf("seed %d, decision %s, situation %v: a walk stops at %s", c.seed, c.d.ID, s, w.Nodes[at].Fact.ID)
			}
			at = next
		}
		leaf := w.Nodes[at].Leaf.Answer
		others := slices.ContainsFunc(leaf.Counting, func(r *model.Rule) bool { return !slices.Contains(want.Counting, r) })
		if leaf.Outcome != want.Outcome || leaf.Duty != want.Duty || others {
			c.Fatalf("seed %d, decision %s, situation %v: a walk says %q, the reference %q", c.seed, c.d.ID, s, leaf.Describe(c.d), want.Describe(c.d))
		}
	}
}

// value is that of a question, or the outcome of a used decision.
func (c *comparison) value(f *model.Fact, s model.Situation) int {
	if f.Kind != model.Used {
		return s[f.Index]
	}
	v, err := eval.Value(f, s)
	if err != nil {
		c.Fatalf("seed %d, decision %s: %v", c.seed, c.d.ID, err)
	}
	return v
}
