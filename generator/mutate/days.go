package mutate

import (
	"time"

	"handvat/generator/model"
)

// splitDays splits the date of a model so that the day before and the first day of every interval are values of their
// own: a period can then begin a day earlier or later. What the model says stays the same.
func splitDays(m *model.Model) {
	var date *model.Fact
	for _, f := range m.Facts {
		if f.Kind == model.Date {
			date = f
		}
	}
	if date == nil {
		return
	}
	var cuts []string
	for _, v := range date.Values[1:] {
		for _, shift := range []int{-1, 0, 1} {
			if day := shifted(v.From, shift); len(cuts) == 0 || day > cuts[len(cuts)-1] {
				cuts = append(cuts, day)
			}
		}
	}
	if len(cuts)+1 > model.MaxValues {
		return // too many dates to tell days apart; whole intervals are moved instead
	}
	old := date.Values
	split := make([]model.Set, len(old)) // old value -> new values
	var values []model.Value
	bounds := append(append([]string{""}, cuts...), "")
	for i := 0; i+1 < len(bounds); i++ {
		from, until := bounds[i], bounds[i+1]
		v := model.Value{From: from, Until: until, ID: "vanaf-" + from + "-tot-" + until}
		switch {
		case from == "" && until == "":
			v.ID = "altijd"
		case from == "":
			v.ID = "tot-" + until
		case until == "":
			v.ID = "vanaf-" + from
		case shifted(from, 1) == until:
			v.ID = from
		}
		split[date.DateIndex(from)] |= 1 << len(values)
		values = append(values, v)
	}
	change := func(c *model.Cond) {
		if *c != nil {
			*c = spread(*c, date, split)
		}
	}
	rules := func(list []*model.Rule) {
		for _, r := range list {
			change(&r.When)
			change(&r.Scope)
			change(&r.Requires)
		}
	}
	for _, f := range m.Facts {
		change(&f.Gate)
		rules(f.Rules)
	}
	for _, i := range m.Impossible {
		change(&i.When)
	}
	for _, d := range m.Decisions {
		rules(d.Rules)
		for _, i := range d.Invariants {
			change(&i.When)
		}
	}
	date.Values = values
	for _, d := range m.Decisions {
		for _, k := range d.Cases {
			k.Answers[date] = date.DateIndex(k.Date)
		}
	}
}

// spread puts the new values of the date in the place of the old ones.
func spread(c model.Cond, date *model.Fact, split []model.Set) model.Cond {
	switch c := c.(type) {
	case model.All:
		out := make(model.All, len(c))
		for i, part := range c {
			out[i] = spread(part, date, split)
		}
		return out
	case model.Any:
		out := make(model.Any, len(c))
		for i, part := range c {
			out[i] = spread(part, date, split)
		}
		return out
	case model.In:
		if c.Fact != date {
			return c
		}
		out := model.In{Fact: date}
		for v, set := range split {
			if c.Values.Has(v) {
				out.Values |= set
			}
		}
		return out
	}
	panic("BUG: unknown condition")
}

func shifted(day string, days int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic("BUG: " + day + " is no date")
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}
