package frontend_test

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
	"handvat/generator/wasm"
)

// A tabled is a decision with tables of its verdicts.
type tabled struct {
	Name   string
	Module []byte
	Tables []tabledTable
}

type tabledTable struct {
	Rows, Columns int
	RowValues     []int
	ColumnValues  []int
	Answers       []int // as the engine takes them
	Assumed       []int
	Cells         []tabledCell
}

type tabledCell struct {
	Code         string
	Sure, Taken  []int
	Assumed      bool
	Closed, Open []byte
}

const tableDriver = `
import { readFileSync } from "node:fs";
import { load } from "./engine";
import { table } from "./table";
const text = (x) => JSON.stringify(x);
const bounds = ({ lo, hi, dutyLo, dutyHi }) => [lo, hi, dutyLo, dutyHi];
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
const said = {};
for (const scripts of ["wasm", "stand-in"]) {
  if (scripts === "stand-in") delete globalThis.WebAssembly;
  for (const d of JSON.parse(readFileSync("cases.json"))) {
    const engine = await load(Uint8Array.from(Buffer.from(d.Module, "base64")).buffer);
    if (engine.standsIn !== (scripts === "stand-in")) throw new Error(scripts);
    for (const t of d.Tables) {
      const answers = Uint8Array.from(t.Answers);
      const cells = table(engine, { decision: 0, rows: { question: t.Rows, values: t.RowValues }, columns: { question: t.Columns, values: t.ColumnValues }, answers, assumed: t.Assumed || [] }).flat();
      if (text([...answers]) !== text(t.Answers)) throw new Error("the answers were changed");
      cells.forEach((c, i) => {
        said[c.code] = (said[c.code] || 0) + 1;
        if (c.assumed) said.assumed = (said.assumed || 0) + 1;
        const got = { Code: c.code, Sure: bounds(c.sure), Taken: bounds(c.taken), Assumed: c.assumed, Closed: base64(c.closed), Open: base64(c.open) };
        if (text(got) === text(t.Cells[i])) return;
        console.log(scripts, d.Name, text({ ...t, Cells: null }), "cell", i, text(got), "want", text(t.Cells[i]));
        process.exit(1);
      });
    }
  }
}
console.log(text(said));
`

// tableOf makes a table of two questions, with random answers to the others, some assumed; the cells are those of the
// program. It counts in how many cells the bounds are wider than the diagram's, and fails where they are narrower.
func tableOf(t *testing.T, r *rand.Rand, g *diagram.Diagram, p *tables.Program, rows, columns int, wider, all *int) tabledTable {
	t.Helper()
	d := g.Decision
	out := tabledTable{Rows: rows, Columns: columns}
	taken, sure := make([]uint8, len(d.Questions)), make([]uint8, len(d.Questions))
	for i, f := range d.Questions {
		if r.IntN(3) == 0 {
			continue
		}
		taken[i] = uint8(1 + r.IntN(len(f.Values)))
		if sure[i] = taken[i]; r.IntN(3) == 0 {
			out.Assumed, sure[i] = append(out.Assumed, i), tables.Open
		}
	}
	for _, a := range taken {
		out.Answers = append(out.Answers, int(a))
	}
	values := func(axis int) (list []int) {
		for v := range d.Questions[axis].Values {
			list = append(list, v)
		}
		return list
	}
	out.RowValues, out.ColumnValues = values(rows), values(columns)
	e := explain.New(g)
	for _, row := range out.RowValues {
		for _, column := range out.ColumnValues {
			ask := func(answers []uint8) (tables.StageResult, []int) {
				answers[rows], answers[columns] = uint8(row+1), uint8(column+1)
				result, err := p.Answer(0, answers)
				if err != nil {
					t.Fatal(err)
				}
				own := result.Stages[len(result.Stages)-1]
				lo, hi := bits.TrailingZeros64(own.Values), bits.Len64(own.Values)-1
				a := explain.Answers{}
				for i, f := range d.Questions {
					if answers[i] != tables.Open {
						a[f] = int(answers[i]) - 1
					}
				}
				if exact := e.Outcomes(a); exact != 0 { // these answers can occur together
					*all++
					least, most := bits.TrailingZeros64(uint64(exact)), bits.Len64(uint64(exact))-1
					if least < lo || most > hi {
						t.Errorf("%s: %v: bounds %d to %d, and %d to %d are possible", d.ID, answers, lo, hi, least, most)
					}
					if lo < least || most < hi {
						*wider++
					}
				}
				return own, []int{lo, hi, int(own.DutyLo), int(own.DutyHi)}
			}
			_, with := ask(taken)
			own, without := ask(sure)
			cell := tabledCell{Code: "alleen-als", Sure: without, Taken: with, Assumed: !slices.Equal(with, without), Closed: []byte{}, Open: []byte{}}
			switch {
			case without[1] == model.Forbidden:
				cell.Code = "nooit"
				for _, word := range own.Counting {
					cell.Closed = binary.LittleEndian.AppendUint64(cell.Closed, word)
				}
			case without[2] == 2:
				cell.Code = "moet"
			case without[2] == 1:
				cell.Code = "moet-tenzij"
			case without[0] == without[1]:
				cell.Code = "uitkomst"
			}
			for i := range own.Possible {
				cell.Open = binary.LittleEndian.AppendUint64(cell.Open, own.Possible[i]&^own.Certain[i])
			}
			out.Cells = append(out.Cells, cell)
		}
	}
	return out
}

// Every cell of a table is what the rule tables answer, with WebAssembly and without, and never narrower than the diagram.
func TestTheScriptMakesTables(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 1))
	var all []tabled
	add := func(name string, m *model.Model, g *diagram.Diagram, rounds int) {
		d := g.Decision
		if d.Kind != model.Permit || len(d.Questions) < 2 {
			return
		}
		p := tables.Compile(m, []*model.Decision{d})
		out := tabled{Name: name, Module: wasm.Emit(p, nil)}
		wider, cells := 0, 0
		for range rounds {
			axes := r.Perm(len(d.Questions))
			out.Tables = append(out.Tables, tableOf(t, r, g, p, axes[0], axes[1], &wider, &cells))
		}
		all = append(all, out)
		if rounds > 5 {
			t.Logf("%s: bounds are wider than the diagram in %d of %d answers", name, wider, cells)
		}
	}
	project := projecttest.Own(t)
	for _, p := range project.Proofs {
		add(p.Decision.ID, project.Model, p.Diagram, 25)
	}
	for seed := range uint64(60) {
		m := tablestest.Checked(seed)
		for _, d := range m.Decisions {
			g, err := diagram.Build(m, d)
			if err != nil {
				t.Fatal(err)
			}
			add(d.ID, m, g, 2)
		}
	}
	node(t, tableDriver, all)
}
