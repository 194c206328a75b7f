package diagram

import (
	"slices"
	"strings"

	"handvat/generator/model"
)

// A Path is a way from the root to an end.
type Path struct {
	Values map[int]int // value index by variable, of those that are tested
	End    Ref
}

const far = 1 << 30

// Shortest finds the way to a wanted end that tests the fewest facts; nil where there is none.
func (d *Diagram) Shortest(wanted func(Ref) bool) *Path {
	distance := make([]int, len(d.Nodes))
	of := func(r Ref) int {
		switch {
		case r == Impossible:
			return far
		case r.IsNode():
			return distance[r]
		case wanted(r):
			return 0
		}
		return far
	}
	for i, n := range d.Nodes { // children first
		distance[i] = far
		for _, next := range n.Next {
			distance[i] = min(distance[i], of(next)+1)
		}
	}
	if of(d.Root) >= far {
		return nil
	}
	out := &Path{Values: map[int]int{}, End: d.Root}
	for out.End.IsNode() {
		n := d.Nodes[out.End]
		for v, next := range n.Next {
			if of(next) == distance[out.End]-1 {
				out.Values[n.Var], out.End = v, next
				break
			}
		}
	}
	return out
}

// asking lists the variables in asking order.
func (d *Diagram) asking() []int {
	order := make([]int, len(d.Vars))
	for i := range order {
		order[i] = i
	}
	if d.Verdicts {
		slices.SortFunc(order, func(x, y int) int {
			return slices.Index(d.Decision.Questions, d.Vars[x]) - slices.Index(d.Decision.Questions, d.Vars[y])
		})
	}
	return order
}

// Shrink leaves out values, the last in asking order first, as long as every end that can still be reached is wanted. It keeps those of
// facts for which keep holds.
func (d *Diagram) Shrink(values map[int]int, keep func(*model.Fact) bool, wanted func(Ref) bool) {
	for _, i := range slices.Backward(d.asking()) {
		v, given := values[i]
		if !given || keep(d.Vars[i]) {
			continue
		}
		delete(values, i)
		if !d.all(values, wanted) {
			values[i] = v
		}
	}
}

// all tells whether every end that can be reached with these values is wanted.
func (d *Diagram) all(values map[int]int, wanted func(Ref) bool) bool {
	seen := map[Ref]bool{}
	var visit func(r Ref) bool
	visit = func(r Ref) bool {
		if r == Impossible || seen[r] {
			return true
		}
		seen[r] = true
		if !r.IsNode() {
			return wanted(r)
		}
		n := d.Nodes[r]
		for v, next := range n.Next {
			if want, given := values[n.Var]; (!given || v == want) && !visit(next) {
				return false
			}
		}
		return true
	}
	return visit(d.Root)
}

// Depths counts, per node, the fewest facts tested above it.
func (d *Diagram) Depths() []int {
	depth := make([]int, len(d.Nodes))
	for i := range depth {
		depth[i] = far
	}
	if d.Root.IsNode() {
		depth[d.Root] = 0
	}
	for i := len(d.Nodes) - 1; i >= 0; i-- { // parents first
		for _, next := range d.Nodes[i].Next {
			if next.IsNode() {
				depth[next] = min(depth[next], depth[i]+1)
			}
		}
	}
	return depth
}

// Way gives the values on a way from the root to a node that tests the fewest facts.
func (d *Diagram) Way(to Ref) map[int]int {
	depth, values := d.Depths(), map[int]int{}
	for to != d.Root {
	search:
		for i, n := range d.Nodes {
			for v, next := range n.Next {
				if next == to && depth[i] == depth[to]-1 {
					values[n.Var], to = v, Ref(i)
					break search
				}
			}
		}
	}
	return values
}

// VarIndex is the position of a fact among the variables, or -1.
func (d *Diagram) VarIndex(f *model.Fact) int { return slices.Index(d.Vars, f) }

// Describe writes values as facts with their answers; facts that are nvt are left out.
func (d *Diagram) Describe(values map[int]int) string {
	var parts []string
	for _, i := range d.asking() {
		f := d.Vars[i]
		v, tested := values[i]
		if !tested || f.HasUndefined() && v == f.UndefinedIndex() {
			continue
		}
		if f.Kind == model.Date && len(f.Values) == 1 {
			continue
		}
		parts = append(parts, f.ID+": "+f.ValueID(v))
	}
	if len(parts) == 0 {
		return "elke situatie"
	}
	return strings.Join(parts, ", ")
}

// A Two is a pair of diagrams over the same variables, to find situations in which they differ. It may be one diagram
// twice.
type Two struct {
	X, Y   *Diagram
	Loose  func(f *model.Fact) bool // may be nvt in one situation and have a value in the other; nil: no fact
	Differ func(x, y int) bool      // indexes of ends of X and Y

	memo map[[2]Ref]int
}

// From finds the shortest ways on from a ref of each to ends that differ, where both give every fact the same value. Cost
// is how many facts are tested; it is 1<<30, and there are no paths, where no two ends differ.
func (t *Two) From(x, y Ref) (atX, atY *Path, cost int) {
	if t.memo == nil {
		t.memo = map[[2]Ref]int{}
	}
	cost = t.distance(x, y)
	if cost >= far {
		return nil, nil, far
	}
	atX, atY = &Path{Values: map[int]int{}, End: x}, &Path{Values: map[int]int{}, End: y}
	for atX.End.IsNode() || atY.End.IsNode() {
		left := t.distance(atX.End, atY.End)
		t.step(atX.End, atY.End, func(level, a, b int, nextX, nextY Ref) bool {
			if t.distance(nextX, nextY) != left-1 {
				return true
			}
			atX.Values[level], atX.End = a, nextX
			atY.Values[level], atY.End = b, nextY
			return false
		})
	}
	return atX, atY, cost
}

// Always tells whether, from a ref of each on, every two ends that both can be reached with these values differ.
func (t *Two) Always(fromX, fromY Ref, valuesX, valuesY map[int]int) bool {
	seen := map[[2]Ref]bool{}
	var same func(x, y Ref) bool
	same = func(x, y Ref) bool {
		if x == Impossible || y == Impossible {
			return false
		}
		if !x.IsNode() && !y.IsNode() {
			return !t.Differ(x.EndIndex(), y.EndIndex())
		}
		key := [2]Ref{x, y}
		if seen[key] {
			return false
		}
		seen[key] = true
		found := false
		t.step(x, y, func(level, a, b int, nextX, nextY Ref) bool {
			v, given := valuesX[level]
			w, givenToo := valuesY[level]
			if (!given || v == a) && (!givenToo || w == b) {
				found = same(nextX, nextY)
			}
			return !found
		})
		return found
	}
	return !same(fromX, fromY)
}

func (t *Two) distance(x, y Ref) int {
	switch {
	case x == Impossible || y == Impossible:
		return far
	case !x.IsNode() && !y.IsNode():
		if t.Differ(x.EndIndex(), y.EndIndex()) {
			return 0
		}
		return far
	}
	key := [2]Ref{x, y}
	if d, ok := t.memo[key]; ok {
		return d
	}
	best := far
	t.step(x, y, func(_, _, _ int, nextX, nextY Ref) bool {
		best = min(best, t.distance(nextX, nextY)+1)
		return true
	})
	best = min(best, far)
	t.memo[key] = best
	return best
}

// step visits what one test more leads to, until visit returns false.
func (t *Two) step(x, y Ref, visit func(level, a, b int, nextX, nextY Ref) bool) {
	level := min(t.X.level(x), t.Y.level(y))
	f := t.X.Vars[level]
	loose := f.HasUndefined() && t.Loose != nil && t.Loose(f)
	for a := range f.Size() {
		for b := range f.Size() {
			if a != b && !(loose && (a == f.UndefinedIndex() || b == f.UndefinedIndex())) {
				continue
			}
			if !visit(level, a, b, t.X.branch(x, level, a), t.Y.branch(y, level, b)) {
				return
			}
		}
	}
}

func (d *Diagram) level(r Ref) int {
	if r.IsNode() {
		return d.Nodes[r].Var
	}
	return len(d.Vars)
}

func (d *Diagram) branch(r Ref, level, v int) Ref {
	if d.level(r) != level {
		return r
	}
	return d.Nodes[r].Next[v]
}
