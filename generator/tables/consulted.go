package tables

import (
	"slices"

	"handvat/generator/model"
)

// A decision that is used by one fact only, and answers nothing itself, is consulted where the gate of that fact holds.
// Elsewhere the fact is nvt, whatever the decision says. So its rows need to be right where it is consulted and nowhere
// else: what cannot apply there is left out, and what holds there anyway is not asked again.

// consulting finds the fact by which a Permit is consulted where only that is: nil where it answers itself, or where several
// facts or none use it.
func consulting(entries []*model.Decision) map[*model.Decision]*model.Fact {
	by := map[*model.Decision]*model.Fact{}
	seen := map[*model.Decision]bool{}
	var visit func(d *model.Decision)
	visit = func(d *model.Decision) {
		if seen[d] {
			return
		}
		seen[d] = true
		for _, f := range d.Uses {
			if first, ok := by[f.Uses]; ok && first != f {
				by[f.Uses] = nil
			} else {
				by[f.Uses] = f
			}
			visit(f.Uses)
		}
	}
	for _, d := range entries {
		visit(d)
	}
	for d, f := range by {
		if f != nil && (f.Gate == nil || d.Kind != model.Permit) {
			by[d] = nil
		}
	}
	for _, d := range entries {
		by[d] = nil
	}
	return by
}

// A place says of slots which values they can have there: those that are not in it can have any.
type place map[int]uint64

// places are where a condition holds: in each of its rows, with what follows from that for the slots that stages fill.
func (b *builder) places(gate model.Cond) []place {
	var out []place
	for _, r := range b.rowsOf(gate) {
		p := place{}
		for _, l := range r {
			b.narrow(p, l.slot, l.set)
		}
		out = append(out, p)
	}
	return out
}

// narrow takes in that a slot has one of some values: where a stage chose it, one of the rows applies that give these.
func (b *builder) narrow(p place, slot int, values uint64) {
	all := b.program.Slots[slot].All()
	if had, ok := p[slot]; ok {
		all = had
	}
	if values &= all; values == all {
		return
	}
	p[slot] = values
	i, ok := b.filledBy[slot]
	if !ok || b.program.Stages[i].Kind != Choose {
		return
	}
	s := &b.program.Stages[i]
	for _, c := range s.Columns {
		var can uint64
		for v, rows := range c.Bits {
			for r, value := range s.Gives {
				if values>>value&1 == 1 && rows.Has(r) {
					can |= 1 << v
				}
			}
		}
		b.narrow(p, c.Slot, can)
	}
}

// consulted keeps of alternatives what matters in some of the places: those that can apply there, without what holds
// wherever the rest of them does.
func consulted(rows []row, places []place) []row {
	var out []row
	for _, r := range rows {
		if !r.meetsAny(places) {
			continue
		}
		for i := 0; i < len(r); {
			rest := slices.Delete(slices.Clone(r), i, i+1)
			if rest.meetsAny(beyond(r[i], places)) {
				i++
			} else {
				r = rest
			}
		}
		out = append(out, r)
	}
	return out
}

// beyond are the places where something else than a literal may hold.
func beyond(l literal, places []place) []place {
	var out []place
	for _, p := range places {
		if values, ok := p[l.slot]; !ok || values&^l.set != 0 {
			out = append(out, p)
		}
	}
	return out
}

func (r row) meetsAny(places []place) bool { return slices.ContainsFunc(places, r.meets) }

// meets tells whether a row can apply in a place.
func (r row) meets(p place) bool {
	for _, l := range r {
		if values, ok := p[l.slot]; ok && values&l.set == 0 {
			return false
		}
	}
	return true
}
