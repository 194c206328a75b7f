package diagram

import (
	"slices"

	"handvat/generator/model"
)

// A sifter holds the nodes that some roots of a builder reach, and changes the order of the variables to have fewer of
// them, by exchanging two neighbours at a time (Rudell, "Dynamic variable ordering for ordered binary decision
// diagrams", ICCAD 1993). A node keeps its number when it is exchanged, so what points to it need not change.
type sifter struct {
	vars   []*model.Fact // a variable is named by its index here, whatever its level
	above  [][]bool      // above[x][y]: x must stay above y
	order  []int         // the variable at each level
	tables []siftTable   // per variable
	nodes  []siftNode
	next   []ref
	free   []ref     // numbers of nodes that are gone
	room   [][]int32 // per number of branches, the places in next of nodes that are gone
	live   int       // nodes
	steps  int       // branches that were looked at
}

// A siftTable finds the nodes of a variable by their branches.
type siftTable struct {
	buckets []ref // 1 + the first node, or 0
	count   int
}

type siftNode struct {
	variable, at int32 // at: where its branches start
	parents      int32 // branches and roots that point to it
	link         ref   // 1 + the next node in its bucket, or 0
}

// grown is how much larger a diagram may become, in percent, while a better place for a variable is looked for.
const grown = 120

// newSifter takes the nodes of a builder that are reached from roots, which it replaces by its own.
func newSifter(b *builder, roots []*ref) *sifter {
	s := &sifter{vars: b.vars, tables: make([]siftTable, len(b.vars)), room: make([][]int32, 66)}
	for i := range b.vars {
		s.order = append(s.order, i)
		s.above = append(s.above, make([]bool, len(b.vars)))
		s.tables[i].buckets = make([]ref, 64)
	}
	for j, f := range b.vars {
		rests := restsOn(f)
		for i, g := range b.vars {
			s.above[i][j] = i != j && rests[g]
		}
	}
	made := make([]ref, len(b.nodes))
	var take func(r ref) ref
	take = func(r ref) ref {
		if r.isTerminal() {
			return r
		}
		if made[r] == 0 {
			from := len(b.stack)
			for _, next := range b.branches(r) {
				taken := take(next)
				b.stack = append(b.stack, taken)
			}
			made[r] = s.node(b.level(r), b.stack[from:]) + 1
			b.stack = b.stack[:from]
		}
		return made[r] - 1
	}
	for _, r := range roots {
		*r = take(*r)
		s.hold(*r)
	}
	return s
}

func (s *sifter) branches(n ref) []ref {
	at := s.nodes[n].at
	return s.next[at : int(at)+s.vars[s.nodes[n].variable].Size()]
}

func (s *sifter) hold(r ref) {
	if !r.isTerminal() {
		s.nodes[r].parents++
	}
}

func hashOf(next []ref) uint64 {
	h := uint64(0)
	for _, n := range next {
		h = mix(h, uint64(uint32(n)))
	}
	return h
}

// node gives the node of a variable with these branches; where these are equal, that branch.
func (s *sifter) node(variable int, next []ref) ref {
	if !slices.ContainsFunc(next, func(r ref) bool { return r != next[0] }) {
		return next[0]
	}
	t := &s.tables[variable]
	for at := t.buckets[hashOf(next)&uint64(len(t.buckets)-1)]; at != 0; at = s.nodes[at-1].link {
		if slices.Equal(s.branches(at-1), next) {
			return at - 1
		}
	}
	n := ref(len(s.nodes))
	if last := len(s.free) - 1; last >= 0 {
		n, s.free = s.free[last], s.free[:last]
		s.nodes[n] = siftNode{}
	} else {
		s.nodes = append(s.nodes, siftNode{})
	}
	s.live++
	s.write(n, variable, next)
	return n
}

// write gives a node a variable and branches, and puts it where it is found.
func (s *sifter) write(n ref, variable int, next []ref) {
	node := &s.nodes[n]
	node.variable = int32(variable)
	if room := s.room[len(next)]; len(room) > 0 {
		node.at = room[len(room)-1]
		s.room[len(next)] = room[:len(room)-1]
		copy(s.next[node.at:], next)
	} else {
		node.at = int32(len(s.next))
		s.next = append(s.next, next...)
	}
	for _, r := range next {
		s.hold(r)
	}
	s.file(n)
}

// file puts a node in the table of its variable.
func (s *sifter) file(n ref) {
	t := &s.tables[s.nodes[n].variable]
	if t.count++; t.count > len(t.buckets) {
		old := t.buckets
		t.buckets = make([]ref, 2*len(old))
		for _, first := range old {
			for at := first; at != 0; {
				onward := s.nodes[at-1].link
				s.chain(t, at-1)
				at = onward
			}
		}
	}
	s.chain(t, n)
}

func (s *sifter) chain(t *siftTable, n ref) {
	bucket := &t.buckets[hashOf(s.branches(n))&uint64(len(t.buckets)-1)]
	s.nodes[n].link = *bucket
	*bucket = n + 1
}

// let forgets a branch to r; a node that nothing points to any more is gone, and so are its branches.
func (s *sifter) let(r ref) {
	if r.isTerminal() {
		return
	}
	node := &s.nodes[r]
	if node.parents--; node.parents > 0 {
		return
	}
	t := &s.tables[node.variable]
	next := s.branches(r)
	at := &t.buckets[hashOf(next)&uint64(len(t.buckets)-1)]
	for *at != r+1 {
		at = &s.nodes[*at-1].link
	}
	*at = node.link
	t.count--
	s.live--
	s.room[len(next)] = append(s.room[len(next)], node.at)
	s.free = append(s.free, r)
	for _, n := range next {
		s.let(n)
	}
}

// exchange exchanges the variables at a level and the next.
func (s *sifter) exchange(level int) {
	x, y := s.order[level], s.order[level+1]
	s.order[level], s.order[level+1] = y, x
	t := &s.tables[x]
	var above []ref // nodes of x with a branch to a node of y
	old := t.buckets
	t.buckets, t.count = make([]ref, len(old)), 0
	for _, first := range old {
		for at := first; at != 0; {
			n := at - 1
			at = s.nodes[n].link
			next := s.branches(n)
			s.steps += len(next)
			if slices.ContainsFunc(next, func(r ref) bool { return !r.isTerminal() && int(s.nodes[r].variable) == y }) {
				above = append(above, n)
			} else {
				s.file(n)
			}
		}
	}
	var was, next, mixed []ref
	for _, n := range above {
		was = append(was[:0], s.branches(n)...)
		mixed = mixed[:0]
		for w := range s.vars[y].Size() {
			next = next[:0]
			for _, r := range was {
				if !r.isTerminal() && int(s.nodes[r].variable) == y {
					r = s.branches(r)[w]
				}
				next = append(next, r)
			}
			s.steps += len(next)
			mixed = append(mixed, s.node(x, next))
		}
		s.room[len(was)] = append(s.room[len(was)], s.nodes[n].at)
		s.write(n, y, mixed)
		for _, r := range was {
			s.let(r)
		}
	}
}

// mayExchange tells whether the variables at a level and the next may be exchanged.
func (s *sifter) mayExchange(level int) bool {
	return level >= 0 && level+1 < len(s.order) && !s.above[s.order[level]][s.order[level+1]]
}

// sift moves every variable, the one with the most nodes first, to where there are the fewest nodes. It stops after about
// so many steps.
func (s *sifter) sift(steps int) {
	steps += s.steps
	variables := slices.Clone(s.order)
	slices.SortStableFunc(variables, func(x, y int) int { return s.tables[y].count - s.tables[x].count })
	for _, x := range variables {
		at := slices.Index(s.order, x)
		best, smallest := at, s.live
		move := func(by int) {
			for s.steps < steps {
				level := at // that of the upper of the two
				if by < 0 {
					level--
				}
				if !s.mayExchange(level) || s.live > smallest*grown/100+2 {
					return
				}
				s.exchange(level)
				at += by
				if s.live < smallest {
					best, smallest = at, s.live
				}
			}
		}
		back := func() {
			for ; at < best; at++ {
				s.exchange(at)
			}
			for ; at > best; at-- {
				s.exchange(at - 1)
			}
		}
		first := 1 // the nearer end
		if at < len(s.order)/2 {
			first = -1
		}
		move(first)
		back()
		move(-first)
		back()
	}
}

// arrange puts the variables in an order; not ok where there come to be more nodes than limit. That is looked at on the way
// too, where there may be a few times as many.
func (s *sifter) arrange(order []*model.Fact, limit int) (ok bool) {
	for to, f := range order {
		for at := slices.IndexFunc(s.order, func(x int) bool { return s.vars[x] == f }); at > to; at-- {
			s.exchange(at - 1)
			if s.live > 4*limit {
				return false
			}
		}
	}
	return s.live <= limit
}

// give puts the nodes and the order in a builder, and gives roots its refs.
func (s *sifter) give(b *builder, roots []*ref) {
	b.vars = make([]*model.Fact, len(s.order))
	level := make([]int, len(s.order))
	for i, variable := range s.order {
		b.vars[i] = s.vars[variable]
		b.at[b.vars[i]] = i
		level[variable] = i
	}
	b.nodes, b.next = b.nodes[:0], b.next[:0]
	b.unique, b.memo = make([]ref, 1<<8), make([]combined, 1<<8)
	made := make([]ref, len(s.nodes))
	var take func(r ref) ref
	take = func(r ref) ref {
		if r.isTerminal() {
			return r
		}
		if made[r] == 0 {
			from := len(b.stack)
			for _, next := range s.branches(r) {
				taken := take(next)
				b.stack = append(b.stack, taken)
			}
			made[r] = b.node(level[s.nodes[r].variable], b.stack[from:]) + 1
			b.stack = b.stack[:from]
		}
		return made[r] - 1
	}
	for _, r := range roots {
		*r = take(*r)
	}
}

// restsOn gives the facts on which it rests whether a fact applies, directly or by way of others.
func restsOn(f *model.Fact) map[*model.Fact]bool {
	seen := map[*model.Fact]bool{}
	var visit func(g *model.Fact)
	visit = func(g *model.Fact) {
		if !seen[g] {
			seen[g] = true
			g.RestsOn(visit)
		}
	}
	if f.Gate != nil {
		model.FactsOf(f.Gate, visit)
	}
	return seen
}
