package frontend_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"handvat/generator/diagram"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables/tablestest"
	"handvat/generator/walk"
)

// node runs a driver that stands beside the scripts of decisions in the theme, with the cases, which it finds as cases.json.
func node(t *testing.T, driver string, cases any) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../theme/assets")); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"cases.json": data, "ts/decision/driver.ts": []byte(driver)} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	built := api.Build(api.BuildOptions{EntryPoints: []string{filepath.Join(dir, "ts/decision/driver.ts")}, Bundle: true, Format: api.FormatESModule, Platform: api.PlatformNode, Target: api.ES2022, Outfile: filepath.Join(dir, "driver.mjs"), Write: true})
	if len(built.Errors) > 0 {
		t.Fatal(built.Errors)
	}
	command := exec.Command("node", "driver.mjs")
	command.Dir = dir
	out, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out[:min(len(out), 3000)])
	} else {
		t.Logf("%s", out)
	}
}

// An explained is what must be told of one decision.
type explained struct {
	Name    string
	Walk    []byte
	Outline []byte
	Ordered bool
	Fixed   []int
	// RuledOut says that combinations are ruled out in which the walk of the script need not be exact.
	RuledOut bool
	Cases    []explainedCase
}

// An explainedCase is what package explain says about answers. Of an answer -1 is one that the visitor does not know, -2 one
// that is missing.
type explainedCase struct {
	Answers    []int
	Outcomes   int
	Situations string
	PerOutcome []string
	First      []int // what to leave out first of the reasons
	Why        []int
	Single     []string // question=value... outcomes, each line one
	Further    []furtherCase
	Findings   []string

	// Where the answers are asked in order, up to the first that is missing:
	Question int
	Values   []int
	Passed   []int
	Possible int
}

type furtherCase struct {
	Targets, Answers int
	More             bool
	Changes          []string
}

const explainDriver = `
import { readFileSync } from "node:fs";
import { Walk } from "./walk";
import { Explainer } from "./explain";
const said = { cases: 0, single: 0, further: 0, combinations: 0, open: 0, wider: 0 };
const text = (x) => JSON.stringify(x);
const changes = (list) => list.map((c) => c.steps.map((s) => s.join("=")).join(" ") + " " + c.outcomes).sort();
for (const d of JSON.parse(readFileSync("cases.json"))) {
  const walk = new Walk(Uint8Array.from(Buffer.from(d.Walk, "base64")));
  const explainer = new Explainer(new Walk(Uint8Array.from(Buffer.from(d.Outline, "base64"))));
  for (const c of d.Cases || []) {
    const expect = (what, got, want) => {
      if (text(got) === text(want)) return;
      console.log(d.Name, text(c.Answers), what, text(got), "want", text(want));
      process.exit(1);
    };
    const answers = new Map(c.Answers.map((v, q) => [q, v]).filter(([, v]) => v > -2));
    said.cases++;
    const possible = explainer.possible(answers);
    expect("outcomes", [possible.outcomes, explainer.outcomes(answers)], [c.Outcomes, c.Outcomes]);
    expect("situations", "" + possible.situations, c.Situations);
    expect("situations per outcome", c.PerOutcome.map((_, o) => "" + (possible.perOutcome[o] || 0n)), c.PerOutcome);
    expect("why", explainer.why(answers, c.First || []), c.Why || []);
    const whatIf = explainer.whatIf(answers, d.Ordered, d.Fixed || []);
    expect("what if", changes(whatIf.single), c.Single || []);
    expect("further", whatIf.further.map((f) => ({ Targets: f.targets, Answers: f.answers, More: f.more, Changes: changes(f.changes) })), c.Further || []);
    said.single += whatIf.single.length;
    said.further += whatIf.further.length;
    for (const f of whatIf.further) said.combinations += f.changes.length;
    expect("findings", c.Answers.flatMap((v, q) => (v < 0 ? changes(explainer.findings(answers, q)) : [])), c.Findings || []);
    if (c.Question < -1) continue;
    const place = walk.follow(answers);
    // Where combinations are ruled out and answers are open, the walk may take for possible what is not.
    const wider = d.RuledOut && c.Answers.includes(-1);
    if (wider && walk.possible(place.nodes) !== c.Possible) said.wider++;
    expect("that what is possible is there", c.Possible & ~walk.possible(place.nodes), 0);
    if (wider) continue;
    expect("the way", place.passed.map((p) => p.question), c.Passed || []);
    expect("the next question", [place.question, place.values], [c.Question, c.Values || []]);
    expect("what is possible there", walk.possible(place.nodes), c.Possible);
    if (c.Answers.includes(-1)) said.open++;
  }
}
console.log(text(said));
`

// tell writes down what package explain says about answers. Where in order, the answers fit one situation, and the way to
// the next question is told too.
func tell(d *model.Decision, e *explain.Explainer, a explain.Answers, skipped []*model.Fact, inOrder bool) explainedCase {
	index := func(f *model.Fact) int { return slices.Index(d.Questions, f) }
	var c explainedCase
	for _, f := range d.Questions {
		v, ok := a[f]
		switch {
		case ok:
		case slices.Contains(skipped, f):
			v = -1
		default:
			v = -2
		}
		c.Answers = append(c.Answers, v)
	}
	possible := e.Possible(a)
	c.Outcomes, c.Situations = int(possible.Outcomes), possible.Situations.String()
	for _, n := range possible.PerOutcome {
		c.PerOutcome = append(c.PerOutcome, n.String())
	}
	why := e.Why(a)
	for _, f := range why.Because {
		c.Why = append(c.Why, index(f))
	}
	for _, f := range e.LeaveOut(a) {
		c.First = append(c.First, index(f))
	}
	flat := func(list []explain.Change) []string {
		var out []string
		for _, change := range list {
			var each func(i int, words []string)
			each = func(i int, words []string) {
				if i == len(change.Settings) {
					out = append(out, strings.Join(append(words, fmt.Sprint(int(change.Outcomes))), " "))
					return
				}
				s := change.Settings[i]
				for v := range s.Fact.Size() {
					if s.Values.Has(v) {
						each(i+1, append(slices.Clone(words), fmt.Sprintf("%d=%d", index(s.Fact), v)))
					}
				}
			}
			each(0, nil)
		}
		slices.Sort(out)
		return out
	}
	whatIf := e.WhatIf(a)
	c.Single = flat(whatIf.Single)
	everything := e.Outcomes(nil)
	for _, f := range whatIf.Further {
		if f.Answers > 0 && f.Targets&everything != 0 {
			c.Further = append(c.Further, furtherCase{int(f.Targets & everything), f.Answers, f.More, append([]string{}, flat(f.Changes)...)})
		}
	}
	for i, f := range d.Questions {
		if c.Answers[i] < 0 {
			c.Findings = append(c.Findings, flat(e.Findings(a, f))...)
		}
	}
	if c.Question = -2; inOrder {
		sofar, unknown := explain.Answers{}, []*model.Fact(nil)
		for _, s := range e.Path(a, skipped) {
			if s.Value == model.Open {
				unknown = append(unknown, s.Fact)
			} else {
				sofar[s.Fact] = s.Value
			}
			c.Passed = append(c.Passed, index(s.Fact))
		}
		next := e.Next(sofar, unknown)
		c.Question = index(next.Fact)
		for v := range 64 {
			if next.Values.Has(v) {
				c.Values = append(c.Values, v)
			}
		}
		c.Possible = int(e.Outcomes(sofar))
	}
	return c
}

// explainedOf asks package explain about random answers to a decision: in order, with open ones, and any at all.
func explainedOf(r *rand.Rand, g *diagram.Diagram, steps, outline *walk.Walk, rounds int) explained {
	d := g.Decision
	out := explained{Name: d.ID, Walk: steps.Encode(), Outline: outline.Encode(), Ordered: d.Kind == model.Permit}
	for i, f := range d.Questions {
		if f.Fixed {
			out.Fixed = append(out.Fixed, i)
		}
	}
	e := explain.New(g)
	for round := range rounds {
		a, skipped := explain.Answers{}, []*model.Fact(nil)
		inOrder := round%3 < 2
		for {
			end := g.Follow(func(f *model.Fact) int {
				a[f] = r.IntN(f.Size())
				return a[f]
			})
			if end != diagram.Impossible || !inOrder {
				break
			}
		}
		for _, f := range d.Questions {
			switch v, ok := a[f]; {
			case ok && f.HasUndefined() && v == f.UndefinedIndex():
				delete(a, f)
			case round > 0 && r.IntN(5) < round%5:
				delete(a, f)
				if r.IntN(3) > 0 {
					skipped = append(skipped, f)
				}
			}
		}
		out.Cases = append(out.Cases, tell(d, e, a, skipped, inOrder))
	}
	return out
}

// The script tells the same of every decision of the project as the generator.
func TestTheScriptExplainsTheProject(t *testing.T) {
	var all []explained
	r := rand.New(rand.NewPCG(21, 1))
	own := projecttest.Own(t)
	for _, p := range own.Proofs {
		out := explainedOf(r, p.Diagram, p.Steps, p.Outline, 60)
		out.RuledOut = slices.ContainsFunc(own.Model.Impossible, func(i *model.Impossible) bool {
			asked := true
			model.FactsOf(i.When, func(f *model.Fact) { asked = asked && slices.Contains(p.Decision.Questions, f) })
			return asked
		})
		if len(out.Outline) > walk.MaxOutline {
			t.Errorf("%s: the outline takes %d bytes, more than %d, so its page can only give bounds", p.Decision.ID, len(out.Outline), walk.MaxOutline)
		}
		t.Logf("%s: outline of %d nodes, %d bytes", p.Decision.ID, len(p.Outline.Nodes), len(out.Outline))
		all = append(all, out)
	}
	node(t, explainDriver, all)
}

// The same of random decisions, in which combinations can be ruled out and questions fixed.
func TestTheScriptExplainsRandomDecisions(t *testing.T) {
	var all []explained
	for seed := range uint64(80) {
		r := rand.New(rand.NewPCG(seed, 22))
		m := tablestest.Checked(seed)
		for range r.IntN(3) {
			q := m.Decisions[0].Questions
			x, y := q[r.IntN(len(q))], q[r.IntN(len(q))]
			m.Impossible = append(m.Impossible, &model.Impossible{When: model.All{
				model.In{Fact: x, Values: 1 << r.IntN(len(x.Values))}, model.In{Fact: y, Values: 1 << r.IntN(len(y.Values))}}})
		}
		for _, f := range m.Facts {
			f.Fixed = r.IntN(6) == 0
		}
		for _, d := range m.Decisions {
			g, err := diagram.Build(m, d)
			if err != nil {
				t.Fatal(err)
			}
			if g.Root == diagram.Impossible {
				continue
			}
			made := explainedOf(r, g, walk.ForScript(g), walk.Outline(g), 12)
			made.RuledOut = len(m.Impossible) > 0
			made.Name = fmt.Sprintf("seed %d, %s", seed, d.ID)
			all = append(all, made)
		}
	}
	node(t, explainDriver, all)
}
