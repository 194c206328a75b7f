package verify

import (
	"strings"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// A route is a way from the root to an end, by the values of the variables it tests.
type route struct {
	values map[int]int // variable -> value index
	end    diagram.Ref
}

// smallest finds the route to an end that is wanted which tests the fewest facts; nil where there is none.
func smallest(g *diagram.Diagram, wanted func(diagram.Ref) bool) *route {
	const far = 1 << 30
	distance := make([]int, len(g.Nodes))
	of := func(r diagram.Ref) int {
		switch {
		case r == diagram.Impossible:
			return far
		case r.IsNode():
			return distance[r]
		case wanted(r):
			return 0
		}
		return far
	}
	for i, n := range g.Nodes { // children first
		distance[i] = far
		for _, next := range n.Next {
			distance[i] = min(distance[i], of(next)+1)
		}
	}
	if of(g.Root) >= far {
		return nil
	}
	out := &route{values: map[int]int{}, end: g.Root}
	for out.end.IsNode() {
		n := g.Nodes[out.end]
		for v, next := range n.Next {
			if of(next) == distance[out.end]-1 {
				out.values[n.Var], out.end = v, next
				break
			}
		}
	}
	return out
}

// describe writes a route as facts with their answers; facts that are nvt are left out.
func describe(g *diagram.Diagram, r *route) string {
	var parts []string
	for i, f := range g.Vars {
		v, tested := r.values[i]
		if !tested || f.HasUndefined() && v == f.UndefinedIndex() {
			continue
		}
		if f.Kind == model.Date && len(f.Values) == 1 {
			continue
		}
		parts = append(parts, f.ID+": "+f.ValueID(v))
	}
	if len(parts) == 0 {
		return "elke situatie"
	}
	return strings.Join(parts, ", ")
}
