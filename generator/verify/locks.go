package verify

import (
	"fmt"
	"slices"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
)

// locksHold refuses a ground that bypasses a lock: one that can apply where nothing of the lock is in force. That some
// other rule closes the door there does not help: the lock is for every ground, also once that rule is gone.
func (v *verifier) locksHold(g *diagram.Diagram) {
	for _, l := range g.Decision.Locks {
		v.lockCloses(g, l)
		for _, r := range g.Decision.Rules {
			if r.Kind != model.Ground {
				continue
			}
			beyond := model.All{r.When, model.Not(l.Stands)}
			past := v.within(g, beyond)
			if past.Root == diagram.Impossible {
				continue
			}
			anywhere := func(diagram.Ref) bool { return true }
			example := past.Shortest(anywhere)
			past.Shrink(example.Values, func(f *model.Fact) bool { return restsOn(beyond, f) }, anywhere)
			notes := []diag.Note{{Span: l.Span, Message: "het slot staat hier"}}
			for _, part := range l.Rules {
				if part.Through == nil {
					notes = append(notes, diag.Note{Span: part.Span, Message: fmt.Sprintf(`de eis "%s" geldt daar niet`, part.ID)})
				}
			}
			if l.Fact != nil {
				notes = append(notes, diag.Note{Span: l.Fact.Span, Message: fmt.Sprintf(`"%s" is daar nvt`, l.Fact.ID)})
			}
			notes = append(notes, diag.Note{Message: "bijvoorbeeld: " + past.Describe(example.Values)})
			v.list.Add(diag.Diagnostic{Code: "slot-omzeild", Span: r.Span, Notes: notes,
				Message: fmt.Sprintf(`de grond "%s" omzeilt het slot "%s"; laat een eis van dat slot ook daar gelden`, r.ID, l.ID)})
		}
	}
}

// lockCloses refuses a lock that is a decision which never closes this one. Requirements that decide nothing are reported
// as every such rule is.
func (v *verifier) lockCloses(g *diagram.Diagram, l *model.Lock) {
	var closed model.Any
	for _, r := range l.Rules {
		closed = append(closed, r.When)
	}
	counting := g.Counting()
	if l.Fact == nil || slices.ContainsFunc(l.Rules, func(r *model.Rule) bool { return counting[r] }) {
		return
	}
	notes := []diag.Note{{Span: l.Fact.Uses.Span, Message: "de beslissing staat hier"}}
	anywhere := func(diagram.Ref) bool { return true }
	why := "is hier nergens mag-niet of eigen-afweging"
	inside := v.within(g, closed)
	if inside.Root == diagram.Impossible {
		inside = v.within(g, l.Stands)
	} else {
		why = "geeft nergens de doorslag"
		hiders, _ := coverEnds(inside)
		for _, h := range hiders {
			notes = append(notes, diag.Note{Span: h.Span, Message: fmt.Sprintf(`%s "%s" beslist dan`, model.RuleKinds[h.Kind], h.ID)})
		}
	}
	if example := inside.Shortest(anywhere); example != nil {
		answer := inside.Ends[example.End.EndIndex()].Answer
		inside.Shrink(example.Values, func(f *model.Fact) bool { return false }, func(r diagram.Ref) bool { return r == example.End })
		notes = append(notes, diag.Note{Message: fmt.Sprintf("bijvoorbeeld: %s: %s", inside.Describe(example.Values), g.Decision.Outcomes[answer.Outcome].ID)})
	}
	v.list.Add(diag.Diagnostic{Code: "slot-nooit-dicht", Span: l.Span, Notes: notes,
		Message: fmt.Sprintf(`het slot "%s" gaat nooit dicht: de uitkomst van "%s" %s`, l.ID, l.Fact.Uses.ID, why)})
}
