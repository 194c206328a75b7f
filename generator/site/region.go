package site

import "handvat/generator/model"

func regionHref(r *model.Region) string { return "/regio/" + r.ID + "/" }

// A namedText is something with a name, what to know about it and what that rests on.
type namedText struct {
	Title   string     `json:"titel"`
	Text    string     `json:"tekst"`
	Sources []citation `json:"bronnen,omitempty"`
}

type partner struct {
	Kind    string   `json:"soort"`
	Href    string   `json:"href,omitempty"`
	Members []string `json:"wie"`
}

type tension struct {
	ID        string    `json:"id"`
	Title     string    `json:"titel"`
	Document  statement `json:"document"`
	National  statement `json:"landelijk"`
	Advice    string    `json:"doe"`
	Decisions []link    `json:"beslissingen,omitempty"`
}

// A stricter is a decision that the region touches, with what it adds to it.
type stricter struct {
	Title      string        `json:"titel"`
	Href       string        `json:"href"`
	National   string        `json:"landelijk"` // its address
	Situations string        `json:"situaties"`
	Fixed      []fixedAnswer `json:"vast,omitempty"`
	Questions  []string      `json:"vragen,omitempty"`
	Rules      []addedRule   `json:"regels,omitempty"`
}

type fixedAnswer struct {
	Question string     `json:"vraag"`
	Answer   string     `json:"antwoord"`
	Why      string     `json:"want"`
	Sources  []citation `json:"bronnen,omitempty"`
}

type addedRule struct {
	Href       string      `json:"href"`
	Replaces   bool        `json:"vervangt,omitempty"` // the national rule of the same name
	Why        string      `json:"want"`
	Conditions []condition `json:"voorwaarden,omitempty"`
	Sources    []citation  `json:"bronnen,omitempty"`
}

// regions are the pages of all regions, and of the decisions they touch.
func (w *writer) regions() []page {
	if len(w.in.Model.Regions) == 0 {
		return nil
	}
	var list []map[string]any
	var out []page
	for _, r := range w.in.Model.Regions {
		list = append(list, map[string]any{"href": regionHref(r), "name": r.Name, "short": w.words(r.Lead)})
		own := w // of the region's decisions
		if e := w.editionOf(r); e != nil {
			own = w.forEdition(e)
		}
		out = append(out, w.region(r, own))
		if own != w {
			for _, d := range own.in.Decisions {
				out = append(out, own.decisionPages(d)...)
			}
			out = append(out, w.regionSheets(own)...)
		}
	}
	return append([]page{{Title: w.label("regio"), Layout: "gidsen", URL: "/regio/", Description: w.label("regio-lood"), Params: map[string]any{"lists": []heading[map[string]any]{{Values: list}}}}}, out...)
}

func (w *writer) editionOf(r *model.Region) *Edition {
	for i := range w.in.Editions {
		if w.in.Editions[i].Region == r {
			return &w.in.Editions[i]
		}
	}
	return nil
}

// forEdition is a writer for the decisions of an edition, whose sources stand on the national pages.
func (w *writer) forEdition(e *Edition) *writer {
	own := *w
	own.edition, own.in.Model, own.in.Decisions = e, e.Model, e.Decisions
	own.normHref, own.walked = map[*model.Norm]string{}, map[*model.Decision][]walkPage{}
	national := map[string]string{}
	for n, href := range w.normHref {
		national[n.ID] = href
	}
	for _, n := range e.Model.Norms {
		own.normHref[n] = national[n.ID]
	}
	for _, d := range e.Decisions {
		own.walked[d.Decision] = own.walks(d)
	}
	return &own
}

// region is the page of a region; own writes its decisions, and is w itself where it has none.
func (w *writer) region(r *model.Region, own *writer) page {
	said := func(s model.Statement) statement { return statement{Text: w.words(s.Text), Sources: w.cite(s.Cited)} }
	points := func(list []model.RegionPoint) (out []namedText) {
		for _, p := range list {
			out = append(out, namedText{w.words(p.Title), w.words(p.Text), w.cite(p.Cited)})
		}
		return out
	}
	var tensions []tension
	for _, t := range r.Tensions {
		each := tension{ID: t.ID, Title: w.words(t.Title), Document: said(t.Document), National: said(t.National), Advice: w.words(t.Advice)}
		for _, d := range t.Decisions {
			each.Decisions = append(each.Decisions, link{own.decisionHref(d), d.Title})
		}
		tensions = append(tensions, each)
	}
	var partners []partner
	var fromPartners, fromNames []model.Cited
	count := 0
	for _, p := range r.Partners {
		each := partner{Kind: w.words(p.Kind), Members: p.Members}
		fromPartners = append(fromPartners, p.Cited)
		if p.Party != nil {
			each.Href = "/partijen/" + p.Party.ID + "/"
		}
		count += len(p.Members)
		partners = append(partners, each)
	}
	for _, n := range r.Names {
		if n.Phase != nil {
			fromNames = append(fromNames, n.Cited)
		}
	}
	line, names := w.localNames(r)
	params := map[string]any{
		"short": r.Short, "lead": w.words(r.Lead), "document": link{"/bronnen/" + r.Document.ID + "/", r.Document.Title}, "date": r.Document.Date,
		"line": line, "linesources": w.cite(fromNames...), "names": names, "partners": partners, "partnersources": w.cite(fromPartners...), "count": count, "contact": points(r.Contact), "sending": points(r.Sending),
		"tensions": tensions, "body": w.body(r.Body),
	}
	if own != w {
		params["sheets"] = own.regionSheetCards(func(*model.Sheet) bool { return true })
		params["stricter"], params["same"] = w.stricter(own), len(w.in.Decisions)-len(own.edition.Touched)
	}
	return page{Title: r.Name, Layout: "regio", URL: regionHref(r), Description: r.Lead, Params: params}
}

// localNames is the line of phases as the region calls them, and its other words.
func (w *writer) localNames(r *model.Region) (line []phaseStop, others []namedText) {
	line = w.line(nil)
	for i, p := range w.in.Model.Phases {
		line[i].Question, line[i].Present = w.label("geen-eigen-naam"), ""
		for _, n := range r.Names {
			if n.Phase == p {
				line[i].Title, line[i].Question, line[i].Present = n.Name, w.label("heet-landelijk")+" "+p.Title, w.words(n.Text)
			}
		}
	}
	for _, n := range r.Names {
		if n.Phase == nil {
			others = append(others, namedText{w.words(n.Name), w.words(n.Text), w.cite(n.Cited)})
		}
	}
	return line, others
}

func (w *writer) stricter(own *writer) []stricter {
	e := own.edition
	var out []stricter
	for i, t := range e.Touched {
		s := stricter{Title: t.Regional.Title, Href: own.decisionHref(t.Regional), National: w.decisionHref(t.National)}
		if i < len(e.Decisions) {
			s.Situations = grouped(e.Decisions[i].Figures.Situations)
		}
		s.Fixed = own.fixed(t)
		for _, q := range t.Questions {
			s.Questions = append(s.Questions, questionOf(q))
		}
		for _, r := range t.Rules {
			rule := addedRule{Href: rulesHref(s.Href) + "#" + ruleID(t.Regional, r), Replaces: t.National.Rule(r.ID) != nil, Why: own.words(r.Why), Sources: own.cite(r.Cited)}
			for _, c := range r.Conditions {
				rule.Conditions = append(rule.Conditions, condition{c.ID, own.words(c.Text), own.words(c.How), c.First, own.cite(c.Cited)})
			}
			s.Rules = append(s.Rules, rule)
		}
		out = append(out, s)
	}
	return out
}

// fixed are the answers that the region gave for everybody.
func (w *writer) fixed(t *model.Touched) []fixedAnswer {
	var out []fixedAnswer
	for _, x := range t.Fixed {
		out = append(out, fixedAnswer{questionOf(x.Fact), w.valueLabel(x.Fact, x.Value), w.words(x.Why), w.cite(x.Cited)})
	}
	return out
}

// trail is the way from the start to a decision.
func (w *writer) trail() []link {
	if w.edition != nil {
		return []link{{"/regio/", w.label("regio")}, {regionHref(w.edition.Region), w.edition.Region.Short}}
	}
	return []link{{"/mag-dit/", w.label("mag-dit")}}
}

// ofRegion tells on a region's page of a decision whose it is; nil on a national page.
func (w *writer) ofRegion(d Decision) map[string]any {
	if w.edition == nil {
		return nil
	}
	var fixed []fixedAnswer
	for _, t := range w.edition.Touched {
		if t.Regional == d.Decision {
			fixed = w.fixed(t)
		}
	}
	return map[string]any{"name": w.edition.Region.Name, "href": regionHref(w.edition.Region), "national": "/mag-dit/" + d.Decision.ID + "/", "fixed": fixed}
}

// inRegions lists, on a national page of a decision, the regions in which more holds.
func (w *writer) inRegions(d *model.Decision) []link {
	var out []link
	for i := range w.in.Editions {
		e := &w.in.Editions[i]
		for _, t := range e.Touched {
			if t.National == d && w.edition == nil {
				out = append(out, link{regionHref(e.Region) + "mag-dit/" + d.ID + "/", e.Region.Short})
			}
		}
	}
	return out
}
