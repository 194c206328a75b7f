// Package graph draws a decision as a picture.
//
// In: the walk of a decision. Out: one SVG file that stands on its own: the questions as a tree from top to bottom, the
// answers as its branches, the outcomes with sign, word and colour at the ends. What several branches share is drawn
// once; elsewhere stands where. The text can be selected, and is all a screen reader needs.
package graph

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"handvat/generator/model"
	"handvat/generator/walk"
)

// Sizes in pixels.
const (
	rowHeight = 30
	indent    = 26
	letter    = 8.2 // a wide estimate of one letter of 15 pixels
	margin    = 20
)

// Write draws a walk.
func Write(w io.Writer, decision *walk.Walk) error {
	g := &drawing{walk: decision, row: map[int]int{}}
	g.node(decision.Root(), "", 0, -1)
	var b strings.Builder
	width, height := margin*2+g.width, margin*2+(len(g.lines)+1)*rowHeight
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="titel">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title id=\"titel\">%s</title>\n<style>%s</style>\n", escape(decision.Decision.Title), style)
	fmt.Fprintf(&b, `<text class="titel" x="%d" y="%d">%s</text>`+"\n", margin, margin+16, escape(decision.Decision.Title))
	for i, l := range g.lines {
		l.draw(&b, margin, margin+(i+1)*rowHeight)
	}
	for row, last := range g.lastChild() {
		if last > 0 {
			x := margin + g.lines[row].depth*indent + 7
			fmt.Fprintf(&b, `<path class="tak" d="M%d %dV%d"/>`+"\n", x, margin+(row+1)*rowHeight+rowHeight-4, margin+(last+1)*rowHeight+rowHeight/2)
		}
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// style follows the theme: a shape, a word and a colour for each verdict; dark where the reader's system is.
const style = `text{font:15px/1 "Atkinson Hyperlegible Next",Verdana,sans-serif;fill:#211a26}.titel{font-size:18px;font-weight:700}.vraag{font-weight:700}` +
	`.antwoord{fill:#5d5361}.tak{stroke:#8a7f8c;fill:none;stroke-width:1.5}.niet{fill:#a01f1a}.eigen{fill:#1f4f8f}.mits{fill:#7d5000}.mag{fill:#1a6639}.keus{fill:#5c1f52}` +
	`text.oordeel{font-weight:700}.uit{fill:#fff}` +
	`@media(prefers-color-scheme:dark){svg{background:#17131a}text{fill:#f3eef4}.antwoord{fill:#bfb3c2}.niet{fill:#ffa398}.eigen{fill:#a3c7f7}.mits{fill:#f2c566}.mag{fill:#86d6a5}.keus{fill:#e9b3dc}.uit{fill:#17131a}}`

// lastChild gives, per row, the row of its last branch, or 0.
func (g *drawing) lastChild() []int {
	out := make([]int, len(g.lines))
	for i, l := range g.lines {
		if l.parent >= 0 {
			out[l.parent] = i
		}
	}
	return out
}

// A line is one row of the drawing.
type line struct {
	depth   int
	parent  int // row of the question it branches from, or -1
	answer  string
	text    string
	class   string // "" for a question, otherwise of a verdict
	outcome bool
}

type drawing struct {
	walk  *walk.Walk
	lines []line
	row   map[int]int // of each question that was drawn
	width int
}

func (g *drawing) add(l line) int {
	g.lines = append(g.lines, l)
	g.width = max(g.width, l.depth*indent+int(float64(len([]rune(l.answer+l.text))+6)*letter))
	return len(g.lines) - 1
}

// node draws what follows an answer.
func (g *drawing) node(at int, answer string, depth, parent int) {
	n := g.walk.Nodes[at]
	if n.Leaf != nil {
		d := g.walk.Decision
		text := d.Outcomes[n.Leaf.Answer.Outcome].Title
		if n.Leaf.Answer.Duty > 0 {
			text += " (plicht: " + model.Duties[n.Leaf.Answer.Duty] + ")"
		}
		g.add(line{depth, parent, answer, text, class(d, n.Leaf.Answer.Outcome), true})
		return
	}
	if row, drawn := g.row[at]; drawn {
		g.add(line{depth, parent, answer, fmt.Sprintf("verder bij vraag %d", row), "", false})
		return
	}
	number := len(g.row) + 1
	g.row[at] = number
	row := g.add(line{depth, parent, answer, fmt.Sprintf("%d. %s", number, question(n.Fact)), "vraag", false})
	for _, branch := range branches(n) {
		g.node(branch.next, strings.Join(branch.answers, " / "), depth+1, row)
	}
}

type branch struct {
	answers []string
	next    int
}

// many is how many answers of one branch are written out; the longest branch with more is "a different answer".
const many = 4

// branches joins the answers that lead to the same place, in the order of the first.
func branches(n walk.Node) []branch {
	var out []branch
next:
	for v, to := range n.Next {
		if to == walk.None {
			continue
		}
		label := "niet van toepassing"
		if v < len(n.Fact.Values) {
			label = n.Fact.Values[v].Label
		}
		for i := range out {
			if out[i].next == to {
				out[i].answers = append(out[i].answers, label)
				continue next
			}
		}
		out = append(out, branch{[]string{label}, to})
	}
	longest := 0
	for i := range out {
		if len(out[i].answers) > len(out[longest].answers) {
			longest = i
		}
	}
	if len(out) > 1 && len(out[longest].answers) > many {
		rest := out[longest]
		rest.answers = []string{"een ander antwoord"}
		out = append(append(out[:longest:longest], out[longest+1:]...), rest)
	}
	return out
}

func question(f *model.Fact) string {
	if f.Question != "" {
		return f.Question
	}
	return f.ID
}

func class(d *model.Decision, outcome int) string {
	if d.Kind == model.Choice {
		return "keus"
	}
	return [...]string{"niet", "eigen", "mits", "mag"}[outcome]
}

// draw writes one row whose baseline area starts at y.
func (l line) draw(b *strings.Builder, x, y int) {
	left, middle := x+l.depth*indent, y+rowHeight/2
	if l.parent >= 0 {
		fmt.Fprintf(b, `<path class="tak" d="M%d %dH%d"/>`, left-indent+7, middle, left-2)
	}
	text := left + 2
	if l.outcome {
		fmt.Fprintf(b, `<g class="%s" transform="translate(%d %d)">%s</g>`, l.class, left+2, middle-8, sign(l.class))
		text += 24
	}
	fmt.Fprintf(b, `<text x="%d" y="%d">`, text, middle+5)
	if l.answer != "" {
		fmt.Fprintf(b, `<tspan class="antwoord">%s: </tspan>`, escape(l.answer))
	}
	kind := l.class
	if l.outcome {
		kind += " oordeel"
	}
	fmt.Fprintf(b, `<tspan class="%s">%s</tspan></text>`+"\n", kind, escape(l.text))
}

// sign is the shape of a verdict, 16 pixels wide: round is open, square is closed.
func sign(class string) string {
	switch class {
	case "mag":
		return `<circle cx="8" cy="8" r="8"/>`
	case "mits":
		return `<path d="M8 0a8 8 0 0 0 0 16z"/><path d="M8 1a7 7 0 0 1 0 14" fill="none" stroke="currentColor" stroke-width="2"/>`
	case "eigen":
		return `<path d="M8 0l8 8-8 8-8-8z"/><circle class="uit" cx="8" cy="8" r="4"/>`
	case "niet":
		return `<path d="M0 0h16v16H0z"/><path class="uit" d="M3 7h10v2H3z"/>`
	}
	return `<circle cx="8" cy="8" r="5"/>`
}

func escape(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // a strings.Builder never fails
	return b.String()
}
