package site

import (
	"testing"

	"handvat/generator/model"
	"handvat/generator/walk"
)

// TestAnOutcomeWithoutScriptsSaysWhatComesFirst holds that the condition which makes the others wait stands before them, once,
// and that an outcome is only said to oblige to nothing where it is allowed, certain, and can be a duty.
func TestAnOutcomeWithoutScriptsSaysWhatComesFirst(t *testing.T) {
	lawyer, other := &model.Condition{ID: model.LawyerMustConfirm, Text: "Wacht."}, &model.Condition{ID: "doe-dit", Text: "Doe dit."}
	before := &model.Condition{ID: "vraag-eerst", Text: "Vraag het eerst.", First: true}
	d := &model.Decision{Kind: model.Permit, Rules: []*model.Rule{{Duty: 1}}, Outcomes: make([]model.Outcome, 4)}
	k := &walker{writer: &writer{prose: newRenderer()}, d: d, walk: &walk.Walk{Nodes: make([]walk.Node, 1)}, short: true}
	k.in.Model = &model.Model{}

	var out leaf
	out.group("", []*model.Condition{other, before, lawyer}, k)
	if items := out.Conditions[0].Items; len(items) != 3 || items[0].ID != lawyer.ID || items[1].ID != before.ID || items[2].ID != other.ID {
		t.Errorf("the conditions are %v", items)
	}

	certain, waiting := &model.Rule{Conditions: []*model.Condition{other}}, &model.Rule{Conditions: []*model.Condition{lawyer}}
	for _, x := range []struct {
		what string
		a    model.Answer
		free bool
	}{
		{"allowed, no duty", model.Answer{Outcome: 2, Counting: []*model.Rule{certain}}, true},
		{"a lawyer must confirm", model.Answer{Outcome: 2, Counting: []*model.Rule{waiting}}, false},
		{"a duty", model.Answer{Outcome: 2, Duty: 1}, false},
		{"somebody weighs", model.Answer{Outcome: model.OwnWeighing}, false},
	} {
		if got := k.leaf(0, x.a).Free; got != x.free {
			t.Errorf("%s: free is %t", x.what, got)
		}
	}
	d.Rules[0].Duty = 0
	if k.leaf(0, model.Answer{Outcome: 2}).Free {
		t.Error("free, in a decision that never obliges")
	}
}

// TestWhoDoesNotKnowHasOneAnswer holds that no row for not knowing stands below answers of which one says it.
func TestWhoDoesNotKnowHasOneAnswer(t *testing.T) {
	w := &writer{prose: newRenderer()}
	w.in.Model = &model.Model{}
	for _, has := range []bool{false, true} {
		f := &model.Fact{ID: "nagegaan", Values: []model.Value{{ID: "ja"}, {ID: "nog-niet", Unknown: has}}}
		if got := w.question(0, f).Unknown; got == has {
			t.Errorf("with an answer of its own: %t; the row stands there: %t", has, got)
		}
	}
}
