package host_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/evanw/esbuild/pkg/api"

	"handvat/generator/model"
	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
	"handvat/generator/wasm"
)

// scripts is where the TypeScript that mirrors the contract stands.
const scripts = "../../theme/assets/ts/decision"

func bundleEngine(t *testing.T) []byte { return bundle(t, "engine.ts") }

func bundle(t *testing.T, script string, external ...string) []byte {
	t.Helper()
	// A copy, so that a changed script is not hidden by a cached test.
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(scripts)); err != nil {
		t.Fatal(err)
	}
	built := api.Build(api.BuildOptions{
		EntryPoints:       []string{filepath.Join(folder, script)},
		Bundle:            true,
		External:          external,
		Format:            api.FormatESModule,
		Target:            api.ES2020,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
	})
	if len(built.Errors) > 0 || len(built.Warnings) > 0 {
		t.Fatalf("bundling: %v %v", built.Errors, built.Warnings)
	}
	return built.OutputFiles[0].Contents
}

// The stand-in is a script of its own, which only a browser without WebAssembly fetches.
func TestSizeOfTheScripts(t *testing.T) {
	for _, each := range []struct {
		name   string
		budget int
		script []byte
	}{{"the engine", 900, bundle(t, "engine.ts", "./standin")}, {"the stand-in", 1100, bundle(t, "standin.ts")}} {
		var out bytes.Buffer
		w := brotli.NewWriterLevel(&out, brotli.BestCompression)
		w.Write(each.script)
		w.Close()
		t.Logf("%s: %d bytes, %d compressed", each.name, len(each.script), out.Len())
		if out.Len() > each.budget {
			t.Errorf("%s takes %d bytes compressed, more than %d", each.name, out.Len(), each.budget)
		}
	}
}

// question is one call of the script's engine.
type question struct {
	Decision int
	Answers  []int
}

// found is what it gave: a refusal, or what each stage found, sets in base64.
type found struct {
	Code, Input int
	Stages      []foundStage
}

type foundStage struct {
	Values, Certain, Possible, Counting string
	DutyLo, DutyHi, Rows                int
}

// driver asks every question with WebAssembly and without, and checks that the engine knows which it does.
const driver = `
import { readFileSync, writeFileSync } from "node:fs";
import { load } from "./engine.mjs";
const { Modules, Foreign, Refused } = JSON.parse(readFileSync("questions.json", "utf8"));
const text = (set) => Buffer.from(set).toString("base64");
async function run() {
  const all = [];
  for (const { Module, Questions } of Modules) {
    const bytes = new Uint8Array(Buffer.from(Module, "base64"));
    const engine = await load(bytes.buffer);
    if (engine.standsIn !== (typeof WebAssembly === "undefined")) throw new Error("stands in: " + engine.standsIn);
    if (new TextDecoder().decode(engine.section("handvat.proef")) !== "meegenomen") throw new Error("section lost");
    if (engine.section("handvat.anders") !== null) throw new Error("section from nothing");
    all.push(Questions.map(({ Decision, Answers }) => {
      try {
        const stages = engine.answer(Decision, Uint8Array.from(Answers));
        return { Code: 0, Input: 0, Stages: stages.map((s) => ({
          Values: text(s.values), Certain: text(s.certain), Possible: text(s.possible), Counting: text(s.counting),
          DutyLo: s.dutyLo, DutyHi: s.dutyHi, Rows: s.rows })) };
      } catch (e) {
        if (e.name !== "RefusedError") throw e;
        return { Code: e.code, Input: e.input, Stages: null };
      }
    }));
  }
  const error = await load(new Uint8Array(Buffer.from(Foreign, "base64")).buffer).catch((e) => e);
  if (error.message !== Refused || error.name !== "VersionError") throw new Error("loaded another version: " + error);
  return all;
}
const withWebAssembly = await run();
delete globalThis.WebAssembly;
writeFileSync("found.json", JSON.stringify([withWebAssembly, await run()]));
`

func TestScriptMatchesTables(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("this test runs the scripts in node; generator/test.sh installs it")
	}

	type asked struct {
		Module    []byte
		Questions []question
	}
	var modules []asked
	var want [][]found
	const edges = 24
	for seed := range uint64(edges + 1) {
		m := tablestest.Edges()
		if seed < edges {
			m = tablestest.Random(seed)
		}
		if seed%4 == 3 {
			widen(m, int(40*seed))
		}
		p := tables.Compile(m, m.Decisions)
		a := asked{Module: wasm.Emit(p, []wasm.Section{{Name: "handvat.proef", Data: []byte("meegenomen")}})}
		var answers []found
		ask := func(decision int, bytes []byte) {
			q := question{Decision: decision, Answers: make([]int, len(bytes))}
			for i, b := range bytes {
				q.Answers[i] = int(b)
			}
			a.Questions = append(a.Questions, q)
			answers = append(answers, answerOf(t, p, decision, bytes))
		}
		for entry, e := range p.Decisions {
			d := decisionOf(m, e.ID)
			seen := 0
			tablestest.Situations(m, d, nil, func(s model.Situation) bool {
				seen++
				ask(entry, tablestest.Bytes(d, s))
				ask(entry, tablestest.Bytes(d, tablestest.Partial(seed+uint64(seen), d, s)))
				return seen < 100
			})
			bytes := make([]byte, len(e.Inputs))
			ask(entry, bytes)
			ask(entry, bytes[1:])
			ask(entry, make([]byte, 1<<17))
			bytes[len(bytes)-1] = 255
			ask(entry, bytes)
		}
		ask(len(p.Decisions), nil)
		ask(-1, nil)
		modules, want = append(modules, a), append(want, answers)
	}

	folder := t.TempDir()
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("engine.mjs", bundleEngine(t))
	write("driver.mjs", []byte(driver))
	questions, err := json.Marshal(map[string]any{"Modules": modules, "Foreign": ofNextVersion(t, modules[0].Module), "Refused": fmt.Sprintf("abi %d, not %d", wasm.Version+1, wasm.Version)})
	if err != nil {
		t.Fatal(err)
	}
	write("questions.json", questions)

	run := exec.Command(node, "driver.mjs")
	run.Dir = folder
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(folder, "found.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got [2][][]found
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for way, name := range []string{"WebAssembly", "the stand-in"} {
		for i := range want {
			for q := range want[i] {
				if !reflect.DeepEqual(got[way][i][q], want[i][q]) {
					t.Fatalf("%s, seed %d, %v: %+v, want %+v", name, i, modules[i].Questions[q], got[way][i][q], want[i][q])
				}
			}
		}
	}
}

// answerOf is what the tables say, written as the driver writes it.
func answerOf(t *testing.T, p *tables.Program, decision int, answers []byte) found {
	t.Helper()
	r, err := p.Answer(decision, answers)
	if err != nil {
		refused := err.(*tables.InputError)
		return found{Code: int(refused.Code), Input: refused.Input}
	}
	f := found{Stages: []foundStage{}}
	for _, s := range r.Stages {
		f.Stages = append(f.Stages, foundStage{
			Values: encode(tables.Bits{s.Values}), Certain: encode(s.Certain), Possible: encode(s.Possible), Counting: encode(s.Counting),
			DutyLo: int(s.DutyLo), DutyHi: int(s.DutyHi), Rows: s.Rows,
		})
	}
	return f
}

func encode(bits tables.Bits) string {
	var bytes []byte
	for _, word := range bits {
		for i := range 8 {
			bytes = append(bytes, byte(word>>(8*i)))
		}
	}
	return base64.StdEncoding.EncodeToString(bytes)
}
