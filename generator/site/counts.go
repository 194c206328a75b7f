package site

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"handvat/generator/cover"
	"handvat/generator/language"
	"handvat/generator/model"
	"handvat/generator/prose"
)

// A countTable is a table of figures, ready to show.
type countTable struct {
	ID     string       `json:"id"`
	Title  string       `json:"titel"`
	Text   []string     `json:"uitleg"`
	Heads  []string     `json:"koppen"`
	Groups []countGroup `json:"groepen"`
}

type countGroup struct {
	Title string     `json:"titel"`
	Rows  []countRow `json:"rijen"`
}

type countRow struct {
	Name  string   `json:"naam"`
	Href  string   `json:"href"`
	Cells []string `json:"cellen"`
}

// coverage is what came of the norms of the register: the figures of handvat cover.
func (w *writer) coverage() countTable {
	m := w.in.Model
	report := cover.Of(m).Report(m)
	row := func(name, href string, c cover.Counts) countRow {
		out := countRow{Name: name, Href: href}
		for _, n := range []int{c.Norms, c.Decided, c.Said, c.Through, c.LeftOut, c.Open} {
			out.Cells = append(out.Cells, grouped(strconv.Itoa(n)))
		}
		return out
	}
	rows := func(list []cover.Row, name func(string) (name, href string)) []countRow {
		var out []countRow
		for _, r := range list {
			name, href := name(r.Name)
			out = append(out, row(name, href, r.Counts))
		}
		return out
	}
	t := countTable{ID: "dekking", Title: w.label("dekking"), Text: []string{w.label("dekking-uitleg"), w.label("dekking-via")}}
	for _, key := range []string{"soort", "normen", "regel", "gezegd", "via-kop", "weggelaten", "open"} {
		t.Heads = append(t.Heads, w.label("dekking-"+key))
	}
	t.Groups = []countGroup{
		{Rows: []countRow{row(w.label("dekking-alle"), "", report.All)}},
		{w.label("dekking-bron"), rows(report.Documents, func(id string) (string, string) {
			at := slices.IndexFunc(m.Sources, func(s *model.Source) bool { return s.ID == id })
			return m.Sources[at].Short, "/bronnen/" + id + "/"
		})},
		{w.label("dekking-fase"), rows(report.Phases, func(id string) (string, string) {
			if at := slices.IndexFunc(m.Phases, func(p *model.Phase) bool { return p.ID == id }); at >= 0 {
				return m.Phases[at].Title, ""
			}
			if name, ok := w.labels["fase-"+id]; ok {
				return name, ""
			}
			return capital(id), "" // a word of the register that is no phase
		})},
		{w.label("dekking-heen"), rows(report.Destinations, func(id string) (string, string) { return w.label("heen-" + id), "" })},
	}
	return t
}

// A readPage is a page with what it says, for counting.
type readPage struct {
	link
	text []string // Markdown, or plain words
	language.Figures
}

// hardest is how many pages the table of reading names.
const hardest = 10

// readability counts the words of every page, and names the pages that read least easily. The pages of the register keep to
// their sources and are left out.
func (w *writer) readability() countTable {
	pages := w.readPages()
	var all language.Figures
	for i := range pages {
		p := &pages[i]
		for _, text := range p.text {
			p.Figures.Add(language.Measure(prose.Plain(text)))
		}
		all.Add(p.Figures)
	}
	slices.SortStableFunc(pages, func(a, b readPage) int { return cmp.Compare(a.Ease(), b.Ease()) })
	row := func(name, href string, f language.Figures) countRow {
		return countRow{name, href, []string{grouped(strconv.Itoa(f.Words)), decimal(f.PerSentence()), share(f.Long, f.Sentences), decimal(f.Ease())}}
	}
	t := countTable{ID: "leesbaarheid", Title: w.label("leesbaarheid"), Groups: []countGroup{{}}, Text: []string{
		fmt.Sprintf(w.label("leesbaarheid-uitleg"), grouped(strconv.Itoa(all.Words)), grouped(strconv.Itoa(all.Sentences)),
			decimal(all.PerSentence()), share(all.Long, all.Sentences), language.MaxWords),
		w.label("leesbaarheid-formule")}}
	for _, key := range []string{"pagina", "woorden", "per-zin", "lang", "cijfer"} {
		t.Heads = append(t.Heads, w.label("leesbaarheid-"+key))
	}
	for _, p := range pages[:min(hardest, len(pages))] {
		t.Groups[0].Rows = append(t.Groups[0].Rows, row(p.Text, p.Href, p.Figures))
	}
	middle := pages[len(pages)/2]
	t.Groups = append(t.Groups, countGroup{Rows: []countRow{row(fmt.Sprintf(w.label("leesbaarheid-midden"), len(pages)), "", middle.Figures)}})
	return t
}

// readPages lists the pages with what the content says on each; what stands on several counts on each.
func (w *writer) readPages() []readPage {
	m := w.in.Model
	var out []readPage
	add := func(href, title string, text ...string) {
		out = append(out, readPage{link: link{href, title}, text: append([]string{title}, text...)})
	}
	for _, p := range m.Phases {
		text := []string{p.Lead, p.Purpose.Text, p.Who.Text, p.What.Text, p.WhatNot.Text, p.Body.Markdown}
		for _, f := range p.Flows {
			text = append(text, f.What, f.Proviso)
		}
		for _, s := range p.Shared {
			text = append(text, s.What, s.Text)
		}
		for _, c := range p.Checklist {
			text = append(text, c.Text, c.How)
		}
		add("/fasen/"+p.ID+"/", p.Title, text...)
	}
	for _, d := range w.in.Decisions {
		add("/mag-dit/"+d.Decision.ID+"/", d.Decision.Title, decisionText(d.Decision)...)
	}
	for folder, list := range map[string][]*model.Entity{"partijen": m.Parties, "gegevens": m.Kinds} {
		for _, e := range list {
			add("/"+folder+"/"+e.ID+"/", e.Name, append([]string{e.Short, e.ToTest, e.Body.Markdown}, e.Examples...)...)
		}
	}
	var rules, terms []string
	for _, r := range m.ThumbRules {
		rules = append(rules, r.Title, r.Short, r.Why, r.Good, r.Bad)
	}
	for _, t := range m.Terms {
		terms = append(terms, t.Meaning)
	}
	add("/vuistregels/", w.label("vuistregels"), rules...)
	add("/begrippen/", w.label("begrippen"), terms...)
	for _, p := range m.Pages {
		add("/"+p.ID+"/", p.Title, p.Lead, p.Body.Markdown)
	}
	for _, s := range m.Sheets {
		text := []string{s.Lead, s.Warning, s.Body.Markdown}
		for _, f := range s.Fixed {
			text = append(text, f.Text)
		}
		for _, p := range s.Parts {
			text = append(text, p.Title, p.Lead, p.Text)
			for _, c := range p.Checklist {
				text = append(text, c.Text, c.How)
			}
		}
		add(sheetHref(s), s.Title, text...)
	}
	for _, r := range m.Regions {
		text := []string{r.Lead, r.Body.Markdown}
		for _, n := range r.Names {
			text = append(text, n.Text)
		}
		for _, p := range slices.Concat(r.Contact, r.Sending) {
			text = append(text, p.Title, p.Text)
		}
		for _, t := range r.Tensions {
			text = append(text, t.Title, t.Document.Text, t.National.Text, t.Advice)
		}
		add(regionHref(r), r.Name, text...)
	}
	slices.SortFunc(out, func(a, b readPage) int { return strings.Compare(a.Href, b.Href) })
	return out
}

// decisionText is what a visitor can read on the page of a decision: questions, answers, outcomes, rules and conditions.
func decisionText(d *model.Decision) []string {
	text := slices.Concat([]string{d.Lead}, d.Record, d.Inform, d.RecordAtNo, d.InformAtNo)
	seen := map[*model.Condition]bool{}
	conditions := func(list []*model.Condition) {
		for _, c := range list {
			if !seen[c] {
				seen[c] = true
				text = append(text, c.Text, c.How)
			}
		}
	}
	for _, f := range d.Questions {
		text = append(text, f.Question, f.Why)
		for _, v := range f.Values {
			text = append(text, v.Label, v.Help)
		}
	}
	for _, o := range d.Outcomes {
		text = append(text, o.Title, o.Text)
		conditions(o.Conditions)
	}
	for _, r := range d.Rules {
		text = append(text, r.Why, r.Alternative)
		conditions(r.Conditions)
	}
	if d.NoGround != nil {
		text = append(text, d.NoGround.Why, d.NoGround.Alternative)
	}
	return text
}

// decimal writes a number with one digit behind a comma.
func decimal(f float64) string {
	return strings.Replace(strconv.FormatFloat(f, 'f', 1, 64), ".", ",", 1)
}

// share writes a part of a whole as a percentage.
func share(part, whole int) string { return decimal(100*float64(part)/float64(max(whole, 1))) + "%" }
