package explain

import (
	"fmt"
	"math/big"
	"slices"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// MaxCubes is how many descriptions Diff makes of one change of outcome. What they leave out is counted.
const MaxCubes = 40

// NotPossible stands for the outcome of a situation that cannot occur in a version.
const NotPossible = -1

// A Difference is what differs between two versions of a decision.
//
// Facts, values and outcomes with the same id are the same. Compared are the situations over the facts of both versions
// together and the values they share: a version that does not have a fact, or in which it is nvt, answers whatever its
// value is. A fact that neither asks is nvt and counts once. Dates are compared by their days.
type Difference struct {
	Old, New *model.Decision

	AddedFacts, RemovedFacts       []*model.Fact // questions of one version only, in asking order
	AddedValues, RemovedValues     []Setting     // of questions of both; the Fact is that of the version with the values
	AddedOutcomes, RemovedOutcomes []string      // ids

	// Verdicts tells that of one version no more is known than outcomes and duties, so that only those are compared.
	Verdicts bool

	Situations *big.Int // compared: those that can occur in at least one version
	Same       *big.Int // of those, with the same answer
	Other      *big.Int // with the same outcome, of which duty, rules or conditions differ
	Changes    []OutcomeChange

	// Of two decisions of the kind mag: in some situation the new version is more permissive, or stricter.
	MorePermissive, Stricter bool
}

// An OutcomeChange is what goes from one outcome to another.
type OutcomeChange struct {
	From, To   int // indexes of outcomes of the old and the new version, or NotPossible
	Situations *big.Int
	Cubes      []Cube   // together they describe exactly these situations, but for Rest; they may overlap
	Rest       *big.Int // situations that MaxCubes left undescribed
}

// A Cube describes the compared situations in which each of some facts has one of some values; others do not matter.
// The facts are those of the comparison, with the ids, questions and values of the versions.
type Cube struct {
	Settings   []Setting // in asking order, or the order of a diagram of verdicts
	Situations *big.Int
}

// Equal tells that both versions have the same questions and outcomes, and the same answer everywhere.
func (d *Difference) Equal() bool {
	return d.SameOutcomes() && d.Other.Sign() == 0 && len(d.AddedFacts)+len(d.RemovedFacts)+len(d.AddedValues)+len(d.RemovedValues)+
		len(d.AddedOutcomes)+len(d.RemovedOutcomes) == 0
}

// SameOutcomes tells that every compared situation has the same outcome in both versions.
func (d *Difference) SameOutcomes() bool { return len(d.Changes) == 0 }

// Diff compares the diagrams of two versions of a decision. The error is diagram.ErrTooLarge.
func Diff(old, new *diagram.Diagram) (*Difference, error) {
	c := &comparison{old: newSide(old), new: newSide(new)}
	c.out = &Difference{Old: old.Decision, New: new.Decision, Verdicts: old.Verdicts || new.Verdicts}
	if !c.join() {
		return nil, fmt.Errorf("%s: %w", new.Decision.ID, diagram.ErrTooLarge)
	}
	if err := c.algebra.Within(c.compare); err != nil {
		return nil, fmt.Errorf("%s: %w", new.Decision.ID, err)
	}
	return c.out, nil
}

// A side is one of the versions.
type side struct {
	g      *diagram.Diagram
	level  []int   // of the joint fact, by variable
	values [][]int // by joint level: the value index by joint value index; nil where this version lacks the fact
}

func newSide(g *diagram.Diagram) *side { return &side{g: g, level: make([]int, len(g.Vars))} }

type comparison struct {
	old, new *side
	facts    []*model.Fact // of the comparison
	algebra  *diagram.Algebra
	out      *Difference
}

// join makes the facts of the comparison: those of the new version in their order, with among them those that only the
// old one has. It fails where dates are cut into more intervals than a fact can have values.
func (c *comparison) join() bool {
	find := func(g *diagram.Diagram, id string) int {
		return slices.IndexFunc(g.Vars, func(f *model.Fact) bool { return f.ID == id })
	}
	type pair struct{ old, new int } // variables, or -1
	var pairs []pair
	for i, f := range c.new.g.Vars {
		j := find(c.old.g, f.ID)
		if j >= 0 && len(joinValues(c.old.g.Vars[j], f)) == 0 {
			j = -1 // the same name for something else
		}
		pairs = append(pairs, pair{j, i})
		if j < 0 {
			c.out.AddedFacts = append(c.out.AddedFacts, f)
		}
	}
	for j, f := range c.old.g.Vars {
		if slices.ContainsFunc(pairs, func(p pair) bool { return p.old == j }) {
			continue
		}
		c.out.RemovedFacts = append(c.out.RemovedFacts, f)
		after := slices.IndexFunc(pairs, func(p pair) bool { return j > 0 && p.old == j-1 })
		pairs = slices.Insert(pairs, after+1, pair{j, -1})
	}
	for level, p := range pairs {
		var of *model.Fact
		var values []jointValue
		undefined := true // neither version need ask it
		if p.old >= 0 {
			of = c.old.g.Vars[p.old]
			c.old.level[p.old] = level
			undefined = undefined && of.HasUndefined()
			values = joinValues(of, of)
		}
		if p.new >= 0 {
			of = c.new.g.Vars[p.new]
			c.new.level[p.new] = level
			undefined = undefined && of.HasUndefined()
			values = joinValues(of, of)
		}
		if p.old >= 0 && p.new >= 0 {
			values = joinValues(c.old.g.Vars[p.old], of)
			c.valuesOfOne(c.old.g.Vars[p.old], of, values)
		}
		if len(values) > model.MaxValues {
			return false
		}
		f := &model.Fact{ID: of.ID, Index: level, Span: of.Span, Kind: of.Kind, Question: of.Question}
		if undefined {
			f.Gate = model.All{}
		}
		var oldValues, newValues []int
		for _, v := range values {
			f.Values = append(f.Values, v.Value)
			oldValues, newValues = append(oldValues, v.old), append(newValues, v.new)
		}
		if p.old < 0 {
			oldValues = nil
		}
		if p.new < 0 {
			newValues = nil
		}
		c.facts = append(c.facts, f)
		c.old.values, c.new.values = append(c.old.values, oldValues), append(c.new.values, newValues)
	}
	for _, o := range c.new.g.Decision.Outcomes {
		if c.old.g.Decision.Outcome(o.ID) < 0 {
			c.out.AddedOutcomes = append(c.out.AddedOutcomes, o.ID)
		}
	}
	for _, o := range c.old.g.Decision.Outcomes {
		if c.new.g.Decision.Outcome(o.ID) < 0 {
			c.out.RemovedOutcomes = append(c.out.RemovedOutcomes, o.ID)
		}
	}
	c.algebra = diagram.NewAlgebra(c.facts)
	return true
}

// A jointValue is a value that both versions of a fact have.
type jointValue struct {
	model.Value
	old, new int
}

// joinValues lists what two versions of a fact share: values with the same id, or, of dates, the days in which two of
// their intervals overlap.
func joinValues(old, new *model.Fact) []jointValue {
	var out []jointValue
	days := intervals(old) && intervals(new)
	for j, n := range new.Values {
		for i, o := range old.Values {
			if !days {
				if o.ID == n.ID {
					out = append(out, jointValue{n, i, j})
				}
				continue
			}
			from, until := max(o.From, n.From), o.Until
			if until == "" || n.Until != "" && n.Until < until {
				until = n.Until
			}
			switch {
			case until != "" && until <= from:
			case from == n.From && until == n.Until:
				out = append(out, jointValue{n, i, j})
			case from == o.From && until == o.Until:
				out = append(out, jointValue{o, i, j})
			default:
				out = append(out, jointValue{model.Value{ID: "vanaf-" + from + "-tot-" + until, From: from, Until: until}, i, j})
			}
		}
	}
	return out
}

// intervals tells whether the values of a fact are days that follow each other, from always until always.
func intervals(f *model.Fact) bool {
	if f.Kind != model.Date || len(f.Values) == 0 || f.Values[0].From != "" || f.Values[len(f.Values)-1].Until != "" {
		return false
	}
	for i := range len(f.Values) - 1 {
		if f.Values[i].Until == "" || f.Values[i].Until != f.Values[i+1].From {
			return false
		}
	}
	return true
}

// valuesOfOne notes the values that one version of a fact has and the other does not.
func (c *comparison) valuesOfOne(old, new *model.Fact, shared []jointValue) {
	added, removed := Setting{Fact: new}, Setting{Fact: old}
	for j := range new.Values {
		if !slices.ContainsFunc(shared, func(v jointValue) bool { return v.new == j }) {
			added.Values |= 1 << j
		}
	}
	for i := range old.Values {
		if !slices.ContainsFunc(shared, func(v jointValue) bool { return v.old == i }) {
			removed.Values |= 1 << i
		}
	}
	if added.Values != 0 {
		c.out.AddedValues = append(c.out.AddedValues, added)
	}
	if removed.Values != 0 {
		c.out.RemovedValues = append(c.out.RemovedValues, removed)
	}
}

// lift turns a version's diagram into a function of the comparison. at gives the number of what is not a node that
// matters; levels before until are followed. Where a dependent fact is nvt its value is passed over.
func (c *comparison) lift(s *side, until int, at func(r diagram.Ref) int) diagram.Function {
	made := make([]diagram.Function, len(s.g.Nodes))
	of := func(r diagram.Ref) diagram.Function {
		if r.IsNode() && s.g.Nodes[r].Var < until {
			return made[r]
		}
		return c.algebra.Number(at(r))
	}
	for i, n := range s.g.Nodes {
		if n.Var >= until {
			continue
		}
		f, level := s.g.Vars[n.Var], s.level[n.Var]
		if f.HasUndefined() && n.Next[f.UndefinedIndex()] != diagram.Impossible {
			made[i] = of(n.Next[f.UndefinedIndex()])
			continue
		}
		next := make([]diagram.Function, c.facts[level].Size())
		for v := range next {
			next[v] = c.algebra.Number(at(diagram.Impossible)) // nvt, although it is asked
			if v < len(s.values[level]) {
				next[v] = of(n.Next[s.values[level][v]])
			}
		}
		made[i] = c.algebra.Case(level, next)
	}
	return of(s.g.Root)
}

// asked is 1 where a version asks the fact at a level of the comparison, one that neither version always asks.
func (c *comparison) asked(s *side, level int) diagram.Function {
	if s.values[level] == nil {
		return c.algebra.Number(0)
	}
	v := slices.Index(s.level, level)
	f := s.g.Vars[v]
	return c.lift(s, v, func(r diagram.Ref) int {
		if r.IsNode() && s.g.Nodes[r].Var == v && s.g.Nodes[r].Next[f.UndefinedIndex()] == diagram.Impossible {
			return 1
		}
		return 0
	})
}

// Numbers of the comparison; those after these stand for a change of outcome.
const (
	outside = iota // of the compared situations
	same
	other
	firstChange
)

// compare fills in the numbers and the changes.
func (c *comparison) compare() {
	end := func(r diagram.Ref) int {
		if r == diagram.Impossible {
			return 0
		}
		return r.EndIndex() + 1
	}
	a := c.algebra
	var changes [][2]int // from and to
	pairs := map[[2]int]int{}
	verdict := a.Apply(func(x, y int) int {
		n, ok := pairs[[2]int{x, y}]
		if !ok {
			n = c.verdict(x, y, &changes)
			pairs[[2]int{x, y}] = n
		}
		return n
	}, c.lift(c.old, len(c.old.g.Vars), end), c.lift(c.new, len(c.new.g.Vars), end))
	for level, f := range c.facts {
		if !f.HasUndefined() {
			continue
		}
		or := func(x, y int) int { return x | y }
		asked := a.Apply(or, c.asked(c.old, level), c.asked(c.new, level))
		undefined := a.In(level, 1<<f.UndefinedIndex())
		occurs := a.Apply(func(asked, undefined int) int { return asked ^ undefined }, asked, undefined)
		verdict = a.Apply(func(occurs, n int) int { return occurs * n }, occurs, verdict)
	}
	d := c.out
	everything := make([]model.Set, len(c.facts))
	for i, f := range c.facts {
		everything[i] = f.All()
	}
	counts := a.Count(verdict, everything)
	number := func(n int) *big.Int {
		if counts[n] == nil {
			return new(big.Int)
		}
		return counts[n]
	}
	d.Same, d.Other, d.Situations = number(same), number(other), new(big.Int).Add(number(same), number(other))
	for i, change := range changes {
		n := number(firstChange + i)
		if n.Sign() == 0 {
			continue
		}
		d.Situations.Add(d.Situations, n)
		o := OutcomeChange{From: change[0], To: change[1], Situations: n}
		if o.From != NotPossible && o.To != NotPossible && d.Old.Kind == model.Permit && d.New.Kind == model.Permit {
			d.MorePermissive = d.MorePermissive || o.To > o.From
			d.Stricter = d.Stricter || o.To < o.From
		}
		o.Cubes, o.Rest = c.describe(verdict, firstChange+i)
		d.Changes = append(d.Changes, o)
	}
	slices.SortFunc(d.Changes, func(x, y OutcomeChange) int {
		order := slices.Compare([]int{y.To, y.From}, []int{x.To, x.From})
		if d.New.Kind == model.Choice && x.To >= 0 && y.To >= 0 {
			order = slices.Compare([]int{x.To, x.From}, []int{y.To, y.From})
		}
		return order
	})
}

// verdict gives the number for what two versions answer: 0, or 1 + the index of an end.
func (c *comparison) verdict(x, y int, changes *[][2]int) int {
	if x == 0 && y == 0 {
		return outside
	}
	change := [2]int{NotPossible, NotPossible}
	if x > 0 {
		change[0] = c.old.g.Ends[x-1].Answer.Outcome
	}
	if y > 0 {
		change[1] = c.new.g.Ends[y-1].Answer.Outcome
	}
	if x > 0 && y > 0 && c.out.Old.Outcomes[change[0]].ID == c.out.New.Outcomes[change[1]].ID {
		a, b := c.old.g.Ends[x-1].Answer, c.new.g.Ends[y-1].Answer
		equal := a.Duty == b.Duty
		if !c.out.Verdicts {
			equal = words(c.out.Old, a) == words(c.out.New, b)
		}
		if equal {
			return same
		}
		return other
	}
	at := slices.Index(*changes, change)
	if at < 0 {
		at = len(*changes)
		*changes = append(*changes, change)
	}
	return firstChange + at
}

// words writes an answer with its conditions; of equal answers it is equal.
func words(d *model.Decision, a model.Answer) string {
	out := a.Describe(d)
	for _, c := range a.ConditionList(d) {
		out += " +" + c.ID
	}
	return out
}
