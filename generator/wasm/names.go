package wasm

import (
	"encoding/json"

	"handvat/generator/tables"
)

// Names says what the numbers that go into and come out of a module stand for.
type Names struct {
	Decisions []DecisionNames `json:"decisions"`
	Stages    []StageNames    `json:"stages"`
}

// DecisionNames are those of one decision, with its index in Names.Decisions as the module knows it.
type DecisionNames struct {
	ID        string          `json:"id"`
	Questions []QuestionNames `json:"questions"`
	Stages    []int           `json:"stages"` // indices in Names.Stages
}

// QuestionNames are those of one answer; the byte for Values[v] is v+1.
type QuestionNames struct {
	Fact   string   `json:"fact"`
	Values []string `json:"values"`
}

// StageNames are those of one stage.
type StageNames struct {
	Kind   string   `json:"kind"`
	Of     string   `json:"of"` // id of the fact or decision it finds; empty for a part of a condition
	Values []string `json:"values"`
	Rules  []string `json:"rules,omitempty"` // per row; absent where rows are no rules
}

// NamesOf gives the names of a program.
func NamesOf(p *tables.Program) Names {
	var n Names
	for i := range p.Decisions {
		e := &p.Decisions[i]
		d := DecisionNames{ID: e.ID, Questions: []QuestionNames{}, Stages: e.Stages}
		for _, slot := range e.Inputs {
			d.Questions = append(d.Questions, QuestionNames{Fact: p.Slots[slot].Fact, Values: p.Slots[slot].Values})
		}
		n.Decisions = append(n.Decisions, d)
	}
	for i := range p.Stages {
		s := &p.Stages[i]
		target := p.Slots[s.Target]
		names := StageNames{Kind: tables.StageKinds[s.Kind], Of: target.Fact, Values: target.Values}
		for _, rule := range s.Rules {
			if rule != "" {
				names.Rules = s.Rules
			}
		}
		n.Stages = append(n.Stages, names)
	}
	return n
}

// Section writes the names as a section of a module.
func (n Names) Section() Section {
	data, err := json.Marshal(n)
	if err != nil {
		panic("BUG: names cannot be written as JSON: " + err.Error())
	}
	return Section{Name: SectionNames, Data: data}
}
