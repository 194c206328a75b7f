package verify

import (
	"fmt"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
)

// entitiesAreKnown refuses a party or kind of data that a visitor can choose and that no rule knows: not by name, and not
// by way of an attribute. It would be treated like whatever nobody thought of, and nobody would notice.
func (v *verifier) entitiesAreKnown(g *diagram.Diagram) {
	known := knowledge(g.Decision)
	for _, f := range g.Vars {
		if f.From == "" || known.byAttribute[f] || known.byName[f] == 0 {
			continue // in the last case the question does nothing, which is said elsewhere
		}
		what := map[string]string{"partijen": "de partij", "gegevens": "de gegevenssoort"}[f.From]
		for i, value := range f.Values {
			if known.byName[f].Has(i) {
				continue
			}
			notes := []diag.Note{{Span: value.Span, Message: "die staat hier"}}
			var example *diagram.Path
			inside := v.within(g, model.In{Fact: f, Values: 1 << i})
			if inside != nil {
				example = inside.Shortest(func(diagram.Ref) bool { return true })
			}
			if example != nil {
				example.Values[g.VarIndex(f)] = i
				answer := inside.Ends[example.End.EndIndex()].Answer
				notes = append(notes, diag.Note{Message: fmt.Sprintf("bijvoorbeeld: %s: %s", inside.Describe(example.Values), g.Decision.Outcomes[answer.Outcome].ID)})
			}
			v.list.Add(diag.Diagnostic{Code: "geen-regel-kent", Span: g.Decision.Span, Notes: notes,
				Message: fmt.Sprintf(`geen regel van "%s" kent %s "%s": niet bij naam en niet via een kenmerk`, g.Decision.ID, what, value.ID)})
		}
	}
}

// known is what the rules of a decision look at.
type known struct {
	byName      map[*model.Fact]model.Set // the values that some condition is met by
	byAttribute map[*model.Fact]bool      // an attribute of what is chosen
}

func knowledge(d *model.Decision) known {
	out := known{map[*model.Fact]model.Set{}, map[*model.Fact]bool{}}
	seen := map[*model.Fact]bool{}
	var visitFact func(f *model.Fact)
	var visitCond func(c model.Cond)
	visitRules := func(rules []*model.Rule) {
		for _, r := range rules {
			if !r.Rest { // the rest knows nobody in particular
				visitCond(r.When)
			}
		}
	}
	visitCond = func(c model.Cond) {
		switch c := c.(type) {
		case model.All:
			for _, part := range c {
				visitCond(part)
			}
		case model.Any:
			for _, part := range c {
				visitCond(part)
			}
		case model.In:
			out.byName[c.Fact] |= c.Values
			visitFact(c.Fact)
		}
	}
	visitFact = func(f *model.Fact) {
		if seen[f] {
			return
		}
		seen[f] = true
		visitCond(f.Gate)
		if f.Of != nil {
			out.byAttribute[f.Of] = true
			visitFact(f.Of)
		}
		visitRules(f.Rules)
		if f.Uses != nil {
			visitRules(f.Uses.Rules)
		}
	}
	visitRules(d.Rules)
	return out
}
