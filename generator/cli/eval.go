package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"handvat/generator/diag"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/verify"
)

// result is what eval tells.
type result struct {
	Decision   string   `json:"beslissing"`
	Region     string   `json:"regio,omitempty"`
	Possible   []string `json:"mogelijk"`
	Outcome    string   `json:"uitkomst,omitempty"`
	Duty       string   `json:"plicht,omitempty"`
	Rules      []string `json:"regels,omitempty"`
	Conditions []string `json:"voorwaarden,omitempty"`
	Locks      []closed `json:"dichte-sloten,omitempty"`
	Basis      string   `json:"steunt-op,omitempty"` // where one answer is left
	Next       string   `json:"volgende-vraag,omitempty"`
	Unknown    []string `json:"hangt-af-van,omitempty"` // of what is not known
}

// closed is a lock that says no, with what is possible instead.
type closed struct {
	ID      string   `json:"slot"`
	Title   string   `json:"titel"`
	Instead []string `json:"wat-wel,omitempty"`
}

func closedLocks(d *model.Decision, a model.Answer, exact bool) []closed {
	var out []closed
	for _, l := range a.ClosedLocks(d) {
		out = append(out, closed{l.ID, l.Title, a.Instead(l, exact)})
	}
	return out
}

func runEval(in *invocation) error {
	p, answers, skipped, err := in.decisionAndAnswers()
	if err != nil {
		return err
	}
	r := follow(p, answers, skipped)
	r.Region = in.region
	return in.printResult(r)
}

// unknown is what stands for an answer where somebody does not know.
const unknown = "weet-niet"

// decisionAndAnswers reads and proves the project, and finds the decision and the answers that the arguments name.
func (in *invocation) decisionAndAnswers() (*verify.Proof, explain.Answers, []*model.Fact, error) {
	if len(in.args) == 0 {
		return nil, nil, nil, usageError{"noem een beslissing, en daarna feit=waarde"}
	}
	all, err := in.checkedVersion()
	if err != nil {
		return nil, nil, nil, err
	}
	p, m, err := all.proof(in.args[0])
	if err != nil {
		return nil, nil, nil, err
	}
	in.sayRegion(all.region)
	answers, skipped, err := readAnswers(p.Decision, m.Settings.Date, in.args[1:])
	return p, answers, skipped, err
}

// readAnswers gives the answers, and the facts that are not known.
func readAnswers(d *model.Decision, date string, args []string) (explain.Answers, []*model.Fact, error) {
	answers := explain.Answers{}
	var skipped []*model.Fact
	var ids []string
	for _, f := range d.Questions {
		ids = append(ids, f.ID)
	}
	for _, f := range d.Questions {
		if f.Kind == model.Date {
			args = append([]string{f.ID + "=" + date}, args...) // the default; a later argument replaces it
		}
	}
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, nil, usageError{fmt.Sprintf("%q is geen feit=waarde", arg)}
		}
		at := slices.Index(ids, name)
		if at < 0 {
			return nil, nil, usageError{fmt.Sprintf("%q is geen vraag van %q%s", name, d.ID, diag.Suggest(name, ids))}
		}
		f := d.Questions[at]
		delete(answers, f)
		skipped = slices.DeleteFunc(skipped, func(g *model.Fact) bool { return g == f })
		v, err := readAnswer(f, value)
		if err != nil {
			return nil, nil, err
		}
		if v == model.Open {
			skipped = append(skipped, f)
		} else {
			answers[f] = v
		}
	}
	return answers, skipped, nil
}

// readAnswer gives the index of a value, or model.Open where it is not known.
func readAnswer(f *model.Fact, value string) (int, error) {
	if v := f.ValueIndex(value); v >= 0 {
		return v, nil
	}
	if value == unknown {
		return model.Open, nil
	}
	if f.Kind == model.Date {
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return 0, usageError{fmt.Sprintf("%q is geen datum; schrijf jaar-maand-dag, zoals 2025-03-01", value)}
		}
		return f.DateIndex(value), nil
	}
	known := []string{unknown}
	for _, v := range f.Values {
		known = append(known, v.ID)
	}
	slices.Sort(known)
	return 0, usageError{fmt.Sprintf("%q is geen waarde van %q%s", value, f.ID, diag.Suggest(value, known))}
}

// follow tells what the answers come to, and what to ask next.
func follow(p *verify.Proof, answers explain.Answers, skipped []*model.Fact) result {
	d, e := p.Decision, explain.New(p.Diagram)
	out := result{Decision: d.ID, Possible: outcomeIDs(d, e.Outcomes(answers))}
	next := e.Next(answers, skipped)
	out.Unknown = factIDs(next.Open)
	if next.Fact != nil {
		out.Next = next.Fact.ID
		return out
	}
	a, exact := e.Answer(answers)
	if a.Outcome < 0 {
		return out
	}
	out.Outcome = d.Outcomes[a.Outcome].ID
	if a.Duty >= 0 {
		out.Duty = model.Duties[a.Duty]
	}
	for _, r := range a.Counting {
		out.Rules = append(out.Rules, r.ID)
	}
	for _, c := range a.ConditionList(d) {
		out.Conditions = append(out.Conditions, c.ID)
	}
	out.Locks = closedLocks(d, a, exact)
	if exact {
		out.Basis = basis(e, d, a, answers)
	}
	return out
}

// basis names what the one answer to answers rests on.
func basis(e *explain.Explainer, d *model.Decision, a model.Answer, answers explain.Answers) string {
	return model.Bases[a.Basis(d, func(c model.Cond) bool { return e.Always(answers, c) })]
}

func (in *invocation) printResult(r result) error {
	if in.json {
		return in.writeJSON(r)
	}
	switch {
	case len(r.Possible) == 0:
		fmt.Fprintln(in.stdout, "deze antwoorden gaan niet samen")
		return nil
	case r.Next != "":
		fmt.Fprintf(in.stdout, "nog mogelijk: %s\nvolgende vraag: %s\n", strings.Join(r.Possible, ", "), r.Next)
		return nil
	case r.Outcome == "":
		fmt.Fprintf(in.stdout, "nog mogelijk: %s\n", strings.Join(r.Possible, ", "))
	default:
		fmt.Fprintf(in.stdout, "uitkomst: %s\n", r.Outcome)
	}
	if r.Duty != "" && r.Duty != model.Duties[0] {
		fmt.Fprintf(in.stdout, "plicht: %s\n", r.Duty)
	}
	for _, line := range []struct {
		name  string
		items []string
	}{{"regels", r.Rules}, {"voorwaarden", r.Conditions}, {"hangt af van wat je niet weet", r.Unknown}} {
		if len(line.items) > 0 {
			fmt.Fprintf(in.stdout, "%s: %s\n", line.name, strings.Join(line.items, ", "))
		}
	}
	for _, l := range r.Locks {
		fmt.Fprintf(in.stdout, "dicht: %s (%s)", l.ID, l.Title)
		if len(l.Instead) > 0 {
			fmt.Fprintf(in.stdout, "; wat wel: %s", strings.Join(l.Instead, " "))
		}
		fmt.Fprintln(in.stdout)
	}
	if r.Basis != "" {
		fmt.Fprintf(in.stdout, "steunt op: %s\n", r.Basis)
	}
	return nil
}
