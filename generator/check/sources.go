package check

import (
	"slices"

	"handvat/generator/model"
	"handvat/generator/yamldoc"
)

// sourcesHold says of sources that are not in force everywhere where they are.
func (c *checker) sourcesHold() {
	for _, w := range c.guidance.written.Sources {
		s, node := c.guidance.sources.all[w.ID.Value], w.Holds
		if s == nil || node == nil {
			continue
		}
		if node.Kind != yamldoc.Map {
			c.list.Addf(node.Span, "geen-map", `achter "geldt" hoort een map van feit naar waarden`)
			continue
		}
		all := model.All{}
		for _, pair := range node.Pairs {
			var values []yamldoc.Text
			for _, n := range slices.Concat([]*yamldoc.Node{pair.Value}, pair.Value.Items) {
				if n.Kind == yamldoc.Scalar {
					values = append(values, yamldoc.Text{Value: n.Text, Span: n.Span})
				}
			}
			if f := c.fact(yamldoc.Text{Value: pair.Key, Span: pair.KeySpan}); f != nil {
				all = append(all, model.In{Fact: f, Values: c.values(f, values)})
			}
		}
		s.Holds = all
	}
}
