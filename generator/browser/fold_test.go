package browser

import "testing"

// TestAPhaseIsFoldedInANarrowWindow: what is there to look up stands closed under its heading; a link to it opens it, paper
// shows it, and where nothing can fold it is simply there.
func TestAPhaseIsFoldedInANarrowWindow(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	const (
		page  = "fasen/triage/"
		parts = "document.querySelectorAll('.kolommen .tekst, [aria-labelledby=alle-vragen]').length"
		shown = "[...document.querySelectorAll('.kolommen .tekst, [aria-labelledby=alle-vragen]')].filter(e => e.checkVisibility()).length"
	)
	count := func(v *Page, expression string) (n int) {
		v.Eval(expression, &n)
		return n
	}
	ready := func(v *Page) { v.Wait("the checklist", "!document.querySelector('.vinken-doen').hidden") }

	v := chromium.Page(t, site, View{Width: 360})
	v.Open(page)
	ready(v)
	all := count(v, parts)
	if all < 10 || count(v, "document.querySelectorAll('main details > summary > h2[id]').length") != all {
		t.Errorf("of %d parts not each is folded under its heading", all)
	}
	if n := count(v, shown); n != 0 {
		t.Errorf("%d of %d parts are open", n, all)
	}
	if n := count(v, "[...document.querySelectorAll('.vinken, .stel')].filter(e => !e.checkVisibility()).length"); n != 0 {
		t.Errorf("%d checklists and lists of verdicts are folded away", n)
	}
	v.Axe()
	v.Click(".wijzer a[href$='#alle-vragen']")
	v.Wait("the part a link leads to", shown+" === 1")
	v.Eval("dispatchEvent(new Event('beforeprint'))", nil)
	if n := count(v, shown); n != all {
		t.Errorf("on paper %d of %d parts are there", n, all)
	}

	v = chromium.Page(t, site, View{Width: 360})
	v.Open(page + "#wat-hoort-de-betrokkene")
	ready(v)
	if n := count(v, shown); n != 1 {
		t.Errorf("opened at a part, the page shows %d", n)
	}
	var top float64
	v.Eval("document.querySelector(':target').getBoundingClientRect().top", &top)
	if top < 0 || top > 200 {
		t.Errorf("opened at a part, the page shows it at %v", top)
	}

	for name, view := range map[string]View{"wide": {Width: 1280}, "without scripts": {Width: 360, Scripts: NoScripts}} {
		v := chromium.Page(t, site, view)
		v.Open(page)
		if view.Scripts != NoScripts {
			ready(v)
		}
		if n := count(v, shown); n != all {
			t.Errorf("%s: %d of %d parts are there", name, n, all)
		}
	}
}

// TestRulesAreFoldedInANarrowWindow: of all rules the outcomes stand first; a link to a rule opens the outcome it belongs to.
func TestRulesAreFoldedInANarrowWindow(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	const (
		page  = "mag-dit/mag-ik-meenemen/regels/"
		all   = "document.querySelectorAll('[data-niveau] .regel, #voorwaarden .regel').length"
		shown = "[...document.querySelectorAll('[data-niveau] .regel, #voorwaarden .regel')].filter(e => e.checkVisibility()).length"
	)
	count := func(v *Page, expression string) (n int) {
		v.Eval(expression, &n)
		return n
	}
	v := chromium.Page(t, site, View{Width: 360})
	v.Open(page)
	v.Wait("the folded rules", "document.querySelector('.regelboek > details > #voorwaarden')")
	if n := count(v, shown); n != 0 || count(v, all) < 10 {
		t.Errorf("%d of %d rules and conditions are open", n, count(v, all))
	}
	if n := count(v, "[...document.querySelectorAll('.regelboek summary :is(h2, h3)')].filter(e => e.checkVisibility()).length"); n < 3 {
		t.Errorf("%d outcomes are there to open", n)
	}
	v.Axe()
	v.Click(".wijzer a[href*='#regels-']")
	v.Wait("the outcome a link leads to", "document.querySelector(':target').checkVisibility()")
	v.Eval("dispatchEvent(new Event('beforeprint'))", nil)
	if n := count(v, shown); n != count(v, all) {
		t.Errorf("on paper %d of %d rules and conditions are there", n, count(v, all))
	}
	for name, view := range map[string]View{"wide": {Width: 1280}, "without scripts": {Width: 360, Scripts: NoScripts}} {
		v := chromium.Page(t, site, view)
		v.Open(page)
		if n := count(v, shown); n != count(v, all) {
			t.Errorf("%s: %d of %d rules and conditions are there", name, n, count(v, all))
		}
	}
}
