package check

import (
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// toTest is the status of a rule that a lawyer must still confirm.
const toTest = "te-toetsen"

var ruleKinds = map[string]model.RuleKind{"grond": model.Ground, "eis": model.Requirement, "grens": model.Limit,
	"uitzondering": model.Exception, "regel": model.ChoiceRule}

// rule resolves what every kind of rule has: conditions on facts, validity, status and sources.
func (c *checker) rule(written *syntax.Rule, kind model.RuleKind) *model.Rule {
	r := &model.Rule{ID: written.ID.Value, Span: written.Span, Kind: kind, Why: c.guidance.sentence(written.Why), Alternative: c.guidance.sentence(written.Alternative),
		Doubt: c.guidance.sentence(written.Doubt), Status: "bron", From: written.From.Value, Until: written.Until.Value,
		Cited: c.cited(written.Cited), Conditions: c.conditionList(written.Conditions)}
	if !written.ID.Empty() {
		r.Span = written.ID.Span
	}
	r.When = c.cond(written.When)
	if written.Requires != nil {
		r.Scope, r.Requires = r.When, c.cond(written.Requires)
		r.When = model.All{r.Scope, model.Not(r.Requires)}
	}
	c.someDay(written.From, written.Until)
	if r.From != "" || r.Until != "" {
		r.When = model.All{r.When, c.valid(r)}
	}
	if s := written.Status; !s.Empty() {
		r.Status = s.Value
		c.oneOf(s, "onbekende-status", "status", model.Statuses[:])
	}
	if by := written.By; !by.Empty() {
		r.By = by.Value
		c.oneOf(by, "onbekende-beslisser", "door", model.Deciders[:])
	}
	if duty := written.Duty; !duty.Empty() {
		r.Duty = max(0, slices.Index(model.Duties[:], duty.Value))
		r.EndsDuty = duty.Value == model.Duties[0]
		c.oneOf(duty, "onbekende-plicht", "plicht", model.Duties[:])
	}
	return r
}

func byID(a, b *model.Rule) int { return strings.Compare(a.ID, b.ID) }

func (c *checker) oneOf(t yamldoc.Text, code, key string, known []string) {
	if !slices.Contains(known, t.Value) {
		c.list.Addf(t.Span, code, `achter "%s" kan "%s" niet staan%s`, key, t.Value, diag.Suggest(t.Value, known))
	}
}

func (c *checker) conditionList(names []yamldoc.Text) []*model.Condition {
	var out []*model.Condition
	for _, name := range names {
		condition, ok := c.conditions.all[name.Value]
		if !ok {
			c.list.Addf(name.Span, "onbekende-voorwaarde", `de voorwaarde "%s" bestaat niet%s`, name.Value, diag.Suggest(name.Value, c.conditions.ids()))
			continue
		}
		out = append(out, condition)
	}
	return out
}

// rules resolves the rules of a decision, written as lists or as a tree.
func (c *checker) rules(d *model.Decision, written *syntax.Decision) {
	var ids names[*model.Rule]
	add := func(w *syntax.Rule, r *model.Rule) {
		c.mustCite(w.Cited, yamldoc.Text{Value: r.ID, Span: r.Span})
		if ids.add(yamldoc.Text{Value: r.ID, Span: r.Span}, "de regel", r, c.list) {
			d.Rules = append(d.Rules, r)
		}
	}
	answersTo := map[*model.Rule][]yamldoc.Text{}
	for _, w := range written.Rules {
		kind := ruleKinds[w.Kind]
		if (kind == model.ChoiceRule) != (d.Kind == model.Choice) {
			c.list.Addf(w.Span, "verkeerde-soort", `een %s hoort niet bij een beslissing van de soort %s`, w.Kind, written.Kind.Value)
			continue
		}
		r := c.rule(w, kind)
		r.Level = c.outcome(d, w.Then)
		if d.Kind == model.Permit && d.Outcome(w.Then.Value) >= 0 {
			c.permitRule(r, w)
		}
		if kind == model.Exception {
			answersTo[r] = w.AnswersTo
		}
		add(w, r)
	}
	if written.Tree != nil {
		if d.Kind != model.Choice {
			c.list.Addf(written.Tree.Span, "verkeerde-soort", `een boom hoort bij een beslissing van de soort keuze`)
		}
		d.Tree = c.branch(d, written.Tree, nil, add)
	}
	for r, names := range answersTo {
		c.answersTo(r, names, &ids)
	}
	slices.SortFunc(d.Rules, byID)
}

// permitRule checks what an outcome of a Permit asks of its rule, and caps the level where conditions or doubt do.
func (c *checker) permitRule(r *model.Rule, w *syntax.Rule) {
	r.Uncapped = r.Level
	if r.Level <= model.OwnWeighing && r.Alternative == "" {
		c.list.Addf(r.Span, "zonder-wat-wel", `"%s" geeft %s en zegt niet wat er wel kan; vul "wat-wel:" in`, r.ID, model.Levels[r.Level])
	}
	if r.Level == model.OwnWeighing && r.By == "" {
		c.list.Addf(r.Span, "zonder-door", `"%s" geeft eigen-afweging en zegt niet wie er weegt; vul "door:" in`, r.ID)
	}
	if r.Level == model.Forbidden && len(r.Conditions) > 0 {
		c.list.Addf(r.Span, "voorwaarde-bij-nee", `"%s" geeft mag-niet en kan geen voorwaarden hebben; zeg het met "wat-wel:"`, r.ID)
	}
	if r.Kind == model.Ground && r.Level == model.Forbidden {
		c.list.Addf(r.Span, "grond-zonder-deur", `"%s" is een grond maar opent niets; maak er een grens van`, r.ID)
	}
	if r.Kind == model.Ground && r.Status == toTest {
		condition, ok := c.conditions.all[model.LawyerMustConfirm]
		if !ok {
			c.list.Addf(w.Status.Span, "onbekende-voorwaarde", `een grond met status te-toetsen heeft de voorwaarde "%s" nodig; schrijf die in voorwaarden.yaml`, model.LawyerMustConfirm)
		} else if !slices.Contains(r.Conditions, condition) {
			r.Conditions = append(r.Conditions, condition)
		}
	}
	if len(r.Conditions) > 0 {
		r.Level = min(r.Level, model.Conditional)
	}
}

// answersTo resolves the requirements and limits an exception names.
func (c *checker) answersTo(r *model.Rule, written []yamldoc.Text, ids *names[*model.Rule]) {
	for _, name := range written {
		target, ok := ids.all[name.Value]
		if !ok {
			c.list.Addf(name.Span, "onbekende-regel", `de eis of grens "%s" bestaat niet%s`, name.Value, diag.Suggest(name.Value, ids.ids()))
			continue
		}
		if target.Kind != model.Requirement && target.Kind != model.Limit {
			c.list.Addf(name.Span, "geen-eis-of-grens", `"%s" is een %s; een uitzondering antwoordt op een eis of grens`, name.Value, model.RuleKinds[target.Kind])
			continue
		}
		if r.Level < target.Level {
			c.list.Add(diag.Diagnostic{Code: "strengere-uitzondering", Span: r.Span,
				Message: `de uitzondering "` + r.ID + `" is strenger dan de regel waar zij op antwoordt`,
				Notes:   []diag.Note{{Span: target.Span, Message: `"` + target.ID + `" geeft ` + model.Levels[target.Level]}}})
		}
		r.AnswersTo = append(r.AnswersTo, target)
	}
	if r.Level == model.Forbidden {
		c.list.Addf(r.Span, "uitzondering-zonder-deur", `de uitzondering "%s" geeft mag-niet en verandert dus niets`, r.ID)
	}
	slices.SortFunc(r.AnswersTo, byID)
}

// branch resolves a written-out tree; each leaf becomes a rule that holds where its path holds.
func (c *checker) branch(d *model.Decision, written *syntax.Branch, path model.All, add func(*syntax.Rule, *model.Rule)) *model.Branch {
	b := &model.Branch{}
	if written.Leaf != nil {
		b.Rule = c.rule(written.Leaf, model.ChoiceRule)
		b.Rule.When = model.All{append(model.All{}, path...), b.Rule.When}
		b.Rule.Level = c.outcome(d, written.Leaf.Then)
		add(written.Leaf, b.Rule)
		return b
	}
	b.Fact = c.fact(written.Question)
	if b.Fact == nil {
		return b
	}
	for _, w := range written.Branches {
		values := c.values(b.Fact, w.Values)
		child := c.branch(d, w, append(append(model.All{}, path...), model.In{Fact: b.Fact, Values: values}), add)
		child.Values = values
		b.Branches = append(b.Branches, child)
	}
	return b
}
