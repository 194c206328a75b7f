package graph_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"handvat/generator/eval"
	"handvat/generator/graph"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/walk"
)

var words = graph.Words{
	Question: func(f *model.Fact) string { return f.ID + "? " + f.Question },
	Answer:   func(f *model.Fact, value int) string { return f.ValueID(value) },
}

// small asks a role, and of two of three roles whether there is consent.
func small() *walk.Walk {
	role := &model.Fact{ID: "rol", Question: "Wat ben je <hier>?", Values: []model.Value{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	consent := &model.Fact{ID: "akkoord", Question: "Is er akkoord?", Gate: model.All{}, Values: []model.Value{{ID: "ja"}, {ID: "nee"}}}
	d := &model.Decision{ID: "mag-ik", Title: "Mag & kan ik?", Kind: model.Permit, Outcomes: []model.Outcome{{Title: "Mag niet"}, {Title: "Jij weegt"}, {Title: "Mag, mits"}, {Title: "Mag"}}}
	leaf := func(outcome, duty int) walk.Node {
		return walk.Node{Leaf: &walk.Leaf{Answer: model.Answer{Outcome: outcome, Duty: duty}}}
	}
	return &walk.Walk{Decision: d, Nodes: []walk.Node{leaf(0, 0), leaf(3, 1),
		{Fact: consent, Next: []int{1, 0, walk.None}},
		{Fact: role, Next: []int{0, 2, 2}}}}
}

func TestEveryQuestionAnswerAndOutcomeIsDrawnOnce(t *testing.T) {
	w := small()
	var b strings.Builder
	if err := graph.Draw(w, w.Root(), words).Write(&b, w.Decision.Title); err != nil {
		t.Fatal(err)
	}
	want := "Mag & kan ik?\n1\nrol? Wat ben je <hier>?\n2\nakkoord? Is er akkoord?\na\nMag niet\nb / c\nja\nMag moet, tenzij\nnee\nMag niet\n"
	if have := textOf(t, b.String()); have != want {
		t.Errorf("got\n%s\nwant\n%s", have, want)
	}
}

// textOf gives what stands in the text of an SVG file, a line per text.
func textOf(t *testing.T, svg string) string {
	t.Helper()
	var out strings.Builder
	decoder, depth := xml.NewDecoder(strings.NewReader(svg)), 0
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return out.String()
		}
		if err != nil {
			t.Fatalf("no well-formed XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "tspan" {
				out.WriteString(" ")
			}
			if depth > 0 || token.Name.Local == "text" {
				depth++
			}
		case xml.EndElement:
			if depth > 0 {
				if depth--; depth == 0 {
					out.WriteString("\n")
				}
			}
		case xml.CharData:
			if depth > 0 {
				out.Write(token)
			}
		}
	}
}

var (
	read    sync.Once
	project *projecttest.Project
)

func own(t testing.TB) *projecttest.Project {
	t.Helper()
	read.Do(func() { project = projecttest.Own(t) })
	return project
}

// drawings are those of the project's decisions on the day that the site answers for, with the walk that they are of.
func drawings(t testing.TB, p *projecttest.Project, visit func(w *walk.Walk, start int, d *graph.Drawing)) {
	for _, proof := range p.Proofs {
		if proof.Walk == nil {
			continue
		}
		short, at := walk.OutcomesOnly(proof.Walk)
		start := at[proof.Walk.On(p.Model.Settings.Date)]
		visit(short, start, graph.Draw(short, start, words))
	}
}

// TestADrawingIsTheDiagram holds every drawing against the walk it is of: each answer to each question that is drawn leads where it
// leads there, once; what is not drawn is counted; and the text on the sheets says the same.
func TestADrawingIsTheDiagram(t *testing.T) {
	p := own(t)
	edges, bounded := 0, 0
	drawings(t, p, func(w *walk.Walk, start int, d *graph.Drawing) {
		id := w.Decision.ID
		reached := asked(w, start)
		if d.Asked != len(reached) {
			t.Errorf("%s: asks %d questions, and %d are counted", id, len(reached), d.Asked)
		}
		if want := min(d.Asked, graph.MaxQuestions); len(d.Questions) != want {
			t.Errorf("%s: %d questions of %d are drawn", id, len(d.Questions), d.Asked)
		}
		if d.Asked > len(d.Questions) {
			bounded++
		}
		if d.Asked > 0 && (d.Questions[0].Node != start || d.Questions[0].Number != 1) {
			t.Errorf("%s: begins with node %d", id, d.Questions[0].Node)
		}
		possible, number := w.Outcomes(), map[int]int{}
		for i, q := range d.Questions {
			if q.Number != i+1 || number[q.Node] > 0 {
				t.Errorf("%s: question %d: node %d is drawn twice, or numbered out of order", id, q.Number, q.Node)
			}
			number[q.Node] = q.Number
		}
		var said []string
		for _, q := range d.Questions {
			node := w.Nodes[q.Node]
			said = append(said, fmt.Sprint(q.Number), words.Question(node.Fact))
			seen := make([]bool, len(node.Next))
			for _, b := range q.Branches {
				edges++
				for _, v := range b.Values {
					if seen[v] || node.Next[v] != b.To {
						t.Errorf("%s: question %d: %s leads to %d, and is drawn to %d", id, q.Number, q.Fact.ValueID(v), node.Next[v], b.To)
					}
					seen[v] = true
				}
				to := w.Nodes[b.To]
				switch {
				case to.Leaf != nil:
					if b.Leaf != to.Leaf || b.Next != 0 {
						t.Errorf("%s: question %d: an end is drawn as %+v", id, q.Number, b)
					}
					said = append(said, w.Decision.Outcomes[to.Leaf.Answer.Outcome].Title+[...]string{"", " moet, tenzij", " moet"}[to.Leaf.Answer.Duty])
				case b.Leaf != nil || b.Next != number[b.To] || b.Left != len(asked(w, b.To)) || b.Possible != possible[b.To]:
					t.Errorf("%s: question %d: %+v, and %d questions with outcomes %b follow", id, q.Number, b, len(asked(w, b.To)), possible[b.To])
				case b.Next == 0 && d.Asked <= graph.MaxQuestions:
					t.Errorf("%s: question %d: %d is not drawn, and there is room", id, q.Number, b.To)
				}
				if b.Other {
					said = append(said, graph.OtherAnswer)
				} else {
					var labels []string
					for _, v := range b.Values {
						labels = append(labels, q.Fact.ValueID(v))
					}
					said = append(said, strings.Join(labels, " / "))
				}
			}
			for v, next := range node.Next {
				if seen[v] != (next != walk.None) {
					t.Errorf("%s: question %d: %s is drawn: %v", id, q.Number, q.Fact.ValueID(v), seen[v])
				}
			}
			if slices.ContainsFunc(q.Branches[:len(q.Branches)-1], func(b graph.Branch) bool { return b.Other }) {
				t.Errorf("%s: question %d: another answer comes before the answers that it is other than", id, q.Number)
			}
		}
		var have []string
		for i, s := range d.Sheets {
			for line := range strings.Lines(textOf(t, "<svg>"+s.SVG+"</svg>")) {
				if line = strings.TrimSpace(line); !goesOn(line) {
					have = append(have, line)
				}
			}
			if s.Height > graph.Height && s.Last > s.First {
				t.Errorf("%s: sheet %d is %d high", id, i+1, s.Height)
			}
		}
		slices.Sort(said)
		slices.Sort(have)
		if !slices.Equal(have, said) {
			t.Errorf("%s: the sheets say\n%q\nand the drawing is of\n%q", id, have, said)
		}
	})
	if edges < 500 || bounded == 0 {
		t.Errorf("%d branches in all, %d drawings that leave something out", edges, bounded)
	}
	t.Logf("%d branches, %d drawings are bounded", edges, bounded)
}

// goesOn tells whether a line of text says where a line leads on to.
func goesOn(line string) bool {
	first, rest, _ := strings.Cut(line, " ")
	return first == "vraag" || first == "nog" && strings.Contains(rest, "vra") || strings.HasSuffix(line, "uitkomsten mogelijk")
}

// asked gives the questions that can come up from a node.
func asked(w *walk.Walk, from int) map[int]bool {
	out := map[int]bool{}
	var visit func(int)
	visit = func(n int) {
		if n != walk.None && !out[n] && w.Nodes[n].Leaf == nil {
			out[n] = true
			for _, next := range w.Nodes[n].Next {
				visit(next)
			}
		}
	}
	visit(from)
	return out
}

// TestWhereADrawingEndsIsTheDefinition follows drawings with random situations: where one ends in a verdict it is that of the reference
// evaluator, and where it ends in questions that are not drawn, that verdict is among those that it says are still possible.
func TestWhereADrawingEndsIsTheDefinition(t *testing.T) {
	p := own(t)
	random := rand.New(rand.NewPCG(5, 8))
	ended, left, took, all := 0, 0, 0, 0
	drawings(t, p, func(w *walk.Walk, start int, d *graph.Drawing) {
		if d.Asked == 0 {
			return
		}
		touched := map[[2]int]bool{}
		for range 40 + 20*len(d.Questions) {
			s := situation(t, p.Model, w.Decision, along(d, random), random)
			if s == nil {
				continue
			}
			want, err := eval.Answer(w.Decision, s)
			if err != nil {
				t.Fatal(err)
			}
			q := d.Questions[0]
			for {
				value := s[q.Fact.Index]
				if q.Fact.Kind == model.Used {
					used, err := eval.Answer(q.Fact.Uses, s)
					if err != nil {
						t.Fatal(err)
					}
					if value = used.Outcome; q.Fact.Gate != nil {
						if holds, err := eval.Holds(q.Fact.Gate, s); err != nil {
							t.Fatal(err)
						} else if !holds {
							value = q.Fact.UndefinedIndex()
						}
					}
				}
				i := slices.IndexFunc(q.Branches, func(b graph.Branch) bool { return slices.Contains(b.Values, value) })
				if i < 0 {
					t.Fatalf("%s: question %d has no branch for %s", w.Decision.ID, q.Number, q.Fact.ValueID(value))
				}
				touched[[2]int{q.Number, i}] = true
				b := q.Branches[i]
				if b.Leaf != nil {
					ended++
					if b.Leaf.Answer.Outcome != want.Outcome || b.Leaf.Answer.Duty != want.Duty {
						t.Fatalf("%s: question %d, %s: ends in %s, and it is %s", w.Decision.ID, q.Number, q.Fact.ValueID(value), b.Leaf.Answer.Describe(w.Decision), want.Describe(w.Decision))
					}
				} else if b.Next == 0 {
					left++
					if !b.Possible.Has(want.Outcome) {
						t.Fatalf("%s: question %d: %s is not among what is possible", w.Decision.ID, q.Number, want.Describe(w.Decision))
					}
				}
				if b.Next == 0 {
					break
				}
				q = d.Questions[b.Next-1]
			}
		}
		for _, q := range d.Questions {
			all += len(q.Branches)
		}
		took += len(touched)
	})
	if ended == 0 || left == 0 || took*4 < all*3 {
		t.Errorf("%d ended, %d were left, along %d of the %d branches", ended, left, took, all)
	}
	t.Logf("%d ended in a verdict, %d in what is not drawn, along %d of the %d branches", ended, left, took, all)
}

// along gives the answers along a random way through a drawing.
func along(d *graph.Drawing, r *rand.Rand) map[*model.Fact]int {
	out := map[*model.Fact]int{}
	for n := 1; n > 0; {
		q := d.Questions[n-1]
		b := q.Branches[r.IntN(len(q.Branches))]
		out[q.Fact] = b.Values[r.IntN(len(b.Values))]
		n = b.Next
	}
	return out
}

// situation gives a decision these answers, and random ones to its other questions, on the day that the site answers for; nil where that
// cannot be.
func situation(t *testing.T, m *model.Model, d *model.Decision, given map[*model.Fact]int, r *rand.Rand) model.Situation {
	s := make(model.Situation, len(m.Facts))
	for i := range s {
		s[i] = model.Open
	}
	for _, f := range d.Questions {
		s[f.Index] = r.IntN(len(f.Values))
		if v, ok := given[f]; ok && v < len(f.Values) {
			s[f.Index] = v
		}
		if f.Kind == model.Date {
			s[f.Index] = f.On(m.Settings.Date)
		}
		if f.Gate != nil {
			if holds, err := eval.Holds(f.Gate, s); err != nil {
				t.Fatal(err)
			} else if !holds {
				s[f.Index] = f.UndefinedIndex()
			}
		}
	}
	for _, i := range m.Impossible {
		if holds, err := eval.Holds(i.When, s); err == nil && holds {
			return nil
		}
	}
	return s
}
