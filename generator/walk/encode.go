package walk

import "encoding/binary"

// Section is the name of the custom section that carries a Walk in the module of one decision.
const Section = "handvat.wandeling"

// Version is the first number of an encoded Walk.
const Version = 3

// Encode writes a Walk as unsigned LEB128 numbers: Version; the number of questions and per question (in the order of
// Decision.Questions, which is the order of the answers) twice its number of values, nvt included, and 1 more where its
// last value is nvt; the number of nodes; per node, children first, 0, outcome and duty for a leaf, or 1 + the index of
// the question and per value 0 for None or else how many places back the next node stands. The last node is the root.
func (w *Walk) Encode() []byte {
	var out []byte
	put := func(n int) { out = binary.AppendUvarint(out, uint64(n)) }
	put(Version)
	put(len(w.Decision.Questions))
	question := map[string]int{}
	for i, f := range w.Decision.Questions {
		question[f.ID] = i
		if f.HasUndefined() {
			put(2*f.Size() + 1)
		} else {
			put(2 * f.Size())
		}
	}
	put(len(w.Nodes))
	for i, n := range w.Nodes {
		if n.Leaf != nil {
			put(0)
			put(n.Leaf.Answer.Outcome)
			put(n.Leaf.Answer.Duty)
			continue
		}
		put(1 + question[n.Fact.ID])
		for v, next := range n.Next {
			switch {
			case v > 0 && next == n.Next[v-1]:
				put(0)
			case next == None:
				put(1)
			default:
				put(1 + i - next)
			}
		}
	}
	return out
}
