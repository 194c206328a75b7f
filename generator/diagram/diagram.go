// Package diagram turns a decision into the form to reason on: a reduced, ordered, multi-valued decision diagram.
//
// In: a decision of a checked model. Out: a Diagram over its questions, in asking order, whose terminals are the
// composed answers. Two situations reach the same terminal exactly when they have the same answer. Combinations that
// cannot occur (a dependent fact that should be nvt, an impossible combination) reach Impossible. A decision that is too
// entangled for that has a diagram of verdicts: see BuildVerdicts. Every diagram is made with bounded work, past which it
// is given up. This does not know package eval; that the two agree is what tests show.
package diagram

import (
	"fmt"
	"io"
	"math/big"

	"handvat/generator/model"
)

// A Diagram is immutable. Nodes stand children first.
type Diagram struct {
	Decision *model.Decision
	Vars     []*model.Fact
	Nodes    []Node
	Ends     []End
	Root     Ref

	// Verdicts tells that the answers of Ends have no more than outcome and duty, and of a Choice the rule that applies.
	Verdicts bool

	model    *model.Model
	counting []*model.Rule // of a Permit with Verdicts: the rules that count somewhere
}

// A Ref points to a node (0 and up), to Impossible, or to an end.
type Ref int32

// Impossible is where situations end that cannot occur.
const Impossible Ref = -1

// EndIndex gives the index in Ends of a ref that is neither a node nor Impossible.
func (r Ref) EndIndex() int { return int(-r) - 2 }

// IsNode tells whether a ref points to a node.
func (r Ref) IsNode() bool { return r >= 0 }

// A Node tests one variable.
type Node struct {
	Var  int
	Next []Ref // per value index, nvt last where the fact has it
}

// An End is an answer, or the lack of exactly one: a choice in which no rule or more than one applies.
type End struct {
	Answer model.Answer
	Wrong  bool          // no rule applies, or more than one
	Rules  []*model.Rule // where Wrong: those that apply
}

// Build makes the diagram of a decision. The error is a TooLarge.
func Build(m *model.Model, d *model.Decision) (*Diagram, error) {
	return BuildUpTo(m, d, MaxNodes)
}

// BuildUpTo is Build with another limit on the nodes it makes.
func BuildUpTo(m *model.Model, d *model.Decision, limit int) (*Diagram, error) {
	return build(m, d, d.Questions, nil, limit)
}

// BuildWithin makes the diagram of a decision for only those situations in which a condition holds; others become
// Impossible. It is much less work than Build where these are few. The condition rests on questions of the decision; limit is
// on the nodes it makes. The error is a TooLarge.
func BuildWithin(m *model.Model, d *model.Decision, condition model.Cond, limit int) (*Diagram, error) {
	return build(m, d, d.Questions, condition, limit)
}

// Possible tells whether a situation of a decision can occur in which a condition holds; where that is too much work it
// says that it can. The condition rests on questions of the decision.
func Possible(m *model.Model, d *model.Decision, condition model.Cond) bool {
	b := newBuilder(d.Questions)
	b.verdicts = true // of used decisions
	possible := true
	_ = b.bounded(d, func() { possible = b.and(b.holds(condition), b.possible(m, d.Questions)) != terminal(0) })
	return possible
}

// Possible is as the function of that name, for the decision that d is of.
func (d *Diagram) Possible(condition model.Cond) bool {
	return Possible(d.model, d.Decision, condition)
}

// BuildApart makes the diagram of a decision in which the outcome of each used decision is a question of its own, as for
// somebody who has worked that decision out already. limit is on the nodes it makes. The error is a TooLarge.
func BuildApart(m *model.Model, d *model.Decision, limit int) (*Diagram, error) {
	return build(m, d, apart(d), nil, limit)
}

// apart lists what a decision asks itself, and then the decisions it uses.
func apart(d *model.Decision) []*model.Fact {
	own := map[*model.Fact]bool{}
	var visit func(f *model.Fact)
	visitRule := func(r *model.Rule) { model.FactsOf(r.When, visit) }
	visit = func(f *model.Fact) {
		own[f] = true
		if f.Gate != nil {
			model.FactsOf(f.Gate, visit)
		}
		if f.Kind == model.Attribute_ {
			visit(f.Of)
			if f.AskedAs != nil {
				visit(f.AskedAs)
			}
		}
		for _, r := range f.Rules {
			visitRule(r)
		}
	}
	for _, r := range d.Rules {
		visitRule(r)
	}
	for _, f := range d.Uses {
		visit(f) // also where only the gate of a question names it
	}
	var out []*model.Fact
	for _, f := range d.Questions {
		if own[f] || f.Kind == model.Date {
			out = append(out, f)
		}
	}
	return append(out, d.Uses...)
}

// build makes a diagram of answers, where within holds if it is not nil.
func build(m *model.Model, d *model.Decision, vars []*model.Fact, within model.Cond, limit int) (*Diagram, error) {
	b := newBuilder(vars)
	b.most = limit
	return b.build(m, d, within)
}

func (b *builder) build(m *model.Model, d *model.Decision, within model.Cond) (out *Diagram, err error) {
	err = b.bounded(d, func() {
		if within != nil {
			b.within = b.holds(within)
		}
		out = b.extract(m, d, b.part(d, b.and(b.within, b.possible(m, b.vars))))
	})
	return out, err
}

// possible is 1 where every dependent fact is nvt exactly where its gate does not hold, and no combination is ruled out.
func (b *builder) possible(m *model.Model, facts []*model.Fact) ref {
	out := terminal(1)
	for _, f := range facts {
		if f.Gate == nil {
			continue
		}
		undefined := b.holds(model.In{Fact: f, Values: 1 << f.UndefinedIndex()})
		out = b.and(out, b.apply(func(gate, undefined int) int { return bit(gate != undefined) }, b.holds(f.Gate), undefined))
	}
	for _, i := range m.Impossible {
		if b.knows(i.When) {
			out = b.and(out, b.not(b.holds(i.When)))
		}
	}
	return out
}

// knows tells whether a condition rests only on the builder's variables.
func (b *builder) knows(c model.Cond) bool {
	known := true
	var visit func(f *model.Fact)
	visit = func(f *model.Fact) {
		switch f.Kind {
		case model.Asked, model.Date:
			_, ok := b.at[f]
			known = known && ok
		case model.Attribute_:
			visit(f.Of)
		case model.Derived:
			for _, r := range f.Rules {
				model.FactsOf(r.When, visit)
			}
		case model.Used:
			if _, ok := b.at[f]; ok {
				return
			}
			for _, q := range f.Uses.Questions {
				visit(q)
			}
		}
	}
	model.FactsOf(c, visit)
	return known
}

// extract keeps what the root reaches, children first.
func (b *builder) extract(m *model.Model, d *model.Decision, p *part) *Diagram {
	out := &Diagram{model: m, Decision: d, Vars: b.vars, Verdicts: b.verdicts}
	ends := map[int]Ref{}
	done := map[ref]Ref{}
	var visit func(r ref) Ref
	visit = func(r ref) Ref {
		if r.isTerminal() {
			n := r.number()
			if n == impossible {
				return Impossible
			}
			if at, ok := ends[n]; ok {
				return at
			}
			at := Ref(-len(out.Ends) - 2)
			ends[n] = at
			e := End{Answer: p.answers[n]}
			if p.answers[n].Outcome < 0 {
				e = End{Wrong: true, Rules: p.answers[n].Counting}
			}
			out.Ends = append(out.Ends, e)
			return at
		}
		if at, ok := done[r]; ok {
			return at
		}
		node := Node{Var: b.level(r)}
		for _, next := range b.branches(r) {
			node.Next = append(node.Next, visit(next))
		}
		out.Nodes = append(out.Nodes, node)
		at := Ref(len(out.Nodes) - 1)
		done[r] = at
		return at
	}
	out.Root = visit(p.root)
	return out
}

// Follow walks from the root; value gives the value index of a variable. It ends at Impossible or an end.
func (d *Diagram) Follow(value func(*model.Fact) int) Ref {
	at := d.Root
	for at.IsNode() {
		n := d.Nodes[at]
		at = n.Next[value(d.Vars[n.Var])]
	}
	return at
}

// Count counts the situations that reach an end for which want holds.
func (d *Diagram) Count(want func(End) bool) *big.Int {
	memo := make([]*big.Int, len(d.Nodes))
	levelOf := func(r Ref) int {
		if r.IsNode() {
			return d.Nodes[r].Var
		}
		return len(d.Vars)
	}
	var count func(r Ref, level int) *big.Int
	count = func(r Ref, level int) *big.Int {
		n := new(big.Int)
		switch {
		case r == Impossible:
			return n
		case !r.IsNode():
			if want(d.Ends[r.EndIndex()]) {
				n.SetInt64(1)
			}
		case memo[r] != nil:
			n.Set(memo[r])
		default:
			for _, next := range d.Nodes[r].Next {
				n.Add(n, count(next, d.Nodes[r].Var+1))
			}
			memo[r] = new(big.Int).Set(n)
		}
		for ; level < levelOf(r); level++ {
			n.Mul(n, big.NewInt(int64(d.Vars[level].Size())))
		}
		return n
	}
	return count(d.Root, 0)
}

// Situations counts everything that can occur.
func (d *Diagram) Situations() *big.Int { return d.Count(func(End) bool { return true }) }

// Edges calls visit with a path through every branch of every node that can occur, with per variable the value index or
// model.Open where the path does not test it, until visit returns false.
func (d *Diagram) Edges(visit func(values []int) bool) {
	parent := make([]edge, len(d.Nodes)) // a way from the root to each node
	for i := len(d.Nodes) - 1; i >= 0; i-- {
		for v, next := range d.Nodes[i].Next {
			if next.IsNode() {
				parent[next] = edge{Ref(i), v}
			}
		}
	}
	onward := make([]edge, len(d.Nodes)) // a way from each node to an end
	for i, n := range d.Nodes {
		for v, next := range n.Next {
			if next != Impossible {
				onward[i] = edge{next, v}
			}
		}
	}
	for i, n := range d.Nodes {
		for v, next := range n.Next {
			if next == Impossible {
				continue
			}
			values := make([]int, len(d.Vars))
			for j := range values {
				values[j] = model.Open
			}
			for at := Ref(i); at != d.Root; at = parent[at].node {
				values[d.Nodes[parent[at].node].Var] = parent[at].value
			}
			values[n.Var] = v
			for at := next; at.IsNode(); at = onward[at].node {
				values[d.Nodes[at].Var] = onward[at].value
			}
			if !visit(values) {
				return
			}
		}
	}
}

type edge struct {
	node  Ref
	value int
}

// Dump writes the diagram, one node a line, children first.
func (d *Diagram) Dump(w io.Writer) {
	name := func(r Ref) string {
		switch {
		case r == Impossible:
			return "-"
		case r.IsNode():
			return fmt.Sprintf("n%d", r)
		}
		return fmt.Sprintf("e%d", r.EndIndex())
	}
	fmt.Fprintf(w, "diagram %s: %d nodes, %d ends, %s situations\n", d.Decision.ID, len(d.Nodes), len(d.Ends), d.Situations())
	for i, e := range d.Ends {
		fmt.Fprintf(w, "e%d %s\n", i, e.Answer.Describe(d.Decision))
	}
	for i, n := range d.Nodes {
		f := d.Vars[n.Var]
		fmt.Fprintf(w, "n%d %s:", i, f.ID)
		for v, next := range n.Next {
			fmt.Fprintf(w, " %s=%s", f.ValueID(v), name(next))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "root %s\n", name(d.Root))
}
