package flow

import (
	"math"

	"handvat/generator/model"
)

// Where things stand in a narrow drawing, in pixels: along a rail at the left, as the phases are on such a window.
const (
	Narrow     = 328
	rail       = 12
	narrowSign = 62
	narrowText = narrowSign + sign + 10
	narrowGap  = 22
	bend       = 20
	between    = 30 // above and below the centre
)

// Tall draws a phase for a narrow window: what goes to the centre above it, what comes from there below it, and last what passes by.
func Tall(phase *model.Phase) Drawing {
	var p pen
	flows, top := bySide(phase), 0
	rows := func(of int, name func(model.Flow) string, draw func(f model.Flow, y int)) (first, last int) {
		for i, f := range flows[of] {
			if i == 0 {
				p.text("n", narrowText, top, []string{phase.Picture.Headings[of]})
				top += heading
				first = top + beside
			}
			b := wrap(name(f), f.Short, Narrow-narrowText)
			p.block(narrowText, top, b)
			p.sign(f.Level, narrowSign, top+beside)
			draw(f, top+beside)
			last = top + beside
			top += b.height() + narrowGap
		}
		return first, last
	}

	first, _ := rows(model.Inward, func(f model.Flow) string { return f.From }, p.toRail)
	if len(flows[model.Inward]) > 0 {
		top += between - narrowGap
	}
	r := int(math.Ceil(reach(phase.Picture.Shape))) - 12 // no lines end here
	y := top + r
	p.centre(phase.Picture, Narrow/2, y)
	edge := Narrow/2 - int(reach(phase.Picture.Shape)) + 6
	if len(flows[model.Inward]) > 0 {
		p.path("lijn rail", "M%d %dV%dQ%d %d %d %dH%d", rail, first-1, y-bend, rail, y, rail+bend, y, edge)
	}
	top = y + r + between
	_, last := rows(model.Outward, func(f model.Flow) string { return f.To }, p.fromRail)
	if last > 0 {
		p.path("lijn rail", "M%d %dH%dQ%d %d %d %dV%d", edge, y, rail+bend, rail, y, rail, y+bend, last+1)
	}
	if len(flows[model.Passing]) > 0 && last > 0 {
		top += between - narrowGap
	}
	for i, f := range flows[model.Passing] {
		if i == 0 {
			p.text("n", narrowText, top, []string{phase.Picture.Headings[model.Passing]})
			top += heading
		}
		from, to := wrap(f.From, f.Short, Narrow-narrowText), wrap(f.To, "", Narrow-narrowText)
		below := top + from.height() + narrowGap/2
		p.block(narrowText, top, from)
		p.block(narrowText, below, to)
		p.sign(f.Level, narrowSign, top+beside)
		p.around(f, top+beside, below+beside)
		top = below + to.height() + narrowGap
	}
	return p.drawn(Narrow, top-narrowGap+line/2) // the bar at a last name is higher than it
}

// toRail draws a line from a sign to the rail.
func (p *pen) toRail(f model.Flow, y int) {
	end := rail + 16
	if f.Level == blocked {
		end = rail + 22
	}
	p.path("lijn "+levels[f.Level], "M%d %dH%d", narrowSign-3, y, end)
	if f.Level == blocked {
		p.bar(end, y)
		return
	}
	p.to(f.Level, rail+4, y, false)
}

// fromRail draws a line from the rail to a sign.
func (p *pen) fromRail(f model.Flow, y int) {
	end := narrowSign - 16
	if f.Level == blocked {
		end = narrowSign - 20
	}
	p.path("lijn "+levels[f.Level], "M%d %dH%d", rail+2, y, end)
	if f.Level == blocked {
		p.bar(end, y)
		return
	}
	p.to(f.Level, narrowSign-5, y, true)
}

// around draws a line that goes around what stands beside it, from a sign to a name below it.
func (p *pen) around(f model.Flow, from, to int) {
	out, end := rail+8, narrowText-18
	if f.Level == blocked {
		end = narrowSign - 4
	}
	p.path("lijn "+levels[f.Level], "M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d", narrowSign-3, from, out+bend, out, from, out, from+bend, to-bend, out, to, out+bend, to, end)
	if f.Level == blocked {
		p.bar(end, to)
		return
	}
	p.to(f.Level, narrowText-7, to, true)
}
