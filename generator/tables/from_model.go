package tables

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"handvat/generator/model"
)

// Compile makes the tables of decisions and of everything they rest on. Stages that several decisions need are shared.
//
// It panics where the model breaks a promise that check makes: circular facts, a fact that no question fills, a party
// without a value for an attribute.
func Compile(m *model.Model, decisions []*model.Decision) *Program {
	b := &builder{
		model:     m,
		program:   &Program{},
		inputs:    map[*model.Fact]int{},
		facts:     map[*model.Fact]int{},
		decisions: map[*model.Decision]int{},
		parts:     map[string]int{},
		filledBy:  map[int]int{},
		consults:  consulting(decisions),
	}
	decisions = slices.Clone(decisions)
	slices.SortFunc(decisions, func(x, y *model.Decision) int { return strings.Compare(x.ID, y.ID) })
	for _, d := range decisions {
		b.program.Decisions = append(b.program.Decisions, b.entry(d))
	}
	return b.program
}

type builder struct {
	model     *model.Model
	program   *Program
	inputs    map[*model.Fact]int     // slot of the answer
	facts     map[*model.Fact]int     // slot of the value, nvt where the fact does not apply
	decisions map[*model.Decision]int // slot of the outcome
	parts     map[string]int          // slot of a part of a condition, by key of its rows
	filledBy  map[int]int             // stage by the slot it fills
	consults  map[*model.Decision]*model.Fact
}

// busy marks a fact or decision whose slot is being made, to recognise a circle.
const busy = -1

func (b *builder) entry(d *model.Decision) Entry {
	e := Entry{ID: d.ID}
	for _, f := range d.Questions {
		e.Inputs = append(e.Inputs, b.input(f))
	}

	// The questions' own gates and the decisions used come along even where the rows do not read them: whoever shows the
	// answer wants to know which questions apply and what was decided underway.
	needed := map[int]bool{}
	for _, f := range d.Questions {
		b.require(b.fact(f), needed)
	}
	for _, f := range d.Uses {
		b.require(b.fact(f), needed)
	}
	own := b.decision(d)
	b.require(own, needed)
	for stage := range b.program.Stages {
		if needed[stage] {
			e.Stages = append(e.Stages, stage)
		}
	}
	if last := e.Stages[len(e.Stages)-1]; last != b.filledBy[own] {
		// A question's gate made after the decision's own stage would be: the decision was compiled earlier, as part of
		// another one, without asking for that gate. Stages do not depend on one another there, so its place is free.
		e.Stages = append(slices.DeleteFunc(e.Stages, func(s int) bool { return s == b.filledBy[own] }), b.filledBy[own])
	}

	for _, slot := range b.read(e.Stages) {
		if b.program.Slots[slot].Input && !slices.Contains(e.Inputs, slot) {
			panic(fmt.Sprintf("BUG: decision %s needs fact %s, which is not among its questions", d.ID, b.program.Slots[slot].Fact))
		}
	}
	return e
}

// require marks the stage that fills a slot, and those it rests on.
func (b *builder) require(slot int, needed map[int]bool) {
	stage, ok := b.filledBy[slot]
	if !ok || needed[stage] {
		return
	}
	needed[stage] = true
	for _, read := range b.read([]int{stage}) {
		b.require(read, needed)
	}
}

// read lists the slots that stages read.
func (b *builder) read(stages []int) []int {
	var slots []int
	for _, i := range stages {
		s := &b.program.Stages[i]
		if s.Kind == Gate && s.Source != s.Target {
			slots = append(slots, s.Source)
		}
		for _, c := range s.Columns {
			slots = append(slots, c.Slot)
		}
	}
	return slots
}

func (b *builder) slot(s Slot) int {
	if s.Size() == 0 || s.Size() > model.MaxValues+1 {
		panic(fmt.Sprintf("BUG: %s has %d values", s.Fact, s.Size()))
	}
	b.program.Slots = append(b.program.Slots, s)
	return len(b.program.Slots) - 1
}

func (b *builder) stage(s Stage) int {
	b.filledBy[s.Target] = len(b.program.Stages)
	b.program.Stages = append(b.program.Stages, s)
	return s.Target
}

// input gives the slot that the answer to a question fills.
func (b *builder) input(f *model.Fact) int {
	if slot, ok := b.inputs[f]; ok {
		return slot
	}
	if f.Kind != model.Asked && f.Kind != model.Date {
		panic("BUG: fact " + f.ID + " is among the questions but is never asked")
	}
	slot := b.slot(Slot{Fact: f.ID, Values: valuesOf(f), Input: true})
	b.inputs[f] = slot
	return slot
}

// fact gives the slot with the value of a fact, nvt where the fact does not apply.
func (b *builder) fact(f *model.Fact) int {
	if slot, ok := b.facts[f]; ok {
		if slot == busy {
			panic("BUG: fact " + f.ID + " depends on itself")
		}
		return slot
	}
	b.facts[f] = busy
	slot := b.ungated(f)
	if f.Gate != nil {
		slot = b.gate(Slot{Fact: f.ID, Values: valuesOf(f)}, slot, b.rowsOf(f.Gate))
	}
	b.facts[f] = slot
	return slot
}

// ungated gives the slot with the value a fact has where it applies.
func (b *builder) ungated(f *model.Fact) int {
	switch f.Kind {
	case model.Asked, model.Date:
		return b.input(f)
	case model.Attribute_:
		return b.attribute(f)
	case model.Derived:
		return b.derived(f)
	case model.Used:
		if len(f.Values) != len(f.Uses.Outcomes) {
			panic(fmt.Sprintf("BUG: fact %s has %d values, decision %s %d outcomes", f.ID, len(f.Values), f.Uses.ID, len(f.Uses.Outcomes)))
		}
		return b.decision(f.Uses)
	}
	panic(fmt.Sprintf("BUG: fact %s is of unknown kind %d", f.ID, f.Kind))
}

func valuesOf(f *model.Fact) []string {
	values := make([]string, f.Size())
	for i := range values {
		values[i] = f.ValueID(i)
	}
	return values
}

// itself stands for a Gate's own target as its source.
const itself = -1

// gate makes the stage that passes the values of a slot on where a row applies.
func (b *builder) gate(target Slot, source int, rows []row) int {
	t := newTable()
	t.add("", 0, rows)
	s := t.stage(b, Gate)
	s.Gives = nil
	s.Target, s.Source = b.slot(target), source
	if source == itself {
		s.Source = s.Target
	}
	return b.stage(s)
}

// holds gives a slot whose first value says that one of the rows applies.
//
// It is a Gate whose target has one value beside nvt: that value passes whatever its source holds.
func (b *builder) holds(rows []row) int {
	id := key(rows)
	if slot, ok := b.parts[id]; ok {
		return slot
	}
	slot := b.gate(Slot{Values: []string{"ja", model.Undefined}}, itself, rows)
	b.parts[id] = slot
	return slot
}

// attribute looks up what the chosen party or kind of data has; where that differs, what was answered counts.
func (b *builder) attribute(f *model.Fact) int {
	if f.Of.HasUndefined() && !f.HasUndefined() {
		panic("BUG: attribute " + f.ID + " has no nvt, but that which it is of has")
	}
	entities := b.model.Parties
	if f.Of.From == "gegevens" {
		entities = b.model.Kinds
	}
	var differs model.Set
	having := make([]model.Set, len(f.Values))
	for i, choice := range f.Of.Values {
		e := slices.IndexFunc(entities, func(e *model.Entity) bool { return e.ID == choice.ID })
		if e < 0 {
			panic(fmt.Sprintf("BUG: fact %s has no %s in the list it is from", f.Of.ID, choice.ID))
		}
		id := entities[e].Attributes[f.Attribute.ID]
		if id == model.Differs {
			differs |= 1 << i
			continue
		}
		v := f.ValueIndex(id)
		if v < 0 || v >= len(having) {
			panic(fmt.Sprintf("BUG: %s has %q for attribute %s", choice.ID, id, f.Attribute.ID))
		}
		having[v] |= 1 << i
	}

	rows := make([][]row, len(f.Values))
	for v := range f.Values {
		when := model.Any{model.In{Fact: f.Of, Values: having[v]}}
		if differs != 0 {
			answer := f.AskedAs.ValueIndex(f.Values[v].ID)
			if answer < 0 {
				panic("BUG: fact " + f.AskedAs.ID + " cannot be answered with " + f.Values[v].ID)
			}
			when = append(when, model.All{
				model.In{Fact: f.Of, Values: differs},
				model.In{Fact: f.AskedAs, Values: 1 << answer},
			})
		}
		rows[v] = b.rowsOf(when)
	}
	t := newTable()
	for v := range rows {
		t.add("", uint8(v), rows[v])
	}
	return b.choose(Slot{Fact: f.ID, Values: valuesOf(f)[:len(f.Values)]}, t)
}

func (b *builder) derived(f *model.Fact) int {
	values := valuesOf(f)[:len(f.Values)]
	return b.chooseBy(Slot{Fact: f.ID, Values: values}, f.Rules)
}

// chooseBy makes a Choose of rules whose Level is the value they give.
func (b *builder) chooseBy(target Slot, rules []*model.Rule) int {
	t := newTable()
	for _, r := range ordered(rules) {
		t.add(r.ID, uint8(r.Level), b.rowsOf(r.When))
	}
	return b.choose(target, t)
}

func (b *builder) choose(target Slot, t *table) int {
	s := t.stage(b, Choose)
	s.Target = b.slot(target)
	return b.stage(s)
}

// decision gives the slot with the outcome of a decision.
func (b *builder) decision(d *model.Decision) int {
	if slot, ok := b.decisions[d]; ok {
		if slot == busy {
			panic("BUG: decision " + d.ID + " uses itself")
		}
		return slot
	}
	b.decisions[d] = busy
	outcome := Slot{Fact: d.ID}
	for _, o := range d.Outcomes {
		outcome.Values = append(outcome.Values, o.ID)
	}
	var slot int
	if d.Kind == model.Choice {
		slot = b.chooseBy(outcome, d.Rules)
	} else {
		slot = b.permit(outcome, d)
	}
	b.decisions[d] = slot
	return slot
}

func (b *builder) permit(outcome Slot, d *model.Decision) int {
	if outcome.Size() != len(model.Levels) {
		panic(fmt.Sprintf("BUG: decision %s has %d outcomes, not those of a Permit", outcome.Fact, outcome.Size()))
	}
	answered := map[*model.Rule][]*model.Rule{} // exceptions by the rule they answer to
	rules, f := ordered(d.Rules), b.consults[d]
	var places []place
	if f != nil {
		places = b.places(f.Gate)
	}
	for _, r := range rules {
		for _, limit := range r.AnswersTo {
			answered[limit] = append(answered[limit], r)
		}
	}
	t := newTable()
	rowsOf := map[*model.Rule]Bits{}
	for _, r := range rules {
		rows := b.rowsOf(r.When)
		if f != nil {
			rows = b.simplify(consulted(rows, places))
		}
		rowsOf[r] = t.add(r.ID, effectOf(r, len(answered[r]) > 0), rows)
	}
	s := t.stage(b, Permit)
	s.Target = b.slot(outcome)
	for _, r := range rules {
		if len(answered[r]) == 0 {
			continue
		}
		g := Guarded{Rows: t.fit(rowsOf[r]), Level: r.Level}
		for level := range g.Exceptions {
			g.Exceptions[level] = t.fit(nil)
		}
		for _, e := range answered[r] {
			g.Exceptions[e.Level] = union(g.Exceptions[e.Level], rowsOf[e])
		}
		s.guard(g)
	}
	return b.stage(s)
}

// effectOf says what the rows of a rule do; limits and requirements that exceptions answer to do nothing by themselves.
func effectOf(r *model.Rule, answered bool) effect {
	var e effect
	switch {
	case r.Kind == model.Ground:
		e = ground(r.Level)
	case r.Kind == model.Exception || answered:
		e = nothing
	case r.Kind == model.Requirement || r.Kind == model.Limit:
		e = limit(r.Level)
	default:
		panic(fmt.Sprintf("BUG: rule %s of a decision that permits is of kind %d", r.ID, r.Kind))
	}
	if r.EndsDuty {
		return e + endsDuty
	}
	return e + effect(r.Duty)
}

// guard adds limits with exceptions to those that have the same ones, so that these stand in the tables once.
func (s *Stage) guard(g Guarded) {
	for i, other := range s.Guarded {
		same := g.Level == other.Level
		for level := range g.Exceptions {
			same = same && slices.Equal(g.Exceptions[level], other.Exceptions[level])
		}
		if same {
			s.Guarded[i].Rows = union(other.Rows, g.Rows)
			return
		}
	}
	s.Guarded = append(s.Guarded, g)
}

// ordered puts rules that work alike together, which makes the tables compress better; the order decides nothing.
func ordered(rules []*model.Rule) []*model.Rule {
	rules = slices.Clone(rules)
	slices.SortStableFunc(rules, func(x, y *model.Rule) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Level, y.Level), strings.Compare(orderKey(x.When), orderKey(y.When)), strings.Compare(x.ID, y.ID))
	})
	return rules
}

// A table collects rows. Sets of rows grow with it and are brought to one length by fit.
type table struct {
	rows  []row
	rules []string
	gives []uint8
}

func newTable() *table { return &table{} }

// add gives the set of the rows added.
func (t *table) add(rule string, gives uint8, rows []row) Bits {
	var set Bits
	for _, r := range rows {
		set = include(set, len(t.rows))
		t.rows, t.rules, t.gives = append(t.rows, r), append(t.rules, rule), append(t.gives, gives)
	}
	return set
}

func include(bits Bits, r int) Bits {
	for len(bits) <= r/64 {
		bits = append(bits, 0)
	}
	bits[r/64] |= 1 << (r % 64)
	return bits
}

func union(x, y Bits) Bits {
	if len(x) < len(y) {
		x, y = y, x
	}
	x = slices.Clone(x)
	for i := range y {
		x[i] |= y[i]
	}
	return x
}

// words is how many words a set of rows takes.
func words(rows int) int { return (rows + 63) / 64 }

func (t *table) fit(bits Bits) Bits {
	fitted := make(Bits, words(len(t.rows)))
	copy(fitted, bits)
	return fitted
}

// stage makes the columns of the rows.
func (t *table) stage(b *builder, kind StageKind) Stage {
	s := Stage{Kind: kind, Rows: len(t.rows), Rules: t.rules, Gives: t.gives}
	var slots []int
	for _, r := range t.rows {
		for _, l := range r {
			slots = append(slots, l.slot)
		}
	}
	slices.Sort(slots)
	for _, slot := range slices.Compact(slots) {
		c := Column{Slot: slot}
		for v := range b.program.Slots[slot].Size() {
			bits := t.fit(nil)
			for i, r := range t.rows {
				at := slices.IndexFunc(r, func(l literal) bool { return l.slot == slot })
				if at < 0 || r[at].set>>v&1 == 1 {
					bits = include(bits, i)
				}
			}
			c.Bits = append(c.Bits, bits)
		}
		s.Columns = append(s.Columns, c)
	}
	return s
}
