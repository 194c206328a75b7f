// Package dmn writes decisions as DMN 1.3, so that other people's tools can read and run them.
//
// In: a decision of a proved model. Out: an XML document, or the reason why there is none. The document has a decision
// table with hit policy UNIQUE for the decision itself, and one for each derived fact, attribute and used decision it
// rests on; the facts that are asked are its input data. In every situation the tables give the outcome and the duty
// that the reference evaluator gives. What DMN has no words for is listed in the description of the decision.
//
// The bytes are the same on every run.
package dmn

import (
	"errors"
	"fmt"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// MaxRows is how many rows a table may have by default. More than this nobody reads.
const MaxRows = 2_000

// An Export is what became of one decision.
type Export struct {
	Decision *model.Decision
	XML      []byte // nil where the decision is not exported
	Tables   []Size // those that the decision rests on come first; the last is its own
	Reason   string // Dutch, why it is not exported
}

// Size tells how large a table is.
type Size struct {
	Name    string
	Columns int
	Rows    int
}

// Decision exports one decision. A decision that needs a table of more than maxRows rows is not exported.
func Decision(m *model.Model, d *model.Decision, maxRows int) (*Export, error) {
	out := &Export{Decision: d}
	g := newGraph(m, d, maxRows)
	root, err := g.decision(d)
	var large tooLargeError
	switch {
	case errors.As(err, &large):
		out.Reason = fmt.Sprintf("de tabel %q heeft meer dan %d rijen nodig", large.table, maxRows)
		return out, nil
	case errors.Is(err, diagram.ErrTooLarge):
		out.Reason = "de beslissing is te verweven om uit te schrijven"
		return out, nil
	case err != nil:
		return nil, err
	}
	for _, t := range g.tables {
		out.Tables = append(out.Tables, Size{t.name, len(t.columns), len(t.rows)})
	}
	out.XML, err = g.document(root)
	return out, err
}

// All exports every decision of a model, in the model's order.
func All(m *model.Model, maxRows int) ([]*Export, error) {
	var out []*Export
	for _, d := range m.Decisions {
		e, err := Decision(m, d, maxRows)
		if err != nil {
			return nil, fmt.Errorf("exporting %s: %w", d.ID, err)
		}
		out = append(out, e)
	}
	return out, nil
}
