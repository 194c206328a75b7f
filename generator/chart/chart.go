// Package chart makes the tables of the deelwijzer: one question against another, with the verdict of a decision in every cell.
//
// In: a Permit with its rule tables, which questions are the axes and the frame, and an answer to every other question, most
// of them assumed. Out: the groups of values that no rule tells apart, and per cell the verdict, what closes it, what it asks,
// and which answers it rests on. Every verdict is that of tables.Program; the script of the page reads the same tables in the
// same way, so both say the same in every cell.
//
// It stands beside verdicts, which finds everything a cell rests on and takes a hundred answers for it: a chart has to be made
// again between two frames of a screen, so a cell takes one answer and one more for each question that is assumed.
package chart

import (
	"fmt"
	"math/bits"
	"slices"

	"handvat/generator/model"
	"handvat/generator/tables"
)

// A Plan says which questions a chart is made of, by id.
type Plan struct {
	Rows, Columns string
	Frame         []string // what the visitor chooses

	// Outside are answers that open every cell in another way than the chart is about, such as danger. A chart never looks
	// what they would change; whoever shows it says so beside it.
	Outside map[string][]string
}

// A Chart makes tables.
type Chart struct {
	Decision      *model.Decision
	Rows, Columns *model.Fact
	Frame         []*model.Fact
	Assumed       []*model.Fact // every other question but the date, in asking order
	Excluded      []Exclusion   // what the authors rule out

	outside   map[*model.Fact]model.Set
	program   *tables.Program
	evaluator *tables.Evaluator
	entry     int
	stages    []*tables.Stage
	index     map[*model.Fact]int
}

// An Exclusion is a combination that cannot be: questions with the values that cannot go together.
type Exclusion struct {
	Parts []model.In
	Why   string
}

// Answers has for every question 0, which leaves it open, or 1 and the index of its value.
type Answers []uint8

// New makes a Chart of a decision from tables that have it as an entry. The error says what the plan asks that is not there.
func New(m *model.Model, d *model.Decision, p *tables.Program, plan Plan) (*Chart, error) {
	c := &Chart{Decision: d, outside: map[*model.Fact]model.Set{}, index: map[*model.Fact]int{}, program: p, evaluator: p.NewEvaluator()}
	c.entry = slices.IndexFunc(p.Decisions, func(e tables.Entry) bool { return e.ID == d.ID })
	if c.entry < 0 {
		return nil, fmt.Errorf("the tables do not answer %s", d.ID)
	}
	for _, i := range p.Decisions[c.entry].Stages {
		c.stages = append(c.stages, &p.Stages[i])
	}
	for i, f := range d.Questions {
		c.index[f] = i
	}
	var missing error
	find := func(id string) *model.Fact {
		at := slices.IndexFunc(d.Questions, func(f *model.Fact) bool { return f.ID == id })
		if at < 0 {
			missing = fmt.Errorf("%s does not ask %q", d.ID, id)
			return nil
		}
		return d.Questions[at]
	}
	c.Rows, c.Columns = find(plan.Rows), find(plan.Columns)
	for _, id := range plan.Frame {
		c.Frame = append(c.Frame, find(id))
	}
	for id, values := range plan.Outside {
		f := find(id)
		for _, value := range values {
			at := -1
			if f != nil {
				at = slices.IndexFunc(f.Values, func(v model.Value) bool { return v.ID == value })
			}
			if at < 0 {
				return nil, fmt.Errorf("%s has no answer %q to %q", d.ID, value, id)
			}
			c.outside[f] |= 1 << at
		}
	}
	if missing != nil {
		return nil, missing
	}
	for _, f := range d.Questions {
		if f.Kind != model.Date && f != c.Rows && f != c.Columns && !slices.Contains(c.Frame, f) {
			c.Assumed = append(c.Assumed, f)
		}
	}
	return c, c.exclude(m)
}

// exclude takes over what the authors rule out: questions side by side, which a page can look up. What rests on a question
// that this decision does not ask says nothing here.
func (c *Chart) exclude(m *model.Model) error {
	for _, i := range m.Impossible {
		e, simple := Exclusion{Why: i.Why}, true
		parts := []model.Cond{i.When}
		if all, ok := i.When.(model.All); ok {
			parts = all
		}
		for _, part := range parts {
			in, ok := part.(model.In)
			simple = simple && ok && in.Fact.Kind == model.Asked
			e.Parts = append(e.Parts, in)
		}
		if !c.asks(i.When) {
			continue
		}
		if !simple {
			return fmt.Errorf("%s: a page cannot look up that %s is ruled out", c.Decision.ID, model.CondString(i.When))
		}
		c.Excluded = append(c.Excluded, e)
	}
	return nil
}

// asks tells whether a condition rests only on questions of the decision.
func (c *Chart) asks(when model.Cond) bool {
	return !slices.ContainsFunc(model.AskedFor(when), func(f *model.Fact) bool {
		_, asked := c.index[f]
		return f.Kind == model.Asked && !asked
	})
}

// Start gives the answers that the authors assume, on a day; what they do not assume is open.
func (c *Chart) Start(day string) Answers {
	out := make(Answers, len(c.Decision.Questions))
	for i, f := range c.Decision.Questions {
		switch {
		case f.Kind == model.Date:
			out[i] = uint8(1 + f.On(day))
		case f.Assumed != 0:
			out[i] = uint8(1 + bits.TrailingZeros64(uint64(f.Assumed)))
		}
	}
	return out
}

// With gives answers of which one is another one.
func (c *Chart) With(a Answers, f *model.Fact, value int) Answers {
	out := slices.Clone(a)
	out[c.index[f]] = uint8(value + 1)
	return out
}

// Value is the answer to a question, or model.Open.
func (c *Chart) Value(a Answers, f *model.Fact) int { return int(a[c.index[f]]) - 1 }

// Outside are the values of a question that a chart does not try.
func (c *Chart) Outside(f *model.Fact) model.Set { return c.outside[f] }

// Classes numbers the values of a question: those with the same number are the same to every rule.
func (c *Chart) Classes(f *model.Fact) []int {
	slot := c.program.Decisions[c.entry].Inputs[c.index[f]]
	var out []int
	known := map[string]int{}
	for v := range f.Values {
		key := ""
		for _, s := range c.stages {
			for _, column := range s.Columns {
				if column.Slot == slot {
					key += fmt.Sprint(column.Bits[v])
				}
			}
			if s.Source == slot && s.Kind == tables.Gate {
				key += fmt.Sprint("-", v) // a gate passes the value on
			}
		}
		if _, ok := known[key]; !ok {
			known[key] = len(known)
		}
		out = append(out, known[key])
	}
	return out
}

// A Table is rows and columns of groups, with a cell for each.
type Table struct {
	Answers
	Rows, Columns []Group
	Cells         [][]Cell
	Conflict      *Exclusion // what cannot go together whatever the row and column; then there are no cells
}

// A Group is values of an axis that read the same in every cell, and will with other answers too.
type Group []int

// A Cell is one verdict.
type Cell struct {
	Possible bool // not ruled out
	Lo, Hi   int  // levels: the strictest and the most permissive that are possible
	Duty     int  // the least
	Never    bool // mag-niet whatever is assumed
	Decided  bool // by what is assumed: with nothing assumed the bounds are others

	// Rests are the questions another answer to which can open a cell that is not open for certain, each by itself.
	Rests []*model.Fact

	// Where the outcome is certain:
	Closed     []Closed           // what closes it; of mag-niet
	Conditions []*model.Condition // of the others
	By         []string           // who weighs
}

// A Closed is a lock with the reasons why it is closed. Without a lock, nothing gives reason to share.
type Closed struct {
	*model.Lock
	Reasons []Reason
}

// A Reason is why something may not be, and what may.
type Reason struct {
	Why, Alternative string
	model.Cited
}

// Table makes a table.
func (c *Chart) Table(a Answers) Table {
	out := Table{Answers: a}
	var active []Exclusion
	for _, e := range c.Excluded {
		holds, axes := true, false
		for _, p := range e.Parts {
			if p.Fact == c.Rows || p.Fact == c.Columns {
				axes = true
			} else if v := c.Value(a, p.Fact); v < 0 || !p.Values.Has(v) {
				holds = false
			}
		}
		if holds && !axes {
			out.Conflict = &e
			return out
		}
		if holds {
			active = append(active, e)
		}
	}
	out.Rows, out.Columns = c.groups(c.Rows, active), c.groups(c.Columns, active)
	for _, row := range out.Rows {
		var cells []Cell
		for _, column := range out.Columns {
			cell := Cell{}
			if !slices.ContainsFunc(active, func(e Exclusion) bool { return e.has(c.Rows, row[0]) && e.has(c.Columns, column[0]) }) {
				cell = c.cell(c.With(c.With(a, c.Rows, row[0]), c.Columns, column[0]))
			}
			cells = append(cells, cell)
		}
		out.Cells = append(out.Cells, cells)
	}
	return out
}

// has tells whether an exclusion leaves room for a value.
func (e Exclusion) has(f *model.Fact, value int) bool {
	return !slices.ContainsFunc(e.Parts, func(p model.In) bool { return p.Fact == f && !p.Values.Has(value) })
}

func (c *Chart) groups(f *model.Fact, active []Exclusion) []Group {
	var out []Group
	at := map[string]int{}
	for v, class := range c.Classes(f) {
		key := fmt.Sprint(class)
		for _, e := range active {
			key += fmt.Sprint(e.has(f, v))
		}
		i, ok := at[key]
		if !ok {
			i, at[key] = len(out), len(out)
			out = append(out, nil)
		}
		out[i] = append(out[i], v)
	}
	return out
}

// bounds are what one answer gives.
type bounds struct{ lo, hi, duty, dutyHi int }

func (c *Chart) ask(a Answers) (bounds, tables.Result) {
	r, err := c.evaluator.Answer(c.entry, a)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	own := r.Outcome()
	return bounds{bits.TrailingZeros64(own.Values), bits.Len64(own.Values) - 1, int(own.DutyLo), int(own.DutyHi)}, r
}

func (c *Chart) cell(a Answers) Cell {
	now, result := c.ask(a)
	out := Cell{Possible: true, Lo: now.lo, Hi: now.hi, Duty: now.duty}
	switch last := len(c.stages) - 1; {
	case now.hi == model.Forbidden:
		out.Closed = c.closed(result, last)
	case now.lo == now.hi:
		c.asked(&out, result, last, c.Decision)
	}
	loose := slices.Clone(a)
	for _, f := range c.Assumed {
		if c.outside[f] == 0 {
			loose[c.index[f]] = tables.Open
		}
	}
	whatever, _ := c.ask(loose)
	out.Decided, out.Never = whatever != now, whatever.hi == model.Forbidden
	for _, f := range c.Assumed {
		if now.lo == model.Forbidden && c.rests(a, f, now) {
			out.Rests = append(out.Rests, f)
		}
	}
	return out
}

// rests tells whether a verdict can be another one with another answer to a question.
func (c *Chart) rests(a Answers, f *model.Fact, now bounds) bool {
	i := c.index[f]
	was := a[i]
	defer func() { a[i] = was }()
	if was != tables.Open && c.outside[f] == 0 {
		a[i] = tables.Open
		other, _ := c.ask(a)
		return other != now
	}
	for v := range f.Values {
		if a[i] = uint8(v + 1); a[i] != was && !c.outside[f].Has(v) {
			if other, _ := c.ask(a); other != now {
				return true
			}
		}
	}
	return false
}

// counting gives the rules that count in the stage of a decision.
func (c *Chart) counting(r tables.Result, at int, d *model.Decision) []*model.Rule {
	var out []*model.Rule
	for row, id := range c.stages[at].Rules {
		if rule := d.Rule(id); r.Stages[at].Counting.Has(row) && !slices.Contains(out, rule) {
			out = append(out, rule)
		}
	}
	return out
}

// asked adds to an open cell what the counting rules of a decision ask, and those of the decisions that they name.
func (c *Chart) asked(out *Cell, r tables.Result, at int, d *model.Decision) {
	counting := c.counting(r, at, d)
	for _, rule := range counting {
		for _, condition := range rule.Conditions {
			if !slices.Contains(out.Conditions, condition) {
				out.Conditions = append(out.Conditions, condition)
			}
		}
		if rule.By != "" && rule.Level == model.OwnWeighing && !slices.Contains(out.By, rule.By) {
			out.By = append(out.By, rule.By)
		}
	}
	for _, f := range d.Uses {
		if slices.ContainsFunc(counting, func(rule *model.Rule) bool { return names(rule, f) }) {
			if used, level := c.used(r, f); level > model.Forbidden {
				c.asked(out, r, used, f.Uses)
			}
		}
	}
}

// closed finds what closes a cell.
func (c *Chart) closed(r tables.Result, last int) []Closed {
	counting := c.counting(r, last, c.Decision)
	var out []Closed
	for _, l := range c.Decision.Locks {
		closed := Closed{Lock: l}
		for _, rule := range l.Rules {
			if !slices.Contains(counting, rule) {
				continue
			}
			if l.Fact == nil {
				closed.Reasons = append(closed.Reasons, Reason{rule.Why, rule.Alternative, rule.Cited})
			} else if used, level := c.used(r, l.Fact); level == model.Forbidden && len(closed.Reasons) == 0 {
				closed.Reasons = c.reasons(r, used, l.Fact.Uses)
			}
		}
		if len(closed.Reasons) > 0 {
			out = append(out, closed)
		}
	}
	if len(out) == 0 {
		out = append(out, Closed{Reasons: c.reasons(r, last, c.Decision)})
	}
	return out
}

// reasons finds why a decision says mag-niet, in its own rules and in those of the decisions that these name.
func (c *Chart) reasons(r tables.Result, at int, d *model.Decision) []Reason {
	var out []Reason
	add := func(more ...Reason) {
		for _, reason := range more {
			if reason.Why != "" && !slices.ContainsFunc(out, func(known Reason) bool { return known.Why == reason.Why }) {
				out = append(out, reason)
			}
		}
	}
	counting := c.counting(r, at, d)
	for _, rule := range counting {
		add(Reason{rule.Why, rule.Alternative, rule.Cited})
	}
	for _, f := range d.Uses {
		if slices.ContainsFunc(counting, func(rule *model.Rule) bool { return names(rule, f) }) {
			if used, level := c.used(r, f); level == model.Forbidden {
				add(c.reasons(r, used, f.Uses)...)
			}
		}
	}
	if g := d.NoGround; g != nil && len(counting) == 0 {
		add(Reason{g.Why, g.Alternative, g.Cited})
	}
	return out
}

// used gives the stage of a used decision and its level, -1 where that is not certain or it may not apply.
func (c *Chart) used(r tables.Result, f *model.Fact) (at, level int) {
	at = c.stageOf(r, f)
	if at < 0 || bits.OnesCount64(r.Stages[at].Values) != 1 || f.Uses.Kind != model.Permit {
		return at, -1
	}
	return at, bits.TrailingZeros64(r.Stages[at].Values)
}

// stageOf finds the stage of a used decision, or gives -1 where it may not apply.
func (c *Chart) stageOf(r tables.Result, f *model.Fact) int {
	found := -1
	for at, s := range c.stages {
		switch target := c.program.Slots[s.Target].Fact; {
		case s.Kind == tables.Gate && target == f.ID:
			if r.Stages[at].Values>>f.UndefinedIndex()&1 == 1 {
				return -1
			}
		case len(s.Rules) > 0 && target == f.Uses.ID && f.Uses.Rule(s.Rules[0]) != nil:
			found = at
		}
	}
	return found
}

func names(r *model.Rule, f *model.Fact) bool {
	found := r.Through == f
	if r.When != nil {
		model.FactsOf(r.When, func(g *model.Fact) { found = found || g == f })
	}
	return found
}
