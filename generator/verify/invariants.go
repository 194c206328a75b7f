package verify

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
)

// invariant proves a property over all situations, or reports the smallest situation in which it fails.
func (v *verifier) invariant(g *diagram.Diagram, i *model.Invariant) bool {
	inside, err := diagram.Restrict(v.m, g, i.When)
	if err != nil {
		v.list.Addf(i.Span, "wet-andere-vraag", `de wet "%s" noemt een feit dat geen vraag is van "%s"`, i.ID, g.Decision.ID)
		return false
	}
	allowed := func(r diagram.Ref) bool { return i.Outcomes.Has(inside.Ends[r.EndIndex()].Answer.Outcome) }
	if !i.Always {
		if smallest(inside, allowed) == nil {
			v.list.Addf(i.Span, "wet-nooit", `de wet "%s" vraagt een situatie met uitkomst %s; die is er niet`, i.ID, outcomeNames(g.Decision, i.Outcomes))
			return false
		}
		return true
	}
	if inside.Root == diagram.Impossible {
		v.list.Addf(i.Span, "wet-zonder-situatie", `de wet "%s" zegt niets: haar voorwaarden komen in geen enkele situatie samen voor`, i.ID)
		return false
	}
	wrong := smallest(inside, func(r diagram.Ref) bool { return !allowed(r) })
	if wrong == nil {
		return true
	}
	end := inside.Ends[wrong.end.EndIndex()]
	notes := []diag.Note{{Message: "bijvoorbeeld: " + describe(inside, wrong)}}
	for _, r := range end.Answer.Counting {
		notes = append(notes, diag.Note{Span: r.Span, Message: `deze regel telt dan: "` + r.ID + `"`})
	}
	v.list.Add(diag.Diagnostic{Code: "wet-geschonden", Span: i.Span, Notes: notes,
		Message: fmt.Sprintf(`de wet "%s" geldt niet altijd: de uitkomst kan %s zijn`, i.ID, g.Decision.Outcomes[end.Answer.Outcome].ID)})
	return false
}

// oneCase compares a case with every situation it leaves possible.
func (v *verifier) oneCase(g *diagram.Diagram, k *model.Case) bool {
	d := g.Decision
	reached := map[diagram.Ref]bool{}
	var open []string
	var walk func(r diagram.Ref)
	walk = func(r diagram.Ref) {
		if !r.IsNode() {
			reached[r] = true
			return
		}
		n := g.Nodes[r]
		if value, ok := k.Answers[g.Vars[n.Var]]; ok && n.Next[value] != diagram.Impossible {
			walk(n.Next[value])
			return
		}
		possible := 0
		for _, next := range n.Next {
			if next != diagram.Impossible {
				possible++
			}
		}
		if id := g.Vars[n.Var].ID; possible > 1 && !slices.Contains(open, id) {
			open = append(open, id)
		}
		for _, next := range n.Next {
			walk(next)
		}
	}
	walk(g.Root)
	delete(reached, diagram.Impossible)
	if len(reached) == 0 {
		v.list.Addf(k.Span, "geval-onmogelijk", `het geval "%s" kan niet voorkomen: zijn feiten gaan niet samen`, k.ID)
		return false
	}
	var ends []diagram.End
	for i, e := range g.Ends {
		if reached[diagram.Ref(-i-2)] {
			ends = append(ends, e)
		}
	}
	for _, e := range ends[1:] {
		if e.Answer.Outcome != ends[0].Answer.Outcome || e.Answer.Duty != ends[0].Answer.Duty {
			v.list.Addf(k.Span, "geval-open", `het geval "%s" laat open wat de uitkomst is (%s of %s); vul ook in: %s`, k.ID,
				d.Outcomes[ends[0].Answer.Outcome].ID, d.Outcomes[e.Answer.Outcome].ID, strings.Join(open, ", "))
			return false
		}
	}
	return v.expected(d, k, ends)
}

func (v *verifier) expected(d *model.Decision, k *model.Case, ends []diagram.End) bool {
	a := ends[0].Answer
	var notes []diag.Note
	for _, r := range a.Counting {
		notes = append(notes, diag.Note{Span: r.Span, Message: `deze regel telt: "` + r.ID + `"`})
	}
	fail := func(format string, args ...any) bool {
		v.list.Add(diag.Diagnostic{Code: "geval-anders", Span: k.Span, Message: fmt.Sprintf(`het geval "%s" `, k.ID) + fmt.Sprintf(format, args...), Notes: notes})
		return false
	}
	if a.Outcome != k.Expect.Outcome {
		return fail("verwacht %s, maar de uitkomst is %s", d.Outcomes[k.Expect.Outcome].ID, d.Outcomes[a.Outcome].ID)
	}
	if k.Expect.Duty >= 0 && a.Duty != k.Expect.Duty {
		return fail("verwacht plicht %s, maar die is %s", model.Duties[k.Expect.Duty], model.Duties[a.Duty])
	}
	for _, e := range ends {
		for _, r := range k.Expect.Rules {
			if !slices.Contains(e.Answer.Counting, r) {
				return fail(`verwacht dat de regel "%s" telt, en dat is niet zo`, r.ID)
			}
		}
		for _, condition := range k.Expect.Conditions {
			if !slices.Contains(e.Answer.ConditionList(d), condition) {
				return fail(`verwacht de voorwaarde "%s", en die is er niet`, condition.ID)
			}
		}
	}
	return true
}
