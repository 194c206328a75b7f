package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"handvat/generator/model"
)

// TestUsualAnswersAtOnce confirms in every decision that has them the usual answers, answers what is left, and gets the
// verdict of the reference evaluator for what was confirmed, in fewer steps than there are answers.
func TestUsualAnswersAtOnce(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	all := p.journeys(t)
	for _, at := range p.located() {
		of := slices.DeleteFunc(slices.Clone(all), func(j journey) bool { return j.at.page != at.page })
		if len(at.Proof.Decision.Usual) == 0 || len(of) == 0 {
			continue
		}
		t.Run(at.id, func(t *testing.T) {
			page := chromium.Page(t, site, View{Width: 390})
			if !slices.ContainsFunc(of, func(j journey) bool { return (&decider{page, p.usually(t, j)}).confirms() }) {
				t.Error("in no case the usual answers are offered")
			}
		})
	}
}

// confirms goes to the verdict by way of what is offered, and tells whether that happened.
func (v *decider) confirms() bool {
	v.t.Helper()
	v.Open(v.page())
	v.ready()
	steps, confirmed := 0, false
	for ; v.question() != ""; steps++ {
		if told := v.Text(".voortgang b"); told != fmt.Sprint("Vraag ", steps+1) {
			v.t.Errorf("%s: at step %d stands %q", v.name(), steps+1, told)
		}
		if v.Count(".gewoon") == 0 {
			v.give(v.answer(v.question()))
			continue
		}
		confirmed = true
		if f := v.Focus(); !strings.HasPrefix(f.Tag, "h") || !f.Visible || f.Text != "Klopt dit allemaal?" {
			v.t.Errorf("the focus is not on what is offered but on %+v", f)
		}
		var said []struct {
			Question int
			Words    string
		}
		v.Eval("[...document.querySelectorAll('.gewoon li')].map(li => ({Question: +li.dataset.bij, Words: li.innerText}))", &said)
		from := v.Path()
		v.Click(".gewoon button")
		v.moved(from)
		for _, s := range said {
			u := v.d.Usual[slices.IndexFunc(v.d.Usual, func(u model.Given) bool { return u.Fact == v.d.Questions[s.Question] })]
			if value := u.Fact.Values[u.Value]; s.Words != value.Said || !strings.Contains(v.Path()+"&", u.Fact.ID+"="+value.ID+"&") {
				v.t.Errorf("%s: %q is confirmed, and %s=%s follows at %s", v.name(), s.Words, u.Fact.ID, value.ID, v.Path())
			}
		}
	}
	v.expect(v.verdict())
	if answers := v.Count("[data-deel=antwoorden] dt"); confirmed && steps >= answers {
		v.t.Errorf("%s: %d answers took %d steps", v.name(), answers, steps)
	}
	return confirmed
}

// TestUsualAnswersAreOfferedOnce declines the offer: then all of it is asked one by one, the first of them at once. Who goes back is
// offered them again, also after he confirmed them; whoever then answers one by one meets each as a question.
func TestUsualAnswersAreOfferedOnce(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	all := p.journeys(t)
	j := all[slices.IndexFunc(all, func(j journey) bool { return len(j.d.Usual) > 2 && p.asksUsual(t, j) > 2 })]
	v := &decider{chromium.Page(t, Serve(t, p.files, folder), View{}), p.usually(t, j)}
	v.Open(v.page())
	v.ready()
	for v.Count(".gewoon") == 0 {
		v.give(v.answer(v.question()))
	}
	v.Axe()
	shown := v.Text(".gewoon ul")
	v.decline()
	if f := v.Focus(); f.Text != v.question() || !f.Visible || v.Count(".gewoon") > 0 {
		t.Errorf("who declines what is offered comes to %+v, not to %q", f, v.question())
	}
	v.give(v.answer(v.question()))
	v.Back()
	v.Wait("the offer", "document.querySelector('.gewoon')")
	if again := v.Text(".gewoon ul"); again != shown {
		t.Errorf("after going back %q is offered, not %q", again, shown)
	}
	from := v.Path()
	v.Click(".gewoon button")
	v.moved(from)
	v.Back()
	v.Wait("the offer", "document.querySelector('.gewoon')")
	var asked int
	fmt.Sscanf(v.Text(".voortgang b"), "Vraag %d", &asked)
	v.expect(v.finish(func(value int) {
		v.give(value)
		if asked++; v.question() != "" && v.Text(".voortgang b") != fmt.Sprint("Vraag ", asked) {
			t.Errorf("after question %d stands %q", asked-1, v.Text(".voortgang b"))
		}
		if v.Count(".gewoon") > 0 {
			t.Errorf("after an answer of one's own %q is still offered", v.Text(".gewoon ul"))
		}
	}))
}

// asksUsual counts the questions with a usual answer that are asked on the way of a journey with those answers.
func (p *project) asksUsual(t testing.TB, j journey) (count int) {
	for _, f := range questions(t, j.at.Proof.Steps, p.usually(t, j).situation) {
		if slices.ContainsFunc(j.d.Usual, func(u model.Given) bool { return u.Fact == f }) {
			count++
		}
	}
	return count
}

// usually is a journey with the usual answers in place of those of the case, as far as they go together.
func (p *project) usually(t testing.TB, j journey) journey {
	t.Helper()
	answers := map[*model.Fact]int{}
	for f, value := range j.c.Answers {
		answers[f] = value
	}
	for _, u := range j.d.Usual {
		answers[u.Fact] = u.Value
	}
	c := *j.c
	c.Answers = answers
	if !p.possible(t, j.at, &c) {
		t.Fatalf("%s: the usual answers do not go with the case", j.name())
	}
	j.c, j.situation = &c, p.situation(t, j.at, answers)
	j.outcome = reference(t, j.d, j.situation)
	return j
}
