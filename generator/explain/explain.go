// Package explain answers questions about answers: what is still possible, what to ask next, why this outcome, what
// would change it, and what differs between two versions of a decision.
//
// In: the diagram of a proved decision, and the answers a visitor gave, any of which may be missing. Out: exact answers
// over every situation that fits. All of it is computed on the diagram, on sets of nodes, so that facts left open cost
// nothing extra. Where a search is cut short (see the limits of Next, WhatIf and Diff) the result says so. Nothing here
// knows the reference evaluator; that the two agree is what tests show.
//
// A diagram of verdicts does too: then asking stops as soon as outcome and duty are fixed, and which rules count is found
// for the answers at hand, where that is not too much work.
package explain

import (
	"math/big"
	"slices"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// Answers gives value indexes by question; open ones are absent. As everywhere, a dependent fact is nvt where its gate
// does not hold, whatever was answered, and the answer nvt itself counts as open.
type Answers map[*model.Fact]int

// An Explainer explains one decision. It never changes, and may be used by many at once.
type Explainer struct {
	d     *model.Decision
	g     *diagram.Diagram
	level map[*model.Fact]int // of the diagram
	order map[*model.Fact]int // of asking
}

// New makes an Explainer of the diagram of a proved decision over all its questions.
func New(g *diagram.Diagram) *Explainer {
	e := &Explainer{d: g.Decision, g: g, level: map[*model.Fact]int{}, order: map[*model.Fact]int{}}
	for i, f := range g.Vars {
		e.level[f] = i
	}
	for i, f := range g.Decision.Questions {
		e.order[f] = i
	}
	return e
}

// given is the answer to a question, or model.Open.
func (e *Explainer) given(a Answers, f *model.Fact) int {
	v, ok := a[f]
	if !ok || v < 0 || v >= len(f.Values) {
		return model.Open
	}
	return v
}

// allowed gives, by level, the values that fit the answers.
func (e *Explainer) allowed(a Answers) []model.Set {
	out := make([]model.Set, len(e.g.Vars))
	for i, f := range e.g.Vars {
		out[i] = f.All()
		if v := e.given(a, f); v != model.Open {
			out[i] = e.answered(f, v)
		}
	}
	return out
}

// answered gives the values of a fact that fit an answer.
func (e *Explainer) answered(f *model.Fact, value int) model.Set {
	if f.HasUndefined() {
		return 1<<value | 1<<f.UndefinedIndex()
	}
	return 1 << value
}

// ends calls visit for each end that is possible, until it returns false.
func (e *Explainer) ends(allowed []model.Set, visit func(end int) bool) {
	node, end := make([]bool, len(e.g.Nodes)), make([]bool, len(e.g.Ends))
	reach := func(r diagram.Ref) bool {
		switch {
		case r == diagram.Impossible:
		case r.IsNode():
			node[r] = true
		case !end[r.EndIndex()]:
			end[r.EndIndex()] = true
			return visit(r.EndIndex())
		}
		return true
	}
	if !reach(e.g.Root) {
		return
	}
	for i, n := range slices.Backward(e.g.Nodes) { // parents first
		if !node[i] {
			continue
		}
		for v, next := range n.Next {
			if allowed[n.Var].Has(v) && !reach(next) {
				return
			}
		}
	}
}

// Outcomes is the set of outcomes that are still possible. It is empty where the answers cannot occur together.
func (e *Explainer) Outcomes(a Answers) model.Set { return e.outcomes(e.allowed(a)) }

func (e *Explainer) outcomes(allowed []model.Set) model.Set {
	var out model.Set
	e.ends(allowed, func(end int) bool {
		out |= 1 << e.g.Ends[end].Answer.Outcome
		return true
	})
	return out
}

// Possible is what can still come out, in how many situations.
type Possible struct {
	Outcomes   model.Set
	Situations *big.Int   // that fit the answers
	PerOutcome []*big.Int // by outcome
}

// Possible counts the situations that fit the answers.
func (e *Explainer) Possible(a Answers) Possible {
	out := Possible{Situations: new(big.Int), PerOutcome: make([]*big.Int, len(e.d.Outcomes))}
	for o := range out.PerOutcome {
		out.PerOutcome[o] = new(big.Int)
	}
	for i, n := range e.weigh(e.allowed(a)) {
		if n == nil {
			continue
		}
		o := e.g.Ends[i].Answer.Outcome
		out.Outcomes |= 1 << o
		out.PerOutcome[o].Add(out.PerOutcome[o], n)
		out.Situations.Add(out.Situations, n)
	}
	return out
}

// weigh counts the situations that reach each end; nil where none does.
func (e *Explainer) weigh(allowed []model.Set) []*big.Int {
	levels := len(e.g.Vars)
	size := make([]*big.Int, levels)
	for i := range size {
		size[i] = big.NewInt(int64(count(allowed[i])))
	}
	levelOf := func(r diagram.Ref) int {
		if r.IsNode() {
			return e.g.Nodes[r].Var
		}
		return levels
	}
	nodes, ends := make([]*big.Int, len(e.g.Nodes)), make([]*big.Int, len(e.g.Ends))
	product := new(big.Int)
	add := func(r diagram.Ref, n *big.Int, level int) {
		if r == diagram.Impossible {
			return
		}
		if to := levelOf(r); level < to {
			product.Set(n)
			for ; level < to; level++ { // facts that are passed over may have any value
				product.Mul(product, size[level])
			}
			n = product
		}
		at := ends
		index := 0
		if r.IsNode() {
			at, index = nodes, int(r)
		} else {
			index = r.EndIndex()
		}
		if at[index] == nil {
			at[index] = new(big.Int).Set(n)
		} else {
			at[index].Add(at[index], n)
		}
	}
	add(e.g.Root, big.NewInt(1), 0)
	for i, n := range slices.Backward(e.g.Nodes) {
		if nodes[i] == nil {
			continue
		}
		for v, next := range n.Next {
			if allowed[n.Var].Has(v) {
				add(next, nodes[i], n.Var+1)
			}
		}
	}
	return ends
}

func count(s model.Set) int {
	n := 0
	for ; s != 0; s &= s - 1 {
		n++
	}
	return n
}

// restrict is the diagram of only those situations that fit; in it every node leads somewhere.
func (e *Explainer) restrict(allowed []model.Set) *diagram.Diagram {
	edges := 0
	for _, n := range e.g.Nodes {
		edges += len(n.Next)
	}
	room := make([]diagram.Ref, 0, edges)
	alive := make([]bool, len(e.g.Nodes))
	out := &diagram.Diagram{Decision: e.d, Vars: e.g.Vars, Ends: e.g.Ends, Nodes: make([]diagram.Node, len(e.g.Nodes)), Root: e.g.Root, Verdicts: e.g.Verdicts}
	for i, n := range e.g.Nodes {
		start := len(room)
		for v, next := range n.Next {
			if !allowed[n.Var].Has(v) || next.IsNode() && !alive[next] {
				next = diagram.Impossible
			}
			alive[i] = alive[i] || next != diagram.Impossible
			room = append(room, next)
		}
		out.Nodes[i] = diagram.Node{Var: n.Var, Next: room[start:len(room):len(room)]}
	}
	if out.Root.IsNode() && !alive[out.Root] {
		out.Root = diagram.Impossible
	}
	return out
}

// occurring gives, by level, the values that occur in a situation that fits.
func (e *Explainer) occurring(allowed []model.Set) []model.Set {
	g := e.restrict(allowed)
	out := make([]model.Set, len(g.Vars))
	pass := func(from int, r diagram.Ref) {
		to := len(g.Vars)
		if r.IsNode() {
			to = g.Nodes[r].Var
		}
		for ; from < to; from++ {
			out[from] = allowed[from]
		}
	}
	if g.Root == diagram.Impossible {
		return out
	}
	pass(0, g.Root)
	reached := make([]bool, len(g.Nodes))
	if g.Root.IsNode() {
		reached[g.Root] = true
	}
	for i, n := range slices.Backward(g.Nodes) {
		if !reached[i] {
			continue
		}
		for v, next := range n.Next {
			if next == diagram.Impossible {
				continue
			}
			out[n.Var] |= 1 << v
			pass(n.Var+1, next)
			if next.IsNode() {
				reached[next] = true
			}
		}
	}
	return out
}

// fits is the condition that holds in the situations that fit the answers.
func (e *Explainer) fits(a Answers) model.All {
	var out model.All
	for level, values := range e.allowed(a) {
		out = append(out, model.In{Fact: e.g.Vars[level], Values: values})
	}
	return out
}

// Always tells whether a condition holds in every situation that fits the answers; where that is too much work it says that
// it does not. The condition rests on questions of the decision.
func (e *Explainer) Always(a Answers, c model.Cond) bool {
	return !e.g.Possible(append(e.fits(a), model.Not(c)))
}

// Answer is what all answers of the decision that are still possible have in common: outcome and duty where they are
// the same (else -1), and the rules that count in all. ok tells that there is exactly one answer. Where it is too much work
// to know the rules, there are none and it is not ok.
func (e *Explainer) Answer(a Answers) (common model.Answer, ok bool) {
	if e.g.Verdicts {
		if g, err := e.g.AnswersWithin(e.fits(a)); err == nil {
			return New(g).Answer(a)
		}
		defer func() { ok = false }()
	}
	n := 0
	e.ends(e.allowed(a), func(end int) bool {
		if n++; n == 1 {
			common = e.g.Ends[end].Answer
		} else {
			common = common.Common(e.g.Ends[end].Answer)
		}
		return true
	})
	if n == 0 {
		return model.Answer{Outcome: -1, Duty: -1}, false
	}
	return common, n == 1
}
