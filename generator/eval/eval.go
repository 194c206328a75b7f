// Package eval is the reference evaluator: the meaning of decisions, applied literally.
//
// In: a decision and a complete situation. Out: its answer. It walks the rules one by one and knows nothing of
// diagrams, tables or WebAssembly; everything else in this project must agree with it.
//
// A situation gives each asked fact a value. Where a fact's gate does not hold its value is nvt, whatever was given.
package eval

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/model"
)

// OpenError tells that an answer depends on a fact without a value.
type OpenError struct{ Fact *model.Fact }

func (e OpenError) Error() string { return fmt.Sprintf("het feit %q heeft geen waarde", e.Fact.ID) }

// OutcomesError tells that a choice does not have exactly one applying rule in a situation.
type OutcomesError struct {
	Decision *model.Decision // or nil
	Fact     *model.Fact     // a derived fact, or nil
	Rules    []*model.Rule   // those that apply
}

func (e OutcomesError) Error() string {
	name := ""
	if e.Decision != nil {
		name = e.Decision.ID
	} else {
		name = e.Fact.ID
	}
	return fmt.Sprintf("in %s gelden %d regels in plaats van één", name, len(e.Rules))
}

// Answer gives the answer of a decision. The error is an OpenError or an OutcomesError.
func Answer(d *model.Decision, s model.Situation) (answer model.Answer, err error) {
	defer caught(&err)
	return situation(s).answer(d), nil
}

// Value gives the value index of any fact in a situation.
func Value(f *model.Fact, s model.Situation) (value int, err error) {
	defer caught(&err)
	return situation(s).value(f), nil
}

// Holds tells whether a condition holds in a situation.
func Holds(c model.Cond, s model.Situation) (holds bool, err error) {
	defer caught(&err)
	return situation(s).holds(c), nil
}

// caught turns the errors that a situation panics with into an ordinary error.
func caught(err *error) {
	switch e := recover().(type) {
	case nil:
	case OpenError:
		*err = e
	case OutcomesError:
		*err = e
	default:
		panic(e)
	}
}

// situation evaluates; it panics with the errors above.
type situation model.Situation

func (s situation) value(f *model.Fact) int {
	if f.Gate != nil && !s.holds(f.Gate) {
		return f.UndefinedIndex()
	}
	switch f.Kind {
	case model.Asked, model.Date:
		v := s[f.Index]
		if v == model.Open || f.HasUndefined() && v == f.UndefinedIndex() {
			panic(OpenError{f})
		}
		return v
	case model.Attribute_:
		chosen := f.Of.Values[s.value(f.Of)].ID
		for _, e := range f.Attribute.Entities {
			if e.ID == chosen {
				if id := e.Attributes[f.Attribute.ID]; id != model.Differs {
					return f.ValueIndex(id)
				}
				return s.value(f.AskedAs)
			}
		}
		panic("BUG: no entity " + chosen)
	case model.Derived:
		var applying []*model.Rule
		for _, r := range f.Rules {
			if s.holds(r.When) {
				applying = append(applying, r)
			}
		}
		if len(applying) != 1 {
			panic(OutcomesError{Fact: f, Rules: applying})
		}
		return applying[0].Level
	case model.Used:
		return s.answer(f.Uses).Outcome
	}
	panic("BUG: unknown kind of fact")
}

func (s situation) holds(c model.Cond) bool {
	switch c := c.(type) {
	case model.All:
		for _, part := range c {
			if !s.holds(part) {
				return false
			}
		}
		return true
	case model.Any:
		for _, part := range c {
			if s.holds(part) {
				return true
			}
		}
		return false
	case model.In:
		return c.Values.Has(s.value(c.Fact))
	}
	panic("BUG: unknown condition")
}

func (s situation) answer(d *model.Decision) model.Answer {
	var applying []*model.Rule
	for _, r := range d.Rules {
		if s.holds(r.When) {
			applying = append(applying, r)
		}
	}
	var a model.Answer
	if d.Kind == model.Choice {
		if len(applying) != 1 {
			panic(OutcomesError{Decision: d, Rules: applying})
		}
		a = model.Answer{Outcome: applying[0].Level, Counting: applying}
	} else {
		a = permit(applying)
	}
	for _, f := range d.Uses {
		if s.value(f) != undefined(f) && slices.ContainsFunc(a.Counting, func(r *model.Rule) bool { return names(r.When, f) }) {
			a.Through = append(a.Through, model.Through{Fact: f, Answer: s.answer(f.Uses)})
		}
	}
	return a
}

func undefined(f *model.Fact) int {
	if f.HasUndefined() {
		return f.UndefinedIndex()
	}
	return -1
}

func names(c model.Cond, f *model.Fact) bool {
	found := false
	model.FactsOf(c, func(g *model.Fact) { found = found || g == f })
	return found
}

// permit combines the applying rules of a Permit.
func permit(applying []*model.Rule) model.Answer {
	ground := model.Forbidden
	for _, r := range applying {
		if r.Kind == model.Ground {
			ground = max(ground, r.Level)
		}
	}
	outcome := ground
	replaced := map[*model.Rule][]*model.Rule{} // limit -> the exceptions in its place
	ceiling := func(limit *model.Rule) int {
		level := limit.Level
		for _, e := range replaced[limit] {
			level = e.Level
		}
		return level
	}
	for _, e := range applying {
		if e.Kind != model.Exception {
			continue
		}
		for _, limit := range e.AnswersTo {
			if now := replaced[limit]; len(now) == 0 || e.Level > now[0].Level {
				replaced[limit] = []*model.Rule{e}
			} else if e.Level == now[0].Level {
				replaced[limit] = append(now, e)
			}
		}
	}
	for _, r := range applying {
		if r.Kind == model.Requirement || r.Kind == model.Limit {
			outcome = min(outcome, ceiling(r))
		}
	}
	a := model.Answer{Outcome: outcome}
	for _, r := range applying {
		switch {
		case r.Kind == model.Ground && outcome > model.Forbidden && r.Level == ground:
			a.Counting = append(a.Counting, r)
		case (r.Kind == model.Requirement || r.Kind == model.Limit) && (outcome > model.Forbidden || ceiling(r) == model.Forbidden):
			if exceptions := replaced[r]; len(exceptions) > 0 {
				a.Counting = append(a.Counting, exceptions...)
			} else {
				a.Counting = append(a.Counting, r)
			}
		}
	}
	slices.SortFunc(a.Counting, func(a, b *model.Rule) int { return strings.Compare(a.ID, b.ID) })
	a.Counting = slices.Compact(a.Counting)
	if outcome > model.Forbidden {
		a.Duty = duty(applying)
	}
	return a
}

func duty(applying []*model.Rule) int {
	level := 0
	for _, r := range applying {
		if r.EndsDuty {
			return 0
		}
		level = max(level, r.Duty)
	}
	return level
}
