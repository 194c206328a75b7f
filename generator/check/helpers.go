package check

import (
	"slices"

	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// helpers resolves the decisions that help a visitor who does not know an answer.
func (c *checker) helpers() {
	for _, f := range c.facts.sorted() {
		switch {
		case c.written[f] != nil && f.Kind == model.Asked:
			c.helper(f, c.written[f].Help)
		case f.Kind == model.Attribute_ && f.AskedAs != nil:
			c.helper(f.AskedAs, c.writtenAttributes[f.Attribute].Help)
		}
	}
}

func (c *checker) helper(f *model.Fact, written *syntax.Helper) {
	if written == nil || written.Decision.Empty() {
		return
	}
	name := written.Decision
	d, ok := c.decisions.all[name.Value]
	switch {
	case !ok:
		c.list.Addf(name.Span, "onbekende-beslissing", `de beslissing "%s" bestaat niet%s`, name.Value, diag.Suggest(name.Value, c.decisions.ids()))
		return
	case d.Kind != model.Choice:
		c.list.Addf(name.Span, "verkeerde-soort", `"%s" is geen keuze; hulp bij een vraag is een beslissing van de soort keuze`, d.ID)
		return
	case slices.Contains(d.Questions, f):
		c.list.Addf(name.Span, "hulp-vraagt-zelf", `"%s" vraagt zelf naar "%s" en helpt dus niemand die dat niet weet`, d.ID, f.ID)
		return
	}
	h := &model.Helper{Decision: d, Values: make([]int, len(d.Outcomes))}
	gives := 0
	for i, o := range d.Outcomes {
		h.Values[i] = model.Open
		if written.Gives == nil {
			h.Values[i] = f.ValueIndex(o.ID)
		}
		if h.Values[i] >= 0 {
			gives++
		}
	}
	for _, pair := range written.Gives {
		o := d.Outcome(pair.Key)
		if o < 0 {
			var known []string
			for _, o := range d.Outcomes {
				known = append(known, o.ID)
			}
			c.unknownOutcome(yamldoc.Text{Value: pair.Key, Span: pair.KeySpan}, known)
			continue
		}
		for _, value := range yamldoc.Texts(pair.Value, pair.Key, c.list) {
			h.Values[o] = c.value(f, value)
			gives++
		}
	}
	if gives == 0 {
		c.list.Addf(name.Span, "hulp-zonder-antwoord", `geen uitkomst van "%s" heet zoals een antwoord op "%s"; schrijf welke uitkomst welk antwoord geeft, zoals hulp: {beslissing: %s, geeft: {%s: %s}}`,
			d.ID, f.ID, d.ID, d.Outcomes[0].ID, f.ValueID(0))
		return
	}
	f.Helper = h
}
