// Package check turns what authors wrote into a Model: it resolves every name, refuses what means nothing, and links
// rules to their sources.
//
// In: syntax.File and content.Content. Out: a model.Model, and every mistake of this stage at once. The Model is
// complete only when there is no mistake. Whether the decisions are right in every situation is package verify's work.
package check

import (
	"sort"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// Check makes a Model of all that was written.
func Check(file *syntax.File, written *content.Content, list *diag.List) *model.Model {
	c := &checker{file: file, list: list, m: &model.Model{}, facts: names[*model.Fact]{}, conditions: names[*model.Condition]{}, decisions: names[*model.Decision]{}}
	c.attributes()
	c.guidance = newGuidance(written, c.m.Attributes, list)
	c.guidance.first()
	c.m.Settings, c.m.Parties, c.m.Kinds = c.guidance.settings, c.guidance.parties, c.guidance.kinds
	for _, a := range c.m.Attributes {
		a.Entities = c.entities(a.Of)
	}
	c.dates()
	c.declareConditions()
	c.declareFacts()
	c.declareDecisions()
	c.defineFacts()
	if c.circles() {
		return c.m
	}
	c.defineDecisions()
	c.helpers()
	c.sourcesHold()
	c.readCases()
	c.m.Guidance = c.guidance.second(c.decisions.all)
	c.m.Sentence = c.sentence(written.Sentence)
	c.regionalNorms()
	c.allGrouped()
	c.finish()
	return c.m
}

type checker struct {
	file     *syntax.File
	list     *diag.List
	m        *model.Model
	guidance *guidance

	date       *model.Fact
	facts      names[*model.Fact]
	written    map[*model.Fact]*syntax.Fact
	conditions names[*model.Condition]

	writtenAttributes map[*model.Attribute]*syntax.Attribute
	assumption        map[*model.Attribute]model.Set
	decisions         names[*model.Decision]
	sources           map[*model.Decision]*syntax.Decision
	kindless          map[*model.Decision]bool // those whose kind is unknown
}

// finish puts everything in an order that does not depend on the files.
func (c *checker) finish() {
	c.m.Facts = c.facts.sorted()
	for i, f := range c.m.Facts {
		f.Index = i
	}
	c.m.Conditions = c.conditions.sorted()
	c.m.Decisions = c.decisions.sorted()
}

// names is a register of things by id that knows where each was made.
type names[T any] struct {
	all    map[string]T
	places map[string]source.Span
}

// add registers a thing, or reports that its id is taken.
func (n *names[T]) add(id yamldoc.Text, what string, thing T, list *diag.List) bool {
	if n.all == nil {
		n.all, n.places = map[string]T{}, map[string]source.Span{}
	}
	if id.Empty() {
		return false
	}
	if first, taken := n.places[id.Value]; taken {
		list.Add(diag.Diagnostic{Code: "dubbel-id", Span: id.Span, Message: what + ` "` + id.Value + `" bestaat al; kies een andere id`,
			Notes: []diag.Note{{Span: first, Message: "de eerste staat hier"}}})
		return false
	}
	n.all[id.Value], n.places[id.Value] = thing, id.Span
	return true
}

func (n *names[T]) ids() []string {
	var ids []string
	for id := range n.all {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

func (n *names[T]) sorted() []T {
	var out []T
	for _, id := range n.ids() {
		out = append(out, n.all[id])
	}
	return out
}
