package verify

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
)

// neverCounts reports a rule that counts in no situation, and why: its conditions never hold together, what it answers to
// never applies where it does, or other rules decide wherever it applies.
func (v *verifier) neverCounts(g *diagram.Diagram, r *model.Rule) {
	inside := v.within(g, r.When)
	if inside == nil {
		v.list.Add(diag.Diagnostic{Code: "telt-nooit", Span: r.Span, Message: fmt.Sprintf(`de regel "%s" beslist nooit iets`, r.ID)})
		return
	}
	if inside.Root == diagram.Impossible {
		parts := v.clash(g, conjuncts(r.When))
		v.list.Add(diag.Diagnostic{Code: "telt-nooit", Span: r.Span, Notes: v.clashNotes(parts),
			Message: fmt.Sprintf(`de regel "%s" beslist nooit iets: haar voorwaarden gaan in geen enkele mogelijke situatie samen`, r.ID)})
		return
	}
	if r.Kind == model.Exception {
		var targets model.Any
		var notes []diag.Note
		for _, t := range r.AnswersTo {
			targets = append(targets, t.When)
			notes = append(notes, diag.Note{Span: t.Span, Message: `de regel waar zij op antwoordt: "` + t.ID + `"`})
		}
		both := v.within(g, model.All{r.When, targets})
		if both != nil && both.Root == diagram.Impossible {
			example := inside.Shortest(func(diagram.Ref) bool { return true })
			notes = append(notes, diag.Note{Message: "zij geldt bijvoorbeeld bij: " + inside.Describe(example.Values)})
			v.list.Add(diag.Diagnostic{Code: "telt-nooit", Span: r.Span, Notes: notes,
				Message: fmt.Sprintf(`de uitzondering "%s" beslist nooit iets: waar zij geldt, is er niets om een uitzondering op te zijn`, r.ID)})
			return
		}
		if both != nil {
			inside = both
		}
	}
	example := inside.Shortest(func(diagram.Ref) bool { return true })
	notes := []diag.Note{{Message: "zij geldt bijvoorbeeld bij: " + inside.Describe(example.Values)}}
	if g.Verdicts && g.Decision.Kind == model.Permit {
		notes = append(notes, countingNotes(g.Decision, v.answerAt(inside, example))...)
		v.list.Add(diag.Diagnostic{Code: "telt-nooit", Span: r.Span, Notes: notes,
			Message: fmt.Sprintf(`de regel "%s" beslist nooit iets: waar zij geldt, beslist een andere regel of is er geen grond`, r.ID)})
		return
	}
	hiders, noGround := coverEnds(inside)
	for _, h := range hiders {
		notes = append(notes, diag.Note{Span: h.Span, Message: fmt.Sprintf(`%s "%s" beslist dan`, model.RuleKinds[h.Kind], h.ID)})
	}
	why := "waar zij geldt, beslist telkens een andere regel"
	switch {
	case len(hiders) == 0:
		why = "waar zij geldt, is er geen grond en dus niets te verlagen"
	case noGround:
		why = "waar zij geldt, beslist een andere regel of is er geen grond"
	case len(hiders) == 1:
		why = fmt.Sprintf(`waar zij geldt, beslist telkens "%s"`, hiders[0].ID)
	}
	v.list.Add(diag.Diagnostic{Code: "telt-nooit", Span: r.Span, Notes: notes,
		Message: fmt.Sprintf(`de regel "%s" beslist nooit iets: %s`, r.ID, why)})
}

// coverEnds finds few rules of which at least one counts in every end of a diagram; noGround tells that there are ends
// in which no rule counts at all.
func coverEnds(g *diagram.Diagram) (rules []*model.Rule, noGround bool) {
	var open [][]*model.Rule
	for _, e := range g.Ends {
		if len(e.Answer.Counting) == 0 {
			noGround = true
			continue
		}
		open = append(open, e.Answer.Counting)
	}
	for len(open) > 0 {
		count := map[*model.Rule]int{}
		var best *model.Rule
		for _, counting := range open {
			for _, r := range counting {
				count[r]++
			}
		}
		for r, n := range count {
			if best == nil || n > count[best] || n == count[best] && r.ID < best.ID {
				best = r
			}
		}
		rules = append(rules, best)
		open = slices.DeleteFunc(open, func(counting []*model.Rule) bool { return slices.Contains(counting, best) })
	}
	return rules, noGround
}

// conjuncts are the parts of a condition that must all hold.
func conjuncts(c model.Cond) []model.Cond {
	all, ok := c.(model.All)
	if !ok {
		return []model.Cond{c}
	}
	var out []model.Cond
	for _, part := range all {
		out = append(out, conjuncts(part)...)
	}
	return out
}

// clash drops conditions that never hold together until none can be missed.
func (v *verifier) clash(g *diagram.Diagram, parts []model.Cond) []model.Cond {
	parts = slices.Clone(parts)
	for i := 0; i < len(parts); {
		fewer := slices.Delete(slices.Clone(parts), i, i+1)
		if inside := v.within(g, model.All(fewer)); inside != nil && inside.Root == diagram.Impossible {
			parts = fewer
		} else {
			i++
		}
	}
	return parts
}

// clashNotes tells which conditions clash, and where the facts among them are made dependent on others.
func (v *verifier) clashNotes(parts []model.Cond) []diag.Note {
	var said []string
	var facts []*model.Fact
	for _, c := range parts {
		said = append(said, Say(c))
		model.FactsOf(c, func(f *model.Fact) {
			if !slices.Contains(facts, f) {
				facts = append(facts, f)
			}
		})
	}
	notes := []diag.Note{{Message: "dit gaat nooit samen: " + strings.Join(said, "; ")}}
	for _, f := range facts {
		if f.Gate != nil && f.Kind != model.Attribute_ {
			notes = append(notes, diag.Note{Span: f.Span, Message: fmt.Sprintf(`"%s" geldt alleen als %s`, f.ID, Say(f.Gate))})
		}
	}
	for _, i := range v.m.Impossible {
		touches := false
		model.FactsOf(i.When, func(f *model.Fact) { touches = touches || slices.Contains(facts, f) })
		if touches {
			notes = append(notes, diag.Note{Span: i.Span, Message: "onmogelijk is ook: " + Say(i.When)})
		}
	}
	return notes
}
