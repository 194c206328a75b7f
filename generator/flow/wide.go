package flow

import (
	"math"

	"handvat/generator/model"
)

// Where things stand in a wide drawing, in pixels: from left to right text, sign, line, centre, line, sign, text.
const (
	Width     = 1072
	middle    = Width / 2
	leftSign  = wideText + 14
	leftLine  = leftSign + sign + 3
	leftBend  = leftLine + straight
	rightText = Width - wideText
	rightSign = rightText - 14 - sign
	rightLine = rightSign - 5
	rightBend = rightLine - straight - 11
	straight  = 20 // before a line bends
	stopped   = 46 // how long a line is that is stopped at once

	rowGap     = 26
	heading    = line + 16 // with what is free below it
	passingGap = 34        // above what passes by
	spread     = 38        // between the ends of two lines at the centre, if there is room
	fan        = 170       // for all ends together
)

// Wide draws a phase for a wide window.
func Wide(phase *model.Phase) Drawing {
	var (
		p      pen
		flows  = bySide(phase)
		in     = column(phase.Picture.Headings[model.Inward], flows[model.Inward], func(f model.Flow) string { return f.From })
		out    = column(phase.Picture.Headings[model.Outward], flows[model.Outward], func(f model.Flow) string { return f.To })
		height = max(in.height, out.height, int(2*reach(phase.Picture.Shape)))
	)
	for i, b := range in.blocks {
		f, y := flows[model.Inward][i], (height-in.height)/2+in.tops[i]
		p.block(0, y, b)
		p.sign(f.Level, leftSign, y+beside)
		p.into(f, y+beside, in.end(phase, i, y+beside, height))
	}
	for i, b := range out.blocks {
		f, y := flows[model.Outward][i], (height-out.height)/2+out.tops[i]
		p.block(rightText, y, b)
		p.sign(f.Level, rightSign, y+beside)
		p.from(f, y+beside, out.end(phase, i, y+beside, height))
	}
	p.text("n", 0, (height-in.height)/2, in.heading)
	p.text("n", rightText, (height-out.height)/2, out.heading)
	p.centre(phase.Picture, middle, height/2)
	if past := flows[model.Passing]; len(past) > 0 {
		height += passingGap
		p.text("n", 0, height, []string{phase.Picture.Headings[model.Passing]})
		height += heading
		for _, f := range past {
			from, to := wrap(f.From, f.Short, wideText), wrap(f.To, "", wideText)
			p.block(0, height, from)
			p.block(rightText, height, to)
			p.past(f, height+beside)
			height += max(from.height(), to.height()) + rowGap
		}
		height -= rowGap
	}
	return p.drawn(Width, height)
}

// A side of a wide drawing has a heading, and blocks below each other.
type side struct {
	heading []string
	blocks  []block
	tops    []int
	height  int
}

func column(above string, flows []model.Flow, name func(model.Flow) string) (c side) {
	if len(flows) == 0 {
		return c
	}
	c.heading, c.height = []string{above}, heading
	for i, f := range flows {
		if i > 0 {
			c.height += rowGap
		}
		b := wrap(name(f), f.Short, wideText)
		c.blocks, c.tops = append(c.blocks, b), append(c.tops, c.height)
		c.height += b.height()
	}
	return c
}

// A point is where a line meets what stands around the centre, from its middle to the right and down.
type point struct{ x, y int }

// end gives where the line of a block at a height begins or ends: in the order of the blocks, so that no two cross. A line that is
// nearly straight is straight.
func (c side) end(phase *model.Phase, i, y, height int) point {
	n := float64(len(c.blocks) - 1)
	step := float64(spread)
	if n > 0 {
		step = min(step, fan/n)
	}
	r := reach(phase.Picture.Shape)
	down := (float64(i) - n/2) * step * r / clear
	if straight := float64(y - height/2); math.Abs(straight-down) < line/3 {
		down = straight
	}
	return point{int(math.Round(math.Sqrt(r*r - down*down))), height/2 + int(math.Round(down))}
}

// into draws a line from the left to the centre.
func (p *pen) into(f model.Flow, y int, end point) {
	if f.Level == blocked {
		p.path("lijn niet", "M%d %dh%d", leftLine, y, stopped)
		p.bar(leftLine+stopped, y)
		return
	}
	x := middle - end.x
	half := (leftBend + x - 11) / 2
	p.path("lijn "+levels[f.Level], "M%d %dH%dC%d %d %d %d %d %d", leftLine, y, leftBend, half, y, half, end.y, x-11, end.y)
	p.to(f.Level, x, end.y, true)
}

// from draws a line from the centre to the right.
func (p *pen) from(f model.Flow, y int, start point) {
	const end = rightLine - 11
	x := middle + start.x
	half := (x + rightBend) / 2
	p.path("lijn "+levels[f.Level], "M%d %dC%d %d %d %d %d %dH%d", x, start.y, half, start.y, half, y, rightBend, y, end)
	if f.Level == blocked {
		p.bar(end, y)
		return
	}
	p.to(f.Level, rightLine, y, true)
}

// past draws a line that passes below the centre.
func (p *pen) past(f model.Flow, y int) {
	p.sign(f.Level, leftSign, y)
	if f.Level == blocked {
		p.path("lijn niet", "M%d %dH%d", leftLine, y, middle)
		p.bar(middle, y)
		return
	}
	p.path("lijn "+levels[f.Level], "M%d %dH%d", leftLine, y, rightText-25)
	p.to(f.Level, rightText-14, y, true)
}
