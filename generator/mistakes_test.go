package generator

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"handvat/generator/check"
	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/eval"
	"handvat/generator/language"
	"handvat/generator/source"
	"handvat/generator/syntax"
	"handvat/generator/verify"
)

// TestMistakes holds the whole list of messages for each wrong input against what its archive wants. An archive holds
// the files that differ from testdata/fouten/base.txtar; a file with the single word "weg" is left out, and what stands
// under a name with a plus is put behind that file. A comment that begins with "Hoogstens 6 knopen" limits the diagrams. UPDATE=1 rewrites what is wanted.
func TestMistakes(t *testing.T) {
	base, err := txtar.ParseFile("testdata/fouten/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if messages := allMessages(t, base, nil); messages != "" {
		t.Fatalf("the base itself is wrong:\n%s", messages)
	}
	paths, err := filepath.Glob("testdata/fouten/*.txtar")
	if err != nil || len(paths) < 30 {
		t.Fatalf("found %d archives: %v", len(paths), err)
	}
	for _, path := range paths {
		if filepath.Base(path) == "base.txtar" {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			have, want := allMessages(t, base, archive), ""
			at := -1
			for i, f := range archive.Files {
				if f.Name == "want" {
					want, at = string(f.Data), i
				}
			}
			if have == want && have != "" {
				return
			}
			if os.Getenv("UPDATE") != "" {
				if at < 0 {
					archive.Files = append(archive.Files, txtar.File{Name: "want"})
					at = len(archive.Files) - 1
				}
				archive.Files[at].Data = []byte(have)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("got\n%s\nwant\n%s", have, want)
		})
	}
}

// allMessages reads a project through every stage up to the proofs, and gives all messages of the first stage with
// mistakes, or the warnings where there are none.
func allMessages(t *testing.T, base, archive *txtar.Archive) string {
	t.Helper()
	files := fstest.MapFS{}
	add := func(a *txtar.Archive) {
		for _, f := range a.Files {
			name, more := strings.CutSuffix(f.Name, "+")
			switch {
			case more:
				files[name] = &fstest.MapFile{Data: slices.Concat(files[name].Data, f.Data)}
			case string(f.Data) == "weg\n":
				delete(files, name)
			default:
				files[name] = &fstest.MapFile{Data: f.Data}
			}
		}
	}
	add(base)
	if archive != nil {
		add(archive)
	}
	delete(files, "want")
	tree, problems, err := source.Read(files, []string{"content", syntax.Folder}, []string{".yaml", ".md"})
	if err != nil {
		t.Fatal(err)
	}
	var list diag.List
	for _, p := range problems {
		list.Addf(source.Span{File: p.Path, Line: 1, Column: 1}, "onleesbaar", "%s", p.Reason)
	}
	written, pages := syntax.Parse(tree, &list), content.Parse(tree, &list)
	if list.Empty() {
		nodes := diagram.MaxNodes
		if archive != nil {
			fmt.Sscanf(string(archive.Comment), "Hoogstens %d knopen", &nodes)
		}
		if m := check.Check(written, pages, &list); list.Empty() {
			proofs := verify.UpTo(verify.Limits{Answers: nodes, Verdicts: nodes}, m, eval.Answer, &list)
			for _, region := range written.Regions {
				if !list.Empty() {
					break
				}
				if e := check.Edition(written, pages, m, region, &list); list.Empty() {
					verify.Edition(e, proofs, eval.Answer, &list)
				}
			}
		}
	}
	if list.Empty() {
		language.Check(pages, written, &list)
	}
	var b strings.Builder
	for _, d := range list.Sorted() {
		b.WriteString(d.String() + "\n")
	}
	return b.String()
}

// FuzzDecision swaps words of a project for other words of it, as authors do by accident: what results is understood, or
// refused with messages, and never more than that.
func FuzzDecision(f *testing.F) {
	word := regexp.MustCompile(`[\w-]+:?|[][{},]|\n +`)
	var projects []*txtar.Archive
	var files [][]txtar.File
	var words [][]string
	for i, path := range []string{"testdata/fouten/base.txtar", "testdata/sloten.txtar"} {
		project, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		projects, files, words = append(projects, project), append(files, nil), append(words, nil)
		for _, file := range project.Files {
			if strings.HasPrefix(file.Name, "decisiontrees/") {
				files[i] = append(files[i], file)
				words[i] = append(words[i], word.FindAllString(string(file.Data), -1)...)
			}
		}
	}
	for seed := range uint64(200) {
		f.Add(seed, uint8(seed%4))
	}
	f.Fuzz(func(t *testing.T, seed uint64, changes uint8) {
		random := rand.New(rand.NewPCG(seed, 0))
		i := random.IntN(len(projects))
		file := files[i][random.IntN(len(files[i]))]
		text := string(file.Data)
		for range changes%4 + 1 {
			if places := word.FindAllStringIndex(text, -1); len(places) > 0 {
				place := places[random.IntN(len(places))]
				text = text[:place[0]] + words[i][random.IntN(len(words[i]))] + text[place[1]:]
			}
		}
		allMessages(t, projects[i], &txtar.Archive{Files: []txtar.File{{Name: file.Name, Data: []byte(text)}}})
	})
}
