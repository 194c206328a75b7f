package tables

import (
	"math/rand/v2"
	"testing"
)

// In every place a decision is consulted from, what is kept of its rows says the same as the rows did.
func TestConsultedRowsSayTheSameInEveryPlace(t *testing.T) {
	const slots, values = 3, 3
	g := rand.New(rand.NewPCG(1, 2))
	literals := func() row {
		var r row
		for slot := range slots {
			if set := uint64(g.IntN(1 << values)); set != 0 && set != 1<<values-1 {
				r = append(r, literal{slot, set})
			}
		}
		return r
	}
	holds := func(rows []row, situation [slots]int) bool {
		for _, r := range rows {
			applies := true
			for _, l := range r {
				applies = applies && l.set>>situation[l.slot]&1 == 1
			}
			if applies {
				return true
			}
		}
		return false
	}
	shorter := 0
	for range 2_000 {
		rows, where := []row{literals(), literals()}, []row{literals(), literals()}
		var places []place
		for _, r := range where {
			p := place{}
			for _, l := range r {
				p[l.slot] = l.set
			}
			places = append(places, p)
		}
		kept := consulted(rows, places)
		if len(kept) < len(rows) || len(kept[0]) < len(rows[0]) || len(kept[1]) < len(rows[1]) {
			shorter++
		}
		for n := range values * values * values {
			situation := [slots]int{n % values, n / values % values, n / values / values}
			if holds(where, situation) && holds(kept, situation) != holds(rows, situation) {
				t.Fatalf("rows %v, places %v: kept %v says something else at %v", rows, places, kept, situation)
			}
		}
	}
	if shorter == 0 {
		t.Error("nothing was ever left out")
	}
}
