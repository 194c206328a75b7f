package model

import "handvat/generator/source"

// A Sentence is three choices that read as one: who I am, where we sit and what I want. Together they lead to a decision,
// with the answers that were chosen.
type Sentence struct {
	Who, Where, Want []*Part // as written
}

// A Part is one choice. Parts that follow each other and have the same Group are shown together.
type Part struct {
	ID, Group, Text string
	Answers         []Given

	Decision  *Decision           // of what somebody wants; nil in the other lists, and where it leads to Topic
	Elsewhere map[*Part]*Decision // the places where it leads to another decision
	Topic     *Topic              // where no decision answers what somebody wants; or nil
}

// A Given is an answer to a question.
type Given struct {
	Fact  *Fact
	Value int
	Span  source.Span
}

// Leads gives the decision to which an act leads at a place, which is nil where none was chosen; nil where it
// leads to a topic.
func (p *Part) Leads(where *Part) *Decision {
	if d := p.Elsewhere[where]; d != nil {
		return d
	}
	return p.Decision
}

// Answered gives the answers of chosen parts that a decision asks, in the order of its questions. A part may be nil.
func (d *Decision) Answered(parts ...*Part) []Given {
	var out []Given
	for _, f := range d.Questions {
		for _, p := range parts {
			if p == nil {
				continue
			}
			for _, g := range p.Answers {
				if g.Fact == f {
					out = append(out, g)
				}
			}
		}
	}
	return out
}
