// Package projecttest reads a project for tests: through every stage up to the proofs, without the site, so that tests
// need not link Hugo.
package projecttest

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"handvat/generator/check"
	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/syntax"
	"handvat/generator/verify"
)

// A Project is what its files say, without a mistake.
type Project struct {
	Syntax  *syntax.File
	Content *content.Content
	Model   *model.Model
	Proofs  []*verify.Proof // in the order of Model.Decisions

	Editions []*model.Edition  // of the regions that have rules
	Regional [][]*verify.Proof // per edition, in the order of Touched
}

// Own reads this project.
func Own(t testing.TB) *Project {
	t.Helper()
	return Read(t, own(t))
}

// OwnModel reads this project up to its model: without proofs, which take seconds.
func OwnModel(t testing.TB) *model.Model {
	t.Helper()
	p, list := read(t, own(t))
	refuse(t, list)
	return p.Model
}

func own(t testing.TB) fs.FS {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return os.DirFS(dir)
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("there is no go.mod here or above")
		}
		dir = filepath.Dir(dir)
	}
	t.Fatal(err)
	return nil
}

// Archive reads the project that an archive holds.
func Archive(t testing.TB, path string) *Project {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return Read(t, files)
}

// Read reads a project; a mistake in it fails the test.
func Read(t testing.TB, files fs.FS) *Project {
	t.Helper()
	p, list := read(t, files)
	if list.Empty() {
		p.Proofs = verify.Verify(p.Model, eval.Answer, list)
	}
	if list.Empty() {
		for _, r := range p.Syntax.Regions {
			e := check.Edition(p.Syntax, p.Content, p.Model, r, list)
			if !list.Empty() {
				break
			}
			p.Editions, p.Regional = append(p.Editions, e), append(p.Regional, verify.Edition(e, p.Proofs, eval.Answer, list))
		}
	}
	refuse(t, list)
	return p
}

// read reads a project up to its model.
func read(t testing.TB, files fs.FS) (*Project, *diag.List) {
	t.Helper()
	tree, problems, err := source.Read(files, []string{"content", syntax.Folder}, []string{".yaml", ".md"})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	list := &diag.List{}
	p := &Project{Syntax: syntax.Parse(tree, list), Content: content.Parse(tree, list)}
	if list.Empty() {
		p.Model = check.Check(p.Syntax, p.Content, list)
	}
	return p, list
}

func refuse(t testing.TB, list *diag.List) {
	t.Helper()
	if !list.Empty() {
		var b strings.Builder
		list.Write(&b)
		t.Fatal(b.String())
	}
}
