package verify_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"handvat/generator/diag"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables/tablestest"
	"handvat/generator/verify"
)

// BenchmarkProject makes all proofs of the project's decisions.
func BenchmarkProject(b *testing.B) {
	prove(b, projecttest.Own(b).Model)
}

// BenchmarkBase makes all proofs of ten decisions over sixty facts together, with 1,000 rules; of a sixteenth, a quarter
// and four times as many rules in as many decisions; and of four and sixteen times as much of everything.
func BenchmarkBase(b *testing.B) {
	for _, size := range []struct{ rules, decisions int }{{62, 10}, {250, 10}, {1000, 10}, {4000, 10}, {4000, 40}, {16000, 160}} {
		m := base(size.rules, size.decisions)
		b.Run(fmt.Sprintf("%d-rules-%d-decisions", size.rules, size.decisions), func(b *testing.B) { prove(b, m) })
	}
}

// BenchmarkEntangled makes all proofs of one decision over 24 facts in which everything rests on everything.
func BenchmarkEntangled(b *testing.B) {
	for _, rules := range []int{30, 120, 480, 1920} {
		m := tablestest.Synthetic(rules, 24)
		b.Run(fmt.Sprintf("%d-rules", rules), func(b *testing.B) { prove(b, m) })
	}
}

// prove measures Verify: the nodes of all diagrams, how many decisions were proved, and the memory that the process has
// had of the system until then.
//
// It counts the rules as well that are reported to decide nothing: to say why takes much of the time.
func prove(b *testing.B, m *model.Model) {
	var proofs []*verify.Proof
	hidden := 0
	for b.Loop() {
		hidden = 0
		var list diag.List
		proofs = verify.Verify(m, eval.Answer, &list)
		for _, d := range list.Sorted() {
			switch d.Code {
			case "telt-nooit": // random rules hide each other
				hidden++
			case "vraag-doet-niets": // and where they are few do not ask everything
			default:
				b.Fatal(d.String())
			}
		}
	}
	nodes, verdicts := 0, 0
	for _, p := range proofs {
		nodes += len(p.Diagram.Nodes)
		if p.Diagram.Verdicts {
			verdicts++
		}
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.ReportMetric(float64(nodes), "nodes")
	b.ReportMetric(float64(len(proofs)), "proofs")
	b.ReportMetric(float64(verdicts), "on-verdicts")
	b.ReportMetric(float64(hidden), "hidden")
	b.ReportMetric(float64(memory.Sys)/1e6, "MB")
}

// base makes decisions with so many rules in all, as authors are asked to write them: a decision is about three topics, each with questions of its own that stand together, and a rule is about one topic. A question has two to four
// answers, a rule one to three conditions; a quarter of the rules are grounds, half limits, and a quarter exceptions to a
// limit of the same topic.
func base(rules, decisions int) *model.Model {
	r := rand.New(rand.NewPCG(60, 1000))
	m := &model.Model{}
	for i := range 6 * decisions {
		f := &model.Fact{ID: fmt.Sprintf("feit-%02d", i), Index: i, Kind: model.Asked}
		for v := range 2 + r.IntN(3) {
			f.Values = append(f.Values, model.Value{ID: fmt.Sprintf("w%d", v)})
		}
		m.Facts = append(m.Facts, f)
	}
	const topics = 3
	for i := range decisions {
		d := &model.Decision{ID: fmt.Sprintf("beslissing-%d", i), Kind: model.Permit}
		for _, level := range model.Levels {
			d.Outcomes = append(d.Outcomes, model.Outcome{ID: level})
		}
		var questions [topics][]*model.Fact
		for topic := range questions {
			at := (i*topics + topic) * 2
			questions[topic] = m.Facts[at : at+2 : at+2]
			// And two that the next decision asks as well.
			next := (at + topics*2) % len(m.Facts)
			questions[topic] = append(questions[topic], m.Facts[next:next+2]...)
			d.Questions = append(d.Questions, questions[topic]...)
		}
		var limits [topics]*model.Rule
		for n := range rules / decisions {
			topic := n / 4 % topics
			rule := &model.Rule{ID: fmt.Sprintf("regel-%04d", n)}
			var when model.All
			about := r.Perm(len(questions[topic]))
			for _, q := range about[:1+r.IntN(3)] {
				f := questions[topic][q]
				when = append(when, model.In{Fact: f, Values: 1 << r.IntN(len(f.Values))})
			}
			rule.When = when
			switch n % 4 {
			case 0:
				rule.Kind, rule.Level = model.Ground, 1+r.IntN(3)
			case 1, 2:
				rule.Kind, rule.Level = model.Limit, r.IntN(3)
				limits[topic] = rule
			case 3:
				rule.Kind, rule.Level = model.Exception, limits[topic].Level+1
				rule.AnswersTo = []*model.Rule{limits[topic]}
			}
			d.Rules = append(d.Rules, rule)
		}
		m.Decisions = append(m.Decisions, d)
	}
	return m
}
