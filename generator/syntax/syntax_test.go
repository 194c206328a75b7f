package syntax_test

import (
	"bytes"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"handvat/generator/check"
	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/source"
	"handvat/generator/syntax"
)

// FuzzParse puts any text in the place of a decision of a small project: it is read, or refused with messages that each
// have a place, and what can be read is understood or refused likewise. Nothing else happens, and nothing takes for ever.
func FuzzParse(f *testing.F) {
	const file = syntax.Folder + "/mag-ik.yaml"
	base, err := txtar.ParseFile("../testdata/fouten/base.txtar")
	if err != nil {
		f.Fatal(err)
	}
	others := fstest.MapFS{}
	for _, one := range base.Files {
		others[one.Name] = &fstest.MapFile{Data: one.Data}
	}
	paths, err := filepath.Glob("../testdata/*/*.txtar")
	if err != nil || len(paths) == 0 {
		f.Fatal(paths, err)
	}
	for _, path := range append(paths, "../testdata/sloten.txtar") {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, one := range archive.Files {
			if strings.HasPrefix(one.Name, syntax.Folder+"/") {
				f.Add(one.Data)
			}
		}
	}
	f.Add([]byte("beslissing: mag-ik\nsoort: \xff\xfe"))
	f.Add([]byte("beslissing: {}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		files := maps.Clone(others)
		files[file] = &fstest.MapFile{Data: text}
		tree, _, err := source.Read(files, []string{"content", syntax.Folder}, []string{".yaml", ".md"})
		if err != nil {
			t.Fatal(err)
		}
		exists := func(at source.Span) bool {
			return files[at.File] != nil && at.Line > 0 && at.Column > 0 && at.Line <= bytes.Count(files[at.File].Data, []byte("\n"))+1
		}
		var list diag.List
		written, pages := syntax.Parse(tree, &list), content.Parse(tree, &list)
		if list.Empty() {
			check.Check(written, pages, &list)
		}
		for _, d := range list.Sorted() {
			if !exists(d.Span) || slices.ContainsFunc(d.Notes, func(n diag.Note) bool { return n.Span.File != "" && !exists(n.Span) }) {
				t.Errorf("no place: %s", d)
			}
			if d.Code == "" || d.Message == "" {
				t.Errorf("no words: %q", d)
			}
		}
	})
}
