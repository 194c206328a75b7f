package syntax

import (
	"strings"

	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// CondKind says what a Cond is.
type CondKind int

const (
	CondAll  CondKind = iota // each of Parts
	CondAny                  // one of Parts
	CondNot                  // not Parts[0]
	CondFact                 // Fact has one of Values, or a date in the interval
)

// A Cond is a condition as written.
type Cond struct {
	Kind        CondKind
	Span        source.Span
	Parts       []*Cond
	Fact        yamldoc.Text
	Values      []yamldoc.Text
	From, Until yamldoc.Text // of the date
}

func (p *parser) cond(f *yamldoc.Fields, key string) *Cond {
	n := f.Node(key)
	if n == nil {
		return nil
	}
	return p.condition(n)
}

func (p *parser) requiredCond(f *yamldoc.Fields, key string) *Cond {
	if !f.Has(key) {
		f.Missing(key)
		return nil
	}
	return p.cond(f, key)
}

// condition reads a map: all of its pairs must hold.
func (p *parser) condition(n *yamldoc.Node) *Cond {
	out := &Cond{Kind: CondAll, Span: n.Span}
	if n.Kind != yamldoc.Map {
		p.list.Addf(n.Span, "geen-voorwaarde", `hier hoort een voorwaarde, zoals {rol: [adviseur, informant]}`)
		return out
	}
	for _, pair := range n.Pairs {
		key := yamldoc.Text{Value: pair.Key, Span: pair.KeySpan}
		switch pair.Key {
		case "een-van", "alle-van":
			kind := CondAny
			if pair.Key == "alle-van" {
				kind = CondAll
			}
			part := &Cond{Kind: kind, Span: pair.KeySpan}
			if pair.Value.Kind != yamldoc.List || len(pair.Value.Items) == 0 {
				p.list.Addf(pair.Value.Span, "geen-lijst", `achter "%s" hoort een lijst van voorwaarden, zoals [{zonder: ja}, {met-minder: ja}]`, pair.Key)
			}
			for _, item := range pair.Value.Items {
				part.Parts = append(part.Parts, p.condition(item))
			}
			out.Parts = append(out.Parts, part)
		case "niet":
			out.Parts = append(out.Parts, &Cond{Kind: CondNot, Span: pair.KeySpan, Parts: []*Cond{p.condition(pair.Value)}})
		default:
			out.Parts = append(out.Parts, p.factCondition(key, pair.Value))
		}
	}
	return out
}

func (p *parser) factCondition(fact yamldoc.Text, n *yamldoc.Node) *Cond {
	out := &Cond{Kind: CondFact, Span: fact.Span, Fact: fact}
	if n.Kind != yamldoc.Map {
		out.Values = yamldoc.Texts(n, fact.Value, p.list)
		return out
	}
	f := yamldoc.Open(n, "een voorwaarde op "+strings.TrimSpace(fact.Value), p.list)
	defer f.Close()
	if values := f.Texts("niet"); len(values) > 0 {
		out.Values = values
		return &Cond{Kind: CondNot, Span: fact.Span, Parts: []*Cond{out}}
	}
	out.From, out.Until = f.Text("vanaf"), f.Text("tot")
	if out.From.Empty() && out.Until.Empty() {
		p.list.Addf(n.Span, "geen-voorwaarde", `achter "%s" hoort een waarde, een lijst van waarden, {niet: [...]} of bij datum {vanaf: ..., tot: ...}`, fact.Value)
	}
	return out
}
