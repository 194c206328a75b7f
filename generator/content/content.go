// Package content reads what authors write under content/: settings, sources, terms, the register of norms, phases,
// parties, kinds of data, rules of thumb, topics, pages, sheets and regions.
//
// In: the files of a source.Tree. Out: plain structs with the author's words and their places, or diagnostics. It
// knows which keys each kind of file has and which of them must be there; it gives nothing a meaning: no id is looked
// up, no Markdown is read, no date is judged. That is the work of package check. All mistakes are collected; what was
// well-formed is returned all the same.
package content

import (
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// Content is everything under content/, in the order of the files and of the entries within a file.
type Content struct {
	Settings   *Settings // nil where the file is absent or not well-formed
	Sources    []*Source
	Groups     []*Group // of decisions
	Shelves    []*Group // of topics
	Terms      []*Term
	Registers  []*Register
	Phases     []*Phase
	Variants   []*Phase
	Parties    []*Entity
	Kinds      []*Entity
	ThumbRules []*ThumbRule
	Topics     []*Topic
	Pages      []*Page
	Sheets     []*Sheet
	Regions    []*Region
	LeftOut    []*LeftOut
	NoRule     []*LeftOut
	Words      []*Words
	Spared     []*Spared
	Sentence   *Sentence      // nil where the file is absent or not well-formed
	Everyday   []yamldoc.Text // terms whose name is an ordinary word too

	Files map[string]*source.File // every file of the tree by path, those of decisions too: Markdown is placed in them
}

// Settings are those of instellingen.yaml.
type Settings struct {
	Span    source.Span
	Title   yamldoc.Text
	Promise yamldoc.Text
	Date    yamldoc.Text
	BaseURL yamldoc.Text
	Contact yamldoc.Text // may be absent

	RulesComplete bool // every norm marked as a rule must be cited by one
}

// Cited is what a statement rests on: ids of norms, and a map from source to place (nil where absent).
type Cited struct {
	Norms   []yamldoc.Text
	Sources *yamldoc.Node
}

// A Source is an entry of bronnen.yaml.
type Source struct {
	Span      source.Span
	ID        yamldoc.Text
	Short     yamldoc.Text
	Title     yamldoc.Text
	Kind      yamldoc.Text
	Date      yamldoc.Text
	For       yamldoc.Text
	Overtaken yamldoc.Text // Markdown
	Registers []yamldoc.Text
	Holds     *yamldoc.Node // from fact to values: where it is in force; nil where it is everywhere
}

// A Term is an entry of begrippen.yaml.
type Term struct {
	Span    source.Span
	ID      yamldoc.Text
	Name    yamldoc.Text
	Also    []yamldoc.Text
	Meaning yamldoc.Text // Markdown
	Cited
}

// A Group is an entry of vragen.yaml or kennis.yaml: decisions or topics that a visitor looks for in one place.
type Group struct {
	Span    source.Span
	ID      yamldoc.Text
	Title   yamldoc.Text
	Members []yamldoc.Text
}

// A Register is a file of normen/.
type Register struct {
	Span  source.Span
	Name  string // of the file, without folder and extension
	Norms []*Norm
}

// A Norm is one statement of a register. Keys that only help whoever maintains the register are allowed and not kept.
type Norm struct {
	Span        source.Span
	ID          yamldoc.Text
	Text        yamldoc.Text
	Place       yamldoc.Text
	Kind        yamldoc.Text
	Destination yamldoc.Text
	Phases      []yamldoc.Text
}

// A Statement is a text with what it rests on.
type Statement struct {
	Span source.Span
	Text yamldoc.Text // Markdown
	Cited
}

// A Phase is a file of fasen/, or of varianten/.
type Phase struct {
	Span                        source.Span
	File                        *source.File
	ID                          yamldoc.Text
	Order                       yamldoc.Text
	Title                       yamldoc.Text
	Question                    yamldoc.Text
	Present                     yamldoc.Text
	Lead                        yamldoc.Text
	Purpose, Who, What, WhatNot Statement
	Steps                       []Step   // varianten only
	Picture                     *Picture // nil where the flows are not drawn
	Flows                       []Flow
	Shared                      []Shared
	Checklist                   []CheckItem
	Decisions                   []yamldoc.Text
	ThumbRules                  []yamldoc.Text
	Sources                     []yamldoc.Text
	Body                        yamldoc.Text // Markdown, exactly as it stands in the file
}

// A Step is an entry of stappen.
type Step struct {
	Span           source.Span
	ID, Title, Who yamldoc.Text
	Purpose        yamldoc.Text // Markdown
	Cited
}

// A Picture is what stands behind tekening.
type Picture struct {
	Span              source.Span
	Shape, Name, Text yamldoc.Text
	In, Out, Past     yamldoc.Text // headings
}

// A Flow is an entry of stromen. Side and Short are for the drawing.
type Flow struct {
	Span                                        source.Span
	From, To, What, Level, Proviso, Side, Short yamldoc.Text
	Cited
}

// Shared is an entry of mag-gedeeld.
type Shared struct {
	Span        source.Span
	What, Level yamldoc.Text
	Text        yamldoc.Text // Markdown
	Cited
}

// A CheckItem is an entry of checklist.
type CheckItem struct {
	Span          source.Span
	ID, Text, How yamldoc.Text
	Cited
}

// An Entity is a file of partijen/ or gegevens/.
type Entity struct {
	Span       source.Span
	File       *source.File
	ID         yamldoc.Text
	Name       yamldoc.Text
	Short      yamldoc.Text
	Place      int // among those under the same heading; 0 where not written
	Also       []yamldoc.Text
	Examples   []yamldoc.Text // gegevens only
	Attributes []Attribute
	AttrSpan   source.Span  // the place of kenmerken, or of the whole
	ToTest     yamldoc.Text // partijen only
	Cited
	Body yamldoc.Text // Markdown, exactly as it stands in the file
}

// An Attribute is a key of kenmerken with its value, or of another map of words to words.
type Attribute struct{ Key, Value yamldoc.Text }

// A ThumbRule is a file of vuistregels/.
type ThumbRule struct {
	Span      source.Span
	File      *source.File
	ID        yamldoc.Text
	Number    yamldoc.Text
	Title     yamldoc.Text
	Short     yamldoc.Text
	Why       yamldoc.Text // Markdown
	Good, Bad yamldoc.Text
	Attitude  bool
	Phases    []yamldoc.Text
	Cited
	Body yamldoc.Text // Markdown; these files have none, so check refuses it
}

// A Topic is a file of kennis/.
type Topic struct {
	Span      source.Span
	File      *source.File
	ID        yamldoc.Text
	Title     yamldoc.Text
	Lead      yamldoc.Text
	Remember  []yamldoc.Text // Markdown
	Examples  []Example
	Checklist []CheckItem
	Decisions []yamldoc.Text
	Body      yamldoc.Text // Markdown, exactly as it stands in the file; its headings cite norms
}

// An Example is an entry of voorbeelden.
type Example struct {
	Span            source.Span
	Case, Good, Bad yamldoc.Text
	Cited
}

// A Page is a file of paginas/.
type Page struct {
	Span  source.Span
	File  *source.File
	ID    yamldoc.Text
	Title yamldoc.Text
	Lead  yamldoc.Text
	Body  yamldoc.Text // Markdown, exactly as it stands in the file; its headings cite norms
}
