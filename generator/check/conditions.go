package check

import (
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// cond resolves a condition; nil stays an All without parts, which always holds.
func (c *checker) cond(written *syntax.Cond) model.Cond {
	if written == nil {
		return model.All{}
	}
	switch written.Kind {
	case syntax.CondAll:
		out := model.All{}
		for _, part := range written.Parts {
			out = append(out, c.cond(part))
		}
		if len(out) == 1 {
			return out[0]
		}
		return out
	case syntax.CondAny:
		out := model.Any{}
		for _, part := range written.Parts {
			out = append(out, c.cond(part))
		}
		return out
	case syntax.CondNot:
		return model.Not(c.cond(written.Parts[0]))
	case syntax.CondFact:
		return c.factCond(written)
	}
	panic("BUG: unknown kind of condition")
}

func (c *checker) factCond(written *syntax.Cond) model.Cond {
	fact := c.fact(written.Fact)
	if fact == nil {
		return model.All{}
	}
	if !written.From.Empty() || !written.Until.Empty() {
		if fact != c.date {
			c.list.Addf(written.Fact.Span, "geen-datumfeit", `"vanaf" en "tot" kunnen alleen bij datum, niet bij "%s"`, fact.ID)
			return model.All{}
		}
		c.someDay(written.From, written.Until)
		return model.In{Fact: fact, Values: c.dateSet(written.From.Value, written.Until.Value)}
	}
	return model.In{Fact: fact, Values: c.values(fact, written.Values)}
}

// fact finds a fact by name, or reports it.
func (c *checker) fact(name yamldoc.Text) *model.Fact {
	if f, ok := c.facts.all[name.Value]; ok {
		return f
	}
	c.list.Addf(name.Span, "onbekend-feit", `het feit "%s" bestaat niet%s`, name.Value, diag.Suggest(name.Value, c.facts.ids()))
	return nil
}

// values finds the set of named values, and reports names that the fact does not have.
func (c *checker) values(fact *model.Fact, written []yamldoc.Text) model.Set {
	var set model.Set
	for _, name := range written {
		if i := c.value(fact, name); i >= 0 {
			set |= 1 << i
		}
	}
	return set
}

func (c *checker) value(fact *model.Fact, name yamldoc.Text) int {
	i := fact.ValueIndex(name.Value)
	if i < 0 {
		var known []string
		for _, v := range fact.Values {
			known = append(known, v.ID)
		}
		if fact == c.date {
			c.list.Addf(name.Span, "onbekende-waarde", `een datum schrijf je als {vanaf: 2025-03-01} of {tot: 2025-03-01}, niet als "%s"`, name.Value)
			return i
		}
		c.list.Addf(name.Span, "onbekende-waarde", `"%s" is geen waarde van het feit "%s"%s`, name.Value, fact.ID, diag.Suggest(name.Value, known))
	}
	return i
}
