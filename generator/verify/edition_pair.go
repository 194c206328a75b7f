package verify

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
)

// A pair is a national and a regional diagram over the same variables.
type pair struct {
	t                  *model.Touched
	national, regional *diagram.Diagram
	loose              func(*model.Fact) bool // may apply in the one and not in the other, since it rests on what is fixed
}

// pair lays the two diagrams of a decision side by side. Their variables are the questions of the region, with those that
// only the nation asks where the nation asks them.
func (v *verifier) pair(e *model.Edition, t *model.Touched, national, regional *diagram.Diagram) (*pair, error) {
	place := func(facts []*model.Fact, id string) int {
		return slices.IndexFunc(facts, func(f *model.Fact) bool { return f.ID == id })
	}
	if national.Verdicts || regional.Verdicts {
		if !onlyThroughLocks(t) {
			return nil, errors.New("conditions and who decides are not in a diagram of verdicts")
		}
		var err error
		if national, err = v.verdicts(e.National, t.National); err != nil {
			return nil, err
		}
		if regional, err = v.verdicts(e.Model, t.Regional); err != nil {
			return nil, err
		}
	}
	joint := slices.Clone(regional.Vars)
	for i, f := range national.Vars {
		if place(joint, f.ID) < 0 {
			joint = slices.Insert(joint, place(joint, national.Vars[i-1].ID)+1, f) // the date is first, and both ask it
		}
	}
	at := func(f *model.Fact) int { return place(joint, f.ID) }
	order := func(x, y *model.Fact) int { return at(x) - at(y) }
	if !slices.IsSortedFunc(national.Vars, order) { // a question of the region came in between
		again := *t.National
		again.Questions = slices.Clone(again.Questions)
		slices.SortFunc(again.Questions, order)
		built, err := diagram.BuildUpTo(e.National, &again, v.limits.Answers)
		if err != nil {
			return nil, err
		}
		national = built
	}
	joint[0] = jointDate(national.Vars[0], regional.Vars[0])
	p := &pair{t: t, national: over(national, joint), regional: over(regional, joint)}
	p.loose = func(f *model.Fact) bool {
		i := place(national.Vars, f.ID)
		return i >= 0 && slices.ContainsFunc(t.Fixed, func(x *model.FixedAnswer) bool { return restsOn(national.Vars[i].Gate, x.Fact) })
	}
	return p, nil
}

// onlyThroughLocks tells whether all that the region changes in a decision is what its locks say. What a lock carries is
// compared where the lock's own decision is; here the same rules count, so that no condition can fall away.
func onlyThroughLocks(t *model.Touched) bool {
	if len(t.Rules) > 0 || len(t.Questions) > 0 || len(t.Fixed) > 0 {
		return false
	}
	for _, r := range t.Regional.Rules {
		if r.Through == nil && slices.ContainsFunc(t.Regional.Uses, func(f *model.Fact) bool { return restsOn(r.When, f) }) {
			return false
		}
	}
	return true
}

// verdicts makes the diagram of verdicts in asking order.
func (v *verifier) verdicts(m *model.Model, d *model.Decision) (*diagram.Diagram, error) {
	g, err := diagram.BuildVerdicts(m, d, v.limits.Verdicts)
	if err != nil {
		return nil, err
	}
	if g, ok := g.InAskingOrder(v.limits.Verdicts); ok {
		return g, nil
	}
	return nil, errors.New("too large in asking order")
}

// jointDate has the intervals that both dates consist of.
func jointDate(x, y *model.Fact) *model.Fact {
	out := *x
	out.Values = nil
	var days []string
	for _, v := range slices.Concat(x.Values, y.Values) {
		days = append(days, v.From)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	for i, day := range days {
		v := model.Value{From: day}
		var id []string
		if day != "" {
			id = append(id, "vanaf", day)
		}
		if i+1 < len(days) {
			v.Until = days[i+1]
			id = append(id, "tot", v.Until)
		}
		v.ID = strings.Join(id, "-")
		out.Values = append(out.Values, v)
	}
	return &out
}

// over writes a diagram over other variables, its own among them and in the same order. The first is the date.
func over(d *diagram.Diagram, vars []*model.Fact) *diagram.Diagram {
	out := &diagram.Diagram{Decision: d.Decision, Vars: vars, Ends: d.Ends, Root: d.Root}
	for _, n := range d.Nodes {
		next := n.Next
		if n.Var == 0 {
			next = nil
			for _, v := range vars[0].Values {
				next = append(next, n.Next[d.Vars[0].DateIndex(v.From)])
			}
		}
		at := slices.IndexFunc(vars, func(f *model.Fact) bool { return f.ID == d.Vars[n.Var].ID })
		out.Nodes = append(out.Nodes, diagram.Node{Var: at, Next: next})
	}
	return out
}

func (p *pair) two(differ func(x, y int) bool) *diagram.Two {
	return &diagram.Two{X: p.national, Y: p.regional, Loose: p.loose, Differ: differ}
}

// find gives the smallest situations in which the answers are as wanted: the national and the regional one.
func (p *pair) find(wanted func(t *model.Touched, x, y model.Answer) bool) (x, y *diagram.Path) {
	known := map[[2]int]bool{}
	x, y, _ = p.two(func(i, j int) bool {
		is, ok := known[[2]int{i, j}]
		if !ok {
			is = wanted(p.t, p.national.Ends[i].Answer, p.regional.Ends[j].Answer)
			known[[2]int{i, j}] = is
		}
		return is
	}).From(p.national.Root, p.regional.Root)
	if x == nil {
		return nil, nil
	}
	exactly := p.two(func(i, j int) bool { return i == x.End.EndIndex() && j == y.End.EndIndex() })
	for i := len(p.national.Vars) - 1; i >= 0; i-- { // leave out what does not matter
		a, inX := x.Values[i]
		b, inY := y.Values[i]
		delete(x.Values, i)
		delete(y.Values, i)
		if (inX || inY) && exactly.Always(p.national.Root, p.regional.Root, x.Values, y.Values) {
			continue
		}
		if inX {
			x.Values[i] = a
		}
		if inY {
			y.Values[i] = b
		}
	}
	return x, y
}

// lost gives a situation that can occur nationally and has no counterpart in the region, or nil. Of a question that only
// the region asks any value will do.
func (p *pair) lost() map[int]int {
	type refs struct{ x, y diagram.Ref }
	known := map[refs]bool{} // whether every national situation on from here has a regional one
	level := func(d *diagram.Diagram, r diagram.Ref) int {
		if r.IsNode() {
			return d.Nodes[r].Var
		}
		return len(d.Vars)
	}
	branch := func(d *diagram.Diagram, r diagram.Ref, at, value int) diagram.Ref {
		if level(d, r) != at {
			return r
		}
		return d.Nodes[r].Next[value]
	}
	var covered func(x, y diagram.Ref) bool
	found := func(x, y diagram.Ref, at, value int) bool { // for one national value
		f, next := p.national.Vars[at], branch(p.national, x, at, value)
		for other := range f.Size() {
			either := f.HasUndefined() && p.loose(f) && (value == f.UndefinedIndex() || other == f.UndefinedIndex())
			if (other == value || either || slices.Contains(p.t.Questions, f)) && covered(next, branch(p.regional, y, at, other)) {
				return true
			}
		}
		return false
	}
	covered = func(x, y diagram.Ref) bool {
		at := min(level(p.national, x), level(p.regional, y))
		switch {
		case x == diagram.Impossible:
			return true
		case at == len(p.national.Vars):
			return y != diagram.Impossible
		}
		key := refs{x, y}
		if is, ok := known[key]; ok {
			return is
		}
		is := true
		for value := range p.national.Vars[at].Size() {
			is = is && found(x, y, at, value)
		}
		known[key] = is
		return is
	}
	x, y, out := p.national.Root, p.regional.Root, map[int]int{}
	if covered(x, y) {
		return nil
	}
	for {
		at := min(level(p.national, x), level(p.regional, y))
		if at == len(p.national.Vars) {
			return out
		}
		for value := range p.national.Vars[at].Size() {
			if !found(x, y, at, value) {
				if level(p.national, x) == at {
					out[at] = value
				}
				x, y = branch(p.national, x, at, value), branch(p.regional, y, at, value)
				break
			}
		}
	}
}

// report says what is less strict, at the rule of the region that makes it so.
func (p *pair) report(w weakening, x, y *diagram.Path) diag.Diagnostic {
	for _, f := range p.t.Fixed {
		y.Values[p.regional.VarIndex(f.Fact)] = f.Value
	}
	was, is := p.national.Ends[x.End.EndIndex()].Answer, p.regional.Ends[y.End.EndIndex()].Answer
	notes := []diag.Note{{Message: "landelijk: " + p.say(p.national, x, was)}}
	notes = append(notes, countingNotes(p.t.National, was)...)
	notes = append(notes, diag.Note{Message: "in de regio: " + p.say(p.regional, y, is)})
	notes = append(notes, countingNotes(p.t.Regional, is)...)
	out := diag.Diagnostic{Code: w.code, Span: p.t.Span, Message: fmt.Sprintf(w.message, p.t.Regional.ID), Notes: notes}
	if len(p.t.Fixed) > 0 {
		out.Span = p.t.Fixed[0].Span
	}
	for _, r := range p.t.Rules { // the region's rule for another that counted
		if slices.ContainsFunc(was.Counting, func(n *model.Rule) bool { return n.ID == r.ID }) {
			out.Span = r.Span
		}
	}
	for _, r := range is.Counting {
		if slices.Contains(p.t.Rules, r) {
			out.Span = r.Span
			break
		}
	}
	return out
}

func (p *pair) say(g *diagram.Diagram, path *diagram.Path, a model.Answer) string {
	out := fmt.Sprintf("%s: %s", g.Describe(path.Values), g.Decision.Outcomes[a.Outcome].ID)
	if a.Duty > 0 {
		out += ", plicht " + model.Duties[a.Duty]
	}
	for _, r := range a.Counting {
		if r.By != "" && r.Level == a.Outcome {
			out += ", door " + r.By
		}
	}
	for i, c := range a.ConditionList(g.Decision) {
		if i == 0 {
			out += ", met"
		} else {
			out += " en"
		}
		out += " " + c.ID
	}
	return out
}
