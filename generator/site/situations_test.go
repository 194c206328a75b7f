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
				given = append(given, s.Answers[int(a.(float64))][0])
			}
			out = append(out, fmt.Sprintf("%s|%s|%s|%s", it[0], s.Decisions[int(it[1].(float64))][0], strings.Join(s.Verdicts[int(it[2].(float64))][:], " "), strings.Join(given, "&")))
		}
	}
	return out
}

// What is found leads to an outcome of today, under a name that says enough: no case with an open question, of another day, that
// refers to another case, with a name that another has too, or that its author keeps to its decision.
func TestSituationsThatAreFound(t *testing.T) {
	m := small()
	d := m.Decisions[0]
	role, plan, word := d.Questions[1], d.Questions[2], d.Questions[3]
	executor, adviser := map[*model.Fact]int{role: 0, plan: 0, word: 0}, map[*model.Fact]int{role: 1, plan: 2, word: 1}
	const today, before = "2026-01-01", "2024-12-31"
	d.Cases = []*model.Case{
		{ID: "a", Name: "Een uitvoerder neemt iets mee", Date: today, Answers: executor},
		{ID: "b", Name: "Een adviseur heeft geen plan", Date: today, Answers: adviser},
		{ID: "c", Name: "Nu: een regisseur neemt iets mee", Date: today, Answers: executor},
		{ID: "d", Name: "Een regisseur neemt iets mee", Date: before, Answers: executor},
		{ID: "e", Name: "Een open vraag voor jou", Date: today, Answers: map[*model.Fact]int{role: 0, plan: 0}},
		{ID: "f", Name: "Dezelfde adviseur met een plan", Date: today, Answers: adviser},
		{ID: "g", Name: "Een adviseur zonder iets (nog-niet)", Date: today, Answers: adviser},
		{ID: "h", Name: "Een kort trefwoord", Date: today, Answers: adviser},
		{ID: "i", Name: "Hij wil het niet", Date: today, Answers: adviser, OnlyHere: true},
		{ID: "j", Name: "Een naam die twee hebben", Date: today, Answers: adviser},
		{ID: "k", Name: "Een naam die twee hebben", Date: today, Answers: executor},
	}
	want := []string{
		"Een uitvoerder neemt iets mee|mag-dit/mag-ik-meenemen/|mits Mag, mits|rol=uitvoerder&aandeel=ja&akkoord=ja",
		"Een adviseur heeft geen plan|mag-dit/mag-ik-meenemen/|niet Mag niet|rol=adviseur&akkoord=nog-niet",
		"Een regisseur neemt iets mee|mag-dit/mag-ik-meenemen/|mits Mag, mits|rol=uitvoerder&aandeel=ja&akkoord=ja",
	}
	if got := found(t, m); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	m.Decisions[1].Locks = []*model.Lock{{ID: "deel", Fact: &model.Fact{ID: "deel", Kind: model.Used, Uses: d}}}
	if got := found(t, m); got != nil {
		t.Errorf("of a part of another decision is found: %q", got)
	}
}
