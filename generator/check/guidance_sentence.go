package check

import (
	"slices"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/yamldoc"
)

// sentence resolves the sentence of the start page. Every answer in it is one that some decision it leads to asks, no two
// of its lists answer the same question, and an act leads to decisions that ask all that it answers itself, or to a topic.
func (c *checker) sentence(written *content.Sentence) *model.Sentence {
	if written == nil {
		return nil
	}
	out := &model.Sentence{}
	var who, where, want names[*model.Part]
	list := map[*model.Fact]string{} // the list that answers it
	read := func(key string, parts []*content.Part, known *names[*model.Part]) (made []*model.Part) {
		if len(parts) == 0 {
			c.list.Addf(written.Span, "lege-lijst", `achter "%s" hoort minstens één keuze`, key)
		}
		for _, w := range parts {
			p := &model.Part{ID: w.ID.Value, Group: c.guidance.plain(w.Group), Text: c.guidance.plain(w.Text)}
			if !known.add(w.ID, "de keuze", p, c.list) {
				continue
			}
			for _, pair := range c.pairs(w.Answers, "feiten", "feit", "waarde") {
				f := c.facts.all[pair.Key]
				if f == nil || f.Kind != model.Asked {
					c.list.Addf(pair.KeySpan, "onbekend-feit", `een vraag "%s" bestaat niet%s`, pair.Key, diag.Suggest(pair.Key, c.askedFacts()))
					continue
				}
				if first, taken := list[f]; taken && first != key {
					c.list.Addf(pair.KeySpan, "zin-twee-keer", `op "%s" geeft "%s" in deze zin al antwoord; laat het daar of hier weg`, pair.Key, first)
					continue
				}
				list[f] = key
				if v := c.valueOf(f.ID, f.Values, yamldoc.Text{Value: pair.Value.Text, Span: pair.Value.Span}); v >= 0 {
					p.Answers = append(p.Answers, model.Given{Fact: f, Value: v, Span: pair.KeySpan})
				}
			}
			made = append(made, p)
		}
		return made
	}
	out.Who, out.Where = read("ik-ben", written.Who, &who), read("we-zitten-in", written.Where, &where)
	out.Want = read("ik-wil", written.Want, &want)

	var reached []*model.Decision
	for _, w := range written.Want {
		p := want.all[w.ID.Value]
		if p == nil {
			continue
		}
		if !w.Topic.Empty() {
			if topics := find(c.guidance, []yamldoc.Text{w.Topic}, &c.guidance.topics, "onbekende-kennis", "de kennispagina"); len(topics) > 0 {
				p.Topic = topics[0]
			}
			continue
		}
		leads := find(c.guidance, []yamldoc.Text{w.Decision}, &c.decisions, "onbekende-beslissing", "de beslissing")
		if len(leads) == 0 {
			continue
		}
		p.Decision, p.Elsewhere = leads[0], map[*model.Part]*model.Decision{}
		for _, pair := range c.pairs(w.Elsewhere, "bij", "plaats", "beslissing") {
			at := find(c.guidance, []yamldoc.Text{{Value: pair.Key, Span: pair.KeySpan}}, &where, "onbekende-plaats", "de plaats")
			other := find(c.guidance, []yamldoc.Text{{Value: pair.Value.Text, Span: pair.Value.Span}}, &c.decisions, "onbekende-beslissing", "de beslissing")
			if len(at) > 0 && len(other) > 0 {
				p.Elsewhere[at[0]] = other[0]
				leads = append(leads, other[0])
			}
		}
		c.somebodyAsks(p, leads, "deze keuze")
		reached = append(reached, leads...)
	}
	if len(reached) == 0 {
		return out // nothing to say about the others
	}
	for _, p := range append(slices.Clone(out.Who), out.Where...) {
		c.somebodyAsks(p, reached, "de zin")
	}
	return out
}

// somebodyAsks refuses answers of a choice to what none of the decisions asks to which it, or the whole sentence, leads.
func (c *checker) somebodyAsks(p *model.Part, decisions []*model.Decision, whose string) {
	for _, g := range p.Answers {
		if !slices.ContainsFunc(decisions, func(d *model.Decision) bool { return slices.Contains(d.Questions, g.Fact) }) {
			c.list.Addf(g.Span, "zin-vraagt-niet", `geen beslissing waar %s heen gaat, vraagt naar "%s"; laat het weg`, whose, g.Fact.ID)
		}
	}
}

// pairs reads a map from one word to another.
func (c *checker) pairs(node *yamldoc.Node, key, from, to string) []yamldoc.Pair {
	if node == nil {
		return nil
	}
	if node.Kind != yamldoc.Map {
		c.list.Addf(node.Span, "geen-map", `achter "%s" hoort een map van %s naar %s`, key, from, to)
		return nil
	}
	var out []yamldoc.Pair
	for _, p := range node.Pairs {
		if p.Value.Kind != yamldoc.Scalar || p.Value.Text == "" {
			c.list.Addf(p.KeySpan, "lege-waarde", `achter "%s" hoort één %s`, p.Key, to)
			continue
		}
		out = append(out, p)
	}
	return out
}

func (c *checker) askedFacts() []string {
	var out []string
	for _, f := range c.facts.sorted() {
		if f.Kind == model.Asked {
			out = append(out, f.ID)
		}
	}
	return out
}
