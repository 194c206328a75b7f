package explain

import (
	"slices"

	"handvat/generator/model"
)

// Why is what an outcome rests on.
type Why struct {
	// Outcomes are those that are possible: one, or more where answers are open; none where the answers contradict each
	// other, and then Because is the contradiction.
	Outcomes model.Set
	// Because are the facts whose answers alone already exclude every other outcome, in asking order. Without any one of
	// them another outcome is possible.
	Because []*model.Fact
	// Answer holds what all answers that are still possible have in common; Exact tells that there is only one.
	Answer model.Answer
	Exact  bool
}

// Why finds an irreducible part of the answers that already forces what is possible. Of more than one such part it
// keeps answers that the counting rules name, and those that were asked first; the date stays only where it must.
func (e *Explainer) Why(a Answers) Why {
	out := Why{Outcomes: e.Outcomes(a)}
	out.Answer, out.Exact = e.Answer(a)
	allowed := e.allowed(a)
	for _, f := range e.LeaveOut(a) {
		at := e.level[f]
		was := allowed[at]
		allowed[at] = f.All()
		if !e.forced(allowed, out.Outcomes) {
			allowed[at] = was
		}
	}
	for _, f := range e.d.Questions {
		if allowed[e.level[f]] != f.All() {
			out.Because = append(out.Because, f)
		}
	}
	return out
}

// LeaveOut lists the answered facts in the order in which Why tries to do without them.
func (e *Explainer) LeaveOut(a Answers) []*model.Fact {
	common, _ := e.Answer(a)
	rank := e.rank(common)
	var order []*model.Fact
	for _, f := range slices.Backward(e.d.Questions) {
		if e.given(a, f) != model.Open {
			order = append(order, f)
		}
	}
	slices.SortStableFunc(order, func(x, y *model.Fact) int { return rank(x) - rank(y) })
	return order
}

// forced tells whether only these outcomes are possible.
func (e *Explainer) forced(allowed []model.Set, outcomes model.Set) bool {
	forced := true
	e.ends(allowed, func(end int) bool {
		forced = outcomes.Has(e.g.Ends[end].Answer.Outcome)
		return forced
	})
	return forced
}

// rank says how much a fact belongs in the explanation of an answer: not at all, because a rule rests on it, or because
// a rule names it. Where no ground applies, the grounds are the rules.
func (e *Explainer) rank(a model.Answer) func(*model.Fact) int {
	ranks := map[*model.Fact]int{}
	var rests func(f *model.Fact)
	seen := map[*model.Fact]bool{}
	condition := func(c model.Cond) {
		if c != nil {
			model.FactsOf(c, rests)
		}
	}
	rests = func(f *model.Fact) {
		if seen[f] {
			return
		}
		seen[f] = true
		ranks[f] = max(ranks[f], 1)
		condition(f.Gate)
		switch f.Kind {
		case model.Attribute_:
			rests(f.Of)
			if f.AskedAs != nil {
				rests(f.AskedAs)
			}
		case model.Derived:
			for _, r := range f.Rules {
				condition(r.When)
			}
		case model.Used:
			for _, r := range f.Uses.Rules {
				condition(r.When)
			}
		}
	}
	rule := func(r *model.Rule) {
		model.FactsOf(r.When, func(f *model.Fact) {
			rests(f)
			ranks[f] = 2
			if f.Kind == model.Attribute_ {
				ranks[f.Of], ranks[f.AskedAs] = 2, 2
			}
		})
	}
	var counting func(a model.Answer)
	counting = func(a model.Answer) {
		for _, r := range a.Counting {
			rule(r)
		}
		for _, t := range a.Through {
			counting(t.Answer)
		}
	}
	counting(a)
	if e.d.Kind == model.Permit && len(a.Counting) == 0 {
		for _, r := range e.d.Rules {
			if r.Kind == model.Ground {
				rule(r)
			}
		}
	}
	return func(f *model.Fact) int {
		if f.Kind == model.Date {
			return -1
		}
		return ranks[f]
	}
}
