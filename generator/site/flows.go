package site

import (
	"fmt"

	"handvat/generator/flow"
	"handvat/generator/model"
)

// flows are who shares what with whom in a phase: in words, and drawn.
type flows struct {
	Drawing *flowDrawing `json:"tekening,omitempty"`
	Lines   []flowLine   `json:"regels"`
}

type flowDrawing struct {
	Wide     drawnFlows `json:"wijd"`
	Tall     drawnFlows `json:"hoog"`
	Verdicts []verdict  `json:"oordelen"`
}

type drawnFlows struct {
	Box    string `json:"maat"`
	Width  string `json:"breed"` // in rem: the drawing grows with its reader's text
	Height string `json:"hoog"`
	SVG    string `json:"svg"`
}

type flowLine struct {
	From    string     `json:"van"`
	To      string     `json:"naar"`
	What    string     `json:"wat"`
	Verdict verdict    `json:"oordeel"`
	Proviso string     `json:"mits,omitempty"`
	Sources []citation `json:"bronnen,omitempty"`
}

func (w *writer) flows(p *model.Phase) *flows {
	if len(p.Flows) == 0 {
		return nil
	}
	out := &flows{}
	for _, f := range p.Flows {
		out.Lines = append(out.Lines, flowLine{w.words(f.From), w.words(f.To), w.words(f.What), w.level(f.Level), w.words(f.Proviso), w.cite(f.Cited)})
	}
	if p.Picture != nil {
		drawn := func(d flow.Drawing) drawnFlows {
			return drawnFlows{fmt.Sprintf("0 0 %d %d", d.Width, d.Height), rem(d.Width), rem(d.Height), d.SVG}
		}
		out.Drawing = &flowDrawing{drawn(flow.Wide(p)), drawn(flow.Tall(p)), w.levels()}
	}
	return out
}
