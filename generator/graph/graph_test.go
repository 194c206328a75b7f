package graph_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"handvat/generator/graph"
	"handvat/generator/model"
	"handvat/generator/walk"
)

// small asks a role, and of two of three roles whether there is consent.
func small() *walk.Walk {
	role := &model.Fact{ID: "rol", Question: "Wat ben je <hier>?", Values: []model.Value{{ID: "a", Label: "Adviseur"}, {ID: "b", Label: "Uitvoerder"}, {ID: "c", Label: "Regisseur"}}}
	consent := &model.Fact{ID: "akkoord", Question: "Is er akkoord?", Gate: model.All{}, Values: []model.Value{{ID: "ja", Label: "Ja"}, {ID: "nee", Label: "Nee"}}}
	d := &model.Decision{ID: "mag-ik", Title: "Mag & kan ik?", Outcomes: []model.Outcome{{Title: "Mag niet"}, {Title: "Jij weegt"}, {Title: "Mag, mits"}, {Title: "Mag"}}}
	leaf := func(outcome, duty int) walk.Node {
		return walk.Node{Leaf: &walk.Leaf{Answer: model.Answer{Outcome: outcome, Duty: duty}}}
	}
	return &walk.Walk{Decision: d, Nodes: []walk.Node{leaf(0, 0), leaf(3, 1),
		{Fact: consent, Next: []int{1, 0, walk.None}},
		{Fact: role, Next: []int{0, 2, 2}}}}
}

func TestEveryQuestionAnswerAndOutcomeIsDrawnOnce(t *testing.T) {
	var b strings.Builder
	if err := graph.Write(&b, small()); err != nil {
		t.Fatal(err)
	}
	var words []string
	decoder := xml.NewDecoder(strings.NewReader(b.String()))
	inText := false
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("no well-formed XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inText = inText || token.Name.Local == "text"
		case xml.EndElement:
			if token.Name.Local == "text" {
				inText = false
				words = append(words, "\n")
			}
		case xml.CharData:
			if inText {
				words = append(words, string(token))
			}
		}
	}
	want := "Mag & kan ik?\n1. Wat ben je <hier>?\nAdviseur: Mag niet\nUitvoerder / Regisseur: 2. Is er akkoord?\nJa: Mag (plicht: moet-tenzij)\nNee: Mag niet\n"
	if have := strings.Join(words, ""); have != want {
		t.Errorf("got\n%s\nwant\n%s", have, want)
	}
}
