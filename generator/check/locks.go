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
		c.list.Addf(written[0].ID.Span, "verkeerde-soort", `"sloten" kan alleen bij een beslissing van de soort mag, en "%s" is een keuze`, d.ID)
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

// requirementLock is a lock that requirements of the decision itself make. Each closes it where it fails, and where an
// exception takes its place, something does: a plain yes would open the lock without a word.
func (c *checker) requirementLock(d *model.Decision, l *model.Lock, written []yamldoc.Text) {
	for _, r := range c.rulesOf(d, written) {
		at := []diag.Note{{Span: r.Span, Message: "de regel staat hier"}}
		if r.Kind != model.Requirement {
			c.list.Add(diag.Diagnostic{Code: "geen-eis", Span: l.Span, Notes: at,
				Message: `"` + r.ID + `" is een ` + model.RuleKinds[r.Kind] + `; een slot bestaat uit regels die onder "eisen:" staan`})
			continue
		}
		if r.Level > model.OwnWeighing {
			c.list.Add(diag.Diagnostic{Code: "sluit-niet", Span: l.Span, Notes: at,
				Message: `de eis "` + r.ID + `" sluit niets: zij laat ` + model.Levels[r.Level] + ` over; bij een eis van een slot hoort "anders: mag-niet" of "anders: eigen-afweging"`})
		}
		l.Rules = append(l.Rules, r)
		for _, e := range d.Rules {
			if e.Level > model.OwnWeighing && len(e.Conditions) == 0 && slices.Contains(e.AnswersTo, r) {
				c.list.Add(diag.Diagnostic{Code: "slot-zomaar-open", Span: e.Span,
					Message: `de uitzondering "` + e.ID + `" opent het slot "` + l.ID + `" zonder voorwaarde; geef haar "voorwaarden:" of "dan: eigen-afweging", of noem achter "eist:" wat ook goed is`,
					Notes:   []diag.Note{{Span: l.Span, Message: "het slot staat hier"}, {Span: r.Span, Message: `de eis: "` + r.ID + `"`}}})
			}
		}
	}
	slices.SortFunc(l.Rules, byID)
	var stands model.Any
	for _, r := range l.Rules {
		stands = append(stands, model.All{r.Scope, c.valid(r)})
	}
	l.Stands = stands
}

// decisionLock is a lock that is a decision of its own.
func (c *checker) decisionLock(d *model.Decision, l *model.Lock, written yamldoc.Text) {
	f := c.fact(written)
	if f == nil {
		return
	}
	if f.Kind != model.Used || f.Uses == nil || f.Uses.Kind != model.Permit {
		c.list.Addf(written.Span, "geen-beslissing", `"%s" is niet de uitkomst van een beslissing van de soort mag; noem een feit dat dat wel is, zoals {feit: geheim, beslissing: mag-het-geheim-open}`, f.ID)
		return
	}
	l.Fact = f
	applies := f.All()
	if f.HasUndefined() {
		applies &^= 1 << f.UndefinedIndex()
	}
	l.Stands = model.In{Fact: f, Values: applies}
	weighs := func(r *model.Rule) bool { return r.Level == model.OwnWeighing }
	for level, name := range []string{model.Forbidden: "dicht", model.OwnWeighing: "weging"} {
		if level == model.OwnWeighing && !slices.ContainsFunc(f.Uses.Rules, weighs) {
			continue // that decision leaves nothing to weigh
		}
		r := &model.Rule{ID: "slot-" + l.ID + "-" + name, Span: l.Span, Kind: model.Limit, Level: level, Uncapped: level,
			When: model.In{Fact: f, Values: 1 << level}, Status: "bron", Through: f}
		l.Rules = append(l.Rules, r)
		c.addMade(d, r)
	}
}

// addMade adds a rule that no author wrote.
func (c *checker) addMade(d *model.Decision, r *model.Rule) {
	if same := d.Rule(r.ID); same != nil {
		c.list.Add(diag.Diagnostic{Code: "gereserveerd", Span: same.Span, Message: `"` + r.ID + `" heeft een vaste betekenis; kies een andere naam voor deze regel`,
			Notes: []diag.Note{{Span: r.Span, Message: "zo heet al een regel die hieruit volgt"}}})
		return
	}
	d.Rules = append(d.Rules, r)
	slices.SortFunc(d.Rules, byID)
}

// valid is the condition that the date lies within the validity of a rule.
func (c *checker) valid(r *model.Rule) model.Cond {
	if r.From == "" && r.Until == "" {
		return model.All{}
	}
	return model.In{Fact: c.date, Values: c.dateSet(r.From, r.Until)}
}
