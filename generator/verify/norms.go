package verify

import (
	"fmt"

	"handvat/generator/cover"
	"handvat/generator/diag"
)

// normsAreCited refuses norms marked as rules that no rule cites, once the settings say that the rules are complete,
// norms left out, or without a rule, for a reason that something names after all, and norms said to be without a rule that
// ask for none.
func (v *verifier) normsAreCited() {
	covered := cover.Of(v.m)
	for _, n := range covered.Norms {
		if n.Left != nil && len(n.Left.See) == 0 && len(n.Places) > 0 {
			place := n.Places[0]
			v.list.Add(diag.Diagnostic{Code: "toch-genoemd", Span: n.Left.Span,
				Message: fmt.Sprintf(`de norm "%s" heet weggelaten en wordt toch genoemd; haal haar hier weg, of daar`, n.ID),
				Notes:   []diag.Note{{Span: place.Span, Message: fmt.Sprintf("hier, bij %s %s", place.Kind, place.ID)}}})
		}
	}
	for _, without := range v.m.NoRule {
		n := covered.Norm(without.Norm.ID)
		if n.Destination != cover.RuleDestination {
			v.list.Add(diag.Diagnostic{Code: "vraagt-geen-regel", Span: without.Span,
				Message: fmt.Sprintf(`de norm "%s" vraagt geen regel en hoort dus niet onder "zonder-regel"; haal haar hier weg, of zet bij de norm "heen: %s"`, n.ID, cover.RuleDestination),
				Notes:   []diag.Note{{Span: n.Span, Message: fmt.Sprintf(`hier staat "heen: %s"`, n.Destination)}}})
		}
		if n.Status == cover.Decided {
			v.list.Addf(without.Span, "toch-in-een-regel", `de norm "%s" heet zonder regel, en een regel noemt haar; haal haar hier weg, of daar`, n.ID)
		}
	}
	if !v.m.Settings.RulesComplete {
		return
	}
	wanted, _ := covered.RulesWanted()
	for _, n := range wanted {
		v.list.Addf(n.Span, "norm-zonder-regel", `de norm "%s" hoort in een regel, en geen regel noemt haar`, n.ID)
	}
}
