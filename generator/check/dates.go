package check

import (
	"fmt"
	"slices"
	"time"

	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// dateID is the fact that always exists: when the act takes place.
const dateID = "datum"

// dates makes the fact datum, whose values are the intervals between all dates that rules and conditions name.
func (c *checker) dates() {
	var cuts []string
	cut := func(texts ...yamldoc.Text) {
		for _, t := range texts {
			if !t.Empty() && c.validDate(t) {
				cuts = append(cuts, t.Value)
			}
		}
	}
	var inCond func(cond *syntax.Cond)
	inCond = func(cond *syntax.Cond) {
		if cond == nil {
			return
		}
		cut(cond.From, cond.Until)
		for _, part := range cond.Parts {
			inCond(part)
		}
	}
	inRule := func(r *syntax.Rule) {
		cut(r.From, r.Until)
		inCond(r.When)
		inCond(r.Requires)
	}
	var inTree func(b *syntax.Branch)
	inTree = func(b *syntax.Branch) {
		if b == nil {
			return
		}
		if b.Leaf != nil {
			inRule(b.Leaf)
		}
		for _, child := range b.Branches {
			inTree(child)
		}
	}
	for _, f := range c.file.Facts {
		inCond(f.Gate)
		for _, r := range f.Follows {
			inRule(r)
		}
	}
	for _, i := range c.file.Impossible {
		inCond(i.When)
	}
	for _, d := range c.file.Decisions {
		for _, r := range d.Rules {
			inRule(r)
		}
		inTree(d.Tree)
		for _, i := range d.Invariants {
			inCond(i.When)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	c.date = &model.Fact{ID: dateID, Kind: model.Date, Question: "Wanneer is het?",
		Why: "De wet veranderde. Op een andere dag kan het antwoord anders zijn."}
	bounds := append(append([]string{""}, cuts...), "")
	for i := 0; i+1 < len(bounds); i++ {
		c.date.Values = append(c.date.Values, interval(bounds[i], bounds[i+1]))
	}
	c.facts.add(yamldoc.Text{Value: dateID}, "het feit", c.date, c.list)
}

// interval is the value for the days from a date until, and not including, another.
func interval(from, until string) model.Value {
	v := model.Value{From: from, Until: until}
	switch {
	case from == "" && until == "":
		v.ID, v.Label = "altijd", "Elke dag"
	case from == "":
		v.ID, v.Label = "tot-"+until, "Vóór "+DutchDate(until)
	case until == "":
		v.ID, v.Label = "vanaf-"+from, "Op of na "+DutchDate(from)
	default:
		v.ID, v.Label = "vanaf-"+from+"-tot-"+until, "Van "+DutchDate(from)+" tot "+DutchDate(until)
	}
	return v
}

func (c *checker) validDate(t yamldoc.Text) bool {
	if _, err := time.Parse(time.DateOnly, t.Value); err != nil {
		c.list.Addf(t.Span, "geen-datum", `"%s" is geen datum; schrijf jaar-maand-dag, zoals 2025-03-01`, t.Value)
		return false
	}
	return true
}

// someDay reports a period without a single day.
func (c *checker) someDay(from, until yamldoc.Text) {
	if !from.Empty() && !until.Empty() && until.Value <= from.Value {
		c.list.Add(diag.Diagnostic{Code: "nooit-geldig", Span: until.Span,
			Message: fmt.Sprintf(`van %s tot %s is geen enkele dag; de dag achter "tot" hoort er niet meer bij`, from.Value, until.Value),
			Notes:   []diag.Note{{Span: from.Span, Message: `"vanaf" staat hier`}}})
	}
}

// dateSet is the set of intervals from one date until another; "" is open.
func (c *checker) dateSet(from, until string) model.Set {
	var set model.Set
	for i, v := range c.date.Values {
		if (from == "" || v.From >= from) && (until == "" || v.Until != "" && v.Until <= until) {
			set |= 1 << i
		}
	}
	return set
}

var months = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// DutchDate writes 2025-03-01 as 1 maart 2025. What is no date comes back as it is.
func DutchDate(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year())
}
