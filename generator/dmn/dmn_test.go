package dmn_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handvat/generator/dmn"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/prose"
	"handvat/generator/tables/tablestest"
)

// TestTablesAgree runs the exported tables of every decision of the project beside the reference evaluator: in all
// situations where these are few enough, and otherwise in one through every branch of the diagram and random ones. With
// -v it tells how large the tables are.
func TestTablesAgree(t *testing.T) {
	checked := projecttest.Own(t)
	exports, err := dmn.All(checked.Model, dmn.MaxRows)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range exports {
		if e.XML == nil {
			t.Logf("%s is not exported: %s", e.Decision.ID, e.Reason)
			continue
		}
		p := checked.Proofs[i]
		c := newComparison(t, checked.Model, e)
		how := "one through every branch of the diagram, and random ones"
		if p.Situations.IsInt64() && p.Situations.Int64() <= 100_000 {
			how = "all"
			c.all(make(model.Situation, len(checked.Model.Facts)), 0)
		} else {
			edges := 0
			p.Diagram.Edges(func(values []int) bool {
				edges++
				c.complete(values)
				return edges < 10_000
			})
			open := slices.Repeat([]int{model.Open}, len(e.Decision.Questions))
			for range 10_000 {
				c.complete(open)
			}
		}
		for _, s := range e.Tables {
			t.Logf("%s: %s has %d rows over %d columns", e.Decision.ID, s.Name, s.Rows, s.Columns)
		}
		t.Logf("%s: %d situations compared (%s)", e.Decision.ID, c.count, how)
	}
}

func TestTablesOfRandomModelsAgree(t *testing.T) {
	seeds := uint64(300)
	if testing.Short() {
		seeds = 30
	}
	exported := 0
	for seed := range seeds {
		m := tablestest.Random(seed)
		likeChecked(m)
		exports, err := dmn.All(m, 300)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, e := range exports {
			if e.XML == nil {
				continue
			}
			exported++
			c := newComparison(t, m, e)
			open := slices.Repeat([]int{model.Open}, len(e.Decision.Questions))
			for range 200 {
				c.complete(open)
			}
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
	}
	if exported < int(seeds) {
		t.Errorf("only %d decisions of %d models were exported", exported, seeds)
	}
}

// likeChecked gives a random model what package check sees to.
func likeChecked(m *model.Model) {
	for _, f := range m.Facts {
		for i := range f.Values {
			if f.Kind == model.Date && i > 0 {
				f.Values[i].From = fmt.Sprintf("20%02d-01-01", i)
				f.Values[i-1].Until = f.Values[i].From
			}
		}
		if f.Attribute != nil {
			f.Attribute.Entities = m.Parties
			if f.AskedAs != nil {
				f.AskedAs.Values = f.Values
			}
		}
	}
	for _, d := range m.Decisions {
		for _, r := range d.Rules {
			if r.Kind == model.Exception {
				r.Level = max(r.Level, model.OwnWeighing)
			}
		}
	}
}

type comparison struct {
	t      *testing.T
	m      *model.Model
	d      *model.Decision
	doc    *document
	name   string
	names  map[*model.Fact]string
	random *rand.Rand
	count  int
}

func newComparison(t *testing.T, m *model.Model, e *dmn.Export) *comparison {
	t.Helper()
	doc, err := read(e.XML)
	if err != nil {
		t.Fatalf("%s: %v", e.Decision.ID, err)
	}
	c := &comparison{t: t, m: m, d: e.Decision, doc: doc, names: map[*model.Fact]string{}, random: rand.New(rand.NewPCG(1, 2)),
		name: e.Tables[len(e.Tables)-1].Name}
	for _, f := range e.Decision.Questions {
		c.names[f] = strings.ReplaceAll(strings.ReplaceAll(f.ID, "-", "_"), ".", "__")
	}
	return c
}

// possible lists the values a question can have, given those before it; nvt stands for: not asked.
func (c *comparison) possible(f *model.Fact, s model.Situation) []int {
	if f.Gate != nil {
		if asked, err := eval.Holds(f.Gate, s); err != nil {
			c.t.Fatal(err)
		} else if !asked {
			return []int{f.UndefinedIndex()}
		}
	}
	out := make([]int, len(f.Values))
	for v := range out {
		out[v] = v
	}
	return out
}

func (c *comparison) all(s model.Situation, i int) {
	if i == len(c.d.Questions) {
		c.one(s)
		return
	}
	f := c.d.Questions[i]
	for _, v := range c.possible(f, s) {
		s[f.Index] = v
		c.all(s, i+1)
	}
}

func (c *comparison) complete(values []int) {
	s := make(model.Situation, len(c.m.Facts))
	for i, f := range c.d.Questions {
		possible := c.possible(f, s)
		s[f.Index] = possible[c.random.IntN(len(possible))]
		if slices.Contains(possible, values[i]) {
			s[f.Index] = values[i]
		}
	}
	c.one(s)
}

func (c *comparison) one(s model.Situation) {
	for _, i := range c.m.Impossible {
		if ruledOut, err := eval.Holds(i.When, s); err == nil && ruledOut {
			return
		}
	}
	c.count++
	want, err := eval.Answer(c.d, s)
	if err != nil {
		c.t.Fatal(err)
	}
	answers := map[string]any{}
	for _, f := range c.d.Questions {
		switch v := s[f.Index]; {
		case f.HasUndefined() && v == f.UndefinedIndex(): // whatever is filled in for it makes no difference
			answers[c.names[f]] = nil
			if c.random.IntN(3) == 0 {
				answers[c.names[f]] = f.Values[c.random.IntN(len(f.Values))].ID
			}
		case f.Kind == model.Date && f.Values[v].From != "":
			answers[c.names[f]] = day(f.Values[v].From)
		case f.Kind == model.Date:
			answers[c.names[f]] = day("1999-12-31")
		default:
			answers[c.names[f]] = f.Values[v].ID
		}
	}
	described := fmt.Sprint(answers)
	outputs, row, err := c.doc.run(c.name, answers)
	if err != nil {
		c.t.Fatalf("%s: in %s: %v", c.d.ID, described, err)
	}
	if row == nil {
		c.t.Fatalf("%s: in %s no row holds, and the reference says %s", c.d.ID, described, want.Describe(c.d))
	}
	duty := any(model.Duties[0])
	if len(outputs) > 1 {
		duty = outputs[1]
	}
	if outputs[0] != c.d.Outcomes[want.Outcome].ID || duty != model.Duties[want.Duty] {
		c.t.Fatalf("%s: in %s the table says %v and the reference %s", c.d.ID, described, outputs, want.Describe(c.d))
	}
	always, partly := ids(row.notes[0]), ids(row.notes[1])
	for _, id := range always {
		if !slices.ContainsFunc(want.Counting, func(r *model.Rule) bool { return r.ID == id }) {
			c.t.Fatalf("%s: in %s the row names %q, and the reference says %s", c.d.ID, described, id, want.Describe(c.d))
		}
	}
	for _, r := range want.Counting {
		if !slices.Contains(always, r.ID) && !slices.Contains(partly, r.ID) {
			c.t.Fatalf("%s: in %s the row does not name %q", c.d.ID, described, r.ID)
		}
	}
}

func ids(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ", ")
}

// small is the project of the catalogue of mistakes, which has none itself.
func small(t *testing.T) *model.Model {
	t.Helper()
	return projecttest.Archive(t, "../testdata/fouten/base.txtar").Model
}

// TestDocument compares a whole document. UPDATE=1 rewrites what is wanted.
func TestDocument(t *testing.T) {
	m := small(t)
	e, err := dmn.Decision(m, m.Decisions[0], dmn.MaxRows)
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/mag-ik.dmn"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, e.XML, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(e.XML, want) {
		t.Errorf("got\n%s\nwant\n%s", e.XML, want)
	}
	again, err := dmn.Decision(small(t), m.Decisions[0], dmn.MaxRows)
	if err != nil || !bytes.Equal(e.XML, again.XML) {
		t.Error("a second export differs: ", err)
	}
}

// What a decision says and DMN cannot, stands in its description, in the words of the author.
func TestWhatCannotBeSaidIsListed(t *testing.T) {
	checked := projecttest.Own(t)
	exports, err := dmn.All(checked.Model, dmn.MaxRows)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range exports {
		if e.XML == nil {
			continue
		}
		doc := element{}
		if err := xml.Unmarshal(e.XML, &doc); err != nil {
			t.Fatal(err)
		}
		decisions := doc.all("decision")
		about := decisions[len(decisions)-1].text("description")
		d := e.Decision
		texts := slices.Concat(d.Record, d.Inform, d.RecordAtNo, d.InformAtNo)
		for _, r := range d.Rules {
			texts = append(texts, r.Alternative, r.Doubt, r.By)
			for _, c := range r.Conditions {
				texts = append(texts, c.Text)
			}
		}
		for _, o := range d.Outcomes {
			texts = append(texts, o.ID, o.Title, o.Text)
			for _, c := range o.Conditions {
				texts = append(texts, c.Text)
			}
		}
		if d.NoGround != nil {
			texts = append(texts, d.NoGround.Why, d.NoGround.Alternative)
		}
		for _, text := range texts {
			if !strings.Contains(about, strings.TrimSpace(prose.Plain(text))) {
				t.Errorf("%s: nothing about %q", d.ID, text)
			}
		}
	}
}

func TestTooManyRows(t *testing.T) {
	m := small(t)
	e, err := dmn.Decision(m, m.Decisions[0], 1)
	if err != nil {
		t.Fatal(err)
	}
	if want := `de tabel "mag-ik" heeft meer dan 1 rijen nodig`; e.XML != nil || e.Reason != want {
		t.Errorf("got %q, want %q", e.Reason, want)
	}
}

// Ids are names that nobody else has, and references lead somewhere, which the schema does not ask.
func TestIDs(t *testing.T) {
	checked := projecttest.Own(t)
	exports, err := dmn.All(checked.Model, dmn.MaxRows)
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`^[A-Za-z_][\w.-]*$`)
	for _, e := range exports {
		seen := map[string]bool{}
		var refs []string
		d := xml.NewDecoder(bytes.NewReader(e.XML))
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range start.Attr {
				switch a.Name.Local {
				case "id":
					if seen[a.Value] || !name.MatchString(a.Value) {
						t.Errorf("%s: the id %q of a %s is no name, or another's", e.Decision.ID, a.Value, start.Name.Local)
					}
					seen[a.Value] = true
				case "href":
					refs = append(refs, strings.TrimPrefix(a.Value, "#"))
				case "dmnElementRef":
					refs = append(refs, a.Value)
				}
			}
		}
		for _, r := range refs {
			if !seen[r] {
				t.Errorf("%s: %q is nowhere", e.Decision.ID, r)
			}
		}
	}
}

func BenchmarkExport(b *testing.B) {
	checked := projecttest.Own(b)
	for b.Loop() {
		if _, err := dmn.All(checked.Model, dmn.MaxRows); err != nil {
			b.Fatal(err)
		}
	}
}
