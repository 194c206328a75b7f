package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestATreeIsSeenOrRead opens the drawing of decisions in every view: wide and on paper it is drawn, narrow the same stands there as a list;
// whoever listens always has the list, in which every question can be reached; letters of the drawing are never small.
func TestATreeIsSeenOrRead(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, view := range append(slices.Clone(views), View{Width: 320}, View{Width: 768}, View{ForcedColors: true}, View{Print: true}) {
		v := chromium.Page(t, site, view)
		for _, id := range []string{"doen-wij-mee", "mag-ik-gebruiken", "delen"} {
			v.Open("mag-dit/" + id + "/boom/")
			v.Wait("the fonts", "document.fonts.status === 'loaded'")
			var seen struct {
				Drawn, Listed, Wide bool
				Smallest            float64
				Outside, Questions  int
				Hidden              bool // from who listens, and from the keyboard
			}
			v.Eval(`(() => {
				const shown = e => Boolean(e.getClientRects().length) && getComputedStyle(e).visibility === 'visible';
				const svg = [...document.querySelectorAll('svg.boom')];
				const drawn = shown(svg[0]);
				const scale = drawn ? svg[0].getBoundingClientRect().width / svg[0].viewBox.baseVal.width : 1;
				return {
					Drawn: drawn, Listed: shown(document.querySelector('.takken')),
					Wide: document.documentElement.scrollWidth > innerWidth,
					Smallest: Math.min(...[...document.querySelectorAll('svg.boom text')].map(e => parseFloat(getComputedStyle(e).fontSize) * scale)),
					Outside: drawn ? [...document.querySelectorAll('svg.boom text')].filter(e => { const b = e.getBBox(), s = e.ownerSVGElement.viewBox.baseVal; return b.x < 0 || b.x + b.width > s.width || b.y + b.height > s.height }).length : 0,
					Questions: document.querySelectorAll('.takken > li').length,
					Hidden: svg.every(e => e.closest('[aria-hidden=true]')) && ![...document.querySelectorAll('[aria-hidden=true] :is(a,button)')].some(e => e.getAttribute('tabindex') !== '-1'),
				};
			})()`, &seen)
			narrow := !view.Print && v.width() < 1152
			if seen.Drawn == narrow || seen.Listed == view.Print || seen.Wide || seen.Outside > 0 || seen.Questions == 0 || !seen.Hidden {
				t.Errorf("%s: %s: %+v", v.describe(), id, seen)
			}
			if seen.Drawn && !view.Print && seen.Smallest < 13 {
				t.Errorf("%s: %s: letters of %.1f pixels", v.describe(), id, seen.Smallest)
			}
			if !view.Print {
				v.Axe()
			}
			v.Calm()
			v.Picture("boom-" + id)
		}
	}
}

func (p *Page) width() (width int) {
	p.t.Helper()
	p.Eval("innerWidth", &width)
	return width
}

// TestAnswersGoAlongToASheet answers a decision, goes to a sheet from its outcome, and finds there what was answered; where the answers
// are of another situation than the sheet is for, it is empty and says so.
func TestAnswersGoAlongToASheet(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	answers := "#gevaar=nee&tafel=lokale-pga&moment=casusoverleg&soort=gezondheid&herkomst=van-betrokkene&gever=politie&rol=uitvoerder&aandeel-in-plan=ja-voor-mijn-actie&zonder=nee&met-minder=nee&akkoord-inbrenger=ja-voor-dit-gebruik&afgesproken-aan-slot="
	for end, want := range map[string]string{"ja": "Je antwoorden staan al ingevuld", "nee": "Je antwoorden zijn niet overgenomen"} {
		v := &sheeted{chromium.Page(t, site, View{})}
		v.Open("mag-dit/mag-ik-meenemen/" + answers + end)
		(&decider{Page: v.Page}).ready()
		v.Wait("the outcome", "!document.querySelector('[data-deel=mee]').hidden")
		v.Eval("document.querySelector('[data-deel=mee]').dispatchEvent(new FocusEvent('focusin', {bubbles: true}))", nil)
		v.Wait("the answers in the link", "document.querySelector('[data-deel=mee] a[href*=slotafspraken]').hash")
		v.Click("[data-deel=mee] a[href*=slotafspraken]")
		v.Wait("the sheet", "location.pathname.endsWith('/slotafspraken/') && document.querySelector('[data-deel=overgenomen]')?.textContent")
		var filled []string
		v.Eval("[...document.querySelectorAll('handvat-werkblad select')].filter(s => s.value).map(s => s.name + '=' + s.selectedOptions[0].dataset.f)", &filled)
		if said := v.Text("[data-deel=overgenomen]"); !strings.HasPrefix(said, want) || (end == "ja") != (len(filled) > 0) {
			t.Errorf("%s: it says %q, with %q", end, said, filled)
		}
		for _, f := range filled {
			_, facts, _ := strings.Cut(f, "=")
			for fact := range strings.SplitSeq(facts, "&") {
				if !strings.Contains(answers+end+"&", fact+"&") {
					t.Errorf("%s was chosen, and was not answered", fact)
				}
			}
		}
		if end == "ja" {
			if said := v.said(1); said == "" || v.Count("[data-rij]:first-of-type .beoordeeld:is(.mag,.mits,.eigen,.niet,.open)") != 1 {
				t.Errorf("the rules say %q of what was filled in", said)
			}
		}
		v.Calm()
		t.Log(fmt.Sprint(len(filled), " choices"))
	}
}
