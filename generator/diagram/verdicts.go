package diagram

import (
	"slices"

	"handvat/generator/model"
)

// BuildVerdicts makes the diagram of a decision that is too entangled for Build: it tells apart only outcomes and duties,
// not what they rest on, and its variables stand in the order that makes it small. A dependent fact still comes after
// everything that its gate rests on. The error is a TooLarge.
//
// How many answers there are can double with every rule, and then no order helps; there are only a few verdicts.
func BuildVerdicts(m *model.Model, d *model.Decision, limit int) (*Diagram, error) {
	return buildVerdicts(m, d, limit, min(20_000, limit/4))
}

// buildVerdicts is BuildVerdicts with another number of nodes from which the order is made better.
func buildVerdicts(m *model.Model, d *model.Decision, limit, reorder int) (out *Diagram, err error) {
	b := newBuilder(d.Questions)
	b.most, b.verdicts, b.reorder = limit, true, reorder
	err = b.bounded(d, func() {
		b.prepare(d)
		root, states := b.rules(d, b.possible(m, d.Questions))
		b.sift(&root)
		var counting []*model.Rule
		if d.Kind == model.Permit {
			counting = b.counting(d, root, states)
		}
		p := b.answers(d, root, states)
		b.sift(&p.root)
		out = b.extract(m, d, p)
		out.counting = counting
	})
	return out, err
}

// prepare makes the parts of all decisions that one uses, while nothing else is being made and the order may change.
func (b *builder) prepare(d *model.Decision) {
	for _, f := range d.Uses {
		if b.used[f] == nil {
			b.prepare(f.Uses)
			b.used[f] = b.part(f.Uses, b.within)
		}
	}
}

// settle makes the order of the variables better where there have come to be many nodes. root and the used decisions are
// what is kept; nobody may hold another ref.
func (b *builder) settle(root *ref) {
	if b.reorder == 0 || len(b.nodes) < b.reorder {
		return
	}
	b.sift(root)
	b.reorder = max(b.reorder, 2*len(b.nodes))
}

// sift makes the order better at once. It drops what is not kept.
func (b *builder) sift(root *ref) {
	const share = 8 // such a step is less work than one of apply
	roots := []*ref{root}
	for _, f := range b.usedFacts() {
		roots = append(roots, &b.used[f].root)
	}
	clear(b.values)
	s := newSifter(b, roots)
	s.sift(share * (stepsFor(b.most) - b.steps))
	s.give(b, roots)
	b.step(s.steps / share)
}

// usedFacts lists the used decisions that have been made, in a fixed order.
func (b *builder) usedFacts() []*model.Fact {
	var out []*model.Fact
	for f := range b.used {
		out = append(out, f)
	}
	slices.SortFunc(out, func(x, y *model.Fact) int { return x.Index - y.Index })
	return out
}

// counting lists the rules of a Permit that count in a situation that can occur.
func (b *builder) counting(d *model.Decision, root ref, states *stateTable) []*model.Rule {
	found := map[*model.Rule]bool{}
	look := func(r *model.Rule, where ref, wanted func(state) bool) {
		b.rule = r
		found[r] = found[r] || b.meets(func(s, _ int) bool { return s != impossible && wanted(states.states[s-1]) }, root, where)
	}
	open := func(s state) bool { return min(s.ground, s.ceiling) > model.Forbidden }
	for i, r := range d.Rules {
		switch r.Kind {
		case model.Ground:
			look(r, b.holds(r.When), func(s state) bool { return open(s) && s.ground == r.Level })
		case model.Requirement, model.Limit:
			left := b.answered(d, i, func(j int, where ref) { look(d.Rules[j], where, open) })
			look(r, left, func(s state) bool { return r.Level == model.Forbidden || open(s) })
		}
	}
	b.rule = nil
	var out []*model.Rule
	for _, r := range d.Rules {
		if found[r] {
			out = append(out, r)
		}
	}
	return out
}

// AnswersWithin makes the diagram of answers, in asking order, for only those situations in which a condition holds, as
// BuildWithin does. The error is a TooLarge.
func (d *Diagram) AnswersWithin(condition model.Cond) (*Diagram, error) {
	return BuildWithin(d.model, d.Decision, condition, MaxNodes)
}

// VerdictsWithin makes the diagram of verdicts, in the order of d, for only those situations in which a condition holds.
// What d is of may have changed since d was made, but not what it asks. The error is a TooLarge.
func (d *Diagram) VerdictsWithin(condition model.Cond) (*Diagram, error) {
	b := newBuilder(d.Vars)
	b.verdicts = true
	return b.build(d.model, d.Decision, condition)
}

// Counting lists the rules that count in a situation that can occur. Of a choice that are those that apply.
func (d *Diagram) Counting() map[*model.Rule]bool {
	out := map[*model.Rule]bool{}
	for _, r := range d.counting {
		out[r] = true
	}
	for _, end := range d.Ends {
		for _, r := range end.Answer.Counting {
			out[r] = true
		}
		for _, r := range end.Rules {
			out[r] = true
		}
	}
	return out
}

// InAskingOrder gives the same diagram with its variables in asking order; not ok where that has more nodes than limit.
func (d *Diagram) InAskingOrder(limit int) (out *Diagram, ok bool) {
	b, p := load(d)
	if b.bounded(d.Decision, func() {
		s := newSifter(b, []*ref{&p.root})
		ok = s.arrange(d.Decision.Questions, limit)
		s.give(b, []*ref{&p.root})
	}) != nil || !ok {
		return nil, false
	}
	out = b.extract(d.model, d.Decision, p)
	out.Verdicts, out.counting = d.Verdicts, d.counting
	return out, true
}
