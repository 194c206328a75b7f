package site

import (
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/prose"
	"handvat/generator/search"
)

// searchable is everything that visitors can find, those of one kind together.
func (w *writer) searchable() []search.Item {
	m := w.in.Model
	var out []search.Item
	add := func(kind, href, title, lead string, also []string, phases []*model.Phase, body model.Prose, texts ...string) {
		it := search.Item{Kind: kind, Href: strings.TrimPrefix(href, "/"), Title: title, Also: also, Lead: prose.Plain(lead)}
		var names []string
		for _, p := range phases {
			names = append(names, p.Title)
		}
		it.Phase = strings.Join(names, ", ")
		for _, h := range body.Headings {
			it.Headings = append(it.Headings, search.Heading{ID: h.ID, Text: h.Text})
		}
		for _, text := range append(texts, body.Markdown) {
			it.Text += prose.Plain(text) + "\n"
		}
		out = append(out, it)
	}
	for _, d := range w.in.Decisions {
		d := d.Decision
		var asks []string
		for _, f := range d.Questions {
			asks = append(asks, f.Question)
		}
		for _, o := range d.Outcomes {
			asks = append(asks, o.Title)
		}
		phases := slices.DeleteFunc(slices.Clone(m.Phases), func(p *model.Phase) bool { return !asksIn(p, d) })
		add("mag-dit", decisionPage(d), d.Title, d.Lead, append([]string{d.Short}, d.Also...), phases, model.Prose{}, asks...)
	}
	for _, t := range m.Terms {
		add("begrippen", "/begrippen/#"+t.ID, t.Name, t.Meaning, t.Also, nil, model.Prose{}, explainedWith(t, m.Terms)...)
	}
	for _, s := range m.Shelves {
		for _, t := range s.Topics {
			add("kennis", topicHref(t), t.Title, t.Lead, nil, nil, t.Body, t.Remember...)
		}
	}
	for _, r := range m.ThumbRules {
		phases := slices.DeleteFunc(slices.Clone(m.Phases), func(p *model.Phase) bool { return !slices.Contains(r.Phases, p.ID) })
		add("vuistregels", "/vuistregels/#"+r.ID, r.Title, r.Short, nil, phases, model.Prose{}, r.Why, r.Good, r.Bad)
	}
	for _, e := range m.Parties {
		add("partijen", "/partijen/"+e.ID+"/", e.Name, e.Short, w.called(e), nil, e.Body, e.Examples...)
	}
	for _, e := range m.Kinds {
		add("gegevens", "/gegevens/"+e.ID+"/", e.Name, e.Short, e.Also, nil, e.Body, e.Examples...)
	}
	for _, p := range m.Phases {
		add("fasen", phaseHref(p), p.Title, p.Lead, nil, nil, p.Body, p.Question, p.Purpose.Text, p.What.Text)
	}
	for _, p := range m.Variants {
		add("fasen", variantHref(p), p.Title, p.Lead, nil, nil, p.Body, p.Question)
	}
	for _, r := range m.Regions {
		add("regio", regionHref(r), r.Name, r.Lead, []string{r.Short}, nil, r.Body)
	}
	for _, p := range m.Pages {
		if p.ID == offlinePage {
			continue
		}
		add("paginas", "/"+p.ID+"/", p.Title, p.Lead, nil, nil, p.Body)
	}
	for _, s := range m.Sources {
		add("bronnen", "/bronnen/"+s.ID+"/", s.Title, s.For, []string{s.Short, s.Kind}, nil, model.Prose{})
	}
	return out
}

// explainedWith gives the names of the terms whose meaning names this one: who looks for a narrower word finds it too.
func explainedWith(term *model.Term, all []*model.Term) []string {
	name := search.Words(term.Name)
	var out []string
	for _, t := range all {
		if t != term && len(name) == 1 && slices.Contains(search.Words(prose.Plain(t.Meaning)), name[0]) {
			out = append(out, t.Name)
		}
	}
	return out
}

// called gives what a party is called beside its name.
func (w *writer) called(party *model.Entity) []string {
	return slices.Concat(party.Also, w.inSentence(party))
}

// inSentence gives what those of a party call themselves in the sentence of the start page.
func (w *writer) inSentence(party *model.Entity) []string {
	var out []string
	if s := w.in.Model.Sentence; s != nil {
		for _, p := range s.Who {
			for _, g := range p.Answers {
				if g.Fact.From == "partijen" && g.Fact.ValueID(g.Value) == party.ID {
					out = append(out, p.Text)
				}
			}
		}
	}
	return out
}

// An entry of the index from a to z. Where See is set, it only says where to look.
type entry struct {
	Text string `json:"tekst"`
	Href string `json:"href"`
	See  string `json:"zie,omitempty"`
	Kind string `json:"soort,omitempty"`
}

type letter struct {
	Letter  string  `json:"letter"`
	Entries []entry `json:"ingangen"`
}

// finding are the page to search on and the index from a to z.
func (w *writer) finding() []page {
	kinds := []string{"mag-dit", "situaties", "begrippen", "kennis", "vuistregels", "partijen", "gegevens", "fasen", "regio", "paginas", "bronnen"}
	return []page{
		{Title: w.label("zoeken"), Layout: "zoeken", URL: "/zoeken/", Description: w.label("zoeken-lood"), Params: map[string]any{"index": "/" + w.in.index, "kinds": kinds}},
		{Title: w.label("a-z"), Layout: "a-z", URL: "/a-z/", Description: w.label("a-z-lood"), Params: map[string]any{"letters": w.letters()}},
	}
}

// letters is everything with a name of its own, and what has other words also by those, by the letter it begins with.
func (w *writer) letters() []letter {
	var all []entry
	named := map[string]bool{}
	for _, it := range w.searchable() {
		e := entry{Text: it.Title, Href: "/" + it.Href, Kind: w.label("az-" + it.Kind)}
		if strings.HasPrefix(e.Href, variantFolder) {
			e.Kind = w.label("az-varianten") // found among the phases, but none
		}
		switch it.Kind {
		case "mag-dit":
			e.Text, e.See, e.Kind = it.Also[0], it.Title, ""
		case "begrippen", "kennis", "partijen", "gegevens", "fasen":
		default:
			continue
		}
		named[search.Fold(e.Text)] = true
		all = append(all, e)
	}
	see := func(words []string, href, title string) {
		for _, word := range words {
			if !named[search.Fold(word)] {
				all = append(all, entry{capital(word), href, title, w.label("zie")})
			}
		}
	}
	for _, d := range w.in.Decisions {
		see(d.Decision.Also, decisionPage(d.Decision), d.Decision.Title)
	}
	for _, t := range w.in.Model.Terms {
		see(t.Also, "/begrippen/#"+t.ID, t.Name)
	}
	for _, e := range w.in.Model.Parties {
		see(e.Also, "/partijen/"+e.ID+"/", e.Name)
	}
	for _, e := range w.in.Model.Kinds {
		see(e.Also, "/gegevens/"+e.ID+"/", e.Name)
	}
	slices.SortStableFunc(all, func(a, b entry) int { return strings.Compare(search.Fold(a.Text), search.Fold(b.Text)) })
	var out []letter
	for _, e := range all {
		first := strings.ToUpper(search.Fold(e.Text)[:1])
		if len(out) == 0 || out[len(out)-1].Letter != first {
			out = append(out, letter{Letter: first})
		}
		out[len(out)-1].Entries = append(out[len(out)-1].Entries, e)
	}
	return out
}
