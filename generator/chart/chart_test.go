package chart_test

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"handvat/generator/chart"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables"
	"handvat/generator/verdicts"
)

var (
	read    sync.Once
	project *projecttest.Project
)

// sharing is what the deelwijzer shows.
func sharing(t testing.TB) (*projecttest.Project, *chart.Chart) {
	t.Helper()
	read.Do(func() { project = projecttest.Own(t) })
	p := project
	d := p.Model.Decisions[slices.IndexFunc(p.Model.Decisions, func(d *model.Decision) bool { return d.ID == "delen" })]
	c, err := chart.New(p.Model, d, tables.Compile(p.Model, []*model.Decision{d}), chart.Sharing)
	if err != nil {
		t.Fatal(err)
	}
	return p, c
}

// framed answers the frame at random, with all that is assumed.
func framed(c *chart.Chart, r *rand.Rand) chart.Answers {
	a := c.Start("2026-11-21")
	for _, f := range c.Frame {
		a = c.With(a, f, r.IntN(len(f.Values)))
	}
	return a
}

// randomly answers the frame, and now and then something else than what is assumed.
func randomly(c *chart.Chart, r *rand.Rand) chart.Answers {
	a := framed(c, r)
	for _, f := range c.Assumed {
		switch r.IntN(6) {
		case 0:
			a = c.With(a, f, r.IntN(len(f.Values)))
		case 1:
			a = c.With(a, f, model.Open)
		}
	}
	return a
}

// TestCellsAreThoseOfVerdicts holds a chart against the tables that find everything: the same bounds with what is assumed, and
// for every value of a group.
func TestCellsAreThoseOfVerdicts(t *testing.T) {
	p, c := sharing(t)
	r := rand.New(rand.NewPCG(7, 7))
	maker := verdicts.New(p.Model, c.Decision)
	looked, impossible, conflicts := 0, 0, 0
	for range 8 {
		a := randomly(c, r)
		table := c.Table(a)
		if table.Conflict != nil {
			conflicts++
			continue
		}
		q := verdicts.Query{Rows: c.Rows, Columns: c.Columns, Given: verdicts.Answers{}}
		for i, f := range c.Decision.Questions {
			if a[i] != tables.Open && f != c.Rows && f != c.Columns {
				q.Given[f] = int(a[i]) - 1
			}
		}
		want := maker.Table(q)
		for i, rows := range table.Rows {
			for j, columns := range table.Columns {
				for _, row := range rows {
					for _, column := range columns {
						have, cell := table.Cells[i][j], want.Cells[row][column]
						looked++
						if have.Possible != (cell.Reading != verdicts.Impossible) {
							t.Fatalf("%v: %d %d: possible is %v, and verdicts reads %s", a, row, column, have.Possible, verdicts.Readings[cell.Reading])
						}
						if !have.Possible {
							impossible++
						} else if have.Lo != cell.Now.Lo || have.Hi != cell.Now.Hi || have.Duty != cell.Now.DutyLo {
							t.Fatalf("%v: %d %d: %+v, and verdicts has %+v", a, row, column, have, cell.Now)
						}
					}
				}
			}
		}
	}
	t.Logf("%d cells, of which %d cannot be; %d conflicts", looked, impossible, conflicts)
}

// TestValuesOfAGroupAreAlike holds that no rule tells the values of a group apart: the definition gives the same answer.
func TestValuesOfAGroupAreAlike(t *testing.T) {
	p, c := sharing(t)
	r := rand.New(rand.NewPCG(3, 3))
	for _, f := range append([]*model.Fact{c.Rows, c.Columns}, c.Frame...) {
		classes := c.Classes(f)
		for range 3000 {
			v, w := r.IntN(len(f.Values)), r.IntN(len(f.Values))
			if classes[v] != classes[w] {
				continue
			}
			s := situation(t, p.Model, c.Decision, f, v, r)
			answers := [2]model.Answer{}
			for i, value := range []int{v, w} {
				s[f.Index] = value
				var err error
				if answers[i], err = eval.Answer(c.Decision, s); err != nil {
					t.Fatal(err)
				}
			}
			if answers[0].Outcome != answers[1].Outcome || answers[0].Duty != answers[1].Duty || !slices.Equal(answers[0].Counting, answers[1].Counting) {
				t.Fatalf("%s: %s and %s are told apart", f.ID, f.Values[v].ID, f.Values[w].ID)
			}
		}
	}
}

// situation answers every question at random, but one.
func situation(t *testing.T, m *model.Model, d *model.Decision, fixed *model.Fact, value int, r *rand.Rand) model.Situation {
	s := make(model.Situation, len(m.Facts))
	for i := range s {
		s[i] = model.Open
	}
	for _, f := range d.Questions {
		if s[f.Index] = r.IntN(len(f.Values)); f == fixed {
			s[f.Index] = value
		}
		if f.Gate != nil {
			if holds, err := eval.Holds(f.Gate, s); err != nil {
				t.Fatal(err)
			} else if !holds {
				s[f.Index] = f.UndefinedIndex()
			}
		}
	}
	return s
}

// TestACellSaysWhatItRestsOn holds the conditions, locks and assumptions of cells against answers one by one.
func TestACellSaysWhatItRestsOn(t *testing.T) {
	p, c := sharing(t)
	r := rand.New(rand.NewPCG(11, 1))
	maker := verdicts.New(p.Model, c.Decision)
	closed, open, never := 0, 0, 0
	for n := range 24 {
		a := randomly(c, r)
		if n%2 == 0 { // where more is changed, few cells stay open
			a = framed(c, r)
		}
		table := c.Table(a)
		for i, rows := range table.Rows {
			for j, columns := range table.Columns {
				cell := table.Cells[i][j]
				if !cell.Possible || cell.Lo != cell.Hi || r.IntN(6) > 0 {
					continue
				}
				q := verdicts.Query{Rows: c.Rows, Columns: c.Columns, Given: verdicts.Answers{}}
				for k, f := range c.Decision.Questions {
					if table.Answers[k] != tables.Open {
						q.Given[f] = int(table.Answers[k]) - 1
					}
				}
				delete(q.Given, c.Rows)
				delete(q.Given, c.Columns)
				answer := maker.Table(q).Cells[rows[0]][columns[0]].Answer
				want := answer.ConditionList(c.Decision)
				for _, condition := range want {
					if cell.Lo > model.Forbidden && !slices.Contains(cell.Conditions, condition) {
						t.Fatalf("%s is a condition, and not in %v", condition.ID, cell.Conditions)
					}
				}
				switch {
				case cell.Lo > model.Forbidden:
					open++
				case cell.Never:
					never++
					if len(cell.Rests) > 0 && !slices.ContainsFunc(cell.Rests, func(f *model.Fact) bool { return c.Outside(f) != 0 }) {
						t.Fatalf("a cell that is closed whatever is assumed rests on %v", cell.Rests)
					}
				default:
					closed++
				}
				for _, closed := range cell.Closed {
					if len(closed.Reasons) == 0 || closed.Lock == nil && len(cell.Closed) > 1 { // without a lock, nothing gives reason to share
						t.Fatalf("closed by %v, for %v", closed.Lock, closed.Reasons)
					}
				}
				if (len(cell.Closed) > 0) != (cell.Hi == model.Forbidden) {
					t.Fatalf("%+v: closed by %v", cell, cell.Closed)
				}
			}
		}
	}
	if closed == 0 || open == 0 || never == 0 {
		t.Errorf("%d closed, %d open, %d never", closed, open, never)
	}
}

// BenchmarkTable makes the table of one party in one phase.
func BenchmarkTable(b *testing.B) {
	_, c := sharing(b)
	a := c.Start("2026-11-21")
	for _, f := range c.Frame {
		a = c.With(a, f, bits.TrailingZeros64(uint64(model.Set(4)))%len(f.Values))
	}
	for b.Loop() {
		c.Table(a)
	}
}
