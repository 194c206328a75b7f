package mutate

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/verify"
)

// A mutant is one change to a model. Outside region it changes nothing.
type mutant struct {
	decision *model.Decision // whose rule it is, or nil
	fact     *model.Fact     // derived, whose rule it is, or nil
	rule     *model.Rule     // nil where an outcome of a choice is changed
	result   Result
	region   model.Cond
	apply    func()
	undo     func()
}

// owner is whose rule it is: the decision or the fact.
func (x *mutant) owner() any {
	if x.fact != nil {
		return x.fact
	}
	return x.decision
}

// mutants lists every change of a model, in a fixed order.
func mutants(m *model.Model) []*mutant {
	var out []*mutant
	for _, f := range m.Facts {
		if f.Kind == model.Derived {
			for _, r := range f.Rules {
				out = append(out, factRule(f, r)...)
			}
		}
	}
	for _, d := range m.Decisions {
		for _, r := range d.Rules {
			if r.Through == nil {
				out = append(out, decisionRule(d, r)...)
			}
		}
		for _, l := range d.Locks {
			if l.Fact != nil {
				out = append(out, lock(d, l))
			}
		}
		if d.Kind == model.Choice {
			out = append(out, outcomeConditions(d)...)
		}
	}
	return out
}

// lock takes away a lock that is a decision of its own. The requirements of other locks are changed as rules.
func lock(d *model.Decision, l *model.Lock) *mutant {
	rules, locks := d.Rules, d.Locks
	var region model.Any
	for _, r := range l.Rules {
		region = append(region, r.When)
	}
	return &mutant{decision: d, rule: l.Rules[0], region: region, result: Result{Owner: d.ID, Rule: l.ID, Span: l.Span, Change: "zonder dit slot"},
		apply: func() {
			d.Locks = without(locks, l)
			d.Rules = slices.DeleteFunc(slices.Clone(rules), func(r *model.Rule) bool { return slices.Contains(l.Rules, r) })
		},
		undo: func() { d.Rules, d.Locks = rules, locks }}
}

// factRule changes a rule of a derived fact. Where the fact has a rest, that follows.
func factRule(f *model.Fact, r *model.Rule) []*mutant {
	var out []*mutant
	add := func(region model.Cond, change string, apply func()) {
		rules, when, level := f.Rules, r.When, r.Level
		var rest *model.Rule
		var restWhen model.Cond
		for _, other := range rules {
			if other.Rest {
				rest, restWhen = other, other.When
			}
		}
		out = append(out, &mutant{fact: f, rule: r, region: region, result: Result{Owner: f.ID, Rule: r.ID, Span: r.Span, Change: change},
			apply: func() {
				apply()
				if rest != nil {
					rest.When = restOf(f.Rules)
				}
			},
			undo: func() {
				f.Rules, r.When, r.Level = rules, when, level
				if rest != nil {
					rest.When = restWhen
				}
			}})
	}
	if !r.Rest {
		add(r.When, "zonder deze regel", func() { f.Rules = without(f.Rules, r) })
		conditions(r, func(when model.Cond, change string) {
			add(either(r.When, when), change, func() { r.When = when })
		})
	}
	for level, v := range f.Values {
		if level != r.Level {
			add(r.When, "dan "+v.ID, func() { r.Level = level })
		}
	}
	return out
}

func restOf(rules []*model.Rule) model.Cond {
	var rest model.All
	for _, r := range rules {
		if !r.Rest {
			rest = append(rest, model.Not(r.When))
		}
	}
	return rest
}

func without[T comparable](list []T, gone T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return x == gone })
}

// either holds where exactly one of two conditions does.
func either(x, y model.Cond) model.Cond {
	return model.Any{model.All{x, model.Not(y)}, model.All{model.Not(x), y}}
}

// decisionRule changes a rule of a decision.
func decisionRule(d *model.Decision, r *model.Rule) []*mutant {
	var out []*mutant
	add := func(region model.Cond, change string, apply func()) {
		rules, old := d.Rules, *r
		out = append(out, &mutant{decision: d, rule: r, region: region, result: Result{Owner: d.ID, Rule: r.ID, Span: r.Span, Change: change},
			apply: apply, undo: func() { d.Rules, *r = rules, old }})
	}
	add(r.When, "zonder deze regel", func() { d.Rules = without(d.Rules, r) })
	conditions(r, func(when model.Cond, change string) {
		add(either(r.When, when), change, func() { r.When = when })
	})
	if d.Kind == model.Choice {
		for o, outcome := range d.Outcomes {
			if o != r.Level {
				add(r.When, "dan "+outcome.ID, func() { r.Level = o })
			}
		}
	} else {
		permitRule(r, func(change string, apply func()) { add(r.When, change, apply) })
	}
	for _, c := range r.Conditions {
		add(r.When, "zonder de voorwaarde "+c.ID, func() {
			r.Conditions = without(r.Conditions, c)
			if d.Kind == model.Permit && len(r.Conditions) == 0 {
				r.Level = r.Uncapped
			}
		})
	}
	return out
}

// permitRule changes what only a rule of a Permit has: its level, its duty and what it answers to. A level that check
// would refuse is no change that anybody could make.
func permitRule(r *model.Rule, add func(change string, apply func())) {
	lowest := model.Forbidden
	switch r.Kind {
	case model.Ground:
		lowest = model.OwnWeighing
	case model.Exception:
		lowest = model.OwnWeighing
		for _, t := range r.AnswersTo {
			lowest = max(lowest, t.Level)
		}
	}
	for level := lowest; level <= model.Allowed; level++ {
		if level == r.Level || level > model.Conditional && len(r.Conditions) > 0 {
			continue
		}
		add("dan "+model.Levels[level], func() {
			r.Level = level
			if level == model.Forbidden {
				r.Conditions = nil
			}
		})
	}
	for duty, name := range model.Duties {
		if (r.Duty > 0 || r.EndsDuty) && duty != r.Duty {
			add("plicht "+name, func() { r.Duty, r.EndsDuty = duty, duty == 0 })
		}
	}
	if r.Duty > 0 || r.EndsDuty {
		add("zonder plicht", func() { r.Duty, r.EndsDuty = 0, false })
	}
	if len(r.AnswersTo) > 1 { // without the last one it is a change that drops the rule
		for _, t := range r.AnswersTo {
			add("niet meer op "+t.ID, func() { r.AnswersTo = without(r.AnswersTo, t) })
		}
	}
}

// outcomeConditions drops conditions of the outcomes of a Choice.
func outcomeConditions(d *model.Decision) []*mutant {
	var out []*mutant
	for o := range d.Outcomes {
		outcome := &d.Outcomes[o]
		region := model.Any{}
		for _, r := range d.Rules {
			if r.Level == o {
				region = append(region, r.When)
			}
		}
		for _, c := range outcome.Conditions {
			old := outcome.Conditions
			out = append(out, &mutant{decision: d, region: region,
				result: Result{Owner: d.ID, Rule: outcome.ID, Span: outcome.Span, Change: "zonder de voorwaarde " + c.ID},
				apply:  func() { outcome.Conditions = without(old, c) },
				undo:   func() { outcome.Conditions = old }})
		}
	}
	return out
}

// conditions gives every condition that a rule gets by one change to what it says. Scope and demand of a requirement are
// changed apart, as the author wrote them.
func conditions(r *model.Rule, yield func(when model.Cond, change string)) {
	if r.Kind != model.Requirement {
		variants(r.When, yield)
		return
	}
	var valid model.Cond = model.All{}
	if all := r.When.(model.All); r.From != "" || r.Until != "" {
		valid = all[1]
		variants(valid, func(changed model.Cond, change string) { yield(model.All{all[0], changed}, change) })
	}
	variants(r.Scope, func(changed model.Cond, change string) {
		yield(model.All{model.All{changed, model.Not(r.Requires)}, valid}, change)
	})
	variants(r.Requires, func(changed model.Cond, change string) {
		yield(model.All{model.All{r.Scope, model.Not(changed)}, valid}, "eist: "+change)
	})
}

// variants gives every condition that differs from c in one place, at the top as well.
func variants(c model.Cond, yield func(model.Cond, string)) {
	if _, all := c.(model.All); !all {
		yield(model.All{}, "zonder "+verify.Say(c))
	}
	places(c, yield)
}

func places(c model.Cond, yield func(model.Cond, string)) {
	switch c := c.(type) {
	case model.All:
		for i, part := range c {
			if all, ok := part.(model.All); !ok || len(all) > 0 {
				yield(model.All(slices.Delete(slices.Clone(c), i, i+1)), "zonder "+verify.Say(part))
			}
			places(part, func(changed model.Cond, change string) { yield(model.All(replaced(c, i, changed)), change) })
		}
	case model.Any:
		for i, part := range c {
			if len(c) > 1 {
				yield(model.Any(slices.Delete(slices.Clone(c), i, i+1)), "zonder het alternatief "+verify.Say(part))
			}
			places(part, func(changed model.Cond, change string) { yield(model.Any(replaced(c, i, changed)), change) })
		}
	case model.In:
		if c.Fact.Kind == model.Date {
			days(c, yield)
			return
		}
		for v := range c.Fact.Size() {
			changed := model.In{Fact: c.Fact, Values: c.Values ^ 1<<v}
			if changed.Values == 0 || changed.Values == c.Fact.All() {
				continue
			}
			word := "ook"
			if c.Values.Has(v) {
				word = "niet meer"
			}
			yield(changed, fmt.Sprintf("%s: %s %s", c.Fact.ID, word, c.Fact.ValueID(v)))
		}
	}
}

func replaced(list []model.Cond, i int, c model.Cond) []model.Cond {
	out := slices.Clone(list)
	out[i] = c
	return out
}

// days moves each end of a period by a day. The values next to an end are single days; see splitDays.
func days(c model.In, yield func(model.Cond, string)) {
	f, n := c.Fact, len(c.Fact.Values)
	move := func(v int, what string) {
		if changed := c.Values ^ 1<<v; changed != 0 && changed != f.All() {
			yield(model.In{Fact: f, Values: changed}, what)
		}
	}
	for v := 1; v < n; v++ {
		switch day := f.Values[v].From; {
		case c.Values.Has(v) && !c.Values.Has(v-1):
			move(v-1, "begint een dag voor "+day)
			move(v, "begint een dag na "+day)
		case !c.Values.Has(v) && c.Values.Has(v-1):
			move(v-1, "eindigt een dag voor "+day)
			move(v, "eindigt een dag na "+day)
		}
	}
}

// describe writes an answer: outcome, duty and the rules that count.
func describe(d *model.Decision, a model.Answer) string {
	out := d.Outcomes[a.Outcome].ID
	if a.Duty > 0 {
		out += " met plicht " + model.Duties[a.Duty]
	}
	var rules []string
	for _, r := range a.Counting {
		rules = append(rules, r.ID)
	}
	if len(rules) == 0 {
		return out
	}
	return out + " (" + strings.Join(rules, ", ") + ")"
}
