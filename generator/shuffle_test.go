package generator

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"handvat/generator/check"
	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/syntax"
	"handvat/generator/tables"
	"handvat/generator/verify"
	"handvat/generator/wasm"
)

// TestOrderDecidesNothing shuffles everything in the authors' files whose order means nothing, and holds every byte that
// is made of it against the original. The order of "vragen", of values and of what is shown in order does mean something.
func TestOrderDecidesNothing(t *testing.T) { orderDecidesNothing(t, os.DirFS("..")) }

// TestOrderDecidesNothingOfLocks does the same for a project with locks.
func TestOrderDecidesNothingOfLocks(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/sloten.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	orderDecidesNothing(t, files)
}

func orderDecidesNothing(t *testing.T, files fs.FS) {
	tree, problems, err := source.Read(files, []string{"content", syntax.Folder}, []string{".yaml", ".md"})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	want := made(t, tree, nil)
	for seed := range uint64(6) {
		parts := seed%2 == 1
		have := made(t, tree, func(file *syntax.File) {
			random := rand.New(rand.NewPCG(seed, 0))
			shuffle(file, random)
			if parts {
				shuffleParts(file, random)
			}
		})
		for name, bytes := range want {
			if parts && name == "the model" {
				continue // it keeps the parts of a condition, and locks, in the order in which a reader sees them
			}
			if have[name] != bytes {
				t.Errorf("seed %d: %s is different", seed, name)
			}
		}
	}
}

// TestShuffleShuffles keeps the test above honest: the files themselves do come out in another order.
func TestShuffleShuffles(t *testing.T) {
	tree, _, err := source.Read(os.DirFS(".."), []string{syntax.Folder}, []string{".yaml"})
	if err != nil {
		t.Fatal(err)
	}
	dump := func(random *rand.Rand) string {
		var list diag.List
		file := syntax.Parse(tree, &list)
		if random != nil {
			shuffle(file, random)
		}
		var b bytes.Buffer
		if err := file.Dump(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if dump(nil) == dump(rand.New(rand.NewPCG(0, 0))) {
		t.Error("nothing was shuffled")
	}
}

var position = regexp.MustCompile(`\S+\.(yaml|md):\d+:\d+`)

// made is everything made of a project, by name, without positions.
func made(t *testing.T, tree *source.Tree, change func(*syntax.File)) map[string]string {
	t.Helper()
	var list diag.List
	file, pages := syntax.Parse(tree, &list), content.Parse(tree, &list)
	if change != nil {
		change(file)
	}
	var m *model.Model
	var proofs []*verify.Proof
	if list.Empty() {
		m = check.Check(file, pages, &list)
	}
	if list.Empty() {
		proofs = verify.Verify(m, eval.Answer, &list)
	}
	if !list.Empty() {
		var b bytes.Buffer
		list.Write(&b)
		t.Fatal(b.String())
	}
	out := map[string]string{}
	keep := func(name string, dump func(*bytes.Buffer)) {
		var b bytes.Buffer
		dump(&b)
		out[name] = position.ReplaceAllString(b.String(), "")
	}
	keep("the model", func(b *bytes.Buffer) { m.Dump(b) })
	for _, p := range proofs {
		keep("the diagram of "+p.Decision.ID, func(b *bytes.Buffer) { p.Diagram.Dump(b) })
		keep("the walk of "+p.Decision.ID, func(b *bytes.Buffer) { p.Walk.Dump(b) })
		keep("the steps of "+p.Decision.ID, func(b *bytes.Buffer) { b.Write(p.Steps.Encode()) })
		keep("the explanation of "+p.Decision.ID, func(b *bytes.Buffer) { explain(b, p) })
	}
	program := tables.Compile(m, m.Decisions)
	keep("the tables", func(b *bytes.Buffer) {
		if err := program.Dump(b); err != nil {
			t.Fatal(err)
		}
	})
	keep("the module", func(b *bytes.Buffer) { b.Write(wasm.Emit(program, nil)) })
	return out
}

// explain writes what every end of a diagram says: why, what else can be done, who decides, and under which conditions.
func explain(b *bytes.Buffer, p *verify.Proof) {
	for _, e := range p.Diagram.Ends {
		var closed []string
		b.WriteString(e.Answer.Describe(p.Decision) + "\n")
		for _, r := range e.Answer.Counting {
			b.WriteString(r.Why + "|" + r.Alternative + "|" + r.By + "|" + r.Doubt + "\n")
			for _, n := range r.Norms {
				b.WriteString(n.ID + " ")
			}
		}
		for _, l := range e.Answer.ClosedLocks(p.Decision) {
			closed = append(closed, l.ID+": "+strings.Join(e.Answer.Instead(l, true), "|"))
		}
		slices.Sort(closed) // they are shown in the author's order
		b.WriteString(strings.Join(closed, "\n") + "\n")
		for _, c := range e.Answer.ConditionList(p.Decision) {
			b.WriteString(c.ID + ": " + c.Text + "\n")
		}
	}
	if p.Diagram.Root == diagram.Impossible {
		panic("BUG: nothing is possible")
	}
}

// shuffle puts facts, impossible combinations, attributes, conditions, decisions, rules, branches, invariants, cases and
// what a case names in another order.
func shuffle(file *syntax.File, random *rand.Rand) {
	mix(random, file.Facts)
	for i, at := range mixed(random, file.Impossible) { // their places in the file as well, since they have no name
		file.Impossible[i] = at
	}
	mix(random, file.Attributes)
	mix(random, file.Conditions)
	mix(random, file.Decisions)
	mix(random, file.Cases)
	for _, f := range file.Facts {
		mix(random, f.Follows)
	}
	for _, d := range file.Decisions {
		mix(random, d.Rules)
		mix(random, d.Invariants)
		mix(random, d.NeverStricter)
		for _, r := range d.Rules {
			mix(random, r.AnswersTo)
		}
		for _, l := range d.Locks {
			mix(random, l.Requirements)
		}
		shuffleTree(d.Tree, random)
	}
	for _, c := range file.Cases {
		mix(random, c.Cases)
		for _, k := range c.Cases {
			mix(random, k.Facts)
			mix(random, k.Rules)
			mix(random, k.NotRules)
			mix(random, k.Conditions)
		}
	}
}

// shuffleParts puts the parts of every condition in another order, the values of every part, and locks.
func shuffleParts(file *syntax.File, random *rand.Rand) {
	var cond func(c *syntax.Cond)
	cond = func(c *syntax.Cond) {
		if c == nil {
			return
		}
		mix(random, c.Parts)
		mix(random, c.Values)
		for _, part := range c.Parts {
			cond(part)
		}
	}
	for _, f := range file.Facts {
		cond(f.Gate)
		for _, r := range f.Follows {
			cond(r.When)
		}
	}
	for _, i := range file.Impossible {
		cond(i.When)
	}
	for _, d := range file.Decisions {
		mix(random, d.Locks)
		for _, r := range d.Rules {
			cond(r.When)
			cond(r.Requires)
		}
		for _, i := range d.Invariants {
			cond(i.When)
		}
	}
}

func shuffleTree(b *syntax.Branch, random *rand.Rand) {
	if b == nil {
		return
	}
	mix(random, b.Branches)
	mix(random, b.Values)
	for _, child := range b.Branches {
		shuffleTree(child, random)
	}
}

func mix[T any](random *rand.Rand, list []T) {
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// mixed gives copies in another order, each at the place in the file of the one that stood there.
func mixed(random *rand.Rand, list []*syntax.Impossible) []*syntax.Impossible {
	out := make([]*syntax.Impossible, len(list))
	for i, from := range random.Perm(len(list)) {
		one := *list[from]
		one.Span = list[i].Span
		out[i] = &one
	}
	return out
}
