package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/verify"
	"handvat/generator/walk"
)

// result is what eval tells.
type result struct {
	Decision   string   `json:"beslissing"`
	Possible   []string `json:"mogelijk"`
	Outcome    string   `json:"uitkomst,omitempty"`
	Duty       string   `json:"plicht,omitempty"`
	Rules      []string `json:"regels,omitempty"`
	Conditions []string `json:"voorwaarden,omitempty"`
	Next       string   `json:"volgende-vraag,omitempty"`
}

func runEval(in *invocation) error {
	if len(in.args) == 0 {
		return usageError{"noem een beslissing, en daarna feit=waarde"}
	}
	root, err := in.root()
	if err != nil {
		return err
	}
	c, err := in.checked(root)
	if err != nil {
		return err
	}
	var ids []string
	for _, p := range c.Proofs {
		ids = append(ids, p.Decision.ID)
		if p.Decision.ID != in.args[0] {
			continue
		}
		answers, err := readAnswers(p.Decision, c.Model.Settings.Date, in.args[1:])
		if err != nil {
			return err
		}
		return in.printResult(follow(p, answers))
	}
	return usageError{fmt.Sprintf("er is geen beslissing %q%s", in.args[0], diag.Suggest(in.args[0], ids))}
}

func readAnswers(d *model.Decision, date string, args []string) (map[*model.Fact]int, error) {
	answers := map[*model.Fact]int{}
	var ids []string
	for _, f := range d.Questions {
		ids = append(ids, f.ID)
	}
	setDate := func(f *model.Fact, day string) error {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return usageError{fmt.Sprintf("%q is geen datum; schrijf jaar-maand-dag, zoals 2025-03-01", day)}
		}
		answers[f] = f.DateIndex(day)
		return nil
	}
	for _, f := range d.Questions {
		if f.Kind == model.Date {
			if err := setDate(f, date); err != nil {
				return nil, err
			}
		}
	}
arguments:
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, usageError{fmt.Sprintf("%q is geen feit=waarde", arg)}
		}
		for _, f := range d.Questions {
			if f.ID != name {
				continue
			}
			if f.Kind == model.Date {
				if err := setDate(f, value); err != nil {
					return nil, err
				}
				continue arguments
			}
			answers[f] = f.ValueIndex(value)
			if answers[f] < 0 {
				var known []string
				for _, v := range f.Values {
					known = append(known, v.ID)
				}
				return nil, usageError{fmt.Sprintf("%q is geen waarde van %q%s", value, name, diag.Suggest(value, known))}
			}
			continue arguments
		}
		return nil, usageError{fmt.Sprintf("%q is geen vraag van %q%s", name, d.ID, diag.Suggest(name, ids))}
	}
	return answers, nil
}

// follow walks as far as the answers go.
func follow(p *verify.Proof, answers map[*model.Fact]int) result {
	d, w := p.Decision, p.Walk
	at := w.Root()
	for w.Nodes[at].Fact != nil {
		n := w.Nodes[at]
		v, ok := answers[n.Fact]
		if ok && n.Next[v] == walk.None && n.Fact.HasUndefined() {
			v = n.Fact.UndefinedIndex()
		}
		if !ok || n.Next[v] == walk.None {
			break
		}
		at = n.Next[v]
	}
	out := result{Decision: d.ID}
	possible := w.Outcomes()[at]
	for i, o := range d.Outcomes {
		if possible.Has(i) {
			out.Possible = append(out.Possible, o.ID)
		}
	}
	if n := w.Nodes[at]; n.Leaf == nil {
		out.Next = n.Fact.ID
		return out
	}
	a := w.Nodes[at].Leaf.Answer
	out.Outcome, out.Duty = d.Outcomes[a.Outcome].ID, model.Duties[a.Duty]
	for _, r := range a.Counting {
		out.Rules = append(out.Rules, r.ID)
	}
	for _, c := range a.ConditionList(d) {
		out.Conditions = append(out.Conditions, c.ID)
	}
	return out
}

func (in *invocation) printResult(r result) error {
	if in.json {
		encoder := json.NewEncoder(in.stdout)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	if r.Outcome == "" {
		fmt.Fprintf(in.stdout, "nog mogelijk: %s\nvolgende vraag: %s\n", strings.Join(r.Possible, ", "), r.Next)
		return nil
	}
	fmt.Fprintf(in.stdout, "uitkomst: %s\n", r.Outcome)
	if r.Duty != model.Duties[0] {
		fmt.Fprintf(in.stdout, "plicht: %s\n", r.Duty)
	}
	for _, line := range []struct {
		name  string
		items []string
	}{{"regels", r.Rules}, {"voorwaarden", r.Conditions}} {
		if len(line.items) > 0 {
			fmt.Fprintf(in.stdout, "%s: %s\n", line.name, strings.Join(line.items, ", "))
		}
	}
	return nil
}
