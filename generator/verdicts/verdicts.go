// Package verdicts makes tables of verdicts: who may share what with whom, one fact against another.
//
// In: a Permit, the facts of its rows and columns, answers, and what is assumed of facts that nobody answered. Out: per
// cell the bounds on outcome and duty, and how they read: never, only if, or must unless. The bounds are those of
// tables.Program, so that a page that answers with the same tables shows the same; they may be wider than what is possible
// and are never narrower.
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
	Then     Bounds  // with what is assumed, and open facts as in Best
	Best     Answers // of open facts that matter, as permissive as they can be; none where now is mag-niet for certain

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
	Assumed bool // or open
}

// A Maker makes tables of one decision.
type Maker struct {
	d        *model.Decision
	decision *tables.Program
	possible *tables.Program // mag-niet for certain where the authors rule a combination out
}

// New makes a Maker for a Permit.
func New(m *model.Model, d *model.Decision) *Maker {
	out := &Maker{d: d, decision: tables.Compile(m, []*model.Decision{d})}
	ruled := &model.Decision{ID: "onmogelijk", Kind: model.Permit, Questions: d.Questions, Outcomes: d.Outcomes,
		Rules: []*model.Rule{{ID: "mogelijk", Kind: model.Ground, When: model.All{}, Level: model.Allowed}}}
	for _, i := range m.Impossible {
		if asks(d, i.When) {
			ruled.Rules = append(ruled.Rules, &model.Rule{ID: model.CondString(i.When), Kind: model.Limit, When: i.When})
		}
	}
	out.possible = tables.Compile(m, []*model.Decision{ruled})
	return out
}

// asks tells whether a condition rests only on questions of a decision.
func asks(d *model.Decision, c model.Cond) bool {
	known := true
	seen := map[*model.Fact]bool{}
	var visit func(f *model.Fact)
	visit = func(f *model.Fact) {
		if seen[f] {
			return
		}
		seen[f] = true
		if f.Kind == model.Asked || f.Kind == model.Date {
			known = known && slices.Contains(d.Questions, f)
		}
		f.RestsOn(visit)
	}
	model.FactsOf(c, visit)
	return known
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

// Table makes a table.
func (m *Maker) Table(q Query) *Table {
	assumed := maps.Clone(q.Assumed)
	maps.DeleteFunc(assumed, func(f *model.Fact, _ int) bool {
		_, given := q.Given[f]
		return given || f == q.Rows || f == q.Columns || !slices.Contains(m.d.Questions, f)
	})
	q.Assumed = assumed
	out := &Table{Query: q}
	for row := range q.Rows.Values {
		var cells []Cell
		for column := range q.Columns.Values {
			given := maps.Clone(q.Given)
			if given == nil {
				given = Answers{}
			}
			given[q.Rows], given[q.Columns] = row, column
			cells = append(cells, m.cell(q, given))
		}
		out.Cells = append(out.Cells, cells)
	}
	return out
}

// cell gives one verdict. Where what is assumed cannot go with what is given, it is left open.
func (m *Maker) cell(q Query, given Answers) Cell {
	if m.ruledOut(q, given) {
		return Cell{}
	}
	assumed := q.Assumed
	if m.ruledOut(q, with(given, assumed)) {
		assumed = nil
	}
	all := with(given, assumed)
	now, whatever := m.read(all), m.read(given)
	c := Cell{Now: now.Bounds, Whatever: whatever.Bounds, Best: Answers{}}
	then := now
	switch {
	case whatever.Hi == model.Forbidden:
		c.Reading, then = Never, whatever
	case now.Hi == model.Forbidden:
		c.Reading = OnlyIf
		c.Opens, c.Way = m.opens(given, assumed)
	default:
		demanded := m.demanded(all, now)
		then = m.read(with(demanded, all))
		c.Best = m.best(all, demanded, now.open)
		c.Rests = m.rests(with(given, c.Best), all, assumed, now.open)
		c.Reading = OnlyIf
		switch {
		case now.DutyLo > 0:
			c.Reading = Must
		case now.Lo == model.Allowed && len(c.Rests)+len(then.answer.ConditionList(m.d)) == 0:
			c.Reading = Always
		}
	}
	c.Answer, c.Exact, c.By = then.answer, then.exact, decidedBy(then.answer, m.d)
	c.Then = m.read(with(c.Best, all)).Bounds
	return c
}

// demanded gives the open facts that have values with which it is mag-niet for certain another one, as permissive as it
// can be.
func (m *Maker) demanded(all Answers, now reading) Answers {
	out := Answers{}
	for _, f := range now.open {
		if m.may(f, all) != 1<<len(f.Values)-1 {
			m.pick(f, all, out)
		}
	}
	return out
}

// best adds to what is demanded the open facts that make sure it is not mag-niet, and no more.
func (m *Maker) best(all, demanded Answers, open []*model.Fact) Answers {
	best := maps.Clone(demanded)
	closed := func() bool { return m.read(with(best, all)).Lo == model.Forbidden }
	for _, f := range open {
		if _, picked := best[f]; !picked && closed() {
			m.pick(f, all, best)
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

// pick gives an open fact its most permissive value beside those picked already.
func (m *Maker) pick(f *model.Fact, all, picked Answers) {
	var then reading
	best := 0
	for v := range f.Values {
		other := m.read(with(Answers{f: v}, with(picked, all)))
		if cmp.Or(other.Lo-then.Lo, other.Hi-then.Hi) > 0 {
			best, then = v, other
		}
	}
	picked[f] = best
}

// may gives the values of a fact for which it may be something else than mag-niet.
func (m *Maker) may(f *model.Fact, all Answers) model.Set {
	var out model.Set
	for v := range f.Values {
		if m.read(with(Answers{f: v}, all)).Hi > model.Forbidden {
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

// ruledOut tells whether answers cannot go together, or leave one of the axes without a meaning.
func (m *Maker) ruledOut(q Query, a Answers) bool {
	s := m.run(m.possible, a)
	for _, f := range []*model.Fact{q.Rows, q.Columns} {
		if _, applies := s.applies(f); !applies {
			return true
		}
	}
	return s.result.Outcome().Values == 1<<model.Forbidden
}

// opens finds what would have to be otherwise for a cell that is closed now.
func (m *Maker) opens(given, assumed Answers) (out []Setting, way Way) {
	find := func(others Answers) {
		for _, f := range m.d.Questions {
			if _, ok := assumed[f]; !ok {
				continue
			}
			s := Setting{Fact: f, Assumed: true}
			for v := range f.Values {
				if v != assumed[f] && m.read(with(Answers{f: v}, with(given, others))).Hi > model.Forbidden {
					s.Values |= 1 << v
				}
			}
			if s.Values != 0 && m.read(with(Answers{f: assumed[f]}, with(given, others))).Hi == model.Forbidden {
				out = append(out, s)
			}
		}
	}
	if find(assumed); len(out) > 0 {
		return out, Any
	}
	if find(nil); len(out) > 0 { // without these it stays closed, whatever the rest is
		return out, All
	}
	for f, v := range m.kept(given, assumed, func(r reading) bool { return r.Hi == model.Forbidden }) {
		out = append(out, Setting{f, (1<<len(f.Values) - 1) &^ (1 << v), true})
	}
	slices.SortFunc(out, func(x, y Setting) int { return m.order(x.Fact) - m.order(y.Fact) })
	return out, Some
}

// rests finds what a verdict rests on: given has the best of the open facts as well, all has not.
func (m *Maker) rests(given, all, assumed Answers, open []*model.Fact) []Setting {
	then := m.read(with(given, assumed))
	kept := m.kept(given, assumed, then.same)
	var out []Setting
	for _, f := range m.d.Questions {
		_, isKept := kept[f]
		s := Setting{Fact: f, Assumed: isKept}
		switch {
		case isKept:
			for v := range f.Values {
				other := m.read(with(Answers{f: v}, with(given, assumed)))
				if other.Lo >= then.Lo && other.Hi >= then.Hi && other.DutyLo >= then.DutyLo {
					s.Values |= 1 << v
				}
			}
		case slices.Contains(open, f):
			s.Values = m.may(f, all)
		default:
			continue
		}
		out = append(out, s)
	}
	return out
}

// kept drops what is assumed, the last question first, as long as the reading stays as wanted.
func (m *Maker) kept(given, assumed Answers, wanted func(reading) bool) Answers {
	kept := maps.Clone(assumed)
	for _, f := range slices.Backward(m.d.Questions) {
		v, ok := kept[f]
		if !ok {
			continue
		}
		delete(kept, f)
		if !wanted(m.read(with(given, kept))) {
			kept[f] = v
		}
	}
	return kept
}

func (m *Maker) order(f *model.Fact) int { return slices.Index(m.d.Questions, f) }

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
