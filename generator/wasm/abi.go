// Package wasm writes decisions as one small WebAssembly module.
//
// In: a tables.Program, and sections to carry along. Out: the bytes of a module that answers exactly as Program.Answer
// does. It holds the tables and an evaluator of a few hundred bytes; there is no runtime in it and it imports nothing, so
// any host of WebAssembly 1.0 can run it. The same program gives the same bytes. What stands below is a promise to hosts
// outside this project too; file decision/abi.ts of the theme's scripts mirrors it for TypeScript.
//
// # Contract, version 3
//
// All numbers are little-endian and unsigned. A host refuses a module whose abi is not the version it knows. The
// version goes up when anything written here changes; within a version modules differ in their tables and custom
// sections, and in leaving out code that their tables have no use for.
//
// No call of answer traps, whatever its arguments and whatever stands in the input, as long as the host writes nowhere
// else in the memory. Calls keep nothing: each answer depends on its own input only. The module imports nothing.
//
// Exports:
//
//	memory                  one memory that never grows
//	abi     i32 constant    the version of this contract
//	input   i32 constant    address of the answers
//	output  i32 constant    address of what was found; the input is at most output-input bytes long
//	answer  (decision i32, length i32) -> i32
//
// To ask: write one byte per question of the decision at input, in the order of its questions: 0 leaves it open, v+1 is
// the value with index v. Where a question depends on a condition, nvt (the number of its values plus 1) counts as open.
// Then call answer with the decision's index, in the order of their ids, and the number of questions.
//
// answer returns 0, or why it refused; the output is then as it was:
//
//	1            no such decision
//	2            the length is not the number of questions
//	3 + 256*i    answer i, counted from 0, is larger than any that its question takes
//
// Output, 8 bytes aligned:
//
//	u32 number of stages, u32 zero, then per stage, in the order in which they ran; the last is the decision's own:
//	  u64 the values the stage's target can still have, as bits
//	  u8  lowest duty, u8 highest duty
//	  u16 number of rows R
//	  u32 zero
//	  certain, possible, counting: sets of rows, each ceil(R/64) times u64, row r being bit r%64 of number r/64
//
// Certain rows apply however the open questions are answered, possible ones may still apply. Counting are, of a decision
// with ordered outcomes, the certain rows that make the outcome these have together; elsewhere they are the certain ones.
// Duty 0 is none, 1 one that weighty reasons can lift, 2 one without exception. Where all questions are answered, what is
// certain and what is possible are the same.
//
// Rules that answer in several ways have several rows. Which stages a decision has, which rule each row belongs to and
// what all of it means in words is in the manifest. A module may carry it along, in section "handvat.manifest".
//
// # Tables
//
// Hosts need these only to do without WebAssembly. They are the one data segment, loaded at address 0. A set of rows
// takes stride = ceil(R/8) bytes here; row r is bit r%8 of byte r/8.
//
//	header: u32 abi, input, output, slots, memory (bytes used), decisions (count); then per decision
//	        u32 address of an entry
//	entry:  u16 inputs, u16 stages; per input u16 slot, u8 number of values; per stage u32 how far its address
//	        is behind that of the stage before, which for the first is 0, modulo 2^32
//	stage:  u8 kind (0 gate, 1 choose, 2 permit), u8 number of values of the target, u16 target, u16 source,
//	        u16 rows R, u16 columns; then per column u16 slot, u8 number of values; then per column and value a set of
//	        rows: those which that value contradicts; then what belongs to its kind
//	gate:   nothing
//	choose: per row u8 the index of the value it gives
//	permit: per row u8 what it does: 0, 4, 8 a ground of level 1, 2, 3; 12 nothing by itself; 16, 20, 24, 28 a limit of
//	        level 3, 2, 1, 0; and on top of that +1 sets duty 1, +2 duty 2, +3 ends a duty;
//	        u16 guards; per guard u8 level, and per row u8: 0 to 3 an exception that puts this level in place, 4 a limit
//	        that these exceptions answer to, 5 neither
//
// A slot is a u64 at slots+8*slot. What the stages do with these is said by package tables.
//
// # Custom sections
//
// Sections given to Emit stand before all others, in the order given. Their names start with "handvat.".
package wasm

import (
	_ "embed"
	"go/doc/comment"
	"go/parser"
	"go/token"

	"handvat/generator/tables"
)

//go:embed abi.go
var source string

// Contract is what stands above under the heading of that name, as Markdown. Who only calls answer needs no more.
func Contract() []byte {
	file, err := parser.ParseFile(token.NewFileSet(), "abi.go", source, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		panic("BUG: abi.go cannot be read: " + err.Error())
	}
	var words comment.Parser
	blocks := words.Parse(file.Doc.Text()).Content
	var headings []int
	for i, block := range blocks {
		if _, ok := block.(*comment.Heading); ok {
			headings = append(headings, i)
		}
	}
	print := comment.Printer{HeadingLevel: 2, HeadingID: func(*comment.Heading) string { return "" }}
	return print.Markdown(&comment.Doc{Content: blocks[headings[0]:headings[1]]})
}

// Version is the version of the contract.
const Version = 3

// The names of the exports.
const (
	ExportMemory  = "memory"
	ExportVersion = "abi"
	ExportInput   = "input"
	ExportOutput  = "output"
	ExportAnswer  = "answer"
)

// What answer returns beside 0 has one of these codes in its lowest byte.
const (
	codeUnknownDecision = int32(tables.UnknownDecision)
	codeWrongLength     = int32(tables.WrongLength)
	codeOutOfRange      = int32(tables.OutOfRange)
)

// CodeBits is where the position of a refused answer starts in what answer returns.
const CodeBits = 8

// Offsets in the output and in a stage's part of it.
const (
	OutputStages  = 8 // the first stage
	StageValues   = 0
	StageDutyLo   = 8
	StageDutyHi   = 9
	StageRowCount = 10
	StageRows     = 16 // certain; possible and counting follow
)

// Offsets in the tables.
const (
	headerVersion = 4 * iota
	headerInput
	headerOutput
	headerSlots
	headerMemory
	headerDecisions
	headerEntries
)

const (
	entryInputCount = 0
	entryStageCount = 2
	entryInputs     = 4

	inputSlot   = 0
	inputValues = 2
	inputSize   = 3

	stageKind    = 0
	stageValues  = 1
	stageTarget  = 2
	stageSource  = 4
	stageRows    = 6
	stageColumns = 8
	stageSize    = 10

	columnSlot   = 0
	columnValues = 2
	columnSize   = 3

	guardsCount = 2 // bytes of the number of guards
	guardLevel  = 1 // bytes of its level, before what the rows do for it
)

// What rows do for a guard, beside putting a level in place; and as sets of such numbers.
const (
	guardLimit   = 4
	guardNothing = 5

	guardsExceptions = 1<<guardLimit - 1
	guardsLimit      = 1 << guardLimit
)

// What the rows of a permit do, as sets of these numbers.
const (
	actsGrounds = 1<<12 - 1
	actsLimits  = -1 << 16
	actsRefuse  = -1 << 28
	actsDuty1   = 0x22222222
	actsDuty2   = 0x44444444
	actsEndDuty = -0x77777778
)

// SectionManifest is the name of the section with the manifest, as package manifest writes it.
const SectionManifest = "handvat.manifest"
