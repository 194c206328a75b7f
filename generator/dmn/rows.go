package dmn

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// A row of a table holds where each column has a value of its cell. No two rows of a table hold together.
type row struct {
	cells   []model.Set // per column; columnAll where any value will do
	end     int         // rows that say the same have the same
	outcome int
	duty    int
	always  []*model.Rule // the rules that count wherever the row holds, sorted by id
	partly  []*model.Rule // those that count in a part of it, sorted by id
}

// maxPaths is how many paths are merged before giving up: merging takes a little for each.
const maxPaths = 200_000

var errTooManyRows = errors.New("too many rows")

// columnAll is the set of every value a column can have. That a gated question is not asked shows from other columns,
// so nvt is none of its values.
func columnAll(f *model.Fact) model.Set { return model.Set(1)<<len(f.Values) - 1 }

// flatten writes a diagram as a list of disjoint rows: its paths, in which values that lead to the same node stand
// together, and then any two rows that differ in one cell made into one. For a Permit a row is an outcome and duty, for
// a Choice also the one rule that applies.
func flatten(g *diagram.Diagram, maxRows int) ([]row, error) {
	f := newFlattener(g)
	if f.paths(f.root) > maxPaths {
		return nil, errTooManyRows
	}
	cells := make([]model.Set, len(g.Vars))
	for i, v := range g.Vars {
		cells[i] = columnAll(v)
	}
	f.collect(f.root, cells)
	rows := merge(f.rows)
	if len(rows) > maxRows {
		return nil, errTooManyRows
	}
	for i := range rows {
		f.explain(&rows[i])
	}
	slices.SortFunc(rows, func(a, b row) int { return slices.CompareFunc(a.cells, b.cells, compareCells) })
	return rows, nil
}

// compareCells puts the cell with the earliest value first.
func compareCells(a, b model.Set) int {
	low := func(s model.Set) model.Set { return s & -s }
	return cmp.Or(cmp.Compare(low(a), low(b)), cmp.Compare(a, b))
}

// A flattener has the diagram with coarser ends, and without nvt for the questions that are not always asked.
type flattener struct {
	g      *diagram.Diagram
	root   int
	nodes  []flatNode
	unique map[string]int
	ends   []row // outcome and duty
	rows   []row
}

// A flatNode has per value the next node, nothing, or ^index of an end.
type flatNode struct {
	column int
	next   []int
	paths  int
}

// nothing is where no situation comes.
const nothing = -1 << 30

func newFlattener(g *diagram.Diagram) *flattener {
	f := &flattener{g: g, unique: map[string]int{}}
	end := make([]int, len(g.Ends))
	byKey := map[string]int{}
	for i, e := range g.Ends {
		if end[i] = nothing; e.Wrong {
			continue
		}
		key := fmt.Sprint(e.Answer.Outcome, e.Answer.Duty)
		if g.Decision.Kind == model.Choice {
			key += e.Answer.Counting[0].ID
		}
		at, ok := byKey[key]
		if !ok {
			at = ^len(f.ends)
			f.ends = append(f.ends, row{end: len(f.ends), outcome: e.Answer.Outcome, duty: e.Answer.Duty})
			byKey[key] = at
		}
		end[i] = at
	}
	made := make([]int, len(g.Nodes))
	of := func(r diagram.Ref) int {
		switch {
		case r == diagram.Impossible:
			return nothing
		case r.IsNode():
			return made[r]
		}
		return end[r.EndIndex()]
	}
	for i, n := range g.Nodes { // children first
		var next []int
		for _, r := range n.Next {
			next = append(next, of(r))
		}
		fact := g.Vars[n.Var]
		if fact.Gate != nil {
			undefined := next[fact.UndefinedIndex()]
			next = next[:fact.UndefinedIndex()]
			if undefined != nothing { // here it is not asked
				next = []int{undefined}
			}
		}
		made[i] = f.node(n.Var, next)
	}
	f.root = of(g.Root)
	return f
}

// node gives the node with these next ones, once; where only one thing can follow, that.
func (f *flattener) node(column int, next []int) int {
	first := nothing
	same := true
	for _, n := range next {
		if first == nothing {
			first = n
		}
		same = same && (n == nothing || n == first)
	}
	if same {
		return first
	}
	key := fmt.Sprint(column, next)
	if at, ok := f.unique[key]; ok {
		return at
	}
	n := flatNode{column: column, next: next}
	for _, group := range groups(next) {
		n.paths = min(n.paths+f.paths(group.next), maxPaths+1)
	}
	f.nodes = append(f.nodes, n)
	f.unique[key] = len(f.nodes) - 1
	return len(f.nodes) - 1
}

func (f *flattener) paths(at int) int {
	if at < 0 {
		return 1
	}
	return f.nodes[at].paths
}

// A group is the values that lead to the same node.
type group struct {
	next   int
	values model.Set
}

func groups(next []int) []group {
	var out []group
	for v, n := range next {
		if n == nothing {
			continue
		}
		i := slices.IndexFunc(out, func(g group) bool { return g.next == n })
		if i < 0 {
			i = len(out)
			out = append(out, group{next: n})
		}
		out[i].values |= 1 << v
	}
	return out
}

// collect makes a row of every path.
func (f *flattener) collect(at int, cells []model.Set) {
	if at < 0 {
		r := f.ends[^at]
		r.cells = slices.Clone(cells)
		f.rows = append(f.rows, r)
		return
	}
	n := f.nodes[at]
	all := cells[n.column]
	for _, g := range groups(n.next) {
		cells[n.column] = g.values
		f.collect(g.next, cells)
	}
	cells[n.column] = all
}

// merge makes one row of rows that differ in one cell, until there are none: the cells of the last columns first, since
// these differ most.
func merge(rows []row) []row {
	if len(rows) == 0 {
		return rows
	}
	var key []byte
	for {
		before := len(rows)
		for column := len(rows[0].cells) - 1; column >= 0; column-- {
			at := map[string]int{}
			var kept []row
			for _, r := range rows {
				key = binary.LittleEndian.AppendUint64(key[:0], uint64(r.end))
				for i, cell := range r.cells {
					if i != column {
						key = binary.LittleEndian.AppendUint64(key, uint64(cell))
					}
				}
				if i, ok := at[string(key)]; ok {
					kept[i].cells[column] |= r.cells[column]
					continue
				}
				at[string(key)] = len(kept)
				kept = append(kept, r)
			}
			rows = kept
		}
		if len(rows) == before {
			return rows
		}
	}
}

// explain finds the rules that count wherever a row holds, and those that count in a part of it.
func (f *flattener) explain(r *row) {
	seen := map[diagram.Ref]bool{}
	ends := 0
	counts := map[*model.Rule]int{} // in how many of the ends
	var visit func(at diagram.Ref)
	visit = func(at diagram.Ref) {
		if at == diagram.Impossible || seen[at] {
			return
		}
		seen[at] = true
		if !at.IsNode() {
			end := f.g.Ends[at.EndIndex()]
			if end.Wrong {
				return
			}
			ends++
			for _, rule := range end.Answer.Counting {
				counts[rule]++
			}
			return
		}
		n := f.g.Nodes[at]
		fact := f.g.Vars[n.Var]
		for v, next := range n.Next {
			if r.cells[n.Var].Has(v) || fact.Gate != nil && v == fact.UndefinedIndex() {
				visit(next)
			}
		}
	}
	visit(f.g.Root)
	for _, rule := range f.g.Decision.Rules { // sorted by id
		switch {
		case counts[rule] == 0:
		case counts[rule] == ends:
			r.always = append(r.always, rule)
		default:
			r.partly = append(r.partly, rule)
		}
	}
}
