// Package generator holds no code, only what must be true of the project as a whole.
package generator

import (
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayImport is who may import whom within this project. Data flows one way: a package stands below all it imports.
// Outputs never import outputs; the model imports no reader; diagram and eval do not know each other, nor do tables
// and diagram, which is what makes comparing them worth something.
var mayImport = map[string]string{
	"source":            "",
	"diag":              "source",
	"yamldoc":           "diag source",
	"projecttest":       "check content diag eval model source syntax verify", // for tests only
	"prose":             "diag source",
	"syntax":            "diag source yamldoc",
	"content":           "diag prose source yamldoc",
	"model":             "source",
	"check":             "content diag flow model prose source syntax yamldoc",
	"diagram":           "model",
	"walk":              "diagram model",
	"cover":             "model prose source",
	"language":          "content diag prose source syntax yamldoc",
	"verify":            "cover diag diagram model walk",
	"explain":           "diagram model walk",
	"verdicts":          "model tables",
	"chart":             "model tables",
	"eval":              "model",
	"mutate":            "diagram eval model source verify",
	"dmn":               "diagram model prose",
	"schema":            "model",
	"search":            "",
	"tables":            "model",
	"wasm":              "tables",
	"host":              "tables wasm",
	"agree":             "diagram model tables verify walk",
	"frontend":          "",
	"site":              "chart cover flow frontend graph model language prose search tables walk",
	"graph":             "letters model walk",
	"flow":              "letters model",
	"letters":           "",
	"manifest":          "model prose tables wasm",
	"examples":          "",
	"examples/go":       "",
	"headers":           "",
	"offline":           "",
	"serve":             "headers",
	"folder":            "",
	"build":             "agree check content diag eval frontend model language mutate offline site source syntax tables verify walk wasm",
	"cli":               "build cover diag diagram dmn examples explain folder graph manifest model mutate serve tables verdicts verify walk wasm static theme",
	"browser":           "",
	"theme":             "",
	"static":            "",
	"cmd/handvat":       "cli",
	"tables/tablestest": "model",
}

// onlyIn is which packages alone may import a library: one, and an example of it for others.
var onlyIn = map[string]string{
	"github.com/goccy/go-yaml":        "yamldoc",
	"github.com/yuin/goldmark":        "prose",
	"github.com/gohugoio/hugo":        "site",
	"github.com/spf13/afero":          "site",
	"github.com/evanw/esbuild":        "frontend",
	"github.com/tetratelabs/wazero":   "host examples/go",
	"github.com/chromedp/chromedp":    "",
	"github.com/andybalholm/brotli":   "",
	"github.com/fsnotify/fsnotify":    "serve",
	"github.com/rogpeppe/go-internal": "projecttest",

	"github.com/santhosh-tekuri/jsonschema": "",
}

func TestImports(t *testing.T) {
	used := map[string]bool{}
	for _, dir := range packages(t) {
		pkg, err := build.ImportDir(filepath.Join("..", dir), 0)
		if err != nil {
			if _, none := err.(*build.NoGoError); none {
				continue
			}
			t.Fatal(err)
		}
		name := strings.TrimPrefix(dir, "generator/")
		if len(pkg.GoFiles) == 0 {
			continue
		}
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("%s is not in the table of imports", name)
		}
		used[name] = true
		for _, imported := range pkg.Imports {
			if inner, ok := strings.CutPrefix(imported, "handvat/"); ok {
				inner = strings.TrimPrefix(inner, "generator/")
				if !slices.Contains(strings.Fields(allowed), inner) {
					t.Errorf("%s imports %s, and may import only: %s", name, inner, allowed)
				}
				continue
			}
			for library, home := range onlyIn {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(strings.Fields(home), name) {
					t.Errorf("%s imports %s; only %q may", name, imported, home)
				}
			}
		}
	}
	for name := range mayImport {
		if !used[name] && name != "browser" {
			t.Errorf("%s is in the table of imports and does not exist", name)
		}
	}
}

// TestRoot holds that the root has only what the design and tools ask for.
func TestRoot(t *testing.T) {
	allowed := []string{".ci", ".git", ".gitignore", "LICENSE", "LICENSE-CONTENT", "Makefile", "README.md", "cmd", "content", "decisiontrees", "generator",
		"go.mod", "go.sum", "netlify.toml", "public", "static", "theme"}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(allowed, e.Name()) {
			t.Errorf("%s does not belong in the root", e.Name())
		}
	}
}

// packages lists the folders with Go files, relative to the root.
func packages(t *testing.T) []string {
	t.Helper()
	var dirs []string
	for _, top := range []string{"generator", "cmd", "theme", "static"} {
		err := fs.WalkDir(os.DirFS(".."), top, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() && entry.Name() == "testdata" {
				if err == nil {
					err = fs.SkipDir
				}
				return err
			}
			if dir := path.Dir(file); strings.HasSuffix(file, ".go") && !slices.Contains(dirs, dir) {
				dirs = append(dirs, dir)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dirs
}
