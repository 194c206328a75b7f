package walk

import (
	"encoding/binary"
	"slices"
)

// Section is the name of the custom section that carries a Walk in the module of one decision.
const Section = "handvat.wandeling"

// Version is the first number of an encoded Walk.
const Version = 6

// Encode writes a Walk as unsigned LEB128 numbers: Version; the number of questions and per question (in the order of
// Decision.Questions, which is the order of the answers) twice its number of values, nvt included, and 1 more where its
// last value is nvt, and per value its class: 0 that of the value before, 1 a new one, or 2 + an earlier one, the classes
// counted from 0; the number of leaves and per leaf its outcome and duty; and the root.
//
// A node, the root included, is written where it first follows: 2 + how many questions are passed over between that of the
// node it follows from and its own (for the root: from the first), and per class what follows. What follows is such a node,
// or 0 the same as for the class before, or 1 None, or with Q questions 2 + Q + the index of a leaf, or with L leaves 2 + Q +
// L + the place of a node that is written already, among those with a later question than this one, the node written or
// referred to last in front.
//
// Values of one class lead to the same at every node, such as most parties. What is the same looks the same, and packs well.
func (w *Walk) Encode() []byte {
	e := &encoder{walk: w, question: map[string]int{}}
	e.put(Version)
	e.put(len(w.Decision.Questions))
	alike := w.alike()
	for i, f := range w.Decision.Questions {
		e.question[f.ID] = i
		size := 2 * f.Size()
		if f.HasUndefined() {
			size++
		}
		e.put(size)
		e.first = append(e.first, e.classes(alike[f.ID]))
	}
	var leaves []*Leaf
	e.leaf = make([]int, len(w.Nodes))
	for i, n := range w.Nodes {
		if n.Leaf != nil {
			e.leaf[i] = len(leaves)
			leaves = append(leaves, n.Leaf)
		}
	}
	e.leaves = len(leaves)
	e.put(e.leaves)
	for _, l := range leaves {
		e.put(l.Answer.Outcome)
		e.put(l.Answer.Duty)
	}
	e.follow(w.Root(), -1)
	return e.out
}

type encoder struct {
	walk     *Walk
	question map[string]int // index by the id of its fact
	first    [][]int        // per question the first value of each class
	leaf     []int          // by node, its index among the leaves
	leaves   int
	written  []int // nodes whose children are written too, the one written or referred to last in front
	out      []byte
}

func (e *encoder) put(n int) { e.out = binary.AppendUvarint(e.out, uint64(n)) }

// classes writes the class of each value, given per value the first one alike, and gives the first value of each class.
func (e *encoder) classes(alike []int) []int {
	var first []int
	for v, f := range alike {
		switch {
		case f == v:
			e.put(1)
			first = append(first, v)
		case f == alike[v-1]:
			e.put(0)
		default:
			e.put(2 + slices.Index(first, f))
		}
	}
	return first
}

// follow writes what follows from a node with question above, -1 where that is the root.
func (e *encoder) follow(node, above int) {
	if node == None {
		e.put(1)
		return
	}
	n := e.walk.Nodes[node]
	if n.Leaf != nil {
		e.put(2 + len(e.first) + e.leaf[node])
		return
	}
	question := e.question[n.Fact.ID]
	if question <= above {
		panic("BUG: a walk asks " + n.Fact.ID + " after a question that comes later")
	}
	if at := slices.Index(e.written, node); at >= 0 {
		later := 0
		for _, w := range e.written[:at] {
			if e.question[e.walk.Nodes[w].Fact.ID] > above {
				later++
			}
		}
		e.put(2 + len(e.first) + e.leaves + later)
		e.written = slices.Delete(e.written, at, at+1)
	} else {
		e.put(2 + question - above - 1)
		before := -2 // nothing
		for _, v := range e.first[question] {
			if next := n.Next[v]; next == before {
				e.put(0)
			} else {
				e.follow(next, question)
				before = next
			}
		}
	}
	e.written = slices.Insert(e.written, 0, node)
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
