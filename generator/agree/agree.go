// Package agree holds every form of a decision against the reference evaluator.
//
// In: a proved decision and its evaluators. Out: how many situations were compared, or the first in which two differ. All
// situations are compared where they are few enough; otherwise one through every branch of the diagram, and random ones.
// Of a diagram of verdicts, outcome and duty are compared.
package agree

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"

	"handvat/generator/diagram"
	"handvat/generator/model"
	"handvat/generator/tables"
	"handvat/generator/verify"
	"handvat/generator/walk"
)

// An Evaluator answers with rule tables: one byte per question, 0 open and v+1 for the value with index v.
type Evaluator struct {
	Name   string
	Answer func(answers []uint8) (tables.Result, error)
}

// Limits says how much is compared.
type Limits struct {
	All    int64 // compare all situations of a decision that has at most this many
	Edges  int   // otherwise at most this many branches of the diagram
	Random int   // and this many random situations
}

// A Count says what was compared for one decision.
type Count struct {
	Compared   int64
	Exhaustive bool
}

// Decision compares the diagram, the walk and each evaluator with the reference. program is the one that the
// evaluators answer with, stages those of the decision's entry.
func Decision(m *model.Model, p *verify.Proof, reference verify.Evaluator, program *tables.Program, entry int, evaluators []Evaluator, limits Limits) (Count, error) {
	c := &comparison{m: m, p: p, reference: reference, evaluators: evaluators}
	stages := program.Decisions[entry].Stages
	c.stage = &program.Stages[stages[len(stages)-1]]
	if p.Situations.IsInt64() && p.Situations.Int64() <= limits.All {
		c.all(make(model.Situation, len(m.Facts)), 0)
		if c.err == nil && c.count != p.Situations.Int64() {
			c.err = fmt.Errorf("%s: %d situations were found where the diagram counts %s", p.Decision.ID, c.count, p.Situations)
		}
		return Count{c.count, true}, c.err
	}
	random := rand.New(rand.NewPCG(1, 2)) // the same situations on every run
	edges := 0
	byQuestion := make([]int, len(p.Decision.Questions))
	p.Diagram.Edges(func(values []int) bool {
		edges++
		for i, f := range p.Decision.Questions {
			byQuestion[i] = values[p.Diagram.VarIndex(f)]
		}
		c.complete(byQuestion, random)
		return c.err == nil && edges < limits.Edges
	})
	open := make([]int, len(p.Decision.Questions))
	for i := range open {
		open[i] = model.Open
	}
	for range limits.Random {
		if c.err != nil {
			break
		}
		c.complete(open, random)
	}
	return Count{c.count, false}, c.err
}

type comparison struct {
	m          *model.Model
	p          *verify.Proof
	reference  verify.Evaluator
	evaluators []Evaluator
	stage      *tables.Stage
	count      int64
	err        error
}

// all compares every situation that fills in the questions from index i on.
func (c *comparison) all(s model.Situation, i int) {
	questions := c.p.Decision.Questions
	if c.err != nil {
		return
	}
	if i == len(questions) {
		c.one(s)
		return
	}
	for _, v := range c.possible(questions[i], s) {
		s[questions[i].Index] = v
		c.all(s, i+1)
	}
}

// complete compares the situation with these values and, where they are open, random ones.
func (c *comparison) complete(values []int, random *rand.Rand) {
	s := make(model.Situation, len(c.m.Facts))
	for i, f := range c.p.Decision.Questions {
		possible := c.possible(f, s)
		s[f.Index] = possible[random.IntN(len(possible))]
		if slices.Contains(possible, values[i]) {
			s[f.Index] = values[i]
		}
	}
	c.one(s)
}

// possible lists the values a question can have, given those before it.
func (c *comparison) possible(f *model.Fact, s model.Situation) []int {
	if f.Gate != nil && !c.holds(f.Gate, s) {
		return []int{f.UndefinedIndex()}
	}
	out := make([]int, len(f.Values))
	for v := range out {
		out[v] = v
	}
	return out
}

// holds asks the reference whether a condition holds, by way of a decision with that one rule.
func (c *comparison) holds(condition model.Cond, s model.Situation) bool {
	probe := &model.Decision{Kind: model.Permit, Rules: []*model.Rule{{Kind: model.Ground, Level: model.Allowed, When: condition}}}
	answer, err := c.reference(probe, s)
	if err != nil {
		c.err = err
	}
	return answer.Outcome == model.Allowed
}

func (c *comparison) one(s model.Situation) {
	d := c.p.Decision
	end := c.p.Diagram.Follow(func(f *model.Fact) int { return s[f.Index] })
	if end == diagram.Impossible {
		for _, i := range c.m.Impossible {
			if c.holds(i.When, s) {
				return
			}
		}
		c.differ(s, "the diagram", "onmogelijk", "mogelijk")
		return
	}
	c.count++
	want, err := c.reference(d, s)
	if err != nil {
		c.err = fmt.Errorf("%s: %s: %w", d.ID, c.describe(s), err)
		return
	}
	have := c.p.Diagram.Ends[end.EndIndex()].Answer
	if have.Outcome != want.Outcome || have.Duty != want.Duty || !c.p.Diagram.Verdicts && have.Describe(d) != want.Describe(d) {
		c.differ(s, "the diagram", have.Describe(d), want.Describe(d))
	}
	for _, w := range []*walk.Walk{c.p.Walk, c.p.Steps} {
		if w == nil {
			continue
		}
		leaf := c.leaf(w, s)
		if leaf.Outcome != want.Outcome || leaf.Duty != want.Duty || !subset(leaf.Counting, want.Counting) {
			c.differ(s, "the walk", leaf.Describe(d), want.Describe(d))
		}
	}
	answers := make([]uint8, len(d.Questions))
	for i, f := range d.Questions {
		answers[i] = uint8(s[f.Index] + 1)
	}
	want.Through = nil // the stage of the used decision is compared with its own decision
	for _, e := range c.evaluators {
		result, err := e.Answer(answers)
		if err != nil {
			c.err = fmt.Errorf("%s: %s: %s: %w", d.ID, c.describe(s), e.Name, err)
			return
		}
		have, sharp := c.answer(result)
		if !sharp || have != want.Describe(d) {
			c.differ(s, e.Name, have, want.Describe(d))
		}
	}
}

// answer describes what the tables say of the decision itself; it is sharp where one outcome and duty are left.
func (c *comparison) answer(result tables.Result) (string, bool) {
	r := result.Stages[len(result.Stages)-1]
	a := model.Answer{Outcome: bits.TrailingZeros64(r.Values), Duty: int(r.DutyLo)}
	for row, id := range c.stage.Rules {
		if r.Counting[row/64]>>(row%64)&1 == 1 {
			if rule := c.p.Decision.Rule(id); !slices.Contains(a.Counting, rule) {
				a.Counting = append(a.Counting, rule)
			}
		}
	}
	slices.SortFunc(a.Counting, func(a, b *model.Rule) int { return strings.Compare(a.ID, b.ID) })
	return a.Describe(c.p.Decision), bits.OnesCount64(r.Values) == 1 && r.DutyLo == r.DutyHi
}

func (c *comparison) leaf(w *walk.Walk, s model.Situation) model.Answer {
	at := w.Root()
	for w.Nodes[at].Leaf == nil {
		n := w.Nodes[at]
		at = n.Next[c.value(n.Fact, s)]
		if at == walk.None {
			return model.Answer{Outcome: -1}
		}
	}
	return w.Nodes[at].Leaf.Answer
}

// value is the value of a question, or of a used decision where that is a question.
func (c *comparison) value(f *model.Fact, s model.Situation) int {
	if f.Kind != model.Used {
		return s[f.Index]
	}
	if f.Gate != nil && !c.holds(f.Gate, s) {
		return f.UndefinedIndex()
	}
	answer, err := c.reference(f.Uses, s)
	if err != nil {
		c.err = err
		return 0
	}
	return answer.Outcome
}

func subset(small, large []*model.Rule) bool {
	for _, r := range small {
		if !slices.Contains(large, r) {
			return false
		}
	}
	return true
}

func (c *comparison) differ(s model.Situation, who, have, want string) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: in %s %s says %q and the reference %q", c.p.Decision.ID, c.describe(s), who, have, want)
	}
}

func (c *comparison) describe(s model.Situation) string {
	var parts []string
	for _, f := range c.p.Decision.Questions {
		parts = append(parts, f.ID+"="+f.ValueID(s[f.Index]))
	}
	return strings.Join(parts, " ")
}
