package graph

import (
	"slices"

	"handvat/generator/letters"
)

// Sizes in pixels at the size that text has by default.
const (
	Width   = 1072 // of a sheet
	pitch   = 284  // from one column to the next
	columns = 3    // of questions; what the last ones lead to stands beside them
	box     = 246  // width of a question
	number  = 36   // width that the number of a question takes, with what stands around it
	trunk   = 12   // from the left of a column to the line that goes down from a question
	Height  = 780  // of a sheet, at most: it stands on A4, on its side
	apart   = 30   // between two drawings on a sheet

	together = 2 // so many questions make a drawing that leaves something out worth its place

	answerSize, questionSize, endSize = 13.5, 15, 15
	answerLine, questionLine, endLine = 17, 19, 19
)

// A Sheet is one drawing.
type Sheet struct {
	First, Last int // the numbers of its questions
	Height      int
	SVG         string // with Width as its width

	blocks []*layout
}

// sheets lays everything out: as much as can be on the first sheet, and what that leaves out on the next, nearest to the start
// first. Where room is left on a sheet, something that fits comes along.
func (d *drawer) sheets(start int) {
	var waiting []int
	undrawn := func(n int) bool { return d.number[n] == 0 && d.walk.Nodes[n].Leaf == nil }
	took := func(s *Sheet, l *layout) {
		s.blocks = append(s.blocks, l)
		s.Height = max(s.Height, l.bottom())
		for _, p := range l.placed {
			d.number[p.node] = len(d.out.Questions) + 1
			d.out.Questions = append(d.out.Questions, Question{Number: d.number[p.node], Node: p.node, Fact: d.walk.Nodes[p.node].Fact,
				Sheet: len(d.out.Sheets) + 1, Column: p.column, Branches: d.branchesOf(p.node)})
		}
		waiting = slices.DeleteFunc(waiting, func(n int) bool { return d.number[n] > 0 })
		for _, p := range l.placed {
			for _, b := range d.branchesOf(p.node) {
				if undrawn(b.To) && !slices.Contains(waiting, b.To) {
					waiting = append(waiting, b.To)
				}
			}
		}
	}
	waiting = []int{start}
	for len(waiting) > 0 && len(d.out.Questions) < MaxQuestions {
		s := Sheet{First: len(d.out.Questions) + 1}
		most := MaxQuestions - len(d.out.Questions)
		l := d.grow(waiting[0], 0, [columns + 1]int{}, most)
		took(&s, l)
		for {
			l = d.beside(waiting, l.low, MaxQuestions-len(d.out.Questions))
			if l == nil {
				break
			}
			took(&s, l)
		}
		s.Last = len(d.out.Questions)
		d.out.Sheets = append(d.out.Sheets, s)
	}
}

// beside finds a drawing that fits in what is left of a sheet, as high as can be: whole, or else with some questions together.
func (d *drawer) beside(waiting []int, low [columns + 1]int, most int) *layout {
	for i := range low {
		if low[i] > 0 {
			low[i] += apart
		}
	}
	if most < together {
		return nil
	}
	var part *layout
	for _, n := range waiting {
		var best *layout
		for column := range columns {
			if l := d.grow(n, column, low, most); l.bottom() <= Height && (best == nil || l.placed[0].y < best.placed[0].y) {
				best = l
			}
		}
		if best != nil && best.whole {
			return best
		}
		if best != nil && part == nil && len(best.placed) >= together {
			part = best
		}
	}
	return part
}

// grow draws a node and, nearest first, all that follows and still fits below what stands above it; the node itself is there
// even where it does not fit.
func (d *drawer) grow(root, column int, low [columns + 1]int, most int) *layout {
	tree := map[int][]int{root: nil} // the nodes that are in, with those that hang below them
	best := d.lay(tree, root, column, low)
	best.whole = true
	type edge struct{ from, to int }
	var queue []edge
	follow := func(n int) {
		for _, b := range d.branchesOf(n) {
			if b.Leaf == nil && d.number[b.To] == 0 {
				queue = append(queue, edge{n, b.To})
			}
		}
	}
	follow(root)
	for len(queue) > 0 {
		e := queue[0]
		queue = queue[1:]
		if _, in := tree[e.to]; in {
			continue
		}
		tree[e.from], tree[e.to] = append(tree[e.from], e.to), nil
		if l := d.lay(tree, root, column, low); len(tree) <= most && l.widest < columns && l.bottom() <= Height {
			l.whole = best.whole
			best = l
			follow(e.to)
			continue
		}
		delete(tree, e.to)
		tree[e.from] = tree[e.from][:len(tree[e.from])-1]
		best.whole = false
	}
	return best
}

// A layout is one connected drawing on a sheet.
type layout struct {
	d      *drawer
	tree   map[int][]int
	above  [columns + 1]int // per column how far down it is taken by what stands above
	low    [columns + 1]int // and by this
	placed []placed
	rows   []row
	trunks []line
	widest int  // the last column with a question
	whole  bool // nothing that follows was left out
}

type placed struct {
	node, column, x, y, height int
	lines                      []string
}

// A line goes straight down.
type line struct{ x, from, to int }

// A row is a branch that leaves the trunk of a question.
type row struct {
	branch Branch
	lines  []string
	x, y   int  // of the trunk, and of the line
	down   bool // the line goes down to a question below
	into   bool // it goes to a question beside it
	end    []string
}

// bottom is how far down the drawing itself comes.
func (l *layout) bottom() int {
	out := 0
	for i, y := range l.low {
		if y > l.above[i] {
			out = max(out, y)
		}
	}
	return out
}

func (d *drawer) lay(tree map[int][]int, root, column int, low [columns + 1]int) *layout {
	l := &layout{d: d, tree: tree, above: low, low: low}
	l.place(root, column, low[column])
	return l
}

// weight is how many nodes hang below one, itself included.
func (l *layout) weight(n int) int {
	sum := 1
	for _, child := range l.tree[n] {
		sum += l.weight(child)
	}
	return sum
}

// place draws a question with its top at y or lower, then the branches that end, then those with questions of their own beside
// it, and the one with most questions straight below.
func (l *layout) place(n, column, y int) {
	l.widest = max(l.widest, column)
	if column >= columns {
		return
	}
	fact, x := l.d.walk.Nodes[n].Fact, column*pitch
	p := placed{node: n, column: column, x: x, y: y, lines: letters.Bold.Wrap(l.d.words.Question(fact), questionSize, box-number-trunk)}
	p.height = len(p.lines)*questionLine + 17
	l.placed = append(l.placed, p)
	l.low[column] = y + p.height

	var ends, aside []Branch
	var below *Branch
	for _, b := range l.d.branchesOf(n) {
		if !slices.Contains(l.tree[n], b.To) {
			ends = append(ends, b)
		} else {
			aside = append(aside, b)
		}
	}
	slices.SortStableFunc(aside, func(a, b Branch) int { return l.weight(a.To) - l.weight(b.To) })
	if len(aside) > 0 {
		below, aside = &aside[len(aside)-1], aside[:len(aside)-1]
	}
	from, to := y+p.height, 0
	label := func(b Branch) []string {
		return letters.Regular.Wrap(l.d.answers(fact, b), answerSize, pitch-trunk-10-22)
	}
	for _, b := range ends {
		r := row{branch: b, lines: label(b), x: x + trunk, end: l.end(b, column)}
		r.y = max(l.low[column]+9+len(r.lines)*answerLine+4, l.low[column+1]+16)
		to, l.low[column], l.low[column+1] = r.y, r.y, r.y+(len(r.end)-1)*endLine+12
		l.rows = append(l.rows, r)
	}
	for _, b := range aside {
		r := row{branch: b, lines: label(b), x: x + trunk, into: true}
		r.y = max(l.low[column]+9+len(r.lines)*answerLine+4, l.low[column+1]+16+intoBox)
		to = r.y
		l.rows = append(l.rows, r)
		l.place(b.To, column+1, r.y-intoBox)
		l.low[column] = r.y
	}
	if below != nil {
		r := row{branch: *below, lines: label(*below), x: x + trunk, y: l.low[column] + 9, down: true}
		to = r.y + len(r.lines)*answerLine + 14
		l.rows = append(l.rows, r)
		l.trunks = append(l.trunks, line{x + trunk, from, to})
		l.place(below.To, column, to)
		return
	}
	l.trunks = append(l.trunks, line{x + trunk, from, to})
}

// intoBox is how far below the top of a question a line comes in.
const intoBox = 20

// end gives the lines of where a branch ends: a verdict, or room for where it goes on.
func (l *layout) end(b Branch, column int) []string {
	if b.Leaf == nil {
		return []string{"", ""}
	}
	width := pitch - 40
	if column+1 == columns {
		width = Width - columns*pitch
	}
	lines := letters.Bold.Wrap(l.d.walk.Decision.Outcomes[b.Leaf.Answer.Outcome].Title, endSize, width-28)
	if b.Leaf.Answer.Duty > 0 {
		lines = append(lines, duties[b.Leaf.Answer.Duty])
	}
	return lines
}

// duties are what stands below a verdict.
var duties = [...]string{"", "moet, tenzij", "moet"}
