package site

import "handvat/generator/model"

func topicHref(t *model.Topic) string { return "/kennis/" + t.ID + "/" }

type topicShelf struct {
	ID     string      `json:"id"`
	Title  string      `json:"titel"`
	Topics []topicCard `json:"paginas"`
}

type topicCard struct {
	Href    string `json:"href"`
	Title   string `json:"titel"`
	Lead    string `json:"lood"`
	Current bool   `json:"nu,omitempty"`
}

type topicExample struct {
	Case    string     `json:"bij,omitempty"`
	Good    string     `json:"goed"`
	Bad     string     `json:"fout"`
	Sources []citation `json:"bronnen,omitempty"`
}

// topics are the pages of what somebody should know, after the page that lists them in groups; none where there are no topics.
func (w *writer) topics() []page {
	if len(w.in.Model.Shelves) == 0 {
		return nil
	}
	var shelves []topicShelf
	var out []page
	for _, s := range w.in.Model.Shelves {
		shelves = append(shelves, w.shelf(s, nil))
		for _, t := range s.Topics {
			var remember []string
			for _, sentence := range t.Remember {
				remember = append(remember, w.words(sentence))
			}
			var examples []topicExample
			for _, e := range t.Examples {
				examples = append(examples, topicExample{w.words(e.Case), w.words(e.Good), w.words(e.Bad), w.cite(e.Cited)})
			}
			var decisions []decisionCard
			for _, d := range t.Decisions {
				decisions = append(decisions, w.card(d))
			}
			out = append(out, page{Title: t.Title, Layout: "kennispagina", URL: topicHref(t), Description: t.Lead, Params: map[string]any{
				"lead": w.words(t.Lead), "remember": remember, "examples": examples, "checklist": w.checklist(t.Checklist), "decisions": decisions,
				"toc": contents(t.Body), "body": w.body(t.Body), "shelf": w.shelf(s, t),
			}})
		}
	}
	index := page{Title: w.label("kennis"), Layout: "kennis", URL: "/kennis/", Description: w.label("kennis-lood"), Params: map[string]any{"shelves": shelves}}
	return append([]page{index}, out...)
}

// shelf lists the topics of a group; current is the one that is shown, or nil.
func (w *writer) shelf(s *model.Shelf, current *model.Topic) topicShelf {
	out := topicShelf{ID: s.ID, Title: s.Title}
	for _, t := range s.Topics {
		out.Topics = append(out.Topics, topicCard{topicHref(t), t.Title, w.words(t.Lead), t == current})
	}
	return out
}
