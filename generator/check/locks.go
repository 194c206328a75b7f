package check

import (
	"slices"

	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// locks resolves the locks of a decision. A lock that is the outcome of another decision becomes limits: where that says
// mag-niet or eigen-afweging, this decision says no more. Its mag-mits comes along as for every used decision.
func (c *checker) locks(d *model.Decision, written []*syntax.Lock) {
	if len(written) > 0 && d.Kind != model.Permit {
		c.list.Addf(written[0].ID.Span, "verkeerde-soort", `"sloten" kan alleen bij een beslissing van de soort mag`)
		return
	}
	var ids names[*model.Lock]
	for _, w := range written {
		l := &model.Lock{ID: w.ID.Value, Span: w.ID.Span, Title: c.guidance.plain(w.Title), Question: c.guidance.plain(w.Question)}
		if !ids.add(w.ID, "het slot", l, c.list) {
			continue
		}
		if w.Fact.Empty() {
			c.requirementLock(d, l, w.Requirements)
		} else {
			c.decisionLock(d, l, w.Fact)
		}
		d.Locks = append(d.Locks, l)
	}
}

// requirementLock is a lock that requirements of the decision itself make.
func (c *checker) requirementLock(d *model.Decision, l *model.Lock, written []yamldoc.Text) {
	var stands model.Any
	for _, r := range c.rulesOf(d, written) {
		if r.Kind != model.Requirement {
			c.list.Add(diag.Diagnostic{Code: "geen-eis", Span: l.Span, Message: `"` + r.ID + `" is een ` + model.RuleKinds[r.Kind] + `; een slot bestaat uit eisen`,
				Notes: []diag.Note{{Span: r.Span, Message: "de regel staat hier"}}})
			continue
		}
		l.Rules = append(l.Rules, r)
		stands = append(stands, model.All{r.Scope, c.valid(r)})
	}
	slices.SortFunc(l.Rules, byID)
	l.Stands = stands
}

// decisionLock is a lock that is a decision of its own.
func (c *checker) decisionLock(d *model.Decision, l *model.Lock, written yamldoc.Text) {
	f := c.fact(written)
	if f == nil {
		return
	}
	if f.Kind != model.Used || f.Uses == nil || f.Uses.Kind != model.Permit {
		c.list.Addf(written.Span, "geen-beslissing", `"%s" is niet de uitkomst van een beslissing van de soort mag; een slot is dat wel`, f.ID)
		return
	}
	l.Fact = f
	applies := f.All()
	if f.HasUndefined() {
		applies &^= 1 << f.UndefinedIndex()
	}
	l.Stands = model.In{Fact: f, Values: applies}
	for level, name := range []string{model.Forbidden: "dicht", model.OwnWeighing: "weging"} {
		l.Rules = append(l.Rules, &model.Rule{ID: "slot-" + l.ID + "-" + name, Span: l.Span, Kind: model.Limit, Level: level, Uncapped: level,
			When: model.In{Fact: f, Values: 1 << level}, Status: "bron", Through: f})
	}
	d.Rules = append(d.Rules, l.Rules...)
	slices.SortFunc(d.Rules, byID)
}

// valid is the condition that the date lies within the validity of a rule.
func (c *checker) valid(r *model.Rule) model.Cond {
	if r.From == "" && r.Until == "" {
		return model.All{}
	}
	return model.In{Fact: c.date, Values: c.dateSet(r.From, r.Until)}
}
