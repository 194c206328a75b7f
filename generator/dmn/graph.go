package dmn

import (
	"cmp"
	"slices"
	"strings"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// A graph is what one document holds: tables that rest on each other and on input data.
type graph struct {
	m       *model.Model
	root    *model.Decision
	maxRows int
	tables  []*table       // what a table rests on stands before it
	made    map[any]*table // by *model.Fact or *model.Decision
	inputs  []*model.Fact  // asked facts and the date, in asking order
	names   names
}

// A table is a decision of the document.
type table struct {
	id       string // of the decision or fact it was made from
	number   int    // 1 for the first of the document
	name     string // in FEEL
	label    string
	question string
	about    string // description
	columns  []column
	outcomes []string // names of the outcomes, by index
	duty     bool     // the table has a second output
	rows     []row
	level    int // 1 + that of what it rests on; input data is 0
}

// A column of a table tests one fact: input data, or what another table gives.
type column struct {
	fact  *model.Fact // a stand-in that is asked, whatever the original is
	label string
	text  string      // the expression
	input *model.Fact // the input data, or nil
	from  *table      // the other table, or nil
}

func newGraph(m *model.Model, root *model.Decision, maxRows int) *graph {
	return &graph{m: m, root: root, maxRows: maxRows, made: map[any]*table{}, names: names{}}
}

// decision makes the table of a decision, once.
func (g *graph) decision(d *model.Decision) (*table, error) {
	if t := g.made[d]; t != nil {
		return t, nil
	}
	t := &table{id: d.ID, label: d.Title, question: d.Title, about: describeDecision(d), outcomes: outcomeIDs(d)}
	if err := g.fill(t, d, askingOrder(d), nil); err != nil {
		return nil, err
	}
	t.name = g.names.of(d, d.ID)
	g.made[d] = t
	return t, nil
}

// derived makes the table of a fact that is not asked, once.
func (g *graph) derived(f *model.Fact) (*table, error) {
	if t := g.made[f]; t != nil {
		return t, nil
	}
	t := &table{id: f.ID, label: cmp.Or(f.Question, f.ID), question: f.Question, about: describeFact(f)}
	d := &model.Decision{ID: f.ID, Kind: model.Choice}
	for i := range f.Size() {
		d.Outcomes = append(d.Outcomes, model.Outcome{ID: f.ValueID(i)})
		t.outcomes = append(t.outcomes, f.ValueID(i))
	}
	value := func(v int, when model.Cond) {
		if f.Gate != nil {
			when = model.All{f.Gate, when}
		}
		d.Rules = append(d.Rules, &model.Rule{Kind: model.ChoiceRule, Level: v, When: when})
	}
	var outcome *model.Fact
	switch f.Kind {
	case model.Derived:
		for _, r := range f.Rules {
			value(r.Level, r.When)
			last := d.Rules[len(d.Rules)-1]
			last.ID, last.Why, last.Cited = r.ID, r.Why, r.Cited
		}
	case model.Attribute_:
		attribute(f, value)
	case model.Used:
		outcome = &model.Fact{ID: f.Uses.ID, Kind: model.Used, Values: f.Values, Uses: f.Uses}
		for v := range f.Values {
			value(v, model.In{Fact: outcome, Values: 1 << v})
		}
	}
	if f.Gate != nil {
		d.Rules = append(d.Rules, &model.Rule{Kind: model.ChoiceRule, Level: f.UndefinedIndex(), When: model.Not(f.Gate)})
	}
	if err := g.fill(t, d, askingOrder(g.root), outcome); err != nil {
		return nil, err
	}
	t.name = g.names.of(f, f.ID)
	g.made[f] = t
	return t, nil
}

// attribute says which choices give which value of an attribute; where a choice differs, the question that asks it does.
func attribute(f *model.Fact, value func(v int, when model.Cond)) {
	chosen := make([]model.Set, len(f.Values)) // by value: the choices that have it
	var differs model.Set
	for i, choice := range f.Of.Values {
		for _, e := range f.Attribute.Entities {
			switch id := e.Attributes[f.Attribute.ID]; {
			case e.ID != choice.ID:
			case id == model.Differs:
				differs |= 1 << i
			default:
				chosen[f.ValueIndex(id)] |= 1 << i
			}
		}
	}
	for v := range f.Values {
		var when model.Cond = model.In{Fact: f.Of, Values: chosen[v]}
		if f.AskedAs != nil {
			when = model.Any{when, model.All{model.In{Fact: f.Of, Values: differs}, model.In{Fact: f.AskedAs, Values: 1 << f.AskedAs.ValueIndex(f.Values[v].ID)}}}
		}
		value(v, when)
	}
}

// fill makes columns and rows of the rules of d. outcome is the fact that stands for a used decision itself, or nil.
func (g *graph) fill(t *table, d *model.Decision, asking order, outcome *model.Fact) error {
	facts := columnFacts(d, asking)
	standIn := map[*model.Fact]*model.Fact{}
	for _, f := range facts { // a gate names only facts before it
		c := &model.Fact{ID: f.ID, Kind: model.Asked, Question: f.Question, Values: f.Values}
		switch {
		case f.Kind == model.Date:
			c.Kind = model.Date
		case f.Kind == model.Asked && f.Gate != nil:
			c.Gate = rewrite(f.Gate, standIn)
		case f.Kind != model.Asked && f.HasUndefined():
			c.Values = append(slices.Clone(f.Values), model.Value{ID: model.Undefined})
		}
		standIn[f] = c
	}
	flat := &model.Decision{ID: d.ID, Kind: d.Kind, Outcomes: d.Outcomes}
	for _, f := range facts {
		flat.Questions = append(flat.Questions, standIn[f])
	}
	rules := map[*model.Rule]*model.Rule{}
	for _, r := range d.Rules {
		c := *r
		c.When, c.AnswersTo, c.Through = rewrite(r.When, standIn), nil, nil
		rules[r] = &c
		flat.Rules = append(flat.Rules, &c)
	}
	for _, r := range d.Rules {
		for _, limit := range r.AnswersTo {
			rules[r].AnswersTo = append(rules[r].AnswersTo, rules[limit])
		}
	}
	possible := &model.Model{}
	for _, i := range g.m.Impossible {
		known := true
		model.FactsOf(i.When, func(f *model.Fact) { known = known && standIn[f] != nil })
		if known {
			possible.Impossible = append(possible.Impossible, &model.Impossible{When: rewrite(i.When, standIn)})
		}
	}
	full, err := diagram.Build(possible, flat)
	if err != nil {
		return err
	}
	t.rows, err = flatten(full, g.maxRows)
	if err != nil {
		return tooLargeError{t.id}
	}
	t.duty = slices.ContainsFunc(t.rows, func(r row) bool { return r.duty > 0 })
	for i, f := range facts {
		if !slices.ContainsFunc(t.rows, func(r row) bool { return r.cells[i] != columnAll(standIn[f]) }) {
			continue
		}
		c, err := g.column(f, standIn[f], f == outcome)
		if err != nil {
			return err
		}
		t.columns = append(t.columns, c)
		if c.from != nil {
			t.level = max(t.level, c.from.level)
		}
	}
	t.level++
	for i, r := range t.rows {
		cells := make([]model.Set, 0, len(t.columns))
		for _, c := range t.columns {
			cells = append(cells, r.cells[slices.Index(full.Vars, c.fact)])
		}
		t.rows[i].cells = cells
	}
	t.number = len(g.tables) + 1
	g.tables = append(g.tables, t)
	return nil
}

// column says where a column gets its value from.
func (g *graph) column(f, standIn *model.Fact, outcome bool) (column, error) {
	c := column{fact: standIn, label: cmp.Or(f.Question, f.ID)}
	var err error
	switch {
	case outcome:
		if c.from, err = g.decision(f.Uses); err != nil {
			return c, err
		}
		c.text, c.label = c.from.name, c.from.label
		if c.from.duty {
			c.text += "." + outputOutcome
		}
	case f.Kind == model.Asked || f.Kind == model.Date:
		c.input, c.text = f, g.names.of(f, f.ID)
		if !slices.Contains(g.inputs, f) {
			g.inputs = append(g.inputs, f)
			asking := askingOrder(g.root)
			slices.SortFunc(g.inputs, func(a, b *model.Fact) int { return cmp.Compare(asking[a], asking[b]) })
		}
	default:
		if c.from, err = g.derived(f); err != nil {
			return c, err
		}
		c.text = c.from.name
	}
	return c, nil
}

// columnFacts lists the facts that rules name, and those on which it depends whether these are asked, in asking order.
func columnFacts(d *model.Decision, asking order) []*model.Fact {
	var out []*model.Fact
	var visit func(f *model.Fact)
	visit = func(f *model.Fact) {
		if slices.Contains(out, f) {
			return
		}
		out = append(out, f)
		if f.Kind == model.Asked && f.Gate != nil {
			model.FactsOf(f.Gate, visit)
		}
	}
	for _, r := range d.Rules {
		model.FactsOf(r.When, visit)
	}
	slices.SortFunc(out, func(a, b *model.Fact) int {
		return cmp.Or(cmp.Compare(asking.of(a), asking.of(b)), cmp.Compare(min(a.Kind, model.Attribute_), min(b.Kind, model.Attribute_)),
			strings.Compare(a.ID, b.ID))
	})
	return out
}

// An order gives the place among the questions of a decision from which on a fact is known.
type order map[*model.Fact]int

func askingOrder(d *model.Decision) order {
	o := order{}
	for i, f := range d.Questions {
		o[f] = i
	}
	return o
}

func (o order) of(f *model.Fact) int {
	if at, ok := o[f]; ok {
		return at
	}
	at := 0
	f.RestsOn(func(g *model.Fact) { at = max(at, o.of(g)) })
	o[f] = at
	return at
}

// rewrite puts stand-ins in the place of the facts of a condition.
func rewrite(c model.Cond, standIn map[*model.Fact]*model.Fact) model.Cond {
	switch c := c.(type) {
	case model.All:
		out := make(model.All, len(c))
		for i, part := range c {
			out[i] = rewrite(part, standIn)
		}
		return out
	case model.Any:
		out := make(model.Any, len(c))
		for i, part := range c {
			out[i] = rewrite(part, standIn)
		}
		return out
	case model.In:
		return model.In{Fact: standIn[c.Fact], Values: c.Values}
	}
	panic("BUG: unknown condition")
}

func outcomeIDs(d *model.Decision) []string {
	var out []string
	for _, o := range d.Outcomes {
		out = append(out, o.ID)
	}
	return out
}

type tooLargeError struct{ table string }

func (e tooLargeError) Error() string { return e.table + " has too many rows" }
