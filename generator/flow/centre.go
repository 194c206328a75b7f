package flow

import (
	"fmt"
	"math"

	"handvat/generator/letters"
	"handvat/generator/model"
)

// The table in pixels: how far its edge and its chairs are from the middle, and what lines keep clear of.
const (
	tableSize = 72
	chairs    = 96
	chair     = 10.5
	clear     = 122
	clearNone = 84 // where nobody sits around it
)

// reach is how far from the middle of the centre the lines begin and end.
func reach(shape int) float64 {
	if shape == model.NoTable {
		return clearNone
	}
	return clear
}

type centreLine struct {
	text, class string
	font        letters.Font
}

// centreLines are the words on the table: the name in bold, and below it what else there is to say.
func centreLines(name, text string) (out []centreLine) {
	const width = 2*tableSize - 12
	for _, l := range even(letters.Bold, name, width) {
		out = append(out, centreLine{l, "n op", letters.Bold})
	}
	for _, l := range even(letters.Regular, text, width) {
		out = append(out, centreLine{l, "op", letters.Regular})
	}
	return out
}

// centre draws the table, filled as that of now, with its chairs and its words.
func (p *pen) centre(picture *model.Picture, x, y int) {
	fmt.Fprintf(p, `<g class="nu"><circle class="tafel" cx="%d" cy="%d" r="%d"/>`, x, y, tableSize)
	for _, c := range seats(picture.Shape) {
		angle := 2 * math.Pi * c.turn
		fmt.Fprintf(p, `<circle class="%s" cx="%.0f" cy="%.0f" r="%v"/>`, c.class, float64(x)+chairs*math.Sin(angle), float64(y)-chairs*math.Cos(angle), chair)
	}
	p.WriteString("</g>")
	lines := centreLines(picture.Name, picture.Text)
	for i, l := range lines {
		p.text(l.class, x, y-len(lines)*line/2+i*line, []string{l.text})
	}
}

// A seat stands around the table, a part of a turn from the top.
type seat struct {
	turn  float64
	class string
}

func seats(shape int) (out []seat) {
	switch shape {
	case model.NoTable:
		return nil
	case model.TwoChairs:
		return []seat{{3. / 8, "stoel"}, {7. / 8, "stoel"}}
	}
	const all = 12
	for i := range all {
		out = append(out, seat{float64(i) / all, "stoel"})
		if shape == model.OneStays && i < all-1 {
			out[i].class = "leeg"
		}
	}
	return out
}
