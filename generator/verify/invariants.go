package verify

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
)

// invariant proves a property over all situations, or reports the smallest situation in which it fails.
func (v *verifier) invariant(g *diagram.Diagram, i *model.Invariant) bool {
	inside, err := v.restrict(g, i.When)
	switch {
	case errors.Is(err, diagram.ErrTooLarge):
		v.list.Addf(i.Span, "niet-bewezen", `de wet "%s" is niet bewezen: te groot; noem minder feiten, of maak er twee wetten van`, i.ID)
		return false
	case err != nil:
		v.otherQuestion(g, i)
		return false
	}
	allowed := func(r diagram.Ref) bool { return i.Outcomes.Has(inside.Ends[r.EndIndex()].Answer.Outcome) }
	anything := func(diagram.Ref) bool { return true }
	switch {
	case inside.Root == diagram.Impossible:
		v.list.Add(diag.Diagnostic{Code: "wet-zonder-situatie", Span: i.Span, Notes: v.clashNotes(v.clash(g, conjuncts(i.When))),
			Message: fmt.Sprintf(`de wet "%s" zegt niets: haar voorwaarden komen in geen enkele situatie samen voor`, i.ID)})
		return false
	case i.Always:
		wrong := inside.Shortest(func(r diagram.Ref) bool { return !allowed(r) })
		if wrong == nil {
			return true
		}
		answer := v.answerAt(inside, wrong)
		inside.Shrink(wrong.Values, func(f *model.Fact) bool { return restsOn(i.When, f) },
			func(r diagram.Ref) bool { return r == wrong.End })
		v.list.Add(diag.Diagnostic{Code: "wet-geschonden", Span: i.Span,
			Notes:   append([]diag.Note{{Message: "bijvoorbeeld: " + inside.Describe(wrong.Values)}}, countingNotes(g.Decision, answer)...),
			Message: fmt.Sprintf(`de wet "%s" geldt niet altijd: de uitkomst kan %s zijn`, i.ID, g.Decision.Outcomes[answer.Outcome].ID)})
		return false
	case inside.Shortest(allowed) == nil:
		example := inside.Shortest(anything)
		answer := v.answerAt(inside, example)
		v.list.Add(diag.Diagnostic{Code: "wet-nooit", Span: i.Span,
			Notes: append([]diag.Note{{Message: fmt.Sprintf("bijvoorbeeld: %s: %s", inside.Describe(example.Values), g.Decision.Outcomes[answer.Outcome].ID)}},
				countingNotes(g.Decision, answer)...),
			Message: fmt.Sprintf(`de wet "%s" vraagt een situatie met uitkomst %s; die is er niet`, i.ID, outcomeNames(g.Decision, i.Outcomes))})
		return false
	}
	return true
}

// otherQuestion reports an invariant that rests on what its decision does not ask.
func (v *verifier) otherQuestion(g *diagram.Diagram, i *model.Invariant) {
	var names []string
	var notes []diag.Note
	model.FactsOf(i.When, func(f *model.Fact) {
		if _, err := diagram.Restrict(v.m, g, model.In{Fact: f, Values: f.All()}); err != nil && !slices.Contains(names, `"`+f.ID+`"`) {
			names = append(names, `"`+f.ID+`"`)
			notes = append(notes, diag.Note{Span: f.Span, Message: `het feit "` + f.ID + `" staat hier`})
		}
	})
	v.list.Add(diag.Diagnostic{Code: "wet-andere-vraag", Span: i.Span, Notes: notes,
		Message: fmt.Sprintf(`de wet "%s" hangt af van %s, en daar vraagt "%s" niet naar`, i.ID, strings.Join(names, " en "), g.Decision.ID)})
}

// Reached lists the ends of every situation that a case leaves possible, and the facts it leaves open that are tested on
// the way. A value that the case gives to a fact that does not apply is passed over.
func Reached(g *diagram.Diagram, k *model.Case) (ends []diagram.End, open []*model.Fact) {
	return reachedWith(g, k, nil)
}

// reachedWith lists only situations in which one fact that the case answers applies.
func reachedWith(g *diagram.Diagram, k *model.Case, applies *model.Fact) (ends []diagram.End, open []*model.Fact) {
	reached, seen := map[diagram.Ref]bool{}, map[diagram.Ref]bool{}
	var walk func(r diagram.Ref)
	walk = func(r diagram.Ref) {
		if seen[r] {
			return
		}
		seen[r] = true
		if !r.IsNode() {
			reached[r] = true
			return
		}
		n := g.Nodes[r]
		f := g.Vars[n.Var]
		if value, ok := k.Answers[f]; ok {
			if n.Next[value] == diagram.Impossible && f.HasUndefined() && f != applies {
				value = f.UndefinedIndex()
			}
			walk(n.Next[value])
			return
		}
		possible := 0
		for _, next := range n.Next {
			if next != diagram.Impossible {
				possible++
			}
		}
		if possible > 1 && !slices.Contains(open, f) {
			open = append(open, f)
		}
		for _, next := range n.Next {
			walk(next)
		}
	}
	walk(g.Root)
	for i, e := range g.Ends {
		if reached[diagram.Ref(-i-2)] {
			ends = append(ends, e)
		}
	}
	return ends, open
}

// oneCase compares a case with every situation it leaves possible.
func (v *verifier) oneCase(g *diagram.Diagram, k *model.Case) bool {
	d := g.Decision
	given := Given(g, k)
	inside := g
	if g.Verdicts { // which rules count in this case is not too much to know
		var err error
		if inside, err = g.AnswersWithin(given); err != nil {
			v.list.Addf(k.Span, "niet-bewezen", `het geval "%s" is niet nagegaan: te groot; vul meer feiten in`, k.ID)
			return false
		}
	}
	ends, open := Reached(inside, k)
	if len(ends) == 0 {
		v.list.Add(diag.Diagnostic{Code: "geval-onmogelijk", Span: k.Span, Notes: append(v.clashNotes(v.clash(g, given)), story(k)...),
			Message: fmt.Sprintf(`het geval "%s" kan niet voorkomen: zijn feiten gaan niet samen`, k.ID)})
		return false
	}
	if v.idle(g, inside, k, given) {
		return false
	}
	for _, e := range ends[1:] {
		if e.Answer.Outcome == ends[0].Answer.Outcome && e.Answer.Duty == ends[0].Answer.Duty {
			continue
		}
		var ids []string
		for _, f := range open {
			ids = append(ids, f.ID)
		}
		var notes []diag.Note
		for _, end := range []diagram.End{ends[0], e} {
			notes = append(notes, diag.Note{Message: fmt.Sprintf("met %s is de uitkomst %s", v.example(inside, k, open, end), d.Outcomes[end.Answer.Outcome].ID)})
			notes = append(notes, countingNotes(d, end.Answer)...)
		}
		v.list.Add(diag.Diagnostic{Code: "geval-open", Span: k.Span, Notes: append(notes, story(k)...),
			Message: fmt.Sprintf(`het geval "%s" laat open wat de uitkomst is (%s of %s); vul ook in: %s`, k.ID,
				d.Outcomes[ends[0].Answer.Outcome].ID, d.Outcomes[e.Answer.Outcome].ID, strings.Join(ids, ", "))})
		return false
	}
	for _, e := range ends {
		if unmet := Unmet(d, k, e.Answer); unmet != "" {
			notes := countingNotes(d, e.Answer)
			if len(ends) > 1 {
				notes = append(notes, diag.Note{Message: "bijvoorbeeld met " + v.example(inside, k, open, e)})
			}
			v.list.Add(diag.Diagnostic{Code: "geval-anders", Span: k.Span, Message: fmt.Sprintf(`het geval "%s" %s`, k.ID, unmet), Notes: append(notes, story(k)...)})
			return false
		}
	}
	return true
}

// idle reports the facts that a case answers and that apply in no situation it leaves possible: who wrote the answer thinks
// that it matters.
func (v *verifier) idle(g, inside *diagram.Diagram, k *model.Case, given []model.Cond) bool {
	found := false
	for _, f := range g.Decision.Questions {
		value, answered := k.Answers[f]
		if !answered || !f.HasUndefined() {
			continue
		}
		if ends, _ := reachedWith(inside, k, f); len(ends) > 0 {
			continue
		}
		found = true
		v.list.Add(diag.Diagnostic{Code: "geval-speelt-niet", Span: k.Places[f], Notes: v.clashNotes(v.clash(g, append([]model.Cond{model.In{Fact: f, Values: 1 << value}}, given...))),
			Message: fmt.Sprintf(`het geval "%s" geeft antwoord op "%s", en die vraag speelt in dit geval niet; haal het antwoord weg, of verander een ander feit`, k.ID, f.ID)})
	}
	return found
}

// Given is what a case says of the facts. What it says of one that does not apply is passed over.
func Given(g *diagram.Diagram, k *model.Case) model.All {
	var given model.All
	for _, f := range g.Decision.Questions {
		if value, ok := k.Answers[f]; ok {
			values := model.Set(1) << value
			if f.HasUndefined() {
				values |= 1 << f.UndefinedIndex()
			}
			given = append(given, model.In{Fact: f, Values: values})
		}
	}
	return given
}

// example gives answers to what a case leaves open with which it comes to an end.
func (v *verifier) example(g *diagram.Diagram, k *model.Case, open []*model.Fact, end diagram.End) string {
	inside := v.within(g, Given(g, k))
	here := func(r diagram.Ref) bool {
		return inside.Ends[r.EndIndex()].Answer.Describe(g.Decision) == end.Answer.Describe(g.Decision)
	}
	path := inside.Shortest(here)
	inside.Shrink(path.Values, func(*model.Fact) bool { return false }, here)
	for variable := range path.Values {
		if !slices.Contains(open, g.Vars[variable]) {
			delete(path.Values, variable)
		}
	}
	return inside.Describe(path.Values)
}

// story is what the author told of a case, to read beside what it came to.
func story(k *model.Case) []diag.Note {
	if k.Story == "" {
		return nil
	}
	return []diag.Note{{Message: "het verhaal: " + k.Story}}
}

// Unmet tells what a case expects that an answer does not give, or "".
func Unmet(d *model.Decision, k *model.Case, a model.Answer) string {
	if a.Outcome != k.Expect.Outcome {
		return fmt.Sprintf("verwacht %s, maar de uitkomst is %s", d.Outcomes[k.Expect.Outcome].ID, d.Outcomes[a.Outcome].ID)
	}
	if k.Expect.Duty >= 0 && a.Duty != k.Expect.Duty {
		return fmt.Sprintf("verwacht plicht %s, maar die is %s", model.Duties[k.Expect.Duty], model.Duties[a.Duty])
	}
	for _, r := range k.Expect.Rules {
		if !slices.Contains(a.Counting, r) {
			return fmt.Sprintf(`verwacht dat de regel "%s" telt, en dat is niet zo`, r.ID)
		}
	}
	for _, r := range k.Expect.NotRules {
		if slices.Contains(a.Counting, r) {
			return fmt.Sprintf(`verwacht dat de regel "%s" niet telt, en dat doet zij wel`, r.ID)
		}
	}
	carried := a.ConditionList(d)
	for _, condition := range k.Expect.Conditions {
		if !slices.Contains(carried, condition) {
			return fmt.Sprintf(`verwacht de voorwaarde "%s", en die is er niet`, condition.ID)
		}
	}
	return ""
}
