// Package model is what the authors meant: facts, decisions and guidance, checked and linked, with the place of
// everything in the authors' files.
//
// Package check makes a Model; from then on nobody changes it. Slices are in a fixed order that does not depend on the
// order of rules in a file, so whatever is made from a Model is the same on every run.
package model

import (
	"slices"

	"handvat/generator/source"
)

// Undefined ("nvt") is the name of the value a dependent fact has where it does not apply.
const Undefined = "nvt"

// MaxValues is how many values a fact may have, "nvt" not counted: sets of values are 64 bits.
const MaxValues = 63

// A Model is everything the authors wrote, understood.
type Model struct {
	Settings   Settings
	Facts      []*Fact      // sorted by id; Fact.Index is the position here
	Decisions  []*Decision  // sorted by id
	Conditions []*Condition // sorted by id
	Attributes []*Attribute // sorted by id
	Parties    []*Entity    // sorted by name
	Kinds      []*Entity    // sorted by name
	Impossible []*Impossible
	Guidance
}

// Settings are the site's own: title, date and address.
type Settings struct {
	Title   string
	Promise string
	Date    string // the day answers hold for by default, as 2026-11-21
	BaseURL string
	Contact string // where to report what is wrong: an https or mailto address, or ""

	RulesComplete bool // every norm marked as a rule must be cited by one
}

// FactKind says where the value of a fact comes from.
type FactKind int

const (
	Asked      FactKind = iota // the visitor answers
	Date                       // the date, in intervals; asked only as "another date"
	Attribute_                 // the attribute of a chosen party or kind of data
	Derived                    // follows from rules
	Used                       // the outcome of another decision
)

// A Fact is a variable with a small finite domain.
type Fact struct {
	ID       string
	Index    int
	Span     source.Span
	Kind     FactKind
	Question string
	Why      string // why this is asked (Markdown)
	Values   []Value
	From     string // "partijen" or "gegevens" where the values are those of a list
	Fixed    bool   // whoever answers cannot make it otherwise, so it is never offered as a change
	Assumed  Set    // the value that tables take where nobody answered; empty leaves it open
	Helper   *Helper

	Gate Cond // nil, or the condition outside which the value is nvt

	// Attribute_: the fact chosen from, the attribute, and the fact that asks where a choice differs within its kind.
	Of        *Fact
	Attribute *Attribute
	AskedAs   *Fact // nil where no choice differs

	Rules []*Rule   // Derived: exactly one applies in every situation
	Uses  *Decision // Used

	Norms []*Norm
}

// A Helper is a small decision for a visitor who does not know the answer to a question: its outcome is the answer.
type Helper struct {
	Decision *Decision // a Choice that does not ask the question itself
	Values   []int     // per outcome of Decision the value it gives, or Open
}

// On gives the interval that holds a day, such as 2026-11-21. The fact must be a Date: its intervals leave no day out.
func (f *Fact) On(day string) int {
	for i, v := range f.Values {
		if (v.From == "" || v.From <= day) && (v.Until == "" || day < v.Until) {
			return i
		}
	}
	panic("BUG: " + f.ID + " has no interval for " + day)
}

// RestsOn calls visit for every fact that the value or the gate of this one directly rests on.
func (f *Fact) RestsOn(visit func(*Fact)) {
	if f.Gate != nil {
		FactsOf(f.Gate, visit)
	}
	if f.Of != nil {
		visit(f.Of)
	}
	if f.AskedAs != nil {
		visit(f.AskedAs)
	}
	for _, r := range f.Rules {
		FactsOf(r.When, visit)
	}
	if f.Uses != nil {
		for _, q := range f.Uses.Questions {
			visit(q)
		}
	}
}

// HasUndefined tells whether the fact can be nvt.
func (f *Fact) HasUndefined() bool { return f.Gate != nil }

// HasUnknown tells whether one of the values is the answer of who does not know.
func (f *Fact) HasUnknown() bool {
	return slices.ContainsFunc(f.Values, func(v Value) bool { return v.Unknown })
}

// Size counts the values, nvt included.
func (f *Fact) Size() int {
	if f.HasUndefined() {
		return len(f.Values) + 1
	}
	return len(f.Values)
}

// UndefinedIndex is the index of nvt; only for a fact that HasUndefined.
func (f *Fact) UndefinedIndex() int { return len(f.Values) }

// All is the set of every value.
func (f *Fact) All() Set { return Set(1)<<f.Size() - 1 }

// ValueIndex gives the index of a value, or -1.
func (f *Fact) ValueIndex(id string) int {
	for i, v := range f.Values {
		if v.ID == id {
			return i
		}
	}
	if id == Undefined && f.HasUndefined() {
		return f.UndefinedIndex()
	}
	return -1
}

// DateIndex is the interval in which a day (as 2026-11-21) lies; only for the Date.
func (f *Fact) DateIndex(day string) int {
	for i, v := range f.Values {
		if v.From <= day && (v.Until == "" || day < v.Until) {
			return i
		}
	}
	panic("BUG: the intervals of " + f.ID + " have a gap")
}

// ValueID names the value with an index.
func (f *Fact) ValueID(i int) string {
	if i == len(f.Values) {
		return Undefined
	}
	return f.Values[i].ID
}

// A Value is one possible answer.
type Value struct {
	ID    string
	Label string
	Help  string
	Said  string // in the words of who confirms that it is so, "" where nobody is asked to
	Span  source.Span

	Unknown bool // this is the answer of who does not know

	From, Until string // Date: first day, and the first day after it; "" is open
}

// A Set is a set of values of one fact: bit i is the value with index i.
type Set uint64

// Has tells whether the value with index i is in the set.
func (s Set) Has(i int) bool { return s>>i&1 == 1 }

// A Cond is a condition on facts, in negation normal form: All, Any or In.
type Cond interface{ cond() }

// All holds where each part holds; an empty All always holds.
type All []Cond

// Any holds where one part holds; an empty Any never holds.
type Any []Cond

// In holds where the fact has one of the values.
type In struct {
	Fact   *Fact
	Values Set
}

func (All) cond() {}
func (Any) cond() {}
func (In) cond()  {}

// Not gives the condition that holds exactly where c does not.
func Not(c Cond) Cond {
	switch c := c.(type) {
	case All:
		out := make(Any, len(c))
		for i, part := range c {
			out[i] = Not(part)
		}
		return out
	case Any:
		out := make(All, len(c))
		for i, part := range c {
			out[i] = Not(part)
		}
		return out
	case In:
		return In{c.Fact, c.Fact.All() &^ c.Values}
	}
	panic("BUG: unknown condition")
}

// AskedFor lists the questions and dates that conditions rest on, directly or by way of others, those that gates rest on first.
func AskedFor(conditions ...Cond) []*Fact {
	var out []*Fact
	seen := map[*Fact]bool{}
	var visit func(f *Fact)
	visit = func(f *Fact) {
		if seen[f] {
			return
		}
		seen[f] = true
		f.RestsOn(visit)
		if f.Kind == Asked || f.Kind == Date {
			out = append(out, f)
		}
	}
	for _, c := range conditions {
		FactsOf(c, visit)
	}
	return out
}

// FactsOf calls visit for every fact a condition names, in reading order.
func FactsOf(c Cond, visit func(*Fact)) {
	switch c := c.(type) {
	case All:
		for _, part := range c {
			FactsOf(part, visit)
		}
	case Any:
		for _, part := range c {
			FactsOf(part, visit)
		}
	case In:
		visit(c.Fact)
	}
}

// Kind tells the two kinds of decision apart.
type Kind int

const (
	Permit Kind = iota // soort: mag, with ordered outcomes
	Choice             // soort: keuze, with outcomes of its own
)

// The outcomes of a Permit, from strict to permissive; their index is the level.
const (
	Forbidden   = iota // mag-niet
	OwnWeighing        // eigen-afweging
	Conditional        // mag-mits
	Allowed            // mag
)

// Levels names the outcomes of a Permit by level.
var Levels = [4]string{"mag-niet", "eigen-afweging", "mag-mits", "mag"}

// Duties names the levels of duty that can stand beside an outcome.
var Duties = [3]string{"geen", "moet-tenzij", "moet"}

// Statuses say where a rule comes from; one that is te-toetsen is still to be confirmed by a lawyer.
var Statuses = [4]string{"afgeleid", "bron", "te-toetsen", "toegevoegd"}

// Deciders are who an outcome of own weighing can be up to.
var Deciders = [8]string{"bestuur", "betrokkene", "bevoegd-gezag", "contactpunt", "geheimhouder", "inbrenger", "jij", "publieke-deelnemers"}

// A Decision is one question with its possible outcomes.
type Decision struct {
	ID       string
	Span     source.Span
	Kind     Kind
	Title    string
	Short    string
	Also     []string // other words by which it is found
	Lead     string
	Moments  []string
	Outcomes []Outcome

	// Questions are the facts a visitor may be asked, in asking order, those of used decisions among them; the date is
	// first. A gate names only facts before it. A complete situation has a value for each of these.
	Questions []*Fact

	Rules      []*Rule // sorted by id
	Locks      []*Lock // Permit: in the author's order, which is the order in which they are shown
	Uses       []*Fact // facts of kind Used that rules or gates name, sorted by id
	NoGround   *NoGround
	InDoubt    int // Choice: the outcome advised while facts are open
	Invariants []*Invariant
	// NeverStricter are the author's claims that a value never makes the outcome stricter; Permit only.
	NeverStricter []*NeverStricter
	Usual         []Given // answers that are usual here, in asking order: a visitor may confirm them at once
	Cases         []*Case
	// What to write down and where, and who informs the person concerned (Markdown). These go with doing it; a Permit that says
	// no has those at no instead.
	Record, Inform         []string
	RecordAtNo, InformAtNo []string
	Tree                   *Branch // the tree as the author wrote it, or nil
}

// Outcome finds an outcome's index by id, or -1.
func (d *Decision) Outcome(id string) int {
	return slices.IndexFunc(d.Outcomes, func(o Outcome) bool { return o.ID == id })
}

// HasDuty tells whether a rule can make the outcome a duty.
func (d *Decision) HasDuty() bool {
	return slices.ContainsFunc(d.Rules, func(r *Rule) bool { return r.Duty > 0 })
}

// Rule finds a rule by id, or nil.
func (d *Decision) Rule(id string) *Rule {
	for _, r := range d.Rules {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// A Lock is a compulsory part of a Permit: wherever a ground applies it stands, and the answer names it where it is closed.
// It is a group of requirements of the decision, or the outcome of a small decision of its own, which is then the ceiling.
type Lock struct {
	ID       string
	Span     source.Span
	Title    string
	Question string
	Rules    []*Rule // its requirements, or the limits that check made of Fact; sorted by id
	Fact     *Fact   // the used decision, or nil
	Stands   Cond    // where at least one of its requirements is in force
}

// An Outcome is one possible answer of a decision. A Permit has the four Levels, in that order.
type Outcome struct {
	ID         string
	Title      string
	Text       string
	Conditions []*Condition // Choice only
	Span       source.Span
}

// NoGround is what a Permit says where no ground applies.
type NoGround struct {
	Why         string
	Alternative string
	Cited
}

// RuleKind says how a rule combines with others.
type RuleKind int

const (
	Ground RuleKind = iota
	Requirement
	Limit
	Exception
	ChoiceRule
)

// RuleKinds are the Dutch names of the kinds of rule.
var RuleKinds = [5]string{"grond", "eis", "grens", "uitzondering", "regel"}

// A Rule is one rule of a decision or of a derived fact.
//
// When holds its conditions and its validity; of a Requirement it says where the requirement fails, so that a
// Requirement is a Limit that says what must hold (Scope and Requires keep the author's words).
// Level is capped already: a rule with conditions gives Conditional at most, and so does a ground a lawyer must confirm.
type Rule struct {
	ID          string
	Span        source.Span
	Kind        RuleKind
	When        Cond
	Scope       Cond    // Requirement: where it holds
	Requires    Cond    // Requirement: what must hold there
	Level       int     // Permit: the level; Choice: the outcome's index; Derived: the value's index
	Uncapped    int     // Permit: the level as written
	AnswersTo   []*Rule // Exception: the requirements or limits it answers to, sorted by id
	Conditions  []*Condition
	Alternative string // wat-wel
	By          string // door
	Duty        int    // index in Duties; 0 where it sets none
	EndsDuty    bool
	Why         string
	Status      string
	Doubt       string // what a lawyer must still confirm
	From, Until string // validity, "" is open
	Through     *Fact  // the used decision whose conditions or refusal this rule carries; made by check, never written
	Rest        bool   // Derived: applies where no other rule of the fact does ("anders")
	Cited
}

// Cited is what a statement rests on.
type Cited struct {
	Norms   []*Norm
	Sources []SourceRef
	At      source.Span // where the first of Norms is named
}

// A SourceRef is a place in a source.
type SourceRef struct {
	Source *Source
	Place  string
}

// LawyerMustConfirm is the id of the condition that every ground with status te-toetsen carries.
const LawyerMustConfirm = "laat-een-jurist-bevestigen"

// A Condition is what the visitor must do or see to for an outcome to hold.
type Condition struct {
	ID    string
	Text  string
	How   string
	First bool // to be done before what is decided, so that it stands above the others
	Span  source.Span
	Cited
}

// A Branch is a node of a written-out tree: either a question with branches or a leaf that is a rule.
type Branch struct {
	Values   Set // of the parent's fact; 0 at the root
	Fact     *Fact
	Branches []*Branch
	Rule     *Rule
}

// An Invariant must hold in all situations (Always), or in at least one.
type Invariant struct {
	ID        string
	Span      source.Span
	Always    bool
	When      Cond
	Outcomes  Set // the outcomes allowed (Always) or asked for
	ThumbRule *ThumbRule
	Why       string
}

// A NeverStricter claims that changing a fact from any other value to this one never makes the outcome stricter.
type NeverStricter struct {
	Fact  *Fact // one of the decision's questions
	Value int
	Span  source.Span
}

// A Case is a concrete situation with its expected outcome.
type Case struct {
	ID       string
	Span     source.Span
	Name     string
	Story    string // what happened, where the name is too short for it; or ""
	Register string
	OnlyHere bool // its name says too little away from its decision, so that nobody finds it by searching
	Date     string
	Answers  map[*Fact]int         // value index by fact, the date included; open facts are absent
	Places   map[*Fact]source.Span // where each of those facts is answered, the date not among them
	Expect   Expectation
	Note     string
	Cited
}

// An Expectation is what a Case demands. Empty parts are not compared.
type Expectation struct {
	Outcome    int
	Duty       int     // -1: not compared
	Rules      []*Rule // that must count
	NotRules   []*Rule // that must not count
	Conditions []*Condition
}

// Impossible rules out a combination of facts.
type Impossible struct {
	Span source.Span
	When Cond
	Why  string
}

// An Attribute is a property of parties or of kinds of data.
type Attribute struct {
	ID       string
	Of       string // "partijen" or "gegevens"
	Question string
	Why      string
	Values   []Value
	Headings bool      // who chooses one of Entities finds it under its value of this attribute
	Entities []*Entity // the parties or kinds it belongs to, in the order in which facts have them as values
	Span     source.Span
}

// Differs marks an attribute that is not the same for the whole of a kind of party.
const Differs = "verschilt"

// An Entity is a party or a kind of data.
type Entity struct {
	ID         string
	Name       string
	Short      string
	Also       []string          // other words by which it is found
	Place      int               // where it is among those under its heading: those with a place come first; or 0
	Attributes map[string]string // attribute id -> value id, or Differs
	Examples   []string
	ToTest     string
	Body       Prose
	Span       source.Span
	Cited
}

// A Situation gives every fact of a model (by Fact.Index) a value index, or Open.
type Situation []int

// Open marks a fact without a value.
const Open = -1
