package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// inSecond opens a page in the second browser.
func inSecond(t testing.TB, site *Site, view View) *Page {
	t.Helper()
	f, err := firefoxes[view.Scripts != NoScripts]()
	if err != nil {
		t.Fatal(err)
	}
	return f.Page(t, site, view)
}

// What a page does wrong must be seen in the second browser too.
func TestMistakesAreSeenInFirefox(t *testing.T) {
	for _, c := range []struct{ name, body, script, want string }{
		{"nothing", "", "", ""},
		{"a message", "", "console.log('hallo', 1)", "console info: hallo 1"},
		{"an exception", "", "throw new Error('stuk')", "Error: stuk"},
		{"a promise nobody waits for", "", "Promise.reject(new Error('stuk'))", "Error: stuk"},
		{"a script in the page", "<script>var x = 1</script>", "", "Content-Security-Policy"},
		{"a style in the page", "<p style='color: red'>x</p>", "", "Content-Security-Policy"},
		{"eval", "", "try { eval('1') } catch {}", "Content-Security-Policy"},
		{"a picture from elsewhere", "<img alt='x' src='http://127.0.0.1:9/x.png'>", "", "Content-Security-Policy"},
		{"a missing file", "<img alt='x' src='weg.png'>", "", "status 404"},
		{"a request outside the folder of the site", "<img alt='x' src='/beeld.png'>", "", "a request outside the site: GET http"},
		{"a cookie", "", "document.cookie = 'a=b'", "a cookie a"},
		{"local storage", "", "localStorage.x = 1", "stored: localStorage x"},
		{"a data base", "", "indexedDB.open('x')", "stored: indexedDB x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, all := mistaken(t, inSecond, c.body, c.script); c.want == "" && all != "" || !strings.Contains(all, c.want) {
				t.Errorf("got:\n%s\nwant: %s", all, c.want)
			}
		})
	}
}

// TestTheMainPathsInFirefox goes from the home page by way of the sentence, or of a phase without scripts, to a verdict.
func TestTheMainPathsInFirefox(t *testing.T) {
	p := realSite(t)
	site := Serve(t, p.files, folder)
	all := p.journeys(t)
	j := all[slices.IndexFunc(all, func(j journey) bool { return len(j.d.Moments) > 0 && p.written(j) })]
	for _, scripts := range EveryScripts {
		t.Run(scripts.String(), func(t *testing.T) {
			v := &decider{inSecond(t, site, View{Scripts: scripts, Width: 360}), j}
			v.Open("")
			v.Click("main a[href$='fasen/" + j.d.Moments[0] + "/']")
			v.Wait("the phase", "location.pathname.endsWith('/fasen/"+j.d.Moments[0]+"/') && document.readyState === 'complete'")
			question := "main a[href$='/" + j.page() + "']"
			v.Click(".wijzer a[href$='#alle-vragen']") // in a narrow window a script folds the questions
			v.Wait("the questions of the phase", fmt.Sprintf("document.querySelector(%q).checkVisibility()", question))
			v.Click(question)
			v.Wait("the decision", "location.pathname.endsWith('/"+j.page()+"') && document.readyState === 'complete'")
			v.ready()
			v.expect(v.finish(v.give))
		})
	}
}

func TestTheSentenceInFirefox(t *testing.T) {
	p := realSite(t)
	page := inSecond(t, Serve(t, p.files, folder), View{Width: 360})
	s := p.Model.Sentence
	page.lead(chosen{s.Who[0], s.Where[0], s.Want[0]})
}

func TestDecisionsInFirefox(t *testing.T) {
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, scripts := range append([]Scripts{NoScripts}, withScripts...) {
		t.Run(scripts.String(), func(t *testing.T) {
			v := &decider{inSecond(t, site, View{Scripts: scripts}), atLeastTwo(t, p)}
			v.backAndForward()
			if scripts == NoScripts {
				return
			}
			for _, j := range firsts(ofEveryKind(p.journeys(t))) {
				v.journey = j
				v.fromALink()
				v.Open("")
				v.changeTheFirst(p)
			}
		})
	}
}

func TestKeyboardOnlyInFirefox(t *testing.T) {
	p := realSite(t)
	j := p.journeys(t)[0]
	v := &decider{inSecond(t, Serve(t, p.files, folder), View{}), j}
	v.Open(j.page())
	v.ready()
	v.expect(v.finish(v.typeAnswer))
	if f := v.Focus(); f.Tag != "h1" || !strings.EqualFold(f.Text, j.verdict()) {
		t.Errorf("after the last answer the focus is on %+v", f)
	}
}

// TestPagesInFirefox opens a page of every template, in a small window: nothing is wider, nothing complains.
func TestPagesInFirefox(t *testing.T) {
	p := realSite(t)
	site := Serve(t, p.files, "/")
	for _, scripts := range []Scripts{NoScripts, WithWebAssembly} {
		t.Run(scripts.String(), func(t *testing.T) {
			page := inSecond(t, site, View{Scripts: scripts, Width: 320})
			for _, path := range p.templates() {
				page.Open(path)
				var wide int
				if page.Eval("document.documentElement.scrollWidth", &wide); wide > 320 {
					t.Errorf("%s: %s is %d wide", scripts, path, wide)
				}
				page.Calm()
			}
			page.OpenMissing("bestaat/niet/")
		})
	}
}

func TestSearchingInFirefox(t *testing.T) {
	p := realSite(t)
	page := inSecond(t, Serve(t, p.files, folder), View{})
	page.Open("zoeken/")
	page.Click("#zoek")
	page.Press("c", "o", "r", "p", "o", "Enter")
	page.Wait("the first result", "document.activeElement.matches('[data-deel=uit] a')")
	page.Press("Enter")
	page.Wait("the page", "!location.pathname.endsWith('/zoeken/')")
	page.Back()
	page.Wait("what was found", "document.querySelector('[data-deel=uit] a[href$=\"partijen/woningcorporatie/\"]') && document.querySelector('#zoek').value === 'corpo'")
}

// TestTheDeelwijzerInFirefox holds a table that the script makes against the page without scripts, and opens and closes a cell.
func TestTheDeelwijzerInFirefox(t *testing.T) {
	p := realSite(t)
	site := Serve(t, p.files, folder)
	plain := sharer{inSecond(t, site, View{Scripts: NoScripts})}
	plain.Open(sharingPage + "casusoverleg/politie/")
	for _, scripts := range withScripts {
		v := sharer{inSecond(t, site, View{Scripts: scripts})}
		v.table("#moment=casusoverleg&tafel=zvh-casus&gever=politie")
		want := plain.cells("document.querySelector('[aria-labelledby=tabel-zvh-casus]')")
		if have := v.cells(onlyTable); !slices.EqualFunc(have, want, slices.Equal) {
			t.Errorf("%s:\n%q\nand the page says\n%q", scripts, have, want)
		}
		head := v.Text("[data-deel=kop]")
		v.choose("gever", "college-wmo")
		v.Wait("another table", "document.querySelector('[data-deel=kop]').innerText !== "+quote(head))
		v.Back()
		v.Wait("the first table", "document.querySelector('[data-deel=kop]').innerText === "+quote(head))
		if have := v.cells(onlyTable); !slices.EqualFunc(have, want, slices.Equal) {
			t.Errorf("%s: back gives another table:\n%q", scripts, have)
		}
		v.Click(".deeltabel td button")
		v.Wait("the explanation", "document.activeElement.matches('.uitlegrij h3')")
		v.Press("Escape")
		v.Wait("the table alone", "!document.querySelector('.uitlegrij') && document.activeElement.matches('.deeltabel td button')")
		v.Calm()
	}
}

func TestTheClosingGridInFirefox(t *testing.T) {
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, scripts := range withScripts {
		v := &sheeted{inSecond(t, site, View{Scripts: scripts})}
		v.sheet("slotafspraken")
		v.closing()
		for i, want := range []string{"Mag, mits", "Mag Waarom", "Mag niet"} {
			if got := v.said(i + 1); !strings.HasPrefix(got, want) {
				t.Errorf("%s: row %d says %q", scripts, i+1, got)
			}
		}
	}
}

func TestWithoutAConnectionInFirefox(t *testing.T) {
	p := realSite(t)
	h := newHost(t, p.published(t, nil))
	j := p.journeys(t)[0]
	v := &decider{inSecond(t, &h.Site, View{Width: 360}), j}
	v.withoutAConnection(h, p.start(j, WithWebAssembly))
}
