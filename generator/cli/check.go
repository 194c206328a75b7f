package cli

import (
	"flag"
	"fmt"

	"handvat/generator/build"
	"handvat/generator/cover"
	"handvat/generator/verify"
)

// summary is what check tells of one decision.
type summary struct {
	Decision   string            `json:"beslissing"`
	Questions  int               `json:"vragen"`
	Rules      int               `json:"regels"`
	Situations string            `json:"situaties"`
	Outcomes   map[string]string `json:"uitkomsten"`
	Invariants int               `json:"wetten"`
	Cases      int               `json:"gevallen"`
	Nodes      int               `json:"knopen"`
	Bytes      int               `json:"bytes,omitempty"`
	Seconds    float64           `json:"seconden,omitempty"`
}

func summarize(p *verify.Proof, bytes int) summary {
	f := build.Figures(p, bytes)
	s := summary{Decision: p.Decision.ID, Questions: f.Questions, Rules: f.Rules, Situations: f.Situations, Outcomes: map[string]string{},
		Invariants: f.Invariants, Cases: f.Cases, Nodes: f.Nodes, Bytes: bytes}
	for i, n := range f.PerOutcome {
		s.Outcomes[p.Decision.Outcomes[i].ID] = n
	}
	return s
}

func checkFlags(flags *flag.FlagSet, in *invocation) {
	jsonFlag(flags, in)
	flags.BoolVar(&in.proof, "bewijs", false, "toon ook hoe groot de module van elke beslissing is en hoe lang het bewijs duurde")
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
	summaries, err := in.summaries(c)
	if err != nil {
		return err
	}
	build.Warnings(c).Write(in.stderr)
	if in.json {
		return in.writeJSON(summaries)
	}
	in.printProofs(c, summaries)
	return nil
}

// summaries sums up every proof; with --bewijs also what its module weighs and what the proof took.
func (in *invocation) summaries(c *build.Checked) ([]summary, error) {
	var out []summary
	for _, p := range c.Proofs {
		out = append(out, summarize(p, 0))
	}
	if !in.proof {
		return out, nil
	}
	compiled, err := build.Compile(c)
	if err != nil {
		return nil, err
	}
	for i, d := range compiled.Decisions {
		out[i] = summarize(d.Proof, len(d.Module))
		out[i].Seconds = d.Proof.Took.Seconds()
	}
	return out, nil
}

// printEdition tells of a region that it is nowhere more permissive; with --bewijs also what it touches and how large that is.
func (in *invocation) printEdition(e *build.Edition) {
	fmt.Fprintf(in.stdout, "regio %s: bewezen, nergens ruimer dan landelijk; %d van de %d beslissingen anders\n",
		e.Region.ID, len(e.Touched), len(e.National.Decisions))
	if !in.proof {
		return
	}
	for i, t := range e.Touched {
		p := e.Proofs[i]
		fmt.Fprintf(in.stdout, "  %s: %d eigen regels, %d vaste antwoorden, %s situaties, %d wetten, %d gevallen, bewezen in %.2f s\n",
			t.Regional.ID, len(t.Rules), len(t.Fixed), p.Situations, p.Invariants, p.Cases, p.Took.Seconds())
	}
}

func (in *invocation) printProofs(c *build.Checked, summaries []summary) {
	for i, s := range summaries {
		fmt.Fprintf(in.stdout, "%s: bewezen\n  %d vragen, %d regels, %s situaties, %d wetten, %d gevallen, %d knopen\n",
			s.Decision, s.Questions, s.Rules, s.Situations, s.Invariants, s.Cases, s.Nodes)
		if p := c.Proofs[i]; p.Diagram.Verdicts {
			fmt.Fprintln(in.stdout, "  te verweven om elk antwoord apart te tellen: bewezen op uitkomst en plicht")
			if p.Steps == nil {
				fmt.Fprintln(in.stdout, "  ook te verweven om vraag voor vraag te doorlopen: de pagina toont alleen de regels")
			}
		}
		if in.proof {
			fmt.Fprintf(in.stdout, "  module %d bytes, bewezen in %.2f s\n", s.Bytes, s.Seconds)
		}
		for _, o := range c.Proofs[i].Decision.Outcomes {
			fmt.Fprintf(in.stdout, "  %-28s %s\n", o.ID, s.Outcomes[o.ID])
		}
	}
	for _, e := range c.Editions {
		in.printEdition(e)
	}
	fmt.Fprintf(in.stdout, "Alles klopt: %d beslissingen, %d fasen, %d partijen, %d gegevenssoorten, %d vuistregels, %d begrippen, %d bronnen, %d normen.\n",
		len(c.Model.Decisions), len(c.Model.Phases), len(c.Model.Parties), len(c.Model.Kinds), len(c.Model.ThumbRules), len(c.Model.Terms),
		len(c.Model.Sources), len(c.Model.Norms))
	covered := cover.Of(c.Model)
	if wanted, total := covered.RulesWanted(); len(wanted) > 0 {
		fmt.Fprintf(in.stdout, "%d van de %d normen die in een regel horen, staan nog in geen regel.\n", len(wanted), total)
	}
	if open := covered.With(cover.Open); len(open) > 0 {
		fmt.Fprintf(in.stdout, "%d van de %d normen staan nog nergens; handvat cover --open toont ze.\n", len(open), len(covered.Norms))
	}
}
