// Package flow draws who shares what with whom in a phase: around a table, or around whoever asks.
//
// In: a phase with its flows. Out: two drawings of them as SVG, for a wide window and for a narrow one. In both every flow is there
// once: who, what, and a line with the sign of the verdict. What may goes all the way; what somebody weighs is of a class that is
// dashed; what may not stops at a bar, and stands last on its side, so that nothing crosses it.
//
// The drawing has classes and no styles: whoever shows it gives those. It is for the eye: who shows it also says it in words.
package flow

import (
	"encoding/xml"
	"fmt"
	"math"
	"slices"
	"strings"

	"handvat/generator/letters"
	"handvat/generator/model"
)

// A Drawing is one form of a picture.
type Drawing struct {
	Width, Height int // in pixels, at the size that text has by default
	SVG           string
}

// What text takes, in pixels.
const (
	Size     = 16 // of all letters
	line     = 20 // from one line to the next
	wideText = 250
	MaxLines = 2 // of a name, and of what passes, in a wide drawing
)

// Fits tells whether what passes, or the name of who shares it, takes no more room in a wide drawing than it should.
func Fits(text string, bold bool) bool {
	font := letters.Regular
	if bold {
		font = letters.Bold
	}
	lines := font.Wrap(text, Size, wideText)
	return len(lines) <= MaxLines && !slices.ContainsFunc(lines, func(l string) bool { return font.Width(l, Size) > wideText })
}

// FitsHeading tells whether a heading stands on one line.
func FitsHeading(text string) bool { return len(letters.Bold.Wrap(text, Size, wideText)) <= 1 }

// FitsCentre tells whether a name, and what else there is to say, stand within the table.
func FitsCentre(name, text string) bool {
	lines := centreLines(name, text)
	for i, l := range lines {
		top := i*line - len(lines)*line/2 // from the middle of the table, as what is furthest from there
		if far, half := float64(max(-top, top+line)), l.font.Width(l.text, Size)/2; math.Hypot(far, half) > tableSize {
			return false
		}
	}
	return true
}

// The classes of verdicts; they give a colour, and the sign t-… of that name stands beside a line. The other classes of a drawing are
// lijn and pijl (a line, its end), rail (the line along which a narrow drawing is read), n (a name), op (what stands on the table),
// tafel, stoel and leeg (the table, who sits there, who does not).
var levels = [...]string{"niet", "eigen", "mits", "mag"}

const blocked = 0 // the level that is stopped at a bar

// bySide gives the flows of each side, those that are stopped last.
func bySide(p *model.Phase) (out [len(model.Sides)][]model.Flow) {
	for _, f := range p.Flows {
		out[f.Side] = append(out[f.Side], f)
	}
	for i := range out {
		goes := func(f model.Flow) bool { return f.Level != blocked }
		stops := func(f model.Flow) bool { return f.Level == blocked }
		out[i] = append(slices.DeleteFunc(slices.Clone(out[i]), stops), slices.DeleteFunc(out[i], goes)...)
	}
	return out
}

// A block is what stands beside a line: who, and what passes.
type block struct{ who, what []string }

func wrap(who, what string, width int) block {
	return block{even(letters.Bold, who, width), even(letters.Regular, what, width)}
}

// even breaks a text into as few lines as can be, about equally long.
func even(font letters.Font, text string, width int) []string {
	lines := font.Wrap(text, Size, width)
	for {
		width -= line / 2
		narrower := font.Wrap(text, Size, width)
		if len(narrower) > len(lines) || width < line || len(lines) < 2 {
			return lines
		}
		lines = narrower
	}
}

func (b block) height() int { return (len(b.who) + len(b.what)) * line }

// beside is how far below the top of a block its line stands: at the first name.
const beside = line / 2

// pen writes SVG; lines with the same looks are one path.
type pen struct {
	strings.Builder
	paths map[string]*strings.Builder
	order []string
}

func (p *pen) path(class, format string, args ...any) {
	if p.paths == nil {
		p.paths = map[string]*strings.Builder{}
	}
	if p.paths[class] == nil {
		p.paths[class], p.order = &strings.Builder{}, append(p.order, class)
	}
	fmt.Fprintf(p.paths[class], format, args...)
}

// drawn gives the lines first: whatever stands on them comes over them.
func (p *pen) drawn(width, height int) Drawing {
	var b strings.Builder
	for _, class := range p.order {
		fmt.Fprintf(&b, `<path class="%s" d="%s"/>`, class, p.paths[class])
	}
	return Drawing{width, height, b.String() + p.String()}
}

// text writes lines below each other; top is where the first begins.
func (p *pen) text(class string, x, top int, lines []string) {
	for i, l := range lines {
		if class != "" {
			fmt.Fprintf(p, `<text class="%s" x="%d" y="%d">`, class, x, top+i*line+15)
		} else {
			fmt.Fprintf(p, `<text x="%d" y="%d">`, x, top+i*line+15)
		}
		xml.EscapeText(p, []byte(l)) // a strings.Builder never fails
		p.WriteString("</text>")
	}
}

func (p *pen) block(x, top int, b block) {
	p.text("n", x, top, b.who)
	p.text("", x, top+len(b.who)*line, b.what)
}

// sign is how large the sign of a verdict is.
const sign = 22

func (p *pen) sign(level, x, y int) {
	fmt.Fprintf(p, `<use href="#t-%s" class="%s" x="%d" y="%d" width="%d" height="%d"/>`, levels[level], levels[level], x, y-sign/2, sign, sign)
}

// to ends a line at a point, to the right or to the left.
func (p *pen) to(level, x, y int, right bool) {
	if right {
		p.path("pijl "+levels[level], "M%d %dl-13 -7v14z", x, y)
	} else {
		p.path("pijl "+levels[level], "M%d %dl13 -7v14z", x, y)
	}
}

// bar stops a line at a point.
func (p *pen) bar(x, y int) { p.path("lijn "+levels[blocked], "M%d %dv28", x, y-14) }
