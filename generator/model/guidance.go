package model

import "handvat/generator/source"

// Guidance is everything that explains and does not decide. Slices are in the order in which they are shown.
type Guidance struct {
	Phases     []*Phase
	Variants   []*Phase     // processes that differ from the four phases
	ThumbRules []*ThumbRule // by number
	Groups     []*Group     // in the order in which they are shown
	Shelves    []*Shelf     // in the order in which they are shown
	Terms      []*Term      // by name
	Sources    []*Source    // as written
	Norms      []*Norm      // by id
	LeftOut    []*LeftOut   // by norm: what nothing names
	NoRule     []*LeftOut   // by norm: what no rule names though it reads like one
	Pages      []*Page      // by id
	Sheets     []*Sheet     // in the order in which they are shown
	Regions    []*Region    // by id
	Sentence   *Sentence    // nil where there is none
}

// Prose is a text of any length, with its headings.
type Prose struct {
	Markdown string // as the author wrote it; its links were checked, and become addresses where it is rendered
	Headings []Heading
}

// A Heading is a heading of level 2 or deeper, with the norms that its section covers.
type Heading struct {
	Level int
	ID    string
	Text  string
	Norms []*Norm
	Span  source.Span
}

// A Statement is a short text that covers norms.
type Statement struct {
	Text string // Markdown
	Cited
}

// A Phase is one of the moments of a case, or a variant: another process, with steps of its own.
type Phase struct {
	ID                          string
	Order                       int
	Title                       string
	Question                    string
	Present                     string // who sits at the table
	Lead                        string
	Purpose, Who, What, WhatNot Statement
	Steps                       []Step
	Picture                     *Picture // nil where the flows are not drawn
	Flows                       []Flow
	Shared                      []Shared
	Checklist                   []CheckItem
	Decisions                   []*Decision
	ThumbRules                  []*ThumbRule
	Sources                     []*Source
	Body                        Prose
	Span                        source.Span
}

// A Group is decisions that a visitor looks for in one place.
type Group struct {
	ID, Title string
	Decisions []*Decision // in the order in which they are shown
}

// A Step is a moment of a variant.
type Step struct {
	ID, Title, Who string
	Purpose        string // Markdown
	Cited
}

// A Picture says what the flows of a phase are drawn around: in the centre stands a table with its chairs, or whoever asks.
type Picture struct {
	Shape      int    // in Shapes
	Name, Text string // what stands in the centre; Text may be empty
	Headings   [len(Sides)]string
}

// Shapes are what can stand in the centre: a full table, one for two, no table but somebody who asks, and a table that all but one left.
var Shapes = [...]string{"tafel", "twee-stoelen", "geen-tafel", "een-blijft"}

const (
	FullTable = iota
	TwoChairs
	NoTable
	OneStays
)

// Sides are where a flow stands in a drawing: it goes to the centre, comes from there, or passes by.
var Sides = [...]string{"in", "uit", "langs"}

const (
	Inward = iota
	Outward
	Passing
)

// A Flow is one line of who shares what with whom.
type Flow struct {
	From, To, What string
	Level          int
	Proviso        string
	Side           int    // in Sides, in the drawing
	Short          string // What, as it stands in the drawing
	Cited
}

// Shared says whether something may be shared in a phase.
type Shared struct {
	What  string
	Level int
	Text  string
	Cited
}

// A CheckItem is one line of a checklist. Its ID never changes meaning.
type CheckItem struct {
	ID   string
	Text string
	How  string
	Cited
}

// A ThumbRule is a rule of thumb.
type ThumbRule struct {
	ID, Title, Short, Why, Good, Bad string
	Number                           int
	Attitude                         bool
	Phases                           []string
	Span                             source.Span
	Cited
}

// A Term is a word with its meaning.
type Term struct {
	ID, Name, Meaning string
	Also              []string
	Span              source.Span
	Cited
}

// A Source is a document or a law. Short is how it is called in a line of sources.
type Source struct {
	ID, Short, Title, Kind, Date, For, Overtaken string
	Register                                     []string
	Holds                                        Cond // where it is in force; nil where it is everywhere
	Span                                         source.Span
}

// A Norm is one statement of the norm register.
type Norm struct {
	ID, Text, Place, Kind, Destination string
	Phases                             []string // the register's own words, such as aanmelding, inrichting or alle
	File                               string   // the register file, without folder and extension
	Span                               source.Span
	Source                             *Source
}

// A Shelf is topics that a visitor looks for in one place.
type Shelf struct {
	ID, Title string
	Topics    []*Topic // in the order in which they are shown
}

// A Topic is a page of what somebody should know, beginning with what to remember.
type Topic struct {
	ID, Title, Lead string
	Remember        []string // Markdown
	Examples        []Example
	Checklist       []CheckItem
	Decisions       []*Decision
	Body            Prose
	Span            source.Span
}

// An Example shows how something goes well and how it goes wrong.
type Example struct {
	Case      string // what it is about, or ""
	Good, Bad string
	Cited
}

// A Page is an ordinary page.
type Page struct {
	ID, Title, Lead string
	Body            Prose
	Span            source.Span
}
