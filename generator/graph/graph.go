// Package graph draws a decision.
//
// In: the walk of a decision, and where to start. Out: a Drawing: which question comes after which answer until the outcome
// is fixed, laid out on sheets that each fit on paper, as SVG. A question that several answers lead to is drawn once; its number
// stands at the others. Where a decision asks more than can be drawn, the questions nearest to the start are there, and every
// line that goes on beyond them says how many questions follow and which outcomes are still possible.
//
// The drawing has classes and no styles: whoever shows it gives those. Its text is for the eye: who shows it also says in words
// what Questions has.
package graph

import (
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/walk"
)

// MaxQuestions is how many questions are drawn. More no reader can oversee, and no page can carry.
const MaxQuestions = 84

// A Drawing is what can be seen of a walk.
type Drawing struct {
	Questions []Question // those that are drawn, by number
	Sheets    []Sheet
	Asked     int // how many there are, drawn or not
}

// A Question is a node that is drawn.
type Question struct {
	Number   int // from 1, in reading order
	Node     int
	Fact     *model.Fact
	Sheet    int // from 1
	Column   int // from 0: how far to the right it stands
	Branches []Branch
}

// A Branch is what follows some of the answers to a question.
type Branch struct {
	Values []int
	Other  bool // it is called "another answer": all that the other branches do not name
	To     int  // the node

	Leaf     *walk.Leaf // where it ends, or else
	Next     int        // the number of the question that follows, 0 where that is not drawn
	Left     int        // how many questions can still follow, that one included
	Possible model.Set  // which outcomes
}

// Words are what the drawing calls a question and an answer.
type Words struct {
	Question func(*model.Fact) string
	Answer   func(f *model.Fact, value int) string
}

// OtherAnswer is what a branch with many answers is called.
const OtherAnswer = "Een ander antwoord"

// many is how many answers of one branch are written out where they are the most that any branch has.
const many = 4

// Draw draws a walk from one of its nodes.
func Draw(from *walk.Walk, start int, words Words) *Drawing {
	d := &drawer{walk: from, words: words, possible: from.Outcomes(), branches: make([][]Branch, len(from.Nodes)), number: map[int]int{}, out: &Drawing{}}
	d.out.Asked = d.questions(start)
	if d.out.Asked == 0 {
		return d.out
	}
	d.sheets(start)
	for i := range d.out.Questions {
		q := &d.out.Questions[i]
		for j := range q.Branches {
			b := &q.Branches[j]
			b.Next = d.number[b.To]
		}
	}
	for i := range d.out.Sheets {
		d.out.Sheets[i].SVG = d.svg(&d.out.Sheets[i])
	}
	return d.out
}

type drawer struct {
	walk     *walk.Walk
	words    Words
	possible []model.Set
	branches [][]Branch  // per node, where they are known
	number   map[int]int // per node that is drawn
	out      *Drawing
}

// questions counts those that can come up from a node on.
func (d *drawer) questions(from int) int {
	seen := map[int]bool{}
	var visit func(int)
	visit = func(n int) {
		if n == walk.None || seen[n] || d.walk.Nodes[n].Leaf != nil {
			return
		}
		seen[n] = true
		for _, next := range d.walk.Nodes[n].Next {
			visit(next)
		}
	}
	visit(from)
	return len(seen)
}

// branchesOf joins the answers that lead to the same node, in the order of the first of them; another answer comes last.
func (d *drawer) branchesOf(n int) []Branch {
	if d.branches[n] != nil {
		return d.branches[n]
	}
	var out []Branch
	for v, to := range d.walk.Nodes[n].Next {
		if to == walk.None {
			continue
		}
		if i := slices.IndexFunc(out, func(b Branch) bool { return b.To == to }); i >= 0 {
			out[i].Values = append(out[i].Values, v)
			continue
		}
		out = append(out, Branch{Values: []int{v}, To: to, Leaf: d.walk.Nodes[to].Leaf, Left: d.questions(to), Possible: d.possible[to]})
	}
	most := 0
	for i := range out {
		if len(out[i].Values) > len(out[most].Values) {
			most = i
		}
	}
	if len(out) > 1 && len(out[most].Values) > many {
		other := out[most]
		other.Other = true
		out = append(slices.Delete(out, most, most+1), other)
	}
	d.branches[n] = out
	return out
}

// answers are the words of a branch.
func (d *drawer) answers(f *model.Fact, b Branch) string {
	if b.Other {
		return OtherAnswer
	}
	var labels []string
	for _, v := range b.Values {
		labels = append(labels, d.words.Answer(f, v))
	}
	return strings.Join(labels, " / ")
}
