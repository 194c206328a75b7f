package content

import (
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// sentenceFile is the sentence of the start page: I am, we sit in, I want.
const sentenceFile = "zin.yaml"

// A Sentence is three lists of choices that read as one sentence.
type Sentence struct {
	Span             source.Span
	Who, Where, Want []*Part
}

// A Part is one choice of the sentence. Only what somebody wants has a Decision, and others for some places, or a Topic.
type Part struct {
	Span            source.Span
	ID, Group, Text yamldoc.Text
	Answers         *yamldoc.Node // from fact to value; nil where absent
	Decision, Topic yamldoc.Text
	Elsewhere       *yamldoc.Node // from place to decision; nil where absent
}

func (r *reader) sentence(out *Content) {
	top := r.open(sentenceFile)
	if top == nil {
		return
	}
	s := &Sentence{Span: top.Span()}
	parts := func(key string, act bool) []*Part {
		var out []*Part
		if !top.Has(key) {
			top.Missing(key)
		}
		r.each(top, key, "een keuze", func(f *yamldoc.Fields) {
			p := &Part{Span: f.Span(), ID: f.Required("keuze"), Text: f.Required("tekst"), Answers: f.Node("feiten")}
			if act {
				if p.Topic = f.Text("kennis"); p.Topic.Empty() {
					p.Decision, p.Elsewhere = f.Required("beslissing"), f.Node("bij")
				}
			} else {
				p.Group = f.Text("groep")
			}
			out = append(out, p)
		})
		return out
	}
	s.Who, s.Where, s.Want = parts("ik-ben", false), parts("we-zitten-in", false), parts("ik-wil", true)
	top.Close()
	out.Sentence = s
}
