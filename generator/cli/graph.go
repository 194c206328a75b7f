package cli

import (
	"fmt"

	"handvat/generator/graph"
)

func runGraph(in *invocation) error {
	if len(in.args) != 1 {
		return usageError{"noem één beslissing"}
	}
	root, err := in.root()
	if err != nil {
		return err
	}
	c, err := in.checked(root)
	if err != nil {
		return err
	}
	p, err := proofOf(c, in.args[0])
	if err != nil {
		return err
	}
	if p.Walk == nil {
		return fmt.Errorf("%s is te groot om te tekenen", p.Decision.ID)
	}
	return graph.Write(in.stdout, p.Walk)
}
