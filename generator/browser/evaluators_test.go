package browser

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"handvat/generator/agree"
	"handvat/generator/build"
	"handvat/generator/eval"
	"handvat/generator/tables"
	"handvat/theme"
)

// asker is the script of a page that only asks the engine of the theme, a whole list of answers at a time.
const asker = `
import { load } from "./engine";
const text = (bytes) => btoa(String.fromCharCode(...bytes));
globalThis.ask = async (name, questions) => {
  const engine = await load(await (await fetch(name)).arrayBuffer());
  const found = questions.map((q) => engine.answer(0, Uint8Array.from(atob(q), (c) => c.charCodeAt(0))).map((s) => ({
    Values: text(s.values), DutyLo: s.dutyLo, DutyHi: s.dutyHi, Rows: s.rows, Certain: text(s.certain), Possible: text(s.possible), Counting: text(s.counting) })));
  return { StandsIn: engine.standsIn, Found: found };
};`

// askingSite is a page that knows the modules of all decisions.
func askingSite(t *testing.T, p *project) *Site {
	t.Helper()
	dir := t.TempDir()
	scripts, err := fs.Sub(theme.Files, "assets/ts/decision")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, scripts); err != nil {
		t.Fatal(err)
	}
	entry := filepath.Join(dir, "asker.ts")
	if err := os.WriteFile(entry, []byte(asker), 0o644); err != nil {
		t.Fatal(err)
	}
	built := api.Build(api.BuildOptions{EntryPoints: []string{entry}, Bundle: true, Format: api.FormatESModule, Target: api.ES2020})
	if len(built.Errors) > 0 {
		t.Fatal(built.Errors)
	}
	files := map[string][]byte{"index.html": fixture(`<script type="module" src="asker.js"></script>`), "icon.svg": []byte(icon), "asker.js": built.OutputFiles[0].Contents}
	for _, d := range p.located() {
		files[d.id+".wasm"] = d.Module
	}
	return Serve(t, files, folder)
}

// ask gives what the engine in the page finds for each list of answers.
func ask(p *Page, decision string, questions [][]uint8) []tables.Result {
	p.t.Helper()
	const batch = 2000
	var out []tables.Result
	for start := 0; start < len(questions); start += batch {
		var texts []string
		for _, q := range questions[start:min(start+batch, len(questions))] {
			texts = append(texts, base64.StdEncoding.EncodeToString(q))
		}
		list, err := json.Marshal(texts)
		if err != nil {
			p.t.Fatal(err)
		}
		var answer struct {
			StandsIn bool
			Found    [][]struct {
				Values, Certain, Possible, Counting string
				DutyLo, DutyHi, Rows                int
			}
		}
		p.Eval(fmt.Sprintf("ask(%s, %s)", quote(decision+".wasm"), list), &answer)
		if want := p.view.Scripts != WithWebAssembly; answer.StandsIn != want {
			p.t.Fatalf("%s: the stand-in answers: %v", p.describe(), answer.StandsIn)
		}
		for _, found := range answer.Found {
			var r tables.Result
			for _, s := range found {
				r.Stages = append(r.Stages, tables.StageResult{Values: words(p, s.Values)[0], DutyLo: uint8(s.DutyLo), DutyHi: uint8(s.DutyHi),
					Rows: s.Rows, Certain: words(p, s.Certain), Possible: words(p, s.Possible), Counting: words(p, s.Counting)})
			}
			out = append(out, r)
		}
	}
	if len(out) != len(questions) {
		p.t.Fatalf("%s: %d answers to %d questions", p.describe(), len(out), len(questions))
	}
	return out
}

func words(p *Page, set string) []uint64 {
	p.t.Helper()
	data, err := base64.StdEncoding.DecodeString(set)
	if err != nil || len(data)%8 != 0 {
		p.t.Fatalf("%s: a set of %d bytes: %v", p.describe(), len(data), err)
	}
	out := make([]uint64, len(data)/8)
	for i := range out {
		out[i] = binary.LittleEndian.Uint64(data[8*i:])
	}
	return out
}

// compared says how many situations of every decision the browser is asked. Without a browser package agree asks many more.
var compared = agree.Limits{All: 1_500, Edges: 1_000, Random: 1_000}

// TestEvaluatorsInTheBrowserAgree holds the engine, with WebAssembly and without, against the tables in everything they
// find, in whole situations and with answers left open. In the whole ones the tables are held against the reference
// evaluator first, so that all of them say the same.
func TestEvaluatorsInTheBrowserAgree(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := askingSite(t, p)
	for i, d := range p.located() {
		var questions [][]uint8
		gather := agree.Evaluator{Name: "the tables", Answer: func(answers []uint8) (tables.Result, error) {
			questions = append(questions, slices.Clone(answers))
			return d.Program.Answer(0, answers)
		}}
		count, err := agree.Decision(d.m, d.Proof, eval.Answer, d.Program, 0, []agree.Evaluator{gather}, compared)
		if err != nil {
			t.Fatal(err)
		}
		if len(questions) == 0 || int64(len(questions)) != count.Compared {
			t.Fatalf("%s: %d situations were gathered of %d", d.Proof.Decision.ID, len(questions), count.Compared)
		}
		questions = append(questions, opened(questions)...)
		ways := withScripts
		if i == 0 {
			ways = []Scripts{WithWebAssembly, RefusedWebAssembly, MissingWebAssembly} // the last two have one stand-in
		}
		for _, scripts := range ways {
			page := chromium.Page(t, site, View{Scripts: scripts})
			page.Open("")
			page.Wait("the script", "globalThis.ask")
			differ(t, d.Decision, scripts, questions, ask(page, d.id, questions))
		}
		t.Logf("%s: %d situations (all: %v) and as many with open answers", d.Proof.Decision.ID, count.Compared, count.Exhaustive)
	}
}

// opened gives the same situations with some answers left open, none to all of them.
func opened(questions [][]uint8) [][]uint8 {
	random := rand.New(rand.NewPCG(3, 4)) // the same on every run
	var out [][]uint8
	for _, q := range questions {
		q = slices.Clone(q)
		share := random.IntN(5)
		for i := range q {
			if random.IntN(4) < share {
				q[i] = tables.Open
			}
		}
		out = append(out, q)
	}
	return out
}

func differ(t *testing.T, d build.Decision, scripts Scripts, questions [][]uint8, found []tables.Result) {
	t.Helper()
	for i, q := range questions {
		want, err := d.Program.Answer(0, q)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(found[i], want) {
			t.Errorf("%s: %s: for %v the browser finds\n%+v\nand the tables\n%+v", d.Proof.Decision.ID, scripts, q, found[i], want)
			return
		}
	}
}
