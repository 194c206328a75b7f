package diagram

import (
	"fmt"

	"handvat/generator/model"
)

// MaxNodes is how many nodes a builder makes before it gives up.
const MaxNodes = 4_000_000

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
	unique map[string]ref
	values map[*model.Fact]ref // memo of valueOf
	used   map[*model.Fact]*part
	key    []byte
	most   int         // nodes it may make
	rule   *model.Rule // being taken in; to tell what drives the size
}

type builtNode struct {
	level int
	next  []ref
}

func newBuilder(vars []*model.Fact) *builder {
	b := &builder{most: MaxNodes, vars: vars, at: map[*model.Fact]int{}, unique: map[string]ref{}, values: map[*model.Fact]ref{}, used: map[*model.Fact]*part{}}
	for i, f := range vars {
		b.at[f] = i
	}
	return b
}

// node gives the node that tests the variable at level; one whose branches are equal is that branch.
func (b *builder) node(level int, next []ref) ref {
	same := true
	b.key = append(b.key[:0], byte(level), byte(level>>8))
	for _, n := range next {
		same = same && n == next[0]
		b.key = append(b.key, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	if same {
		return next[0]
	}
	if r, ok := b.unique[string(b.key)]; ok {
		return r
	}
	if len(b.nodes) >= b.most {
		panic(b.tooLarge())
	}
	r := ref(len(b.nodes))
	b.nodes = append(b.nodes, builtNode{level, append([]ref(nil), next...)})
	b.unique[string(b.key)] = r
	return r
}

func (b *builder) level(r ref) int {
	if r.isTerminal() {
		return len(b.vars)
	}
	return b.nodes[r].level
}

// branch is what is left of r when the variable at level has value v.
func (b *builder) branch(r ref, level, v int) ref {
	if b.level(r) != level {
		return r
	}
	return b.nodes[r].next[v]
}

// apply combines two diagrams: each pair of terminals becomes op of them.
func (b *builder) apply(op func(x, y int) int, x, y ref) ref {
	memo := map[[2]ref]ref{}
	var walk func(x, y ref) ref
	walk = func(x, y ref) ref {
		if x.isTerminal() && y.isTerminal() {
			return terminal(op(x.number(), y.number()))
		}
		key := [2]ref{x, y}
		if r, ok := memo[key]; ok {
			return r
		}
		level := min(b.level(x), b.level(y))
		next := make([]ref, b.vars[level].Size())
		for v := range next {
			next[v] = walk(b.branch(x, level, v), b.branch(y, level, v))
		}
		r := b.node(level, next)
		memo[key] = r
		return r
	}
	return walk(x, y)
}

// remap gives every terminal another number.
func (b *builder) remap(x ref, to func(int) int) ref {
	return b.apply(func(x, _ int) int { return to(x) }, x, terminal(0))
}

// choose is then where the condition (1) holds and otherwise where it does not (0).
func (b *builder) choose(condition, then, otherwise ref) ref {
	yes := b.apply(func(c, t int) int {
		if c == 1 {
			return t
		}
		return otherTerminal
	}, condition, then)
	return b.apply(func(y, o int) int {
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
			out = b.apply(func(x, y int) int { return x & y }, out, b.holds(part))
		}
		return out
	case model.Any:
		out := terminal(0)
		for _, part := range c {
			out = b.apply(func(x, y int) int { return x | y }, out, b.holds(part))
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
