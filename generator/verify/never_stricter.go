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
	answers := []model.Answer{v.answerAt(g, before), v.answerAt(g, after)}
	variable := g.VarIndex(f)
	exactly := &diagram.Two{X: g, Y: g, Loose: two.Loose, // what is left must lead to these very answers
		Differ: func(x, y int) bool { return x == before.End.EndIndex() && y == after.End.EndIndex() }}
	for i := len(g.Vars) - 1; i >= 0; i-- {
		x, inBefore := before.Values[i]
		y, inAfter := after.Values[i]
		if g.Vars[i] == f || !inBefore && !inAfter {
			continue
		}
		delete(before.Values, i)
		delete(after.Values, i)
		if forces(g, exactly, variable, before.Values, after.Values) {
			continue
		}
		if inBefore {
			before.Values[i] = x
		}
		if inAfter {
			after.Values[i] = y
		}
	}
	var notes []diag.Note
	for i, p := range []*diagram.Path{before, after} {
		notes = append(notes, diag.Note{Message: fmt.Sprintf("%s: %s", g.Describe(p.Values), g.Decision.Outcomes[answers[i].Outcome].ID)})
		notes = append(notes, countingNotes(g.Decision, answers[i])...)
	}
	v.list.Add(diag.Diagnostic{Code: "toch-strenger", Span: claim.Span, Notes: notes,
		Message: fmt.Sprintf(`"%s: %s" maakt de uitkomst soms wel strenger`, f.ID, f.ValueID(claim.Value))})
}

// forces tells whether these values make every two situations differ that are alike but for the fact with this variable.
func forces(g *diagram.Diagram, two *diagram.Two, variable int, before, after map[int]int) bool {
	seen := map[diagram.Ref]bool{}
	var visit func(r diagram.Ref) bool
	visit = func(r diagram.Ref) bool {
		if r == diagram.Impossible || seen[r] {
			return true
		}
		seen[r] = true
		if !r.IsNode() || g.Nodes[r].Var > variable {
			return false // the same whatever the fact is
		}
		n := g.Nodes[r]
		if n.Var == variable {
			return two.Always(n.Next[before[variable]], n.Next[after[variable]], before, after)
		}
		for v, next := range n.Next {
			if want, given := before[n.Var]; (!given || v == want) && !visit(next) {
				return false
			}
		}
		return true
	}
	return visit(g.Root)
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
