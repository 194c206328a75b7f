package walk

import (
	"fmt"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// OutlineSection is the name of the custom section that carries the Outline of a decision, in a file of its own.
const OutlineSection = "handvat.situaties"

// MaxOutline is how many bytes an encoded Outline may have to be written: a visitor loads it with the first answer. Past it the script explains with the Walk
// that it has, and says that what it tells is bounded.
const MaxOutline = 20_000

// Outline is a decision as a graph of all its situations, with only outcome and duty in its ends, in the form of a Walk.
// Unlike a walk it passes no question with one way on: None stands exactly where no situation can be, so that situations
// can be counted, and what forces an outcome or would change it is exact.
func Outline(d *diagram.Diagram) *Walk {
	b := &walkBuilder{walk: &Walk{Decision: d.Decision}, byKey: map[string]int{}}
	at := make([]int, len(d.Nodes))
	of := func(r diagram.Ref) int {
		switch {
		case r == diagram.Impossible:
			return None
		case r.IsNode():
			return at[r]
		}
		a := d.Ends[r.EndIndex()].Answer
		answer := model.Answer{Outcome: a.Outcome, Duty: a.Duty}
		return b.put(fmt.Sprint("leaf ", answer.Outcome, answer.Duty), Node{Leaf: &Leaf{Answer: answer}})
	}
	for i, n := range d.Nodes {
		node := Node{Fact: d.Vars[n.Var]}
		matters := false
		for _, r := range n.Next {
			next := of(r)
			node.Next = append(node.Next, next)
			matters = matters || next != node.Next[0]
		}
		if at[i] = node.Next[0]; matters {
			at[i] = b.put(fmt.Sprint(node.Fact.ID, node.Next), node)
		}
	}
	of(d.Root)
	return b.walk
}
