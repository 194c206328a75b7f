package diagram

import (
	"errors"
	"testing"

	"handvat/generator/model"
)

// TestBuilderGivesUp holds that work and ends are limited as nodes are.
func TestBuilderGivesUp(t *testing.T) {
	fact := &model.Fact{Values: make([]model.Value, 2)}
	for name, exhaust := range map[string]func(b *builder){
		"steps": func(b *builder) {
			b.steps = stepsFor(b.most)
			b.holds(model.In{Fact: fact, Values: 1})
		},
		"ends": func(b *builder) {
			table := &stateTable{b: b, at: map[string]int{}}
			for i := range endsFor(b.most) + 1 {
				table.number(state{ceiling: model.Allowed, grounds: []int{i}})
			}
		},
	} {
		a := NewAlgebra([]*model.Fact{fact})
		a.b.most = 100
		if err := a.Within(func() { exhaust(a.b) }); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
