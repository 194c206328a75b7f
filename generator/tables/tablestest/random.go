package tablestest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"handvat/generator/model"
)

// Random makes a model of a seed. Its decisions are "eerst" (a Permit), "keuze" (a Choice) and "laatst" (a Permit that
// uses both, and of which the first is a lock in half of the models); the last asks everything the others do.
func Random(seed uint64) *model.Model {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), model: &model.Model{}}
	g.entities()
	date := g.fact("datum", model.Date, 1+g.IntN(3))
	party := &model.Fact{ID: "gever", Kind: model.Asked, From: "partijen"}
	for _, e := range g.model.Parties {
		party.Values = append(party.Values, model.Value{ID: e.ID})
	}
	g.known = append(g.known, date)
	if g.IntN(2) == 0 {
		party.Gate = g.cond(1)
	}
	g.known = append(g.known, party)
	g.questions = append(g.questions, date, party)
	g.attribute(party)
	for i := range 2 + g.IntN(3) {
		f := g.fact(fmt.Sprintf("feit-%d", i), model.Asked, 2+g.IntN(2))
		if g.IntN(3) == 0 {
			f.Gate = g.cond(1)
		}
		g.known, g.questions = append(g.known, f), append(g.questions, f)
		if g.IntN(2) == 0 {
			g.derived(fmt.Sprintf("afgeleid-%d", i))
		}
	}

	first := g.decision("eerst", model.Permit)
	g.permitRules(first)
	choice := g.decision("keuze", model.Choice)
	for range 2 + g.IntN(3) {
		choice.Outcomes = append(choice.Outcomes, model.Outcome{ID: fmt.Sprintf("uitkomst-%d", len(choice.Outcomes))})
	}
	choice.Rules = g.partition(len(choice.Outcomes), model.ChoiceRule)

	var used []*model.Fact
	for _, d := range []*model.Decision{first, choice} {
		f := g.fact(d.ID+"-uitkomst", model.Used, 0)
		f.Uses = d
		for _, o := range d.Outcomes {
			f.Values = append(f.Values, model.Value{ID: o.ID})
		}
		if g.IntN(2) == 0 {
			f.Gate = g.cond(1)
		}
		used = append(used, f)
		g.known = append(g.known, f)
	}
	if g.IntN(2) == 0 {
		f := g.fact("na-gebruik", model.Asked, 2)
		f.Gate = model.In{Fact: used[0], Values: g.values(used[0])}
		g.known, g.questions = append(g.known, f), append(g.questions, f)
	}
	last := g.decision("laatst", model.Permit)
	last.Uses = used
	g.permitRules(last)
	last.Rules = append(last.Rules, &model.Rule{
		ID: "via-eerst", Kind: model.Limit, Level: model.Conditional, Through: used[0],
		When: model.In{Fact: used[0], Values: 1 << model.Conditional},
	})
	if g.IntN(2) == 0 {
		last.Locks = []*model.Lock{lock(used[0])}
		last.Rules = append(last.Rules, last.Locks[0].Rules...)
	}
	slices.SortFunc(last.Rules, byID)

	slices.SortFunc(g.model.Facts, func(x, y *model.Fact) int { return strings.Compare(x.ID, y.ID) })
	for i, f := range g.model.Facts {
		f.Index = i
	}
	return g.model
}

// lock makes the outcome of a Permit the ceiling, as package check does.
func lock(f *model.Fact) *model.Lock {
	l := &model.Lock{ID: "eerst", Fact: f, Stands: model.All{}}
	for level, id := range []string{model.Forbidden: "slot-eerst-dicht", model.OwnWeighing: "slot-eerst-weging"} {
		l.Rules = append(l.Rules, &model.Rule{ID: id, Kind: model.Limit, Level: level, Through: f, When: model.In{Fact: f, Values: 1 << level}})
	}
	return l
}

// Checked is Random with what only package check promises of a model, and what the tables do without: an attribute knows
// whose it is, its question offers its values in the same order, a derived fact never is nvt, and an exception opens
// something.
func Checked(seed uint64) *model.Model {
	m := Random(seed)
	for _, a := range m.Attributes {
		a.Entities = m.Parties
	}
	for _, f := range m.Facts {
		if f.AskedAs != nil {
			f.AskedAs.Values = f.Values
		}
		if f.Kind == model.Derived {
			f.Gate = nil
		}
	}
	for _, d := range m.Decisions {
		for _, r := range d.Rules {
			if r.Kind == model.Exception {
				r.Level = max(r.Level, model.OwnWeighing)
			}
		}
	}
	return m
}

type generator struct {
	*rand.Rand
	model     *model.Model
	known     []*model.Fact // may be named by what is made next
	questions []*model.Fact
}

func byID(x, y *model.Rule) int { return strings.Compare(x.ID, y.ID) }

// fact adds a fact that nothing is known of yet.
func (g *generator) fact(id string, kind model.FactKind, size int) *model.Fact {
	f := &model.Fact{ID: id, Kind: kind}
	for i := range size {
		f.Values = append(f.Values, model.Value{ID: fmt.Sprintf("w%d", i)})
	}
	g.model.Facts = append(g.model.Facts, f)
	return f
}

func (g *generator) entities() {
	a := &model.Attribute{ID: "zwijgplicht", Of: "partijen"}
	for i := range 2 + g.IntN(2) {
		a.Values = append(a.Values, model.Value{ID: fmt.Sprintf("z%d", i)})
	}
	g.model.Attributes = []*model.Attribute{a}
	for i := range 2 + g.IntN(4) {
		e := &model.Entity{ID: fmt.Sprintf("partij-%d", i), Attributes: map[string]string{}}
		e.Attributes[a.ID] = a.Values[g.IntN(len(a.Values))].ID
		if g.IntN(3) == 0 {
			e.Attributes[a.ID] = model.Differs
		}
		g.model.Parties = append(g.model.Parties, e)
	}
}

// attribute adds the attribute of a chosen party, and the question where that differs.
func (g *generator) attribute(of *model.Fact) {
	g.model.Facts = append(g.model.Facts, of)
	a := g.model.Attributes[0]
	f := &model.Fact{ID: of.ID + "." + a.ID, Kind: model.Attribute_, Values: a.Values, Of: of, Attribute: a, Gate: of.Gate}
	var differs model.Set
	for i, e := range g.model.Parties {
		if e.Attributes[a.ID] == model.Differs {
			differs |= 1 << i
		}
	}
	if differs != 0 {
		// The question may offer the values in another order.
		values := slices.Clone(a.Values)
		slices.Reverse(values)
		f.AskedAs = &model.Fact{ID: f.ID + "-gevraagd", Kind: model.Asked, Values: values, Gate: model.In{Fact: of, Values: differs}}
		g.model.Facts = append(g.model.Facts, f.AskedAs)
		g.questions = append(g.questions, f.AskedAs)
	}
	g.model.Facts = append(g.model.Facts, f)
	g.known = append(g.known, f)
}

func (g *generator) derived(id string) {
	f := g.fact(id, model.Derived, 2+g.IntN(2))
	f.Rules = g.partition(len(f.Values), model.ChoiceRule)
	if g.IntN(3) == 0 {
		f.Gate = g.cond(1)
	}
	g.known = append(g.known, f)
}

// partition makes rules of which exactly one applies in every situation.
func (g *generator) partition(outcomes int, kind model.RuleKind) []*model.Rule {
	var rules []*model.Rule
	var taken []model.Cond
	for i := range 1 + g.IntN(3) {
		when := g.cond(2)
		free := model.All{when}
		for _, t := range taken {
			free = append(free, model.Not(t))
		}
		taken = append(taken, when)
		rules = append(rules, &model.Rule{ID: fmt.Sprintf("r%d", i), Kind: kind, When: free, Level: g.IntN(outcomes)})
	}
	return append(rules, &model.Rule{ID: "rest", Kind: kind, When: model.Not(model.Any(taken)), Level: g.IntN(outcomes)})
}

func (g *generator) decision(id string, kind model.Kind) *model.Decision {
	d := &model.Decision{ID: id, Kind: kind, Questions: slices.Clone(g.questions)}
	if kind == model.Permit {
		for _, level := range model.Levels {
			d.Outcomes = append(d.Outcomes, model.Outcome{ID: level})
		}
	}
	g.model.Decisions = append(g.model.Decisions, d)
	return d
}

func (g *generator) permitRules(d *model.Decision) {
	var limits []*model.Rule
	rule := func(kind model.RuleKind, level int) *model.Rule {
		r := &model.Rule{ID: fmt.Sprintf("%s-%d", model.RuleKinds[kind], len(d.Rules)), Kind: kind, When: g.cond(2), Level: level}
		if g.IntN(3) == 0 {
			r.Duty = 1 + g.IntN(2)
		} else if g.IntN(6) == 0 {
			r.EndsDuty = true
		}
		d.Rules = append(d.Rules, r)
		return r
	}
	for range 1 + g.IntN(4) {
		rule(model.Ground, 1+g.IntN(3))
	}
	for range g.IntN(5) {
		limits = append(limits, rule(model.Requirement+model.RuleKind(g.IntN(2)), g.IntN(4)))
	}
	for range g.IntN(5) {
		if len(limits) == 0 {
			break
		}
		least, answersTo := 0, []*model.Rule{}
		for _, l := range limits {
			if g.IntN(2) == 0 {
				least, answersTo = max(least, l.Level), append(answersTo, l)
			}
		}
		r := rule(model.Exception, least+g.IntN(4-least))
		r.AnswersTo = answersTo
	}
	slices.SortFunc(d.Rules, byID)
}

// cond makes a condition on known facts.
func (g *generator) cond(depth int) model.Cond {
	if depth == 0 || g.IntN(4) == 0 {
		f := g.known[g.IntN(len(g.known))]
		return model.In{Fact: f, Values: g.values(f)}
	}
	parts := make([]model.Cond, g.IntN(4))
	for i := range parts {
		parts[i] = g.cond(depth - 1)
	}
	if g.IntN(3) > 0 {
		return model.All(parts)
	}
	return model.Any(parts)
}

func (g *generator) values(f *model.Fact) model.Set { return model.Set(g.Uint64()) & f.All() }

// Partial opens some of the questions of a situation, and turns some that do not apply into open ones.
func Partial(seed uint64, d *model.Decision, s model.Situation) model.Situation {
	r := rand.New(rand.NewPCG(seed, 2))
	s = slices.Clone(s)
	for _, f := range d.Questions {
		if r.IntN(3) == 0 {
			s[f.Index] = model.Open
		}
	}
	return s
}
