package tablestest

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/model"
)

// Edges makes a model of everything that is as large or as small as it can be: a fact with 63 values and nvt, a decision
// without rules, one with more rules than fit in a few words that all apply always, and sets of rows of just one word,
// one bit more, and one bit less.
func Edges() *model.Model {
	m := &model.Model{}
	add := func(id string, kind model.FactKind, size int, gate model.Cond) *model.Fact {
		f := &model.Fact{ID: id, Index: len(m.Facts), Kind: kind, Gate: gate}
		for v := range size {
			f.Values = append(f.Values, model.Value{ID: fmt.Sprintf("w%02d", v)})
		}
		m.Facts = append(m.Facts, f)
		return f
	}
	date := add("datum", model.Date, 1, nil)
	gate := add("poort", model.Asked, 2, nil)
	large := add("veel", model.Asked, model.MaxValues, model.In{Fact: gate, Values: 1})
	questions := slices.Clone(m.Facts)

	decide := func(id string, rules ...*model.Rule) *model.Decision {
		d := &model.Decision{ID: id, Kind: model.Permit, Questions: questions, Rules: rules}
		for _, level := range model.Levels {
			d.Outcomes = append(d.Outcomes, model.Outcome{ID: level})
		}
		m.Decisions = append(m.Decisions, d)
		return d
	}
	decide("geen-regels")
	for _, size := range []int{63, 64, 65, 600} {
		var always, valued []*model.Rule
		var limit *model.Rule
		for i := range size {
			ground := &model.Rule{ID: fmt.Sprintf("grond-%03d", i), Kind: model.Ground, When: model.All{}, Level: 1 + i%3}
			always = append(always, ground)

			r := &model.Rule{ID: fmt.Sprintf("regel-%03d", i), Kind: model.RuleKind(i % 4), Level: 1 + i%3}
			r.When = model.In{Fact: large, Values: model.Set(1)<<(i%64) | model.Set(1)<<(i/2%64)}
			switch r.Kind {
			case model.Limit:
				limit, r.Level = r, i/4%3
			case model.Exception:
				r.AnswersTo, r.Level = []*model.Rule{limit}, max(limit.Level, i/4%4)
			}
			valued = append(valued, r)
		}
		decide(fmt.Sprintf("altijd-%d", size), always...)
		decide(fmt.Sprintf("veel-%d", size), valued...)
	}

	choice := &model.Decision{ID: "keuze", Kind: model.Choice, Questions: questions}
	for v := range large.Size() {
		choice.Outcomes = append(choice.Outcomes, model.Outcome{ID: fmt.Sprintf("uitkomst-%02d", v)})
		choice.Rules = append(choice.Rules, &model.Rule{
			ID: fmt.Sprintf("regel-%02d", v), Kind: model.ChoiceRule, Level: v,
			When: model.All{model.In{Fact: large, Values: 1 << v}, model.In{Fact: date, Values: 1}},
		})
	}
	m.Decisions = append(m.Decisions, choice)
	slices.SortFunc(m.Decisions, func(x, y *model.Decision) int { return strings.Compare(x.ID, y.ID) })
	return m
}
