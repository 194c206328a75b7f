package manifest_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"handvat/generator/manifest"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables"
	"handvat/generator/wasm"
)

// TestBudgets holds the module of all decisions to its 20 KB, and to 60 KB with what is needed to ask and to tell the
// outcome. With all that explains outcomes a decision takes at most 3.5 KB.
func TestBudgets(t *testing.T) {
	m := projecttest.Own(t).Model
	p := tables.Compile(m, m.Decisions)
	with := func(words *manifest.Manifest) []byte {
		return wasm.Emit(p, []wasm.Section{{Name: wasm.SectionManifest, Data: words.JSON()}})
	}
	for _, c := range []struct {
		name   string
		data   []byte
		budget int
	}{
		{"the module without texts", wasm.Emit(p, nil), 20 << 10},
		{"the module with its questions", with(manifest.Asking(m, p)), 60 << 10},
		{"the module with all its texts", with(manifest.Of(m, p)), len(m.Decisions) * (7 << 9)},
	} {
		var out bytes.Buffer
		w := brotli.NewWriterLevel(&out, brotli.BestCompression)
		w.Write(c.data)
		w.Close()
		t.Logf("%s: %d bytes, %d compressed", c.name, len(c.data), out.Len())
		if out.Len() > c.budget {
			t.Errorf("%s takes %d bytes compressed, more than %d", c.name, out.Len(), c.budget)
		}
	}
}

func models(t *testing.T) map[string]*model.Model {
	return map[string]*model.Model{
		"the project":           projecttest.Own(t).Model,
		"the mistakes' project": projecttest.Archive(t, "../testdata/fouten/base.txtar").Model,
	}
}

func both(m *model.Model) map[string]*manifest.Manifest {
	p := tables.Compile(m, m.Decisions)
	return map[string]*manifest.Manifest{"asking": manifest.Asking(m, p), "manifest": manifest.Of(m, p), "everything": manifest.Everything(m, p)}
}

func TestFitsSchema(t *testing.T) {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(manifest.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", value); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json") // which also holds it against the schema of schemas
	if err != nil {
		t.Fatal(err)
	}
	for project, m := range models(t) {
		for size, words := range both(m) {
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(words.Indented()))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("%s, %s: %v", project, size, err)
			}
			if size == "manifest" {
				value.(map[string]any)["manifest"] = json.Number("2")
				if schema.Validate(value) == nil {
					t.Errorf("%s: a manifest of another version fits", project)
				}
			}
		}
	}
}

// The schema describes the members that are written, no more and no fewer, and knows which are always there.
func TestSchemaDescribesEveryMember(t *testing.T) {
	var schema struct {
		Defs map[string]struct {
			Required   []string
			Properties map[string]any
		} `json:"$defs"`
	}
	if err := json.Unmarshal(manifest.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	seen := map[reflect.Type]bool{}
	var look func(reflect.Type)
	look = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice:
			look(typ.Elem())
			return
		case reflect.Struct:
		default:
			return
		}
		if seen[typ] {
			return
		}
		seen[typ] = true
		var members, always []string
		for _, f := range reflect.VisibleFields(typ) {
			look(f.Type)
			if name, options, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
				members = append(members, name)
				if options == "" {
					always = append(always, name)
				}
			}
		}
		def, ok := schema.Defs[typ.Name()]
		if !ok {
			if typ.Name() != "Cited" { // which stands inside others
				t.Errorf("the schema does not describe %s", typ.Name())
			}
			return
		}
		slices.Sort(members)
		if described := slices.Sorted(maps.Keys(def.Properties)); !slices.Equal(described, members) {
			t.Errorf("%s: the schema describes %q and %q are written", typ.Name(), described, members)
		}
		slices.Sort(always)
		slices.Sort(def.Required)
		if !slices.Equal(def.Required, always) {
			t.Errorf("%s: the schema requires %q and %q are always written", typ.Name(), def.Required, always)
		}
	}
	look(reflect.TypeFor[manifest.Manifest]())
}

// A host that follows ids and indices finds what it looks for.
func TestEverythingNamedIsThere(t *testing.T) {
	for project, m := range models(t) {
		p := tables.Compile(m, m.Decisions)
		words := manifest.Everything(m, p)
		conditions, facts, norms, sources := map[string]bool{}, map[string]manifest.Fact{}, map[string]bool{}, map[string]bool{}
		for _, c := range words.Conditions {
			conditions[c.ID] = true
		}
		for _, f := range words.Facts {
			facts[f.ID] = f
		}
		for _, s := range words.Sources {
			sources[s.ID] = true
		}
		for _, n := range words.Norms {
			norms[n.ID] = true
			if !sources[n.Source] {
				t.Errorf("%s: norm %s is of a source that is not there: %s", project, n.ID, n.Source)
			}
		}
		cited := func(where string, c manifest.Cited) {
			for _, n := range c.Norms {
				if !norms[n] {
					t.Errorf("%s, %s: no norm %s", project, where, n)
				}
			}
			for _, s := range c.Sources {
				if !sources[s.Source] {
					t.Errorf("%s, %s: no source %s", project, where, s.Source)
				}
			}
		}
		rules := map[string][]string{} // ids by decision or fact
		for _, f := range words.Facts {
			for _, r := range f.Rules {
				rules["fact "+f.ID] = append(rules["fact "+f.ID], r.ID)
				cited(r.ID, r.Cited)
			}
		}
		for i, d := range words.Decisions {
			if p.Decisions[i].ID != d.ID || len(p.Decisions[i].Inputs) != len(d.Questions) {
				t.Errorf("%s: decision %d of the module is %s and not %s, or has other questions", project, i, p.Decisions[i].ID, d.ID)
			}
			for q, slot := range p.Decisions[i].Inputs {
				f := facts[d.Questions[q]]
				values := p.Slots[slot].Values
				if f.Dependent {
					values = values[:len(values)-1]
				}
				for v := range f.Values {
					if f.Values[v].ID != values[v] || len(f.Values) != len(values) {
						t.Errorf("%s: %s: the values of %s are not %q", project, d.ID, f.ID, values)
					}
				}
			}
			if own := words.Stages[d.Stages[len(d.Stages)-1]]; own.Decision != d.ID || len(own.Values) != len(d.Outcomes) {
				t.Errorf("%s: the last stage of %s is that of %q", project, d.ID, own.Decision)
			}
			for _, r := range d.Rules {
				rules["decision "+d.ID] = append(rules["decision "+d.ID], r.ID)
				cited(r.ID, r.Cited)
				for _, c := range r.Conditions {
					if !conditions[c] {
						t.Errorf("%s: rule %s has a condition that is not there: %s", project, r.ID, c)
					}
				}
				for _, f := range r.Through {
					if facts[f].Decision == "" {
						t.Errorf("%s: rule %s rests on %s, which is no decision", project, r.ID, f)
					}
				}
			}
		}
		for i, s := range words.Stages {
			of := "decision " + s.Decision
			if s.Fact != "" {
				of = "fact " + s.Fact
				if facts[s.Fact].ID == "" || s.Decision != "" {
					t.Errorf("%s: stage %d is of a fact that is not there, or of two: %+v", project, i, s)
				}
			}
			if s.Rules != nil && len(s.Rules) != p.Stages[i].Rows {
				t.Errorf("%s: stage %d has %d rows and rules for %d", project, i, p.Stages[i].Rows, len(s.Rules))
			}
			for _, id := range s.Rules {
				if !slices.Contains(rules[of], id) {
					t.Errorf("%s: stage %d has rows of %q, which is no rule of %s", project, i, id, of)
				}
			}
		}
	}
}

// A manifest says the same on every run, and belongs to one module.
func TestSameOnEveryRun(t *testing.T) {
	read := func() []byte {
		m := projecttest.Own(t).Model
		return manifest.Everything(m, tables.Compile(m, m.Decisions)).Indented()
	}
	if !bytes.Equal(read(), read()) {
		t.Error("a second manifest differs")
	}
}
