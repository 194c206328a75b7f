package site

import (
	"reflect"
	"testing"

	"handvat/generator/model"
)

// TestManyAnswersStandUnderHeadings puts parties under the values of the attribute that gives headings, in the order of
// those values, then of their places and then by name, and leaves every other question as it is.
func TestManyAnswersStandUnderHeadings(t *testing.T) {
	entity := func(id, group string) *model.Entity {
		return &model.Entity{ID: id, Attributes: map[string]string{"sector": group}}
	}
	m := &model.Model{Attributes: []*model.Attribute{
		{ID: "sector", Of: "partijen", Headings: true, Values: []model.Value{{ID: "zorg", Label: "Zorg"}, {ID: "leeg", Label: "Niemand"}, {ID: "justitie", Label: "Justitie"}},
			Entities: []*model.Entity{entity("om", "justitie"), entity("ggz", "zorg"), entity("ander", model.Differs), entity("arts", "zorg"), {ID: "zuster", Place: 1, Attributes: map[string]string{"sector": "zorg"}}}},
	}}
	parties := &model.Fact{From: "partijen", Values: []model.Value{{ID: "om", Label: "OM"}, {ID: "ggz", Label: "Ggz"}, {ID: "ander", Label: "Ander"}, {ID: "arts", Label: "Arts"}, {ID: "zuster", Label: "Zuster"}}}
	other := &model.Fact{Values: parties.Values}
	nvt, itself := len(parties.Values), func(i int) int { return i }
	for _, x := range []struct {
		fact *model.Fact
		want []heading[int]
	}{
		{parties, []heading[int]{{"Zorg", []int{4, 3, 1}}, {"Justitie", []int{0}}, {"", []int{2, nvt}}}},
		{other, []heading[int]{{"", []int{0, 1, 2, 3, 4, nvt}}}},
	} {
		if got := headings(m, x.fact, []int{0, 1, 2, 3, 4, nvt}, itself); !reflect.DeepEqual(got, x.want) {
			t.Errorf("values from %q: got %v, want %v", x.fact.From, got, x.want)
		}
	}
}
