package model

import "handvat/generator/source"

// A Region is what one region says about itself: who takes part, how things are called, how to send safely, and where its
// document says something else than the national rules.
type Region struct {
	ID, Name, Short, Lead string
	Document              *Source // what this edition rests on
	Names                 []LocalName
	Partners              []Partner
	Contact, Sending      []RegionPoint
	Tensions              []*Tension
	Body                  Prose
	Rules                 []RegionRule
	Span                  source.Span
}

// A RegionRule is what a rule, a condition or a fixed answer of the region says and rests on.
type RegionRule struct {
	ID, Text string // Text is Markdown
	Cited
}

// A LocalName is how something is called in the region; Phase is nil where it is no phase.
type LocalName struct {
	Name, Text string // Text is Markdown
	Phase      *Phase
	Cited
}

// A Partner is a kind of organisation with the region's own; Party is nil where the project does not describe that kind.
type Partner struct {
	Kind    string
	Party   *Entity
	Members []string
	Cited
}

// A RegionPoint is one thing to know or to do.
type RegionPoint struct {
	Title, Text string // Text is Markdown
	Cited
}

// A Tension is where the region's document and the national rules differ. It is shown, and never decides anything.
type Tension struct {
	ID, Title          string
	Document, National Statement
	Advice             string // Markdown
	Decisions          []*Decision
	Span               source.Span
}

// An Edition is the decisions of a region: those of the national model with what the region adds to them.
type Edition struct {
	Region   *Region
	National *Model
	Model    *Model // the whole, merged
	Fixed    []*FixedAnswer
	Touched  []*Touched // sorted by id
}

// A FixedAnswer is a question that the region has answered for everybody. In the Edition's Model the fact is derived.
type FixedAnswer struct {
	Fact  *Fact // of the national Model
	Value int   // of that fact
	Why   string
	Span  source.Span
	Cited
}

// A Touched is a decision whose answers the region can make different.
type Touched struct {
	National, Regional *Decision
	Rules              []*Rule // of Regional: those the region wrote, sorted by id; one that National has too replaces it
	Questions          []*Fact // of Regional: those the region added
	Fixed              []*FixedAnswer
	Span               source.Span // where the region writes about it, or its first fixed answer
}
