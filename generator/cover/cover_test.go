package cover_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handvat/generator/check"
	"handvat/generator/content"
	"handvat/generator/cover"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/syntax"
)

// own reads this project, without its proofs.
func own(t *testing.T) (*model.Model, []*source.File) {
	t.Helper()
	tree, problems, err := source.Read(os.DirFS("../.."), []string{"content", syntax.Folder}, []string{".yaml", ".md"})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	var list diag.List
	m := check.Check(syntax.Parse(tree, &list), content.Parse(tree, &list), &list)
	if !list.Empty() {
		t.Fatal(list.Sorted())
	}
	return m, tree.Files
}

// TestStatus makes one norm of every status, from places alone.
func TestStatus(t *testing.T) {
	norm := func(id, destination string) *model.Norm {
		return &model.Norm{ID: id, Text: "Norm " + id, Destination: destination, Phases: []string{"triage"}}
	}
	rule, page, same, half, gone, open, loose := norm("a", "rule"), norm("b", "rule"), norm("c", "rule"), norm("d", "page"), norm("e", "rule"), norm("f", "rule"), norm("g", "page")
	cites := func(n ...*model.Norm) model.Cited { return model.Cited{Norms: n} }
	m := &model.Model{
		Decisions: []*model.Decision{{ID: "mag-ik", Rules: []*model.Rule{{ID: "regel", Why: "Daarom.", Cited: cites(rule)}}}},
		Guidance: model.Guidance{
			Norms: []*model.Norm{rule, page, same, half, gone, open, loose},
			LeftOut: []*model.LeftOut{{Norm: same, See: []*model.Norm{rule}}, {Norm: half, See: []*model.Norm{rule, open}},
				{Norm: gone, Why: "Gaat over het boek zelf."}},
			Pages: []*model.Page{{ID: "over", Body: model.Prose{
				Markdown: "Vooraf.\n\n## Eén\n\n- Eén\n- [Twee](begrip:x)\n\n### Onder\n\nDrie.\n\n## Vier\n\nVijf.",
				Headings: []model.Heading{{Level: 2, ID: "een", Text: "Eén", Norms: []*model.Norm{page, rule}}, {Level: 3, ID: "onder", Text: "Onder", Norms: []*model.Norm{page}},
					{Level: 2, ID: "vier", Text: "Vier", Norms: []*model.Norm{loose}}},
			}}},
		},
	}
	c := cover.Of(m)
	var b strings.Builder
	for _, n := range c.Norms {
		fmt.Fprintf(&b, "%s %s %v\n", n.ID, cover.Statuses[n.Status], n.Settled)
		for _, p := range n.Places {
			fmt.Fprintf(&b, "  %s %s %q\n", p.Kind, p.ID, p.Text)
		}
	}
	want := `a in-een-regel true
  regel mag-ik:regel "Daarom."
  onderdeel pagina/over#een "Eén\nEén\nTwee\nOnder\nDrie."
b gezegd false
  onderdeel pagina/over#een "Eén\nEén\nTwee\nOnder\nDrie."
  onderdeel pagina/over#onder "Onder\nDrie."
c via true
d open false
e weggelaten true
f open false
g gezegd false
  onderdeel pagina/over#vier "Vier\nVijf."
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	wanted, total := c.RulesWanted()
	if len(wanted) != 2 || wanted[0].ID != "b" || wanted[1].ID != "f" || total != 5 {
		t.Errorf("rules wanted: %d of %d: %v", len(wanted), total, wanted)
	}
	if r := c.Report(m); fmt.Sprint(r.All) != "{7 1 2 1 1 2}" || r.All.Covered() != 4 || fmt.Sprint(r.Destinations) != "[{rule {5 1 1 1 1 1}} {page {2 0 1 0 0 1}}]" {
		t.Errorf("counts %v, %v", r.All, r.Destinations)
	}
	if only := c.Only(cover.Filter{Destination: "page"}); len(only.Norms) != 2 || only.Norm("a") != nil || only.Norm("g") == nil {
		t.Errorf("filtered: %v", only.Norms)
	}
	if only := c.Only(cover.Filter{Phase: "afschaling"}); len(only.Norms) != 0 {
		t.Errorf("filtered by a phase that no norm has: %v", only.Norms)
	}
}

// A sample is the same for the same seed, has no norm twice, and only norms that something names.
func TestSample(t *testing.T) {
	m, _ := own(t)
	c := cover.Of(m)
	ids := func(seed uint64) string {
		var out []string
		for _, n := range c.Sample(20, seed) {
			if len(n.Places) == 0 {
				t.Errorf("%s is named nowhere", n.ID)
			}
			for _, p := range n.Places {
				if p.Text == "" || p.Span.File == "" {
					t.Errorf("%s: nothing to read at %s %s, %s", n.ID, p.Kind, p.ID, p.Span)
				}
			}
			out = append(out, n.ID)
		}
		if len(out) != 20 || len(slices.Compact(slices.Clone(out))) != 20 {
			t.Errorf("seed %d: %v", seed, out)
		}
		return strings.Join(out, " ")
	}
	if ids(1) != ids(1) || ids(1) == ids(2) {
		t.Error("the seed does not decide")
	}
	if all := c.Sample(1<<20, 1); len(all) != len(c.With(cover.Decided))+len(c.With(cover.Said)) {
		t.Errorf("a large sample has %d norms", len(all))
	}
}

// TestEveryNameCounts holds the places that are known against the text of the authors' files: whatever names a norm
// counts, also in a kind of file that was added later. What is left out does not name its norms.
func TestEveryNameCounts(t *testing.T) {
	m, files := own(t)
	c := cover.Of(m)
	id := regexp.MustCompile(`\b[a-z]+-\d{3,4}\b`)
	written := map[string]string{}
	for _, file := range files {
		path := file.Path
		if strings.HasPrefix(path, "content/normen") || filepath.Base(path) == "README.md" {
			continue
		}
		for i, line := range strings.Split(file.Text, "\n") {
			line, _, _ = strings.Cut(line, " # ")
			if strings.HasPrefix(strings.TrimSpace(line), "#") && !strings.Contains(line, "{norm=") {
				continue
			}
			for _, found := range id.FindAllString(line, -1) {
				if c.Norm(found) != nil {
					written[found] = fmt.Sprintf("%s:%d", path, i+1)
				}
			}
		}
	}
	if len(written) < 1000 {
		t.Fatalf("found only %d norms in the files", len(written))
	}
	for _, n := range c.Norms {
		at, named := written[n.ID]
		if named != (len(n.Places) > 0) {
			t.Errorf("%s: named in the files: %v (%s); places: %v", n.ID, named, at, n.Places)
		}
	}
}

// The figures add up, whatever the rows.
func TestReportAddsUp(t *testing.T) {
	m, _ := own(t)
	r := cover.Of(m).Report(m)
	sum := func(c cover.Counts) int { return c.Decided + c.Said + c.Through + c.LeftOut + c.Open }
	for name, list := range map[string][]cover.Row{"documents": r.Documents, "destinations": r.Destinations} {
		total := 0
		for _, row := range list {
			if sum(row.Counts) != row.Norms {
				t.Errorf("%s %s: %+v", name, row.Name, row.Counts)
			}
			total += row.Norms
		}
		if total != len(m.Norms) {
			t.Errorf("%s count %d norms of %d", name, total, len(m.Norms))
		}
	}
}
