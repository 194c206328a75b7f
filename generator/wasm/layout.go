package wasm

import (
	"encoding/binary"
	"fmt"
	"math"

	"handvat/generator/tables"
)

// A layout is the tables as they stand in memory, and where everything behind them stands.
type layout struct {
	tables    []byte
	decisions int
	slots     int // address
	input     int // address
	output    int // address
	memory    int // bytes in use

	// What the evaluator needs no code for where no stage has it: a number of rows that does not take one word, and guards.
	wide    bool
	guarded bool
}

func layOut(p *tables.Program) layout {
	l := layout{decisions: len(p.Decisions)}
	l.tables = make([]byte, headerEntries+4*len(p.Decisions))

	stages := make([]int, len(p.Stages))
	for i := range p.Stages {
		stages[i] = len(l.tables)
		l.stage(p, &p.Stages[i])
	}
	inputs, output := 0, 0
	for i := range p.Decisions {
		e := &p.Decisions[i]
		binary.LittleEndian.PutUint32(l.tables[headerEntries+4*i:], uint32(len(l.tables)))
		l.u16(len(e.Inputs))
		l.u16(len(e.Stages))
		for _, slot := range e.Inputs {
			l.u16(slot)
			l.u8(p.Slots[slot].Size())
		}
		found := OutputStages
		before := 0
		for _, stage := range e.Stages {
			l.tables = binary.LittleEndian.AppendUint32(l.tables, uint32(stages[stage]-before))
			before = stages[stage]
			found += StageRows + 3*8*words(p.Stages[stage].Rows)
		}
		inputs, output = max(inputs, len(e.Inputs)), max(output, found)
	}

	l.slots = align(len(l.tables))
	l.input = l.slots + 8*len(p.Slots)
	l.output = align(l.input + inputs)
	l.memory = l.output + output
	for _, field := range []struct{ at, value int }{
		{headerVersion, Version},
		{headerInput, l.input},
		{headerOutput, l.output},
		{headerSlots, l.slots},
		{headerMemory, l.memory},
		{headerDecisions, len(p.Decisions)},
	} {
		if field.value > math.MaxInt32 {
			panic("BUG: the tables do not fit in a module's memory")
		}
		binary.LittleEndian.PutUint32(l.tables[field.at:], uint32(field.value))
	}
	return l
}

func (l *layout) stage(p *tables.Program, s *tables.Stage) {
	l.u8(int(s.Kind))
	l.u8(p.Slots[s.Target].Size())
	l.wide = l.wide || words(s.Rows) != 1
	l.guarded = l.guarded || len(s.Guarded) > 0
	l.u16(s.Target)
	l.u16(s.Source)
	l.u16(s.Rows)
	l.u16(len(s.Columns))
	for _, c := range s.Columns {
		l.u16(c.Slot)
		l.u8(len(c.Bits))
	}
	for _, c := range s.Columns {
		for _, rows := range c.Bits {
			l.set(s, others(rows, s.Rows))
		}
	}
	l.tables = append(l.tables, s.Gives...)
	if s.Kind == tables.Permit {
		l.u16(len(s.Guarded))
		for _, g := range s.Guarded {
			l.u8(g.Level)
			for r := range s.Rows {
				l.u8(inGuard(g, r))
			}
		}
	}
}

// inGuard says what a row does for a guard.
func inGuard(g tables.Guarded, r int) int {
	for level, rows := range g.Exceptions {
		if rows.Has(r) {
			return level
		}
	}
	if g.Rows.Has(r) {
		return guardLimit
	}
	return guardNothing
}

// others gives the rows that are not in a set: those that a value contradicts are few, and pack better than the rest.
func others(rows tables.Bits, count int) tables.Bits {
	out := make(tables.Bits, len(rows))
	for i := range rows {
		out[i] = ^rows[i] & (math.MaxUint64 >> (64 - min(64, count-64*i)))
	}
	return out
}

// set writes a set of rows in as few bytes as hold them all.
func (l *layout) set(s *tables.Stage, rows tables.Bits) {
	for at := 0; at < s.Rows; at += 8 {
		l.tables = append(l.tables, byte(rows[at/64]>>(at%64)))
	}
}

func (l *layout) u8(v int) {
	if v < 0 || v > math.MaxUint8 {
		panic(fmt.Sprintf("BUG: %d does not fit in a byte", v))
	}
	l.tables = append(l.tables, byte(v))
}

func (l *layout) u16(v int) {
	if v < 0 || v > math.MaxUint16 {
		panic(fmt.Sprintf("BUG: %d does not fit in two bytes", v))
	}
	l.tables = binary.LittleEndian.AppendUint16(l.tables, uint16(v))
}

func words(rows int) int { return (rows + 63) / 64 }

func align(address int) int { return (address + 7) &^ 7 }
