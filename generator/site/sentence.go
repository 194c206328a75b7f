package site

import (
	"slices"
	"strings"

	"handvat/generator/model"
)

// A sentencePart is one choice of the sentence, with all that the script needs to make an address of it.
type sentencePart struct {
	ID      string `json:"id"`
	Text    string `json:"tekst"`
	Answers string `json:"feiten,omitempty"` // "fact=value", apart by a space

	Leads string `json:"gaat,omitempty"` // of an act: per decision "place:decision:facts it asks", apart by a space; the first, without a place, is for all others; or ":address:" of a topic
}

type sentenceGroup struct {
	Title string         `json:"titel,omitempty"`
	Parts []sentencePart `json:"keuzes"`
}

type sentenceList struct {
	ID     string          `json:"id"`
	Groups []sentenceGroup `json:"groepen"`
}

// sentence is the three lists of choices of the start page; none where the authors wrote no sentence.
func (w *writer) sentence() []sentenceList {
	s := w.in.Model.Sentence
	if s == nil {
		return nil
	}
	answered := map[*model.Fact]bool{}
	for _, p := range slices.Concat(s.Who, s.Where, s.Want) {
		for _, g := range p.Answers {
			answered[g.Fact] = true
		}
	}
	list := func(id string, parts []*model.Part) sentenceList {
		out := sentenceList{ID: id}
		for i, p := range parts {
			made := sentencePart{ID: p.ID, Text: p.Text, Leads: leads(p, s.Where, answered)}
			var answers []string
			for _, g := range p.Answers {
				answers = append(answers, g.Fact.ID+"="+g.Fact.ValueID(g.Value))
			}
			made.Answers = strings.Join(answers, " ")
			if i == 0 || p.Group != parts[i-1].Group {
				out.Groups = append(out.Groups, sentenceGroup{Title: p.Group})
			}
			last := &out.Groups[len(out.Groups)-1]
			last.Parts = append(last.Parts, made)
		}
		return out
	}
	return []sentenceList{list("ik-ben", s.Who), list("we-zitten-in", s.Where), list("ik-wil", s.Want)}
}

// leads says to which decision an act leads at which place, and which of the facts that the sentence answers each
// asks.
func leads(act *model.Part, places []*model.Part, answered map[*model.Fact]bool) string {
	if act.Topic != nil {
		return ":" + topicHref(act.Topic) + ":"
	}
	if act.Decision == nil {
		return ""
	}
	way := func(place string, d *model.Decision) string {
		var asks []string
		for _, f := range d.Questions {
			if answered[f] {
				asks = append(asks, f.ID)
			}
		}
		return place + ":" + d.ID + ":" + strings.Join(asks, ",")
	}
	out := []string{way("", act.Decision)}
	for _, p := range places {
		if d := act.Elsewhere[p]; d != nil {
			out = append(out, way(p.ID, d))
		}
	}
	return strings.Join(out, " ")
}
