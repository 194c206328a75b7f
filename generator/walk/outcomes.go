package walk

import (
	"fmt"

	"handvat/generator/model"
)

// OutcomesOnly makes a walk that asks only what decides outcome and duty; at gives for each node where it went.
func OutcomesOnly(from *Walk) (short *Walk, at []int) {
	b := &walkBuilder{walk: &Walk{Decision: from.Decision, Short: true}, byKey: map[string]int{}}
	for _, n := range from.Nodes {
		if n.Leaf != nil {
			a := model.Answer{Outcome: n.Leaf.Answer.Outcome, Duty: n.Leaf.Answer.Duty}
			at = append(at, b.put(fmt.Sprint("leaf ", a.Outcome, " ", a.Duty), Node{Leaf: &Leaf{Answer: a}}))
			continue
		}
		node, only, count := Node{Fact: n.Fact}, None, map[int]bool{}
		for _, next := range n.Next {
			if next != None {
				next = at[next]
				only, count[next] = next, true
			}
			node.Next = append(node.Next, next)
		}
		if len(count) > 1 {
			only = b.put(fmt.Sprint(node.Fact.ID, node.Next), node)
		}
		at = append(at, only)
	}
	return b.walk, at
}
