package tablestest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"handvat/generator/model"
)

// Synthetic makes a model with one Permit of a number of rules over a number of facts, for measuring: a quarter of the
// rules are grounds, half are requirements and limits and a quarter exceptions to one or two of those; a rule has one to
// four conditions, a fact two to six values.
func Synthetic(rules, facts int) *model.Model {
	r := rand.New(rand.NewPCG(24, 120))
	m := &model.Model{}
	for i := range facts {
		f := &model.Fact{ID: fmt.Sprintf("feit-%02d", i), Index: i}
		if i == 0 {
			f.Kind = model.Date
		}
		for v := range 2 + r.IntN(5) {
			f.Values = append(f.Values, model.Value{ID: fmt.Sprintf("w%d", v)})
		}
		m.Facts = append(m.Facts, f)
	}
	d := &model.Decision{ID: "mag-dit", Kind: model.Permit, Questions: slices.Clone(m.Facts)}
	for _, level := range model.Levels {
		d.Outcomes = append(d.Outcomes, model.Outcome{ID: level})
	}
	var limits []*model.Rule
	for i := range rules {
		rule := &model.Rule{ID: fmt.Sprintf("regel-%03d", i)}
		var when model.All
		for range 1 + r.IntN(4) {
			f := m.Facts[r.IntN(facts)]
			values := model.Set(1) << r.IntN(len(f.Values))
			if r.IntN(3) == 0 {
				values |= 1 << r.IntN(len(f.Values))
			}
			when = append(when, model.In{Fact: f, Values: values})
		}
		rule.When = when
		switch i % 4 {
		case 0:
			rule.Kind, rule.Level = model.Ground, 1+r.IntN(3)
		case 1, 2:
			rule.Kind, rule.Level = model.Requirement+model.RuleKind(i%2), r.IntN(3)
			limits = append(limits, rule)
		case 3:
			rule.Kind, rule.Level = model.Exception, 1
			for range 1 + r.IntN(2) {
				if l := limits[r.IntN(len(limits))]; !slices.Contains(rule.AnswersTo, l) {
					rule.AnswersTo, rule.Level = append(rule.AnswersTo, l), max(rule.Level, l.Level)
				}
			}
		}
		if r.IntN(8) == 0 {
			rule.Duty = 1 + r.IntN(2)
		}
		d.Rules = append(d.Rules, rule)
	}
	m.Decisions = []*model.Decision{d}
	return m
}

// Answers makes answers to the questions of a decision, of which about one in so many stay open; 0 leaves none open.
func Answers(seed uint64, d *model.Decision, open int) []uint8 {
	r := rand.New(rand.NewPCG(seed, 3))
	answers := make([]uint8, len(d.Questions))
	for i, f := range d.Questions {
		if open == 0 || r.IntN(open) > 0 {
			answers[i] = uint8(1 + r.IntN(len(f.Values)))
		}
	}
	return answers
}
