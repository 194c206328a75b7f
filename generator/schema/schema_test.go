package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"handvat/generator/diag"
	"handvat/generator/schema"
	"handvat/generator/source"
	"handvat/generator/syntax"
)

const root = "../../"

// TestUpToDate holds the file that editors read. UPDATE=1 rewrites it.
func TestUpToDate(t *testing.T) {
	want := schema.JSON()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(root+schema.File, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(root + schema.File)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, want) {
		t.Errorf("%s is not what the generator makes of it; UPDATE=1 go test rewrites it", schema.File)
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.JSON()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", value); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json") // which also holds it against the schema of schemas
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// validate reads a file as an editor does, and holds it against the schema.
func validate(s *jsonschema.Schema, text string) error {
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		return err
	}
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if value, err = jsonschema.UnmarshalJSON(bytes.NewReader(data)); err != nil {
		return err
	}
	return s.Validate(value)
}

func TestProjectIsValid(t *testing.T) {
	s := compiled(t)
	paths, err := filepath.Glob(root + "decisiontrees/*.yaml")
	if err != nil || len(paths) < 5 {
		t.Fatal(len(paths), err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(s, string(text)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// visible are the wrong inputs of the catalogue that one file shows by itself, so that the schema refuses them.
var visible = []string{"geen-datum", "onbekende-sleutel", "onbekende-soort", "onbekende-uitkomst", "uitkomst-ontbreekt", "zonder-bron",
	"zonder-door", "zonder-want", "zonder-wat-wel"}

func TestMistakes(t *testing.T) {
	s := compiled(t)
	paths, err := filepath.Glob("../testdata/fouten/*.txtar")
	if err != nil || len(paths) < 30 {
		t.Fatal(len(paths), err)
	}
	var refused []string
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		wrong := false
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, syntax.Folder+"/") || string(f.Data) == "weg\n" {
				continue
			}
			if err := validate(s, string(f.Data)); err != nil {
				wrong = true
				t.Logf("%s: %v", filepath.Base(path), err)
			}
		}
		if wrong {
			refused = append(refused, strings.TrimSuffix(filepath.Base(path), ".txtar"))
		}
	}
	for _, name := range visible {
		if !slices.Contains(refused, name) {
			t.Errorf("%s is not refused", name)
		}
	}
	if slices.Contains(refused, "base") {
		t.Error("the base, which has no mistakes, is refused")
	}
	t.Logf("refused: %s", strings.Join(refused, ", "))
}

// modes are keys that make others known: those of a decision need "beslissing:", those of a branch that asks "vraag:".
var modes = map[string][]string{
	"bestand": {"", "beslissing: x", "bij: x"},
	"boom":    {"", "vraag: x"},
	"tak":     {"", "vraag: x"},
	"feit":    {"", "volgt: []"},
}

// literals lists every text in the code of package syntax that looks like a key: among them are all that it knows.
func literals(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../syntax/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	key := regexp.MustCompile(`^"([a-z]+(?:-[a-z]+)*)"$`)
	var out []string
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok {
				if match := key.FindStringSubmatch(literal.Value); match != nil && !slices.Contains(out, match[1]) {
					out = append(out, match[1])
				}
			}
			return true
		})
	}
	return out
}

// TestSameKeysAsSyntax writes every object with every word that could be a key, and asks package syntax whether that key
// can stand there and whether it is missed where it does not.
func TestSameKeysAsSyntax(t *testing.T) {
	objects := map[string]schema.Object{}
	words := literals(t)
	for _, o := range schema.Language {
		objects[o.ID] = o
		for _, k := range o.Keys {
			if !slices.Contains(words, k.Name) {
				words = append(words, k.Name)
			}
		}
	}
	seen := map[string]bool{}
	var visit func(id, around string)
	visit = func(id, around string) {
		if seen[id] {
			return
		}
		seen[id] = true
		o := objects[id]
		options := modes[id]
		if options == nil {
			options = []string{""}
		}
		write := func(mode, pair string) string {
			return strings.Replace(around, "%s", strings.Trim(mode+", "+pair, ", "), 1)
		}
		anyName := o.Open || id == "uitkomsten-van-mag" // which package check reads
		for _, word := range words {
			known, found := "", false
			at := slices.IndexFunc(o.Keys, func(k schema.Key) bool { return k.Name == word })
			for _, mode := range options {
				if strings.HasPrefix(mode, word+":") {
					found = true
					continue
				}
				list := parse(write(mode, word+": x"))
				if !strings.Contains(list, fmt.Sprintf(`onbekende-sleutel]: "%s" kan hier niet`, word)) {
					known, found = mode, true
				}
				missed := fmt.Sprintf(`heeft "%s:" nodig`, word)
				required := strings.Count(parse(write(mode, "")), missed) > strings.Count(list, missed)
				if required && len(options) == 1 && (at < 0 || !o.Keys[at].Required) {
					t.Errorf("syntax needs %q in %s, and the schema does not", word, id)
				}
			}
			forDate := id == "niet-deze" && (word == "vanaf" || word == "tot") // which syntax reads behind any fact
			if found && at < 0 && !anyName && !forDate {
				t.Errorf("syntax knows %q in %s, and the schema does not", word, id)
			}
			if !found && at >= 0 {
				t.Errorf("the schema knows %q in %s, and syntax does not", word, id)
			}
			if at < 0 {
				continue
			}
			for _, child := range o.Keys[at].Children() {
				inner := "{%s}"
				if child.List {
					inner = "[{%s}]"
				}
				visit(child.ID, write(known, word+": "+inner))
			}
		}
		if id == "voorwaarde-op-feiten" {
			visit("niet-deze", write("", "rol: {%s}"))
		}
	}
	seen["periode"] = true // what stands behind the date is read as what stands behind any fact
	visit(schema.Language[0].ID, "{%s}")
	for id := range objects {
		if !seen[id] {
			t.Errorf("%s was not compared", id)
		}
	}
}

func parse(text string) string {
	tree := &source.Tree{Files: []*source.File{source.NewFile("decisiontrees/x.yaml", text+"\n")}}
	var list diag.List
	syntax.Parse(tree, &list)
	var b strings.Builder
	list.Write(&b)
	return b.String()
}
