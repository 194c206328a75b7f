package check

import (
	"fmt"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// groups resolves the groups in which visitors find decisions. A decision stands in one of them.
func (g *guidance) groups(decisions *names[*model.Decision]) []*model.Group {
	var out []*model.Group
	inGroups(g, g.written.Groups, decisions, "onbekende-beslissing", "de beslissing", func(w *content.Group, members []*model.Decision) {
		out = append(out, &model.Group{ID: w.ID.Value, Title: g.plain(w.Title), Decisions: members})
	})
	return out
}

// shelves resolves the groups in which visitors find topics. Every topic stands in one of them.
func (g *guidance) shelves() []*model.Shelf {
	var out []*model.Shelf
	grouped := inGroups(g, g.written.Shelves, &g.topics, "onbekende-kennis", "de kennispagina", func(w *content.Group, members []*model.Topic) {
		out = append(out, &model.Shelf{ID: w.ID.Value, Title: g.plain(w.Title), Topics: members})
	})
	for _, t := range g.topics.sorted() {
		if _, found := grouped[t]; !found {
			g.list.Addf(t.Span, "zonder-groep", `"%s" staat in geen groep, dus niemand vindt haar; zet haar in %skennis.yaml bij "paginas"`, t.ID, content.Root)
		}
	}
	return out
}

// inGroups looks up the members of each group, hands them to keep, and gives where each member stands. What stands in a
// second group, and a group with the id of another, is reported and left out.
func inGroups[T comparable](g *guidance, written []*content.Group, known *names[T], code, what string, keep func(*content.Group, []T)) map[T]source.Span {
	var ids names[*content.Group]
	first := map[T]source.Span{}
	for _, w := range written {
		if !ids.add(w.ID, "de groep", w, g.list) {
			continue
		}
		var members []T
		for _, name := range w.Members {
			for _, member := range find(g, []yamldoc.Text{name}, known, code, what) {
				if at, taken := first[member]; taken {
					g.list.Add(diag.Diagnostic{Code: "twee-groepen", Span: name.Span, Message: fmt.Sprintf(`%s "%s" staat al in een groep, en hoort in één groep te staan`, what, name.Value),
						Notes: []diag.Note{{Span: at, Message: "hier staat zij al"}}})
					continue
				}
				first[member] = name.Span
				members = append(members, member)
			}
		}
		keep(w, members)
	}
	return first
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
