package site

import (
	"cmp"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/prose"
)

// A verdict is an answer as people see it: the class decides sign, shape and colour.
type verdict struct {
	Class string `json:"klasse"`
	Word  string `json:"woord"`
}

func (w *writer) level(level int) verdict {
	return verdict{levelClass[level], w.label("oordeel-" + levelClass[level])}
}

// levels are the verdicts, what goes furthest first.
func (w *writer) levels() (out []verdict) {
	for level := len(levelClass) - 1; level >= 0; level-- {
		out = append(out, w.level(level))
	}
	return out
}

type decisionCard struct {
	Href  string `json:"href"`
	Title string `json:"titel"`
	Short string `json:"kort"`
	Lead  string `json:"lood"`
}

func (w *writer) card(d *model.Decision) decisionCard {
	return decisionCard{w.decisionHref(d), d.Title, d.Short, prose.Plain(d.Lead)}
}

type decisionGroup struct {
	ID    string         `json:"id"`
	Title string         `json:"titel"`
	Cards []decisionCard `json:"kaarten"`
}

// groups gives the decisions as visitors look for them; without groups all in one that has no title.
func (w *writer) groups() []decisionGroup {
	var out []decisionGroup
	for _, g := range w.in.Model.Groups {
		out = append(out, decisionGroup{ID: g.ID, Title: g.Title, Cards: w.cards(g.Decisions)})
	}
	if len(out) == 0 {
		out = []decisionGroup{{}}
		for _, d := range w.in.Decisions {
			out[0].Cards = append(out[0].Cards, w.card(d.Decision))
		}
	}
	return out
}

// cards are short entries to decisions, in the order given.
func (w *writer) cards(all []*model.Decision) []decisionCard {
	var out []decisionCard
	for _, d := range all {
		out = append(out, w.card(d))
	}
	return out
}

// ofPhase gives all decisions that are asked in a phase in groups; none where its page names them all already.
func (w *writer) ofPhase(p *model.Phase) []decisionGroup {
	var out []decisionGroup
	more := false
	for _, g := range w.in.Model.Groups {
		var asked []*model.Decision
		for _, d := range g.Decisions {
			if asksIn(p, d) {
				asked = append(asked, d)
				more = more || !slices.Contains(p.Decisions, d)
			}
		}
		if len(asked) > 0 {
			out = append(out, decisionGroup{ID: g.ID, Title: g.Title, Cards: w.cards(asked)})
		}
	}
	if !more {
		return nil
	}
	return out
}

// asksIn tells whether a decision is asked in a phase, or in a step of a variant.
func asksIn(p *model.Phase, d *model.Decision) bool {
	return slices.Contains(p.Decisions, d) || slices.Contains(d.Moments, p.ID) ||
		slices.ContainsFunc(p.Steps, func(s model.Step) bool { return slices.Contains(d.Moments, s.ID) })
}

func phaseHref(p *model.Phase) string { return "/fasen/" + p.ID + "/" }

const variantFolder = "/fasen/varianten/"

func variantHref(p *model.Phase) string { return variantFolder + p.ID + "/" }

type phaseStop struct {
	ID       string `json:"id"`
	Href     string `json:"href"`
	Number   int    `json:"nummer"`
	Title    string `json:"titel"`
	Question string `json:"vraag"`
	Present  string `json:"wie"`
	Current  bool   `json:"nu"`
}

func (w *writer) line(current *model.Phase) []phaseStop {
	var out []phaseStop
	for i, p := range w.in.Model.Phases {
		out = append(out, phaseStop{p.ID, phaseHref(p), i + 1, p.Title, p.Question, p.Present, p == current})
	}
	return out
}

type thumbRule struct {
	ID       string     `json:"id"`
	Href     string     `json:"href"`
	Number   int        `json:"nummer"`
	Title    string     `json:"titel"`
	Short    string     `json:"kort"`
	Why      string     `json:"waarom,omitempty"`
	Good     string     `json:"goed,omitempty"`
	Bad      string     `json:"fout,omitempty"`
	Attitude bool       `json:"houding,omitempty"`
	Phases   []link     `json:"fasen,omitempty"`
	Checked  []link     `json:"getoetst,omitempty"`
	Sources  []citation `json:"bronnen,omitempty"`
}

func (w *writer) shortRule(r *model.ThumbRule) thumbRule {
	return thumbRule{ID: r.ID, Href: "/vuistregels/#" + r.ID, Number: r.Number, Title: r.Title, Short: w.words(r.Short)}
}

func (w *writer) shortRules(rules []*model.ThumbRule) []thumbRule {
	var out []thumbRule
	for _, r := range rules {
		out = append(out, w.shortRule(r))
	}
	return out
}

func (w *writer) home() page {
	return page{Title: w.in.Model.Settings.Title, Layout: "home", URL: "/", Description: w.in.Model.Settings.Promise, Params: map[string]any{
		"sentence": w.sentence(), "groups": w.groups(), "line": w.line(nil), "rules": w.shortRules(w.in.Model.ThumbRules),
	}}
}

type statement struct {
	Key     string     `json:"sleutel"`
	Text    string     `json:"tekst"`
	Sources []citation `json:"bronnen,omitempty"`
}

type shared struct {
	What    string     `json:"wat"`
	Verdict verdict    `json:"oordeel"`
	Text    string     `json:"uitleg"`
	Sources []citation `json:"bronnen,omitempty"`
}

type checkItem struct {
	ID      string     `json:"id"`
	Text    string     `json:"tekst"`
	How     string     `json:"toelichting,omitempty"`
	Sources []citation `json:"bronnen,omitempty"`
}

func (w *writer) checklist(items []model.CheckItem) []checkItem {
	var out []checkItem
	for _, c := range items {
		out = append(out, checkItem{c.ID, w.words(c.Text), w.words(c.How), w.cite(c.Cited)})
	}
	return out
}

type processStep struct {
	ID      string     `json:"id"`
	Title   string     `json:"titel"`
	Purpose string     `json:"doel"`
	Who     string     `json:"wie"`
	Asks    []link     `json:"vragen,omitempty"`
	Sources []citation `json:"bronnen,omitempty"`
}

// processSteps are those of a variant, each with the decisions that are asked in it.
func (w *writer) processSteps(p *model.Phase) []processStep {
	var out []processStep
	for _, s := range p.Steps {
		made := processStep{ID: s.ID, Title: s.Title, Purpose: w.words(s.Purpose), Who: w.words(s.Who), Sources: w.cite(s.Cited)}
		for _, d := range w.in.Model.Decisions {
			if slices.Contains(d.Moments, s.ID) {
				made.Asks = append(made.Asks, link{"/mag-dit/" + d.ID + "/", d.Title})
			}
		}
		out = append(out, made)
	}
	return out
}

// phases are the pages of the phases, and of the variants, which stand below them.
func (w *writer) phases() []page {
	var variants []map[string]any
	for _, p := range w.in.Model.Variants {
		variants = append(variants, map[string]any{"href": variantHref(p), "name": p.Title, "short": w.words(p.Question)})
	}
	out := []page{{Title: w.label("fasen"), Layout: "fasen", URL: "/fasen/", Description: w.label("fasen-lood"), Params: map[string]any{"line": w.line(nil), "variants": variants}}}
	for _, p := range w.in.Model.Phases {
		out = append(out, w.phase(p, phaseHref(p), w.line(p)))
	}
	for _, p := range w.in.Model.Variants {
		out = append(out, w.phase(p, variantHref(p), nil))
	}
	return out
}

// phase is the page of a phase, or of a variant, which has steps in place of a line of phases.
func (w *writer) phase(p *model.Phase, href string, line []phaseStop) page {
	var brief []statement
	for _, s := range []struct {
		key string
		s   model.Statement
	}{{"doel", p.Purpose}, {"wie", p.Who}, {"wat", p.What}, {"niet", p.WhatNot}} {
		if s.s.Text != "" {
			brief = append(brief, statement{s.key, w.words(s.s.Text), w.cite(s.s.Cited)})
		}
	}
	var sharing []shared
	for _, s := range p.Shared {
		sharing = append(sharing, shared{w.words(s.What), w.level(s.Level), w.words(s.Text), w.cite(s.Cited)})
	}
	var sources []link
	for _, s := range p.Sources {
		sources = append(sources, link{"/bronnen/" + s.ID + "/", s.Title})
	}
	rules := w.shortRules(p.ThumbRules)
	for i := range rules {
		rules[i].Short = "" // their own page says it
	}
	return page{Title: p.Title, Layout: "fase", URL: href, Description: p.Lead, Params: map[string]any{
		"lead": w.words(p.Lead), "line": line, "steps": w.processSteps(p), "brief": brief, "flows": w.flows(p), "shared": sharing, "checklist": w.checklist(p.Checklist),
		"decisions": w.cards(p.Decisions), "all": w.ofPhase(p), "rules": rules, "toc": contents(p.Body), "body": w.parts(p.Body), "sources": sources, "sheets": w.sheetsOfPhase(p),
	}}
}

type attribute struct {
	Question string `json:"vraag"`
	Answer   string `json:"antwoord"`
}

// entities are the pages of parties or of kinds of data, and the one that lists them all under their headings.
func (w *writer) entities(folder string, all []*model.Entity) []page {
	attributes := slices.DeleteFunc(slices.Clone(w.in.Model.Attributes), func(a *model.Attribute) bool { return a.Of != folder || a.Headings })
	slices.SortStableFunc(attributes, func(a, b *model.Attribute) int { return cmp.Compare(a.Span.Offset, b.Span.Offset) }) // as written
	listed := &model.Fact{From: folder}
	var cards []map[string]any
	var at []int
	var out []page
	for i, e := range all {
		href := "/" + folder + "/" + e.ID + "/"
		listed.Values = append(listed.Values, model.Value{ID: e.ID, Label: e.Name})
		cards, at = append(cards, map[string]any{"href": href, "name": e.Name, "short": w.words(e.Short)}), append(at, i)
		var answers []attribute
		for _, a := range attributes {
			answer := w.label("verschilt")
			for _, v := range a.Values {
				if v.ID == e.Attributes[a.ID] {
					answer = v.Label
				}
			}
			if e.Attributes[a.ID] != "" {
				answers = append(answers, attribute{a.Question, answer})
			}
		}
		var sharing []link
		if folder == "partijen" {
			sharing = w.sharingOf(e.ID)
		}
		var examples []string
		for _, x := range e.Examples {
			examples = append(examples, w.words(x))
		}
		out = append(out, page{Title: e.Name, Layout: "gids", URL: href, Description: e.Short, Params: map[string]any{
			"folder": folder, "lead": w.words(e.Short), "attributes": answers, "examples": examples, "totest": w.words(e.ToTest),
			"body": w.body(e.Body), "citations": w.cite(e.Cited), "asked": w.asked(folder, e), "sharing": sharing,
		}})
	}
	var lists []heading[map[string]any]
	for _, g := range headings(w.in.Model, listed, at, func(i int) int { return i }) {
		list := heading[map[string]any]{Title: g.Title}
		for _, i := range g.Values {
			list.Values = append(list.Values, cards[i])
		}
		lists = append(lists, list)
	}
	return append([]page{{Title: w.label(folder), Layout: "gidsen", URL: "/" + folder + "/", Description: w.label(folder + "-lood"), Params: map[string]any{"lists": lists}}}, out...)
}

// asked is a question that a party or a kind of data answers, with the decisions that ask it, by phase.
type asked struct {
	Question string      `json:"vraag"`
	Phases   []phaseAsks `json:"fasen"`
}

type phaseAsks struct {
	Title string `json:"titel,omitempty"` // "" outside the phases
	Links []link `json:"links"`
}

// asked gives for each question that a party or a kind of data answers where it is asked, with that answer filled in.
func (w *writer) asked(folder string, e *model.Entity) []asked {
	var out []asked
	for _, f := range w.in.Model.Facts {
		if f.Kind != model.Asked || f.From != folder {
			continue
		}
		a := asked{Question: f.Question}
		add := func(title string, in func(d *model.Decision) bool) {
			var links []link
			for _, g := range w.in.Model.Groups {
				for _, d := range g.Decisions {
					if in(d) && slices.Contains(d.Questions, f) {
						links = append(links, link{"/mag-dit/" + d.ID + "/#" + f.ID + "=" + e.ID, d.Title})
					}
				}
			}
			if len(links) > 0 {
				a.Phases = append(a.Phases, phaseAsks{title, links})
			}
		}
		for _, p := range w.in.Model.Phases {
			add(p.Title, func(d *model.Decision) bool { return asksIn(p, d) })
		}
		add("", func(d *model.Decision) bool {
			return !slices.ContainsFunc(w.in.Model.Phases, func(p *model.Phase) bool { return asksIn(p, d) })
		})
		if len(a.Phases) > 0 {
			out = append(out, a)
		}
	}
	return out
}

func (w *writer) thumbRules() page {
	var rules []thumbRule
	for _, r := range w.in.Model.ThumbRules {
		rule := w.shortRule(r)
		rule.Why, rule.Good, rule.Bad, rule.Attitude, rule.Sources = w.html(r.Why), w.words(r.Good), w.words(r.Bad), r.Attitude, w.cite(r.Cited)
		for _, p := range w.in.Model.Phases {
			for _, id := range r.Phases {
				if p.ID == id {
					rule.Phases = append(rule.Phases, link{"/fasen/" + p.ID + "/", p.Title})
				}
			}
		}
		for _, d := range w.in.Decisions {
			for _, i := range d.Decision.Invariants {
				if i.ThumbRule == r {
					rule.Checked = append(rule.Checked, link{"/mag-dit/" + d.Decision.ID + "/", d.Decision.Short + " (" + grouped(d.Figures.Situations) + ")"})
					break
				}
			}
		}
		rules = append(rules, rule)
	}
	return page{Title: w.label("vuistregels"), Layout: "vuistregels", URL: "/vuistregels/", Description: w.label("vuistregels-lood"), Params: map[string]any{"rules": rules}}
}

func (w *writer) terms() page {
	var terms []map[string]any
	for _, t := range w.in.Model.Terms {
		terms = append(terms, map[string]any{"id": t.ID, "name": t.Name, "also": strings.Join(t.Also, ", "), "meaning": w.html(t.Meaning), "citations": w.cite(t.Cited)})
	}
	return page{Title: w.label("begrippen"), Layout: "begrippen", URL: "/begrippen/", Description: w.label("begrippen-lood"), Params: map[string]any{"terms": terms}}
}
