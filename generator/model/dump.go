package model

import (
	"fmt"
	"io"
	"math/bits"
	"strings"
)

// Dump writes the facts and decisions of a model, with the place of each.
func (m *Model) Dump(w io.Writer) {
	for _, f := range m.Facts {
		fmt.Fprintf(w, "feit %s (%s) %s\n", f.ID, factKinds[f.Kind], f.Span)
		var values []string
		for i := range f.Size() {
			values = append(values, f.ValueID(i))
		}
		fmt.Fprintf(w, "  waarden %s\n", strings.Join(values, " "))
		if f.Gate != nil {
			fmt.Fprintf(w, "  alleen-als %s\n", CondString(f.Gate))
		}
		if f.Assumed != 0 {
			fmt.Fprintf(w, "  aanname %s\n", f.ValueID(bits.TrailingZeros64(uint64(f.Assumed))))
		}
		if f.Helper != nil {
			fmt.Fprintf(w, "  hulp %s %v\n", f.Helper.Decision.ID, f.Helper.Values)
		}
		for _, r := range f.Rules {
			r.dump(w, f.ValueID(r.Level))
		}
	}
	for _, i := range m.Impossible {
		fmt.Fprintf(w, "onmogelijk %s %s\n", CondString(i.When), i.Span)
	}
	for _, d := range m.Decisions {
		d.dump(w)
	}
}

var factKinds = [...]string{"gevraagd", "datum", "kenmerk", "afgeleid", "beslissing"}

func (d *Decision) dump(w io.Writer) {
	fmt.Fprintf(w, "beslissing %s %s\n", d.ID, d.Span)
	for _, f := range d.Questions {
		fmt.Fprintf(w, "  vraag %s\n", f.ID)
	}
	for _, r := range d.Rules {
		r.dump(w, d.Outcomes[r.Level].ID)
	}
	for _, l := range d.Locks {
		fmt.Fprintf(w, "  slot %s: van kracht als %s", l.ID, CondString(l.Stands))
		for _, r := range l.Rules {
			fmt.Fprintf(w, " %s", r.ID)
		}
		fmt.Fprintf(w, " %s\n", l.Span)
	}
	for _, i := range d.Invariants {
		word := "ooit"
		if i.Always {
			word = "altijd"
		}
		fmt.Fprintf(w, "  %s %s: als %s dan %b %s\n", word, i.ID, CondString(i.When), i.Outcomes, i.Span)
	}
	for _, k := range d.Cases {
		fmt.Fprintf(w, "  geval %s: %s %s\n", k.ID, d.Outcomes[k.Expect.Outcome].ID, k.Span)
	}
}

func (r *Rule) dump(w io.Writer, outcome string) {
	fmt.Fprintf(w, "  %s %s: als %s dan %s", RuleKinds[r.Kind], r.ID, CondString(r.When), outcome)
	for _, t := range r.AnswersTo {
		fmt.Fprintf(w, " op %s", t.ID)
	}
	for _, c := range r.Conditions {
		fmt.Fprintf(w, " mits %s", c.ID)
	}
	if r.Duty > 0 || r.EndsDuty {
		fmt.Fprintf(w, " plicht %s", Duties[r.Duty])
	}
	fmt.Fprintf(w, " %s\n", r.Span)
}

// CondString writes a condition on one line.
func CondString(c Cond) string {
	join := func(parts []Cond, word, none string) string {
		if len(parts) == 0 {
			return none
		}
		var out []string
		for _, part := range parts {
			out = append(out, CondString(part))
		}
		return "(" + strings.Join(out, word) + ")"
	}
	switch c := c.(type) {
	case All:
		return join(c, " en ", "altijd")
	case Any:
		return join(c, " of ", "nooit")
	case In:
		var values []string
		for i := range c.Fact.Size() {
			if c.Values.Has(i) {
				values = append(values, c.Fact.ValueID(i))
			}
		}
		return c.Fact.ID + "=" + strings.Join(values, "|")
	}
	panic("BUG: unknown condition")
}
