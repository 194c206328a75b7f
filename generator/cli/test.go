package cli

import (
	"flag"
	"fmt"
	"slices"
	"strings"

	"handvat/generator/build"
	"handvat/generator/diag"
	"handvat/generator/mutate"
)

func testFlags(flags *flag.FlagSet, in *invocation) {
	jsonFlag(flags, in)
	flags.BoolVar(&in.mutate, "mutaties", false, "verander de regels één voor één en meld elke verandering die geen geval en geen wet ziet")
}

func runTest(in *invocation) error {
	root, err := in.root()
	if err != nil {
		return err
	}
	c, err := in.checked(root) // which refuses a case or an invariant that fails
	if err != nil {
		return err
	}
	var known []string
	for _, d := range c.Model.Decisions {
		known = append(known, d.ID)
	}
	for _, f := range c.Model.Facts {
		if len(f.Rules) > 0 {
			known = append(known, f.ID)
		}
	}
	for _, name := range in.args {
		if !slices.Contains(known, name) {
			return usageError{fmt.Sprintf("er is geen beslissing of afgeleid feit %q%s", name, diag.Suggest(name, known))}
		}
	}
	if in.mutate {
		return in.testMutations(c)
	}
	return in.testCases(c)
}

// chosen tells whether the arguments ask for a decision or derived fact.
func (in *invocation) chosen(id string) bool {
	return len(in.args) == 0 || slices.Contains(in.args, id)
}

func (in *invocation) testCases(c *build.Checked) error {
	type count struct {
		Decision   string `json:"beslissing"`
		Cases      int    `json:"gevallen"`
		Invariants int    `json:"wetten"`
	}
	var all []count
	cases, invariants := 0, 0
	for _, p := range c.Proofs {
		if in.chosen(p.Decision.ID) {
			all = append(all, count{p.Decision.ID, p.Cases, p.Invariants})
			cases, invariants = cases+p.Cases, invariants+p.Invariants
		}
	}
	if in.json {
		return in.writeJSON(all)
	}
	for _, one := range all {
		fmt.Fprintf(in.stdout, "%s: %d gevallen en %d wetten kloppen\n", one.Decision, one.Cases, one.Invariants)
	}
	fmt.Fprintf(in.stdout, "Alles klopt: %d gevallen en %d wetten.\n", cases, invariants)
	return nil
}

// mutation is what test --mutaties tells of one change.
type mutation struct {
	Owner      string       `json:"bij"`
	Rule       string       `json:"regel"`
	Place      string       `json:"plaats"`
	Change     string       `json:"verandering"`
	Verdict    string       `json:"oordeel"`
	By         string       `json:"gezien-door,omitempty"`
	Decision   string       `json:"beslissing,omitempty"`
	Situation  string       `json:"situatie,omitempty"`
	Was        string       `json:"was,omitempty"`
	Is         string       `json:"wordt,omitempty"`
	Conditions *[2][]string `json:"voorwaarden,omitempty"`
}

// testMutations changes the rules. A hole is a mistake of the project.
func (in *invocation) testMutations(c *build.Checked) error {
	results := build.Mutations(c, in.args...)
	holes := slices.ContainsFunc(results, func(r mutate.Result) bool { return r.Verdict >= mutate.Hole })
	if in.json {
		var all []mutation
		for _, r := range results {
			m := mutation{r.Owner, r.Rule, r.Span.String(), r.Change, mutate.Verdicts[r.Verdict], r.By, r.Decision, r.Situation, r.Was, r.Is, nil}
			if r.Conditions[0] != nil || r.Conditions[1] != nil {
				m.Conditions = &r.Conditions
			}
			all = append(all, m)
		}
		if err := in.writeJSON(all); err != nil {
			return err
		}
	} else {
		in.printMutations(results)
	}
	if holes {
		return errMistakes
	}
	return nil
}

// printMutations counts per decision or derived fact, and writes out what nothing noticed.
func (in *invocation) printMutations(results []mutate.Result) {
	var owners []string
	count := map[string]map[string]int{}
	for _, r := range results {
		if count[r.Owner] == nil {
			count[r.Owner] = map[string]int{}
			owners = append(owners, r.Owner)
		}
		kind := mutate.Verdicts[r.Verdict]
		if r.Verdict == mutate.Noticed {
			kind, _, _ = strings.Cut(strings.Replace(r.By, ":", " ", 1), " ")
		}
		count[r.Owner][kind]++
	}
	total := map[string]int{}
	kinds := []string{"geval", "wet", "bewijs", mutate.Verdicts[mutate.Equivalent], mutate.Verdicts[mutate.Reasons],
		mutate.Verdicts[mutate.Hole], mutate.Verdicts[mutate.TooLarge]}
	line := func(name string, n map[string]int) {
		sum := 0
		var parts []string
		for _, kind := range kinds {
			sum += n[kind]
			if n[kind] > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n[kind], kind))
			}
		}
		fmt.Fprintf(in.stdout, "%s: %d veranderingen: %s\n", name, sum, strings.Join(parts, ", "))
	}
	for _, owner := range owners {
		line(owner, count[owner])
		for kind, n := range count[owner] {
			total[kind] += n
		}
	}
	line("Samen", total)
	for _, verdict := range []mutate.Verdict{mutate.Equivalent, mutate.Reasons, mutate.Hole, mutate.TooLarge} {
		for _, r := range results {
			if r.Verdict != verdict {
				continue
			}
			fmt.Fprintf(in.stdout, "%s: %s: %s, %s: %s\n", r.Span, mutate.Verdicts[verdict], r.Owner, r.Rule, r.Change)
			if r.Situation == "" {
				continue
			}
			fmt.Fprintf(in.stdout, "    in %s bij %s:\n    %s wordt %s\n", r.Decision, r.Situation, r.Was, r.Is)
			if r.Conditions[0] != nil || r.Conditions[1] != nil {
				fmt.Fprintf(in.stdout, "    voorwaarden: %s worden %s\n", orNone(r.Conditions[0]), orNone(r.Conditions[1]))
			}
		}
	}
}

func orNone(list []string) string {
	if len(list) == 0 {
		return "geen"
	}
	return strings.Join(list, ", ")
}
