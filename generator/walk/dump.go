package walk

import (
	"fmt"
	"io"
)

// Dump writes the walk, one node a line, children first; the last one is the root.
func (w *Walk) Dump(out io.Writer) {
	fmt.Fprintf(out, "walk %s: %d nodes, %d of them ask\n", w.Decision.ID, len(w.Nodes), w.Questions())
	for i, n := range w.Nodes {
		if n.Leaf != nil {
			fmt.Fprintf(out, "%d: %s\n", i, n.Leaf.Answer.Describe(w.Decision))
			continue
		}
		fmt.Fprintf(out, "%d %s:", i, n.Fact.ID)
		for v, next := range n.Next {
			if next != None {
				fmt.Fprintf(out, " %s=%d", n.Fact.ValueID(v), next)
			}
		}
		fmt.Fprintln(out)
	}
}
