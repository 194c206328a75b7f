package frontend_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables/tablestest"
	"handvat/generator/verdicts"
	"handvat/generator/wasm"
)

// A tabled is a decision with tables of its verdicts.
type tabled struct {
	Name   string
	Module []byte
	Tables []tabledTable
}

// A tabledTable is a query, with an answer or -1 per question, and some of its cells.
type tabledTable struct {
	Rows, Columns  int
	Given, Assumed []int
	Cells          []tabledCell
}

type tabledCell struct {
	Row, Column           int
	Reading               string
	Now, Whatever, Then   [4]int
	Decided               bool
	Left, Best            []int
	Rests, Opens          []tabledSetting
	Way                   string
	Rules                 []int
	Conditions, Locks, By []string
	Exact                 bool
}

type tabledSetting struct {
	Question   int
	Values, Of []int
	Assumed    bool
}

const tableDriver = `
import { readFileSync } from "node:fs";
import { load } from "./engine";
import { Verdicts } from "./table";
const text = (x) => JSON.stringify(x);
const bounds = ({ lo, hi, dutyLo, dutyHi }) => [lo, hi, dutyLo, dutyHi];
const settings = (list) => list.map((s) => ({ Question: s.question, Values: s.values, Of: s.of, Assumed: s.assumed }));
const said = { decided: 0, left: 0, rests: 0, opens: 0, conditions: 0, locks: 0, by: 0, exact: 0 };
for (const scripts of ["wasm", "stand-in"]) {
  if (scripts === "stand-in") delete globalThis.WebAssembly;
  for (const d of JSON.parse(readFileSync("cases.json"))) {
    const engine = await load(Uint8Array.from(Buffer.from(d.Module, "base64")).buffer);
    if (engine.standsIn !== (scripts === "stand-in")) throw new Error(scripts);
    const verdicts = new Verdicts(engine);
    const known = (list) => new Map(list.map((v, q) => [q, v]).filter(([, v]) => v >= 0));
    for (const t of d.Tables) {
      const query = { rows: t.Rows, columns: t.Columns, given: known(t.Given), assumed: known(t.Assumed) };
      const brief = verdicts.table(query);
      for (const want of scripts === "wasm" ? t.Cells : t.Cells.slice(0, 2)) {
        const c = verdicts.cell(query, want.Row, want.Column);
        const best = t.Given.map((_, q) => c.best.get(q) ?? -1);
        const got = { Row: want.Row, Column: want.Column, Reading: c.reading, Now: bounds(c.now), Whatever: bounds(c.whatever), Then: bounds(c.then),
          Decided: c.decided, Left: c.left, Best: best, Rests: settings(c.rests), Opens: settings(c.opens), Way: c.way,
          Rules: c.rules, Conditions: c.conditions, Locks: c.locks, By: c.by, Exact: c.exact };
        const b = brief[want.Row][want.Column];
        const quick = { ...got, Reading: b.reading, Now: bounds(b.now), Whatever: bounds(b.whatever), Decided: b.decided, Left: b.left };
        for (const which of [got, quick])
          if (text(which) !== text(want)) {
            console.log(scripts, which === quick ? "in brief" : "", d.Name, text({ ...t, Cells: null }), "\n got", text(which), "\nwant", text(want));
            process.exit(1);
          }
        said[c.reading] = (said[c.reading] || 0) + 1;
        for (const what of Object.keys(said)) if (Array.isArray(c[what]) ? c[what].length : c[what] === true) said[what]++;
      }
    }
  }
}
for (const [what, n] of Object.entries(said)) if (!n) throw new Error("no cell has " + what);
if (Object.keys(said).length !== 13) throw new Error("not every reading occurs");
console.log(text(said));
`

// cellOf writes a cell down as the driver does.
func cellOf(d *model.Decision, row, column int, c verdicts.Cell) tabledCell {
	bounds := func(b verdicts.Bounds) [4]int { return [4]int{b.Lo, b.Hi, b.DutyLo, b.DutyHi} }
	values := func(s model.Set) []int {
		out := []int{}
		for v := range model.MaxValues {
			if s.Has(v) {
				out = append(out, v)
			}
		}
		return out
	}
	settings := func(list []verdicts.Setting) []tabledSetting {
		out := []tabledSetting{}
		for _, s := range list {
			out = append(out, tabledSetting{slices.Index(d.Questions, s.Fact), values(s.Values), values(s.Of), s.Assumed})
		}
		return out
	}
	out := tabledCell{Row: row, Column: column, Reading: verdicts.Readings[c.Reading], Now: bounds(c.Now), Whatever: bounds(c.Whatever), Then: bounds(c.Then),
		Decided: c.Decided, Left: []int{}, Best: answersOf(d, c.Best), Rests: settings(c.Rests), Opens: settings(c.Opens), Way: verdicts.Ways[c.Way],
		Rules: []int{}, Conditions: []string{}, Locks: []string{}, By: append([]string{}, c.By...), Exact: c.Exact}
	for _, f := range c.Left {
		out.Left = append(out.Left, slices.Index(d.Questions, f))
	}
	for _, r := range c.Answer.Counting {
		out.Rules = append(out.Rules, slices.Index(d.Rules, r))
	}
	if c.Reading != verdicts.Impossible {
		for _, condition := range c.Answer.ConditionList(d) {
			out.Conditions = append(out.Conditions, condition.ID)
		}
	}
	for _, l := range c.Answer.ClosedLocks(d) {
		out.Locks = append(out.Locks, l.ID)
	}
	return out
}

func answersOf(d *model.Decision, a verdicts.Answers) []int {
	var out []int
	for _, f := range d.Questions {
		v, ok := a[f]
		if !ok {
			v = -1
		}
		out = append(out, v)
	}
	return out
}

// tablesOf makes tables of a decision under several settings: as the authors assume, with nothing assumed, and with random
// answers and assumptions. Of each it keeps so many cells.
func tablesOf(m *model.Model, d *model.Decision, r *rand.Rand, rounds, cells int) tabled {
	maker := verdicts.New(m, d)
	out := tabled{Name: d.ID, Module: wasm.Emit(maker.Program, []wasm.Section{{Name: verdicts.Section, Data: maker.Page()}})}
	for round := range rounds {
		axes := r.Perm(len(d.Questions))
		q := verdicts.Query{Rows: d.Questions[axes[0]], Columns: d.Questions[axes[1]], Given: verdicts.Answers{}, Assumed: verdicts.Answers{}}
		if round%3 == 0 {
			q.Assumed = verdicts.Assumptions(d)
		}
		for _, f := range d.Questions {
			switch r.IntN(6) {
			case 0:
				q.Given[f] = r.IntN(len(f.Values))
			case 1, 2, 3:
				if round%3 == 1 {
					q.Assumed[f] = r.IntN(len(f.Values))
				}
			}
		}
		delete(q.Given, q.Rows)
		delete(q.Given, q.Columns)
		table := tabledTable{Rows: axes[0], Columns: axes[1], Given: answersOf(d, q.Given), Assumed: answersOf(d, q.Assumed)}
		for range cells {
			row, column := r.IntN(len(q.Rows.Values)), r.IntN(len(q.Columns.Values))
			table.Cells = append(table.Cells, cellOf(d, row, column, maker.Cell(q, row, column)))
		}
		out.Tables = append(out.Tables, table)
	}
	return out
}

// Every cell of a table says the same in Go and in the script, with WebAssembly and without: of every decision of the
// project that has tables, of one with nine locks, and of random ones.
func TestTheScriptMakesTheSameTables(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 1))
	var all []tabled
	add := func(m *model.Model, rounds, cells int) {
		for _, d := range m.Decisions {
			if d.Kind == model.Permit && len(d.Questions) > 1 {
				all = append(all, tablesOf(m, d, r, rounds, cells))
			}
		}
	}
	add(projecttest.OwnModel(t), 9, 3)
	add(projecttest.Archive(t, "../testdata/sloten.txtar").Model, 30, 12)
	for seed := range uint64(60) {
		add(tablestest.Checked(seed), 3, 4)
	}
	node(t, tableDriver, all)
}
