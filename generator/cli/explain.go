package cli

import (
	"fmt"
	"io"
	"math/bits"
	"slices"
	"strings"

	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/verify"
)

// explanation is what explain tells.
type explanation struct {
	Decision string        `json:"beslissing"`
	Region   string        `json:"regio,omitempty"`
	Title    string        `json:"titel"`
	Answers  []answerWords `json:"antwoorden"` // in asking order; those that were never asked for come last
	Possible []possible    `json:"mogelijk"`
	Outcome  string        `json:"uitkomst,omitempty"` // where one is possible
	Meaning  string        `json:"betekent,omitempty"`
	Duty     string        `json:"plicht,omitempty"`
	Stop     string        `json:"einde,omitempty"` // why nothing is asked; empty where something is
	Next     *answerWords  `json:"volgende-vraag,omitempty"`
	Unknown  []string      `json:"hangt-af-van,omitempty"` // facts that are not known
	Advice   string        `json:"tot-dan,omitempty"`
	Findings []finding     `json:"uitzoeken,omitempty"`
	Because  []answerWords `json:"omdat,omitempty"`
	Rules    []ruleWords   `json:"regels,omitempty"`
	AllRules bool          `json:"regels-staan-vast"`

	Locks      []closed         `json:"dichte-sloten,omitempty"`
	Basis      string           `json:"steunt-op,omitempty"` // where one answer is left
	Conditions []conditionWords `json:"voorwaarden,omitempty"`
	Changes    []changeWords    `json:"verandert,omitempty"`
	Further    []furtherWords   `json:"pas-met-meer-antwoorden,omitempty"`
}

type answerWords struct {
	Fact     string `json:"feit"`
	Question string `json:"vraag"`
	Value    string `json:"waarde,omitempty"`
	Answer   string `json:"antwoord,omitempty"`
	Asked    bool   `json:"gevraagd"`
}

type possible struct {
	Outcome    string `json:"uitkomst"`
	Situations string `json:"situaties"`
}

type ruleWords struct {
	ID          string          `json:"regel,omitempty"`
	Kind        string          `json:"soort"`
	Decision    string          `json:"van,omitempty"` // the used decision that has the rule
	Why         string          `json:"want"`
	Alternative string          `json:"wat-wel,omitempty"`
	By          string          `json:"door,omitempty"`
	Doubt       string          `json:"twijfel,omitempty"`
	Sources     []citationWords `json:"bronnen,omitempty"`
}

type citationWords struct {
	Source string `json:"bron"`
	Place  string `json:"plaats,omitempty"`
	Norm   string `json:"norm,omitempty"`
}

type conditionWords struct {
	ID   string `json:"voorwaarde"`
	Text string `json:"tekst"`
	How  string `json:"toelichting,omitempty"`
}

type settingWords struct {
	Fact   string   `json:"feit"`
	Values []string `json:"waarden"`
}

type changeWords struct {
	Answers   []settingWords `json:"antwoorden"`
	Outcomes  []string       `json:"mogelijk"`
	DependsOn []string       `json:"hangt-dan-af-van,omitempty"`
	Dropped   []string       `json:"vervalt,omitempty"`
}

type furtherWords struct {
	Outcomes []string      `json:"uitkomsten"`
	Answers  int           `json:"antwoorden"` // 0: nooit
	Changes  []changeWords `json:"verandert,omitempty"`
	More     bool          `json:"er-is-meer,omitempty"`
}

type finding struct {
	Fact    string        `json:"feit"`
	Changes []changeWords `json:"verandert"`
}

func runExplain(in *invocation) error {
	p, answers, skipped, err := in.decisionAndAnswers()
	if err != nil {
		return err
	}
	x := explained(p, answers, skipped)
	x.Region = in.region
	if in.json {
		return in.writeJSON(x)
	}
	x.print(in.stdout)
	return nil
}

// stops names why nothing is asked any more.
var stops = map[explain.Stop]string{
	explain.Settled: "staat-vast", explain.SameOutcome: "uitkomst-staat-vast", explain.Undecided: "onbekend", explain.Contradiction: "gaat-niet-samen",
}

// explained collects all there is to say about answers.
func explained(p *verify.Proof, answers explain.Answers, skipped []*model.Fact) explanation {
	d, e := p.Decision, explain.New(p.Diagram)
	x := explanation{Decision: d.ID, Title: d.Title}
	x.addAnswers(e, d, answers, skipped)
	counted := e.Possible(answers)
	for o, n := range counted.PerOutcome {
		if counted.Outcomes.Has(o) {
			x.Possible = append(x.Possible, possible{d.Outcomes[o].ID, n.String()})
		}
	}
	next := e.Next(answers, skipped)
	x.Stop = stops[next.Stop]
	if next.Fact != nil {
		x.Next = &answerWords{Fact: next.Fact.ID, Question: next.Fact.Question, Answer: strings.Join(valueIDs(next.Fact, next.Values), ", ")}
	}
	x.Unknown = factIDs(next.Open)
	why := e.Why(answers)
	for _, f := range why.Because {
		x.Because = append(x.Because, words(f, answers[f]))
	}
	x.AllRules = why.Exact
	switch next.Stop {
	case explain.Contradiction:
		return x
	case explain.Undecided:
		x.Advice = d.Outcomes[advice(d, counted.Outcomes)].ID
	}
	if why.Answer.Outcome >= 0 {
		outcome := d.Outcomes[why.Answer.Outcome]
		x.Outcome, x.Meaning = outcome.ID, outcome.Title+". "+outcome.Text
		if why.Answer.Duty > 0 {
			x.Duty = model.Duties[why.Answer.Duty]
		}
		x.addRules(d, "", why.Answer, why.Exact)
		x.Locks = closedLocks(d, why.Answer, why.Exact)
		if why.Exact {
			x.Basis = basis(e, d, why.Answer, answers)
		}
		for _, c := range why.Answer.ConditionList(d) {
			x.Conditions = append(x.Conditions, conditionWords{c.ID, c.Text, c.How})
		}
	}
	for _, f := range next.Open {
		if next.Fact == nil {
			x.Findings = append(x.Findings, finding{f.ID, changes(d, e.Findings(answers, f))})
		}
	}
	if next.Fact == nil {
		whatIf := e.WhatIf(answers)
		x.Changes = changes(d, whatIf.Single)
		for _, f := range whatIf.Further {
			x.Further = append(x.Further, furtherWords{outcomeIDs(d, f.Targets), f.Answers, changes(d, f.Changes), f.More})
		}
	}
	return x
}

// advice is what to go by until more is known.
func advice(d *model.Decision, possible model.Set) int {
	if d.Kind == model.Choice {
		return d.InDoubt
	}
	return bits.TrailingZeros64(uint64(possible))
}

func (x *explanation) addAnswers(e *explain.Explainer, d *model.Decision, answers explain.Answers, skipped []*model.Fact) {
	asked := map[*model.Fact]bool{}
	for _, s := range e.Path(answers, skipped) {
		asked[s.Fact] = true
		w := words(s.Fact, s.Value)
		w.Asked = true
		x.Answers = append(x.Answers, w)
	}
	for _, f := range d.Questions {
		if asked[f] || f.Kind == model.Date {
			continue
		}
		if v, ok := answers[f]; ok {
			x.Answers = append(x.Answers, words(f, v))
		} else if slices.Contains(skipped, f) {
			x.Answers = append(x.Answers, words(f, model.Open))
		}
	}
}

// addRules tells which rules count. Only where they are all known does it mean something that there are none.
func (x *explanation) addRules(d *model.Decision, of string, a model.Answer, exact bool) {
	if exact && d.Kind == model.Permit && a.Outcome == model.Forbidden && len(a.Counting) == 0 {
		g := d.NoGround
		x.Rules = append(x.Rules, ruleWords{Kind: "geen-grond", Decision: of, Why: g.Why, Alternative: g.Alternative, Sources: citations(g.Cited)})
	}
	for _, r := range a.Counting {
		w := ruleWords{ID: r.ID, Kind: model.RuleKinds[r.Kind], Decision: of, Why: r.Why, Alternative: r.Alternative, By: r.By, Doubt: r.Doubt,
			Sources: citations(r.Cited)}
		if r.Through == nil { // made by the checker, to carry what comes next
			x.Rules = append(x.Rules, w)
		}
	}
	for _, t := range a.Through {
		x.addRules(t.Fact.Uses, t.Fact.Uses.ID, t.Answer, exact)
	}
}

// words says which answer was given; model.Open stands for not knowing.
func words(f *model.Fact, value int) answerWords {
	w := answerWords{Fact: f.ID, Question: f.Question, Value: unknown, Answer: "weet ik niet"}
	if value != model.Open {
		w.Value, w.Answer = f.ValueID(value), label(f, value)
	}
	return w
}

// label is a value in the words of its author.
func label(f *model.Fact, value int) string {
	if value < len(f.Values) && f.Values[value].Label != "" {
		return f.Values[value].Label
	}
	return strings.ReplaceAll(f.ValueID(value), "-", " ")
}

func citations(cited model.Cited) []citationWords {
	var out []citationWords
	for _, n := range cited.Norms {
		c := citationWords{Place: n.Place, Norm: n.ID}
		if n.Source != nil {
			c.Source = n.Source.Title
		}
		out = append(out, c)
	}
	for _, s := range cited.Sources {
		out = append(out, citationWords{Source: s.Source.Title, Place: s.Place})
	}
	return out
}

func changes(d *model.Decision, list []explain.Change) []changeWords {
	var out []changeWords
	for _, c := range list {
		w := changeWords{Outcomes: outcomeIDs(d, c.Outcomes), DependsOn: factIDs(c.DependsOn), Dropped: factIDs(c.Dropped)}
		for _, s := range c.Settings {
			w.Answers = append(w.Answers, settingWords{s.Fact.ID, valueIDs(s.Fact, s.Values)})
		}
		out = append(out, w)
	}
	return out
}

func factIDs(facts []*model.Fact) []string {
	var out []string
	for _, f := range facts {
		out = append(out, f.ID)
	}
	return out
}

func valueIDs(f *model.Fact, set model.Set) []string {
	var out []string
	for v := range f.Size() {
		if set.Has(v) {
			out = append(out, f.ValueID(v))
		}
	}
	return out
}

func outcomeIDs(d *model.Decision, set model.Set) []string {
	var out []string
	for o := range d.Outcomes {
		if set.Has(o) {
			out = append(out, d.Outcomes[o].ID)
		}
	}
	return out
}

// or joins words as a choice.
func or(list []string) string { return joined(list, "of") }

func joined(list []string, last string) string {
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " " + last + " " + list[n-1]
	}
	return strings.Join(list, "")
}

func (x *explanation) print(w io.Writer) {
	fmt.Fprintf(w, "%s (%s)\n", x.Title, x.Decision)
	if len(x.Answers) > 0 {
		fmt.Fprintf(w, "\nAntwoorden, in de volgorde van de vragen\n")
	}
	for _, a := range x.Answers {
		note := ""
		if !a.Asked {
			note = " (werd niet gevraagd)"
		}
		fmt.Fprintf(w, "  %s=%s%s\n    %s %s\n", a.Fact, a.Value, note, a.Question, a.Answer)
	}
	x.printOutcome(w)
	x.printLocks(w)
	x.printWhy(w)
	x.printChanges(w)
}

func (x *explanation) printOutcome(w io.Writer) {
	fmt.Fprintln(w)
	if x.Stop == stops[explain.Contradiction] {
		fmt.Fprintf(w, "Deze antwoorden gaan niet samen.\n")
		return
	}
	if x.Outcome != "" {
		fmt.Fprintf(w, "Uitkomst: %s\n  %s\n", x.Outcome, x.Meaning)
		if x.Duty != "" {
			fmt.Fprintf(w, "  Plicht: %s.\n", x.Duty)
		}
		if x.Basis != "" {
			fmt.Fprintf(w, "  Steunt op: %s.\n", strings.ReplaceAll(x.Basis, "-", " "))
		}
	} else {
		fmt.Fprintf(w, "Nog mogelijk\n")
		for _, o := range x.Possible {
			fmt.Fprintf(w, "  %-28s %s situaties\n", o.Outcome, o.Situations)
		}
	}
	switch {
	case x.Next != nil:
		fmt.Fprintf(w, "Volgende vraag: %s\n  %s\n  %s\n", x.Next.Fact, x.Next.Question, x.Next.Answer)
	case x.Stop == stops[explain.SameOutcome]:
		fmt.Fprintf(w, "  Welke regels precies gelden, hangt af van: %s.\n", joined(x.Unknown, "en"))
	case x.Stop == stops[explain.Undecided]:
		fmt.Fprintf(w, "Meer vragen helpen niet: het hangt af van %s, en dat weet je niet.\nTot je dat weet: %s\n", joined(x.Unknown, "en"), x.Advice)
	}
	for _, f := range x.Findings {
		fmt.Fprintf(w, "\nZoek uit: %s\n", f.Fact)
		for _, c := range f.Changes {
			fmt.Fprintf(w, "  %s: %s\n", or(c.Answers[0].Values), or(c.Outcomes))
		}
	}
}

func (x *explanation) printLocks(w io.Writer) {
	if len(x.Locks) > 0 {
		fmt.Fprintf(w, "\nDicht\n")
	}
	for _, l := range x.Locks {
		fmt.Fprintf(w, "  %s (%s)\n", l.Title, l.ID)
		for _, instead := range l.Instead {
			fmt.Fprintf(w, "    Wat wel: %s\n", instead)
		}
	}
}

func (x *explanation) printWhy(w io.Writer) {
	if len(x.Because)+len(x.Rules) > 0 {
		fmt.Fprintf(w, "\nWaarom\n")
	}
	if len(x.Because) > 0 {
		switch {
		case x.Stop == stops[explain.Contradiction]:
			fmt.Fprintf(w, "  Deze antwoorden kunnen niet tegelijk waar zijn:\n")
		case x.Outcome != "":
			fmt.Fprintf(w, "  Deze antwoorden zijn samen genoeg; zonder een ervan kan het nog anders:\n")
		default:
			fmt.Fprintf(w, "  Door deze antwoorden vallen de andere uitkomsten al af:\n")
		}
		for _, a := range x.Because {
			fmt.Fprintf(w, "    %s=%s\n      %s %s\n", a.Fact, a.Value, a.Question, a.Answer)
		}
	} else if x.Outcome != "" {
		fmt.Fprintf(w, "  Dit is zo, wat je ook antwoordt.\n")
	}
	if len(x.Rules) > 0 && !x.AllRules {
		fmt.Fprintf(w, "  Deze regels tellen in elk geval:\n")
	} else if len(x.Rules) > 0 {
		fmt.Fprintf(w, "  Deze regels tellen:\n")
	}
	for _, r := range x.Rules {
		name := strings.TrimSpace(strings.ReplaceAll(r.Kind, "-", " ") + " " + r.ID)
		if r.Decision != "" {
			name += " (" + r.Decision + ")"
		}
		fmt.Fprintf(w, "    %s\n      %s\n", name, r.Why)
		for _, line := range []struct{ name, text string }{{"Wat wel", r.Alternative}, {"Door", strings.ReplaceAll(r.By, "-", " ")}, {"Nog te toetsen", r.Doubt}} {
			if line.text != "" {
				fmt.Fprintf(w, "      %s: %s\n", line.name, line.text)
			}
		}
		for _, c := range r.Sources {
			place := c.Source
			if c.Place != "" {
				place += ", " + c.Place
			}
			if c.Norm != "" {
				place += " (" + c.Norm + ")"
			}
			fmt.Fprintf(w, "      Bron: %s\n", place)
		}
	}
	if len(x.Conditions) > 0 {
		fmt.Fprintf(w, "\nVoorwaarden\n")
	}
	for _, c := range x.Conditions {
		fmt.Fprintf(w, "  - %s (%s)\n", c.Text, c.ID)
	}
}

func (x *explanation) printChanges(w io.Writer) {
	if x.Next != nil {
		return
	}
	fmt.Fprintf(w, "\nWat zou dit veranderen?\n")
	if len(x.Changes) == 0 {
		fmt.Fprintf(w, "  Geen enkel ander antwoord op één vraag verandert de uitkomst.\n")
	}
	for _, c := range x.Changes {
		c.print(w, "  ")
	}
	for _, f := range x.Further {
		switch {
		case f.Answers == 0:
			fmt.Fprintf(w, "  %s komt hier nooit uit, wat je ook antwoordt.\n", or(f.Outcomes))
		case len(f.Changes) == 0:
			fmt.Fprintf(w, "  %s kan pas als %d antwoorden anders zijn; zo veel zoekt dit niet uit.\n", or(f.Outcomes), f.Answers)
		default:
			fmt.Fprintf(w, "  %s kan pas als %d antwoorden anders zijn:\n", or(f.Outcomes), f.Answers)
			for _, c := range f.Changes {
				c.print(w, "    ")
			}
			if f.More {
				fmt.Fprintf(w, "    Er zijn meer manieren; alleen de eerste %d zijn bekeken.\n", explain.MaxCombinations)
			}
		}
	}
}

func (c changeWords) print(w io.Writer, indent string) {
	var parts []string
	for _, s := range c.Answers {
		parts = append(parts, s.Fact+"="+or(s.Values))
	}
	fmt.Fprintf(w, "%s%s: %s\n", indent, joined(parts, "en"), or(c.Outcomes))
	if len(c.DependsOn) > 0 {
		fmt.Fprintf(w, "%s  Dan hangt het nog af van %s.\n", indent, joined(c.DependsOn, "en"))
	}
	if len(c.Dropped) > 0 {
		fmt.Fprintf(w, "%s  Dan vervalt het antwoord op %s.\n", indent, joined(c.Dropped, "en"))
	}
}
