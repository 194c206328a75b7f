package verify

import (
	"fmt"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
)

// locksHold refuses a ground that bypasses a lock: one that can apply where nothing of the lock is in force.
func (v *verifier) locksHold(g *diagram.Diagram) {
	for _, l := range g.Decision.Locks {
		if l.Stands == nil {
			continue // what it names does not exist, and check said so
		}
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
