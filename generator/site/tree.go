package site

import (
	"fmt"
	"strconv"
	"strings"

	"handvat/generator/graph"
	"handvat/generator/model"
	"handvat/generator/walk"
)

// A drawnSheet is one drawing of the tree of a decision.
type drawnSheet struct {
	Number int    `json:"nummer"`
	First  int    `json:"van"`
	Last   int    `json:"tot"`
	Box    string `json:"maat"`
	Width  string `json:"breed"` // in rem: the drawing grows with its reader's text
	Height string `json:"hoog"`
	SVG    string `json:"svg"`
}

// A drawnQuestion is a question of the drawing, in words.
type drawnQuestion struct {
	Number   int           `json:"nummer"`
	Column   int           `json:"kolom"`
	Question string        `json:"vraag"`
	First    *link         `json:"eerst,omitempty"` // the decision whose outcome is asked
	Answers  []drawnAnswer `json:"antwoorden"`
}

// A drawnAnswer says what follows: a verdict, another question, or how many questions that are not drawn.
type drawnAnswer struct {
	Text     string    `json:"tekst"`
	Verdict  *verdict  `json:"oordeel,omitempty"`
	Duty     string    `json:"plicht,omitempty"`
	Next     int       `json:"vraag,omitempty"`
	Left     int       `json:"nog,omitempty"`
	Possible []verdict `json:"kannog,omitempty"`
}

// tree draws a decision as it is today, as drawings and in words; nil where nothing is asked or the walk is too large.
func (w *writer) tree(d Decision) map[string]any {
	if d.Walk == nil {
		return nil
	}
	short, at := walk.OutcomesOnly(d.Walk)
	drawing := graph.Draw(short, at[d.Walk.On(w.in.Model.Settings.Date)], graph.Words{Question: questionOf, Answer: w.valueLabel})
	if drawing.Asked == 0 {
		return nil
	}
	var sheets []drawnSheet
	for i, s := range drawing.Sheets {
		sheets = append(sheets, drawnSheet{i + 1, s.First, s.Last, fmt.Sprintf("0 0 %d %d", graph.Width, s.Height), rem(graph.Width), rem(s.Height), s.SVG})
	}
	k := &walker{writer: w, d: d.Decision}
	var questions []drawnQuestion
	for _, q := range drawing.Questions {
		out := drawnQuestion{Number: q.Number, Column: q.Column, Question: questionOf(q.Fact)}
		if u := q.Fact.Uses; u != nil {
			out.First = &link{w.decisionHref(u), u.Title}
		}
		for _, b := range q.Branches {
			out.Answers = append(out.Answers, w.drawnAnswer(k, q.Fact, b))
		}
		questions = append(questions, out)
	}
	return map[string]any{"sheets": sheets, "questions": questions, "drawn": len(questions), "asked": drawing.Asked, "verdicts": w.signs(d.Decision)}
}

func (w *writer) drawnAnswer(k *walker, f *model.Fact, b graph.Branch) drawnAnswer {
	out := drawnAnswer{Text: graph.OtherAnswer}
	if !b.Other {
		var labels []string
		for _, v := range b.Values {
			labels = append(labels, w.valueLabel(f, v))
		}
		out.Text = strings.Join(labels, " / ")
	}
	switch {
	case b.Leaf != nil:
		v := w.verdictOf(k.d, b.Leaf.Answer.Outcome)
		out.Verdict, out.Duty = &v, dutyName(b.Leaf.Answer.Duty)
	case b.Next > 0:
		out.Next = b.Next
	default:
		out.Left, out.Possible = b.Left, k.verdicts(b.Possible)
	}
	return out
}

// signs are the verdicts that a drawing can end in, with the words that belong to their signs; none for a choice, whose ends all look
// alike.
func (w *writer) signs(d *model.Decision) []verdict {
	if d.Kind == model.Choice {
		return nil
	}
	return w.levels()
}

func rem(pixels int) string { return strconv.FormatFloat(float64(pixels)/16, 'f', -1, 64) + "rem" }
