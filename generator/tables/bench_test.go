package tables_test

import (
	"fmt"
	"testing"

	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
)

// BenchmarkAnswer compares one answer over 24 facts, with the applying rules, by the reference evaluator, by the tables in
// new memory, and by an Evaluator that uses its memory again; with 120 rules and with 4 and 16 times as many, everything
// answered and with a third of the questions open. The reference takes no open questions.
func BenchmarkAnswer(b *testing.B) {
	for _, rules := range []int{120, 480, 1920} {
		m := tablestest.Synthetic(rules, 24)
		d := m.Decisions[0]
		p := tables.Compile(m, m.Decisions)
		b.Run(fmt.Sprintf("%d-rules/all/reference", rules), func(b *testing.B) {
			var situations [64]model.Situation
			for i := range situations {
				situations[i] = situation(d, tablestest.Answers(uint64(i), d, 0))
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := eval.Answer(d, situations[i%64]); err != nil {
					b.Fatal(err)
				}
			}
		})
		for _, c := range []struct {
			name string
			open int
		}{{"all", 0}, {"open", 3}} {
			var answers [64][]uint8
			for i := range answers {
				answers[i] = tablestest.Answers(uint64(i), d, c.open)
			}
			e := p.NewEvaluator()
			for _, by := range []struct {
				name   string
				answer func(int, []uint8) (tables.Result, error)
			}{{"tables", p.Answer}, {"evaluator", e.Answer}} {
				b.Run(fmt.Sprintf("%d-rules/%s/%s", rules, c.name, by.name), func(b *testing.B) {
					b.ReportAllocs()
					for i := 0; b.Loop(); i++ {
						if _, err := by.answer(0, answers[i%64]); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}

// situation is what answers say, none of them open, of a model whose facts are all asked.
func situation(d *model.Decision, answers []uint8) model.Situation {
	s := make(model.Situation, len(d.Questions))
	for i, f := range d.Questions {
		s[f.Index] = int(answers[i]) - 1
	}
	return s
}
