package cli

import (
	"cmp"
	"fmt"

	"handvat/generator/graph"
	"handvat/generator/model"
	"handvat/generator/walk"
)

// drawn is what graph tells programs: the walk, children first, so that the last node is where a visitor starts.
type drawn struct {
	Decision string      `json:"beslissing"`
	Region   string      `json:"regio,omitempty"`
	Short    bool        `json:"alleen-uitkomst-en-plicht,omitempty"` // the ends do not know which rules count
	Nodes    []drawnNode `json:"knopen"`
}

// drawnNode asks a question, or ends.
type drawnNode struct {
	Fact     string        `json:"vraag,omitempty"`
	Branches []drawnBranch `json:"takken,omitempty"`
	Outcome  string        `json:"uitkomst,omitempty"`
	Duty     string        `json:"plicht,omitempty"`
	Rules    []string      `json:"regels,omitempty"`
}

type drawnBranch struct {
	Value string `json:"bij"`
	To    int    `json:"knoop"`
}

func runGraph(in *invocation) error {
	if len(in.args) != 1 {
		return usageError{"noem één beslissing"}
	}
	all, err := in.checkedVersion()
	if err != nil {
		return err
	}
	p, _, err := all.proof(in.args[0])
	if err != nil {
		return err
	}
	if p.Walk == nil {
		return fmt.Errorf("%s is te groot om te tekenen", p.Decision.ID)
	}
	if in.json {
		return in.writeJSON(draw(p.Walk, in.region))
	}
	return drawingOf(p.Walk, all.checked.Model.Settings.Date).Write(in.stdout, p.Decision.Title)
}

// drawingOf draws what holds on a day.
func drawingOf(w *walk.Walk, day string) *graph.Drawing {
	short, at := walk.OutcomesOnly(w)
	return graph.Draw(short, at[w.On(day)], graph.Words{
		Question: func(f *model.Fact) string { return cmp.Or(f.Question, f.ID) },
		Answer: func(f *model.Fact, value int) string {
			if value == f.UndefinedIndex() {
				return "niet van toepassing"
			}
			return cmp.Or(f.Values[value].Label, f.ValueID(value))
		},
	})
}

func draw(w *walk.Walk, region string) drawn {
	out := drawn{Decision: w.Decision.ID, Region: region, Short: w.Short}
	for _, n := range w.Nodes {
		var node drawnNode
		if n.Leaf != nil {
			a := n.Leaf.Answer
			node.Outcome, node.Duty = w.Decision.Outcomes[a.Outcome].ID, model.Duties[a.Duty]
			for _, r := range a.Counting {
				node.Rules = append(node.Rules, r.ID)
			}
		} else {
			node.Fact = n.Fact.ID
			for v, to := range n.Next {
				if to != walk.None {
					node.Branches = append(node.Branches, drawnBranch{n.Fact.ValueID(v), to})
				}
			}
		}
		out.Nodes = append(out.Nodes, node)
	}
	return out
}
