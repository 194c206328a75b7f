package browser

import (
	"fmt"
	"strings"

	"handvat/generator/eval"
	"handvat/generator/model"
)

// A decider is a visitor on the page of a decision.
type decider struct {
	*Page
	journey
}

// ready waits until the page can be answered: with scripts that is when they have taken over.
func (v *decider) ready() {
	v.t.Helper()
	if v.view.Scripts == NoScripts {
		return
	}
	v.Wait("a question or an outcome", "document.querySelector('[data-deel=hoofd] fieldset, [data-deel=oordeel]:not([hidden]), [data-deel=hoofd] .mogelijk')")
}

// asking finds the list of answers that shows where there are no scripts.
const asking = "[...document.querySelectorAll('main .keuzes')].find(e => e.checkVisibility() && e.querySelector('a.keuze'))"

// question gives the words of the question that is asked, or "" where there is none.
func (v *decider) question() string {
	v.t.Helper()
	var words string
	if v.view.Scripts == NoScripts {
		v.Eval("(list => list?.previousElementSibling.textContent ?? '')("+asking+")", &words)
	} else {
		v.Eval("document.querySelector('[data-deel=hoofd] legend')?.textContent ?? ''", &words)
	}
	return words
}

// verdict gives the words of the outcome, when all that goes with it is there and the address and the title have followed; ""
// where there is none yet.
func (v *decider) verdict() string {
	v.t.Helper()
	if v.view.Scripts != NoScripts {
		v.Wait("the reasons and the title", `(heading => !heading || document.querySelector('[data-deel=mee]:not([hidden])') &&
			(document.title.startsWith(heading.textContent) || !/[#&](?!datum=)[^=]+=/.test(location.hash)))(document.querySelector('[data-deel=oordeel]:not([hidden]) h1'))`)
		return v.Text("[data-deel=oordeel]:not([hidden]) h1")
	}
	var words string
	v.Eval("[...document.querySelectorAll('main .oordeel')].find(e => e.checkVisibility())?.querySelector('h1, h2').innerText ?? ''", &words)
	return words
}

// answer gives the value that the situation has for the question that is asked.
func (v *decider) answer(words string) int {
	v.t.Helper()
	f := v.fact(words)
	if f == nil {
		v.t.Fatalf("%s: at %s a question that is not of the decision: %q", v.describe(), v.Path(), words)
	}
	value, err := eval.Value(f, v.situation)
	if err != nil {
		v.t.Fatal(err)
	}
	return value
}

// fact finds what a question asks. Without scripts a decision that this one rests on is one question.
func (v *decider) fact(words string) *model.Fact {
	for _, f := range append(v.d.Questions, v.d.Uses...) {
		if f.Question == words || f.Question == "" && (f.Attribute != nil && f.Attribute.Question == words || f.Uses != nil && f.Uses.Title == words) {
			return f
		}
	}
	return nil
}

// choice finds an answer that can be clicked, by the words that are on it without scripts.
func (v *decider) choice(value int) string {
	v.t.Helper()
	if v.view.Scripts == NoScripts {
		label := v.fact(v.question()).Values[value].Label
		return fmt.Sprintf("[...%s.querySelectorAll('a.keuze')].find(a => a.querySelector('span').firstChild.textContent === %s)", asking, quote(label))
	}
	return fmt.Sprintf("document.querySelector('[data-deel=hoofd] label:has(input[value=\"%d\"])')", value)
}

// moved waits until a step has led somewhere else.
func (v *decider) moved(from string) {
	v.t.Helper()
	v.Wait("the next step", fmt.Sprintf("location.href !== %s && document.readyState === 'complete'", quote(v.root+from)))
}

// folded finds the heading that an answer is folded away under, and is "null" where it is not.
func (v *decider) folded(value int) string {
	return fmt.Sprintf("(group => group?.checkVisibility() && !group.open ? group.firstElementChild : null)(%s.closest('.rubriek')?.querySelector('details'))", v.choice(value))
}

// apart is the button of who does not confirm all usual answers at once.
const apart = "document.querySelector('[data-deel=hoofd] .gewoon button + button')"

// offered tells whether the usual answers stand before the question.
func (v *decider) offered() (yes bool) {
	v.t.Helper()
	v.Eval(apart+" !== null", &yes)
	return yes
}

// decline has the usual answers asked one by one, where they are offered.
func (v *decider) decline() {
	v.t.Helper()
	if v.offered() {
		v.ClickOn("that not all is so", apart)
	}
}

// pick clicks on an answer to the question that is asked, under its heading where that must be opened first.
func (v *decider) pick(value int) {
	v.t.Helper()
	v.decline()
	var folded bool
	if v.Eval(v.folded(value)+" !== null", &folded); folded {
		v.ClickOn(fmt.Sprintf("the heading of answer %d", value), v.folded(value))
	}
	v.ClickOn(fmt.Sprintf("answer %d", value), v.choice(value))
}

// give answers the question that is asked, with the mouse.
func (v *decider) give(value int) {
	v.t.Helper()
	from := v.Path()
	v.pick(value)
	if v.view.Scripts != NoScripts {
		v.Click("[data-deel=hoofd] form button.knop")
	}
	v.moved(from)
}

// typeAnswer answers the question that is asked, with the keyboard.
func (v *decider) typeAnswer(value int) {
	v.t.Helper()
	from := v.Path()
	if v.view.Scripts == NoScripts {
		v.TabTo("the answer", "e === "+v.choice(value))
		v.Press("Enter")
		v.moved(from)
		return
	}
	if v.offered() {
		v.TabTo("that not all is so", "e === "+apart)
		v.Press("Enter")
	}
	var folded bool
	if v.Eval(v.folded(value)+" !== null", &folded); folded {
		v.TabTo("the heading of the answer", "e === "+v.folded(value))
		v.Press("Enter")
	}
	v.TabTo("the answers", "e.type === 'radio'")
	v.Press("Space")
	for range 70 {
		f := v.Focus()
		if !f.Visible {
			v.t.Errorf("%s: at %s the focus is out of sight on %+v", v.describe(), v.Path(), f)
		}
		if f.Value == fmt.Sprint(value) {
			break
		}
		v.Press("ArrowDown")
	}
	if f := v.Focus(); f.Value != fmt.Sprint(value) || !f.Checked {
		v.t.Fatalf("%s: at %s the arrows do not lead to answer %d but to %+v", v.describe(), v.Path(), value, f)
	}
	v.TabTo("the button", "e.matches('button.knop')")
	v.Press("Enter")
	v.moved(from)
}

// finish answers all questions as the situation has it, and gives the verdict.
func (v *decider) finish(give func(value int)) string {
	v.t.Helper()
	for range 40 {
		words := v.question()
		if words == "" {
			return v.verdict()
		}
		give(v.answer(words))
	}
	v.t.Fatalf("%s: at %s the questions do not end", v.describe(), v.Path())
	return ""
}

// expect fails where the verdict is not that of the reference.
func (v *decider) expect(verdict string) {
	v.t.Helper()
	if got, want := strings.ToLower(strings.TrimSpace(verdict)), strings.ToLower(v.journey.verdict()); got != want {
		v.t.Errorf("%s: %s: at %s the verdict is %q, and the reference says %q", v.describe(), v.name(), v.Path(), got, want)
	}
}
