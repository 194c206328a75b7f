package walk

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// ForPages makes the Walk that is shown node by node: each leaf holds the rules that count, so that reasons can be read
// without a script. Of a diagram of verdicts it is Short.
func ForPages(d *diagram.Diagram) *Walk {
	b := newWalkBuilder(d)
	b.visit(d.Root)
	b.walk.Short = d.Verdicts
	return b.walk
}

// ForScript makes the Walk that a script reads to know what to ask and what is still possible. Its leaves hold only
// outcome and duty, which makes it much smaller; the rules come from the module. It asks the same questions.
func ForScript(d *diagram.Diagram) *Walk {
	fine := newWalkBuilder(d)
	fine.visit(d.Root)
	coarse := &walkBuilder{walk: &Walk{Decision: d.Decision}, byKey: map[string]int{}}
	at := make([]int, len(fine.walk.Nodes))
	for i, n := range fine.walk.Nodes {
		if n.Leaf != nil {
			answer := model.Answer{Outcome: n.Leaf.Answer.Outcome, Duty: n.Leaf.Answer.Duty}
			at[i] = coarse.put(fmt.Sprint("leaf ", answer.Outcome, answer.Duty), Node{Leaf: &Leaf{Answer: answer}})
			continue
		}
		node := Node{Fact: n.Fact}
		for _, next := range n.Next {
			if next != None {
				next = at[next]
			}
			node.Next = append(node.Next, next)
		}
		at[i] = coarse.put(fmt.Sprint(node.Fact.ID, node.Next), node)
	}
	return coarse.walk
}

func newWalkBuilder(d *diagram.Diagram) *walkBuilder {
	return &walkBuilder{d: d, walk: &Walk{Decision: d.Decision}, byKey: map[string]int{}, done: map[diagram.Ref]int{}, ends: map[diagram.Ref]endSet{}}
}

type walkBuilder struct {
	d     *diagram.Diagram
	walk  *Walk
	byKey map[string]int
	done  map[diagram.Ref]int
	ends  map[diagram.Ref]endSet
}

// visit gives the walk's node for a ref of the diagram, or None.
func (b *walkBuilder) visit(r diagram.Ref) int {
	if r == diagram.Impossible {
		return None
	}
	if at, ok := b.done[r]; ok {
		return at
	}
	at := b.make(r)
	b.done[r] = at
	return at
}

func (b *walkBuilder) make(r diagram.Ref) int {
	if answer, ok := b.fixed(r); ok {
		return b.put("leaf "+answer.Describe(b.d.Decision), Node{Leaf: &Leaf{Answer: answer}})
	}
	n := b.d.Nodes[r]
	node := Node{Fact: b.d.Vars[n.Var]}
	distinct := map[int]bool{}
	for _, next := range n.Next {
		at := b.visit(next)
		node.Next = append(node.Next, at)
		if at != None {
			distinct[at] = true
		}
	}
	if len(distinct) == 1 { // only one thing can follow: nothing to ask
		for at := range distinct {
			return at
		}
	}
	return b.put(fmt.Sprint(node.Fact.ID, node.Next), node)
}

func (b *walkBuilder) put(key string, n Node) int {
	if at, ok := b.byKey[key]; ok {
		return at
	}
	b.walk.Nodes = append(b.walk.Nodes, n)
	b.byKey[key] = len(b.walk.Nodes) - 1
	return len(b.walk.Nodes) - 1
}

// fixed tells whether, from here on, the outcome and one way to it no longer depend on anything, and which answer is
// common to all that can follow.
func (b *walkBuilder) fixed(r diagram.Ref) (model.Answer, bool) {
	ends := b.reachable(r)
	first := b.d.Ends[ends[0]].Answer
	if len(ends) == 1 {
		return first, true
	}
	if b.d.Decision.Kind == model.Choice {
		return first, false
	}
	common := first
	for _, e := range ends[1:] {
		a := b.d.Ends[e].Answer
		if a.Outcome != first.Outcome || a.Duty != first.Duty {
			return first, false
		}
		if first.Outcome > model.Forbidden && withoutGrounds(a) != withoutGrounds(first) {
			return first, false
		}
		common = common.Common(a)
	}
	way := func(r *model.Rule) bool { return first.Outcome == model.Forbidden || r.Kind == model.Ground }
	return common, slices.ContainsFunc(common.Counting, way)
}

// An endSet is a sorted list of indexes of the ends that can be reached.
type endSet []int

func (b *walkBuilder) reachable(r diagram.Ref) endSet {
	if r == diagram.Impossible {
		return nil
	}
	if !r.IsNode() {
		return endSet{r.EndIndex()}
	}
	if set, ok := b.ends[r]; ok {
		return set
	}
	var set endSet
	for _, next := range b.d.Nodes[r].Next {
		set = append(set, b.reachable(next)...)
	}
	slices.Sort(set)
	set = slices.Compact(set)
	b.ends[r] = set
	return set
}

// withoutGrounds describes what an answer rests on apart from its grounds, which are alternatives to each other.
func withoutGrounds(a model.Answer) string {
	var parts []string
	for _, r := range a.Counting {
		if r.Kind != model.Ground {
			parts = append(parts, r.ID)
		}
	}
	for _, t := range a.Through {
		parts = append(parts, t.Fact.ID+":"+t.Answer.Describe(t.Fact.Uses))
	}
	return strings.Join(parts, " ")
}

// Questions counts the nodes that ask something.
func (w *Walk) Questions() int {
	n := 0
	for _, node := range w.Nodes {
		if node.Fact != nil {
			n++
		}
	}
	return n
}

// Outcomes gives, per node, the set of outcomes that can still follow.
func (w *Walk) Outcomes() []model.Set {
	out := make([]model.Set, len(w.Nodes))
	for i, n := range w.Nodes {
		if n.Leaf != nil {
			out[i] = 1 << n.Leaf.Answer.Outcome
			continue
		}
		for _, next := range n.Next {
			if next != None {
				out[i] |= out[next]
			}
		}
	}
	return out
}
