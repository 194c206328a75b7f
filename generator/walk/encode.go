package walk

import "encoding/binary"

// Section is the name of the custom section that carries a Walk in the module of one decision.
const Section = "handvat.wandeling"

// Version is the first number of an encoded Walk.
const Version = 5

// Encode writes a Walk as unsigned LEB128 numbers: Version; the number of questions and per question (in the order of
// Decision.Questions, which is the order of the answers) twice its number of values, nvt included, and 1 more where its
// last value is nvt, and per value 0, or 1 + the index of an earlier one that leads to the same at every node; the number of
// leaves and per leaf its outcome and duty; the number of other nodes and per node, children first, the index of its
// question and per value with a 0 what follows: 0 the same as for the one before, 1 None, 2 + the index of a leaf, or 1 +
// the number of leaves + how many places back the next node stands. The last node is the root; a walk without questions is
// one leaf.
//
// Leaves have numbers of their own since most values lead to one: what is the same then looks the same, and packs well. So
// do the values that never differ, such as most parties.
func (w *Walk) Encode() []byte {
	var out []byte
	put := func(n int) { out = binary.AppendUvarint(out, uint64(n)) }
	put(Version)
	put(len(w.Decision.Questions))
	question, alike := map[string]int{}, w.alike()
	for i, f := range w.Decision.Questions {
		question[f.ID] = i
		if f.HasUndefined() {
			put(2*f.Size() + 1)
		} else {
			put(2 * f.Size())
		}
		for v, first := range alike[f.ID] {
			if first == v {
				put(0)
			} else {
				put(1 + first)
			}
		}
	}
	at := make([]int, len(w.Nodes)) // among the leaves, or among the other nodes
	leaves, nodes := 0, 0
	for i, n := range w.Nodes {
		if n.Leaf != nil {
			at[i] = leaves
			leaves++
		} else {
			at[i] = nodes
			nodes++
		}
	}
	put(leaves)
	for _, n := range w.Nodes {
		if n.Leaf != nil {
			put(n.Leaf.Answer.Outcome)
			put(n.Leaf.Answer.Duty)
		}
	}
	put(nodes)
	for i, n := range w.Nodes {
		if n.Leaf != nil {
			continue
		}
		put(question[n.Fact.ID])
		before := -2 // nothing
		for v, next := range n.Next {
			if alike[n.Fact.ID][v] != v {
				continue
			}
			same := next == before
			before = next
			switch {
			case same:
				put(0)
			case next == None:
				put(1)
			case w.Nodes[next].Leaf != nil:
				put(2 + at[next])
			default:
				put(1 + leaves + at[i] - at[next])
			}
		}
	}
	return out
}

// alike gives per question, by its id, for every value the first value that leads to the same at every node.
func (w *Walk) alike() map[string][]int {
	out := map[string][]int{}
	for _, f := range w.Decision.Questions {
		out[f.ID] = make([]int, f.Size())
	}
	for _, n := range w.Nodes {
		if n.Leaf != nil {
			continue
		}
		classes := out[n.Fact.ID]
		first := map[[2]int]int{} // by class so far and what follows
		for v, next := range n.Next {
			k := [2]int{classes[v], next}
			if _, ok := first[k]; !ok {
				first[k] = v
			}
			classes[v] = first[k]
		}
	}
	return out
}
