package browser

import "testing"

const ticked = "[...document.querySelectorAll('.vinken input')].map(e => +e.checked).join('')"

// TestAChecklistIsKeptOnRequestOnly ticks the first two lines of a checklist of a phase.
func TestAChecklistIsKeptOnRequestOnly(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	open := func(v *Page) {
		v.Open("fasen/triage/")
		v.Wait("the checklist", "!document.querySelector('.vinken-doen').hidden")
	}
	state := func(v *Page) (out string) {
		v.Eval(ticked+".slice(0, 3)", &out)
		return out
	}
	const first, second, keep, again = ".vinken li:nth-child(1) input", ".vinken li:nth-child(2) input", ".vinken-doen input", ".vinken-doen button"

	v := chromium.Page(t, site, View{Width: 360})
	open(v)
	v.Click(first)
	v.Open("fasen/")
	open(v)
	if got := state(v); got != "000" {
		t.Errorf("not asked to, the page kept %s", got)
	}
	v.Click(first)
	v.Click(keep)
	v.Click(second)
	v.Axe()
	v.Open("fasen/")
	open(v)
	if got := state(v); got != "110" {
		t.Errorf("asked to, the page kept %s, want 110", got)
	}
	v.Open("fasen/aanmelding/")
	v.Wait("the other checklist", "!document.querySelector('.vinken-doen').hidden")
	if got := state(v); got != "000" {
		t.Errorf("another phase has the ticks of this one: %s", got)
	}
	open(v)
	v.Click(again)
	if got := state(v); got != "000" {
		t.Errorf("after beginning again %s is ticked", got)
	}
	v.Click(keep)
	open(v) // what is kept is checked to be nothing when the page closes
}

func TestAChecklistHasNoDeadButtons(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	v := chromium.Page(t, Serve(t, p.files, folder), View{Scripts: NoScripts})
	v.Open("fasen/triage/")
	var seen bool
	v.Eval("document.querySelector('.vinken-doen').checkVisibility()", &seen)
	if seen {
		t.Error("without scripts the buttons of a checklist can be seen")
	}
}
