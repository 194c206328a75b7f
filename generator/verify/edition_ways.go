package verify

import (
	"maps"

	"handvat/generator/model"
)

// A way is a set of things to see to: doing all of them is enough for the outcome to hold.
type way map[string]bool

// ways lists each way in which somebody can meet the conditions of an answer: grounds that decide together are
// alternatives, and so are exceptions that answer to the same rule. Who must weigh counts as a condition.
func ways(d *model.Decision, a model.Answer) []way {
	out := []way{{}}
	if d.Kind == model.Choice {
		out = both(out, []way{conditionsOf(d.Outcomes[a.Outcome].Conditions)})
	}
	of := func(r *model.Rule) way {
		w := conditionsOf(r.Conditions)
		if d.Kind == model.Permit && r.Level == model.OwnWeighing && a.Outcome == model.OwnWeighing && r.By != "" {
			w["door "+r.By] = true
		}
		return w
	}
	var grounds []way
	exceptions := map[*model.Rule][]*model.Rule{} // by what they answer to, the most permissive
	for _, r := range a.Counting {
		switch r.Kind {
		case model.Ground:
			grounds = append(grounds, of(r))
		case model.Exception:
			for _, to := range r.AnswersTo {
				if others := exceptions[to]; len(others) > 0 && others[0].Level < r.Level {
					exceptions[to] = nil
				} else if len(others) > 0 && others[0].Level > r.Level {
					continue
				}
				exceptions[to] = append(exceptions[to], r)
			}
		default:
			out = both(out, []way{of(r)})
		}
	}
	if len(grounds) > 0 {
		out = both(out, grounds)
	}
	for _, alternatives := range exceptions {
		var each []way
		for _, r := range alternatives {
			each = append(each, of(r))
		}
		out = both(out, each)
	}
	if d.Kind == model.Choice || a.Outcome > model.Forbidden {
		for _, t := range a.Through {
			if t.Fact.Uses.Kind == model.Choice || t.Answer.Outcome > model.Forbidden {
				out = both(out, ways(t.Fact.Uses, t.Answer))
			}
		}
	}
	return out
}

func conditionsOf(list []*model.Condition) way {
	w := way{}
	for _, c := range list {
		w[c.ID] = true
	}
	return w
}

// both combines each of one list with each of another.
func both(x, y []way) []way {
	var out []way
	for _, a := range x {
		for _, b := range y {
			w := maps.Clone(a)
			maps.Copy(w, b)
			out = append(out, w)
		}
	}
	return out
}

// covers tells whether whoever follows any regional way has followed a national one too.
func covers(national, regional []way) bool {
	for _, r := range regional {
		found := false
		for _, n := range national {
			all := true
			for c := range n {
				all = all && r[c]
			}
			found = found || all
		}
		if !found {
			return false
		}
	}
	return true
}
