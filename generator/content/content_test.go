package content

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"handvat/generator/diag"
	"handvat/generator/source"
)

// Each archive in testdata is a tree, with a last file "want": the mistakes in it, or the dump where there are none.
func TestParse(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tree := &source.Tree{}
		for _, file := range archive.Files {
			if file.Name != "want" {
				tree.Files = append(tree.Files, source.NewFile(file.Name, string(file.Data)))
			}
		}
		var list diag.List
		parsed := Parse(tree, &list)
		var got bytes.Buffer
		if list.Empty() {
			parsed.Dump(&got)
		}
		for _, d := range list.Sorted() {
			got.WriteString(d.String() + "\n")
		}
		last := &archive.Files[len(archive.Files)-1]
		if last.Name != "want" {
			t.Fatalf("%s: the last file is not want", path)
		}
		if got.String() == string(last.Data) {
			continue
		}
		if os.Getenv("UPDATE") != "" {
			last.Data = got.Bytes()
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		t.Errorf("%s: got\n%s\nwant\n%s", path, got.String(), last.Data)
	}
}

// The files of decisions are not read here, but Markdown in them is placed through Files.
func TestFilesOfDecisionsAreKept(t *testing.T) {
	tree := &source.Tree{Files: []*source.File{source.NewFile("decisiontrees/a.yaml", "a: b\n")}}
	var list diag.List
	if c := Parse(tree, &list); !list.Empty() || c.Files["decisiontrees/a.yaml"] != tree.Files[0] {
		t.Errorf("got %v, %v", c.Files, list.Sorted())
	}
}

// FuzzFront looks that no head of a file, however broken, makes the reader fail, and that the body is what is below it.
func FuzzFront(f *testing.F) {
	f.Add("---\npagina: a\n---\ntekst\n")
	f.Add("---\n---")
	f.Add("--- \r\npagina: a\n---   \n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		var list diag.List
		file := source.NewFile("content/paginas/a.md", text)
		c := Parse(&source.Tree{Files: []*source.File{file}}, &list)
		for _, page := range c.Pages {
			at := page.Body.Span.Offset
			if text[at:] != page.Body.Value || !strings.HasSuffix(strings.TrimRight(text[:at], " \t\n"), "---") {
				t.Errorf("%q: body %q", text, page.Body.Value)
			}
		}
		c.Dump(&bytes.Buffer{})
	})
}

func BenchmarkRegister(b *testing.B) {
	tree, _, err := source.Read(os.DirFS("../.."), []string{"content/normen"}, []string{".yaml"})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		var list diag.List
		if Parse(tree, &list); !list.Empty() {
			b.Fatal(list.Sorted())
		}
	}
}
