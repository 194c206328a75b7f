package content

import (
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// languageFile says which words authors had better not use, and which sentences may.
const languageFile = "taal.yaml"

// Words are those of one line of woorden in taal.yaml, with what to write instead.
type Words struct {
	Span    source.Span
	Words   []yamldoc.Text
	Instead yamldoc.Text
}

// A Spared is a sentence that may be long or hold such a word, by how it begins.
type Spared struct {
	Span       source.Span
	Start, Why yamldoc.Text
}

func (r *reader) language(out *Content) {
	top := r.open(languageFile)
	if top == nil {
		return
	}
	r.each(top, "woorden", "een regel met woorden", func(f *yamldoc.Fields) {
		w := &Words{Span: f.Span(), Words: f.Texts("woord"), Instead: f.Required("liever")}
		if !f.Has("woord") {
			f.Missing("woord")
		}
		for _, word := range w.Words {
			if word.Empty() {
				r.list.Addf(word.Span, "lege-waarde", `in de lijst achter "woord" staat een lege tekst; haal haar weg`)
			}
		}
		out.Words = append(out.Words, w)
	})
	r.each(top, "uitzonderingen", "een uitzondering", func(f *yamldoc.Fields) {
		out.Spared = append(out.Spared, &Spared{Span: f.Span(), Start: f.Required("zin"), Why: f.Required("want")})
	})
	out.Everyday = top.Texts("gewone-woorden")
	top.Close()
}
