package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/walk"
)

// The site is served below a folder in these tests, since it must work in any.
const folder = "/sub/pad/"

// TestEveryVerdictInEveryBrowser clicks from the first question to every verdict without scripts, to one of every decision and
// every date with them, and to one of every kind of decision where WebAssembly is missing.
func TestEveryVerdictInEveryBrowser(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	all := p.journeys(t)
	for _, scripts := range EveryScripts {
		journeys := firsts(ofEveryKind(all))
		switch scripts {
		case NoScripts:
			journeys = append(all, p.otherDates(t)...)
		case WithWebAssembly:
			journeys = append(firsts(all), p.otherDates(t)...)
		}
		for _, j := range journeys {
			t.Run(j.name()+"/"+scripts.String(), func(t *testing.T) {
				t.Parallel()
				v := &decider{chromium.Page(t, site, View{Scripts: scripts, Width: 360}), j}
				v.Open(p.start(j, scripts))
				if scripts == NoScripts && !p.written(j) {
					if v.Count("main a[href$='/regels/']") == 0 {
						t.Errorf("%s: neither steps nor rules can be read without scripts", j.d.ID)
					}
					return
				}
				v.ready()
				v.expect(v.finish(v.give))
			})
		}
	}
}

func TestFromHomeToVerdict(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	j := p.journeys(t)[0]
	phase := ""
	for _, f := range p.Model.Phases {
		if slices.Contains(f.Decisions, j.d) || slices.Contains(j.d.Moments, f.ID) {
			phase = f.ID
		}
	}
	if phase == "" {
		t.Fatalf("%s is in no phase", j.d.ID)
	}
	for _, scripts := range EveryScripts {
		t.Run(scripts.String(), func(t *testing.T) {
			t.Parallel()
			v := &decider{chromium.Page(t, site, View{Scripts: scripts}), j}
			v.Open("")
			v.Click("main a[href$='fasen/" + phase + "/']")
			v.Wait("the phase", "location.pathname.endsWith('/fasen/"+phase+"/') && document.readyState === 'complete'")
			v.Click("main a[href$='/" + j.page() + "']")
			v.Wait("the decision", "location.pathname.endsWith('/"+j.page()+"') && document.readyState === 'complete'")
			v.ready()
			v.expect(v.finish(v.give))
			v.Picture("oordeel-" + j.d.ID)
		})
	}
}

func TestKeyboardOnly(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	j := p.journeys(t)[0]
	for _, scripts := range EveryScripts {
		t.Run(scripts.String(), func(t *testing.T) {
			t.Parallel()
			v := &decider{chromium.Page(t, site, View{Scripts: scripts}), j}
			v.Open("")
			v.Press("Tab")
			if f := v.Focus(); f.Href != "#inhoud" || !f.Visible {
				t.Errorf("%s: the first stop is not the way to the content but %+v", scripts, f)
			}
			v.Press("Enter")
			v.TabTo("the decision", "e.getAttribute('href')?.endsWith('"+j.page()+"')")
			v.Press("Enter")
			v.Wait("the decision", "location.pathname.endsWith('/"+j.page()+"') && document.readyState === 'complete'")
			v.ready()
			v.expect(v.finish(v.typeAnswer))
			// The focus is at what is new, so that a screen reader goes on there.
			if scripts != NoScripts {
				if f := v.Focus(); f.Tag != "h1" || !strings.EqualFold(f.Text, j.verdict()) {
					t.Errorf("%s: after the last answer the focus is on %+v", scripts, f)
				}
			}
		})
	}
}

// withScripts are the ways in which the page is taken over.
var withScripts = []Scripts{WithWebAssembly, RefusedWebAssembly}

// atLeastTwo finds a journey of two questions or more, with scripts and without.
func atLeastTwo(t *testing.T, p *project) journey {
	t.Helper()
	for _, j := range p.journeys(t) {
		if d := j.at; p.written(j) && len(questions(t, d.Proof.Walk, j.situation)) > 1 && len(questions(t, d.Proof.Steps, j.situation)) > 1 {
			return j
		}
	}
	t.Fatal("no case has two questions")
	return journey{}
}

// questions lists what is asked in a situation; what has one answer only and the date are not.
func questions(t testing.TB, w *walk.Walk, s model.Situation) (asked []*model.Fact) {
	t.Helper()
	for n := w.Nodes[w.Root()]; n.Leaf == nil; {
		if n.Asks() && n.Fact.Kind != model.Date {
			asked = append(asked, n.Fact)
		}
		value, err := eval.Value(n.Fact, s)
		if err != nil {
			t.Fatal(err)
		}
		n = w.Nodes[n.Next[value]]
	}
	return asked
}

func TestBackAndForward(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, scripts := range append([]Scripts{NoScripts}, withScripts...) {
		v := &decider{chromium.Page(t, site, View{Scripts: scripts}), atLeastTwo(t, p)}
		v.backAndForward()
	}
}

// backAndForward gives two answers, goes back and forward, and finishes.
func (v *decider) backAndForward() {
	v.t.Helper()
	v.Open(v.page())
	v.ready()
	first := v.question()
	v.give(v.answer(first))
	second := v.question()
	v.give(v.answer(second))
	third := v.question() + v.verdict()
	v.Back()
	if got := v.question(); got != second {
		v.t.Errorf("%s: back from the third step is %q, not %q", v.describe(), got, second)
	}
	v.Back()
	if got := v.question(); got != first {
		v.t.Errorf("%s: back from the second step is %q, not %q", v.describe(), got, first)
	}
	v.Forward()
	v.Forward()
	if got := v.question() + v.verdict(); got != third {
		v.t.Errorf("%s: forward to the third step is %q, not %q", v.describe(), got, third)
	}
	v.expect(v.finish(v.give))
}

// ofEach does something with one journey of every decision, and where WebAssembly is refused with one of every kind.
func ofEach(t *testing.T, do func(v *decider)) {
	t.Helper()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, scripts := range withScripts {
		v := &decider{Page: chromium.Page(t, site, View{Scripts: scripts})}
		journeys := firsts(p.journeys(t))
		if scripts != WithWebAssembly {
			journeys = ofEveryKind(journeys)
		}
		for _, v.journey = range journeys {
			do(v)
		}
	}
}

func TestALinkRestoresTheAnswers(t *testing.T) {
	t.Parallel()
	ofEach(t, (*decider).fromALink)
}

// fromALink comes in with the answers of the case in the address, and again with the address that the page then writes.
func (v *decider) fromALink() {
	v.t.Helper()
	v.Open("")
	v.Open(v.page() + v.fragment())
	v.ready()
	v.expect(v.finish(v.give))
	// The page writes the link itself in the same words.
	link := v.Fragment()
	v.Open("")
	v.Open(v.page() + "#" + link)
	v.ready()
	v.expect(v.verdict())
	if got := v.Fragment(); got != link {
		v.t.Errorf("%s: %s became %s", v.describe(), link, got)
	}
	if told := v.Count("[data-deel=welke]") == 1; told != (v.Count(".gegeven > div") > 0) {
		v.t.Errorf("%s: that the outcome belongs to answers from elsewhere is told: %v", v.describe(), told)
	}
}

// Who comes in at an outcome is told that it belongs to answers from elsewhere as long as one of those stays: not by changing one of
// several, but by answering all anew.
func TestAnswersFromElsewhereAreTold(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	held := 0
	for _, j := range ofEveryKind(firsts(p.journeys(t))) {
		v := &decider{chromium.Page(t, site, View{}), j}
		told := func() bool { return v.Count("[data-deel=welke]:not([hidden])") == 1 }
		v.Open(j.page() + v.fragment())
		v.ready()
		v.expect(v.finish(v.give))
		given := v.Count(".gegeven > div")
		if given == 0 || !told() {
			continue
		}
		v.Click("[data-deel=antwoorden] dd a")
		v.Wait("the question again", "document.querySelector('[data-deel=hoofd] fieldset')")
		v.give(v.situation[v.fact(v.question()).Index])
		v.expect(v.finish(v.give))
		if told() != (given > 1) {
			t.Errorf("%s: with one of %d answers given anew it is told: %v", v.describe(), given, told())
		}
		v.Click("[data-deel=opnieuw]")
		v.Wait("the first question", "document.querySelector('[data-deel=hoofd] fieldset')")
		v.expect(v.finish(v.give))
		if told() {
			t.Errorf("%s: with all answers given anew it is told", v.describe())
		}
		held++
	}
	if held == 0 {
		t.Error("nobody comes in at an outcome")
	}
}

func TestChangingAnAnswer(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, scripts := range withScripts {
		for _, j := range ofEveryKind(firsts(p.journeys(t))) {
			v := &decider{chromium.Page(t, site, View{Scripts: scripts}), j}
			v.changeTheFirst(p)
		}
	}
}

// changeTheFirst finishes, gives another answer to the first question, and finishes again.
func (v *decider) changeTheFirst(p *project) {
	v.t.Helper()
	j := v.journey
	v.Open(j.page())
	v.ready()
	first := v.question()
	if first == "" {
		return
	}
	v.finish(v.give)
	v.Click("[data-deel=antwoorden] dd a")
	v.Wait("the question again", "document.querySelector('[data-deel=hoofd] fieldset')")
	f := v.fact(v.question())
	if v.question() != first || f == nil {
		v.t.Errorf("%s: %s: changing the first answer asks %q, not %q", v.describe(), j.name(), v.question(), first)
		return
	}
	old := j.situation[f.Index]
	var given int
	v.Eval("+document.querySelector('[data-deel=hoofd] input:checked').value", &given)
	if given != old {
		v.t.Errorf("%s: %s: the answer given was %d, and %d is chosen", v.describe(), j.name(), old, given)
	}
	var others []int
	v.Eval("[...document.querySelectorAll('[data-deel=hoofd] input:not(:checked)')].map(i => +i.value).filter(n => n >= 0)", &others)
	answers := map[*model.Fact]int{}
	for k, value := range j.c.Answers {
		answers[k] = value
	}
	answers[f] = others[0]
	v.situation = p.situation(v.t, j.at, answers)
	v.outcome = reference(v.t, j.d, v.situation)
	v.give(others[0])
	if want := f.ID + "=" + f.ValueID(others[0]); !strings.Contains(v.Fragment(), want) {
		v.t.Errorf("%s: %s: after the change the address is %s, without %s", v.describe(), j.name(), v.Fragment(), want)
	}
	v.expect(v.finish(v.give))
}

func TestUnknownNamesAreIgnoredWithANotice(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	j := atLeastTwo(t, p)
	for _, scripts := range withScripts {
		v := &decider{chromium.Page(t, site, View{Scripts: scripts}), j}
		v.Open(j.page())
		v.ready()
		first := v.question()
		f := v.fact(first)
		for fragment, ask := range map[string]bool{
			"#bestaat-niet=ja": true, "#" + f.ID + "=bestaat-niet": true, "#%zz=bestaat-niet": true, "#datum=bestaat-niet": true,
			"#constructor=bestaat-niet": true, j.fragment() + "&bestaat-niet=%3Cb%3E": false,
		} {
			v.Open("")
			v.Open(j.page() + fragment)
			v.ready()
			if notice := v.Text("[data-deel=bericht]"); !strings.Contains(notice, "bestaat-niet") {
				t.Errorf("%s: %s: the notice is %q", scripts, fragment, notice)
			}
			if ask && v.question() != first {
				t.Errorf("%s: %s: asks %q, not %q", scripts, fragment, v.question(), first)
			}
			if !ask {
				v.expect(v.finish(v.give))
			}
		}
	}
}

func TestAnAnchorNeverReplacesAnswers(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	j := atLeastTwo(t, p)
	v := &decider{chromium.Page(t, site, View{Width: 360}), j}
	v.Open(j.page())
	v.ready()
	v.give(v.answer(v.question()))
	second := v.question()
	v.Eval("location.hash = 'zeker'", nil)
	v.Wait("the anchor", "location.hash === '#zeker'")
	if got := v.question(); got != second {
		t.Errorf("after an anchor the question is %q, not %q", got, second)
	}
	v.expect(v.finish(v.give))
}

func TestGoingOnWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	j := atLeastTwo(t, p)
	v := &decider{chromium.Page(t, site, View{}), j}
	v.Open(j.page())
	v.ready()
	first := v.question()
	v.Click("[data-deel=hoofd] form button.knop")
	v.Wait("a message", "document.querySelector('[data-deel=hoofd] [role=alert]').innerText")
	if f := v.Focus(); f.Tag != "input" || v.question() != first {
		t.Errorf("the focus is on %+v", f)
	}
	v.Axe()
	v.expect(v.finish(v.give))
}

func TestNotKnowingAnything(t *testing.T) {
	t.Parallel()
	ofEach(t, func(v *decider) {
		v.Open("")
		v.Open(v.page() + v.unknown())
		v.ready()
		if v.verdict() != "" || v.question() != "" || v.Count("[data-deel=hoofd] .mogelijk li") < 2 || v.Count("[data-deel=hoofd] .voornu .oordeel") != 1 {
			t.Errorf("%s: %s: no set of possible outcomes with advice:\n%s", v.describe(), v.name(), v.Text("[data-deel=hoofd]"))
		}
		v.Wait("what to find out", "document.querySelector('.vondsten a.knop')")
		if v.Count(".voornu .oordeel.niet, .voornu .oordeel.eigen") == 1 && v.Count(".voornu [data-p=watwel] li") == 0 {
			t.Errorf("%s: %s: the advice is no, and nothing says what is possible", v.describe(), v.name())
		}
	})
}

// TestAnswersStayBesideOneThatIsOpen holds that an answer that is not asked for while another stays open is kept: once that one is given it
// may matter again.
func TestAnswersStayBesideOneThatIsOpen(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	v := &decider{Page: chromium.Page(t, Serve(t, p.files, folder), View{})}
	ends := 0
	for _, j := range ofEveryKind(p.journeys(t)) {
		v.journey = j
		given := strings.Split(strings.TrimPrefix(j.fragment(), "#"), "&")
		for i := range given {
			open := slices.Clone(given)
			name, _, _ := strings.Cut(open[i], "=")
			open[i] = name + "=weet-niet"
			v.Open("")
			v.Open(j.page() + "#" + strings.Join(open, "&"))
			v.ready()
			if v.question() != "" {
				continue
			}
			ends++
			for _, answer := range open {
				if !strings.Contains("&"+v.Fragment()+"&", "&"+answer+"&") && strings.Contains(v.Fragment(), open[i]) {
					t.Errorf("%s: with %s the answer %s is gone", j.name(), open[i], answer)
				}
			}
		}
	}
	if ends == 0 {
		t.Error("nowhere an end was reached")
	}
}

// TestOnAPhone holds that after every answer what is new stands at the top of the screen, with the way on in reach, and that
// questions count one by one.
func TestOnAPhone(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	v := &decider{chromium.Page(t, Serve(t, p.files, folder), View{Width: 390}), atLeastTwo(t, p)}
	v.Open(v.page())
	v.ready()
	for asked := 1; v.question() != ""; asked++ {
		if got, want := v.Text(".voortgang b"), fmt.Sprintf("Vraag %d", asked); got != want {
			t.Errorf("question %d is called %q", asked, got)
		}
		if asked > 1 {
			v.atTheTop("[data-deel=hoofd]")
			var under bool
			v.Eval("(box => box.bottom <= innerHeight && box.top > 0)(document.querySelector('form button.knop').getBoundingClientRect())", &under)
			if !under {
				t.Errorf("at %s the button to go on is out of sight", v.Path())
			}
		}
		v.give(v.answer(v.question()))
	}
	v.expect(v.verdict())
	v.atTheTop("[data-deel=oordeel]")
}

// atTheTop holds that a part of the page stands at the top of the window.
func (v *decider) atTheTop(part string) {
	v.t.Helper()
	var top float64
	v.Eval(fmt.Sprintf("document.querySelector(%s).getBoundingClientRect().top", quote(part)), &top)
	if top < 0 || top > 40 {
		v.t.Errorf("at %s what is new stands %.0f pixels from the top", v.Path(), top)
	}
}
