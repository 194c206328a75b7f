package verify

import "handvat/generator/model"

// ruleDestination marks a norm that belongs in a rule.
const ruleDestination = "rule"

// Uncited lists the norms that are marked as rules and that no rule cites: no rule of a decision or derived fact, no
// condition, no "geen-grond", and no rule of a region. total is how many norms are marked so.
func Uncited(m *model.Model) (uncited []*model.Norm, total int) {
	cited := map[*model.Norm]bool{}
	cite := func(c model.Cited) {
		for _, n := range c.Norms {
			cited[n] = true
		}
	}
	rules := func(list []*model.Rule) {
		for _, r := range list {
			cite(r.Cited)
		}
	}
	for _, f := range m.Facts {
		rules(f.Rules)
	}
	for _, c := range m.Conditions {
		cite(c.Cited)
	}
	for _, d := range m.Decisions {
		rules(d.Rules)
		if d.NoGround != nil {
			cite(d.NoGround.Cited)
		}
	}
	for _, r := range m.Regions {
		cite(model.Cited{Norms: r.RuleNorms})
	}
	for _, n := range m.Norms {
		if n.Destination != ruleDestination {
			continue
		}
		total++
		if !cited[n] {
			uncited = append(uncited, n)
		}
	}
	return uncited, total
}

// normsAreCited refuses norms marked as rules that no rule cites, once the settings say that the rules are complete.
func (v *verifier) normsAreCited() {
	if !v.m.Settings.RulesComplete {
		return
	}
	uncited, _ := Uncited(v.m)
	for _, n := range uncited {
		v.list.Addf(n.Span, "norm-zonder-regel", `de norm "%s" hoort in een regel, en geen regel noemt haar`, n.ID)
	}
}
