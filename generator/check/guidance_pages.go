package check

import (
	"fmt"
	"strings"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/prose"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// declarePhases makes the phases or the variants; which decisions they name is filled in later. The rules of thumb they
// name are too, since those in turn name phases.
func (g *guidance) declarePhases(written []*content.Phase, known *names[*model.Phase], scheme string) {
	taken := map[int]source.Span{}
	for _, w := range written {
		g.sameName(w.ID, w.File, "de "+scheme)
		p := &model.Phase{
			ID: w.ID.Value, Order: g.order(w.Order, "volgorde", taken), Title: g.plain(w.Title), Question: g.plain(w.Question),
			Present: g.plain(w.Present), Lead: g.plain(w.Lead),
			Purpose: g.statement(w.Purpose), Who: g.statement(w.Who), What: g.statement(w.What), WhatNot: g.statement(w.WhatNot),
			Sources: find(g, w.Sources, &g.sources, "onbekende-bron", "de bron"),
			Body:    g.body(w.Body, scheme+":"+w.ID.Value),
			Span:    w.Span,
		}
		var steps names[int]
		for i, s := range w.Steps {
			declare(g, &steps, s.ID, "de stap van deze variant", i)
			p.Steps = append(p.Steps, model.Step{ID: s.ID.Value, Title: g.plain(s.Title), Who: g.plain(s.Who), Purpose: g.sentence(s.Purpose), Cited: g.citedIn(s.Cited)})
		}
		p.Picture, p.Flows = g.flows(w)
		for _, s := range w.Shared {
			p.Shared = append(p.Shared, model.Shared{What: g.plain(s.What), Level: g.level(s.Level), Text: g.sentence(s.Text), Cited: g.citedIn(s.Cited)})
		}
		p.Checklist = g.checklist(w.Checklist)
		declare(g, known, w.ID, "de "+scheme, p)
	}
}

func (g *guidance) checklist(written []content.CheckItem) []model.CheckItem {
	var ids names[int]
	var out []model.CheckItem
	for i, c := range written {
		declare(g, &ids, c.ID, "de regel van deze checklist", i)
		out = append(out, model.CheckItem{ID: c.ID.Value, Text: g.plain(c.Text), How: g.plain(c.How), Cited: g.citedIn(c.Cited)})
	}
	return out
}

func (g *guidance) statement(w content.Statement) model.Statement {
	return model.Statement{Text: g.sentence(w.Text), Cited: g.citedIn(w.Cited)}
}

func (g *guidance) declareThumbRules() {
	taken := map[int]source.Span{}
	for _, w := range g.written.ThumbRules {
		g.sameName(w.ID, w.File, "de vuistregel")
		t := &model.ThumbRule{
			ID: w.ID.Value, Number: g.order(w.Number, "nummer", taken), Title: g.plain(w.Title), Short: g.plain(w.Short), Why: g.text(w.Why),
			Good: g.plain(w.Good), Bad: g.plain(w.Bad), Attitude: w.Attitude, Span: w.Span, Cited: g.citedIn(w.Cited),
		}
		for _, phase := range find(g, w.Phases, &g.phases, "onbekende-fase", "de fase") {
			t.Phases = append(t.Phases, phase.ID)
		}
		if strings.TrimSpace(w.Body.Value) != "" {
			at := w.File.Span(w.Body.Span.Offset+len(w.Body.Value)-len(strings.TrimLeft(w.Body.Value, " \t\n")), len(w.File.Text))
			g.list.Addf(at, "tekst-te-veel", `onder de kop van een vuistregel staat geen tekst; zet haar achter "waarom", "goed" of "fout"`)
		}
		declare(g, &g.thumbRules, w.ID, "de vuistregel", t)
	}
	g.eachPhase(func(w *content.Phase, p *model.Phase) {
		p.ThumbRules = find(g, w.ThumbRules, &g.thumbRules, "onbekende-vuistregel", "de vuistregel")
	})
}

// declareTopics makes the topics; which decisions they name is filled in later.
func (g *guidance) declareTopics() {
	for _, w := range g.written.Topics {
		g.sameName(w.ID, w.File, "de kennispagina")
		t := &model.Topic{ID: w.ID.Value, Title: g.plain(w.Title), Lead: g.plain(w.Lead), Checklist: g.checklist(w.Checklist),
			Body: g.body(w.Body, "kennis:"+w.ID.Value), Span: w.Span}
		for _, sentence := range w.Remember {
			t.Remember = append(t.Remember, g.sentence(sentence))
		}
		for _, e := range w.Examples {
			t.Examples = append(t.Examples, model.Example{Case: g.plain(e.Case), Good: g.plain(e.Good), Bad: g.plain(e.Bad), Cited: g.citedIn(e.Cited)})
		}
		declare(g, &g.topics, w.ID, "de kennispagina", t)
	}
}

func (g *guidance) declarePages() {
	for _, w := range g.written.Pages {
		g.sameName(w.ID, w.File, "de pagina")
		declare(g, &g.pages, w.ID, "de pagina", &model.Page{ID: w.ID.Value, Title: g.plain(w.Title), Lead: g.plain(w.Lead),
			Body: g.body(w.Body, "pagina:"+w.ID.Value), Span: w.Span})
	}
}

// entities makes parties or kinds of data, by name, each with a value for every attribute of its list.
func (g *guidance) entities(written []*content.Entity, known *names[*model.Entity], of, scheme, what string) []*model.Entity {
	attributes := map[string]*model.Attribute{}
	var ids []string
	for _, a := range g.attributeSet {
		if a.Of == of {
			attributes[a.ID] = a
			ids = append(ids, a.ID)
		}
	}
	for _, w := range written {
		g.sameName(w.ID, w.File, what)
		e := &model.Entity{ID: w.ID.Value, Name: g.plain(w.Name), Short: g.plain(w.Short), Also: g.plainAll(w.Also), Examples: g.plainAll(w.Examples), Attributes: map[string]string{}, ToTest: g.plain(w.ToTest), Place: w.Place,
			Body: g.body(w.Body, scheme+":"+w.ID.Value), Span: w.Span, Cited: g.citedIn(w.Cited)}
		for _, pair := range w.Attributes {
			attribute := attributes[pair.Key.Value]
			if attribute == nil {
				g.list.Addf(pair.Key.Span, "onbekend-kenmerk", `"%s" is geen kenmerk van %s%s`, pair.Key.Value, of, diag.Suggest(pair.Key.Value, ids))
				continue
			}
			e.Attributes[attribute.ID] = g.attributeValue(attribute, pair.Value)
		}
		for _, id := range ids {
			if _, ok := e.Attributes[id]; !ok {
				g.list.Addf(w.AttrSpan, "ontbrekend-kenmerk", `%s "%s" mist het kenmerk "%s"%s`, what, w.ID.Value, id, diag.Suggest("", valuesOf(attributes[id])))
			}
		}
		declare(g, known, w.ID, what, e)
	}
	return sortedBy(known.sorted(), func(e *model.Entity) string { return prose.Slug(e.Name) })
}

func (g *guidance) attributeValue(attribute *model.Attribute, value yamldoc.Text) string {
	known := valuesOf(attribute)
	for _, v := range known {
		if v == value.Value {
			return v
		}
	}
	g.list.Addf(value.Span, "onbekende-waarde", `"%s" is geen waarde van het kenmerk "%s"%s`, value.Value, attribute.ID, diag.Suggest(value.Value, known))
	return value.Value
}

// valuesOf gives what an attribute can be, "it differs" among them.
func valuesOf(attribute *model.Attribute) []string {
	var out []string
	for _, v := range attribute.Values {
		out = append(out, v.ID)
	}
	return append(out, model.Differs)
}

// body reads the Markdown below the head of a file. page is how others link to it.
func (g *guidance) body(t yamldoc.Text, page string) model.Prose {
	file := g.written.Files[t.Span.File]
	if file == nil {
		panic(fmt.Sprintf("BUG: %s is not in the tree", t.Span.File))
	}
	doc := prose.Parse(file, t.Span, t.Value, g.list)
	out := model.Prose{Markdown: strings.TrimSpace(t.Value)}
	for _, h := range doc.Headings {
		var norms []yamldoc.Text
		for _, norm := range h.Norms {
			norms = append(norms, yamldoc.Text{Value: norm.ID, Span: norm.Span})
		}
		out.Headings = append(out.Headings, model.Heading{Level: h.Level, ID: h.ID, Text: h.Text, Norms: g.findNorms(norms), Span: h.Span})
		g.anchors[page] = append(g.anchors[page], h.ID)
	}
	g.later(doc.Links, page)
	return out
}
