package site

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"handvat/generator/model"
)

const sheetsHref = "/meenemen/"

func sheetHref(s *model.Sheet) string { return sheetsHref + s.ID + "/" }

type sheetCard struct {
	Href  string `json:"href"`
	Title string `json:"titel"`
	Short string `json:"kort"`
}

// sheetCards lists the sheets for which a place asks.
func (w *writer) sheetCards(wanted func(*model.Sheet) bool) []sheetCard {
	var out []sheetCard
	for _, s := range w.in.Model.Sheets {
		if wanted(s) {
			out = append(out, sheetCard{sheetHref(s), s.Title, s.Short})
		}
	}
	return out
}

func (w *writer) sheetsOfPhase(p *model.Phase) []sheetCard {
	return w.sheetCards(func(s *model.Sheet) bool { return slices.Contains(s.Phases, p) })
}

// sheetsOf lists the sheets that are offered on the outcome of a decision: in a region those that it changes.
func (w *writer) sheetsOf(d *model.Decision) []sheetCard {
	wanted := func(s *model.Sheet) bool {
		return slices.ContainsFunc(s.Decisions, func(other *model.Decision) bool { return other.ID == d.ID })
	}
	if w.edition != nil {
		return w.regionSheetCards(wanted)
	}
	return w.sheetCards(wanted)
}

type sheetPart struct {
	ID        string        `json:"id"`
	Title     string        `json:"titel"`
	Lead      string        `json:"lood,omitempty"`
	Fields    []sheetField  `json:"velden,omitempty"`
	Columns   []sheetColumn `json:"kolommen,omitempty"`
	Rows      []int         `json:"rijen,omitempty"` // their numbers
	Most      int           `json:"hoogstens,omitempty"`
	Text      string        `json:"tekst,omitempty"`
	Checklist []checkItem   `json:"checklist,omitempty"`
	Verdict   bool          `json:"oordeel,omitempty"`
	OffPaper  bool          `json:"invullen,omitempty"`
}

type sheetColumn struct {
	Title   string       `json:"titel"`
	Fields  []sheetField `json:"velden"`
	Verdict bool         `json:"oordeel,omitempty"`
}

type sheetField struct {
	ID      string        `json:"id"`
	Name    string        `json:"naam"`
	Lines   int           `json:"regels"`
	Length  int           `json:"tekens"`
	Options []sheetOption `json:"keuzes,omitempty"`
}

type sheetOption struct {
	Text    string `json:"tekst"`
	Answers string `json:"antwoorden,omitempty"` // for the module: "question.value ..."
	Facts   string `json:"feiten,omitempty"`     // for the address of the decision
}

// A sheetTest is what the script needs to hold a sheet against the rules of a decision.
type sheetTest struct {
	Href      string    `json:"href"`
	Title     string    `json:"titel"`
	Module    string    `json:"module"`
	Entry     int       `json:"ingang"`
	Questions int       `json:"vragen"`
	Fixed     string    `json:"vast"`   // the answers taken for granted, the date among them
	Facts     string    `json:"feiten"` // those without the date, as an address has them
	Verdicts  []verdict `json:"oordelen"`
	Rules     string    `json:"regels"` // the page of the rules
}

// sheets are the pages of what people take to the table, after the page that lists them; none where there are no sheets.
func (w *writer) sheets() []page {
	if len(w.in.Model.Sheets) == 0 {
		return nil
	}
	out := []page{{Title: w.label("meenemen"), Layout: "werkbladen", URL: sheetsHref, Description: w.label("meenemen-lood"),
		Params: map[string]any{"list": w.sheetCards(func(*model.Sheet) bool { return true })}}}
	for _, s := range w.in.Model.Sheets {
		out = append(out, w.sheet(s))
	}
	return out
}

func (w *writer) sheet(s *model.Sheet) page {
	empty := map[string]string{}
	var parts []sheetPart
	for _, p := range s.Parts {
		part := sheetPart{ID: p.ID, Title: p.Title, Lead: w.words(p.Lead), Fields: w.sheetFields(s, p.Fields, empty), Most: p.Most, Checklist: w.checklist(p.Checklist), Verdict: p.Verdict, OffPaper: p.OffPaper}
		for _, c := range p.Columns {
			part.Columns = append(part.Columns, sheetColumn{c.Title, w.sheetFields(s, c.Fields, empty), c.Verdict})
		}
		for i := range p.Rows {
			part.Rows = append(part.Rows, i+1)
		}
		parts = append(parts, part)
	}
	for i, p := range s.Parts {
		parts[i].Text = gaps(w.html(p.Text), empty)
	}
	var taken []string
	for _, f := range s.Fixed {
		taken = append(taken, w.words(f.Text))
	}
	var phases []link
	for _, p := range s.Phases {
		phases = append(phases, link{phaseHref(p), p.Title})
	}
	var decisions []link
	for _, d := range s.Decisions {
		decisions = append(decisions, link{w.decisionHref(d), d.Title})
	}
	return page{Title: s.Title, Layout: "werkblad", URL: sheetHref(s), Description: s.Short, Params: map[string]any{
		"id": s.ID, "lead": w.words(s.Lead), "warning": w.words(s.Warning), "landscape": s.Landscape, "taken": taken, "parts": parts,
		"test": w.sheetTest(s), "body": w.body(s.Body), "phases": phases, "decisions": decisions, "regions": w.sheetInRegions(s),
	}}
}

func (w *writer) sheetFields(s *model.Sheet, fields []model.SheetField, empty map[string]string) []sheetField {
	var out []sheetField
	for _, f := range fields {
		field := sheetField{ID: f.ID, Name: f.Name, Lines: f.Lines, Length: f.Length}
		empty[f.ID] = f.Say
		for _, o := range f.Options {
			answers, facts := sheetAnswers(s.Tested, o.Answers)
			field.Options = append(field.Options, sheetOption{o.Text, answers, facts})
		}
		out = append(out, field)
	}
	return out
}

// sheetAnswers writes answers for the module, and for an address.
func sheetAnswers(d *model.Decision, answers []model.SheetAnswer) (numbers, facts string) {
	var n, f []string
	for _, a := range answers {
		n = append(n, fmt.Sprintf("%d.%d", a.Question, a.Value))
		f = append(f, d.Questions[a.Question].ID+"="+d.Questions[a.Question].ValueID(a.Value))
	}
	return strings.Join(n, " "), strings.Join(f, "&")
}

var gap = regexp.MustCompile(`\{([^{}]*)\}`)

// gaps makes the places for what was filled in; an empty one shows what belongs there.
func gaps(html string, empty map[string]string) string {
	return gap.ReplaceAllStringFunc(html, func(found string) string {
		id := found[1 : len(found)-1]
		return fmt.Sprintf(`<span class="gat" data-veld="%s">[%s]</span>`, id, empty[id])
	})
}

// sheetTest gives the rules that a sheet is held against, or nil. Of the decisions that these use no rules come along: the
// page of the decision has them.
func (w *writer) sheetTest(s *model.Sheet) *sheetTest {
	at := slices.IndexFunc(w.in.Decisions, func(d Decision) bool { return d.Decision == s.Tested })
	if at < 0 {
		return nil
	}
	d := w.in.Decisions[at]
	root := w.decisionHref(d.Decision)
	test := &sheetTest{Href: root, Title: d.Decision.Title, Module: "/" + w.modules[d.Decision].module, Entry: entryOf(d), Questions: len(d.Decision.Questions), Rules: rulesHref(root)}
	var fixed []model.SheetAnswer
	for _, f := range s.Fixed {
		fixed = append(fixed, f.Answers...)
	}
	_, test.Facts = sheetAnswers(d.Decision, fixed)
	for i, q := range d.Decision.Questions {
		if q.Kind == model.Date {
			fixed = append(fixed, model.SheetAnswer{Question: i, Value: w.today(q)})
		}
	}
	test.Fixed, _ = sheetAnswers(d.Decision, fixed)
	for level := range levelClass {
		test.Verdicts = append(test.Verdicts, w.level(level))
	}
	return test
}
