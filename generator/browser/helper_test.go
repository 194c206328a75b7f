package browser

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"handvat/generator/model"
	"handvat/generator/walk"
)

// wayTo gives answers after which a walk asks a question, as a fragment, and how many there are; "" where it comes first.
func wayTo(w *walk.Walk, f *model.Fact, today int) (fragment string, ok bool) {
	seen := map[int]bool{}
	var visit func(n int, parts []string) bool
	visit = func(n int, parts []string) bool {
		node := w.Nodes[n]
		if node.Fact == f {
			fragment = strings.Join(parts, "&")
			return true
		}
		if node.Leaf != nil || seen[n] {
			return false
		}
		seen[n] = true
		for v, next := range node.Next {
			switch {
			case next == walk.None || node.Fact.Kind == model.Date && v != today:
			case node.Fact.Kind == model.Date || v == len(node.Fact.Values):
				if visit(next, parts) {
					return true
				}
			case visit(next, append(parts[:len(parts):len(parts)], node.Fact.ID+"="+node.Fact.ValueID(v))):
				return true
			}
		}
		return false
	}
	return fragment, visit(w.Root(), nil)
}

// TestAHelperDecisionHelps holds that who does not know an answer finds the helper decision, with scripts and without, and
// comes back from it with all answers given before and the one that was found.
func TestAHelperDecisionHelps(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	helped := 0
	for _, proof := range p.Proofs {
		d := proof.Decision
		for _, f := range d.Questions {
			if f.Helper == nil || proof.Steps == nil {
				continue
			}
			way, ok := wayTo(proof.Steps, f, p.today(d))
			if !ok {
				continue
			}
			helped++
			there := "mag-dit/" + f.Helper.Decision.ID + "/"
			// A question of a used decision is not asked there: that decision is one question.
			asked := proof.Walk != nil && slices.ContainsFunc(proof.Walk.Nodes, func(n walk.Node) bool { return n.Fact == f })
			if steps, ok := p.files["mag-dit/"+d.ID+"/stappen/index.html"]; ok && asked && !bytes.Contains(steps, []byte("mag-dit/"+f.Helper.Decision.ID+"/")) {
				t.Errorf("%s: without scripts there is no way to %s", d.ID, there)
			}
			ways := withScripts
			if helped > 1 {
				ways = ways[:1] // only where the outcomes come from is another
			}
			for _, scripts := range ways {
				v := &decider{Page: chromium.Page(t, site, View{Scripts: scripts, Width: 360}), journey: journey{d: d}}
				v.Open("mag-dit/" + d.ID + "/#" + way)
				v.ready()
				if v.fact(v.question()) != f {
					t.Fatalf("%s: %s: asks %q after %s, not %s", scripts, d.ID, v.question(), way, f.ID)
				}
				v.TabTo("the way to the helper", "e.matches('[data-deel=hulpvraag]')")
				v.Press("Enter")
				v.Wait("the helper", "location.pathname.endsWith('/"+there+"') && document.readyState === 'complete'")
				v.ready()
				if notice := v.Text("[data-deel=bericht]"); notice != "" || !strings.Contains(v.Text("[data-deel=hulp]"), questionOf(f)) {
					t.Errorf("%s: %s: the helper says %q, and helps with %q", scripts, there, notice, v.Text("[data-deel=hulp]"))
				}
				v.d = f.Helper.Decision
				for v.question() != "" {
					v.give(v.first())
				}
				v.Axe()
				value := model.Open
				for o, outcome := range v.d.Outcomes {
					if strings.EqualFold(strings.TrimSpace(v.verdict()), outcome.Title) {
						value = f.Helper.Values[o]
					}
				}
				link := "[data-deel=hulp] a"
				if (value != model.Open) != (v.Count(link+".knop") == 1) {
					t.Errorf("%s: %s: %q gives %d, and the page offers %q", scripts, there, v.verdict(), value, v.Text("[data-deel=hulp]"))
				}
				if value != model.Open {
					link += ".knop"
				}
				v.Click(link)
				v.Wait("the decision", "location.pathname.endsWith('/mag-dit/"+d.ID+"/') && document.readyState === 'complete'")
				v.ready()
				v.d = d
				got := strings.Split(v.Fragment(), "&")
				want := strings.Split(way, "&")
				if way == "" {
					want = nil
				}
				if value != model.Open {
					want = append(want, f.ID+"="+f.ValueID(value))
				} else if v.fact(v.question()) != f {
					t.Errorf("%s: %s: after the helper it asks %q", scripts, d.ID, v.question())
				}
				for _, part := range want {
					if !strings.Contains("&"+strings.Join(got, "&")+"&", "&"+part+"&") {
						t.Errorf("%s: %s: came back as %s, without %s", scripts, d.ID, v.Fragment(), part)
					}
				}
				if notice := v.Text("[data-deel=bericht]"); notice != "" {
					t.Errorf("%s: %s: coming back says %q", scripts, d.ID, notice)
				}
			}
		}
	}
	if helped == 0 {
		t.Error("no decision has a helper")
	}
}

// first is the first answer that is offered.
func (v *decider) first() int {
	v.t.Helper()
	var value int
	v.Eval("+document.querySelector('[data-deel=hoofd] input').value", &value)
	return value
}
