package generator

import (
	"bytes"
	"fmt"
	"os"
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
	"handvat/generator/yamldoc"
)

const reference = "../decisiontrees/README.md"

// An example is a block of YAML in the reference, with the file it belongs in; "" where it is only a comment.
type example struct {
	line int
	file string
	text string
}

func examples(t *testing.T) []example {
	t.Helper()
	text, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	var out []example
	inside := false
	for i, line := range strings.Split(string(text), "\n") {
		switch info, fence := strings.CutPrefix(line, "```"); {
		case fence && inside:
			inside = false
		case fence && strings.HasPrefix(info, "yaml"):
			inside = true
			out = append(out, example{line: i + 1, file: strings.TrimSpace(strings.TrimPrefix(info, "yaml"))})
		case fence:
			t.Fatalf("%s:%d: an example is in YAML", reference, i+1)
		case inside:
			out[len(out)-1].text += line + "\n"
		}
	}
	if inside || len(out) < 10 {
		t.Fatalf("%s: found %d examples, the last one with an end: %v", reference, len(out), !inside)
	}
	return out
}

// project joins the examples to the files they belong in.
func project(t *testing.T, list []example) *txtar.Archive {
	t.Helper()
	archive := &txtar.Archive{}
	for _, e := range list {
		if e.file == "" {
			for _, line := range strings.Split(strings.TrimSpace(e.text), "\n") {
				if !strings.HasPrefix(line, "#") {
					t.Fatalf("%s:%d: say behind the fence in which file this belongs", reference, e.line)
				}
			}
			continue
		}
		name := syntax.Folder + "/" + e.file
		at := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == name })
		if at < 0 {
			at = len(archive.Files)
			archive.Files = append(archive.Files, txtar.File{Name: name})
		}
		archive.Files[at].Data = append(archive.Files[at].Data, e.text...)
	}
	return archive
}

// TestReferenceIsProved reads, checks and proves the examples of the language's reference, which are one small project
// with the content of testdata/naslag.txtar.
func TestReferenceIsProved(t *testing.T) {
	base, err := txtar.ParseFile("testdata/naslag.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if messages := allMessages(t, base, project(t, examples(t))); messages != "" {
		t.Errorf("the examples have mistakes:\n%s", messages)
	}
}

// TestReferenceFitsSchema holds the examples against what editors know of the language.
func TestReferenceFitsSchema(t *testing.T) {
	fits := jsonschema.NewCompiler()
	fits.AssertFormat()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.JSON()))
	if err != nil {
		t.Fatal(err)
	}
	if err := fits.AddResource("schema.json", value); err != nil {
		t.Fatal(err)
	}
	compiled, err := fits.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range project(t, examples(t)).Files {
		data, err := yaml.YAMLToJSON(f.Data)
		if err != nil {
			t.Fatal(err)
		}
		if value, err = jsonschema.UnmarshalJSON(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(value); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// TestReferenceIsComplete holds that every key of the language stands in an example.
func TestReferenceIsComplete(t *testing.T) {
	objects := map[string]schema.Object{}
	for _, o := range schema.Language {
		objects[o.ID] = o
	}
	used := map[string]bool{}
	var visit func(n *yamldoc.Node, id string)
	visit = func(n *yamldoc.Node, id string) {
		for _, pair := range n.Pairs {
			at := slices.IndexFunc(objects[id].Keys, func(k schema.Key) bool { return k.Name == pair.Key })
			if at < 0 {
				if id == "voorwaarde-op-feiten" && pair.Value.Kind == yamldoc.Map {
					visit(pair.Value, "niet-deze")
				}
				continue
			}
			key := objects[id].Keys[at]
			used[id+"."+key.Name] = true
			for _, child := range key.Children() {
				switch {
				case child.List:
					for _, item := range pair.Value.Items {
						visit(item, child.ID)
					}
				default:
					visit(pair.Value, child.ID)
				}
			}
		}
	}
	var list diag.List
	for _, f := range project(t, examples(t)).Files {
		visit(yamldoc.Parse(source.NewFile(f.Name, string(f.Data)), &list), schema.Language[0].ID)
	}
	if !list.Empty() {
		t.Fatal(list.Sorted())
	}
	var missing []string
	for _, o := range schema.Language {
		for _, k := range o.Keys {
			if !used[o.ID+"."+k.Name] && !likeAnother(o.ID, k.Name, used) {
				missing = append(missing, fmt.Sprintf("%s in %s", k.Name, o.ID))
			}
		}
	}
	if len(missing) > 0 {
		t.Errorf("%s has no example of: %s", reference, strings.Join(missing, ", "))
	}
}

// alike are objects that have keys in common, which need no example in each.
var alike = [][]string{
	{"afleiding", "boom", "eis", "grens", "grond", "regel", "tak", "uitzondering", "geen-grond", "voorwaarde", "feit"},
	{"uitkomst", "woorden-van-mag"},
	{"wet-altijd", "wet-ooit"},
	{"geldig", "periode"},
}

func likeAnother(id, key string, used map[string]bool) bool {
	for _, group := range alike {
		if slices.Contains(group, id) {
			return slices.ContainsFunc(group, func(other string) bool { return used[other+"."+key] })
		}
	}
	return false
}
