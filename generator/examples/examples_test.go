package examples_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handvat/generator/eval"
	"handvat/generator/examples"
	"handvat/generator/manifest"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/prose"
	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
	"handvat/generator/wasm"
)

// A program is one of the examples: the command that runs it, without decision and answers.
type program struct {
	name    string
	command []string
	env     []string
}

func (p program) run(args ...string) (stdout, stderr string, code int) {
	command := exec.Command(p.command[0], append(slices.Clone(p.command[1:]), args...)...)
	command.Env = append(os.Environ(), p.env...)
	var out, wrong bytes.Buffer
	command.Stdout, command.Stderr = &out, &wrong
	if err := command.Run(); err != nil && command.ProcessState == nil {
		return "", err.Error(), -1
	}
	return out.String(), wrong.String(), command.ProcessState.ExitCode()
}

// TestExamples runs the examples on the decisions of this project.
func TestExamples(t *testing.T) {
	m := projecttest.Own(t).Model
	f := newFolder(t, m)
	programs := f.programs(t)
	t.Run("they answer", func(t *testing.T) { answer(t, m, programs) })
	t.Run("they answer what is hard", func(t *testing.T) {
		m := hard()
		other := newFolder(t, m)
		f.write(t, other.module, other.manifest)
		answer(t, m, programs)
	})
	f.write(t, f.module, f.manifest)
	t.Run("they do not guess", func(t *testing.T) { doNotGuess(t, m, programs) })
	t.Run("they tell of a wrong number of answers", func(t *testing.T) { wrongNumber(t, f, programs[2]) })
	t.Run("they refuse", func(t *testing.T) { refuse(t, f, programs, m.Decisions[0]) })
	t.Run("a manifest apart is that of the module", func(t *testing.T) { apart(t, f, programs[2]) })
	t.Run("one begins with the questions", func(t *testing.T) { begin(t, f, m, programs) })
}

// A folder holds the examples and the modules they ask.
type folder struct {
	path     string
	module   []byte
	manifest []byte
}

func newFolder(t *testing.T, m *model.Model) folder {
	t.Helper()
	p := tables.Compile(m, m.Decisions)
	f := folder{t.TempDir(), wasm.Emit(p, nil), manifest.Of(m, p).JSON()}
	if err := os.CopyFS(f.path, examples.Files); err != nil {
		t.Fatal(err)
	}
	f.write(t, f.module, f.manifest)
	return f
}

// write lays down a module and a manifest, together and apart.
func (f folder) write(t *testing.T, module, words []byte) {
	t.Helper()
	full := bytes.Clone(module)
	size := len(wasm.SectionManifest) + 1 + len(words)
	full = append(full, 0)
	for ; size >= 0x80; size >>= 7 {
		full = append(full, byte(size)|0x80)
	}
	full = append(append(append(full, byte(size), byte(len(wasm.SectionManifest))), wasm.SectionManifest...), words...)
	for name, data := range map[string][]byte{examples.Module: module, "beslissen.json": words, examples.FullModule: full} {
		if err := os.WriteFile(filepath.Join(f.path, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func (f folder) programs(t *testing.T) []program {
	t.Helper()
	full := filepath.Join(f.path, examples.FullModule)
	binary := filepath.Join(f.path, "voorbeeld")
	if out, err := exec.Command("go", "build", "-o", binary, "./go").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	python := find(t, "python3")
	var env []string
	if exec.Command(python, "-c", "import wasmtime").Run() != nil {
		stand, err := filepath.Abs("testdata/wasmtime-op-node")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.ReadFile(filepath.Join(stand, "wasmtime.py")); err != nil { // so that a change of it runs the test again
			t.Fatal(err)
		}
		env = []string{"PYTHONPATH=" + stand, "PYTHONDONTWRITEBYTECODE=1"}
		t.Log("the Python example runs on Node: there is no package wasmtime here")
	}
	return []program{
		{"Go", []string{binary, full}, nil},
		{"JavaScript", []string{find(t, "node"), filepath.Join(f.path, "js", "voorbeeld.mjs"), full}, nil},
		{"Python", []string{python, filepath.Join(f.path, "python", "voorbeeld.py"), filepath.Join(f.path, examples.Module), filepath.Join(f.path, "beslissen.json")}, env},
	}
}

func find(t *testing.T, command string) string {
	t.Helper()
	path, err := exec.LookPath(command)
	if err != nil {
		t.Fatalf("this test runs an example with %s; generator/test.sh installs it", command)
	}
	return path
}

// answer compares all that the examples write with what the reference evaluator says, in a situation for
// every outcome that a case leads to.
func answer(t *testing.T, m *model.Model, programs []program) {
	asked := 0
	random := rand.New(rand.NewPCG(1, 1))
	for _, d := range m.Decisions {
		seen := map[int]bool{}
		for _, c := range d.Cases {
			if seen[c.Expect.Outcome] {
				continue
			}
			seen[c.Expect.Outcome] = true
			asked++
			args, s := complete(t, m, d, c, random)
			a, err := eval.Answer(d, s)
			if err != nil {
				t.Fatal(err)
			}
			want := words(d, a)
			for _, p := range programs {
				if got, stderr, code := p.run(args...); got != want || stderr != "" || code != 0 {
					t.Errorf("%s: %q gives %d\n%s%s\nwant\n%s", p.name, args, code, got, stderr, want)
				}
			}
		}
	}
	t.Logf("%d situations", asked)
}

// hard is a model with sets of rows of every size, a duty, alternatives, and a closed decision that rests on an open one
// with conditions.
func hard() *model.Model {
	m := tablestest.Edges()
	for i := range 3 {
		m.Conditions = append(m.Conditions, &model.Condition{ID: fmt.Sprintf("voorwaarde-%d", i), Text: fmt.Sprintf("Doe ook %d.", i)})
	}
	var open *model.Decision
	for _, d := range m.Decisions {
		d.Title = "Beslissing " + d.ID
		for o := range d.Outcomes {
			d.Outcomes[o].Title, d.Outcomes[o].Text = "Uitkomst "+d.Outcomes[o].ID, "Zo zit het."
		}
		if d.Kind == model.Permit {
			d.NoGround = &model.NoGround{Why: "Er is geen grond.", Alternative: "Vraag het."}
		}
		for i, r := range d.Rules {
			r.Why, r.By = "Zo is "+r.ID+".", model.Deciders[i%len(model.Deciders)]
			r.Duty = i % 3
			if r.Kind == model.Exception { // as package check sees to it
				r.Level = max(r.Level, model.OwnWeighing)
			}
			if d.Kind == model.Choice || r.Level > model.Forbidden {
				r.Conditions = []*model.Condition{m.Conditions[i%3]}
			}
		}
		if d.ID == "altijd-600" {
			open = d
		}
	}
	used := &model.Fact{ID: "onderdeel", Index: len(m.Facts), Kind: model.Used, Uses: open}
	for _, level := range model.Levels {
		used.Values = append(used.Values, model.Value{ID: level})
	}
	m.Facts = append(m.Facts, used)
	closed := *open
	closed.ID, closed.Uses = "zo-dicht", []*model.Fact{used}
	closed.Rules = []*model.Rule{
		{ID: "dicht", Kind: model.Limit, Level: model.Forbidden, When: model.In{Fact: used, Values: used.All()}, Why: "Dicht."},
		{ID: "grond", Kind: model.Ground, Level: model.Allowed, When: model.All{}, Why: "Open."},
	}
	m.Decisions = append(m.Decisions, &closed)
	for _, d := range m.Decisions {
		if d.ID != "altijd-63" && d.ID != "altijd-64" && d.ID != "veel-63" && d.ID != "veel-64" {
			d.Cases = []*model.Case{{ID: d.ID}}
		}
	}
	return m
}

// complete answers what a case leaves open, in a way that is possible.
func complete(t *testing.T, m *model.Model, d *model.Decision, c *model.Case, random *rand.Rand) ([]string, model.Situation) {
	t.Helper()
again:
	for range 1000 {
		args, s := []string{d.ID}, make(model.Situation, len(m.Facts))
		for i := range s {
			s[i] = model.Open // what this decision does not ask rules nothing out
		}
		for _, f := range d.Questions {
			v, given := c.Answers[f]
			if !given {
				v = random.IntN(len(f.Values))
			}
			if f.Gate != nil {
				if applies, err := eval.Holds(f.Gate, s); err != nil {
					t.Fatal(err)
				} else if !applies {
					s[f.Index] = f.UndefinedIndex()
					continue
				}
			}
			if s[f.Index] = v; v < len(f.Values) {
				args = append(args, f.ID+"="+f.Values[v].ID)
			}
		}
		for _, i := range m.Impossible {
			if ruledOut, err := eval.Holds(i.When, s); err == nil && ruledOut {
				continue again
			}
		}
		return args, s
	}
	t.Fatalf("case %s cannot be completed", c.ID)
	return nil, nil
}

// words is what the examples must write.
func words(d *model.Decision, a model.Answer) string {
	plain := func(s string) string { return strings.TrimSpace(prose.Plain(s)) }
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n\n%s\n%s\n", d.Title, d.Outcomes[a.Outcome].Title, plain(d.Outcomes[a.Outcome].Text))
	if a.Duty > 0 {
		fmt.Fprintf(&out, "Plicht: %s\n", model.Duties[a.Duty])
	}
	lists := map[string][]string{}
	add := func(list, item string) {
		if item != "" && !slices.Contains(lists[list], item) {
			lists[list] = append(lists[list], item)
		}
	}
	reason := func(why, by, alternative, doubt string, cited model.Cited) {
		var sources []string
		for _, n := range cited.Norms {
			sources = append(sources, n.ID)
		}
		for _, s := range cited.Sources {
			sources = append(sources, s.Source.ID+" "+s.Place)
		}
		if why != "" {
			add("Waarom", plain(why)+" ("+strings.Join(sources, "; ")+")")
		}
		add("Wie beslist", by)
		add("Wat wel kan", plain(alternative))
		add("Moet een jurist nog bevestigen", plain(doubt))
	}
	var part func(d *model.Decision, a model.Answer)
	part = func(d *model.Decision, a model.Answer) {
		for _, r := range a.Counting {
			reason(r.Why, r.By, r.Alternative, r.Doubt, r.Cited)
		}
		if d.Kind == model.Permit && a.Outcome == model.Forbidden && len(a.Counting) == 0 {
			reason(d.NoGround.Why, "", d.NoGround.Alternative, "", d.NoGround.Cited)
		}
		for _, t := range a.Through {
			part(t.Fact.Uses, t.Answer)
		}
	}
	part(d, a)
	for _, c := range a.ConditionList(d) {
		add("Voorwaarden", plain(c.Text))
	}
	for _, title := range []string{"Waarom", "Voorwaarden", "Wie beslist", "Wat wel kan", "Moet een jurist nog bevestigen"} {
		if items := lists[title]; len(items) > 0 {
			fmt.Fprintf(&out, "\n%s:\n- %s\n", title, strings.Join(items, "\n- "))
		}
	}
	return out.String()
}

// What is not known yet is said, with the strictest outcome or what the authors advise. Of the date the default is known.
func doNotGuess(t *testing.T, m *model.Model, programs []program) {
	tabled := tables.Compile(m, m.Decisions)
	for i, d := range m.Decisions {
		answers := make([]uint8, len(d.Questions))
		for j, f := range d.Questions {
			if f.Kind == model.Date {
				answers[j] = uint8(f.DateIndex(m.Settings.Date) + 1)
			}
		}
		result, err := tabled.Answer(i, answers)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		var advice model.Outcome
		for o, outcome := range d.Outcomes {
			if result.Outcome().Values>>o&1 == 1 {
				titles = append(titles, outcome.Title)
				if len(titles) == 1 {
					advice = outcome
				}
			}
		}
		if d.Kind == model.Choice {
			advice = d.Outcomes[d.InDoubt]
		}
		want := fmt.Sprintf("%s\n\nNog niet zeker. Mogelijk: %s\nGa voorlopig uit van: %s\n", d.Title, strings.Join(titles, "; "), advice.Title)
		for _, p := range programs {
			if got, stderr, code := p.run(d.ID); got != want || code != 0 {
				t.Errorf("%s: %s gives %d\n%s%s\nwant\n%s", p.name, d.ID, code, got, stderr, want)
			}
		}
	}
}

func refuse(t *testing.T, f folder, programs []program, d *model.Decision) {
	last := d.Questions[len(d.Questions)-1].ID
	foreign := bytes.Clone(f.module)
	at := bytes.Index(foreign, []byte{0x7f, 0, 0x41, wasm.Version, 0x0b}) // a constant i32 global, the first
	if at < 0 {
		t.Fatal("the module has no version")
	}
	foreign[at+3]++
	newer := bytes.Replace(f.manifest, []byte(`{"manifest":1,`), []byte(`{"manifest":2,`), 1)
	for _, c := range []struct {
		name             string
		module, manifest []byte
		args             []string
		want             string
	}{
		{"a decision that is not there", f.module, f.manifest, []string{"mag-alles"}, "geweigerd met code 1: deze beslissing is er niet\n"},
		{"an answer that is not there", f.module, f.manifest, []string{d.ID, last + "=misschien"}, "geweigerd met code 3: dat antwoord is er niet bij " + last + "\n"},
		{"a question that is not there", f.module, f.manifest, []string{d.ID, "schoenmaat=43"}, "schoenmaat is geen vraag van " + d.ID + "\n"},
		{"another contract", foreign, f.manifest, []string{d.ID}, fmt.Sprintf("dit programma kent versie %d van het contract, en niet %d\n", wasm.Version, wasm.Version+1)},
		{"another manifest", f.module, newer, []string{d.ID}, "dit programma kent versie 1 van het manifest, en niet 2\n"},
	} {
		f.write(t, c.module, c.manifest)
		for _, p := range programs {
			if stdout, got, code := p.run(c.args...); got != c.want || stdout != "" || code != 1 {
				t.Errorf("%s, %s: %d, %s%s, want %s", c.name, p.name, code, stdout, got, c.want)
			}
		}
	}
}

// The example in Python has its manifest apart, and sees that it belongs to the module.
func apart(t *testing.T, f folder, python program) {
	f.write(t, append(bytes.Clone(f.module), 0, 1, 0), f.manifest) // an empty section more
	if _, got, code := python.run("mag-ik-meenemen"); got != "het manifest hoort bij een andere module\n" || code != 1 {
		t.Errorf("%d, %s", code, got)
	}
}

// With the questions only a program asks and tells the outcome, and says that it has no reasons yet; with the whole manifest it says
// what it says with all texts. Those that show whole answers only refuse the questions alone.
func begin(t *testing.T, f folder, m *model.Model, programs []program) {
	f.write(t, f.module, f.manifest)
	c := m.Decisions[0].Cases[0]
	args, _ := complete(t, m, m.Decisions[0], c, rand.New(rand.NewPCG(1, 1)))
	whole, _, _ := programs[1].run(args...)
	f.write(t, f.module, manifest.Asking(m, tables.Compile(m, m.Decisions)).JSON())
	for _, p := range []program{programs[0], programs[2]} {
		if _, got, code := p.run(args...); !strings.Contains(got, "alleen de vragen") || code != 1 {
			t.Errorf("%s: %d, %s", p.name, code, got)
		}
	}
	early, _, _ := programs[1].run(args...)
	lines := strings.Split(early, "\n")
	if got, want := strings.Join(lines[:4], "\n"), strings.Join(strings.Split(whole, "\n")[:4], "\n"); got != want || !strings.Contains(early, "half antwoord") || strings.Contains(early, "Waarom:") {
		t.Errorf("with the questions only: %s\nand with all texts: %s", early, whole)
	}
	if err := os.WriteFile(filepath.Join(f.path, "heel.json"), f.manifest, 0o644); err != nil {
		t.Fatal(err)
	}
	js := `import { readFileSync } from "node:fs";
import { Decisions, describe } from "./js/beslissen.mjs";
const d = await Decisions.load(readFileSync("` + examples.FullModule + `"));
d.explainWith(JSON.parse(readFileSync("heel.json")));
console.log(describe(d.ask(process.argv[1], Object.fromEntries(process.argv.slice(2).map((g) => g.split("="))))));
try { d.explainWith({ ...d.manifest, module: "" }); } catch (e) { console.error(e.message); }`
	command := exec.Command(find(t, "node"), append([]string{"--input-type=module", "-e", js, "--"}, args...)...)
	command.Dir = f.path
	var wrong strings.Builder
	command.Stderr = &wrong
	if out, err := command.Output(); err != nil || string(out) != whole || wrong.String() != "het manifest hoort bij een andere module\n" {
		t.Errorf("%v, %s\n%s\nwant\n%s", err, wrong.String(), out, whole)
	}
}

// The number of answers is a program's own business, so no command line gets it wrong; who calls answer can.
func wrongNumber(t *testing.T, f folder, python program) {
	js := `import { readFileSync } from "node:fs";
import { Decisions } from "./js/beslissen.mjs";
const d = await Decisions.load(readFileSync("` + examples.FullModule + `"));
for (const [index, length] of [[0, 1], [0, 100000], [-1, 0], [2 ** 31, 0]]) {
  try { d.answer(index, new Uint8Array(length)); } catch (e) { console.log(e.code); }
}`
	py := `import sys
sys.path.insert(0, "python")
from voorbeeld import Decisions, Refused, read
d = Decisions(read("` + examples.Module + `"), read("beslissen.json"))
for index, length in [(0, 1), (0, 100000), (-1, 0), (2**31 - 1, 0)]:
    try:
        d.answer(index, bytes(length))
    except Refused as e:
        print(e.code)
`
	for _, c := range []struct {
		command *exec.Cmd
		env     []string
	}{
		{exec.Command(find(t, "node"), "--input-type=module", "-e", js), nil},
		{exec.Command(find(t, "python3"), "-c", py), python.env},
	} {
		c.command.Dir, c.command.Env = f.path, append(os.Environ(), c.env...)
		if out, err := c.command.CombinedOutput(); err != nil || string(out) != "2\n2\n1\n1\n" {
			t.Errorf("%v\n%s", err, out)
		}
	}
}

// What README.md says is in the folder is there, and the versions that the programs know are those of this project.
func TestReadme(t *testing.T) {
	readme, err := fs.ReadFile(examples.Files, "README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{examples.Module, examples.AskingModule, examples.FullModule, "js/voorbeeld.mjs", "python/voorbeeld.py"} {
		if !strings.Contains(string(readme), want) {
			t.Errorf("README.md does not name %s", want)
		}
	}
}
