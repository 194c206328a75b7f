// Package cover tells which norms of the register the project carries out, and where.
//
// In: a model.Model. Out: per norm the places that name it and what came of it, and the counts of that. A norm is covered
// where something names its id; whether that place also says it, is for people to read: Sample gives them some at random.
// Nothing is judged here, and every order is fixed.
package cover

import (
	"math/rand/v2"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/source"
)

// A Status is what came of a norm. Where more than one holds it is the first.
type Status int

const (
	Decided Status = iota // a rule, a condition or a region's rule names it
	Said                  // something else names it
	Through               // it is left out, and every norm that says the same is Decided or Said
	LeftOut               // it is left out, with a reason
	Open                  // nothing is known of it
)

// Statuses are the Dutch names of the statuses.
var Statuses = [...]string{"in-een-regel", "gezegd", "via", "weggelaten", "open"}

// A Place is where a norm is named.
type Place struct {
	Kind string // one of Kinds
	ID   string // what names it, such as mag-ik-meenemen:nodig-voor-mijn-actie
	Text string // what that says, without markup
	Span source.Span
}

// A Norm is a norm with where it is named.
type Norm struct {
	*model.Norm
	Status  Status
	Settled bool // by a rule, or by the rules of every norm that says the same, or by a reason to leave it out or without rule
	Places  []Place
	Left    *model.LeftOut // or nil
}

// Coverage is every norm of the register, by id.
type Coverage struct {
	Norms []Norm
	named map[string]int // the id of a norm -> its position
}

// Of finds what came of every norm of a model.
func Of(m *model.Model) *Coverage {
	c := &Coverage{named: map[string]int{}}
	places := placesOf(m)
	for i, n := range m.Norms {
		c.named[n.ID] = i
		c.Norms = append(c.Norms, Norm{Norm: n, Status: Open, Places: places[n]})
	}
	for i := range c.Norms {
		n := &c.Norms[i]
		if len(n.Places) > 0 {
			n.Status = Said
		}
		if slices.ContainsFunc(n.Places, func(p Place) bool { return decides[p.Kind] }) {
			n.Status, n.Settled = Decided, true
		}
	}
	for _, left := range m.LeftOut {
		n := c.Norm(left.Norm.ID)
		n.Left = left
		all := func(holds func(*Norm) bool) bool {
			return !slices.ContainsFunc(left.See, func(same *model.Norm) bool { return !holds(c.Norm(same.ID)) })
		}
		n.Settled = n.Settled || all(func(same *Norm) bool { return same.Status == Decided })
		if n.Status != Open {
			continue
		}
		switch {
		case len(left.See) == 0:
			n.Status = LeftOut
		case all(func(same *Norm) bool { return same.Status <= Said }):
			n.Status = Through
		}
	}
	for _, without := range m.NoRule {
		c.Norm(without.Norm.ID).Settled = true
	}
	return c
}

// Norm finds a norm by id, or nil.
func (c *Coverage) Norm(id string) *Norm {
	if i, ok := c.named[id]; ok {
		return &c.Norms[i]
	}
	return nil
}

// A Filter is a choice of norms; what is empty filters nothing.
type Filter struct {
	Document    string // the id of a source
	Phase       string // a word of the register, such as triage
	Destination string // where the norm belongs: rule, fact, checklist, page or example
}

// Only keeps the norms of a filter.
func (c *Coverage) Only(f Filter) *Coverage {
	out := &Coverage{named: map[string]int{}}
	for _, n := range c.Norms {
		if f.Document != "" && documentOf(n) != f.Document || f.Phase != "" && !slices.Contains(n.Phases, f.Phase) ||
			f.Destination != "" && n.Destination != f.Destination {
			continue
		}
		out.named[n.ID] = len(out.Norms)
		out.Norms = append(out.Norms, n)
	}
	return out
}

func documentOf(n Norm) string {
	if n.Source == nil {
		return ""
	}
	return n.Source.ID
}

// With lists the norms of a status.
func (c *Coverage) With(s Status) []Norm {
	var out []Norm
	for _, n := range c.Norms {
		if n.Status == s {
			out = append(out, n)
		}
	}
	return out
}

// RulesWanted lists the norms that belong in a rule, and how many of them are not Settled yet.
func (c *Coverage) RulesWanted() (unsettled []Norm, total int) {
	for _, n := range c.Norms {
		if n.Destination != RuleDestination {
			continue
		}
		total++
		if !n.Settled {
			unsettled = append(unsettled, n)
		}
	}
	return unsettled, total
}

// RuleDestination marks a norm that belongs in a rule.
const RuleDestination = "rule"

// Sample gives some norms that something names, chosen at random: the same for the same seed, by id.
func (c *Coverage) Sample(count int, seed uint64) []Norm {
	named := slices.Concat(c.With(Decided), c.With(Said))
	slices.SortFunc(named, func(a, b Norm) int { return strings.Compare(a.ID, b.ID) })
	random := rand.New(rand.NewPCG(seed, 0))
	random.Shuffle(len(named), func(i, j int) { named[i], named[j] = named[j], named[i] })
	named = named[:min(count, len(named))]
	slices.SortFunc(named, func(a, b Norm) int { return strings.Compare(a.ID, b.ID) })
	return named
}
