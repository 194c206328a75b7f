package diagram_test

import (
	"math/rand/v2"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// TestAlgebraMatchesArithmetic holds random functions against the same computed situation by situation, whatever the
// order in which facts are put in.
func TestAlgebraMatchesArithmetic(t *testing.T) {
	var facts []*model.Fact
	for _, size := range []int{2, 3, 2, 4} {
		facts = append(facts, &model.Fact{Values: make([]model.Value, size)})
	}
	type value func(s []int) int
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		a := diagram.NewAlgebra(facts)
		var random func(depth int) (diagram.Function, value)
		random = func(depth int) (diagram.Function, value) {
			level := r.IntN(len(facts))
			switch {
			case depth == 0:
				set := model.Set(r.Uint64()) & facts[level].All()
				return a.In(level, set), func(s []int) int {
					if set.Has(s[level]) {
						return 1
					}
					return 0
				}
			case r.IntN(2) == 0:
				x, vx := random(depth - 1)
				y, vy := random(depth - 1)
				k := r.IntN(3)
				return a.Apply(func(x, y int) int { return (k*x + y) % 5 }, x, y), func(s []int) int { return (k*vx(s) + vy(s)) % 5 }
			}
			var next []diagram.Function
			var values []value
			for range facts[level].Size() {
				f, v := random(depth - 1)
				next, values = append(next, f), append(values, v)
			}
			return a.Case(level, next), func(s []int) int { return values[s[level]](s) }
		}
		f, want := random(3)
		allowed := make([]model.Set, len(facts))
		for i, fact := range facts {
			allowed[i] = model.Set(r.Uint64()) & fact.All()
		}
		counts := map[int]int64{}
		s := make([]int, len(facts))
		var each func(i int, in bool)
		each = func(i int, in bool) {
			if i == len(facts) {
				at := f
				for {
					n, ok := at.Constant()
					if ok {
						if n != want(s) {
							t.Fatalf("seed %d: %v gives %d, want %d", seed, s, n, want(s))
						}
						break
					}
					level, next := a.Split(at)
					at = next[s[level]]
				}
				if in {
					counts[want(s)]++
				}
				return
			}
			for v := range facts[i].Size() {
				s[i] = v
				each(i+1, in && allowed[i].Has(v))
			}
		}
		each(0, true)
		got := a.Count(f, allowed)
		for n := range 5 {
			if have := got[n]; have == nil && counts[n] != 0 || have != nil && have.Int64() != counts[n] {
				t.Fatalf("seed %d: %v situations give %d, want %d", seed, have, n, counts[n])
			}
		}
	}
}
