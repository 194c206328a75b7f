package cli

import (
	"fmt"
	"os"
	"strings"

	"handvat/generator/build"
	"handvat/generator/diag"
)

// A stage can show what it made. Stages after the first mistake made nothing.
type stage struct {
	name string
	dump func(*invocation, *build.Checked, *build.Compiled) error
}

var stages = []stage{
	{"syntax", func(in *invocation, c *build.Checked, _ *build.Compiled) error { return c.Syntax.Dump(in.stdout) }},
	{"content", func(in *invocation, c *build.Checked, _ *build.Compiled) error { c.Content.Dump(in.stdout); return nil }},
	{"model", func(in *invocation, c *build.Checked, _ *build.Compiled) error { c.Model.Dump(in.stdout); return nil }},
	{"diagram", func(in *invocation, c *build.Checked, _ *build.Compiled) error {
		for _, p := range c.Proofs {
			p.Diagram.Dump(in.stdout)
		}
		return nil
	}},
	{"walk", func(in *invocation, c *build.Checked, _ *build.Compiled) error {
		for _, p := range c.Proofs {
			if p.Walk != nil {
				p.Walk.Dump(in.stdout)
			}
		}
		return nil
	}},
	{"tables", func(in *invocation, _ *build.Checked, c *build.Compiled) error { c.Program.Dump(in.stdout); return nil }},
	{"wasm", func(in *invocation, _ *build.Checked, c *build.Compiled) error {
		_, err := in.stdout.Write(c.Module)
		return err
	}},
}

func stageNames() []string {
	var names []string
	for _, s := range stages {
		names = append(names, s.name)
	}
	return names
}

func runDump(in *invocation) error {
	if len(in.args) != 1 {
		return usageError{"noem één stap: " + strings.Join(stageNames(), ", ")}
	}
	root, err := in.root()
	if err != nil {
		return err
	}
	for _, s := range stages {
		if s.name != in.args[0] {
			continue
		}
		if s.name == "syntax" || s.name == "content" { // these can be shown whatever comes after
			var list diag.List
			c, err := build.Check(os.DirFS(root), &list)
			if err != nil {
				return err
			}
			return s.dump(in, c, nil)
		}
		c, err := in.checked(root)
		if err != nil {
			return err
		}
		compiled, err := build.Compile(c)
		if err != nil {
			return err
		}
		return s.dump(in, c, compiled)
	}
	return usageError{fmt.Sprintf("er is geen stap %q%s", in.args[0], diag.Suggest(in.args[0], stageNames()))}
}
