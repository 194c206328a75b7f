package verify

import (
	"fmt"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
)

// neverStricter proves that changing a fact from any other value to the claimed one never makes the outcome stricter.
// All other facts stay as they are; where one starts to apply because of the change, whatever its value becomes.
func (v *verifier) neverStricter(g *diagram.Diagram, claim *model.NeverStricter) {
	f := claim.Fact
	two := &diagram.Two{X: g, Y: g,
		Loose:  func(other *model.Fact) bool { return restsOn(other.Gate, f) },
		Differ: func(before, after int) bool { return g.Ends[after].Answer.Outcome < g.Ends[before].Answer.Outcome },
	}
	above := g.Depths()
	var before, after *diagram.Path
	at, best := diagram.Ref(0), 0
	for i, n := range g.Nodes {
		if g.Vars[n.Var] != f {
			continue
		}
		for value, next := range n.Next {
			if value == claim.Value || f.HasUndefined() && value == f.UndefinedIndex() {
				continue
			}
			x, y, cost := two.From(next, n.Next[claim.Value])
			if x != nil && (before == nil || cost+above[i] < best) {
				x.Values[n.Var], y.Values[n.Var] = value, claim.Value
				before, after, at, best = x, y, diagram.Ref(i), cost+above[i]
			}
		}
	}
	if before == nil {
		return
	}
	for variable, value := range g.Way(at) {
		before.Values[variable], after.Values[variable] = value, value
	}
	var notes []diag.Note
	for _, p := range []*diagram.Path{before, after} {
		answer := g.Ends[p.End.EndIndex()].Answer
		notes = append(notes, diag.Note{Message: fmt.Sprintf("%s: %s", g.Describe(p.Values), g.Decision.Outcomes[answer.Outcome].ID)})
		notes = append(notes, countingNotes(g.Decision, answer)...)
	}
	v.list.Add(diag.Diagnostic{Code: "toch-strenger", Span: claim.Span, Notes: notes,
		Message: fmt.Sprintf(`"%s: %s" maakt de uitkomst soms wel strenger`, f.ID, f.ValueID(claim.Value))})
}

// restsOn tells whether a condition rests on a fact, directly or by way of others.
func restsOn(c model.Cond, on *model.Fact) bool {
	found := false
	seen := map[*model.Fact]bool{}
	var visit func(f *model.Fact)
	visitCond := func(c model.Cond) {
		if c != nil {
			model.FactsOf(c, visit)
		}
	}
	visit = func(f *model.Fact) {
		if seen[f] {
			return
		}
		seen[f] = true
		found = found || f == on
		visitCond(f.Gate)
		if f.Of != nil {
			visit(f.Of)
		}
		if f.AskedAs != nil {
			visit(f.AskedAs)
		}
		for _, r := range f.Rules {
			visitCond(r.When)
		}
		if f.Uses != nil {
			for _, r := range f.Uses.Rules {
				visitCond(r.When)
			}
		}
	}
	visitCond(c)
	return found
}

// countingNotes names the rules that count in an answer, with their places.
func countingNotes(d *model.Decision, a model.Answer) []diag.Note {
	var notes []diag.Note
	for _, r := range a.Counting {
		notes = append(notes, diag.Note{Span: r.Span, Message: fmt.Sprintf(`dan telt: "%s"`, r.ID)})
	}
	if len(notes) == 0 {
		notes = append(notes, diag.Note{Span: d.Span, Message: "dan is er geen grond"})
	}
	return notes
}
