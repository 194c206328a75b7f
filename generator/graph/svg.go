package graph

import (
	"encoding/xml"
	"fmt"
	"math/bits"
	"strings"

	"handvat/generator/model"
)

// The classes of verdicts; they give a colour, and the sign t-… of that name stands beside them. The other classes of a drawing are
// boom (all of it), vraag, lijn, stam and pijl (a box, lines, their ends), n (a number), v (a question), z (what is said less loud).
var levels = [...]string{"niet", "eigen", "mits", "mag"}

func class(d *model.Decision, outcome int) string {
	if d.Kind == model.Choice {
		return "keus"
	}
	return levels[outcome]
}

// pen collects what is drawn on one sheet: lines with the same looks are one path.
type pen struct {
	strings.Builder
	paths map[string]*strings.Builder
	order []string
}

func (p *pen) path(class, format string, args ...any) {
	if p.paths[class] == nil {
		p.paths[class], p.order = &strings.Builder{}, append(p.order, class)
	}
	fmt.Fprintf(p.paths[class], format, args...)
}

// text writes lines below each other; y is where the first one stands.
func (p *pen) text(class string, x, y, height int, lines []string) {
	fmt.Fprintf(p, `<text class="%s" x="%d" y="%d">%s`, class, x, y, escape(lines[0]))
	for _, line := range lines[1:] {
		fmt.Fprintf(p, `<tspan x="%d" dy="%d">%s</tspan>`, x, height, escape(line))
	}
	p.WriteString("</text>")
}

// arrow ends a line at a point, to the right or down.
func (p *pen) arrow(class string, x, y int, down bool) {
	if down {
		p.path(class, "M%d %dh10l-5 9z", x-5, y-9)
	} else {
		p.path(class, "M%d %dv10l9-5z", x-9, y-5)
	}
}

// svg writes a sheet.
func (d *drawer) svg(s *Sheet) string {
	p := &pen{paths: map[string]*strings.Builder{}}
	for _, l := range s.blocks {
		for _, t := range l.trunks {
			p.path("stam", "M%d %dV%d", t.x, t.from, t.to)
		}
		for _, q := range l.placed {
			p.path("vraag", "M%d %dh%dv%dh-%dz", q.x+1, q.y+1, box-2, q.height-2, box-2)
			p.text("n", q.x+trunk, q.y+24, 0, []string{fmt.Sprint(d.number[q.node])})
			p.text("v", q.x+number, q.y+24, questionLine, q.lines)
		}
		for _, r := range l.rows {
			d.row(p, r, d.out.Questions[s.First-1].Sheet)
		}
	}
	var b strings.Builder
	for _, class := range p.order {
		fmt.Fprintf(&b, `<path class="%s" d="%s"/>`, class, p.paths[class])
	}
	return b.String() + p.String()
}

func (d *drawer) row(p *pen, r row, sheet int) {
	if r.down {
		p.text("a", r.x+10, r.y+answerLine-4, answerLine, r.lines)
		p.arrow("pijl", r.x, r.y+len(r.lines)*answerLine+14, true)
		return
	}
	p.text("a", r.x+10, r.y-6-(len(r.lines)-1)*answerLine, answerLine, r.lines)
	end := r.x - trunk + pitch
	kind := ""
	if r.branch.Leaf != nil {
		kind = class(d.walk.Decision, r.branch.Leaf.Answer.Outcome)
	}
	if kind == "niet" {
		p.path("lijn niet", "M%d %dH%dM%d %dv14", r.x, r.y, end-14, end-14, r.y-7)
	} else {
		p.path(strings.TrimSpace("lijn "+kind), "M%d %dH%d", r.x, r.y, end-12)
		p.arrow(strings.TrimSpace("pijl "+kind), end-4, r.y, false)
	}
	switch {
	case r.into:
	case r.branch.Leaf != nil:
		p.sign(kind, end, r.y-9)
		p.text("o "+kind, end+26, r.y+5, endLine, r.end)
	default:
		d.onward(p, r.branch, end, r.y, sheet)
	}
}

// onward says where a branch goes on: with a question that stands elsewhere, or with questions that are not drawn.
func (d *drawer) onward(p *pen, b Branch, x, y, sheet int) {
	if n := d.number[b.To]; n > 0 {
		where := []string{fmt.Sprintf("vraag %d", n)}
		if there := d.out.Questions[n-1].Sheet; there == sheet {
			p.text("w", x, y+5, 0, where)
		} else { // a link for who points at it: the text has links for everybody
			fmt.Fprintf(p, `<a href="#blad-%d" tabindex="-1">`, there)
			p.text("w", x, y+5, endLine-1, append(where, fmt.Sprintf("op blad %d", there)))
			p.WriteString("</a>")
		}
		return
	}
	text := fmt.Sprintf("nog %d vragen", b.Left)
	if b.Left == 1 {
		text = "nog 1 vraag"
	}
	p.text("w", x, y+5, endLine, []string{text})
	if d.walk.Decision.Kind == model.Choice {
		p.text("z", x, y+5+endLine, endLine, []string{fmt.Sprintf("%d uitkomsten mogelijk", bits.OnesCount64(uint64(b.Possible)))})
		return
	}
	for at, left := len(levels)-1, x; at >= 0; at-- {
		if b.Possible>>at&1 == 1 {
			p.sign(levels[at], left, y+10)
			left += 24
		}
	}
}

func (p *pen) sign(class string, x, y int) {
	fmt.Fprintf(p, `<use href="#t-%s" class="%s" x="%d" y="%d" width="18" height="18"/>`, class, class, x, y)
}

func escape(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // a strings.Builder never fails
	return b.String()
}
