package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// A traced event is one thing the main thread of a page did (Trace Event Format, "complete events"); times in microseconds.
type traced struct {
	Name     string
	Ts, Dur  float64
	Pid, Tid int
	Args     struct{ Data struct{ Type string } }
}

func (e traced) end() float64 { return e.Ts + e.Dur }

// trace gives what the browser did while a visitor does something, in order.
func (p *Page) trace(do func()) []traced {
	p.t.Helper()
	events, complete := make(chan []traced, 1), make(chan struct{})
	var all []traced
	err := chromedp.Listen(p.ctx, func(event any) {
		switch e := event.(type) {
		case *tracing.EventDataCollected:
			for _, value := range e.Value {
				var one traced
				if json.Unmarshal(value, &one) == nil {
					all = append(all, one)
				}
			}
		case *tracing.EventTracingComplete:
			events <- all
			close(complete)
		}
	})
	if err != nil {
		p.t.Fatal(err)
	}
	must(p, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{IncludedCategories: []string{"devtools.timeline", "disabled-by-default-devtools.timeline"}}})
	do()
	must(p, tracing.End, cdp.Empty{})
	list := <-events
	slices.SortFunc(list, func(x, y traced) int { return int(x.Ts - y.Ts) })
	return list
}

// works finds for every form that was sent what the main thread did from then until what came of it was painted: from the
// beginning of the task that sent it to the end of the task that painted, without the time between the tasks; and what followed
// in the quarter of a second since it was sent.
func works(events []traced) []map[string]float64 {
	var out []map[string]float64
	for i, sent := range events {
		if sent.Name != "EventDispatch" || sent.Args.Data.Type != "submit" {
			continue
		}
		own := func(e traced) bool { return e.Pid == sent.Pid && e.Tid == sent.Tid }
		var tasks []traced
		for _, e := range events {
			if e.Name == "RunTask" && own(e) && e.end() > sent.Ts {
				tasks = append(tasks, e)
			}
		}
		painted := slices.IndexFunc(events[i:], func(e traced) bool { return e.Name == "Paint" && own(e) && e.Ts > tasks[0].end() })
		if painted < 0 {
			continue
		}
		work := map[string]float64{}
		for _, task := range tasks {
			if task.Ts <= events[i+painted].Ts {
				work["work"] += task.Dur / 1000
			} else if task.Ts < sent.Ts+250_000 {
				work["after"] += task.Dur / 1000
			}
		}
		for _, e := range events {
			if own(e) && e.Ts >= tasks[0].Ts && e.Ts <= events[i+painted].Ts && slices.Contains([]string{"Layout", "UpdateLayoutTree", "PrePaint", "Paint", "FunctionCall"}, e.Name) {
				work[e.Name] += e.Dur / 1000
			}
		}
		out = append(out, work)
	}
	return out
}

// TestTheNextQuestionIsMadeReady holds that choosing an answer makes the question after it, out of sight and out of reach, and
// that it then is, word for word, the one that comes when it could not be made ready; and that the answer stays in sight, with nothing
// that moves after it.
func TestTheNextQuestionIsMadeReady(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	const shown = "document.querySelector('[data-deel=hoofd]').innerHTML + document.querySelector('[data-deel=antwoorden]').innerHTML + document.querySelector('[data-deel=nog]').innerHTML + document.title"
	made := 0
	for i, j := range firsts(p.journeys(t)) {
		if i%4 > 0 {
			continue
		}
		fast, slow := &decider{chromium.Page(t, site, View{Width: 360}), j}, &decider{chromium.Page(t, site, View{Width: 360}), j}
		for _, v := range []*decider{fast, slow} {
			v.Open(j.page())
			v.ready()
		}
		for words := fast.question(); words != ""; words = fast.question() {
			value := fast.answer(words)
			fast.pick(value)
			// Once more at the bottom of the window, where the way on comes to lie.
			fast.Eval(fmt.Sprintf("(label => { label.querySelector('input').checked = false; scrollBy(0, label.getBoundingClientRect().bottom - innerHeight); label.click() })(%s)", fast.choice(value)), nil)
			var clear bool
			if fast.Eval("document.querySelector('[data-deel=hoofd] label:has(:checked)').getBoundingClientRect().bottom <= document.querySelector('[data-deel=hoofd] form>.knoppen').getBoundingClientRect().top", &clear); !clear {
				t.Errorf("at %q the way on lies over the answer that was chosen", words)
			}
			slow.decline()
			slow.Eval(fmt.Sprintf("%s.querySelector('input').checked = true", slow.choice(value)), nil) // nobody hears of it
			from := slow.Path()
			slow.Click("[data-deel=hoofd] form button.knop")
			slow.moved(from)
			last := slow.question() == ""
			if !last {
				made++
				fast.Wait("the next question", "document.querySelector('[data-deel=hoofd]>.straks[inert]')")
				if made == 1 {
					fast.Axe()
				}
				var met bool // in sight, or by the keyboard
				fast.Eval("(part => part.checkVisibility({opacityProperty: true}) || (part.querySelector('input').focus(), part.contains(document.activeElement)))(document.querySelector('[data-deel=hoofd]>.straks'))", &met)
				if met {
					t.Errorf("%s: beside %q another question can be met", j.d.ID, words)
				}
			}
			fast.Click("[data-deel=hoofd] form button.knop")
			fast.moved(from)
			if last {
				continue
			}
			var one, other string
			fast.Eval(shown, &one)
			slow.Eval(shown, &other)
			if one != other {
				t.Errorf("%s: at %s what was made ready is\n%s\nand what was not\n%s", j.d.ID, fast.Path(), one, other)
			}
			var focused bool
			if fast.Eval("!!document.activeElement.closest('[data-deel=hoofd] :is(h1, h2)')", &focused); !focused {
				t.Errorf("%s: the focus is not on %q", j.d.ID, fast.question())
			}
		}
	}
	if made == 0 {
		t.Error("nothing was made ready")
	}
}

// BenchmarkNextQuestion measures, with the processor four times as slow, what the main thread does from sending an answer until
// the next question is painted, from a trace: all of it ("work"), what follows it ("after"), and the part of scripts (in which layout that the focus asks
// for is counted too), styles and layout. Times are in milliseconds, medians of twenty.
func BenchmarkNextQuestion(b *testing.B) {
	p := realSite(b)
	site := Serve(b, p.files, folder)
	for _, with := range withScripts {
		for _, j := range firsts(p.journeys(b)) {
			b.Run(j.d.ID+"/"+with.String(), func(b *testing.B) {
				v := &decider{chromium.Page(b, site, View{Scripts: with, Width: 360}), j}
				v.Open(j.page())
				v.ready()
				must(v.Page, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
				var found []map[string]float64
				for b.Loop() {
					const wanted = 22 // the first two are left out
					var questions []bool
					all := works(v.trace(func() {
						for asked := 0; asked < wanted; {
							if v.question() == "" {
								v.Click("[data-deel=opnieuw]")
								v.Wait("the first question", "document.querySelector('[data-deel=hoofd] form')")
								continue
							}
							var value int
							v.Eval(fmt.Sprintf("(inputs => +inputs[%d %% Math.max(1, inputs.length - 1)].value)(document.querySelectorAll('[data-deel=hoofd] form input'))", len(questions)), &value)
							v.pick(value)
							time.Sleep(300 * time.Millisecond) // let all that is to be done be done: nobody answers quicker
							v.Click("[data-deel=hoofd] form button.knop")
							time.Sleep(300 * time.Millisecond)
							more := v.question() != "" // an end is another matter
							if questions = append(questions, more); more {
								asked++
							}
						}
					}))
					if len(all) != len(questions) {
						b.Fatalf("%d answers were painted, of %d", len(all), len(questions))
					}
					for i, work := range all {
						if questions[i] && len(found) < wanted {
							found = append(found, work)
						}
					}
				}
				report(b, found)
				must(v.Page, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 1})
			})
		}
	}
}

// bare is a page that does nothing but ask the next question, without any style: what the browser needs by itself.
const bare = `let asked = 0;
const make = (name, ...parts) => { const e = document.createElement(name); e.append(...parts); return e; };
const ask = () => {
	const legend = make('legend', make('h2', 'Vraag ' + ++asked + '?'));
	legend.firstChild.tabIndex = -1;
	m.replaceChildren(make('form', make('fieldset', legend, ...[1, 2, 3, 4, 5, 6].map((i) => {
		const radio = make('input');
		radio.type = 'radio';
		radio.name = 'a';
		return make('p', make('label', radio, ' Antwoord ' + i + ' bij vraag ' + asked));
	}), make('button', 'Verder'))));
};
addEventListener('submit', (e) => { e.preventDefault(); ask(); document.querySelector('h2').focus(); });
ask();`

// BenchmarkBareQuestion measures the same of a bare page, to hold BenchmarkNextQuestion against.
func BenchmarkBareQuestion(b *testing.B) {
	site := Serve(b, map[string][]byte{"icon.svg": []byte(icon), "index.html": fixture(`<div id="m"></div><script type="module" src="a.js"></script>`), "a.js": []byte(bare)}, folder)
	page := chromium.Page(b, site, View{Width: 360})
	page.Open("")
	page.Wait("a question", "document.querySelector('form')")
	must(page, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
	var found []map[string]float64
	for b.Loop() {
		found = works(page.trace(func() {
			for range 22 {
				page.Click("button")
				time.Sleep(300 * time.Millisecond)
			}
		}))
	}
	report(b, found)
	must(page, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 1})
}

// report gives the medians, without the first two.
func report(b *testing.B, found []map[string]float64) {
	b.ReportMetric(0, "ns/op")
	for name := range found[0] {
		var list []float64
		for _, work := range found[2:] {
			list = append(list, work[name])
		}
		slices.Sort(list)
		b.ReportMetric(list[len(list)/2], name+"-ms")
	}
}
