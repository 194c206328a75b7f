// Package walk holds a decision as a visitor walks it: one question at a time, and only questions that still matter.
//
// In: the diagram of a decision. Out: a Walk, a graph whose inner nodes ask one fact and whose leaves end. Asking stops
// as soon as the outcome and one way to it are fixed. The pages without JavaScript show it node by node; the script
// reads it from the module's custom section to know what may be asked next and which outcomes are still possible.
package walk

import "handvat/generator/model"

// None stands for a value that no possible situation has here.
const None = -1

// A Walk is the graph of one decision. Nodes stand children first; the last one is the root.
type Walk struct {
	Decision *model.Decision
	Nodes    []Node
	Short    bool // it asks what decides outcome and duty, and its leaves do not know which rules count
}

// Root is the index of the node where a visitor starts.
func (w *Walk) Root() int { return len(w.Nodes) - 1 }

// On is the node where a visitor starts on a day, such as 2026-11-21: the root, or where the root asks the date, what follows.
func (w *Walk) On(day string) int {
	if root := w.Nodes[w.Root()]; root.Fact != nil && root.Fact.Kind == model.Date {
		return root.Next[root.Fact.On(day)]
	}
	return w.Root()
}

// A Node is a question (Fact is set) or an end (Leaf is set).
type Node struct {
	Fact *model.Fact
	Next []int // per value index of Fact, nvt last where the fact has it: a node, or None
	Leaf *Leaf
}

// Asks tells whether a visitor is asked here: several values are possible.
func (n Node) Asks() bool {
	ways := 0
	for _, next := range n.Next {
		if next != None {
			ways++
		}
	}
	return ways > 1
}

// A Leaf is an end. Its Answer holds the rules that count in every situation that ends here.
type Leaf struct {
	Answer model.Answer
}
