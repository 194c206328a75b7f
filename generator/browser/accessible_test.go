package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// views are those in which every template is looked at.
var views = []View{{Width: 360}, {Width: 360, Dark: true}, {Width: 1280}, {Width: 1280, Dark: true}}

func (v View) String() string { return fmt.Sprintf("%d%s", v.Width, choose(v.Dark, "-dark", "")) }

func TestTemplatesAreAccessible(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, "/")
	for _, view := range views {
		t.Run(view.String(), func(t *testing.T) {
			t.Parallel()
			page := chromium.Page(t, site, view)
			for _, path := range p.templates() {
				page.Open(path)
				page.Axe()
				page.Calm()
				page.Picture("pagina-" + strings.ReplaceAll(strings.Trim(path, "/"), "/", "-"))
			}
			page.OpenMissing("bestaat/niet/")
			page.Axe()
			page.Picture("404")
		})
	}
}

func TestDecisionsAreAccessible(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, "/")
	for _, view := range views {
		t.Run(view.String(), func(t *testing.T) {
			t.Parallel()
			v := &decider{Page: chromium.Page(t, site, view)}
			look := func(state, path string) {
				t.Helper()
				v.Open("")
				v.Open(path)
				v.ready()
				v.Axe()
				v.Calm()
				v.Picture(state + "-" + v.d.ID)
			}
			journeys := ofEveryKind(p.journeys(t))
			if view == views[0] {
				journeys = append(journeys, firsts(p.journeys(t))...) // what differs between decisions of a kind is text
			}
			for _, j := range journeys {
				first := v.d != j.d
				v.journey = j
				look("uitkomst-"+j.d.Outcomes[j.outcome].ID, j.page()+j.fragment())
				if first {
					look("begin", j.page())
					look("open", j.page()+j.unknown())
				}
				if half, _, more := strings.Cut(j.fragment(), "&"); first && more {
					look("halverwege", j.page()+half)
				}
			}
		})
	}
}

func TestDecisionsAreAccessibleWithoutScripts(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, "/")
	for _, view := range []View{{Width: 360, Scripts: NoScripts}, {Width: 1280, Dark: true, Scripts: NoScripts}} {
		t.Run(view.String(), func(t *testing.T) {
			t.Parallel()
			v := &decider{Page: chromium.Page(t, site, view)}
			for _, j := range ofEveryKind(p.journeys(t)) {
				if !p.written(j) {
					continue // its rules are in the page that other tests look at
				}
				first := v.d != j.d
				v.journey = j
				v.Open(j.page())
				if first {
					v.Axe()
				}
				v.expect(v.finish(v.give))
				v.Axe()
				v.Calm()
			}
		})
	}
}

// wider lists what is wider than the window.
const wider = `document.documentElement.scrollWidth <= innerWidth ? [] :
	[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility()).slice(0, 3).map(e => e.outerHTML.slice(0, 120))`

// spaced gives the text of the page the room that some readers need (WCAG 2.2, 1.4.12).
const spaced = `(sheet => {
	sheet.replaceSync('* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} p {margin-bottom: 2em !important}');
	document.adoptedStyleSheets = [sheet];
})(new CSSStyleSheet())`

// At 320 pixels, which is also a window of 1280 at 400%, nothing is wider than the window (WCAG 2.2, 1.4.10); also not with
// more room between letters, words and lines, on a page of every template.
func TestNothingIsWiderThanASmallWindow(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, "/")
	page := chromium.Page(t, site, View{Width: 320, Height: 640})
	templates := p.templates()
	for _, path := range p.pages() {
		page.Open(path)
		for _, room := range []string{"0", spaced} {
			if room == spaced && !slices.Contains(templates, path) {
				continue
			}
			var wide []string
			page.Eval(room, nil)
			page.Eval(wider, &wide)
			for _, e := range wide {
				t.Errorf("%s: wider than the window%s: %s", path, choose(room == spaced, ", with room between letters", ""), e)
			}
		}
		page.Calm()
	}
}
