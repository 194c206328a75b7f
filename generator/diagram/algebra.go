package diagram

import (
	"math/big"

	"handvat/generator/model"
)

// An Algebra computes with functions from situations to numbers, over a fixed list of facts. Equal functions are equal
// values. It is the builder of this package for those who combine finished diagrams; past MaxNodes its methods panic,
// which Within turns into ErrTooLarge.
type Algebra struct{ b *builder }

// A Function gives a number, from 0 up to a few million, in every situation of its Algebra.
type Function struct{ r ref }

// NewAlgebra makes an Algebra over facts; their position here is their level.
func NewAlgebra(facts []*model.Fact) *Algebra { return &Algebra{newBuilder(facts)} }

// Within calls compute, and gives ErrTooLarge where that made more than MaxNodes nodes.
func (a *Algebra) Within(compute func()) error {
	a.b.steps = 0
	if a.b.bounded(nil, compute) != nil {
		return ErrTooLarge
	}
	return nil
}

// Number is the function that gives n everywhere.
func (a *Algebra) Number(n int) Function { return Function{terminal(n)} }

// Case is, where the fact at a level has the value with index v, the function next[v].
func (a *Algebra) Case(level int, next []Function) Function {
	above, refs := true, make([]ref, len(next))
	for v, f := range next {
		refs[v] = f.r
		above = above && a.b.level(f.r) > level
	}
	if above {
		return Function{a.b.node(level, refs)}
	}
	out := terminal(0)
	for v, r := range refs {
		is := make([]ref, len(refs))
		for w := range is {
			is[w] = terminal(bit(v == w))
		}
		out = a.b.choose(a.b.node(level, is), r, out)
	}
	return Function{out}
}

// In is 1 where the fact at a level has one of the values, and 0 elsewhere.
func (a *Algebra) In(level int, values model.Set) Function {
	next := make([]Function, a.b.vars[level].Size())
	for v := range next {
		next[v] = a.Number(bit(values.Has(v)))
	}
	return a.Case(level, next)
}

// Apply combines the numbers of two functions.
func (a *Algebra) Apply(op func(x, y int) int, x, y Function) Function {
	return Function{a.b.apply(op, x.r, y.r)}
}

// Constant gives the number of a function that is the same everywhere it is looked at; ok is false where it is not.
func (f Function) Constant() (n int, ok bool) {
	if !f.r.isTerminal() {
		return 0, false
	}
	return f.r.number(), true
}

// Split gives the level of the first fact that a function depends on, and what it is for each value of that fact. It may
// not be a Constant.
func (a *Algebra) Split(f Function) (level int, next []Function) {
	for _, r := range a.b.branches(f.r) {
		next = append(next, Function{r})
	}
	return a.b.level(f.r), next
}

// Count counts, per number, the situations in which a function gives it, of those in which each fact has one of the
// values allowed at its level.
func (a *Algebra) Count(f Function, allowed []model.Set) map[int]*big.Int {
	memo := map[ref]map[int]*big.Int{}
	size := func(level int) int64 {
		n := int64(0)
		for v := range a.b.vars[level].Size() {
			n += int64(bit(allowed[level].Has(v)))
		}
		return n
	}
	var count func(r ref) map[int]*big.Int // over the facts from the level of r on
	add := func(to map[int]*big.Int, r ref, level int) {
		times := big.NewInt(1)
		for ; level < a.b.level(r); level++ {
			times.Mul(times, big.NewInt(size(level)))
		}
		for n, c := range count(r) {
			if to[n] == nil {
				to[n] = new(big.Int)
			}
			to[n].Add(to[n], new(big.Int).Mul(c, times))
		}
	}
	count = func(r ref) map[int]*big.Int {
		if r.isTerminal() {
			return map[int]*big.Int{r.number(): big.NewInt(1)}
		}
		if out, ok := memo[r]; ok {
			return out
		}
		out := map[int]*big.Int{}
		for v, next := range a.b.branches(r) {
			if level := a.b.level(r); allowed[level].Has(v) {
				add(out, next, level+1)
			}
		}
		memo[r] = out
		return out
	}
	out := map[int]*big.Int{}
	add(out, f.r, 0)
	return out
}
