package check

import (
	"path"
	"slices"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// Edition checks what a region adds to the decisions of a checked project: the whole, merged, is checked as the national
// decisions are. That it is nowhere more permissive is package verify's work.
func Edition(file *syntax.File, written *content.Content, national *model.Model, r *syntax.Region, list *diag.List) *model.Edition {
	mistakes := list.Len()
	for _, x := range r.Fixed {
		if x.Cited.Empty() {
			list.Addf(x.Fact.Span, "zonder-bron", `het vaste antwoord op "%s" heeft geen "norm:" en geen "bron:"; waar staat dit?`, x.Fact.Value)
		}
	}
	e := &model.Edition{National: national}
	for _, region := range national.Regions {
		if region.ID == r.ID {
			e.Region = region
		}
	}
	if e.Region == nil {
		list.Addf(r.Span, "regio-zonder-pagina", `de regio "%s" heeft regels en geen regio.md; schrijf daar welke regio dit is en op welk document zij steunt`, r.ID)
	}
	named := list.Len()
	merged := file.Edition(r, list)
	if list.Len() > named {
		return e
	}
	nationwide := *written
	nationwide.Sheets = nil // they follow the national decisions, of which a region may have answered a question
	e.Model = Check(merged, &nationwide, list)
	if list.Len() > mistakes {
		return e
	}
	for _, x := range r.Fixed {
		f := factByID(national.Facts, x.Fact.Value)
		follows := factByID(e.Model.Facts, x.Fact.Value).Rules[0]
		e.Fixed = append(e.Fixed, &model.FixedAnswer{Fact: f, Value: f.ValueIndex(x.Value.Value), Why: follows.Why, Span: x.Span, Cited: follows.Cited})
	}
	for _, o := range r.Overlays {
		d := e.Model.Decisions[slices.IndexFunc(e.Model.Decisions, func(d *model.Decision) bool { return d.ID == o.ID.Value })]
		for _, q := range o.Questions {
			if !slices.ContainsFunc(d.Questions, func(f *model.Fact) bool { return f.ID == q.Value }) {
				list.Addf(q.Span, "vraag-doet-niets", `geen regel van deze beslissing kijkt naar "%s"; haal de vraag weg of schrijf de regel`, q.Value)
			}
		}
	}
	e.Touched = touched(e, r)
	return e
}

func factByID(facts []*model.Fact, id string) *model.Fact {
	return facts[slices.IndexFunc(facts, func(f *model.Fact) bool { return f.ID == id })]
}

// touched lists the decisions that the region writes about, those that ask what it fixed, and those that use one of these.
func touched(e *model.Edition, r *syntax.Region) []*model.Touched {
	found := map[*model.Decision]*model.Touched{} // by decision of the edition; nil where it is as it was nationally
	var visit func(d *model.Decision) *model.Touched
	visit = func(d *model.Decision) *model.Touched {
		if t, ok := found[d]; ok {
			return t
		}
		national := e.National.Decisions[slices.IndexFunc(e.National.Decisions, func(n *model.Decision) bool { return n.ID == d.ID })]
		t := &model.Touched{National: national, Regional: d}
		for _, x := range e.Fixed {
			if slices.Contains(national.Questions, x.Fact) {
				t.Fixed, t.Span = append(t.Fixed, x), x.Span
			}
		}
		for _, f := range d.Uses {
			if used := visit(f.Uses); used != nil {
				t.Span = used.Span
			}
		}
		for _, o := range r.Overlays {
			if o.ID.Value == d.ID {
				t.Span = o.ID.Span
			}
		}
		for _, rule := range d.Rules {
			if was := national.Rule(rule.ID); was == nil || was.Span != rule.Span {
				t.Rules = append(t.Rules, rule)
			}
		}
		for _, q := range d.Questions {
			if !slices.ContainsFunc(national.Questions, func(n *model.Fact) bool { return n.ID == q.ID }) {
				t.Questions = append(t.Questions, q)
			}
		}
		if t.Span.File == "" {
			t = nil
		}
		found[d] = t
		return t
	}
	var out []*model.Touched
	for _, d := range e.Model.Decisions {
		if t := visit(d); t != nil {
			out = append(out, t)
		}
	}
	return out
}

// regionalNorms notes what the rules of each region say and which norms they cite. Those that do not exist are reported where the region's
// edition is checked.
func (c *checker) regionalNorms() {
	for _, r := range c.file.Regions {
		region := c.guidance.regions.all[r.ID]
		if region == nil {
			continue
		}
		for _, s := range r.Sayings() {
			rule := model.RegionRule{ID: s.ID.Value, Text: s.Text.Value}
			for _, id := range s.Norms {
				if n := c.guidance.norms.all[id.Value]; n != nil {
					rule.Norms = append(rule.Norms, n)
					rule.At = s.Norms[0].Span
				}
			}
			region.Rules = append(region.Rules, rule)
		}
	}
}

// declareRegions makes the regions, without the decisions that their tensions name.
func (g *guidance) declareRegions() {
	for _, w := range g.written.Regions {
		if folder := path.Base(path.Dir(w.File.Path)); !w.ID.Empty() && w.ID.Value != folder {
			g.list.Addf(w.ID.Span, "andere-naam", `de regio "%s" staat in een map met de naam "%s"; maak die twee gelijk`, w.ID.Value, folder)
		}
		r := &model.Region{ID: w.ID.Value, Name: g.plain(w.Name), Short: g.plain(w.Short), Lead: g.plain(w.Lead), Span: w.Span,
			Body: g.body(w.Body, "regio:"+w.ID.Value)}
		r.Document = one(find(g, some(w.Document), &g.sources, "onbekende-bron", "de bron"))
		for _, n := range w.Names {
			r.Names = append(r.Names, model.LocalName{Name: g.plain(n.Name), Text: g.sentence(n.Text), Cited: g.mustRest(n.Cited, n.Name),
				Phase: one(find(g, some(n.Phase), &g.phases, "onbekende-fase", "de fase"))})
		}
		for _, p := range w.Partners {
			r.Partners = append(r.Partners, model.Partner{Kind: g.plain(p.Kind), Members: g.plainAll(p.Members), Cited: g.mustRest(p.Cited, p.Kind), Party: one(find(g, some(p.Party), &g.partyNames, "onbekende-partij", "de partij"))})
		}
		points := func(written []content.RegionPoint) (out []model.RegionPoint) {
			for _, p := range written {
				out = append(out, model.RegionPoint{Title: g.plain(p.Title), Text: g.sentence(p.Text), Cited: g.mustRest(p.Cited, p.Title)})
			}
			return out
		}
		r.Contact, r.Sending = points(w.Contact), points(w.Sending)
		var ids names[*model.Tension]
		for _, t := range w.Tensions {
			tension := &model.Tension{ID: t.ID.Value, Title: g.plain(t.Title), Advice: g.sentence(t.Advice), Span: t.Span,
				Document: model.Statement{Text: g.sentence(t.Document.Text), Cited: g.mustRest(t.Document.Cited, t.ID)},
				National: model.Statement{Text: g.sentence(t.National.Text), Cited: g.mustRest(t.National.Cited, t.ID)}}
			if declare(g, &ids, t.ID, "de spanning", tension) {
				r.Tensions = append(r.Tensions, tension)
			}
		}
		declare(g, &g.regions, w.ID, "de regio", r)
	}
}

// linkTensions fills in the decisions that tensions name.
func (g *guidance) linkTensions(decisions *names[*model.Decision]) {
	for _, w := range g.written.Regions {
		r := g.regions.all[w.ID.Value]
		if r == nil || r.Span != w.Span {
			continue // one without an id, or the second with the same id
		}
		for _, t := range w.Tensions {
			found := find(g, t.Decisions, decisions, "onbekende-beslissing", "de beslissing")
			for _, tension := range r.Tensions {
				if tension.Span == t.Span {
					tension.Decisions = found
				}
			}
		}
	}
}

// some is a list of what was written, if anything was.
func some(t yamldoc.Text) []yamldoc.Text {
	if t.Empty() {
		return nil
	}
	return []yamldoc.Text{t}
}

func one[T any](found []T) (out T) {
	if len(found) > 0 {
		out = found[0]
	}
	return out
}

// mustRest resolves what a statement about a region rests on, and reports one that rests on nothing: a region says only
// what its document says.
func (g *guidance) mustRest(c content.Cited, what yamldoc.Text) model.Cited {
	if len(c.Norms) == 0 && c.Sources == nil {
		g.list.Addf(what.Span, "zonder-bron", `"%s" heeft geen "norm:" en geen "bron:"; waar staat dit?`, what.Value)
	}
	return g.citedIn(c)
}
