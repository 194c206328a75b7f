package site

import "strconv"

// accountPage is the page that accounts for the answers; the figures of the proofs and of the texts stand below its own.
const accountPage = "verantwoording"

// A decisionFigures is what was proved of one decision, ready to show.
type decisionFigures struct {
	link
	Situations string         `json:"situaties"`
	Outcomes   []outcomeCount `json:"uitkomsten"`
	Questions  int            `json:"vragen"`
	Rules      int            `json:"regels"`
	Invariants int            `json:"wetten"`
	Cases      int            `json:"gevallen"`
	Nodes      string         `json:"knopen"`
	Bytes      string         `json:"bytes"`
}

type outcomeCount struct {
	verdict
	Situations string `json:"situaties"`
}

func (w *writer) figures() []decisionFigures {
	var out []decisionFigures
	for _, d := range w.in.Decisions {
		f := d.Figures
		each := decisionFigures{link: link{"/mag-dit/" + d.Decision.ID + "/", d.Decision.Title}, Situations: grouped(f.Situations), Questions: f.Questions,
			Rules: f.Rules, Invariants: f.Invariants, Cases: f.Cases, Nodes: grouped(strconv.Itoa(f.Nodes)), Bytes: grouped(strconv.Itoa(f.Bytes))}
		for i, n := range f.PerOutcome {
			each.Outcomes = append(each.Outcomes, outcomeCount{w.verdictOf(d.Decision, i), grouped(n)})
		}
		out = append(out, each)
	}
	return out
}
