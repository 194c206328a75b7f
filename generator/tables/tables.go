// Package tables holds decisions in the form they are answered with: rule tables.
//
// In: a checked model. Out: a Program: per stage and per value of each fact the rows that this value does not
// contradict, as bits. Answering is ANDing those sets. With open facts two sets result, the rows that certainly and
// those that possibly apply, and from them bounds on the outcome. It grows linearly with the rules.
//
// Guaranteed: where every question is answered the result is exact; where some are open, the outcome, the duty and the
// applying rules of every possible way to answer the rest lie within the bounds. The bounds need not be the narrowest:
// facts are taken to be independent, and the alternatives within one rule too. Combinations the authors call impossible
// are not known here; for those the answer is defined but means nothing.
//
// A row is one conjunction: a rule whose condition has alternatives becomes several rows, which carry the same rule id.
package tables

import "sync"

// A Program answers a number of decisions. It is not to be changed once it has an Evaluator.
type Program struct {
	Slots     []Slot
	Stages    []Stage // each after the stages that fill the slots it reads
	Decisions []Entry // sorted by id

	indexed sync.Once
}

// A Slot holds what is known of one fact: the set of values it can still have.
//
// A fact that depends on a condition has two: one for its value regardless of the condition, and one that a Gate fills.
type Slot struct {
	Fact   string   // id of the fact, of the decision whose outcome it holds, or "" for a part of a condition
	Values []string // ids of the values, nvt last where it can be; 1 to 64
	Input  bool     // filled from the answers; otherwise a stage fills it
}

// Size counts the values, nvt included.
func (s Slot) Size() int { return len(s.Values) }

// All is the set of every value of the slot.
func (s Slot) All() uint64 { return ^uint64(0) >> (64 - len(s.Values)) }

// An Entry says how to answer one decision.
type Entry struct {
	ID     string
	Inputs []int // slots, in the order of the answers given: that of the decision's questions
	Stages []int // to run in this order; the last one is the decision's own

	index []input // see index.go
}

// StageKind says how a stage turns rows into a set of values.
type StageKind uint8

// The numbers are part of the WebAssembly module's contract.
const (
	Gate   StageKind = iota // rows are where a dependent fact applies: elsewhere it is nvt
	Choose                  // a row gives a value; exactly one value is right
	Permit                  // rows are grounds, limits and exceptions; the values are the four levels
)

// StageKinds names the kinds of stage.
var StageKinds = [3]string{"gate", "choose", "permit"}

// A Stage fills slot Target.
type Stage struct {
	Kind    StageKind
	Target  int
	Source  int // Gate: the slot whose values pass where a row applies; nvt, the target's last value, elsewhere
	Rows    int
	Columns []Column // the slots that the rows depend on, ascending
	Rules   []string // per row the id of its rule ("" for a Gate and for an attribute)

	Gives   []uint8   // per row: Choose: the index of its value; Permit: its effect (see effect.go); Gate: none
	Guarded []Guarded // Permit: limits and requirements that have exceptions

	index stageIndex // see index.go
}

// Bits is a set of rows, 64 a word; row r is bit r%64 of word r/64.
type Bits []uint64

// Has tells whether row r is in the set.
func (b Bits) Has(r int) bool { return b[r/64]>>(r%64)&1 == 1 }

// A Column holds, per value of a slot, the rows which that value does not contradict.
type Column struct {
	Slot int
	Bits []Bits
}

// Guarded are limits of one level that the same exceptions answer to.
type Guarded struct {
	Rows       Bits
	Level      int
	Exceptions [4]Bits // by the level an exception puts in place
}

// A Result is the answer to one decision: what each stage of its Entry found, in that order. The last is the outcome.
type Result struct {
	Stages []StageResult
}

// Outcome is what the decision's own stage found.
func (r Result) Outcome() StageResult { return r.Stages[len(r.Stages)-1] }

// A StageResult is what one stage found.
type StageResult struct {
	Values         uint64 // the values the target can still have; for a Permit the levels from the lowest to the highest
	DutyLo, DutyHi uint8  // Permit: bounds on the duty
	Rows           int    // how many rows the sets below are over

	Certain  Bits // rows that apply however the open questions are answered
	Possible Bits // rows that may still apply
	Counting Bits // Permit: of the certain rows those that make the outcome these rows have together; else: Certain
}

// A Code says why answers were refused; the numbers are those the WebAssembly module returns.
type Code uint8

// The reasons to refuse answers.
const (
	UnknownDecision Code = 1 + iota
	WrongLength
	OutOfRange
)

// An InputError says that a decision cannot be answered as asked.
type InputError struct {
	Code  Code
	Input int // OutOfRange: the position of the first answer that its question does not have
}
