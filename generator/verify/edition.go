package verify

import (
	"fmt"
	"slices"
	"time"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
	"handvat/generator/walk"
)

// Edition proves that the decisions a region touches decide every situation as promised, and are nowhere more permissive
// than the national ones, whose proofs it is given. The proofs are in the order of the edition's Touched; they are complete
// only when nothing was added to list.
//
// National promises ("altijd") hold in a region too. What a stricter rule may make untrue is not asked of it: that
// something can happen, that every national rule decides somewhere, and national cases.
func Edition(e *model.Edition, national []*Proof, evaluate Evaluator, list *diag.List) []*Proof {
	var found diag.List
	v := &verifier{m: e.Model, evaluate: evaluate, list: &found, limits: usual}
	for _, f := range e.Model.Facts {
		if f.Kind == model.Derived && !slices.ContainsFunc(e.National.Facts, func(n *model.Fact) bool { return n.ID == f.ID }) {
			v.derived(f)
		}
	}
	var proofs []*Proof
	for _, t := range e.Touched {
		started := time.Now()
		if p := v.touched(e, t, proofOf(national, t.National)); p != nil {
			p.Took = time.Since(started)
			proofs = append(proofs, p)
		}
	}
	if found.Empty() {
		v.regionalConditionsAreMet(e, proofs)
	}
	for _, d := range found.Sorted() {
		d.Notes = append(d.Notes, diag.Note{Message: "dit gaat over de uitgave van de regio " + e.Region.ID})
		list.Add(d)
	}
	return proofs
}

func proofOf(proofs []*Proof, d *model.Decision) *Proof {
	return proofs[slices.IndexFunc(proofs, func(p *Proof) bool { return p.Decision == d })]
}

func (v *verifier) touched(e *model.Edition, t *model.Touched, national *Proof) *Proof {
	g := v.build(t.Regional)
	if g == nil || g.Decision.Kind == model.Choice && !v.oneRule(g) {
		return nil
	}
	if !v.stricter(e, t, national.Diagram, g) {
		return nil
	}
	p := v.proof(g)
	counts := g.Counting()
	for _, r := range t.Rules {
		if !counts[r] && r.Through == nil {
			v.neverCounts(g, r)
		}
	}
	for _, f := range t.Questions {
		asked := p.Steps == nil || slices.ContainsFunc(p.Steps.Nodes, func(n walk.Node) bool { return n.Fact == f })
		if f.Kind == model.Asked && !asked && !ofUsed(p.Decision, f) {
			v.list.Addf(t.Span, "vraag-doet-niets", `de vraag "%s" wordt in "%s" nooit gesteld: geen uitkomst hangt ervan af`, f.ID, p.Decision.ID)
		}
	}
	v.locksHold(g)
	for _, i := range t.Regional.Invariants {
		if inside, err := diagram.Restrict(v.m, g, i.When); err == nil && inside.Root == diagram.Impossible {
			continue // what the region fixed rules this out
		}
		if v.invariant(g, i) {
			p.Invariants++
		}
	}
	for _, k := range t.Regional.Cases {
		if v.oneCase(g, k) {
			p.Cases++
		}
	}
	return p
}

// regionalConditionsAreMet refuses conditions of the region that no answer carries.
func (v *verifier) regionalConditionsAreMet(e *model.Edition, proofs []*Proof) {
	own := &verifier{m: &model.Model{}, list: v.list}
	for _, c := range e.Model.Conditions {
		if !slices.ContainsFunc(e.National.Conditions, func(n *model.Condition) bool { return n.ID == c.ID }) {
			own.m.Conditions = append(own.m.Conditions, c)
		}
	}
	own.conditionsAreMet(proofs)
}

// stricter proves that a region's decision is in every situation at least as strict as the national one. A situation is
// compared with each that differs from it only in what the region fixed, and in what starts or stops to apply because of
// that. It reports at most one situation of each kind of weakening, the smallest.
func (v *verifier) stricter(e *model.Edition, t *model.Touched, nationalDiagram, regionalDiagram *diagram.Diagram) bool {
	pair, err := v.pair(e, t, nationalDiagram, regionalDiagram)
	if err != nil {
		v.list.Addf(t.Span, "niet-bewezen", `"%s" is niet vergeleken met de landelijke regels: te groot`, t.Regional.ID)
		return false
	}
	if lost := pair.lost(); lost != nil {
		v.list.Add(diag.Diagnostic{Code: "regio-sluit-uit", Span: t.Span, Notes: []diag.Note{{Message: "bijvoorbeeld: " + pair.national.Describe(lost)}},
			Message: fmt.Sprintf(`"%s" geeft in de regio geen antwoord in een situatie die landelijk kan voorkomen`, t.Regional.ID)})
		return false
	}
	sound := true
	for _, w := range weakenings {
		if w.kind != t.National.Kind {
			continue
		}
		if x, y := pair.find(w.found); x != nil {
			sound = false
			v.list.Add(pair.report(w, x, y))
		}
	}
	return sound
}

// A weakening is a way in which a regional answer y can be less strict than a national answer x.
type weakening struct {
	code, message string
	kind          model.Kind
	found         func(t *model.Touched, x, y model.Answer) bool
}

var weakenings = []weakening{
	{code: "regio-ruimer", message: `"%s" is in de regio ergens ruimer dan landelijk; een regio kan alleen strenger zijn`, kind: model.Permit,
		found: func(_ *model.Touched, x, y model.Answer) bool { return y.Outcome > x.Outcome }},
	{code: "regio-voorwaarde", message: `in "%s" valt in de regio een landelijke voorwaarde weg, of weegt een ander`, kind: model.Permit,
		found: func(t *model.Touched, x, y model.Answer) bool {
			return y.Outcome > model.Forbidden && y.Outcome <= x.Outcome && !covers(ways(t.National, x), ways(t.Regional, y))
		}},
	{code: "regio-plicht", message: `"%s" geeft in de regio een plicht die er landelijk niet is; alleen de wet kan verplichten`, kind: model.Permit,
		found: func(_ *model.Touched, x, y model.Answer) bool { return y.Duty > x.Duty }},
	{code: "regio-keuze", message: `"%s" is een keuze en geeft in de regio iets anders dan landelijk; uitkomsten van een keuze hebben geen volgorde, dus strenger bestaat daar niet`, kind: model.Choice,
		found: func(t *model.Touched, x, y model.Answer) bool {
			return x.Outcome != y.Outcome || !covers(ways(t.National, x), ways(t.Regional, y))
		}},
}
