package explain

import (
	"math"
	"math/big"
	"slices"

	"handvat/generator/diagram"
	"handvat/generator/model"
)

// describe finds a few cubes that together hold exactly the situations in which verdict is number, and counts the
// situations that MaxCubes left out.
//
// It takes the largest path through what is not described yet, drops every condition it can do without, and so on. That
// is no least cover (finding one takes exponential time), but no cube is superfluous, and none can lose a fact. A cube
// may hold combinations that do not occur: describing around them would only make it longer.
func (c *comparison) describe(verdict diagram.Function, number int) ([]Cube, *big.Int) {
	a := c.algebra
	rest := a.Apply(func(n, _ int) int {
		if n == number {
			return 1
		}
		return 0
	}, verdict, a.Number(0))
	region := rest
	var cubes [][]model.Set
	for len(cubes) < MaxCubes && rest != a.Number(0) {
		cube := c.widen(verdict, number, c.largest(rest))
		cubes = append(cubes, cube)
		rest = a.Apply(func(x, y int) int { return x &^ y }, rest, c.function(cube))
	}
	cubes = c.irredundant(region, cubes)
	var out []Cube
	for _, cube := range cubes {
		described := Cube{Situations: new(big.Int)}
		if n := a.Count(region, cube)[1]; n != nil {
			described.Situations = n
		}
		for level, f := range c.facts {
			if cube[level] == f.All() {
				continue
			}
			set := cube[level]
			if f.HasUndefined() && set.Has(f.UndefinedIndex()) { // unsaid where it does not occur
				only := slices.Clone(cube)
				only[level] = 1 << f.UndefinedIndex()
				if c.holds(region, only, func(n int) bool { return n == 0 }) {
					set &^= 1 << f.UndefinedIndex()
				}
			}
			described.Settings = append(described.Settings, Setting{f, set})
		}
		out = append(out, described)
	}
	slices.SortStableFunc(out, func(x, y Cube) int { return y.Situations.Cmp(x.Situations) })
	left := new(big.Int)
	everything := make([]model.Set, len(c.facts))
	for i, f := range c.facts {
		everything[i] = f.All()
	}
	if n := a.Count(rest, everything)[1]; n != nil {
		left = n
	}
	return out, left
}

// largest is the path through a function to 1 that holds most combinations.
func (c *comparison) largest(f diagram.Function) []model.Set {
	a := c.algebra
	type choice struct {
		size   float64 // a logarithm
		values model.Set
		next   diagram.Function
	}
	best := map[diagram.Function]choice{}
	var visit func(f diagram.Function) float64
	visit = func(f diagram.Function) float64 {
		if n, ok := f.Constant(); ok {
			if n == 1 {
				return 0
			}
			return math.Inf(-1)
		}
		if found, ok := best[f]; ok {
			return found.size
		}
		out := choice{size: math.Inf(-1)}
		_, next := a.Split(f)
		for v, n := range next {
			if slices.Index(next, n) < v {
				continue
			}
			var values model.Set
			for w, m := range next {
				if m == n {
					values |= 1 << w
				}
			}
			// Relative to all values of the fact, so that facts passed over need not be counted.
			size := visit(n) + math.Log(float64(count(values))/float64(len(next)))
			if out.values == 0 || size > out.size {
				out = choice{size, values, n}
			}
		}
		best[f] = out
		return out.size
	}
	visit(f)
	cube := make([]model.Set, len(c.facts))
	for i, fact := range c.facts {
		cube[i] = fact.All()
	}
	for {
		if _, ok := f.Constant(); ok {
			return cube
		}
		level, _ := a.Split(f)
		cube[level] = best[f].values
		f = best[f].next
	}
}

// widen drops conditions from a cube as long as it holds nothing but situations with a number and combinations that do
// not occur. It tries that from the first question and from the last, and keeps the shorter result.
func (c *comparison) widen(verdict diagram.Function, number int, cube []model.Set) []model.Set {
	within := func(cube []model.Set) bool {
		return c.holds(verdict, cube, func(n int) bool { return n == number || n == outside })
	}
	var best []model.Set
	for _, backward := range []bool{true, false} {
		wide := slices.Clone(cube)
		var levels []int
		for level, f := range c.facts {
			if wide[level] != f.All() {
				levels = append(levels, level)
			}
		}
		if backward {
			slices.Reverse(levels)
		}
		try := func(level int, values model.Set) {
			was := wide[level]
			wide[level] |= values
			if !within(wide) {
				wide[level] = was
			}
		}
		for _, level := range levels {
			try(level, c.facts[level].All())
		}
		for _, level := range levels {
			for v := range c.facts[level].Size() {
				try(level, 1<<v)
			}
		}
		if best == nil || c.conditions(wide) < c.conditions(best) {
			best = wide
		}
	}
	return best
}

// conditions counts the facts that a cube names.
func (c *comparison) conditions(cube []model.Set) int {
	n := 0
	for level, f := range c.facts {
		if cube[level] != f.All() {
			n++
		}
	}
	return n
}

// holds tells whether a function has only wanted numbers within a cube.
func (c *comparison) holds(f diagram.Function, cube []model.Set, wanted func(int) bool) bool {
	seen := map[diagram.Function]bool{}
	var visit func(f diagram.Function) bool
	visit = func(f diagram.Function) bool {
		if n, ok := f.Constant(); ok {
			return wanted(n)
		}
		if seen[f] {
			return true
		}
		seen[f] = true
		level, next := c.algebra.Split(f)
		for v, n := range next {
			if cube[level].Has(v) && !visit(n) {
				return false
			}
		}
		return true
	}
	return visit(f)
}

// function is 1 within a cube.
func (c *comparison) function(cube []model.Set) diagram.Function {
	out := c.algebra.Number(1)
	for level, f := range slices.Backward(c.facts) {
		if cube[level] == f.All() {
			continue
		}
		next := make([]diagram.Function, f.Size())
		for v := range next {
			if next[v] = c.algebra.Number(0); cube[level].Has(v) {
				next[v] = out
			}
		}
		out = c.algebra.Case(level, next)
	}
	return out
}

// irredundant leaves out cubes of which the others hold everything in a region, later ones first.
func (c *comparison) irredundant(region diagram.Function, cubes [][]model.Set) [][]model.Set {
	a := c.algebra
	or := func(x, y int) int { return x | y }
	before := []diagram.Function{a.Number(0)} // what the cubes before each hold
	for _, cube := range cubes {
		before = append(before, a.Apply(or, before[len(before)-1], c.function(cube)))
	}
	kept := a.Number(0)
	var out [][]model.Set
	for i, cube := range slices.Backward(cubes) {
		others := a.Apply(or, before[i], kept)
		if c.holds(a.Apply(func(x, y int) int { return x &^ y }, region, others), cube, func(n int) bool { return n == 0 }) {
			continue
		}
		kept = a.Apply(or, kept, c.function(cube))
		out = append(out, cube)
	}
	slices.Reverse(out)
	return out
}
