package diagram

import (
	"errors"
	"testing"

	"handvat/generator/model"
)

// TestAlgebraGivesUp holds that too many nodes are an error, and that another panic stays one.
func TestAlgebraGivesUp(t *testing.T) {
	a := NewAlgebra([]*model.Fact{{Values: make([]model.Value, 2)}})
	a.b.most = 3
	made := 0
	err := a.Within(func() {
		for n := range 4 {
			a.Case(0, []Function{a.Number(n), a.Number(n + 1)})
			made++
		}
	})
	if !errors.Is(err, ErrTooLarge) || made != 3 {
		t.Errorf("after %d nodes: %v", made, err)
	}
	defer func() {
		if recover() != "another" {
			t.Error("another panic was hidden")
		}
	}()
	_ = a.Within(func() { panic("another") })
}
