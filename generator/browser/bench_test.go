package browser

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"handvat/generator/model"
	"handvat/generator/verdicts"
	"handvat/generator/wasm"
	"handvat/theme"
)

// measurer is the script of a page that measures the scripts of the theme. Each measure runs at least some time, so that
// the clock is fine enough, and gives the median of its rounds.
const measurer = `
import { section as sectionOf } from "./module";
import { load } from "./engine";
import { Verdicts } from "./table";
import { Walk, SECTION, OUTLINE, OPEN } from "./walk";
import { Explainer } from "./explain";
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
// Microseconds per call.
const time = (what, least = 20) => {
  let calls = 1;
  const round = () => { const start = performance.now(); for (let i = 0; i < calls; i++) what(i); return performance.now() - start; };
  for (what(0); round() < least; calls *= 2);
  return 1000 * median(Array.from({ length: 7 }, round)) / calls;
};
// A random number, the same on every run.
const random = (seed) => () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8) / 0x7fffff;
globalThis.measure = async (name, sizes, axes) => {
  const engine = await load(await (await fetch(name)).arrayBuffer());
  const draw = random(7);
  const situations = Array.from({ length: 64 }, () => Uint8Array.from(sizes, (n) => 1 + Math.floor(draw() * n)));
  const out = { StandsIn: engine.standsIn };
  out.Run = time((i) => engine.run(0, situations[i & 63]));
  out.Answer = time((i) => engine.answer(0, situations[i & 63]));
  if (axes) {
    const [row, column] = axes;
    const verdicts = new Verdicts(await load(await (await fetch("tabel-" + name)).arrayBuffer()));
    const query = { rows: row, columns: column, given: new Map(), assumed: verdicts.assumptions() };
    out.Cells = sizes[row] * sizes[column];
    out.Table = time(() => verdicts.table(query));
    out.Cell = time(() => verdicts.cell(query, 0, 0));
  }
  const section = engine.section(SECTION);
  const outline = sectionOf(new Uint8Array(await (await fetch("situaties-" + name)).arrayBuffer()), OUTLINE);
  const nexts = [];
  for (let i = 0; i < 60; i++) {
    // Any twelve open facts beside the answers of a situation, each time from nothing.
    const answers = new Map([...situations[i]].map((v, q) => [q, v - 1]));
    const order = [...answers.keys()].map((q) => [draw(), q]).sort((a, b) => a[0] - b[0]).map(([, q]) => q);
    for (const q of order.slice(0, 12)) answers.set(q, OPEN);
    for (const q of order.slice(12)) if (i % 3 && draw() < 0.3) answers.delete(q);
    const start = performance.now();
    new Walk(section).follow(answers);
    nexts.push(performance.now() - start);
  }
  out.NextMost = 1000 * Math.max(...nexts);
  out.Next = 1000 * median(nexts);
  const explainer = new Explainer(new Walk(outline));
  const some = situations.map((s) => new Map([...s].map((v, q) => [q, v - 1])));
  out.Possible = time((i) => explainer.possible(some[i & 63]));
  out.Why = time((i) => explainer.why(some[i & 63]));
  out.WhatIf = time((i) => explainer.whatIf(some[i & 63], true));
  return out;
};`

// BenchmarkScripts measures the scripts in the browser: one evaluation, without reading what was found and with it, a
// table of the two questions with most values, the next question beside twelve open facts, and explanations; all with
// WebAssembly and with the stand-in, in one run. Times are in microseconds.
func BenchmarkScripts(b *testing.B) {
	p := realSite(b)
	dir := b.TempDir()
	scripts, err := fs.Sub(theme.Files, "assets/ts/decision")
	if err != nil {
		b.Fatal(err)
	}
	if err := os.CopyFS(dir, scripts); err != nil {
		b.Fatal(err)
	}
	entry := filepath.Join(dir, "measurer.ts")
	if err := os.WriteFile(entry, []byte(measurer), 0o644); err != nil {
		b.Fatal(err)
	}
	built := api.Build(api.BuildOptions{EntryPoints: []string{entry}, Bundle: true, Format: api.FormatESModule, Target: api.ES2020, MinifySyntax: true})
	if len(built.Errors) > 0 {
		b.Fatal(built.Errors)
	}
	files := map[string][]byte{"index.html": fixture(`<script type="module" src="measurer.js"></script>`), "icon.svg": []byte(icon), "measurer.js": built.OutputFiles[0].Contents}
	for _, d := range p.compiled.Decisions {
		m := d.Proof.Decision
		files[m.ID+".wasm"], files["situaties-"+m.ID+".wasm"] = d.Module, d.Outline
		if m.Kind == model.Permit {
			maker := verdicts.New(p.Model, m)
			files["tabel-"+m.ID+".wasm"] = wasm.Emit(maker.Program, []wasm.Section{{Name: verdicts.Section, Data: maker.Page()}})
		}
	}
	site := Serve(b, files, folder)
	for _, d := range p.compiled.Decisions {
		m := d.Proof.Decision
		var sizes, order []int
		for i, f := range m.Questions {
			sizes, order = append(sizes, len(f.Values)), append(order, i)
		}
		slices.SortStableFunc(order, func(x, y int) int { return sizes[y] - sizes[x] })
		axes := "null"
		if m.Kind == model.Permit {
			axes = fmt.Sprintf("[%d, %d]", order[0], order[1])
		}
		list, err := json.Marshal(sizes)
		if err != nil {
			b.Fatal(err)
		}
		for _, with := range []Scripts{WithWebAssembly, RefusedWebAssembly} {
			b.Run(m.ID+"/"+with.String(), func(b *testing.B) {
				page := chromium.Page(b, site, View{Scripts: with})
				page.Open("")
				page.Wait("the script", "globalThis.measure")
				var out map[string]any
				for b.Loop() {
					page.Eval(fmt.Sprintf("measure(%s, %s, %s)", quote(m.ID+".wasm"), list, axes), &out)
				}
				if out["StandsIn"] != (with != WithWebAssembly) {
					b.Fatalf("the stand-in answers: %v", out["StandsIn"])
				}
				b.ReportMetric(0, "ns/op")
				for name, value := range out {
					if number, ok := value.(float64); ok {
						b.ReportMetric(number, name)
					}
				}
			})
		}
	}
}
