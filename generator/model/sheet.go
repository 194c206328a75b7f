package model

import "handvat/generator/source"

// A Sheet is what people fill in and take to the table. Nothing of it is kept.
type Sheet struct {
	ID, Title, Short, Lead string
	Warning                string // Markdown
	Order                  int
	Landscape              bool
	Phases                 []*Phase
	Decisions              []*Decision // on whose outcomes the sheet is offered
	Tested                 *Decision   // whose rules the answers are held against, or nil
	Fixed                  []SheetFixed
	Parts                  []SheetPart
	Body                   Prose
	Span                   source.Span
}

// A SheetFixed is what the sheet takes for granted.
type SheetFixed struct {
	Text    string // Markdown
	Answers []SheetAnswer
}

// A SheetAnswer answers a question of the decision that is tested.
type SheetAnswer struct {
	Question int // its index in Decision.Questions
	Value    int
}

// A SheetPart holds fields, a table, a text with fields in it, or a list to tick off.
type SheetPart struct {
	ID, Title  string
	Lead       string // Markdown
	Fields     []SheetField
	Columns    []SheetColumn
	Rows, Most int    // of the table
	Text       string // Markdown; {field} stands for what was filled in
	Checklist  []CheckItem
	Verdict    bool // what the rules say stands below its fields
	OffPaper   bool // it is there to fill in, and not printed
}

// A SheetColumn is a column of a table; in every row its fields stand below each other.
type SheetColumn struct {
	Title   string
	Fields  []SheetField
	Verdict bool // of each row what the rules say stands here
}

// A SheetField is filled in: in words, or where there are options by choosing one.
type SheetField struct {
	ID, Name      string
	Say           string // what stands in a text where it is empty
	Lines, Length int
	Options       []SheetOption
}

// A SheetOption is something to choose, with what it says about the tested decision.
type SheetOption struct {
	Text    string
	Answers []SheetAnswer
}
