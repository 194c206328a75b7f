package cli

import (
	"fmt"

	"handvat/generator/build"
	"handvat/generator/manifest"
)

// The files of the manifest.
const (
	fileManifest = "beslissen.json"
	fileSchema   = "beslissen.schema.json"
)

// exportJSON writes everything that decides, also what each rule asks.
func exportJSON(in *invocation, c *build.Checked) (map[string][]byte, error) {
	compiled, err := build.Compile(c)
	if err != nil {
		return nil, err
	}
	m := manifest.Everything(c.Model, compiled.Program)
	rules := 0
	for _, d := range m.Decisions {
		rules += len(d.Rules)
	}
	fmt.Fprintf(in.stdout, "%s: %d beslissingen met %d regels\n", fileManifest, len(m.Decisions), rules)
	return map[string][]byte{fileManifest: m.Indented(), fileSchema: manifest.Schema}, nil
}
