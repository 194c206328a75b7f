package browser

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/dom"
)

// What a visitor hears who does not see the page: what is told without being asked, under which names things stand, and
// where he goes on reading.

// listen notes what is told from here on: what comes into places that a screen reader listens to.
func (p *Page) listen() {
	p.t.Helper()
	p.Eval(`void (globalThis.heard = [], document.querySelectorAll('[role=status], [role=alert]').forEach(e => new MutationObserver(() => {
		const words = e.textContent.replace(/\s+/g, ' ').trim();
		if (words) heard.push(words);
	}).observe(e, {childList: true, characterData: true, subtree: true})))`, nil)
}

// heard gives what was told since the last time.
func (p *Page) heard() []string {
	p.t.Helper()
	var out []string
	p.Eval("heard.splice(0)", &out)
	return out
}

// names gives what a screen reader calls all things of a role in an element.
func (p *Page) names(selector, role string) []string {
	p.t.Helper()
	root := must(p, dom.GetDocument, dom.GetDocumentParams{}).Root
	found := must(p, dom.QuerySelector, dom.QuerySelectorParams{NodeID: root.NodeID, Selector: selector})
	var out []string
	for _, node := range must(p, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{NodeID: found.NodeID, Role: role}).Nodes {
		var name string
		if node.Ignored || node.Name == nil {
			continue
		}
		if err := json.Unmarshal(node.Name.Value, &name); err != nil {
			p.t.Fatal(err)
		}
		out = append(out, name)
	}
	return out
}

// An answer brings the next question, under its own name and with how far along it is; what is still possible is told where
// it changed, and not any more at an outcome: there it would contradict the verdict.
func TestWhatIsHeardOfADecision(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	v := &decider{chromium.Page(t, Serve(t, p.files, folder), View{}), atLeastTwo(t, p)}
	v.Open(v.page())
	v.ready()
	v.listen()
	var told []string
	v.finish(func(value int) {
		v.typeAnswer(value)
		told = append(told, v.heard()...)
		if v.question() == "" {
			return
		}
		var far string
		v.Eval("document.querySelector('[data-deel=hoofd] fieldset').getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent).join(' ')", &far)
		if !strings.HasPrefix(far, "Vraag ") {
			t.Errorf("the question %q is described as %q", v.question(), far)
		}
	})
	if len(slices.Compact(slices.Clone(told))) != len(told) {
		t.Errorf("the same is told twice: %q", told)
	}
	if still := v.Text("[data-deel=melding]"); still != "" {
		t.Errorf("at the outcome %q stands above it: %q", v.verdict(), still)
	}
}

// Who goes from heading to heading can tell the reasons of one decision from those of another.
func TestHeadingsOfAnOutcomeDiffer(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	v := &decider{Page: chromium.Page(t, Serve(t, p.files, folder), View{})}
	for _, j := range p.journeys(t) {
		v.journey = j
		v.Open("")
		v.Open(j.page() + j.fragment())
		v.ready()
		v.verdict()
		if v.Count("[data-deel=hoofd] .uit") < 2 {
			continue
		}
		headings := v.names("main", "heading")
		slices.Sort(headings)
		if different := slices.Compact(slices.Clone(headings)); len(different) != len(headings) {
			t.Errorf("%s: headings with the same words: %q", j.name(), headings)
		}
		return
	}
	t.Fatal("no outcome rests on two other decisions")
}

// A button of a cell can be told from every other, without all names of its row and column, which the table says itself.
// Who follows a link in the explanation of a cell goes on in that explanation, and links lead somewhere under any path.
func TestWhatIsHeardOfTheDeelwijzer(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	v := sharer{chromium.Page(t, Serve(t, p.files, folder), View{})}
	v.table("#gever=ggz-instelling&tafel=lokale-pga")
	buttons := v.names(".deeltabel", "button")
	slices.Sort(buttons)
	if different := slices.Compact(slices.Clone(buttons)); len(buttons) < 10 || len(different) != len(buttons) {
		t.Errorf("%d of %d buttons can be told apart: %q", len(different), len(buttons), buttons)
	}
	for _, name := range buttons {
		if len(name) > 120 {
			t.Errorf("a button is called %q", name)
		}
	}
	v.TabTo("a cell", "e.matches('.deeltabel button')")
	v.Press("Enter")
	v.Wait("the explanation", "document.activeElement.matches('.uitlegrij h3')")
	v.TabTo("another answer", "e.matches('.uitlegrij .stel a')")
	v.Press("Enter")
	v.Wait("the explanation of the same cell", "document.activeElement.matches('.uitlegrij h3')")
	v.TabTo("the way out", "e.matches('.uitlegrij [data-doe=sluit]')")
	v.Press("Enter")
	v.Wait("the cell", "document.activeElement.matches('.deeltabel button')")
	v.Click(".deeltabel thead a")
	v.Wait("the party", "location.pathname.includes('/partijen/') && document.readyState === 'complete'")
	if words := v.Text("h1"); words == "" || !strings.HasPrefix(v.Path(), "partijen/") {
		t.Errorf("a name in the head leads to %s: %q", v.Path(), words)
	}
}

// In a narrow window the names of the columns stand in the cells, for who hears them too.
func TestEveryCellOfANarrowTableNamesItsColumn(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	page := chromium.Page(t, Serve(t, p.files, folder), View{Width: 360})
	for _, name := range []string{"deelwijzer/casusoverleg/politie/", sharingPage + "#gever=politie"} {
		page.Open(name)
		page.Wait("a table", "document.querySelector('.deeltabel td')")
		columns := page.names(".deeltabel", "columnheader")[1:]
		cells := page.names(".deeltabel", "cell")
		for i, cell := range cells {
			first, _, _ := strings.Cut(columns[i%len(columns)], " ,")
			if !strings.HasPrefix(cell, first) {
				t.Fatalf("%s: of %d cells under %q number %d is called %q", name, len(cells), columns, i, cell)
			}
		}
	}
}

// Who types a word is told once what was found, not after every letter.
func TestResultsAreToldOnce(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	page := chromium.Page(t, Serve(t, p.files, folder), View{})
	page.Open("zoeken/#zoek=avg")
	page.Wait("results", "document.querySelector('[data-deel=aantal]').textContent")
	page.listen()
	page.Eval(`(async field => {
		for (const word of ['zorg', 'zorgg', 'zorgge', 'zorggeh']) {
			field.value = word;
			field.dispatchEvent(new Event('input', {bubbles: true}));
			await new Promise(done => setTimeout(done, 300));
		}
	})(document.querySelector('#zoek'))`, nil)
	page.Wait("what was found", "heard.length")
	if told := page.heard(); len(told) != 1 || !strings.HasSuffix(told[0], "resultaten") {
		t.Errorf("while typing it tells %q", told)
	}
	// Where nothing is found the visitor stays at his word.
	page.Open("")
	page.Open("zoeken/#zoek=qxzqxz")
	page.Wait("that nothing is found", "document.querySelector('[data-deel=aantal]').textContent === 'Geen resultaten'")
	page.Click("#zoek")
	page.Press("Enter")
	if f := page.Focus(); f.ID != "zoek" {
		t.Errorf("Enter leads to %+v", f)
	}
}

// What the rules say of a row is told with its number when it changes, and only then; a field is called by its name alone.
func TestWhatIsHeardOfTheClosingGrid(t *testing.T) {
	t.Parallel()
	v := openSheet(t, "slotafspraken", View{})
	v.closing()
	v.listen()
	for _, role := range []string{"textbox", "combobox"} {
		for _, name := range v.names("[data-rij]", role) {
			for _, words := range sheetRows[0] {
				if strings.Contains(name, words) {
					t.Errorf("a field is called %q, with what is in it", name)
				}
			}
		}
	}
	told := func(want ...string) {
		t.Helper()
		// The rules are there already: what they say follows at once, and the page is asked after that.
		if got := v.heard(); !slices.EqualFunc(got, want, strings.HasPrefix) {
			t.Errorf("it tells %q, not %q", got, want)
		}
	}
	v.fill(3, "rol", "Deze actie uit het plan")
	told("Regel 3: Mag")
	v.fill(3, "akkoord", "Kies")
	told("Regel 3: Nog niet te zeggen. Vul eerst in: Antwoord.")
	v.fill(3, "inbrenger", "Politie")
	told()
	v.fill(3, "rol", "Niets: denkt mee als adviseur")
	told("Regel 3 mag zo niet.")
	v.fill(2, "rol", "De regie op het plan")
	told()
}
