package mutate

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"handvat/generator/diagram"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/verify"
)

// A worker tries changes on a model of its own.
type worker struct {
	m       *model.Model
	most    int // nodes that a diagram of answers may have to be made for every change
	mutants []*mutant
	facts   map[*model.Fact]*model.Decision  // each derived fact as a decision
	rests   map[*model.Decision]map[any]bool // the facts and decisions that each decision rests on
	known   map[*model.Decision]*known       // of the decisions that a change can touch
}

// A known is what is found out of a decision once, before anything is changed.
type known struct {
	own    map[any]bool     // what it rests on otherwise than by the decisions that it uses
	large  *diagram.Diagram // of verdicts, where there are too many answers to make them for every change; else nil
	trials []trial
	// examples are situations that give what an invariant demands of at least one; while one of them still does, the
	// invariant holds and no diagram is needed.
	examples map[*model.Invariant][]model.Situation
}

// usual is the most of every worker, but for tests.
const usual = 50_000

// A trial is a case with its open facts filled in, one of the situations it stands for.
type trial struct {
	at        *model.Case
	situation model.Situation
}

// newWorker makes a worker for the changes of the decisions and derived facts with these ids, and of the derived facts that
// such a decision rests on; for all changes where there are none.
func newWorker(m *model.Model, of ...string) *worker {
	splitDays(m)
	w := &worker{m: m, most: usual, facts: map[*model.Fact]*model.Decision{}, rests: map[*model.Decision]map[any]bool{}, known: map[*model.Decision]*known{}}
	for _, f := range m.Facts {
		if f.Kind == model.Derived {
			w.facts[f] = verify.AsDecision(f)
		}
	}
	for _, d := range m.Decisions {
		w.rests[d] = restsOn(d, true)
	}
	w.mutants = mutants(m)
	if len(of) > 0 {
		w.mutants = slices.DeleteFunc(w.mutants, func(x *mutant) bool {
			return !slices.Contains(of, x.result.Owner) && !slices.ContainsFunc(m.Decisions, func(d *model.Decision) bool {
				return slices.Contains(of, d.ID) && x.fact != nil && w.rests[d][x.fact]
			})
		})
	}
	return w
}

// look finds out what is known of a decision. Nothing may be changed yet.
func (w *worker) look(d *model.Decision) {
	if w.known[d] != nil {
		return
	}
	k := &known{own: restsOn(d, false), examples: map[*model.Invariant][]model.Situation{}}
	w.known[d] = k
	if _, err := diagram.BuildUpTo(w.m, d, w.most); err != nil {
		if k.large, err = diagram.BuildVerdicts(w.m, d, diagram.MaxNodes); err != nil {
			panic("BUG: " + d.ID + " was proved") // on its verdicts, if not on its answers
		}
	}
	for _, c := range d.Cases {
		for last := range 2 {
			if s, ok := w.complete(d, c, last == 1); ok {
				k.trials = append(k.trials, trial{c, s})
			}
		}
	}
	for _, i := range d.Invariants {
		if !i.Always {
			k.examples[i] = w.findExamples(d, i)
		}
	}
}

// within makes the diagram of the situations in which a condition holds: of answers, or of verdicts in a large decision.
func (w *worker) within(d *model.Decision, condition model.Cond) (*diagram.Diagram, error) {
	if large := w.known[d].large; large != nil {
		return large.VerdictsWithin(condition)
	}
	return diagram.BuildWithin(w.m, d, condition, diagram.MaxNodes)
}

// findExamples gives some situations that an invariant demands, one through each of a few branches.
func (w *worker) findExamples(d *model.Decision, i *model.Invariant) []model.Situation {
	const enough = 30
	g, err := w.within(d, i.When)
	if err != nil {
		return nil
	}
	var out []model.Situation
	g.Edges(func(values []int) bool {
		k := &model.Case{Answers: map[*model.Fact]int{}}
		for at, v := range values {
			if v != model.Open {
				k.Answers[g.Vars[at]] = v
			}
		}
		end := g.Follow(func(f *model.Fact) int { return k.Answers[f] })
		if !i.Outcomes.Has(g.Ends[end.EndIndex()].Answer.Outcome) {
			return true
		}
		if s, ok := w.complete(d, k, false); ok && w.gives(d, i, s) {
			out = append(out, s)
		}
		return len(out) < enough
	})
	return out
}

// gives tells whether a situation gives what an invariant demands.
func (w *worker) gives(d *model.Decision, i *model.Invariant, s model.Situation) bool {
	if !holds(i.When, s) {
		return false
	}
	answer, err := eval.Answer(d, s)
	return err == nil && i.Outcomes.Has(answer.Outcome)
}

// complete fills in the open facts of a case with their first or last values.
func (w *worker) complete(d *model.Decision, k *model.Case, last bool) (model.Situation, bool) {
	s := make(model.Situation, len(w.m.Facts))
	for i := range s {
		s[i] = model.Open
	}
	for _, f := range d.Questions {
		if f.Gate != nil && !holds(f.Gate, s) {
			s[f.Index] = f.UndefinedIndex()
			continue
		}
		if v, given := k.Answers[f]; given {
			s[f.Index] = v
		} else if last {
			s[f.Index] = len(f.Values) - 1
		} else {
			s[f.Index] = 0
		}
	}
	for _, i := range w.m.Impossible {
		if holds(i.When, s) {
			return nil, false
		}
	}
	return s, true
}

// holds is false where it cannot be known.
func holds(c model.Cond, s model.Situation) bool {
	ok, err := eval.Holds(c, s)
	return ok && err == nil
}

// restsOn collects the facts and decisions that the answers, questions and invariants of a decision rest on, with those of
// the decisions that it uses or without.
func restsOn(d *model.Decision, used bool) map[any]bool {
	out := map[any]bool{}
	var visit func(f *model.Fact)
	visitCond := func(c model.Cond) {
		if c != nil {
			model.FactsOf(c, visit)
		}
	}
	var visitDecision func(d *model.Decision)
	visit = func(f *model.Fact) {
		if out[f] {
			return
		}
		out[f] = true
		visitCond(f.Gate)
		if f.Of != nil {
			visit(f.Of)
		}
		if f.AskedAs != nil {
			visit(f.AskedAs)
		}
		for _, r := range f.Rules {
			visitCond(r.When)
		}
		if f.Uses != nil && used {
			visitDecision(f.Uses)
		}
	}
	visitDecision = func(d *model.Decision) {
		out[d] = true
		for _, r := range d.Rules {
			visitCond(r.When)
		}
		for _, f := range d.Questions {
			visit(f)
		}
	}
	visitDecision(d)
	for _, i := range d.Invariants {
		visitCond(i.When)
	}
	return out
}

// try applies a change, finds what notices it, and takes it back.
func (w *worker) try(x *mutant) Result {
	var touched []*model.Decision
	for _, d := range w.m.Decisions {
		if w.rests[d][x.owner()] {
			touched = append(touched, d)
		}
	}
	slices.SortStableFunc(touched, func(a, b *model.Decision) int { return len(a.Questions) - len(b.Questions) }) // the cheapest first
	for _, d := range touched {
		w.look(d)
	}
	out := x.result
	x.apply()
	by, found := w.noticedByTrial(x, touched)
	var changed []*diagram.Diagram
	var err error
	if !found {
		by, changed, err = w.noticedByProof(x, touched)
	}
	var signs [][]sign
	for _, g := range changed {
		signs = append(signs, signsOf(g))
	}
	x.undo()
	switch {
	case err != nil:
		out.Verdict = TooLarge
	case by != "":
		out.Verdict, out.By = Noticed, by
	default:
		w.compare(x, touched, changed, signs, &out)
	}
	return out
}

// noticedByTrial tries the cases with the reference evaluator.
func (w *worker) noticedByTrial(x *mutant, touched []*model.Decision) (by string, found bool) {
	for _, d := range touched {
		for _, t := range w.known[d].trials {
			if !holds(x.region, t.situation) {
				continue
			}
			answer, err := eval.Answer(d, t.situation)
			var several eval.OutcomesError
			switch {
			case errors.As(err, &several):
				return "bewijs: niet precies één regel", true
			case err != nil:
				continue // a question came into play that the case does not answer; the diagram decides
			case verify.Unmet(d, t.at, answer) != "":
				return "geval " + t.at.ID, true
			}
		}
	}
	return "", false
}

// noticedByProof builds the diagrams of the situations that the change can touch, and holds everything against them.
func (w *worker) noticedByProof(x *mutant, touched []*model.Decision) (by string, changed []*diagram.Diagram, err error) {
	wrong := func(g *diagram.Diagram) bool {
		return slices.ContainsFunc(g.Ends, func(e diagram.End) bool { return e.Wrong })
	}
	const notOne = "bewijs: niet precies één regel"
	if x.fact != nil {
		d := w.facts[x.fact]
		d.Rules = x.fact.Rules
		g, err := diagram.BuildWithin(w.m, d, x.region, diagram.MaxNodes)
		if err != nil {
			return "", nil, err
		}
		if wrong(g) {
			return notOne, nil, nil
		}
	}
	for _, d := range touched {
		g, err := w.within(d, x.region)
		if err != nil {
			return "", nil, err
		}
		changed = append(changed, g)
		if wrong(g) {
			return notOne, nil, nil
		}
		for _, k := range d.Cases {
			unmet, err := w.unmet(g, k, x.region)
			if err != nil {
				return "", nil, err
			}
			if unmet {
				return "geval " + k.ID, nil, nil
			}
		}
		parts := diagram.NewParts(g)
		for _, i := range d.Invariants {
			if w.violated(parts, i, x.region) {
				return "wet " + i.ID, nil, nil
			}
		}
	}
	return "", changed, nil
}

// unmet tells whether a case expects something that an answer does not give in one of the situations it stands for.
func (w *worker) unmet(g *diagram.Diagram, k *model.Case, region model.Cond) (bool, error) {
	ends, _ := verify.Reached(g, k)
	if len(ends) > 0 && g.Verdicts { // which rules count in this case is not too much to know
		inside, err := g.AnswersWithin(model.All{region, verify.Given(g, k)})
		if err != nil {
			return false, err
		}
		ends = inside.Ends
	}
	return slices.ContainsFunc(ends, func(e diagram.End) bool { return verify.Unmet(g.Decision, k, e.Answer) != "" }), nil
}

// violated tells whether an invariant fails. The parts are of the diagram of the situations that a change can touch; outside
// these everything is as it was, and there what must be possible still may be.
func (w *worker) violated(parts *diagram.Parts, i *model.Invariant, region model.Cond) bool {
	g := parts.Of
	allowed := func(e diagram.End) bool { return i.Outcomes.Has(e.Answer.Outcome) }
	if i.Always && !slices.ContainsFunc(g.Ends, func(e diagram.End) bool { return !allowed(e) }) {
		return false
	}
	some := slices.ContainsFunc(g.Ends, allowed)
	if !i.Always && slices.ContainsFunc(w.known[g.Decision].examples[i], func(s model.Situation) bool {
		touched, err := eval.Holds(region, s)
		return err == nil && !touched || some && w.gives(g.Decision, i, s)
	}) {
		return false
	}
	inside, err := parts.Restrict(i.When)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	if i.Always {
		return slices.ContainsFunc(inside.Ends, func(e diagram.End) bool { return !allowed(e) })
	}
	if slices.ContainsFunc(inside.Ends, allowed) {
		return false
	}
	elsewhere, err := w.within(g.Decision, model.All{model.Not(region), i.When})
	return err == nil && !slices.ContainsFunc(elsewhere.Ends, allowed)
}

// A sign tells ends apart.
type sign struct {
	outcome    string // with the duty
	answer     string // with the rules that count
	all        string // with conditions
	shown      string
	conditions []string
}

func signsOf(g *diagram.Diagram) []sign {
	var out []sign
	for _, e := range g.Ends {
		s := sign{outcome: fmt.Sprint(e.Answer.Outcome, e.Answer.Duty), answer: e.Answer.Describe(g.Decision), shown: describe(g.Decision, e.Answer)}
		for _, c := range e.Answer.ConditionList(g.Decision) {
			s.conditions = append(s.conditions, c.ID)
		}
		slices.Sort(s.conditions)
		s.all = s.answer + " mits " + strings.Join(s.conditions, " ")
		out = append(out, s)
	}
	return out
}

// compare finds the smallest situation in which a change that nothing noticed makes a difference. The change is undone.
func (w *worker) compare(x *mutant, touched []*model.Decision, changed []*diagram.Diagram, signs [][]sign, out *Result) {
	out.Verdict = Equivalent
	for i, d := range touched {
		was, err := w.within(d, x.region)
		if err != nil {
			out.Verdict = TooLarge
			return
		}
		w.difference(x, was, changed[i], signs[i], out)
		// A large decision differs by a used one only where that differs, and that has been looked at, or will be.
		if was.Verdicts && was.Root != diagram.Impossible && out.Verdict < Reasons && w.known[d].own[x.owner()] {
			w.reasons(x, d, out)
		}
	}
}

// reasons tells whether rules that count or conditions change in a large decision of which no verdict does; where that is
// too much to tell, it says that they may.
func (w *worker) reasons(x *mutant, d *model.Decision, out *Result) {
	was, err := diagram.BuildWithin(w.m, d, x.region, w.most)
	if err != nil {
		out.Verdict = Reasons
		return
	}
	x.apply()
	is, err := diagram.BuildWithin(w.m, d, x.region, w.most)
	var after []sign
	if err == nil {
		after = signsOf(is)
	}
	x.undo()
	if err != nil {
		out.Verdict = Reasons
		return
	}
	w.difference(x, was, is, after, out)
}

// difference finds the smallest situation in which two diagrams of a decision differ more than was found before.
func (w *worker) difference(x *mutant, was, is *diagram.Diagram, after []sign, out *Result) {
	d, before := was.Decision, signsOf(was)
	for _, level := range differences {
		if level.verdict <= out.Verdict {
			break // a decision before this one differs as much
		}
		two := &diagram.Two{X: was, Y: is, Loose: w.loose(x, d),
			Differ: func(a, b int) bool { return level.differ(before[a], after[b]) }}
		p, q, _ := two.From(was.Root, is.Root)
		if p == nil {
			continue
		}
		a, b := before[p.End.EndIndex()], after[q.End.EndIndex()]
		two.Differ = func(x, y int) bool { return before[x].all == a.all && after[y].all == b.all }
		w.shrink(d, x.region, two, p.Values)
		out.Verdict, out.Decision, out.Situation = level.verdict, d.ID, was.Describe(p.Values)
		out.Was, out.Is = a.shown, b.shown
		out.Conditions = [2][]string{}
		if !slices.Equal(a.conditions, b.conditions) {
			out.Conditions = [2][]string{a.conditions, b.conditions}
		}
	}
}

// shrink leaves out values until what is left no longer forces these answers.
func (w *worker) shrink(d *model.Decision, region model.Cond, two *diagram.Two, values map[int]int) {
	outside := func() bool {
		c := model.All{model.Not(region)}
		for i, v := range values {
			c = append(c, model.In{Fact: two.X.Vars[i], Values: 1 << v})
		}
		return diagram.Possible(w.m, d, c)
	}
	for _, f := range slices.Backward(d.Questions) {
		i := two.X.VarIndex(f)
		v, given := values[i]
		if !given {
			continue
		}
		delete(values, i)
		if !two.Always(two.X.Root, two.Y.Root, values, values) || outside() {
			values[i] = v
		}
	}
}

// differences are the ways in which answers can differ, the worst first.
var differences = []struct {
	verdict Verdict
	differ  func(a, b sign) bool
}{
	{Hole, func(a, b sign) bool { return a.outcome != b.outcome }},
	{Reasons, func(a, b sign) bool { return a.all != b.all }},
}

// loose tells which questions of a decision may start or stop to apply because of a change: those whose gate rests on
// what was changed.
func (w *worker) loose(x *mutant, d *model.Decision) func(*model.Fact) bool {
	facts := map[*model.Fact]bool{}
	for _, f := range d.Questions {
		if f.Gate != nil {
			gate := restsOn(&model.Decision{Rules: []*model.Rule{{When: f.Gate}}}, true)
			facts[f] = gate[x.owner()]
		}
	}
	return func(f *model.Fact) bool { return facts[f] }
}
