// Package verdicts makes tables of verdicts: who may share what with whom, one fact against another.
//
// In: a Permit, the facts of its rows and columns, answers, and what is assumed of facts that nobody answered. Out: per
// cell the bounds on outcome and duty, and how they read: never, only if, or must unless. The bounds are those of
// tables.Program, so that a page that answers with the same tables shows the same; they may be wider than what is possible
// and are never narrower.
//
// A combination that the authors rule out is no cell, and no value is listed that is ruled out beside what is given and
// assumed. Where an assumption cannot go with a cell, that one does not count there and the others do; of two that cannot go
// together the one asked first counts.
//
// Page and Program are what the script needs that makes the same tables in a browser; a test holds every cell of the two
// against each other.
//
// It stands beside explain and not in it, since explain knows only diagrams and tables know nothing of those: what the two
// say of a cell can be compared. No cell says a bare yes that rests on something assumed or open.
package verdicts

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"

	"handvat/generator/model"
	"handvat/generator/tables"
)

// Answers gives value indexes by question; open ones are absent.
type Answers map[*model.Fact]int

// A Query says which table is asked for.
type Query struct {
	Rows, Columns *model.Fact // two questions of the decision
	Given         Answers
	Assumed       Answers // of questions that are neither given nor an axis; the others are passed over
}

// A Table is the answer to a Query.
type Table struct {
	Query
	Cells [][]Cell // by value of Rows, then of Columns; nvt is no row or column
}

// Bounds are what an outcome and a duty can still be, the strictest and the most permissive.
type Bounds struct {
	Lo, Hi         int // levels
	DutyLo, DutyHi int
}

// A Reading is how a cell reads.
type Reading int

const (
	Impossible Reading = iota // the authors rule this combination out, or ask one of its facts only elsewhere
	Never                     // mag-niet, whatever is assumed or open
	OnlyIf                    // what it takes stands in the cell
	Must                      // a duty stands beside it; what it takes stands in the cell as well
	Always                    // mag, whatever is assumed or open, and without conditions
)

// Readings names the readings in Dutch; a Must is said in the word of its duty.
var Readings = [...]string{"komt-niet-voor", "nooit", "alleen-als", "moet", "mag"}

// A Cell is one verdict.
type Cell struct {
	Reading
	Now      Bounds  // with what is assumed
	Whatever Bounds  // with nothing assumed
	Decided  bool    // by what is assumed: with nothing assumed the bounds are others
	Then     Bounds  // with what is assumed, and open facts as in Best
	Best     Answers // of open facts that matter, as permissive as they can be; none where now is mag-niet for certain

	// Left are the facts of which the assumption does not count here, in asking order: it cannot go with the rest. They are
	// open, unless the rest leaves them one value.
	Left []*model.Fact
	// Rests are the assumed and open facts that the verdict of then rests on, in asking order: of an assumed one the values
	// for which it is no stricter, of an open one those for which it may be something else than mag-niet.
	Rests []Setting
	// Opens are the assumed facts that close a cell which is not closed for ever, with the values that may open it.
	Opens []Setting
	Way   Way

	// Answer is what all answers have in common that are possible with what is assumed and what Rests demands of open facts,
	// or for Never whatever is assumed; Outcome and Duty are -1 where these differ. Exact tells that there is one. Otherwise
	// more rules may count, and with them conditions.
	Answer model.Answer
	Exact  bool
	By     []string // who decides, where a rule leaves it to somebody
}

// A Way says how the facts of Opens open a cell.
type Way int

const (
	Any  Way = iota // each may, by itself
	All             // each must, and more may be needed
	Some            // at least one must, and more than that
)

// Ways names the ways in Dutch.
var Ways = [...]string{"een-ervan", "allemaal", "minstens-een"}

// A Setting is a fact with some of its values.
type Setting struct {
	Fact    *model.Fact
	Values  model.Set
	Of      model.Set // the values it can have beside the rest: no other ones are listed
	Assumed bool      // or open
}

// A Maker makes tables of one decision.
type Maker struct {
	Program *tables.Program // what a page that makes the same tables answers with
	d       *model.Decision
	own     int           // the decision, in Program
	ruled   int           // mag-niet for certain where the authors rule a combination out
	bound   []*model.Fact // questions that what is ruled out rests on
}

// New makes a Maker for a Permit.
func New(m *model.Model, d *model.Decision) *Maker {
	out := &Maker{d: d}
	ruled := &model.Decision{ID: "mogelijk-" + d.ID, Kind: model.Permit, Questions: d.Questions, Outcomes: d.Outcomes,
		Rules: []*model.Rule{{ID: "mogelijk", Kind: model.Ground, When: model.All{}, Level: model.Allowed}}}
	for _, i := range m.Impossible {
		if facts := model.AskedFor(i.When); subset(facts, d.Questions) {
			ruled.Rules = append(ruled.Rules, &model.Rule{ID: model.CondString(i.When), Kind: model.Limit, When: i.When})
			out.bound = append(out.bound, facts...)
		}
	}
	out.Program = tables.Compile(m, []*model.Decision{d, ruled})
	out.own = slices.IndexFunc(out.Program.Decisions, func(e tables.Entry) bool { return e.ID == d.ID })
	out.ruled = 1 - out.own
	return out
}

func subset(some, all []*model.Fact) bool {
	return !slices.ContainsFunc(some, func(f *model.Fact) bool { return !slices.Contains(all, f) })
}

// Assumptions are those of the authors.
func Assumptions(d *model.Decision) Answers {
	out := Answers{}
	for _, f := range d.Questions {
		if f.Assumed != 0 {
			out[f] = bits.TrailingZeros64(uint64(f.Assumed))
		}
	}
	return out
}

// assumed is what is assumed of questions that are neither given nor an axis.
func (m *Maker) assumed(q Query) Answers {
	out := Answers{}
	for f, v := range q.Assumed {
		if _, given := q.Given[f]; !given && f != q.Rows && f != q.Columns && slices.Contains(m.d.Questions, f) {
			out[f] = v
		}
	}
	return out
}

// Table makes a table.
func (m *Maker) Table(q Query) *Table {
	q.Assumed = m.assumed(q)
	out := &Table{Query: q}
	for row := range q.Rows.Values {
		var cells []Cell
		for column := range q.Columns.Values {
			cells = append(cells, m.Cell(q, row, column))
		}
		out.Cells = append(out.Cells, cells)
	}
	return out
}

// Cell gives one verdict of a table.
func (m *Maker) Cell(q Query, row, column int) Cell {
	p := &place{Maker: m, axes: []*model.Fact{q.Rows, q.Columns}, assumed: Answers{}}
	assumed := m.assumed(q)
	given, ok := p.settle(with(Answers{q.Rows: row, q.Columns: column}, q.Given))
	if !ok {
		return Cell{}
	}
	p.given = given
	c := Cell{Best: Answers{}}
	_, together := p.settle(with(given, assumed))
	for _, f := range m.d.Questions {
		v, ok := assumed[f]
		if !ok {
			continue
		}
		if settled, known := given[f]; known {
			if settled != v {
				c.Left = append(c.Left, f)
			}
			continue
		}
		p.assumed[f] = v
		if together {
			continue
		}
		if _, ok := p.settle(with(given, p.assumed)); !ok {
			delete(p.assumed, f)
			c.Left = append(c.Left, f)
		}
	}
	p.all = with(given, p.assumed)
	now, whatever := m.read(p.all), m.read(given)
	c.Now, c.Whatever, c.Decided = now.Bounds, whatever.Bounds, now.Bounds != whatever.Bounds
	then := now
	switch {
	case whatever.Hi == model.Forbidden:
		c.Reading, then = Never, whatever
	case now.Hi == model.Forbidden:
		c.Reading = OnlyIf
		c.Opens, c.Way = p.opens()
	default:
		demanded := p.demanded(now.open)
		then = m.read(with(demanded, p.all))
		c.Best = p.best(demanded, now.open)
		c.Rests = p.rests(c.Best, now.open)
		c.Reading = OnlyIf
		switch {
		case now.DutyLo > 0:
			c.Reading = Must
		case now.Lo == model.Allowed && len(c.Rests)+len(then.answer.ConditionList(m.d)) == 0:
			c.Reading = Always
		}
	}
	c.Answer, c.Exact, c.By = then.answer, then.exact, decidedBy(then.answer, m.d)
	c.Then = m.read(with(c.Best, p.all)).Bounds
	return c
}

// A place is one cell being made.
type place struct {
	*Maker
	axes           []*model.Fact
	given, assumed Answers // assumed is what can go with given
	all            Answers // given and assumed
}

// ruledOut tells whether answers cannot go together, or leave one of the axes without a meaning.
func (p *place) ruledOut(a Answers) bool {
	s := p.run(p.ruled, a)
	for _, f := range p.axes {
		if _, applies := s.applies(f); !applies {
			return true
		}
	}
	return s.result.Outcome().Values == 1<<model.Forbidden
}

// possible gives the values that a fact can have beside answers.
func (p *place) possible(f *model.Fact, beside Answers) model.Set {
	var out model.Set
	for v := range f.Values {
		if !p.ruledOut(with(Answers{f: v}, beside)) {
			out |= 1 << v
		}
	}
	return out
}

// settle adds the answers that follow, since every other value is ruled out. It is not ok where answers cannot go together.
func (p *place) settle(a Answers) (Answers, bool) {
	if p.ruledOut(a) {
		return nil, false
	}
	a = with(a, nil)
	bound := p.bound
	for _, f := range p.axes {
		if f.Gate != nil {
			bound = append(slices.Clip(bound), model.AskedFor(f.Gate)...)
		}
	}
	for again := true; again; {
		again = false
		for _, f := range p.d.Questions {
			if _, known := a[f]; known || !slices.Contains(bound, f) {
				continue
			}
			switch set := p.possible(f, a); bits.OnesCount64(uint64(set)) {
			case 0:
				return nil, false
			case 1:
				a[f], again = bits.TrailingZeros64(uint64(set)), true
			}
		}
	}
	return a, true
}

// demanded gives the open facts that have values with which it is mag-niet for certain another one, as permissive as it
// can be.
func (p *place) demanded(open []*model.Fact) Answers {
	out := Answers{}
	for _, f := range open {
		if of := p.possible(f, p.all); p.may(f, of) != of {
			p.pick(f, out)
		}
	}
	return out
}

// best adds to what is demanded the open facts that make sure it is not mag-niet, and no more.
func (p *place) best(demanded Answers, open []*model.Fact) Answers {
	best := maps.Clone(demanded)
	closed := func() bool { return p.read(with(best, p.all)).Lo == model.Forbidden }
	for _, f := range open {
		if _, picked := best[f]; !picked && closed() {
			p.pick(f, best)
		}
	}
	for _, f := range slices.Backward(open) {
		v, picked := best[f]
		if _, must := demanded[f]; !picked || must {
			continue
		}
		if delete(best, f); closed() {
			best[f] = v
		}
	}
	return best
}

// pick gives an open fact its most permissive value beside those picked already, if it can have any.
func (p *place) pick(f *model.Fact, picked Answers) {
	beside := with(picked, p.all)
	of := p.possible(f, beside)
	var then reading
	for v := range f.Values {
		if !of.Has(v) {
			continue
		}
		other := p.read(with(Answers{f: v}, beside))
		if _, ok := picked[f]; !ok || cmp.Or(other.Lo-then.Lo, other.Hi-then.Hi) > 0 {
			picked[f], then = v, other
		}
	}
}

// may gives those values of a fact for which it may be something else than mag-niet.
func (p *place) may(f *model.Fact, of model.Set) model.Set {
	return chosen(f, of, func(v int) bool { return p.read(with(Answers{f: v}, p.all)).Hi > model.Forbidden })
}

// chosen gives the values of a set for which something holds.
func chosen(f *model.Fact, of model.Set, holds func(v int) bool) model.Set {
	var out model.Set
	for v := range f.Values {
		if of.Has(v) && holds(v) {
			out |= 1 << v
		}
	}
	return out
}

// with joins answers; the first ones count.
func with(given, more Answers) Answers {
	out := Answers{}
	maps.Copy(out, more)
	maps.Copy(out, given)
	return out
}

// opens finds what would have to be otherwise for a cell that is closed now.
func (p *place) opens() (out []Setting, way Way) {
	find := func(others Answers) {
		for _, f := range p.d.Questions {
			v, ok := p.assumed[f]
			if !ok {
				continue
			}
			beside := with(p.given, others)
			delete(beside, f)
			s := Setting{Fact: f, Of: p.possible(f, beside), Assumed: true}
			s.Values = chosen(f, s.Of, func(w int) bool { return w != v && p.read(with(Answers{f: w}, beside)).Hi > model.Forbidden })
			if s.Values != 0 && p.read(with(Answers{f: v}, beside)).Hi == model.Forbidden {
				out = append(out, s)
			}
		}
	}
	if find(p.assumed); len(out) > 0 {
		return out, Any
	}
	if find(nil); len(out) > 0 { // without these it stays closed, whatever the rest is
		return out, All
	}
	kept := p.kept(p.given, func(r reading) bool { return r.Hi == model.Forbidden })
	for _, f := range p.d.Questions {
		if v, ok := kept[f]; ok {
			of := p.possible(f, p.given)
			out = append(out, Setting{f, of &^ (1 << v), of, true})
		}
	}
	return out, Some
}

// rests finds what a verdict rests on, where the open facts that matter are as in best.
func (p *place) rests(best Answers, open []*model.Fact) []Setting {
	given := with(best, p.given)
	then := p.read(with(given, p.assumed))
	kept := p.kept(given, then.same)
	var out []Setting
	for _, f := range p.d.Questions {
		_, isKept := kept[f]
		s := Setting{Fact: f, Assumed: isKept}
		switch {
		case isKept:
			beside := with(given, p.assumed)
			delete(beside, f)
			s.Of = p.possible(f, beside)
			s.Values = chosen(f, s.Of, func(v int) bool {
				other := p.read(with(Answers{f: v}, beside))
				return other.Lo >= then.Lo && other.Hi >= then.Hi && other.DutyLo >= then.DutyLo
			})
		case slices.Contains(open, f):
			s.Of = p.possible(f, p.all)
			s.Values = p.may(f, s.Of)
		default:
			continue
		}
		out = append(out, s)
	}
	return out
}

// kept drops what is assumed, the last question first, as long as the reading stays as wanted.
func (p *place) kept(given Answers, wanted func(reading) bool) Answers {
	kept := maps.Clone(p.assumed)
	for _, f := range slices.Backward(p.d.Questions) {
		v, ok := kept[f]
		if !ok {
			continue
		}
		delete(kept, f)
		if !wanted(p.read(with(given, kept))) {
			kept[f] = v
		}
	}
	return kept
}

// decidedBy lists who the counting rules leave it to, those of used decisions among them.
func decidedBy(a model.Answer, d *model.Decision) []string {
	var out []string
	for _, r := range a.Counting {
		if r.By != "" && r.Level == model.OwnWeighing {
			out = append(out, r.By)
		}
	}
	for _, t := range a.Through {
		out = append(out, decidedBy(t.Answer, t.Fact.Uses)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
