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
	return p.NewEvaluator().Answer(entry, answers)
}

// An Evaluator answers as its Program does, in memory that it uses again for each answer: once it has answered a decision
// it allocates nothing to do so again. It is not for several goroutines at once.
type Evaluator struct {
	program *Program
	entry   *Entry // whose answer stages have room for
	slots   []held
	stages  []StageResult
	sets    Bits
}

// NewEvaluator makes an Evaluator.
func (p *Program) NewEvaluator() *Evaluator {
	p.indexed.Do(p.index)
	return &Evaluator{program: p}
}

// Answer is that of the Program. What it returns holds until the next answer.
func (e *Evaluator) Answer(entry int, answers []uint8) (Result, error) {
	p := e.program
	if entry < 0 || entry >= len(p.Decisions) {
		return Result{}, &InputError{Code: UnknownDecision}
	}
	d := &p.Decisions[entry]
	if len(answers) != len(d.Inputs) {
		return Result{}, &InputError{Code: WrongLength}
	}
	if e.entry != d {
		e.reserve(d)
	}
	slots := e.slots
	for i, in := range d.index {
		a := answers[i]
		h := held{1 << (a - 1) & in.open.set, int(a)} // nothing where a is Open, or too high
		if h.set == 0 {
			if a != Open {
				return Result{}, &InputError{Code: OutOfRange, Input: i}
			}
			h = in.open
		}
		slots[in.slot] = h
	}
	for i, stage := range d.Stages {
		s, result := &p.Stages[stage], &e.stages[i]
		s.run(result, slots, p.Slots[s.Target].Size())
		slots[s.Target] = holding(result.Values)
	}
	return Result{Stages: e.stages[:len(d.Stages)]}, nil
}

// A held is what a slot holds: the values it can still have and, where there is one, that value as an answer has it.
type held struct {
	set   uint64
	value int
}

func holding(set uint64) held {
	if set == 0 || set&(set-1) != 0 {
		return held{set, Open}
	}
	return held{set, 1 + bits.TrailingZeros64(set)}
}

// reserve makes room for the answer to a decision, each set of which is written when it is answered.
func (e *Evaluator) reserve(d *Entry) {
	size := 0
	for _, stage := range d.Stages {
		size += 3 * words(e.program.Stages[stage].Rows)
	}
	if e.slots == nil {
		e.slots = make([]held, len(e.program.Slots))
	}
	if len(e.stages) < len(d.Stages) {
		e.stages = make([]StageResult, len(d.Stages))
	}
	if e.sets == nil || len(e.sets) < size { // also of no rules a set is empty, not absent
		e.sets = make(Bits, size)
	}
	sets := e.sets
	for i, stage := range d.Stages {
		rows := e.program.Stages[stage].Rows
		n := words(rows)
		e.stages[i] = StageResult{Rows: rows, Certain: sets[:n:n], Possible: sets[n : 2*n : 2*n], Counting: sets[2*n : 3*n : 3*n]}
		sets = sets[3*n:]
	}
	e.entry = d
}

// run finds the rows that apply and what follows from them; size is the number of values of the target.
func (s *Stage) run(result *StageResult, slots []held, size int) {
	certain, possible := result.Certain, result.Possible
	result.Values, result.DutyLo, result.DutyHi = 0, 0, 0
	exact := s.apply(slots, certain, possible)
	switch s.Kind {
	case Gate:
		undefined := uint64(1) << (size - 1)
		passing := slots[s.Source].set & (undefined - 1)
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
		result.Values = uint64(s.gives(possible))
	case Permit:
		certainly := s.gives(certain)
		possibly := certainly
		if !exact {
			possibly = s.gives(possible)
		}
		lo := s.level(certain, possible, certainly, possibly)
		hi, own := lo, lo
		if !exact {
			hi, own = s.level(possible, certain, possibly, certainly), s.level(certain, certain, certainly, certainly)
		}
		result.Values = 2<<hi - 1<<lo
		if lo > 0 {
			result.DutyLo = certainly.duty(possibly)
		}
		if hi > 0 {
			result.DutyHi = possibly.duty(certainly)
		}
		s.counting(result.Counting, certain, own, certainly.counted(own))
		return
	}
	copy(result.Counting, certain)
}

// apply finds the rows that apply whatever the values still possible, and those that apply for some of them. It tells
// whether these are the same since no slot has several values.
func (s *Stage) apply(slots []held, certain, possible Bits) (exact bool) {
	exact = true
	n := len(s.index.every)
	for i, every := range s.index.every {
		w0, w1, w2, w3 := every[0], every[1], every[2], every[3]
		for j := range s.index.columns {
			c := &s.index.columns[j]
			value := slots[c.slot].value
			if value == Open { // no row is contradicted as yet
				exact = false
			}
			rows := &c.bits[value*n+i]
			w0, w1, w2, w3 = w0&rows[0], w1&rows[1], w2&rows[2], w3&rows[3]
		}
		copy(certain[wide*i:], []uint64{w0, w1, w2, w3})
	}
	copy(possible, certain)
	if exact {
		return true
	}
	for i := range s.index.columns {
		c := &s.index.columns[i]
		h := &slots[c.slot]
		switch {
		case h.value != Open:
		case h.set == c.all: // every row is possible
			rest := c.bits[len(c.bits)-n:]
			for w := range certain {
				certain[w] &= rest[w/wide][w%wide]
			}
		default:
			for w := range certain {
				all, some := ^uint64(0), uint64(0)
				for set := h.set; set != 0; set &= set - 1 {
					rows := c.bits[(1+bits.TrailingZeros64(set))*n+w/wide][w%wide]
					all &= rows
					some |= rows
				}
				certain[w] &= all
				possible[w] &= some
			}
		}
	}
	// A set of values is empty only in a situation that cannot be; there too what is certain must be possible.
	for w := range certain {
		certain[w] &= possible[w]
	}
	return false
}

// gives collects what the rows of a set give.
func (s *Stage) gives(rows Bits) effects {
	var all effects
	for w, set := range rows {
		for _, a := range s.index.alike[w] {
			if a.rows&set != 0 {
				all |= a.gives
			}
		}
	}
	return all
}

// level gives the outcome where the grounds and exceptions among rows open apply and the limits among rows bar, which
// have the effects opening and barring.
func (s *Stage) level(open, bar Bits, opening, barring effects) int {
	level := min(opening.open(), barring.bar())
	for w, guarded := range s.index.guarded {
		if level == 0 {
			break
		}
		for set := guarded & bar[w]; set != 0; set &= set - 1 {
			level = min(level, s.index.guardOf[64*w+bits.TrailingZeros64(set)].leaves(open))
		}
	}
	return level
}

// leaves gives the level that stands where a guard's limit applies and the exceptions among open do.
func (g *guard) leaves(open Bits) int {
	for i := range g.exceptions {
		if e := &g.exceptions[i]; e.rows&open[e.word] != 0 {
			return e.level
		}
	}
	return g.level
}

// counting finds the rows that make the outcome where exactly these rows apply, which is level: those with a counted
// effect, and what was put in place of a limit that has exceptions.
func (s *Stage) counting(counting, rows Bits, level int, counted effects) {
	for w, set := range rows {
		var count uint64
		for _, a := range s.index.alike[w] {
			if a.gives&counted != 0 {
				count |= a.rows
			}
		}
		counting[w] = count & set
	}
	guards := s.index.guarded
	if level == 0 {
		guards = s.index.refusing
	}
	for w, guarded := range guards {
		for set := guarded & rows[w]; set != 0; set &= set - 1 {
			g := &s.index.guardOf[64*w+bits.TrailingZeros64(set)]
			exception := -1
			for i := range g.exceptions {
				e := &g.exceptions[i]
				if e.level < exception {
					break
				}
				if here := e.rows & rows[e.word]; here != 0 {
					exception = e.level
					if level > 0 {
						counting[e.word] |= here
					}
				}
			}
			if exception < 0 {
				counting[w] |= set & -set
			}
		}
	}
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
