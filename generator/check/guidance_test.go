package check

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// guidanceAttributes and guidanceDecisions stand for what is in decisiontrees/.
func guidanceAttributes() []*model.Attribute {
	return []*model.Attribute{
		{ID: "zwijgplicht", Of: "partijen", Values: []model.Value{{ID: "zorggeheim"}, {ID: "geen"}}},
		{ID: "avg", Of: "gegevens", Values: []model.Value{{ID: "gewoon"}, {ID: "bijzonder"}}},
	}
}

func guidanceDecisions() map[string]*model.Decision {
	return map[string]*model.Decision{"mag-ik-meenemen": {ID: "mag-ik-meenemen"}, "wie-informeert": {ID: "wie-informeert"}}
}

// checkTree checks the files of an archive; "want" and decisions are left out.
func checkTree(t *testing.T, files []txtar.File) (*guidance, model.Guidance, *diag.List) {
	tree := &source.Tree{}
	for _, file := range files {
		if file.Name != "want" {
			tree.Files = append(tree.Files, source.NewFile(file.Name, string(file.Data)))
		}
	}
	slices.SortFunc(tree.Files, func(a, b *source.File) int { return strings.Compare(a.Path, b.Path) })
	var list diag.List
	written := content.Parse(tree, &list)
	if !list.Empty() {
		t.Fatal("not well-formed: ", list.Sorted())
	}
	g := newGuidance(written, guidanceAttributes(), &list)
	g.first()
	return g, g.second(guidanceDecisions()), &list
}

// Each archive in testdata/guidance changes some files of goed.txtar, and ends with the full list of mistakes that this
// makes, or for goed.txtar itself with what was made.
func TestGuidance(t *testing.T) {
	const folder = "testdata/guidance/"
	base, err := txtar.ParseFile(folder + "goed.txtar")
	if err != nil {
		t.Fatal(err)
	}
	paths, _ := filepath.Glob(folder + "*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files := slices.Clone(base.Files)
		for _, file := range archive.Files {
			files = slices.DeleteFunc(files, func(f txtar.File) bool { return f.Name == file.Name })
			if file.Name == "want" || string(file.Data) != "weg\n" {
				files = append(files, file)
			}
		}
		g, made, list := checkTree(t, files)
		var got bytes.Buffer
		for _, d := range list.Sorted() {
			got.WriteString(d.String() + "\n")
		}
		if filepath.Base(path) == "goed.txtar" {
			describe(&got, g, made)
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

// describe writes what was linked to what, in the order in which it is shown.
func describe(b *bytes.Buffer, g *guidance, made model.Guidance) {
	fmt.Fprintf(b, "settings %+v\n", g.settings)
	for _, s := range made.Sources {
		fmt.Fprintf(b, "source %s %s %v\n", s.ID, s.Date, s.Register)
	}
	for _, n := range made.Norms {
		fmt.Fprintf(b, "norm %s of %s in %s at %q: %s %s\n", n.ID, n.Source.ID, n.File, n.Place, n.Kind, n.Destination)
	}
	for _, t := range made.Terms {
		fmt.Fprintf(b, "term %s %v%s\n", t.ID, t.Also, citing(t.Cited))
	}
	for _, p := range made.Phases {
		fmt.Fprintf(b, "phase %s %d%s\n", p.ID, p.Order, citing(p.Purpose.Cited))
		for _, f := range p.Flows {
			fmt.Fprintf(b, "  flow %s > %s %s%s\n", f.From, f.To, model.Levels[f.Level], citing(f.Cited))
		}
		for _, s := range p.Shared {
			fmt.Fprintf(b, "  shared %s %s%s\n", s.What, model.Levels[s.Level], citing(s.Cited))
		}
		for _, c := range p.Checklist {
			fmt.Fprintf(b, "  check %s%s\n", c.ID, citing(c.Cited))
		}
		for _, d := range p.Decisions {
			fmt.Fprintf(b, "  decision %s\n", d.ID)
		}
		for _, r := range p.ThumbRules {
			fmt.Fprintf(b, "  rule of thumb %s\n", r.ID)
		}
		for _, s := range p.Sources {
			fmt.Fprintf(b, "  source %s\n", s.ID)
		}
		describeBody(b, p.Body)
	}
	for _, r := range made.ThumbRules {
		fmt.Fprintf(b, "rule of thumb %d %s %v %v%s\n", r.Number, r.ID, r.Attitude, r.Phases, citing(r.Cited))
	}
	for _, entity := range append(slices.Clone(g.parties), g.kinds...) {
		fmt.Fprintf(b, "entity %s %v %v %q%s\n", entity.ID, entity.Attributes, entity.Examples, entity.ToTest, citing(entity.Cited))
		describeBody(b, entity.Body)
	}
	for _, s := range made.Shelves {
		fmt.Fprintf(b, "shelf %s\n", s.ID)
		for _, t := range s.Topics {
			fmt.Fprintf(b, "topic %s %q\n", t.ID, t.Remember)
			for _, e := range t.Examples {
				fmt.Fprintf(b, "  example %q%s\n", e.Case, citing(e.Cited))
			}
			for _, c := range t.Checklist {
				fmt.Fprintf(b, "  check %s%s\n", c.ID, citing(c.Cited))
			}
			for _, d := range t.Decisions {
				fmt.Fprintf(b, "  decision %s\n", d.ID)
			}
			describeBody(b, t.Body)
		}
	}
	for _, p := range made.Pages {
		fmt.Fprintf(b, "page %s\n", p.ID)
		describeBody(b, p.Body)
	}
}

func describeBody(b *bytes.Buffer, body model.Prose) {
	fmt.Fprintf(b, "  body of %d bytes\n", len(body.Markdown))
	for _, h := range body.Headings {
		fmt.Fprintf(b, "  heading %d #%s%s\n", h.Level, h.ID, citing(model.Cited{Norms: h.Norms}))
	}
}

func citing(c model.Cited) string {
	var b strings.Builder
	for _, n := range c.Norms {
		b.WriteString(" " + n.ID)
	}
	for _, s := range c.Sources {
		fmt.Fprintf(&b, " %s(%s)", s.Source.ID, s.Place)
	}
	return b.String()
}

// Decisions hand their Markdown over between the two steps.
func TestTextsOfDecisionsAreCheckedToo(t *testing.T) {
	file := source.NewFile("decisiontrees/mag-ik.yaml", "want: Zie [dit](begrip:beroepsgeheim) en [dat](begrip:niets).\nwat-wel: Een <b>ander</b>.\n")
	tree := &source.Tree{Files: []*source.File{file}}
	var list diag.List
	g := newGuidance(content.Parse(tree, &list), nil, &list)
	g.first()
	f := yamldoc.Open(yamldoc.Parse(file, &list), "een regel", &list)
	if got := g.sentence(f.Text("want")); got != "Zie [dit](begrip:beroepsgeheim) en [dat](begrip:niets)." {
		t.Errorf("got %q", got)
	}
	g.text(f.Text("wat-wel"))
	g.second(nil)
	var got []string
	for _, d := range list.Sorted() {
		got = append(got, d.String())
	}
	want := []string{
		`content/instellingen.yaml:1:1: fout[ontbrekend-bestand]: dit bestand ontbreekt; er horen titel, belofte, datum en basis-url in te staan`,
		`decisiontrees/mag-ik.yaml:1:17: fout[onbekend-begrip]: het begrip "beroepsgeheim" bestaat niet`,
		`decisiontrees/mag-ik.yaml:1:48: fout[onbekend-begrip]: het begrip "niets" bestaat niet`,
		`decisiontrees/mag-ik.yaml:2:14: fout[html-in-tekst]: in tekst staat geen HTML, dus geen "<b>"; gebruik Markdown, of schrijf \< voor een los teken`,
		`decisiontrees/mag-ik.yaml:2:22: fout[html-in-tekst]: in tekst staat geen HTML, dus geen "</b>"; gebruik Markdown, of schrijf \< voor een los teken`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestBaseAddresses(t *testing.T) {
	for address, good := range map[string]bool{
		"https://handvat.example/":     true,
		"http://localhost:1313/":       true,
		"https://a.example/map/onder/": true,
		"https://handvat.example":      false,
		"https://handvat.example/map":  false,
		"handvat.example/":             false,
		"//handvat.example/":           false,
		"/":                            false,
		"https:///":                    false,
		"https:a/":                     false,
		"ftp://a.example/":             false,
		"https://a@b.example/":         false,
		"https://a.example/?b/":        false,
		"https://a.example/?":          false,
		"https://a.example/#":          false,
		"https://a .example/":          false,
		"":                             false,
	} {
		if why := wrongBase(address); (why == "") != good {
			t.Errorf("%q: %q", address, why)
		}
	}
}

func BenchmarkGuidance(b *testing.B) {
	tree, _, err := source.Read(os.DirFS("../.."), []string{"content"}, []string{".yaml", ".md"})
	if err != nil {
		b.Fatal(err)
	}
	var list diag.List
	written := content.Parse(tree, &list)
	for b.Loop() {
		var list diag.List
		g := newGuidance(written, nil, &list)
		g.first()
		g.second(nil)
	}
}
