package verify

import (
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
			v.list.Addf(c.Span, "voorwaarde-nooit", `geen enkele situatie leidt naar de voorwaarde "%s"; noem haar bij een regel of haal haar weg`, c.ID)
		}
	}
}
