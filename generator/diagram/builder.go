package diagram

import (
	"fmt"
	"math/bits"
	"slices"

	"handvat/generator/model"
)

// MaxNodes is how many nodes a builder makes before it gives up. What a builder takes grows with it and with nothing else:
// for this many it is less than half a gigabyte.
const MaxNodes = 2_000_000

// What else a builder that may make so many nodes is given: steps are pairs of nodes that are combined, of which a decision
// takes about five for a node; ends are states and answers at the ends of ways, which take more memory than a node and
// are far fewer.
func stepsFor(nodes int) int { return 10_000 + 32*nodes }
func endsFor(nodes int) int  { return 10_000 + nodes/5 }

// ref points to a node of a builder (0 and up) or to a terminal: ^ref is the terminal's number.
type ref int32

func terminal(n int) ref       { return ref(^n) }
func (r ref) isTerminal() bool { return r < 0 }
func (r ref) number() int      { return int(^r) }

// builder makes reduced ordered diagrams over a fixed list of variables. Equal functions have equal refs.
type builder struct {
	vars   []*model.Fact
	at     map[*model.Fact]int
	nodes  []builtNode
	next   []ref               // the branches of all nodes, one after the other
	unique []ref               // hash table: 1 + the node, or 0
	memo   []combined          // of apply; what does not fit drops out
	applys uint32              // how often apply was called
	stack  []ref               // the branches apply is making
	values map[*model.Fact]ref // memo of valueOf
	used   map[*model.Fact]*part
	within ref         // 1 where somebody will look at the used decisions
	most   int         // nodes it may make
	steps  int         // of apply, and of what reorders
	ends   int         // states and answers that were made
	rule   *model.Rule // being taken in; to tell what drives the size

	verdicts bool // of a Permit only outcome and duty are told apart, of a Choice only its rules
	reorder  int  // how many nodes there may be before the order of vars is made better; 0: it never is
}

type builtNode struct {
	level, at int32 // at: where its branches start
}

// combined is a result of one call of apply.
type combined struct {
	x, y, r ref
	apply   uint32
}

func newBuilder(vars []*model.Fact) *builder {
	b := &builder{most: MaxNodes, vars: vars, at: map[*model.Fact]int{}, values: map[*model.Fact]ref{}, used: map[*model.Fact]*part{}, within: terminal(1)}
	b.unique, b.memo = make([]ref, 1<<8), make([]combined, 1<<8)
	for i, f := range vars {
		b.at[f] = i
	}
	return b
}

// node gives the node that tests the variable at level; one whose branches are equal is that branch.
func (b *builder) node(level int, next []ref) ref {
	same, h := true, uint64(level)
	for _, n := range next {
		same = same && n == next[0]
		h = mix(h, uint64(uint32(n)))
	}
	if same {
		return next[0]
	}
	mask := uint64(len(b.unique) - 1)
	slot := h & mask
	for ; b.unique[slot] != 0; slot = (slot + 1) & mask {
		if r := b.unique[slot] - 1; int(b.nodes[r].level) == level && slices.Equal(b.branches(r), next) {
			return r
		}
	}
	if len(b.nodes) >= b.most {
		panic(b.tooLarge(Nodes, b.most))
	}
	r := ref(len(b.nodes))
	b.nodes = append(b.nodes, builtNode{int32(level), int32(len(b.next))})
	b.next = append(b.next, next...)
	b.unique[slot] = r + 1
	if len(b.nodes) > len(b.unique)/2 {
		b.grow()
	}
	return r
}

// grow makes the hash tables twice as large.
func (b *builder) grow() {
	b.unique = make([]ref, 2*len(b.unique))
	mask := uint64(len(b.unique) - 1)
	for r, n := range b.nodes {
		h := uint64(n.level)
		for _, next := range b.branches(ref(r)) {
			h = mix(h, uint64(uint32(next)))
		}
		slot := h & mask
		for b.unique[slot] != 0 {
			slot = (slot + 1) & mask
		}
		b.unique[slot] = ref(r) + 1
	}
	old := b.memo
	b.memo = make([]combined, 2*len(old))
	for _, c := range old {
		if c.apply == b.applys {
			*b.remembered(c.x, c.y) = c
		}
	}
}

// mix adds a number to a hash.
func mix(h, n uint64) uint64 {
	high, low := bits.Mul64(h^n^0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9)
	return high ^ low
}

// remembered is the place for what becomes of a pair.
func (b *builder) remembered(x, y ref) *combined {
	return &b.memo[mix(uint64(uint32(x))<<32|uint64(uint32(y)), 0)&uint64(len(b.memo)-1)]
}

func (b *builder) level(r ref) int {
	if r.isTerminal() {
		return len(b.vars)
	}
	return int(b.nodes[r].level)
}

// branches lists what follows a node per value of its variable.
func (b *builder) branches(r ref) []ref {
	n := b.nodes[r]
	return b.next[n.at : int(n.at)+b.vars[n.level].Size()]
}

// branch is what is left of r when the variable at level has value v.
func (b *builder) branch(r ref, level, v int) ref {
	if b.level(r) != level {
		return r
	}
	return b.next[int(b.nodes[r].at)+v]
}

// apply combines two diagrams: each pair of terminals becomes op of them. It may ask op more than once for a pair.
func (b *builder) apply(op func(x, y int) int, x, y ref) ref {
	return b.applyKnown(func(_, _ ref) (ref, bool) { return 0, false }, op, x, y)
}

// applyKnown is apply where known may tell at once what becomes of a pair, to save going through what is below it.
func (b *builder) applyKnown(known func(x, y ref) (ref, bool), op func(x, y int) int, x, y ref) ref {
	b.applys++
	var walk func(x, y ref) ref
	walk = func(x, y ref) ref {
		if x.isTerminal() && y.isTerminal() {
			return terminal(op(x.number(), y.number()))
		}
		if r, ok := known(x, y); ok {
			return r
		}
		if c := b.remembered(x, y); c.apply == b.applys && c.x == x && c.y == y {
			return c.r
		}
		b.step(1)
		level := min(b.level(x), b.level(y))
		from := len(b.stack)
		for v := range b.vars[level].Size() {
			r := walk(b.branch(x, level, v), b.branch(y, level, v))
			b.stack = append(b.stack, r)
		}
		r := b.node(level, b.stack[from:])
		b.stack = b.stack[:from]
		*b.remembered(x, y) = combined{x, y, r, b.applys}
		return r
	}
	return walk(x, y)
}

// meets tells whether there is a situation in which two diagrams give numbers that are wanted; where y is 0 none are.
func (b *builder) meets(wanted func(x, y int) bool, x, y ref) bool {
	b.applys++
	var walk func(x, y ref) bool
	walk = func(x, y ref) bool {
		switch {
		case y == terminal(0):
			return false
		case x.isTerminal() && y.isTerminal():
			return wanted(x.number(), y.number())
		}
		c := b.remembered(x, y)
		if c.apply == b.applys && c.x == x && c.y == y {
			return false
		}
		b.step(1)
		level := min(b.level(x), b.level(y))
		for v := range b.vars[level].Size() {
			if walk(b.branch(x, level, v), b.branch(y, level, v)) {
				return true
			}
		}
		*c = combined{x: x, y: y, apply: b.applys}
		return false
	}
	return walk(x, y)
}

// step counts work.
func (b *builder) step(n int) {
	if b.steps += n; b.steps > stepsFor(b.most) {
		panic(b.tooLarge(Steps, stepsFor(b.most)))
	}
}

// end counts a state or an answer that was made.
func (b *builder) end() {
	if b.ends++; b.ends > endsFor(b.most) {
		panic(b.tooLarge(Answers, endsFor(b.most)))
	}
}

// and is the diagram of two conditions together.
func (b *builder) and(x, y ref) ref {
	return b.applyKnown(func(x, y ref) (ref, bool) {
		switch {
		case x == terminal(0) || y == terminal(1):
			return x, true
		case y == terminal(0) || x == terminal(1):
			return y, true
		}
		return 0, false
	}, func(x, y int) int { return x & y }, x, y)
}

// or is the diagram of at least one of two conditions.
func (b *builder) or(x, y ref) ref {
	return b.applyKnown(func(x, y ref) (ref, bool) {
		switch {
		case x == terminal(1) || y == terminal(0):
			return x, true
		case y == terminal(1) || x == terminal(0):
			return y, true
		}
		return 0, false
	}, func(x, y int) int { return x | y }, x, y)
}

// not is the diagram of where a condition does not hold.
func (b *builder) not(x ref) ref { return b.remap(x, func(x int) int { return 1 - x }) }

// remap gives every terminal another number.
func (b *builder) remap(x ref, to func(int) int) ref {
	return b.apply(func(x, _ int) int { return to(x) }, x, terminal(0))
}

// choose is then where the condition (1) holds and otherwise where it does not (0).
func (b *builder) choose(condition, then, otherwise ref) ref {
	yes := b.applyKnown(func(c, t ref) (ref, bool) {
		if c == terminal(0) {
			return terminal(otherTerminal), true
		}
		return t, c == terminal(1)
	}, func(c, t int) int {
		if c == 1 {
			return t
		}
		return otherTerminal
	}, condition, then)
	return b.applyKnown(func(y, o ref) (ref, bool) {
		if y == terminal(otherTerminal) {
			return o, true
		}
		return y, y.isTerminal()
	}, func(y, o int) int {
		if y == otherTerminal {
			return o
		}
		return y
	}, yes, otherwise)
}

// otherTerminal is a number that no meaningful terminal has.
const otherTerminal = 1 << 28

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// holds is the diagram of a condition: 1 where it holds.
func (b *builder) holds(c model.Cond) ref {
	switch c := c.(type) {
	case model.All:
		out := terminal(1)
		for _, part := range c {
			out = b.and(out, b.holds(part))
		}
		return out
	case model.Any:
		out := terminal(0)
		for _, part := range c {
			out = b.or(out, b.holds(part))
		}
		return out
	case model.In:
		return b.remap(b.valueOf(c.Fact), func(v int) int { return bit(v < 64 && c.Values.Has(v)) })
	}
	panic("BUG: unknown condition")
}

// Where the rules of a derived fact leave a gap or overlap, its value is one of these: no condition holds on it.
const (
	noValue   = 64
	twoValues = 65
)

// valueOf is the diagram whose terminals are the value indexes of a fact.
func (b *builder) valueOf(f *model.Fact) ref {
	if r, ok := b.values[f]; ok {
		return r
	}
	var r ref
	if level, ok := b.at[f]; ok {
		next := make([]ref, f.Size())
		for v := range next {
			next[v] = terminal(v)
		}
		r = b.node(level, next)
	} else {
		r = b.makeValue(f)
	}
	b.values[f] = r
	return r
}

func (b *builder) makeValue(f *model.Fact) ref {
	switch f.Kind {
	case model.Asked, model.Date:
		panic(fmt.Sprintf("BUG: %s is no question", f.ID))
	case model.Attribute_:
		out := terminal(len(f.Values)) // nvt, where the choice itself is nvt
		for i, v := range f.Of.Values {
			then := terminal(noValue)
			for _, e := range f.Attribute.Entities {
				if e.ID != v.ID {
					continue
				}
				if id := e.Attributes[f.Attribute.ID]; id != model.Differs {
					then = terminal(f.ValueIndex(id))
				} else {
					then = b.valueOf(f.AskedAs)
				}
			}
			out = b.choose(b.holds(model.In{Fact: f.Of, Values: 1 << i}), then, out)
		}
		return out
	case model.Derived:
		out := terminal(noValue)
		for _, rule := range f.Rules {
			out = b.apply(func(holds, value int) int {
				switch {
				case holds == 0:
					return value
				case value == noValue:
					return rule.Level
				}
				return twoValues
			}, b.holds(rule.When), out)
		}
		return out
	case model.Used:
		part := b.usedPart(f)
		out := b.remap(part.root, func(t int) int {
			if t == impossible {
				return noValue
			}
			return part.answers[t].Outcome
		})
		if f.Gate != nil {
			out = b.choose(b.holds(f.Gate), out, terminal(f.UndefinedIndex()))
		}
		return out
	}
	panic("BUG: unknown kind of fact")
}
