package tables

import "slices"

// The index of a Program says once more what its fields say, in the form in which answering takes it. The first Evaluator has
// it made.

// An input is the slot of a question, and what it holds where that is open.
type input struct {
	slot int
	open held
}

type stageIndex struct {
	every   []chunk // every row
	columns []column
	alike   [][]alike // per word of rows; of a Permit without those that do nothing by themselves

	guarded  Bits    // the rows of all Guarded
	refusing Bits    // those of level 0
	guardOf  []guard // per row of guarded what its Guarded says
}

// wide is how many words of a set are looked at together.
const wide = 4

// A chunk is a part of a set; words beyond the last row are 0.
type chunk [wide]uint64

// A column holds sets of rows, each as long as that of every row: by answer those that this does not contradict, which for
// Open is every row, and last those that no value contradicts.
type column struct {
	slot int
	all  uint64 // the values of the slot
	bits []chunk
}

// Rows of one word that give the same are alike.
type alike struct {
	rows  uint64
	gives effects // a set of one
}

// A guard is a Guarded without words that have no rows.
type guard struct {
	level      int
	exceptions []wordOf // the highest level first
}

// A wordOf holds the rows of one word that put a level in place.
type wordOf struct {
	level, word int
	rows        uint64
}

func (p *Program) index() {
	for i := range p.Decisions {
		e := &p.Decisions[i]
		for _, slot := range e.Inputs {
			e.index = append(e.index, input{slot, holding(p.Slots[slot].All())})
		}
	}
	for i := range p.Stages {
		s := &p.Stages[i]
		every := make(Bits, words(s.Rows))
		for r := range s.Rows {
			include(every, r)
		}
		x := stageIndex{every: chunks(every), alike: s.alike()}
		for _, c := range s.Columns {
			x.columns = append(x.columns, c.index(every, p.Slots[c.Slot].All()))
		}
		x.guards(s)
		s.index = x
	}
}

func (c *Column) index(every Bits, all uint64) column {
	sets, rest := chunks(every), slices.Clone(every)
	for _, rows := range c.Bits {
		sets = append(sets, chunks(rows)...)
		for w := range rest {
			rest[w] &= rows[w]
		}
	}
	return column{c.Slot, all, append(sets, chunks(rest)...)}
}

func chunks(rows Bits) []chunk {
	out := make([]chunk, (len(rows)+wide-1)/wide)
	for w, set := range rows {
		out[w/wide][w%wide] = set
	}
	return out
}

// alike puts the rows of each word together that give the same.
func (s *Stage) alike() [][]alike {
	out := make([][]alike, words(s.Rows))
	for r, effect := range s.Gives {
		if s.Kind == Permit && effect == nothing {
			continue
		}
		word, gives := &out[r/64], effects(1)<<effect
		at := slices.IndexFunc(*word, func(a alike) bool { return a.gives == gives })
		if at < 0 {
			at, *word = len(*word), append(*word, alike{gives: gives})
		}
		(*word)[at].rows |= 1 << (r % 64)
	}
	return out
}

// guards makes what finds the guards of rows that apply, and their exceptions, without looking at the other ones.
func (x *stageIndex) guards(s *Stage) {
	x.guardOf = make([]guard, s.Rows)
	for _, g := range s.Guarded {
		made := guard{level: g.Level}
		for level := len(g.Exceptions) - 1; level >= 0; level-- {
			for w, rows := range g.Exceptions[level] {
				if rows != 0 {
					made.exceptions = append(made.exceptions, wordOf{level, w, rows})
				}
			}
		}
		x.guarded = union(x.guarded, g.Rows)
		if g.Level == 0 {
			x.refusing = union(x.refusing, g.Rows)
		}
		for r := range s.Rows {
			if g.Rows.Has(r) {
				x.guardOf[r] = made
			}
		}
	}
}
