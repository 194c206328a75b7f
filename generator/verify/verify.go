// Package verify proves that decisions decide every situation, once, and as promised.
//
// In: a checked model, and the reference evaluator as a function. Out: per decision a Proof with its diagram, its walk
// and exact counts; or diagnostics, each with one smallest concrete situation in plain Dutch. Nothing is sampled here:
// what is proved holds in every situation that can occur. A decision that is too entangled to tell all its answers apart
// is proved on its verdicts, which takes the same proofs; it may then have no walk. The reference evaluator is asked only
// which rules count in a situation that is shown.
package verify

import (
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/model"
	"handvat/generator/walk"
)

// Evaluator gives the answer of a decision in a complete situation.
type Evaluator func(*model.Decision, model.Situation) (model.Answer, error)

// Limits says how many nodes may be made for a diagram of each form. A decision whose answers need more is proved on its
// verdicts; one whose verdicts need more is not proved.
type Limits struct{ Answers, Verdicts int }

// usual leaves answers much room: the largest walk that anybody can use takes far fewer nodes.
var usual = Limits{Answers: 60_000, Verdicts: diagram.MaxNodes}

// walkUpTo is how many nodes a diagram of verdicts may have for a walk to be made of it: a visitor loads that.
const walkUpTo = 10_000

// A Proof is what is known of a decision that was proved.
type Proof struct {
	Decision   *model.Decision
	Diagram    *diagram.Diagram // of verdicts where the answers are too many
	Walk       *walk.Walk       // for pages, a used decision is one question in it; nil where it is too large
	Steps      *walk.Walk       // for the script, with the questions of used decisions; nil where it is too large
	Outline    *walk.Walk       // all situations, for the script to explain with; nil where Steps is
	Situations *big.Int
	PerOutcome []*big.Int
	Invariants int
	Cases      int
	Took       time.Duration // beside what else was proved at the time; for the eye of a developer, nothing that is published depends on it
}

// Verify proves every decision of a model. The proofs are in the order of the model's decisions; they are complete only
// when nothing was added to list.
func Verify(m *model.Model, evaluate Evaluator, list *diag.List) []*Proof {
	return UpTo(usual, m, evaluate, list)
}

// UpTo is Verify with other limits.
func UpTo(limits Limits, m *model.Model, evaluate Evaluator, list *diag.List) []*Proof {
	v := &verifier{m: m, evaluate: evaluate, list: list, limits: limits}
	derived := slices.DeleteFunc(slices.Clone(m.Facts), func(f *model.Fact) bool { return f.Kind != model.Derived })
	v.each(len(derived), func(v *verifier, i int) { v.derived(derived[i]) })
	if !list.Empty() {
		return nil
	}
	proofs := make([]*Proof, len(m.Decisions))
	v.each(len(proofs), func(v *verifier, i int) {
		started := time.Now()
		if p := v.decision(m.Decisions[i]); p != nil {
			p.Took = time.Since(started)
			proofs[i] = p
		}
	})
	proofs = slices.DeleteFunc(proofs, func(p *Proof) bool { return p == nil })
	if list.Empty() {
		v.conditionsAreMet(proofs)
	}
	v.normsAreCited()
	return proofs
}

type verifier struct {
	m        *model.Model
	evaluate Evaluator
	list     *diag.List
	limits   Limits
	parts    *diagram.Parts // of the diagram that was looked at last
}

// each makes a number of proofs, as many at a time as there are processors, each with a verifier of its own. What they find
// wrong is added in their order.
func (v *verifier) each(count int, prove func(v *verifier, i int)) {
	lists := make([]diag.List, count)
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(count, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < count; i = int(next.Add(1)) - 1 {
				prove(&verifier{m: v.m, evaluate: v.evaluate, list: &lists[i], limits: v.limits}, i)
			}
		})
	}
	group.Wait()
	for _, list := range lists {
		v.list.Append(list)
	}
}

// derived proves that exactly one rule of a derived fact applies.
func (v *verifier) derived(f *model.Fact) {
	if g := v.build(AsDecision(f)); g != nil {
		v.oneRule(g)
		v.rulesDecide(g)
	}
}

// AsDecision is a derived fact as a decision of its own: a choice between its values.
func AsDecision(f *model.Fact) *model.Decision {
	d := &model.Decision{ID: f.ID, Span: f.Span, Kind: model.Choice, Rules: f.Rules}
	for _, value := range f.Values {
		d.Outcomes = append(d.Outcomes, model.Outcome{ID: value.ID, Span: value.Span})
	}
	d.Questions = baseFacts(f.Rules)
	return d
}

// baseFacts lists the questions and the date that rules rest on, those that gates rest on first.
func baseFacts(rules []*model.Rule) []*model.Fact {
	var conditions []model.Cond
	for _, r := range rules {
		conditions = append(conditions, r.When)
	}
	return model.AskedFor(conditions...)
}

// build makes the diagram of a decision: of its answers, or where these are too many of its verdicts.
func (v *verifier) build(d *model.Decision) *diagram.Diagram {
	g, err := diagram.BuildUpTo(v.m, d, v.limits.Answers)
	if err != nil {
		g, err = diagram.BuildVerdicts(v.m, d, v.limits.Verdicts)
	}
	var large diagram.TooLarge
	if !errors.As(err, &large) {
		return g
	}
	var facts []string
	for _, f := range large.Facts {
		facts = append(facts, f.ID)
	}
	mistake := diag.Diagnostic{Code: "niet-bewezen", Span: d.Span,
		Message: fmt.Sprintf(`"%s" is niet bewezen: te groot, ook als alleen de uitkomsten tellen (meer dan %d %s); splits hem in kleinere beslissingen die elk over één onderwerp gaan`,
			d.ID, large.Most, tooMuch[large.Limit]),
		Notes: []diag.Note{{Message: "de meeste knopen vragen naar: " + strings.Join(facts, ", ") +
			"; maak van wat daar samen over gaat een afgeleid feit of een beslissing"}}}
	if large.Rule != nil {
		mistake.Notes = append(mistake.Notes, diag.Note{Span: large.Rule.Span, Message: `bij deze regel werd het te veel: "` + large.Rule.ID + `"`})
	}
	v.list.Add(mistake)
	return nil
}

// tooMuch names what a diagram can have too much of.
var tooMuch = [...]string{diagram.Nodes: "knopen", diagram.Steps: "rekenstappen", diagram.Answers: "verschillende antwoorden"}

// restrict is diagram.Restrict, which is fast where the diagram is the one of the last time.
func (v *verifier) restrict(g *diagram.Diagram, c model.Cond) (*diagram.Diagram, error) {
	if v.parts == nil || v.parts.Of != g {
		v.parts = diagram.NewParts(g)
	}
	return v.parts.Restrict(c)
}

// within is the part of a diagram in which a condition holds, or nil where making that is too much work. The condition is
// one on facts that are known there.
func (v *verifier) within(g *diagram.Diagram, c model.Cond) *diagram.Diagram {
	inside, err := v.restrict(g, c)
	if err != nil && !errors.Is(err, diagram.ErrTooLarge) {
		panic("BUG: " + err.Error())
	}
	return inside
}

// answerAt gives the answer that a way through a diagram leads to. Where the diagram does not know which rules count, it
// gives those of one situation on that way.
func (v *verifier) answerAt(g *diagram.Diagram, p *diagram.Path) model.Answer {
	answer := g.Ends[p.End.EndIndex()].Answer
	if !g.Verdicts || g.Decision.Kind == model.Choice {
		return answer
	}
	s := slices.Repeat(model.Situation{model.Open}, len(v.m.Facts))
	for i, f := range g.Vars {
		s[f.Index] = p.Values[i] // a fact that the way does not test may have any value
	}
	shown, err := v.evaluate(g.Decision, s)
	if err != nil || shown.Outcome != answer.Outcome {
		panic(fmt.Sprintf("BUG: %s is not what its diagram says: %v", g.Decision.ID, err))
	}
	return shown
}

func (v *verifier) decision(d *model.Decision) *Proof {
	g := v.build(d)
	if g == nil {
		return nil
	}
	if g.Root == diagram.Impossible {
		mistake := diag.Diagnostic{Code: "onmogelijk", Span: d.Span,
			Message: fmt.Sprintf(`geen enkele situatie van "%s" is mogelijk; kijk naar "alleen-als" en "onmogelijk"`, d.ID)}
		for _, i := range v.m.Impossible {
			mistake.Notes = append(mistake.Notes, diag.Note{Span: i.Span, Message: "onmogelijk is: " + Say(i.When)})
		}
		v.list.Add(mistake)
		return nil
	}
	if d.Kind == model.Choice && !v.oneRule(g) {
		return nil
	}
	v.rulesDecide(g)
	v.outcomesDecide(g)
	p := v.proof(g)
	v.questionsMatter(p)
	v.entitiesAreKnown(g)
	v.locksHold(g)
	for _, claim := range d.NeverStricter {
		v.neverStricter(g, claim)
	}
	for _, i := range d.Invariants {
		if v.invariant(g, i) {
			p.Invariants++
		}
	}
	for _, k := range d.Cases {
		if v.oneCase(g, k) {
			p.Cases++
		}
	}
	return p
}

// proof is what follows from a diagram alone.
func (v *verifier) proof(g *diagram.Diagram) *Proof {
	p := &Proof{Decision: g.Decision, Diagram: g, Situations: g.Situations()}
	v.walks(p)
	for o := range g.Decision.Outcomes {
		p.PerOutcome = append(p.PerOutcome, g.Count(func(e diagram.End) bool { return e.Answer.Outcome == o }))
	}
	return p
}

// walks makes the walks of a proof that are not too large.
func (v *verifier) walks(p *Proof) {
	g, ok := p.Diagram, true
	if g.Verdicts {
		if g, ok = g.InAskingOrder(walkUpTo); ok {
			p.Diagram = g // explains in the order in which the page asks
		}
	}
	if ok {
		p.Steps, p.Outline = walk.ForScript(g), walk.Outline(g)
	}
	if len(p.Decision.Uses) > 0 {
		if apart, err := diagram.BuildApart(v.m, p.Decision, v.limits.Answers); err == nil {
			g, ok = apart, true
		}
	}
	if ok {
		p.Walk = walk.ForPages(g)
	}
}

// oneRule refuses situations of a choice in which no rule applies, or more than one.
func (v *verifier) oneRule(g *diagram.Diagram) bool {
	d, ok := g.Decision, true
	for i, end := range g.Ends {
		if !end.Wrong {
			continue
		}
		ok = false
		here := func(r diagram.Ref) bool { return r.EndIndex() == i }
		example := g.Shortest(here)
		g.Shrink(example.Values, func(*model.Fact) bool { return false }, here)
		situation := g.Describe(example.Values)
		if len(end.Rules) == 0 {
			v.list.Add(diag.Diagnostic{Code: "geen-uitkomst", Span: d.Span,
				Message: `"` + d.ID + `" heeft geen regel voor elke situatie`, Notes: []diag.Note{{Message: "bijvoorbeeld: " + situation}}})
			continue
		}
		var notes []diag.Note
		for _, r := range end.Rules[1:] {
			notes = append(notes, diag.Note{Span: r.Span, Message: `"` + r.ID + `" staat hier`})
		}
		v.list.Add(diag.Diagnostic{Code: "twee-uitkomsten", Span: end.Rules[0].Span,
			Message: `"` + end.Rules[0].ID + `" en "` + end.Rules[1].ID + `" gelden tegelijk; een keuze heeft in elke situatie één regel`,
			Notes:   append(notes, diag.Note{Message: "bijvoorbeeld: " + situation})})
	}
	return ok
}

// rulesDecide refuses rules that count in no situation that can occur.
func (v *verifier) rulesDecide(g *diagram.Diagram) {
	counts := g.Counting()
	for _, r := range g.Decision.Rules {
		if !counts[r] && r.Through == nil {
			v.neverCounts(g, r)
		}
	}
}

// outcomesDecide refuses outcomes of a choice that no situation reaches.
func (v *verifier) outcomesDecide(g *diagram.Diagram) {
	if g.Decision.Kind != model.Choice {
		return
	}
	for o, outcome := range g.Decision.Outcomes {
		if !slices.ContainsFunc(g.Ends, func(e diagram.End) bool { return e.Answer.Outcome == o }) {
			var notes []diag.Note
			for _, r := range g.Decision.Rules {
				if r.Level == o {
					notes = append(notes, diag.Note{Span: r.Span, Message: `deze regel geeft haar, en beslist nooit iets: "` + r.ID + `"`})
				}
			}
			if notes == nil {
				notes = []diag.Note{{Message: `geen regel heeft "dan: ` + outcome.ID + `"`}}
			}
			v.list.Add(diag.Diagnostic{Code: "uitkomst-nooit", Span: outcome.Span, Notes: notes,
				Message: fmt.Sprintf(`geen enkele situatie leidt naar de uitkomst "%s"; schrijf een regel die haar geeft of haal haar weg`, outcome.ID)})
		}
	}
}

// questionsMatter refuses questions that are never asked, since no answer depends on them. Where only verdicts are known,
// an answer is taken to depend on whatever a rule that counts rests on.
func (v *verifier) questionsMatter(p *Proof) {
	asked := map[*model.Fact]bool{}
	steps := p.Steps
	if p.Diagram.Verdicts {
		steps = walk.ForScript(p.Diagram)
		var rules []*model.Rule
		for r := range p.Diagram.Counting() {
			rules = append(rules, r)
		}
		for _, f := range baseFacts(rules) {
			asked[f] = true
		}
	}
	for _, n := range steps.Nodes {
		if n.Fact != nil {
			asked[n.Fact] = true
		}
	}
	for _, f := range p.Decision.Questions {
		if f.Kind == model.Asked && !asked[f] && !ofUsed(p.Decision, f) {
			var notes []diag.Note
			for _, r := range p.Decision.Rules {
				if restsOn(r.When, f) {
					notes = append(notes, diag.Note{Span: r.Span, Message: `deze regel kijkt ernaar: "` + r.ID + `"`})
				}
			}
			g := p.Diagram
			example := g.Shortest(func(diagram.Ref) bool { return true })
			answer := g.Ends[example.End.EndIndex()].Answer
			g.Shrink(example.Values, func(*model.Fact) bool { return false }, func(r diagram.Ref) bool {
				other := g.Ends[r.EndIndex()].Answer
				return other.Outcome == answer.Outcome && other.Duty == answer.Duty
			})
			notes = append(notes, diag.Note{Message: fmt.Sprintf(`bijvoorbeeld: %s: %s, wat "%s" ook is`, g.Describe(example.Values), p.Decision.Outcomes[answer.Outcome].ID, f.ID)})
			v.list.Add(diag.Diagnostic{Code: "vraag-doet-niets", Span: p.Decision.Span, Notes: notes,
				Message: fmt.Sprintf(`de vraag "%s" wordt in "%s" nooit gesteld: geen uitkomst hangt ervan af; haal haar weg of verander een regel`, f.ID, p.Decision.ID)})
		}
	}
}

// ofUsed tells whether a question is there because a used decision has it; it may not matter here.
func ofUsed(d *model.Decision, f *model.Fact) bool {
	return slices.ContainsFunc(d.Uses, func(u *model.Fact) bool { return slices.Contains(u.Uses.Questions, f) })
}

func outcomeNames(d *model.Decision, set model.Set) string {
	var names []string
	for i, o := range d.Outcomes {
		if set.Has(i) {
			names = append(names, o.ID)
		}
	}
	return strings.Join(names, ", ")
}
