package check

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/source"
)

// leftOut resolves which norms nothing, or no rule, names on purpose, each with a reason or with norms that say the same
// and are not left out themselves. A norm stands in one list, once: places is where each of the lists before this one names
// its norms. Whether something names one after all is for package verify, since only the whole knows.
func (g *guidance) leftOut(written []*content.LeftOut, places map[string]source.Span) []*model.LeftOut {
	for _, w := range written {
		for _, id := range w.Norms {
			if first, twice := places[id.Value]; twice {
				g.list.Add(diag.Diagnostic{Code: "dubbel-genoemd", Span: id.Span, Message: fmt.Sprintf(`de norm "%s" staat al in dit bestand; haal er één weg`, id.Value),
					Notes: []diag.Note{{Span: first, Message: "de eerste staat hier"}}})
				continue
			}
			places[id.Value] = id.Span
		}
	}
	var out []*model.LeftOut
	for _, w := range written {
		if w.Why.Empty() && len(w.See) == 0 {
			g.list.Addf(w.Span, "zonder-reden", `zeg achter "want" waarom dit wegblijft, of noem achter "zie" de norm die hetzelfde zegt`)
		}
		for _, id := range w.See {
			if place, ok := places[id.Value]; ok {
				g.list.Add(diag.Diagnostic{Code: "zie-weggelaten", Span: id.Span, Message: fmt.Sprintf(`de norm "%s" is zelf weggelaten; noem achter "zie" een norm die ergens staat`, id.Value),
					Notes: []diag.Note{{Span: place, Message: "hier is zij weggelaten"}}})
			}
		}
		see := find(g, w.See, &g.norms, "onbekende-norm", "de norm")
		for _, id := range w.Norms {
			if n := one(find(g, some(id), &g.norms, "onbekende-norm", "de norm")); n != nil {
				out = append(out, &model.LeftOut{Norm: n, Why: g.plain(w.Why), See: see, Span: id.Span})
			}
		}
	}
	slices.SortFunc(out, func(a, b *model.LeftOut) int { return strings.Compare(a.Norm.ID, b.Norm.ID) })
	return out
}
