package manifest_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"handvat/generator/eval"
	"handvat/generator/manifest"
	"handvat/generator/model"
	"handvat/generator/tables"
)

// TestEverythingDecides decides by what the JSON of everything says and nothing else, beside the reference evaluator:
// in the situation of every case, with what it leaves open filled in, and in random ones.
func TestEverythingDecides(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for project, m := range models(t) {
		var r reading
		if err := json.Unmarshal(manifest.Everything(m, tables.Compile(m, m.Decisions)).Indented(), &r.Manifest); err != nil {
			t.Fatal(err)
		}
		compared := 0
		for _, d := range m.Decisions {
			for i := range len(d.Cases) + 300 {
				given := map[*model.Fact]int{}
				if i < len(d.Cases) {
					given = d.Cases[i].Answers
				}
				s := make(model.Situation, len(m.Facts))
				r.answers = map[string]string{}
				for _, f := range d.Questions {
					v, known := given[f]
					if !known {
						v = random.IntN(len(f.Values))
					}
					if f.Gate != nil {
						if applies, err := eval.Holds(f.Gate, s); err != nil {
							t.Fatal(err)
						} else if !applies {
							v = f.UndefinedIndex()
						}
					}
					s[f.Index] = v
					if r.answers[f.ID] = f.ValueID(v); v == f.UndefinedIndex() {
						r.answers[f.ID] = "not asked, so nobody looks"
					}
				}
				ruledOut := slices.ContainsFunc(m.Impossible, func(i *model.Impossible) bool { holds, err := eval.Holds(i.When, s); return err == nil && holds })
				if ruledOut {
					continue
				}
				compared++
				want, err := eval.Answer(d, s)
				if err != nil {
					t.Fatal(err)
				}
				if got := r.outcome(d.ID); got != d.Outcomes[want.Outcome].ID {
					t.Fatalf("%s, %s: with %v the JSON says %s and the reference %s", project, d.ID, r.answers, got, want.Describe(d))
				}
			}
		}
		t.Logf("%s: %d situations", project, compared)
	}
}

// A reading of the JSON, with answers by fact.
type reading struct {
	manifest.Manifest
	answers map[string]string
}

func (r *reading) holds(c manifest.Test) bool {
	switch {
	case c.All != nil:
		return !slices.ContainsFunc(*c.All, func(part manifest.Test) bool { return !r.holds(part) })
	case c.Any != nil:
		return slices.ContainsFunc(*c.Any, r.holds)
	}
	return slices.Contains(c.Values, r.value(c.Fact))
}

func (r *reading) value(id string) string {
	f := r.Facts[slices.IndexFunc(r.Facts, func(f manifest.Fact) bool { return f.ID == id })]
	if f.Applies != nil && !r.holds(*f.Applies) {
		return "nvt"
	}
	switch f.Kind {
	case "kenmerk":
		if v := f.By[r.value(f.Of)]; v != "verschilt" {
			return v
		}
		return r.value(f.AskedAs)
	case "afgeleid":
		return f.Rules[slices.IndexFunc(f.Rules, func(rule manifest.Rule) bool { return r.holds(*rule.When) })].Outcome
	case "beslissing":
		return r.outcome(f.Decision)
	}
	return r.answers[id]
}

func (r *reading) outcome(id string) string {
	d := r.Decisions[slices.IndexFunc(r.Decisions, func(d manifest.Decision) bool { return d.ID == id })]
	level := func(rule manifest.Rule) int {
		return slices.IndexFunc(d.Outcomes, func(o manifest.Outcome) bool { return o.ID == rule.Outcome })
	}
	var applying []manifest.Rule
	for _, rule := range d.Rules {
		if r.holds(*rule.When) {
			applying = append(applying, rule)
		}
	}
	if d.Kind == "keuze" {
		return applying[0].Outcome
	}
	outcome := 0
	for _, rule := range applying {
		if rule.Kind == "grond" {
			outcome = max(outcome, level(rule))
		}
	}
	for _, rule := range applying {
		if rule.Kind != "eis" && rule.Kind != "grens" {
			continue
		}
		ceiling, replaced := level(rule), -1
		for _, other := range applying {
			if slices.Contains(other.AnswersTo, rule.ID) {
				replaced = max(replaced, level(other))
			}
		}
		if replaced >= 0 {
			ceiling = replaced
		}
		outcome = min(outcome, ceiling)
	}
	return d.Outcomes[outcome].ID
}
