package browser

import (
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"handvat/generator/build"
	"handvat/generator/diag"
	"handvat/generator/eval"
	"handvat/generator/frontend"
	"handvat/generator/model"
	"handvat/static"
	"handvat/theme"
)

// A project is the real content and the site that is made of it.
type project struct {
	*build.Checked
	compiled *build.Compiled
	assets   frontend.Assets
	files    map[string][]byte // without a service worker: that is for the tests about it
}

// made builds the site once for all tests.
var made = sync.OnceValues(func() (*project, error) {
	var list diag.List
	checked, err := build.Check(os.DirFS("../.."), &list)
	if err != nil {
		return nil, err
	}
	if !list.Empty() {
		var b strings.Builder
		list.Write(&b)
		return nil, fmt.Errorf("the content has mistakes:\n%s", b.String())
	}
	compiled, err := build.Compile(checked)
	if err != nil {
		return nil, err
	}
	files, err := build.Site(checked, compiled, theme.Files, static.Files, build.SiteOptions{BaseURL: "https://handvat.example/"})
	if err != nil {
		return nil, err
	}
	assets, err := frontend.Build(theme.Files)
	return &project{checked, compiled, assets, files}, err
})

func realSite(t testing.TB) *project {
	t.Helper()
	p, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// pages lists every page by its path as a visitor sees it, "" for the home page; not the page for unknown addresses.
func (p *project) pages() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		if path.Base(name) == "index.html" {
			out = append(out, strings.TrimSuffix(name, "index.html"))
		}
	}
	return out
}

// templates picks one page of every template: of a folder with pages below it the folder itself and its first page.
func (p *project) templates() []string {
	var out []string
	kinds := map[string]bool{}
	for _, page := range p.pages() {
		parts := strings.Split(strings.TrimSuffix(page, "/"), "/")
		kind := parts[0]
		switch {
		case isDecision(page):
			continue // their states are looked at one by one
		case page == "":
		case parts[len(parts)-1] == "boom", parts[len(parts)-1] == "regels":
			kind = parts[len(parts)-1]
		case len(parts) > 1:
			kind = parts[0] + strings.Repeat("/x", len(parts)-1)
		case !p.hasBelow(page):
			kind = "pagina"
		}
		if parts[0] == "vuistregels" || parts[0] == "begrippen" || parts[0] == "verantwoording" || parts[0] == "zoeken" || parts[0] == "a-z" || parts[0] == "onderdelen" { // with a part of their own
			kind = parts[0]
		}
		if !kinds[kind] {
			kinds[kind] = true
			out = append(out, page)
		}
	}
	return out
}

func (p *project) hasBelow(page string) bool {
	return slices.ContainsFunc(p.pages(), func(other string) bool { return other != page && strings.HasPrefix(other, page) })
}

// isDecision tells whether a page is that of a decision, not one of its steps below it.
func isDecision(page string) bool {
	folders := strings.Split(page, "/")
	if folders[0] == "regio" && len(folders) > 2 {
		folders = folders[2:] // a region has pages of its own for the decisions it touches
	}
	return folders[0] == "mag-dit" && len(folders) == 3
}

// A located decision has a page.
type located struct {
	build.Decision
	m    *model.Model
	page string
	id   string // of the decision, with its region
}

// located lists the decisions of the nation and of every region that touches one.
func (p *project) located() []located {
	var out []located
	for _, d := range p.compiled.Decisions {
		id := d.Proof.Decision.ID
		out = append(out, located{d, p.Model, "mag-dit/" + id + "/", id})
	}
	for i, e := range p.Editions {
		for _, d := range p.compiled.Editions[i] {
			id := d.Proof.Decision.ID
			out = append(out, located{d, e.Model, "regio/" + e.Region.ID + "/mag-dit/" + id + "/", e.Region.ID + "-" + id})
		}
	}
	return out
}

// A journey is a case of the authors as a visitor would go through it.
type journey struct {
	at        located
	d         *model.Decision
	c         *model.Case
	situation model.Situation
	outcome   int
}

func (j journey) page() string { return j.at.page }

func (j journey) name() string { return j.at.id + "/" + j.c.ID }

// verdict is the word for the outcome, or the duty where what is allowed must be done too.
func (j journey) verdict() string {
	answer, err := eval.Answer(j.d, j.situation)
	if err == nil && answer.Duty > 0 && j.d.Kind == model.Permit && answer.Outcome > model.OwnWeighing {
		return themeWords("plicht-" + model.Duties[answer.Duty])
	}
	return j.d.Outcomes[j.outcome].Title
}

// themeWords are those that the theme has for a key.
func themeWords(key string) string {
	data, err := theme.Files.ReadFile("i18n/nl.toml")
	_, rest, found := strings.Cut(string(data), "\n"+key+" = \"")
	if err != nil || !found {
		panic("BUG: the theme has no words for " + key)
	}
	words, _, _ := strings.Cut(rest, "\"\n")
	return words
}

// fragment carries the answers of the case.
func (j journey) fragment() string {
	var parts []string
	for _, f := range j.d.Questions {
		if _, given := j.c.Answers[f]; given && f.Kind != model.Date && j.situation[f.Index] < len(f.Values) {
			parts = append(parts, f.ID+"="+f.ValueID(j.situation[f.Index]))
		}
	}
	return "#" + strings.Join(parts, "&")
}

// unknown carries the same questions, none of which the visitor can answer.
func (j journey) unknown() string {
	var parts []string
	for _, f := range j.d.Questions {
		if f.Kind != model.Date {
			parts = append(parts, f.ID+"=weet-niet")
		}
	}
	return "#" + strings.Join(parts, "&")
}

// journeys gives for every outcome of every decision the first case that holds on the day of the site.
func (p *project) journeys(t testing.TB) []journey {
	t.Helper()
	var out []journey
	for _, at := range p.located() {
		d, seen := at.Proof.Decision, map[int]bool{}
		for _, c := range d.Cases {
			if !seen[c.Expect.Outcome] && p.interval(d, c) == p.today(d) && p.possible(t, at, c) {
				seen[c.Expect.Outcome] = true
				out = append(out, p.journey(t, at, c))
			}
		}
		if len(seen) == 0 && at.m == p.Model { // a region need not have cases of its own
			t.Errorf("%s has no case that holds today", d.ID)
		}
	}
	return out
}

// firsts picks the first journey of every decision.
func firsts(all []journey) []journey {
	var out []journey
	seen := map[*model.Decision]bool{}
	for _, j := range all {
		if !seen[j.d] {
			seen[j.d] = true
			out = append(out, j)
		}
	}
	return out
}

// ofEveryKind keeps the journeys of the first decision of every kind: those have all there is to see.
func ofEveryKind(all []journey) []journey {
	first := map[model.Kind]*model.Decision{}
	return slices.DeleteFunc(slices.Clone(all), func(j journey) bool {
		if first[j.d.Kind] == nil {
			first[j.d.Kind] = j.d
		}
		return first[j.d.Kind] != j.d
	})
}

// otherDates gives for every decision and every other interval of its date the first case.
func (p *project) otherDates(t *testing.T) []journey {
	t.Helper()
	var out []journey
	for _, at := range p.located() {
		d := at.Proof.Decision
		seen := map[int]bool{p.today(d): true}
		for _, c := range d.Cases {
			if i := p.interval(d, c); !seen[i] && p.possible(t, at, c) {
				seen[i] = true
				out = append(out, p.journey(t, at, c))
			}
		}
	}
	return out
}

// possible tells whether a case with first answers to what it leaves open can occur.
func (p *project) possible(t testing.TB, at located, c *model.Case) bool {
	s := p.situation(t, at, c.Answers)
	return !slices.ContainsFunc(at.m.Impossible, func(i *model.Impossible) bool {
		holds, err := eval.Holds(i.When, s)
		return holds && err == nil
	})
}

func (p *project) journey(t testing.TB, at located, c *model.Case) journey {
	t.Helper()
	d := at.Proof.Decision
	j := journey{at: at, d: d, c: c, situation: p.situation(t, at, c.Answers)}
	if j.outcome = reference(t, d, j.situation); j.outcome != c.Expect.Outcome {
		t.Fatalf("%s: with first answers to what it leaves open the outcome is %s", j.name(), d.Outcomes[j.outcome].ID)
	}
	return j
}

// written tells whether the steps of a decision are pages, for visitors without scripts. Those of a large one are not.
func (p *project) written(j journey) bool {
	_, ok := p.files[j.page()+"stappen/index.html"]
	return ok
}

// start is where the visitor of a journey begins.
func (p *project) start(j journey, scripts Scripts) string {
	i := p.interval(j.d, j.c)
	if i == p.today(j.d) {
		return j.page()
	}
	if scripts != NoScripts {
		return j.page() + "#datum=" + j.c.Date
	}
	// A date that makes no difference has no pages of its own.
	page := j.page() + "stappen/" + dateOf(j.d).Values[i].ID + "/"
	if _, ok := p.files[page+"index.html"]; !ok {
		return j.page()
	}
	return page
}

// reference is the outcome that the reference evaluator finds.
func reference(t testing.TB, d *model.Decision, s model.Situation) int {
	t.Helper()
	answer, err := eval.Answer(d, s)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Outcome
}

// dateOf is the question of a decision that asks the date, or nil.
func dateOf(d *model.Decision) *model.Fact {
	for _, f := range d.Questions {
		if f.Kind == model.Date {
			return f
		}
	}
	return nil
}

// interval is the index of the interval in which a case plays.
func (p *project) interval(d *model.Decision, c *model.Case) int {
	if v, given := c.Answers[dateOf(d)]; given {
		return v
	}
	return p.today(d)
}

// today is the index of the interval that holds the day of the site; 0 where the date does not matter.
func (p *project) today(d *model.Decision) int {
	f := dateOf(d)
	if f == nil {
		return 0
	}
	return slices.IndexFunc(f.Values, func(v model.Value) bool {
		return (v.From == "" || v.From <= p.Model.Settings.Date) && (v.Until == "" || p.Model.Settings.Date < v.Until)
	})
}

// situation completes answers: what they leave open gets its first value, and the date is that of the site.
func (p *project) situation(t testing.TB, at located, answers map[*model.Fact]int) model.Situation {
	t.Helper()
	d, s := at.Proof.Decision, make(model.Situation, len(at.m.Facts))
	for i := range s {
		s[i] = model.Open
	}
	for _, f := range d.Questions {
		v, given := answers[f]
		if !given && f.Kind == model.Date {
			v = p.today(d)
		}
		if f.Gate != nil {
			holds, err := eval.Holds(f.Gate, s)
			if err != nil {
				t.Fatal(err)
			}
			if !holds {
				v = f.UndefinedIndex()
			}
		}
		s[f.Index] = v
	}
	return s
}
