package verify

import (
	"fmt"
	"slices"

	"handvat/generator/diag"
	"handvat/generator/model"
)

// conditionsAreMet refuses conditions that no answer of any decision carries.
func (v *verifier) conditionsAreMet(proofs []*Proof) {
	carried := map[*model.Condition]bool{}
	for _, p := range proofs {
		for _, end := range p.Diagram.Ends {
			for _, c := range end.Answer.ConditionList(p.Decision) {
				carried[c] = true
			}
		}
		// A diagram of verdicts does not tell the rules per end. What it lacks of used decisions is in the proofs of those.
		for r := range p.Diagram.Counting() {
			for _, c := range r.Conditions {
				carried[c] = carried[c] || p.Diagram.Verdicts
			}
		}
	}
	for _, c := range v.m.Conditions {
		if !carried[c] && c.ID != model.LawyerMustConfirm { // that one stands ready for the next rule in doubt
			v.list.Add(diag.Diagnostic{Code: "voorwaarde-nooit", Span: c.Span, Notes: v.names(c),
				Message: fmt.Sprintf(`geen enkele situatie leidt naar de voorwaarde "%s"; noem haar bij een regel of haal haar weg`, c.ID)})
		}
	}
}

// names shows where a condition is named, to no avail.
func (v *verifier) names(c *model.Condition) []diag.Note {
	var notes []diag.Note
	for _, d := range v.m.Decisions {
		for _, r := range d.Rules {
			if slices.Contains(r.Conditions, c) {
				notes = append(notes, diag.Note{Span: r.Span, Message: `deze regel noemt haar: "` + r.ID + `"`})
			}
		}
		for _, o := range d.Outcomes {
			if slices.Contains(o.Conditions, c) {
				notes = append(notes, diag.Note{Span: o.Span, Message: `deze uitkomst noemt haar: "` + o.ID + `"`})
			}
		}
	}
	return notes
}
