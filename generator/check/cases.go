package check

import (
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// readCases resolves the cases of every decision. A case of the register may test more than one decision; within one its
// id is its own.
func (c *checker) readCases() {
	ids := map[*model.Decision]*names[*model.Case]{}
	for _, file := range c.file.Cases {
		d, ok := c.decisions.all[file.Decision.Value]
		if !ok {
			c.list.Addf(file.Decision.Span, "onbekende-beslissing", `de beslissing "%s" bestaat niet%s`, file.Decision.Value, diag.Suggest(file.Decision.Value, c.decisions.ids()))
			continue
		}
		if ids[d] == nil {
			ids[d] = &names[*model.Case]{}
		}
		for _, w := range file.Cases {
			if c.kindless[d] {
				break
			}
			k := c.readCase(d, w)
			if ids[d].add(w.ID, "het geval", k, c.list) {
				d.Cases = append(d.Cases, k)
			}
		}
		slices.SortFunc(d.Cases, func(a, b *model.Case) int { return strings.Compare(a.ID, b.ID) })
	}
}

func (c *checker) readCase(d *model.Decision, w *syntax.Case) *model.Case {
	k := &model.Case{ID: w.ID.Value, Span: w.ID.Span, Name: w.Name.Value, Story: w.Situation.Value, Register: w.Register.Value, Date: w.Date.Value, OnlyHere: w.OnlyHere,
		Note: w.Note.Value, Answers: map[*model.Fact]int{}, Places: map[*model.Fact]source.Span{}, Cited: c.guidance.cited(w.Norms, nil)}
	if k.Date == "" {
		k.Date = c.m.Settings.Date
	} else {
		c.validDate(w.Date)
	}
	k.Answers[c.date] = c.date.DateIndex(k.Date)
	for _, pair := range w.Facts {
		name := yamldoc.Text{Value: pair.Key, Span: pair.KeySpan}
		f := c.questionOf(d, name)
		if f == nil {
			continue
		}
		values := yamldoc.Texts(pair.Value, pair.Key, c.list)
		if len(values) != 1 {
			c.list.Addf(pair.Value.Span, "één-waarde", `een geval geeft elk feit één waarde`)
			continue
		}
		if i := c.value(f, values[0]); i >= 0 {
			k.Answers[f], k.Places[f] = i, name.Span
		}
	}
	k.Expect = model.Expectation{Outcome: c.outcome(d, w.Outcome), Duty: -1, Conditions: c.conditionList(w.Conditions)}
	if !w.Duty.Empty() {
		k.Expect.Duty = slices.Index(model.Duties[:], w.Duty.Value)
		c.oneOf(w.Duty, "onbekende-plicht", "plicht", model.Duties[:])
	}
	k.Expect.Rules, k.Expect.NotRules = c.rulesOf(d, w.Rules), c.rulesOf(d, w.NotRules)
	return k
}

func (c *checker) rulesOf(d *model.Decision, written []yamldoc.Text) []*model.Rule {
	var known []string
	for _, r := range d.Rules {
		known = append(known, r.ID)
	}
	var out []*model.Rule
	for _, name := range written {
		if r := d.Rule(name.Value); r != nil {
			out = append(out, r)
		} else {
			c.list.Addf(name.Span, "onbekende-regel", `de regel "%s" bestaat niet%s`, name.Value, diag.Suggest(name.Value, known))
		}
	}
	return out
}

func questionIDs(d *model.Decision) []string {
	var ids []string
	for _, q := range d.Questions {
		ids = append(ids, q.ID)
	}
	return ids
}
