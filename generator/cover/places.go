package cover

import (
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/prose"
	"handvat/generator/source"
)

// Kinds are the kinds of places that can name a norm, in the order in which a report shows them.
var Kinds = []string{"regel", "voorwaarde", "feit", "geval", "fase", "stap", "stroom", "mag-gedeeld", "checklist", "onderdeel", "voorbeeld", "vuistregel", "partij", "gegeven", "begrip", "regio"}

// decides tells of which kinds a norm becomes Decided.
var decides = map[string]bool{"regel": true, "voorwaarde": true}

// A finder collects places.
type finder map[*model.Norm][]Place

// placesOf lists for every norm where it is named. A new kind of content adds its lines here; TestEveryNameCounts sees
// one that was forgotten.
func placesOf(m *model.Model) finder {
	f := finder{}
	for _, d := range m.Decisions {
		for _, r := range d.Rules {
			if r.Through == nil { // one that check made stands for rules of a decision of its own
				f.add("regel", d.ID+":"+r.ID, r.Cited, r.Why, r.Alternative)
			}
		}
		if d.NoGround != nil {
			f.add("regel", d.ID+":geen-grond", d.NoGround.Cited, d.NoGround.Why, d.NoGround.Alternative)
		}
		for _, c := range d.Cases {
			f.add("geval", d.ID+":"+c.ID, c.Cited, c.Name, c.Story)
		}
	}
	for _, fact := range m.Facts {
		for _, r := range fact.Rules {
			when := "anders"
			if !r.Rest {
				when = "als " + model.CondString(r.When)
			}
			f.add("regel", r.ID, r.Cited, fact.ID+" is "+fact.ValueID(r.Level)+" "+when, r.Why)
		}
		words := []string{fact.Question, fact.Why}
		for _, v := range fact.Values {
			words = append(words, "- "+v.Label, v.Help)
		}
		f.add("feit", fact.ID, model.Cited{Norms: fact.Norms, At: fact.Span}, words...)
	}
	for _, c := range m.Conditions {
		f.add("voorwaarde", c.ID, c.Cited, c.Text, c.How)
	}
	for _, p := range slices.Concat(m.Phases, m.Variants) {
		f.statement("fase", p.ID+":doel", p.Purpose)
		f.statement("fase", p.ID+":wie", p.Who)
		f.statement("fase", p.ID+":wat", p.What)
		f.statement("fase", p.ID+":niet", p.WhatNot)
		for _, s := range p.Flows {
			f.add("stroom", p.ID+":"+s.From+" -> "+s.To, s.Cited, s.What, s.Proviso)
		}
		for _, s := range p.Steps {
			f.add("stap", p.ID+":"+s.ID, s.Cited, s.Title, s.Purpose, s.Who)
		}
		for _, s := range p.Shared {
			f.add("mag-gedeeld", p.ID+":"+s.What, s.Cited, s.What, s.Text)
		}
		for _, c := range p.Checklist {
			f.add("checklist", p.ID+":"+c.ID, c.Cited, c.Text, c.How)
		}
		f.sections("fase/"+p.ID, p.Body)
	}
	for _, t := range m.ThumbRules {
		f.add("vuistregel", t.ID, t.Cited, t.Title, t.Short, t.Why, t.Good, t.Bad)
	}
	f.entities("partij", m.Parties)
	f.entities("gegeven", m.Kinds)
	for _, t := range m.Terms {
		f.add("begrip", t.ID, t.Cited, t.Name+": "+t.Meaning)
	}
	for _, p := range m.Pages {
		f.sections("pagina/"+p.ID, p.Body)
	}
	for _, s := range m.Sheets {
		for _, p := range s.Parts {
			for _, c := range p.Checklist {
				f.add("checklist", s.ID+":"+c.ID, c.Cited, c.Text, c.How)
			}
		}
		f.sections("werkblad/"+s.ID, s.Body)
	}
	for _, s := range m.Shelves {
		for _, t := range s.Topics {
			for _, e := range t.Examples {
				f.add("voorbeeld", "kennis/"+t.ID, e.Cited, e.Case, e.Good, e.Bad)
			}
			for _, c := range t.Checklist {
				f.add("checklist", t.ID+":"+c.ID, c.Cited, c.Text, c.How)
			}
			f.sections("kennis/"+t.ID, t.Body)
		}
	}
	for _, r := range m.Regions {
		f.region(r)
	}
	for _, places := range f {
		slices.SortStableFunc(places, func(a, b Place) int { return slices.Index(Kinds, a.Kind) - slices.Index(Kinds, b.Kind) })
	}
	return f
}

// add keeps a place that says something, under every norm that it names.
func (f finder) add(kind, id string, cited model.Cited, words ...string) {
	if len(cited.Norms) == 0 {
		return
	}
	var lines []string
	for _, w := range words {
		if w != "" {
			lines = append(lines, prose.Plain(w))
		}
	}
	f.put(kind, id, strings.Join(lines, "\n"), cited.At, cited.Norms)
}

func (f finder) put(kind, id, text string, at source.Span, norms []*model.Norm) {
	for _, n := range norms {
		f[n] = append(f[n], Place{kind, id, text, at})
	}
}

func (f finder) statement(kind, id string, s model.Statement) { f.add(kind, id, s.Cited, s.Text) }

func (f finder) entities(kind string, all []*model.Entity) {
	for _, e := range all {
		f.add(kind, e.ID, e.Cited, e.Name+": "+e.Short, e.Body.Markdown)
		f.sections(kind+"/"+e.ID, e.Body)
	}
}

func (f finder) region(r *model.Region) {
	for _, rule := range r.Rules {
		f.add("regel", "regio/"+r.ID+":"+rule.ID, rule.Cited, rule.Text)
	}
	for _, n := range r.Names {
		f.add("regio", r.ID+":"+n.Name, n.Cited, n.Name+": "+n.Text)
	}
	for _, p := range r.Partners {
		f.add("regio", r.ID+":"+p.Kind, p.Cited, p.Kind+": "+strings.Join(p.Members, ", "))
	}
	for _, p := range slices.Concat(r.Contact, r.Sending) {
		f.add("regio", r.ID+":"+p.Title, p.Cited, p.Title, p.Text)
	}
	for _, t := range r.Tensions {
		f.statement("regio", r.ID+":"+t.ID, t.Document)
		f.statement("regio", r.ID+":"+t.ID, t.National)
	}
	f.sections("regio/"+r.ID, r.Body)
}

// sections gives each heading that names norms the text below it, down to the next heading of its level or higher.
func (f finder) sections(page string, p model.Prose) {
	lines := strings.Split(prose.Plain(p.Markdown), "\n")
	starts := make([]int, len(p.Headings)+1)
	at := 0
	for i, h := range p.Headings { // a heading is one line of the plain text
		if found := slices.Index(lines[at:], strings.Join(strings.Fields(h.Text), " ")); found >= 0 {
			at += found
		}
		starts[i] = at
		at++
	}
	starts[len(p.Headings)] = len(lines)
	for i, h := range p.Headings {
		end := i + 1
		for end < len(p.Headings) && p.Headings[end].Level > h.Level {
			end++
		}
		f.put("onderdeel", page+"#"+h.ID, strings.Join(lines[starts[i]:starts[end]], "\n"), h.Span, h.Norms)
	}
}
