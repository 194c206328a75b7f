package cli

import (
	"encoding/json"
	"fmt"

	"handvat/generator/build"
	"handvat/generator/model"
	"handvat/generator/verify"
)

// summary is what check tells of one decision.
type summary struct {
	Decision   string            `json:"beslissing"`
	Facts      int               `json:"vragen"`
	Rules      int               `json:"regels"`
	Situations string            `json:"situaties"`
	Outcomes   map[string]string `json:"uitkomsten"`
	Invariants int               `json:"wetten"`
	Cases      int               `json:"gevallen"`
	Nodes      int               `json:"knopen"`
}

func summarize(p *verify.Proof) summary {
	s := summary{Decision: p.Decision.ID, Rules: len(p.Decision.Rules), Situations: p.Situations.String(), Outcomes: map[string]string{},
		Invariants: p.Invariants, Cases: p.Cases, Nodes: len(p.Diagram.Nodes)}
	for _, f := range p.Decision.Questions {
		if f.Kind == model.Asked {
			s.Facts++
		}
	}
	for i, n := range p.PerOutcome {
		s.Outcomes[p.Decision.Outcomes[i].ID] = n.String()
	}
	return s
}

func runCheck(in *invocation) error {
	root, err := in.root()
	if err != nil {
		return err
	}
	c, err := in.checked(root)
	if err != nil {
		return err
	}
	if in.json {
		var all []summary
		for _, p := range c.Proofs {
			all = append(all, summarize(p))
		}
		encoder := json.NewEncoder(in.stdout)
		encoder.SetIndent("", "  ")
		return encoder.Encode(all)
	}
	in.printProofs(c)
	return nil
}

func (in *invocation) printProofs(c *build.Checked) {
	for _, p := range c.Proofs {
		s := summarize(p)
		fmt.Fprintf(in.stdout, "%s: bewezen\n  %d vragen, %d regels, %s situaties, %d wetten, %d gevallen, %d knopen\n",
			s.Decision, s.Facts, s.Rules, s.Situations, s.Invariants, s.Cases, s.Nodes)
		for _, o := range p.Decision.Outcomes {
			fmt.Fprintf(in.stdout, "  %-28s %s\n", o.ID, s.Outcomes[o.ID])
		}
	}
	fmt.Fprintf(in.stdout, "Alles klopt: %d beslissingen, %d fasen, %d partijen, %d gegevenssoorten, %d vuistregels, %d begrippen, %d bronnen, %d normen.\n",
		len(c.Model.Decisions), len(c.Model.Phases), len(c.Model.Parties), len(c.Model.Kinds), len(c.Model.ThumbRules), len(c.Model.Terms),
		len(c.Model.Sources), len(c.Model.Norms))
	if uncited, total := verify.Uncited(c.Model); len(uncited) > 0 {
		fmt.Fprintf(in.stdout, "%d van de %d normen die in een regel horen, staan nog in geen regel.\n", len(uncited), total)
	}
}
