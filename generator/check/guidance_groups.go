package check

import (
	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// groups resolves the groups in which visitors find decisions. A decision stands in one of them.
func (g *guidance) groups(decisions *names[*model.Decision]) []*model.Group {
	var ids names[*model.Group]
	var out []*model.Group
	first := map[*model.Decision]source.Span{}
	for _, w := range g.written.Groups {
		group := &model.Group{ID: w.ID.Value, Title: g.plain(w.Title)}
		if !ids.add(w.ID, "de groep", group, g.list) {
			continue
		}
		for _, name := range w.Decisions {
			for _, d := range find(g, []yamldoc.Text{name}, decisions, "onbekende-beslissing", "de beslissing") {
				if at, taken := first[d]; taken {
					g.list.Add(diag.Diagnostic{Code: "twee-groepen", Span: name.Span, Message: `"` + d.ID + `" staat al in een groep; een beslissing staat in één groep`,
						Notes: []diag.Note{{Span: at, Message: "hier staat zij al"}}})
					continue
				}
				first[d] = name.Span
				group.Decisions = append(group.Decisions, d)
			}
		}
		out = append(out, group)
	}
	return out
}

// allGrouped reports decisions that a visitor would not find: those in no group that no question is helped by and no
// other decision uses.
func (c *checker) allGrouped() {
	if len(c.m.Groups) == 0 {
		return
	}
	found := map[*model.Decision]bool{}
	for _, group := range c.m.Groups {
		for _, d := range group.Decisions {
			found[d] = true
		}
	}
	for _, f := range c.facts.sorted() {
		if f.Helper != nil {
			found[f.Helper.Decision] = true
		}
		if f.Uses != nil {
			found[f.Uses] = true
		}
	}
	for _, d := range c.decisions.sorted() {
		if !found[d] {
			c.list.Addf(d.Span, "zonder-groep", `"%s" staat in geen groep, dus niemand vindt haar; zet haar in %svragen.yaml bij "beslissingen"`, d.ID, content.Root)
		}
	}
}
