package site_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"handvat/generator/model"
	"handvat/generator/site"
)

// found gives the situations of the file that is searched, each as name, decision, verdict and answers.
func found(t *testing.T, m *model.Model) []string {
	t.Helper()
	files, err := site.Build(input(t, m))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for name, data := range files {
		if !strings.HasPrefix(name, "_/zoekindex-") {
			continue
		}
		var file struct {
			Situations struct {
				Decisions, Verdicts [][2]string
				Answers             [][]string
				Items               [][]any
			}
		}
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		s := file.Situations
		for _, it := range s.Items {
			var given []string
			for _, a := range it[3:] {
				if answer := s.Answers[int(a.(float64))][0]; answer != "" {
					given = append(given, answer)
				}
			}
			out = append(out, fmt.Sprintf("%s|%s|%s|%s", it[0], s.Decisions[int(it[1].(float64))][0], strings.Join(s.Verdicts[int(it[2].(float64))][:], " "), strings.Join(given, "&")))
		}
	}
	return out
}

// What is found leads to an outcome of today, under a name that says enough: no case with an open question that has no usual answer,
// that tells of another day or refers to another case, with a name that another has too, or that its author keeps to its decision.
// An older one is found where it stands alone, and who is the same as an older one is found under that one's name.
func TestSituationsThatAreFound(t *testing.T) {
	m := small()
	d := m.Decisions[0]
	role, plan, word := d.Questions[1], d.Questions[2], d.Questions[3]
	executor, adviser := map[*model.Fact]int{role: 0, plan: 0, word: 0}, map[*model.Fact]int{role: 1, plan: 2, word: 1}
	const today, before = "2026-01-01", "2024-12-31"
	d.Usual = []model.Given{{Fact: plan, Value: 0}}
	told := func(id, name, date string, answers map[*model.Fact]int) *model.Case {
		return &model.Case{ID: id, Name: name, Date: date, Answers: answers, Expect: model.Expectation{Outcome: []int{model.Conditional, model.Forbidden}[answers[role]]}}
	}
	d.Cases = []*model.Case{
		told("a", "Een uitvoerder neemt iets mee", today, executor),
		told("b", "Een adviseur heeft geen plan", today, adviser),
		told("c", "Nu: een regisseur neemt iets mee", today, executor),
		told("d", "Een regisseur neemt iets mee", before, executor),
		told("e", "Een open vraag voor jou", today, map[*model.Fact]int{role: 0, plan: 0}),
		told("f", "Dezelfde adviseur met een plan", today, adviser),
		told("g", "Een adviseur zonder iets (nog-niet)", today, adviser),
		told("h", "Een kort trefwoord", today, adviser),
		told("i", "Hij wil het niet", today, adviser),
		told("j", "Een naam die twee hebben", today, adviser),
		told("k", "Een naam die twee hebben", today, executor),
		told("l", "Er is eerst gevraagd, voor de WGS", before, adviser),
		told("l-nu", "Hetzelfde onder de WGS", today, executor),
		told("m", "Een oud geval zonder opvolger", before, executor),
		told("n", "Op de laatste dag nam hij mee", before, executor),
		told("o", "Er is een ja en verder niets", today, map[*model.Fact]int{role: 0, word: 0}),
	}
	d.Cases[8].OnlyHere = true
	want := []string{
		"Een uitvoerder neemt iets mee|mag-dit/mag-ik-meenemen/|mits Mag, mits|rol=uitvoerder&aandeel=ja&akkoord=ja",
		"Een adviseur heeft geen plan|mag-dit/mag-ik-meenemen/|niet Mag niet|rol=adviseur&akkoord=nog-niet",
		"Een regisseur neemt iets mee|mag-dit/mag-ik-meenemen/|mits Mag, mits|rol=uitvoerder&aandeel=ja&akkoord=ja",
		"Er is eerst gevraagd|mag-dit/mag-ik-meenemen/|mits Mag, mits|rol=uitvoerder&aandeel=ja&akkoord=ja",
		"Er is een ja en verder niets|mag-dit/mag-ik-meenemen/|mits Mag, mits|rol=uitvoerder&aandeel=ja&akkoord=ja",
		"Een oud geval zonder opvolger|mag-dit/mag-ik-meenemen/|mits Mag, mits|rol=uitvoerder&aandeel=ja&akkoord=ja",
	}
	if got := found(t, m); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	m.Decisions[1].Locks = []*model.Lock{{ID: "deel", Fact: &model.Fact{ID: "deel", Kind: model.Used, Uses: d}}}
	if got := found(t, m); got != nil {
		t.Errorf("of a part of another decision is found: %q", got)
	}
}
