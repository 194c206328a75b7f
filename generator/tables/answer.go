package tables

import (
	"fmt"
	"math/bits"
)

// The answer to one question is a byte: 0 leaves it open, v+1 is the value with index v.
//
// A question that depends on a condition may be answered nvt, which counts as open: where it does not apply it is nvt
// whatever is answered, and where it does nvt is no answer.
const Open = 0

func (e *InputError) Error() string {
	switch e.Code {
	case UnknownDecision:
		return "there is no such decision"
	case WrongLength:
		return "the number of answers is not that of the questions"
	case OutOfRange:
		return fmt.Sprintf("answer %d is not one of its question's", e.Input)
	}
	return fmt.Sprintf("refused with code %d", e.Code)
}

// Answer gives the answer to the decision with index entry, with one byte per question. The error is an *InputError.
func (p *Program) Answer(entry int, answers []uint8) (Result, error) {
	if entry < 0 || entry >= len(p.Decisions) {
		return Result{}, &InputError{Code: UnknownDecision}
	}
	e := &p.Decisions[entry]
	if len(answers) != len(e.Inputs) {
		return Result{}, &InputError{Code: WrongLength}
	}
	slots := make([]uint64, len(p.Slots))
	for i, slot := range e.Inputs {
		switch a := int(answers[i]); {
		case a > p.Slots[slot].Size():
			return Result{}, &InputError{Code: OutOfRange, Input: i}
		case a == Open:
			slots[slot] = p.Slots[slot].All()
		default:
			slots[slot] = 1 << (a - 1)
		}
	}
	result := Result{Stages: make([]StageResult, len(e.Stages))}
	for i, stage := range e.Stages {
		s := &p.Stages[stage]
		result.Stages[i] = s.run(slots, p.Slots[s.Target].Size())
		slots[s.Target] = result.Stages[i].Values
	}
	return result, nil
}

// run finds the rows that apply and what follows from them; size is the number of values of the target.
func (s *Stage) run(slots []uint64, size int) StageResult {
	certain, possible := s.apply(slots)
	result := StageResult{Rows: s.Rows, Certain: certain, Possible: possible, Counting: certain}
	switch s.Kind {
	case Gate:
		undefined := uint64(1) << (size - 1)
		passing := slots[s.Source] & (undefined - 1)
		if passing == 0 {
			passing = undefined - 1
		}
		if hit(possible, possible) {
			result.Values = passing
		}
		if !hit(certain, certain) {
			result.Values |= undefined
		}
	case Choose:
		for v, rows := range s.Values {
			if hit(rows, possible) {
				result.Values |= 1 << v
			}
		}
	case Permit:
		lo, hi := s.level(certain, possible), s.level(possible, certain)
		result.Values = 2<<hi - 1<<lo
		if lo > 0 && !hit(s.EndsDuty, possible) {
			result.DutyLo = uint8(max(0, top(s.Duty[:], certain)))
		}
		if hi > 0 && !hit(s.EndsDuty, certain) {
			result.DutyHi = uint8(max(0, top(s.Duty[:], possible)))
		}
		result.Counting = s.counting(certain)
	}
	return result
}

// apply gives the rows that apply whatever the values still possible, and those that apply for some of them.
func (s *Stage) apply(slots []uint64) (certain, possible Bits) {
	certain, possible = make(Bits, words(s.Rows)), make(Bits, words(s.Rows))
	for w := range certain {
		every := ^uint64(0) >> max(0, 64-(s.Rows-64*w))
		c, p := every, every
		for _, column := range s.Columns {
			all, some := ^uint64(0), uint64(0)
			for set := slots[column.Slot]; set != 0; set &= set - 1 {
				rows := column.Bits[bits.TrailingZeros64(set)][w]
				all &= rows
				some |= rows
			}
			c &= all
			p &= some
		}
		// A set of values is empty only in a situation that cannot be; there too what is certain must be possible.
		certain[w], possible[w] = c&p, p
	}
	return certain, possible
}

// level gives the outcome where the grounds and exceptions among rows open apply and the limits among rows bar.
func (s *Stage) level(open, bar Bits) int {
	level := max(0, top(s.Grounds[:], open))
	for l, rows := range s.Limits {
		if hit(rows, bar) {
			level = min(level, l)
		}
	}
	for i := range s.Guarded {
		g := &s.Guarded[i]
		if !hit(g.Rows, bar) {
			continue
		}
		if l := top(g.Exceptions[:], open); l >= 0 {
			level = min(level, l)
		} else {
			level = min(level, g.Level)
		}
	}
	return level
}

// counting gives the rows that make the outcome where exactly these rows apply: for a refusal the limits that refuse,
// otherwise the deciding grounds and all that stands in their way or was put in its place.
func (s *Stage) counting(rows Bits) Bits {
	counting := make(Bits, len(rows))
	count := func(set Bits) {
		for w := range set {
			counting[w] |= set[w] & rows[w]
		}
	}
	level := s.level(rows, rows)
	if level > 0 {
		count(s.Grounds[top(s.Grounds[:], rows)])
		count(s.Limits[3])
		count(s.Limits[2])
		count(s.Limits[1])
	}
	count(s.Limits[0])
	for i := range s.Guarded {
		g := &s.Guarded[i]
		if !hit(g.Rows, rows) {
			continue
		}
		switch exception := top(g.Exceptions[:], rows); {
		case exception < 0 && (level > 0 || g.Level == 0):
			count(g.Rows)
		case exception >= 0 && level > 0:
			count(g.Exceptions[exception])
		}
	}
	return counting
}

// top gives the highest index of a set that has a row of rows, or -1.
func top(sets []Bits, rows Bits) int {
	for i := len(sets) - 1; i >= 0; i-- {
		if hit(sets[i], rows) {
			return i
		}
	}
	return -1
}

// hit tells whether two sets have a row in common.
func hit(x, y Bits) bool {
	for w := range x {
		if x[w]&y[w] != 0 {
			return true
		}
	}
	return false
}
