package tables

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"handvat/generator/model"
)

// Dump writes a program as text, the same on every run: per decision its questions and stages, and per stage its rows
// as conditions with what they do.
func (p *Program) Dump(w io.Writer) error {
	out := bufio.NewWriter(w)
	for _, e := range p.Decisions {
		fmt.Fprintf(out, "decision %s\n", e.ID)
		for _, slot := range e.Inputs {
			fmt.Fprintf(out, "  asks %s\n", p.slotName(slot))
		}
		for _, stage := range e.Stages {
			fmt.Fprintf(out, "  runs %d %s\n", stage, p.slotName(p.Stages[stage].Target))
		}
	}
	for i := range p.Stages {
		p.dumpStage(out, i)
	}
	return out.Flush()
}

func (p *Program) dumpStage(out io.Writer, i int) {
	s := &p.Stages[i]
	fmt.Fprintf(out, "stage %d %s %s", i, StageKinds[s.Kind], p.slotName(s.Target))
	if s.Kind == Gate && s.Source != s.Target {
		fmt.Fprintf(out, " from %s", p.slotName(s.Source))
	}
	fmt.Fprintln(out)
	for r := range s.Rows {
		fmt.Fprintf(out, "  %d", r)
		if s.Rules[r] != "" {
			fmt.Fprintf(out, " %s", s.Rules[r])
		}
		fmt.Fprint(out, ":")
		for _, c := range s.Columns {
			slot := p.Slots[c.Slot]
			var values []string
			for v, rows := range c.Bits {
				if rows.Has(r) {
					values = append(values, slot.Values[v])
				}
			}
			if len(values) < slot.Size() {
				fmt.Fprintf(out, " %s=%s", p.slotName(c.Slot), strings.Join(values, "|"))
			}
		}
		fmt.Fprintf(out, " ->%s\n", p.effect(s, r))
	}
}

// effect says what a row does.
func (p *Program) effect(s *Stage, r int) string {
	var text strings.Builder
	put := func(format string, args ...any) { fmt.Fprintf(&text, " "+format, args...) }
	switch s.Kind {
	case Gate:
		put("applies")
	case Choose:
		put("%s", p.Slots[s.Target].Values[s.Gives[r]])
	case Permit:
		e := effects(1) << s.Gives[r]
		if level := e.open(); level > 0 {
			put("opens %s", model.Levels[level])
		}
		if level := e.bar(); level < len(model.Levels) {
			put("limits %s", model.Levels[level])
		}
		for i, g := range s.Guarded {
			if g.Rows.Has(r) {
				put("limits %s unless guard %d", model.Levels[g.Level], i)
			}
			for level, rows := range g.Exceptions {
				if rows.Has(r) {
					put("guard %d %s", i, model.Levels[level])
				}
			}
		}
		if duty := e.duty(0); duty > 0 {
			put("duty %s", model.Duties[duty])
		}
		if e&(each<<endsDuty) != 0 {
			put("ends duty")
		}
	}
	return text.String()
}

// slotName names a slot; an answer that a gate has yet to pass is marked with a question mark.
func (p *Program) slotName(i int) string {
	s := p.Slots[i]
	if s.Fact == "" {
		return fmt.Sprintf("part-%d", i)
	}
	if s.Input {
		return s.Fact + "?"
	}
	return s.Fact
}
