package site

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/prose"
)

// A heading has the values of one group under it; without a title they stand under the question itself.
type heading[T any] struct {
	Title  string `json:"titel,omitempty"`
	Values []T    `json:"waarden"`
}

// headings puts what belongs to values of a fact under the headings of its list, in the order of the headings, then of the places
// that the authors gave, what is usual first, and then by name; what has no heading comes last. at gives the index of a value.
func headings[T any](m *model.Model, f *model.Fact, all []T, at func(T) int) []heading[T] {
	i := slices.IndexFunc(m.Attributes, func(a *model.Attribute) bool { return a.Headings && a.Of == f.From })
	if i < 0 {
		return []heading[T]{{Values: all}}
	}
	attribute := m.Attributes[i]
	out := make([]heading[T], len(attribute.Values)+1)
	for i, v := range attribute.Values {
		out[i].Title = v.Label
	}
	name := func(x T) string {
		if i := at(x); i < len(f.Values) {
			return prose.Slug(f.Values[i].Label)
		}
		return "\uffff"
	}
	places := map[string]int{}
	for _, e := range attribute.Entities {
		places[e.ID] = e.Place
	}
	place := func(x T) int {
		if i := at(x); i < len(f.Values) && places[f.Values[i].ID] > 0 {
			return places[f.Values[i].ID]
		}
		return math.MaxInt
	}
	for _, x := range all {
		group := len(attribute.Values)
		if i := at(x); i < len(f.Values) {
			for _, e := range attribute.Entities {
				if v := slices.IndexFunc(attribute.Values, func(v model.Value) bool { return v.ID == e.Attributes[attribute.ID] }); e.ID == f.Values[i].ID && v >= 0 {
					group = v
				}
			}
		}
		out[group].Values = append(out[group].Values, x)
	}
	for _, g := range out {
		slices.SortStableFunc(g.Values, func(a, b T) int {
			return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(name(a), name(b)))
		})
	}
	return slices.DeleteFunc(out, func(g heading[T]) bool { return len(g.Values) == 0 })
}
