package build

import (
	"handvat/generator/model"
	"handvat/generator/site"
	"handvat/generator/verify"
)

// Figures are the numbers of a proved decision, for the command line and for the page that accounts for the answers.
// bytes is the size of its module; 0 where it was not compiled.
func Figures(p *verify.Proof, bytes int) site.Figures {
	f := site.Figures{Rules: len(p.Decision.Rules), Situations: p.Situations.String(), Invariants: p.Invariants, Cases: p.Cases,
		Nodes: len(p.Diagram.Nodes), Bytes: bytes}
	for _, q := range p.Decision.Questions {
		if q.Kind == model.Asked {
			f.Questions++
		}
	}
	for _, n := range p.PerOutcome {
		f.PerOutcome = append(f.PerOutcome, n.String())
	}
	return f
}
