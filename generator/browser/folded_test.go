package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"handvat/generator/model"
)

// Many answers stand under headings. In a narrow window, with scripts, those are folded: each heading opens its answers, and
// until then has their names under it.

// headed gives every question of which the answers stand under headings, once, with the page that asks it.
func (p *project) headed(t *testing.T) map[*model.Fact]string {
	t.Helper()
	out := map[*model.Fact]string{}
	for _, proof := range p.Proofs {
		d := proof.Decision
		for _, f := range d.Questions {
			under := slices.ContainsFunc(p.Model.Attributes, func(a *model.Attribute) bool { return a.Headings && f.From == a.Of })
			if !under || out[f] != "" || proof.Walk == nil {
				continue
			}
			if way, ok := wayTo(proof.Walk, f, p.today(d)); ok {
				out[f] = "mag-dit/" + d.ID + "/#" + way
			}
		}
	}
	if len(out) < 3 {
		t.Fatalf("%d questions have answers under headings", len(out))
	}
	return out
}

// A list of answers as it is seen.
type list struct {
	Groups, Opens, Open int // headings, those that can be opened or closed, and those that are open
	Answers, Named      int // under headings, and those of which the name is in sight
	Chosen, Choosable   int // the answer that is chosen, or -1; those under headings that can be chosen
	High                float64
}

func (v *decider) list() (seen list) {
	v.t.Helper()
	v.Eval(`(main => {
		const shown = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects()[0].width > 1, all = selector => [...main.querySelectorAll('.rubriek ' + selector)];
		return {
			Groups: main.querySelectorAll('.rubriek').length, Opens: all('summary').filter(shown).length, Open: all('details[open]').length,
			Answers: all('label').length, Named: all('label span').filter(shown).length, Choosable: all('input').filter(shown).length,
			Chosen: +(main.querySelector('input:checked')?.value ?? -1),
			High: Math.max(...all('label').map(e => e.getBoundingClientRect().bottom)) - main.getBoundingClientRect().top,
		};
	})(document.querySelector('[data-deel=hoofd] > .beurt:not(.straks)'))`, &seen)
	return seen
}

// tap clicks in the middle of the first line of what an expression gives, or on what lies over it. It does so with the mouse: taps
// that a test makes up get no answer from a browser without windows now and then.
func (v *decider) tap(expression string) {
	v.t.Helper()
	var at struct{ X, Y float64 }
	v.Eval(fmt.Sprintf("(e => { e.scrollIntoView({block: 'center', behavior: 'instant'}); const box = e.getClientRects()[0]; return {X: box.left + box.width / 2, Y: box.top + box.height / 2}; })(%s)", expression), &at)
	if err := v.engine.click(at.X, at.Y); err != nil {
		v.t.Fatalf("%s: tapping on %s: %v", v.describe(), expression, err)
	}
}

// TestAnswersUnderHeadingsAreFolded holds that a list with headings begins closed on a phone, with all names in little more than a
// screen; that opening and choosing goes by pointing and by keyboard alone; and that what was chosen is never folded away.
func TestAnswersUnderHeadingsAreFolded(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	const screen = 800
	const end = "[...document.querySelectorAll('[data-deel=hoofd] > .beurt:not(.straks) .rubriek input')].at(-1)"
	for f, path := range p.headed(t) {
		t.Run(f.ID, func(t *testing.T) {
			open := func() *decider {
				v := &decider{Page: chromium.Page(t, site, View{Width: 360, Height: screen})}
				v.Open(path)
				v.ready()
				return v
			}
			v := open()
			begin := v.list()
			if l := begin; l.Groups < 2 || l.Opens != l.Groups || l.Open != 0 || l.Answers < 10 || l.Named != l.Answers || l.Choosable != 0 || l.High > 1.3*screen {
				t.Errorf("on a phone it begins as %+v", l)
			}
			v.Axe()
			v.Picture("dicht-" + f.ID)

			// On a name: that opens its heading and chooses nothing. One that is opened closes no other. Names let a tap through, since
			// for a finger a browser looks for what can be chosen near it, also under something else.
			var last int
			v.Eval("+"+end+".value", &last)
			var through bool
			if v.Eval("[...document.querySelectorAll('.rubriek label, .rubriek label *')].every(e => getComputedStyle(e).pointerEvents === 'none')", &through); !through {
				t.Error("a name can be hit with a finger")
			}
			v.tap(v.choice(last) + ".querySelector('span')")
			v.Wait("an open heading", "document.querySelector('.rubriek [open]')")
			if l := v.list(); l.Open != 1 || l.Chosen != -1 || l.Choosable == 0 {
				t.Errorf("a name was tapped: %+v", l)
			}
			v.tap(v.choice(last))
			v.Wait("an answer", end+".checked")
			v.tap("document.querySelector('.rubriek summary')")
			v.Wait("two open headings", "document.querySelectorAll('.beurt:not(.straks) .rubriek [open]').length === 2")
			v.Axe()
			v.Picture("open-" + f.ID)

			// Closed again the answer that was chosen still stands there.
			const group = end + ".closest('.rubriek')"
			v.tap(group + ".querySelector('summary')")
			v.Wait("one open heading", "document.querySelectorAll('.beurt:not(.straks) .rubriek [open]').length === 1")
			var there bool
			if v.Eval(fmt.Sprintf("%s.checkVisibility() && %[1]s.closest('label').querySelector('small')?.checkVisibility() !== false", end), &there); !there {
				t.Error("the answer that was chosen is folded away")
			}
			v.Axe()

			// Who changes his answer finds its heading open, and that alone.
			from := v.Path()
			v.tap("document.querySelector('[data-deel=hoofd] form button.knop')")
			v.moved(from)
			v.Click("[data-deel=antwoorden] div:last-child > dd a")
			v.Wait("the question again", "document.querySelector('[data-deel=hoofd] fieldset .rubriek')")
			if l := v.list(); l.Open != 1 || l.Chosen != last || l.Choosable == 0 || l.Named != l.Answers {
				t.Errorf("changing the answer shows %+v", l)
			}
			var own bool
			if v.Eval("document.querySelector('[data-deel=hoofd] .rubriek:has(:checked) [open]') !== null", &own); !own {
				t.Error("another heading is open than that of the answer")
			}

			// By keyboard: Tab goes from heading to heading, and into one that is opened.
			v = open()
			const heading = "[...document.querySelectorAll('[data-deel=hoofd] .rubriek summary')]"
			v.TabTo("the last heading but one", "e === "+heading+".at(-2)")
			v.Press("Enter", "Tab", "Space")
			first := v.list()
			if at := v.Focus(); first.Open != 1 || first.Chosen < 0 || at.Value != fmt.Sprint(first.Chosen) {
				t.Errorf("the last heading but one was opened: %+v, with the focus on %+v", first, at)
			}
			// The arrows go through what is open and on to "Weet ik niet", and back; never to an answer that is not in sight.
			for _, arrow := range []string{"ArrowDown", "ArrowUp"} {
				for range first.Choosable {
					v.Press(arrow)
					if at := v.Focus(); at.Tag != "input" || !at.Visible || !at.Checked {
						t.Errorf("%s leads to %+v", arrow, at)
					}
				}
			}
			if l := v.list(); l != first {
				t.Errorf("down and up again shows %+v, and first it was %+v", l, first)
			}
			from = v.Path()
			v.TabTo("the button", "e.matches('button.knop')")
			v.Press("Enter")
			v.moved(from)
			if want := f.ID + "=" + f.ValueID(first.Chosen); !strings.Contains(v.Fragment(), want) {
				t.Errorf("%s was chosen, and the address is %s", want, v.Fragment())
			}

			// Who goes on without an answer comes to the first heading. Past the last one is "Weet ik niet", from where the arrows lead
			// back to what he opened.
			v = open()
			v.TabTo("the button", "e.matches('button.knop')")
			v.Press("Enter")
			v.Wait("a message", "document.querySelector('[data-deel=hoofd] [role=alert]').innerText")
			if at := v.Focus(); at.Tag != "summary" || !at.Visible {
				t.Errorf("without an answer the focus is on %+v", at)
			}
			v.Press("Enter")
			v.TabTo("an answer", "e.type === 'radio'")
			v.Press("ArrowUp")
			if at := v.Focus(); at.Tag != "input" || !at.Visible || !at.Checked || at.Value == "-1" {
				t.Errorf("the arrows do not lead to what was opened but to %+v", at)
			}

			for name, view := range map[string]View{"in a wide window": {}, "on paper": {Width: 360, Print: true}} {
				v := &decider{Page: chromium.Page(t, site, view)}
				v.Open(path)
				v.ready()
				if l := v.list(); l.Opens != 0 || l.Named != begin.Answers || l.Choosable != begin.Answers || v.Count(".rubriek > legend") != begin.Groups {
					t.Errorf("%s it is %+v", name, l)
				}
			}
		})
	}
}
