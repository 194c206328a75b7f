package verdicts_test

import (
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables/tablestest"
	"handvat/generator/verdicts"
)

// TestNeverNarrower holds every cell of every table of a decision with nine locks, and of random models, against what is
// possible according to the diagram. With -v it tells how often bounds are wider than that.
func TestNeverNarrower(t *testing.T) {
	c := &counts{T: t, random: rand.New(rand.NewPCG(0, 0))}
	p := projecttest.Archive(t, "../testdata/sloten.txtar")
	for _, proof := range p.Proofs {
		if proof.Decision.ID == "delen" {
			for seed := range uint64(8) {
				c.decision(p.Model, proof.Decision, rand.New(rand.NewPCG(seed, 1)))
			}
		}
	}
	c.log("nine locks")
	for seed := range uint64(60) {
		m := tablestest.Checked(seed)
		for _, d := range m.Decisions {
			if d.Kind == model.Permit {
				c.decision(m, d, rand.New(rand.NewPCG(seed, 9)))
			}
		}
	}
	c.log("and random models")
	if c.left == 0 || c.ruledOut == 0 {
		t.Error("nothing that is assumed or listed is ruled out anywhere")
	}
	for reading, n := range c.read {
		if n == 0 {
			t.Errorf("no cell reads %s", verdicts.Readings[reading])
		}
	}
}

type counts struct {
	*testing.T
	cells, bounds, wider, exact int
	left, ruledOut              int // assumptions that cannot go with their cell, and values that were not listed

	read   [5]int
	random *rand.Rand
}

func (c *counts) log(what string) {
	c.Logf("%s: %d cells, %d bounds of which %d are wider than what is possible; %d cells with an exact answer; %d assumptions left, %d values ruled out; readings %v", what, c.cells, c.bounds, c.wider, c.exact, c.left, c.ruledOut, c.read)
}

// decision makes tables with random axes, answers and assumptions.
func (c *counts) decision(m *model.Model, d *model.Decision, r *rand.Rand) {
	g, err := diagram.Build(m, d)
	if err != nil || g.Root == diagram.Impossible {
		return
	}
	maker := verdicts.New(m, d)
	questions := slices.DeleteFunc(slices.Clone(d.Questions), func(f *model.Fact) bool { return len(f.Values) > 20 })
	for range 8 {
		axes := r.Perm(len(questions))
		q := verdicts.Query{Rows: questions[axes[0]], Columns: questions[axes[1]], Given: verdicts.Answers{}, Assumed: verdicts.Answers{}}
		for _, f := range questions {
			switch r.IntN(4) {
			case 0:
				q.Given[f] = r.IntN(len(f.Values))
			case 1, 2:
				q.Assumed[f] = r.IntN(len(f.Values))
				if f.Assumed != 0 {
					q.Assumed[f] = bits.TrailingZeros64(uint64(f.Assumed))
				}
			}
		}
		delete(q.Given, q.Rows)
		delete(q.Given, q.Columns)
		table := maker.Table(q)
		// A cell speaks of situations in which both axes have a meaning.
		within, err := diagram.Restrict(m, g, model.All{model.In{Fact: q.Rows, Values: 1<<len(q.Rows.Values) - 1}, model.In{Fact: q.Columns, Values: 1<<len(q.Columns.Values) - 1}})
		if err != nil {
			c.Fatal(err)
		}
		e := explain.New(within)
		for row, cells := range table.Cells {
			for column, cell := range cells {
				given := maps.Clone(q.Given)
				given[q.Rows], given[q.Columns] = row, column
				together := model.All{model.In{Fact: q.Rows, Values: 1 << row}, model.In{Fact: q.Columns, Values: 1 << column}}
				for f, v := range q.Given {
					values := model.Set(1) << v
					if f.HasUndefined() {
						values |= 1 << f.UndefinedIndex()
					}
					together = append(together, model.In{Fact: f, Values: values})
				}
				c.cell(d, e, given, table.Assumed, cell, diagram.Possible(m, d, together))
			}
		}
	}
}

func (c *counts) cell(d *model.Decision, e *explain.Explainer, given, assumed verdicts.Answers, cell verdicts.Cell, together bool) {
	c.cells++
	c.read[cell.Reading]++
	outcomes := func(sets ...verdicts.Answers) model.Set {
		all := explain.Answers{}
		for _, set := range slices.Backward(sets) {
			maps.Copy(all, set)
		}
		return e.Outcomes(all)
	}
	whatever := outcomes(given)
	if whatever == 0 {
		return // the tables know less of what is impossible
	}
	if cell.Reading == verdicts.Impossible {
		if together {
			c.Errorf("%s %v is possible", d.ID, given)
		}
		return
	}
	assumed = maps.Clone(assumed)
	for _, f := range cell.Left {
		c.left++
		others := maps.Clone(assumed)
		maps.DeleteFunc(others, func(g *model.Fact, _ int) bool { return slices.Index(d.Questions, g) > slices.Index(d.Questions, f) })
		if outcomes(given, others) != 0 {
			c.Errorf("%s %v: what is assumed of %s can go with it", d.ID, given, f.ID)
		}
		delete(assumed, f)
	}
	now := outcomes(given, assumed)
	if now == 0 {
		return
	}
	for _, s := range slices.Concat(cell.Rests, cell.Opens) {
		beside := maps.Clone(assumed)
		switch {
		case !s.Assumed:
		case cell.Opens == nil:
			maps.Copy(beside, cell.Best)
		case cell.Way != verdicts.Any:
			clear(beside)
		}
		delete(beside, s.Fact)
		for v := range s.Fact.Values {
			switch {
			case s.Values.Has(v) && !s.Of.Has(v):
				c.Errorf("%s %v: %s=%d is listed, and cannot be", d.ID, given, s.Fact.ID, v)
			case !s.Of.Has(v):
				c.ruledOut++
				if outcomes(given, beside, verdicts.Answers{s.Fact: v}) != 0 {
					c.Errorf("%s %v: %s=%d can be", d.ID, given, s.Fact.ID, v)
				}
			}
		}
	}
	bounds := func(what string, b verdicts.Bounds, set model.Set) {
		c.bounds++
		lo, hi := bits.TrailingZeros64(uint64(set)), bits.Len64(uint64(set))-1
		if lo < b.Lo || hi > b.Hi {
			c.Errorf("%s %v: %s can be %04b, and the bounds are %v", d.ID, given, what, set, b)
		}
		if lo > b.Lo || hi < b.Hi {
			c.wider++
		}
	}
	bounds("the outcome", cell.Now, now)
	bounds("the outcome whatever is assumed", cell.Whatever, whatever)
	switch cell.Reading {
	case verdicts.Never:
		if whatever != 1<<model.Forbidden {
			c.Errorf("%s %v reads never, and can be %04b", d.ID, given, whatever)
		}
	case verdicts.Always:
		if whatever != 1<<model.Allowed {
			c.Errorf("%s %v reads mag, and can be %04b", d.ID, given, whatever)
		}
	}
	if cell.Exact {
		c.exact++
		all := explain.Answers{}
		if cell.Reading != verdicts.Never {
			maps.Copy(all, assumed)
		}
		for _, s := range cell.Rests {
			if !s.Assumed && s.Values != s.Of {
				all[s.Fact] = cell.Best[s.Fact]
			}
		}
		maps.Copy(all, given)
		if want, one := e.Answer(all); want.Outcome >= 0 && !one || one && want.Describe(d) != cell.Answer.Describe(d) {
			c.Errorf("%s %v: exactly %s, and the diagram says %s", d.ID, given, cell.Answer.Describe(d), want.Describe(d))
		}
	}
	if cell.Now.Hi > model.Forbidden {
		settled := verdicts.Answers{}
		for _, s := range cell.Rests {
			if !s.Assumed {
				settled[s.Fact] = c.random.IntN(len(s.Fact.Values))
			}
		}
		if set := outcomes(given, assumed, settled); set&(set-1) != 0 {
			c.Errorf("%s %v: beside %v another open fact matters: it can be %04b", d.ID, given, settled, set)
		}
		// With only what it rests on, the rest of what is assumed may be anything.
		some := maps.Clone(cell.Best)
		for _, s := range cell.Rests {
			if s.Assumed {
				some[s.Fact] = assumed[s.Fact]
			}
		}
		if set := outcomes(given, some); set != 0 && (bits.TrailingZeros64(uint64(set)) < cell.Then.Lo || bits.Len64(uint64(set))-1 > cell.Then.Hi) {
			c.Errorf("%s %v rests on more than %v", d.ID, given, cell.Rests)
		}
	}
	closed := verdicts.Answers{}
	for _, s := range cell.Opens {
		closed[s.Fact] = assumed[s.Fact]
		if set := outcomes(verdicts.Answers{s.Fact: assumed[s.Fact]}, given); cell.Way == verdicts.All && set&^1 != 0 {
			c.Errorf("%s %v opens without another %s", d.ID, given, s.Fact.ID)
		}
	}
	if cell.Way == verdicts.Some && outcomes(given, closed)&^1 != 0 {
		c.Errorf("%s %v is not closed by %v", d.ID, given, cell.Opens)
	}
}
