package model

import "slices"

// A Basis is what an answer rests on, from weak to strong.
type Basis int

const (
	ToTest  Basis = iota // a lawyer must still confirm it
	NoLaw                // no law is cited: whether it says what a law says, or is an agreement, its sources do not tell
	ByLaw                // a law or a decree is cited
	noBasis              // of nothing
)

// Bases are the names of the bases in Dutch.
var Bases = [...]string{"te-toetsen", "geen-wet-genoemd", "wet"}

// lawKinds are the kinds of source that bind.
var lawKinds = []string{"besluit", "wet"}

// Basis is what an answer rests on. One refusal is enough to refuse, so a refusal is as strong as its strongest rule; any
// other answer is as weak as its weakest, since all of them together make it.
func (a Answer) Basis(d *Decision) Basis {
	refused := d.Kind == Permit && a.Outcome == Forbidden
	if refused && len(a.Counting) == 0 {
		return d.NoGround.Cited.basis()
	}
	out := noBasis
	if refused {
		out = ToTest
	}
	for _, r := range a.Counting {
		basis := a.basisOf(r)
		if refused {
			out = max(out, basis)
		} else {
			out = min(out, basis)
		}
	}
	return out
}

// basisOf is what a counting rule rests on, the answers of used decisions that it names among it.
func (a Answer) basisOf(r *Rule) Basis {
	out := noBasis
	switch {
	case r.Through != nil: // only carries what comes next
	case r.Status == Statuses[2], r.Doubt != "":
		return ToTest
	default:
		out = r.Cited.basis()
	}
	for _, t := range a.Through {
		if t.named(r) {
			out = min(out, t.Answer.Basis(t.Fact.Uses))
		}
	}
	return out
}

func (c Cited) basis() Basis {
	law := func(s *Source) bool { return s != nil && slices.Contains(lawKinds, s.Kind) }
	if slices.ContainsFunc(c.Norms, func(n *Norm) bool { return law(n.Source) }) ||
		slices.ContainsFunc(c.Sources, func(s SourceRef) bool { return law(s.Source) }) {
		return ByLaw
	}
	return NoLaw
}
