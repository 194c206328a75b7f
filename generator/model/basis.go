package model

import "slices"

// A Basis is what an answer rests on, from weak to strong.
type Basis int

const (
	ToTest  Basis = iota // a lawyer must still confirm it
	NoLaw                // no law in force is cited: whether it says what a law says, or is an agreement, its sources do not tell
	ByLaw                // a law or a decree that is in force is cited
	noBasis              // of nothing
)

// Bases are the names of the bases in Dutch.
var Bases = [...]string{"te-toetsen", "geen-wet-genoemd", "wet"}

// lawKinds are the kinds of source that bind.
var lawKinds = []string{"besluit", "wet"}

// Basis is what an answer rests on. One refusal is enough to refuse, so a refusal is as strong as its strongest rule; any
// other answer is as weak as its weakest, since all of them together make it. inForce tells whether a condition on where a
// source holds is met wherever this is the answer; it is asked only of what the decision knows.
func (a Answer) Basis(d *Decision, inForce func(Cond) bool) Basis {
	b := basis{a, func(s *Source) force {
		switch {
		case s == nil || !slices.Contains(lawKinds, s.Kind):
			return no
		case s.Holds == nil:
			return yes
		case slices.ContainsFunc(AskedFor(s.Holds), func(f *Fact) bool { return !slices.Contains(d.Questions, f) }):
			return unknown
		case inForce(s.Holds):
			return yes
		}
		return no
	}}
	return b.of(d)
}

// force says whether a source is a law in force. A decision that does not ask where it is cannot tell.
type force int

const (
	no force = iota
	unknown
	yes
)

type basis struct {
	Answer
	force func(*Source) force
}

func (a basis) of(d *Decision) Basis {
	refused := d.Kind == Permit && a.Outcome == Forbidden
	if refused && len(a.Counting) == 0 {
		return a.cited(d.NoGround.Cited)
	}
	out := noBasis
	if refused {
		out = ToTest
	}
	for _, r := range a.Counting {
		basis := a.rule(r)
		if refused {
			out = max(out, basis)
		} else {
			out = min(out, basis)
		}
	}
	return out
}

// rule is what a counting rule rests on, the answers of used decisions that it names among it.
func (a basis) rule(r *Rule) Basis {
	out := noBasis
	switch {
	case r.Through != nil: // only carries what comes next
	case r.Status == Statuses[2], r.Doubt != "":
		return ToTest
	default:
		out = a.cited(r.Cited)
	}
	for _, t := range a.Through {
		if t.named(r) {
			out = min(out, basis{t.Answer, a.force}.of(t.Fact.Uses))
		}
	}
	return out
}

// cited is a law where one in force is cited. Where nobody knows whether it is, that still holds for what cites nothing
// else: then it is that law that is spoken of, and not several frameworks at once.
func (a basis) cited(c Cited) Basis {
	lowest, highest := yes, no
	see := func(s *Source) {
		force := a.force(s)
		lowest, highest = min(lowest, force), max(highest, force)
	}
	for _, n := range c.Norms {
		see(n.Source)
	}
	for _, s := range c.Sources {
		see(s.Source)
	}
	if highest == yes || highest == unknown && lowest == unknown {
		return ByLaw
	}
	return NoLaw
}
