package cli

import (
	"fmt"
	"io/fs"

	"handvat/generator/build"
	"handvat/generator/examples"
	"handvat/generator/manifest"
	"handvat/generator/wasm"
)

// exportWasm writes the module of all decisions, without texts and with, its manifest, its contract and the examples.
func exportWasm(in *invocation, c *build.Checked) (map[string][]byte, error) {
	compiled, err := build.Compile(c)
	if err != nil {
		return nil, err
	}
	with := func(words *manifest.Manifest) []byte {
		return wasm.Emit(compiled.Program, []wasm.Section{{Name: wasm.SectionManifest, Data: words.JSON()}})
	}
	words := manifest.Of(c.Model, compiled.Program)
	full := with(words)
	files := map[string][]byte{
		examples.Module:       compiled.Module,
		examples.AskingModule: with(manifest.Asking(c.Model, compiled.Program)),
		examples.FullModule:   full,
		fileManifest:          words.Indented(),
		fileSchema:            manifest.Schema,
		"CONTRACT.md":         wasm.Contract(),
	}
	if err := fs.WalkDir(examples.Files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files[path], err = fs.ReadFile(examples.Files, path)
		}
		return err
	}); err != nil {
		return nil, err
	}
	fmt.Fprintf(in.stdout, "%s: %d beslissingen, %d bytes; met teksten %d bytes\n", examples.Module, len(words.Decisions), len(compiled.Module), len(full))
	return files, nil
}
