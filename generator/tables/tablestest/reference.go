// Package tablestest makes small models and says what they must answer, for the tests of everything that answers
// decisions from tables.
//
// In: a seed. Out: a model with gated, derived, attribute and used facts and decisions of both kinds, the same for the
// same seed. Reference is the meaning of a decision on a complete situation, rule by rule; it knows nothing of tables.
package tablestest

import (
	"slices"

	"handvat/generator/model"
)

// An Answer is what a decision comes to in one complete situation.
type Answer struct {
	Outcome  int
	Duty     int
	Counting []*model.Rule
}

// Reference answers a decision in a situation that has a value for each of its questions; nvt where one does not apply.
func Reference(m *model.Model, d *model.Decision, s model.Situation) Answer {
	if d.Kind == model.Choice {
		r := onlyRule(m, d.Rules, s)
		return Answer{Outcome: r.Level, Counting: []*model.Rule{r}}
	}

	applies := map[*model.Rule]bool{}
	for _, r := range d.Rules {
		applies[r] = Holds(m, r.When, s)
	}
	ground := 0
	for _, r := range d.Rules {
		if applies[r] && r.Kind == model.Ground {
			ground = max(ground, r.Level)
		}
	}
	outcome := ground
	exceptionsTo := map[*model.Rule][]*model.Rule{} // applying, at the highest level among them
	for _, l := range d.Rules {
		if !applies[l] || l.Kind != model.Limit && l.Kind != model.Requirement {
			continue
		}
		ceiling := l.Level
		for _, e := range d.Rules {
			if !applies[e] || !slices.Contains(e.AnswersTo, l) {
				continue
			}
			if exceptionsTo[l] == nil || e.Level > ceiling {
				ceiling, exceptionsTo[l] = e.Level, nil
			}
			if e.Level == ceiling {
				exceptionsTo[l] = append(exceptionsTo[l], e)
			}
		}
		outcome = min(outcome, ceiling)
	}

	counting := map[*model.Rule]bool{}
	duty, ended := 0, false
	for _, r := range d.Rules {
		if !applies[r] {
			continue
		}
		duty, ended = max(duty, r.Duty), ended || r.EndsDuty
		switch r.Kind {
		case model.Ground:
			if outcome > 0 && r.Level == ground {
				counting[r] = true
			}
		case model.Limit, model.Requirement:
			switch {
			case exceptionsTo[r] == nil && (outcome > 0 || r.Level == 0):
				counting[r] = true
			case outcome > 0:
				for _, e := range exceptionsTo[r] {
					counting[e] = true
				}
			}
		}
	}
	if outcome == 0 || ended {
		duty = 0
	}
	answer := Answer{Outcome: outcome, Duty: duty}
	for _, r := range d.Rules {
		if counting[r] {
			answer.Counting = append(answer.Counting, r)
		}
	}
	return answer
}

// Holds tells whether a condition holds; a nil one always does.
func Holds(m *model.Model, c model.Cond, s model.Situation) bool {
	switch c := c.(type) {
	case nil:
		return true
	case model.In:
		return c.Values.Has(Value(m, c.Fact, s))
	case model.All:
		for _, part := range c {
			if !Holds(m, part, s) {
				return false
			}
		}
		return true
	case model.Any:
		for _, part := range c {
			if Holds(m, part, s) {
				return true
			}
		}
		return false
	}
	panic("BUG: unknown condition")
}

// Value gives the value of a fact of any kind.
func Value(m *model.Model, f *model.Fact, s model.Situation) int {
	if f.Gate != nil && !Holds(m, f.Gate, s) {
		return f.UndefinedIndex()
	}
	switch f.Kind {
	case model.Derived:
		return onlyRule(m, f.Rules, s).Level
	case model.Used:
		return Reference(m, f.Uses, s).Outcome
	case model.Attribute_:
		id := f.Of.ValueID(Value(m, f.Of, s))
		for _, e := range append(slices.Clone(m.Parties), m.Kinds...) {
			if e.ID != id {
				continue
			}
			if has := e.Attributes[f.Attribute.ID]; has != model.Differs {
				return f.ValueIndex(has)
			}
			return f.ValueIndex(f.AskedAs.ValueID(Value(m, f.AskedAs, s)))
		}
		panic("BUG: no entity " + id)
	}
	return s[f.Index]
}

func onlyRule(m *model.Model, rules []*model.Rule, s model.Situation) *model.Rule {
	var found *model.Rule
	for _, r := range rules {
		if Holds(m, r.When, s) {
			if found != nil {
				panic("BUG: rules " + found.ID + " and " + r.ID + " both apply")
			}
			found = r
		}
	}
	if found == nil {
		panic("BUG: no rule applies")
	}
	return found
}

// Situations calls visit with every complete situation of a decision, until it returns false. The questions that visit
// does not find in fixed (by Fact.Index, model.Open where it may vary) take all their values. The slice is reused.
func Situations(m *model.Model, d *model.Decision, fixed model.Situation, visit func(model.Situation) bool) {
	s := make(model.Situation, len(m.Facts))
	for i := range s {
		s[i] = model.Open
	}
	var ask func(questions []*model.Fact) bool
	ask = func(questions []*model.Fact) bool {
		if len(questions) == 0 {
			return visit(s)
		}
		f := questions[0]
		// A gate names only questions before this one, so that it can be told here whether it holds.
		if f.Gate != nil && !Holds(m, f.Gate, s) {
			s[f.Index] = f.UndefinedIndex()
			return ask(questions[1:])
		}
		for v := range f.Values {
			if fixed != nil && fixed[f.Index] != model.Open && fixed[f.Index] != f.UndefinedIndex() && fixed[f.Index] != v {
				continue
			}
			s[f.Index] = v
			if !ask(questions[1:]) {
				return false
			}
		}
		return true
	}
	ask(d.Questions)
}

// Bytes writes the answers to a decision's questions as evaluators take them: 0 for an open one, else the value plus 1.
func Bytes(d *model.Decision, s model.Situation) []uint8 {
	answers := make([]uint8, len(d.Questions))
	for i, f := range d.Questions {
		answers[i] = uint8(s[f.Index] + 1)
	}
	return answers
}
