package generator

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryCodeIsShown holds that each mistake the language knows, in each form in which it is said, has an archive in
// testdata/fouten that wants it, so that somebody has read its words; and that no archive wants what no code says any more.
func TestEveryCodeIsShown(t *testing.T) {
	shown, all := map[string]bool{}, ""
	paths, err := filepath.Glob("testdata/fouten/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all += string(text)
		for _, found := range regexp.MustCompile(`(?m)^\S+: (?:fout|let op)\[(.+?)\]: `).FindAllSubmatch(text, -1) {
			shown[string(found[1])] = true
		}
	}
	codes, forms := codesOf(t, "diag", "yamldoc", "syntax", "prose", "content", "check", "verify", "language")
	if len(codes) < 80 || len(forms) < 100 {
		t.Fatalf("found only %d codes, and %d forms", len(codes), len(forms))
	}
	verb := regexp.MustCompile(`%[dsq]`)
	for form, place := range forms {
		words := verb.Split(form, -1)
		for i := range words {
			words[i] = regexp.QuoteMeta(words[i])
		}
		seen := regexp.MustCompile(`(?m)\]: ` + strings.Join(words, ".*") + `$`).MatchString(all)
		if reason := unshown[form]; seen == (reason != "") {
			t.Errorf("%s: shown in an archive is %v, and the reason to have none is %q: %s", place, seen, reason, form)
		}
	}
	for code, place := range codes {
		if !shown[code] {
			t.Errorf("%s: no archive in testdata/fouten shows fout[%s]", place, code)
		}
	}
	for code := range shown {
		if _, known := codes[code]; !known {
			t.Errorf("testdata/fouten shows fout[%s], which no code says", code)
		}
	}
}

// unshown are forms without an archive, with the reason.
var unshown = map[string]string{
	`de wet "%s" is niet bewezen: te groot; noem minder feiten, of maak er twee wetten van`: tooLarge,
	`het geval "%s" is niet nagegaan: te groot; vul meer feiten in`:                         tooLarge,
	`"%s" is niet vergeleken met de landelijke regels: te groot`:                            tooLarge,
}

const tooLarge = "a decision that is small enough itself and of which a part is too large does not fit in an archive"

// codesOf finds every text that is given for a field Code or for an argument named code, with a place where that is; and
// the words in a form that are given behind such an argument.
func codesOf(t *testing.T, packages ...string) (codes, forms map[string]token.Position) {
	t.Helper()
	set := token.NewFileSet()
	files := map[string][]*ast.File{}
	for _, name := range packages {
		paths, err := filepath.Glob(filepath.Join(name, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = append(files[name], file)
		}
	}
	argument := map[string]int{} // package and function -> which of its arguments is the code
	for name, list := range files {
		for _, file := range list {
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok {
					if at := slices.Index(parameters(f), "code"); at >= 0 {
						argument[name+"."+f.Name.Name] = at
					}
				}
			}
		}
	}
	codes, forms = map[string]token.Position{}, map[string]token.Position{}
	keep := func(out map[string]token.Position, e ast.Expr) {
		if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			out[text] = set.Position(e.Pos())
		}
	}
	inspect := func(name string, n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && strings.EqualFold(key.Name, "code") {
				keep(codes, n.Value)
			}
		case *ast.CallExpr:
			at, ok := argument[name+"."+called(n)]
			if !ok {
				at, ok = argument["diag."+called(n)]
			}
			if ok {
				keep(codes, n.Args[at])
				if called(n) == "Addf" {
					keep(forms, n.Args[at+1])
				}
			}
		}
		return true
	}
	for name, list := range files {
		for _, file := range list {
			ast.Inspect(file, func(n ast.Node) bool { return inspect(name, n) })
		}
	}
	return codes, forms
}

func parameters(f *ast.FuncDecl) []string {
	var names []string
	for _, field := range f.Type.Params.List {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	return names
}

// called is the name of the function or method that a call names.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
