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
	askedAs := map[*model.Attribute][]*model.Fact{}
	for _, f := range c.facts.sorted() {
		switch {
		case c.written[f] != nil && f.Kind == model.Asked:
			c.helper(f.ID, f.Values, []*model.Fact{f}, c.written[f].Help)
		case f.AskedAs != nil:
			askedAs[f.Attribute] = append(askedAs[f.Attribute], f.AskedAs)
		}
	}
	for _, a := range c.m.Attributes {
		c.helper(a.ID, a.Values, askedAs[a], c.writtenAttributes[a].Help)
	}
}

// helper resolves what is written at a fact, or at an attribute and so for every fact that asks it.
func (c *checker) helper(id string, values []model.Value, facts []*model.Fact, written *syntax.Helper) {
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
	case slices.ContainsFunc(facts, func(f *model.Fact) bool { return slices.Contains(d.Questions, f) }):
		c.list.Addf(name.Span, "hulp-vraagt-zelf", `"%s" vraagt zelf naar "%s" en helpt dus niemand die dat niet weet`, d.ID, id)
		return
	}
	h := &model.Helper{Decision: d, Values: make([]int, len(d.Outcomes))}
	for i, o := range d.Outcomes {
		h.Values[i] = model.Open
		if written.Gives == nil {
			h.Values[i] = indexOf(values, o.ID)
		}
	}
	for _, pair := range written.Gives {
		o := d.Outcome(pair.Key)
		if o < 0 {
			c.unknownOutcome(d.ID, yamldoc.Text{Value: pair.Key, Span: pair.KeySpan}, outcomeIDs(d))
			continue
		}
		given := yamldoc.Texts(pair.Value, pair.Key, c.list)
		if len(given) != 1 {
			c.list.Addf(pair.Value.Span, "één-waarde", `een uitkomst geeft één antwoord, zoals {%s: %s}`, pair.Key, values[0].ID)
			continue
		}
		h.Values[o] = c.valueOf(id, values, given[0])
	}
	if written.Gives == nil && !slices.ContainsFunc(h.Values, func(v int) bool { return v >= 0 }) {
		c.list.Addf(name.Span, "hulp-zonder-antwoord", `geen uitkomst van "%s" heet zoals een antwoord op "%s"; schrijf welke uitkomst welk antwoord geeft, zoals hulp: {beslissing: %s, geeft: {%s: %s}}`,
			d.ID, id, d.ID, d.Outcomes[0].ID, values[0].ID)
		return
	}
	for _, f := range facts {
		f.Helper = h
	}
}

// valueOf finds a value by name, or reports it.
func (c *checker) valueOf(id string, values []model.Value, name yamldoc.Text) int {
	i := indexOf(values, name.Value)
	if i < 0 {
		var known []string
		for _, v := range values {
			known = append(known, v.ID)
		}
		c.list.Addf(name.Span, "onbekende-waarde", `"%s" is geen antwoord op "%s"%s`, name.Value, id, diag.Suggest(name.Value, known))
	}
	return i
}

func indexOf(values []model.Value, id string) int {
	return slices.IndexFunc(values, func(v model.Value) bool { return v.ID == id })
}
