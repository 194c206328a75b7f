package frontend_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"handvat/generator/model"
	"handvat/generator/walk"
)

// A followed is one set of answers and where it must end: -1 is an answer that stays open.
type followed struct {
	Walk    int
	Answers []int
	Ends    []int // outcomes, sorted
}

// randomWalk makes a reduced walk over a few questions, with values that cannot be here and there.
func randomWalk(r *rand.Rand) *walk.Walk {
	w := &walk.Walk{Decision: &model.Decision{}}
	for q := range 2 + r.IntN(4) {
		w.Decision.Questions = append(w.Decision.Questions, &model.Fact{ID: fmt.Sprint("q", q), Values: make([]model.Value, 2+r.IntN(3))})
	}
	made := map[string]int{}
	put := func(n walk.Node) int {
		key := fmt.Sprint(n.Fact, n.Next, n.Leaf)
		if n.Leaf != nil {
			key = fmt.Sprint("leaf", n.Leaf.Answer.Outcome)
		}
		if at, ok := made[key]; ok {
			return at
		}
		w.Nodes = append(w.Nodes, n)
		made[key] = len(w.Nodes) - 1
		return len(w.Nodes) - 1
	}
	layer := []int{}
	for o := range 4 {
		layer = append(layer, put(walk.Node{Leaf: &walk.Leaf{Answer: model.Answer{Outcome: o}}}))
	}
	for _, f := range slices.Backward(w.Decision.Questions) {
		next := slices.Clone(layer)
		for range 3 {
			n := walk.Node{Fact: f}
			distinct := map[int]bool{}
			for range f.Values {
				to := layer[r.IntN(len(layer))]
				if r.IntN(5) == 0 {
					to = walk.None
				} else {
					distinct[to] = true
				}
				n.Next = append(n.Next, to)
			}
			if len(distinct) > 1 {
				next = append(next, put(n))
			}
		}
		slices.Sort(next)
		layer = slices.Compact(next)
	}
	// The root is the last node: what was made after it is dropped.
	root := layer[len(layer)-1]
	w.Nodes = w.Nodes[:root+1]
	return w
}

// ends gives the outcomes that some way through the walk reaches.
func ends(w *walk.Walk, at int, answers []int, out map[int]bool) {
	n := w.Nodes[at]
	if n.Leaf != nil {
		out[n.Leaf.Answer.Outcome] = true
		return
	}
	a := answers[slices.Index(w.Decision.Questions, n.Fact)]
	if a < 0 {
		for _, next := range n.Next {
			if next != walk.None {
				ends(w, next, answers, out)
			}
		}
		return
	}
	if n.Next[a] != walk.None {
		ends(w, n.Next[a], answers, out)
		return
	}
	// What has one way on only is passed, whatever was answered.
	var ways []int
	for _, next := range n.Next {
		if next != walk.None {
			ways = append(ways, next)
		}
	}
	if len(ways) == 1 {
		ends(w, ways[0], answers, out)
	}
}

// driver follows every set of answers, and asks as a page does: only questions that come up are answered.
const driver = `
import { readFileSync } from "node:fs";
import { Walk } from "./walk.mjs";
const { walks, cases } = JSON.parse(readFileSync("cases.json"));
const made = walks.map((w) => new Walk(Uint8Array.from(Buffer.from(w, "base64"))));
let wrong = 0;
cases.forEach(({ Walk: w, Answers, Ends }, i) => {
  const walk = made[w];
  const given = new Map();
  let place;
  for (;;) {
    place = walk.follow(given);
    if (place.question < 0) break;
    if (given.has(place.question)) { console.log(i, "asked twice", place.question); wrong++; return; }
    const answer = Answers[place.question];
    // A value that cannot be here is not offered: the visitor then leaves it open.
    if (answer >= 0 && !place.values.includes(answer)) return;
    const left = walk.ahead(place.nodes);
    given.set(place.question, answer);
    const after = walk.ahead(walk.follow(given, false).nodes);
    // Leaving it open may bring more: what would have differed by its answer is then asked for each.
    if (answer >= 0 && after.most > left.most - 1) { console.log(i, "more questions than said"); wrong++; }
  }
  const ends = [...new Set(place.nodes.map((n) => walk.nodes[n].outcome))].sort();
  if (JSON.stringify(ends) !== JSON.stringify(Ends)) { console.log(i, JSON.stringify(Answers), "ends", ends, "want", Ends); wrong++; }
});
process.exit(wrong ? 1 : 0);
`

// With open answers the script must find exactly the outcomes that are possible, asking only what matters.
func TestTheScriptWalksAsTheGeneratorDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var walks [][]byte
	var cases []followed
	for i := range 300 {
		w := randomWalk(r)
		walks = append(walks, w.Encode())
		for range 60 {
			var answers []int
			for _, f := range w.Decision.Questions {
				answers = append(answers, r.IntN(len(f.Values)+1)-1)
			}
			found := map[int]bool{}
			ends(w, w.Root(), answers, found)
			want := []int{}
			for o := range found {
				want = append(want, o)
			}
			slices.Sort(want)
			if len(want) > 0 {
				cases = append(cases, followed{i, answers, want})
			}
		}
	}

	folder := t.TempDir()
	source, err := os.ReadFile("../../theme/assets/ts/decision/walk.ts")
	if err != nil {
		t.Fatal(err)
	}
	script := api.Transform(string(source), api.TransformOptions{Loader: api.LoaderTS, Target: api.ES2020})
	if len(script.Errors) > 0 {
		t.Fatal(script.Errors)
	}
	data, err := json.Marshal(map[string]any{"walks": walks, "cases": cases})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"walk.mjs": script.Code, "cases.json": data, "driver.mjs": []byte(driver)} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	node := exec.Command("node", "driver.mjs")
	node.Dir = folder
	if out, err := node.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out[:min(len(out), 3000)])
	}
	t.Logf("%d sets of answers", len(cases))
}
