package browser

import (
	"slices"
	"testing"
)

// TestAPhaseIsDrawn opens the pages of phases in every view: one of the two drawings is there, the wide one where there is room and on
// paper; its letters are never small, stand free of each other and within it; whoever listens has none of it, and everybody has the same as text.
func TestAPhaseIsDrawn(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, view := range append(slices.Clone(views), View{Width: 320}, View{Width: 768}, View{Width: 1088}, View{ForcedColors: true}, View{ForcedColors: true, Width: 390}, View{Print: true}) {
		v := chromium.Page(t, site, view)
		for _, id := range []string{"aanmelding", "triage", "casusoverleg", "afschaling", "varianten/meldpunt"} {
			v.Open("fasen/" + id + "/")
			v.Wait("the fonts", "document.fonts.status === 'loaded'")
			var seen struct {
				Drawn             []string
				Wide              bool
				Smallest          float64
				Outside, Over     int
				Signs, Lines      int
				Hidden, Uncovered bool
				Colours           int // of lines, their ends and the table
			}
			v.Eval(`(() => {
				const shown = e => Boolean(e.getClientRects().length) && getComputedStyle(e).visibility === 'visible';
				const all = [...document.querySelectorAll('.stroom>svg')], svg = all.filter(shown);
				const texts = [...svg[0].querySelectorAll('text')], boxes = texts.map(e => e.getBBox()), view = svg[0].viewBox.baseVal;
				const scale = svg[0].getBoundingClientRect().width / view.width;
				const lines = document.querySelectorAll('#stromen~.stel>li');
				return {
					Drawn: svg.map(e => e.getAttribute('class')),
					Wide: document.documentElement.scrollWidth > innerWidth,
					Smallest: Math.min(...texts.map(e => parseFloat(getComputedStyle(e).fontSize) * scale)),
					Outside: boxes.filter(b => b.x < -1 || b.x + b.width > view.width + 1 || b.y < -4 || b.y + b.height > view.height + 4).length,
					Over: boxes.filter((a, i) => boxes.some((b, j) => j < i && a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < 15)).length,
					Signs: svg[0].querySelectorAll('use').length, Lines: lines.length,
					Hidden: all.every(e => e.closest('[aria-hidden=true]')) && !document.querySelector('.stroom :is(a,button,[tabindex])'),
					Uncovered: [...lines].every(shown),
					Colours: new Set([...svg[0].querySelectorAll('path,.tafel')].map(e => getComputedStyle(e)).flatMap(s => [s.stroke, s.fill]).filter(c => c !== 'none')).size,
				};
			})()`, &seen)
			form := "wijd"
			if !view.Print && v.width() < 1088 {
				form = "hoog"
			}
			if !slices.Equal(seen.Drawn, []string{form}) || seen.Wide || seen.Outside+seen.Over > 0 || seen.Signs == 0 || seen.Signs != seen.Lines || !seen.Hidden || !seen.Uncovered {
				t.Errorf("%s: %s: %+v", v.describe(), id, seen)
			}
			if !view.Print && seen.Smallest < 13 {
				t.Errorf("%s: %s: letters of %.1f pixels", v.describe(), id, seen.Smallest)
			}
			few, many := 3, 9 // one for each verdict that is there, and for the table
			switch {
			case view.ForcedColors:
				few, many = 1, 1
			case view.Print:
				few, many = 2, 2 // ink and paper
			}
			if seen.Colours < few || seen.Colours > many {
				t.Errorf("%s: %s: %d colours", v.describe(), id, seen.Colours)
			}
			v.Calm()
		}
		v.Picture("fase")
	}
}
