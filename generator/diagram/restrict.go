package diagram

import (
	"fmt"

	"handvat/generator/model"
)

// load puts a finished diagram in a builder.
func load(d *Diagram) (*builder, *part) {
	b := newBuilder(d.Vars)
	b.verdicts = true // of used decisions only the outcome matters to a condition
	p := &part{answers: []model.Answer{{}}}
	for _, e := range d.Ends {
		a := e.Answer
		if e.Wrong {
			a = model.Answer{Outcome: -1, Counting: e.Rules}
		}
		p.answers = append(p.answers, a)
	}
	made := make([]ref, len(d.Nodes))
	number := func(r Ref) ref {
		switch {
		case r == Impossible:
			return terminal(impossible)
		case r.IsNode():
			return made[r]
		}
		return terminal(r.EndIndex() + 1)
	}
	var next []ref
	for i, n := range d.Nodes {
		next = next[:0]
		for _, r := range n.Next {
			next = append(next, number(r))
		}
		made[i] = b.node(n.Var, next)
	}
	p.root = number(d.Root)
	return b, p
}

// Restrict gives the diagram of only those situations in which a condition holds; others become Impossible. The error
// tells that the condition rests on a fact that is no question of the decision, or is a TooLarge.
func Restrict(m *model.Model, d *Diagram, condition model.Cond) (*Diagram, error) {
	return NewParts(d).Restrict(condition)
}

// Parts takes parts of one diagram. It is Restrict for those who ask for many: the diagram is loaded once.
type Parts struct {
	Of *Diagram

	b      *builder
	all    *part
	loaded int // nodes
}

// NewParts makes the Parts of a diagram.
func NewParts(d *Diagram) *Parts { return &Parts{Of: d} }

// Restrict is as the function of that name.
func (p *Parts) Restrict(condition model.Cond) (out *Diagram, err error) {
	if p.b == nil || len(p.b.nodes) > 2*p.loaded+10_000 { // most of them of parts before
		p.b, p.all = load(p.Of)
		p.loaded = len(p.b.nodes)
	}
	if !p.b.knows(condition) {
		return nil, fmt.Errorf("a fact in the condition is no question of %s", p.Of.Decision.ID)
	}
	p.b.steps = 0
	err = p.b.bounded(p.Of.Decision, func() {
		root := p.b.applyKnown(func(holds, t ref) (ref, bool) {
			switch {
			case holds == terminal(0) || t == terminal(impossible):
				return terminal(impossible), true
			case holds == terminal(1):
				return t, true
			}
			return 0, false
		}, func(holds, t int) int { return holds * t }, p.b.holds(condition), p.all.root)
		out = p.b.extract(p.Of.model, p.Of.Decision, &part{root: root, answers: p.all.answers})
		out.Verdicts = p.Of.Verdicts
	})
	return out, err
}
