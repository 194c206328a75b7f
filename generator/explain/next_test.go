package explain_test

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"handvat/generator/explain"
	"handvat/generator/model"
)

// A tree is a walk made from situations: asked in order, ended as soon as outcome and one way to it are fixed, with
// equal parts being the same pointer. It is a second way to the meaning of "the next question".
type tree struct {
	fact     *model.Fact
	children []*tree // by value; nil where it cannot be
	name     string  // equal for equal trees
}

type forest map[string]*tree

func (t forest) put(x *tree) *tree {
	if t[x.name] == nil {
		t[x.name] = x
	}
	return t[x.name]
}

// grow makes the tree of situations from a question on. A second tree has only outcome and duty in its ends.
func (n *enumeration) grow(fine, coarse forest, list []int, question int) (*tree, *tree) {
	if name, ok := n.fixed(list); ok {
		a := n.answers[list[0]]
		return fine.put(&tree{name: "end " + name}), coarse.put(&tree{name: fmt.Sprint("end ", a.Outcome, " ", a.Duty)})
	}
	f := n.d.Questions[question]
	x, y := &tree{fact: f, name: f.ID + "("}, &tree{fact: f, name: f.ID + "("}
	distinct := map[*tree]*tree{}
	for v := range f.Size() {
		var some []int
		for _, i := range list {
			if n.situations[i][f.Index] == v {
				some = append(some, i)
			}
		}
		var a, b *tree
		if len(some) > 0 {
			a, b = n.grow(fine, coarse, some, question+1)
			distinct[a] = b
			x.name += fmt.Sprintf("%d:%s ", v, a.name)
			y.name += fmt.Sprintf("%d:%s ", v, b.name)
		}
		x.children, y.children = append(x.children, a), append(y.children, b)
	}
	if len(distinct) == 1 {
		for a, b := range distinct {
			return a, b
		}
	}
	x.name, y.name = x.name+")", y.name+")"
	return fine.put(x), coarse.put(y)
}

// fixed tells whether situations have the outcome and one way to it in common.
func (n *enumeration) fixed(list []int) (string, bool) {
	described := map[string]bool{}
	for _, i := range list {
		described[n.answers[i].Describe(n.d)] = true
	}
	first := n.answers[list[0]]
	if len(described) == 1 {
		return first.Describe(n.d), true
	}
	if n.d.Kind == model.Choice {
		return "", false
	}
	besidesGrounds := func(a model.Answer) string {
		a.Counting = slices.DeleteFunc(slices.Clone(a.Counting), func(r *model.Rule) bool { return r.Kind == model.Ground })
		return a.Describe(n.d)
	}
	common := slices.Clone(first.Counting)
	for _, i := range list {
		a := n.answers[i]
		if a.Outcome != first.Outcome || a.Duty != first.Duty || a.Outcome > 0 && besidesGrounds(a) != besidesGrounds(first) {
			return "", false
		}
		common = slices.DeleteFunc(common, func(r *model.Rule) bool { return !slices.Contains(a.Counting, r) })
	}
	ok := slices.ContainsFunc(common, func(r *model.Rule) bool { return first.Outcome == 0 || r.Kind == model.Ground })
	shared := model.Answer{Outcome: first.Outcome, Duty: first.Duty, Counting: common}
	for _, u := range first.Through {
		if a, all := n.commonThrough(list, u.Fact); all {
			shared.Through = append(shared.Through, model.Through{Fact: u.Fact, Answer: a})
		}
	}
	return shared.Describe(n.d), ok
}

// commonThrough is what the answers of a used decision have in common, where every situation has one with the same outcome.
func (n *enumeration) commonThrough(list []int, f *model.Fact) (model.Answer, bool) {
	var out model.Answer
	for k, i := range list {
		at := slices.IndexFunc(n.answers[i].Through, func(u model.Through) bool { return u.Fact == f })
		if at < 0 {
			return out, false
		}
		a := n.answers[i].Through[at].Answer
		if k == 0 {
			out = a
			out.Counting = slices.Clone(a.Counting)
		}
		if out.Outcome != a.Outcome {
			return out, false
		}
		out.Counting = slices.DeleteFunc(out.Counting, func(r *model.Rule) bool { return !slices.Contains(a.Counting, r) })
	}
	return out, true
}

// asked finds the first question of trees with which what is possible can still differ, as the meaning of Next has it.
func (k *check) asked(trees []*tree) *model.Fact {
	for {
		trees = settle(trees)
		f := k.first(trees)
		if f == nil {
			return nil
		}
		all := k.steps(trees, f)
		if slices.Contains(k.skipped, f) {
			trees = slices.Concat(all...)
			continue
		}
		if len(trees) == 1 || slices.ContainsFunc(all, func(x []*tree) bool { return k.follows(x) != k.follows(all[0]) }) {
			return f
		}
		trees = all[0]
	}
}

// follows writes out all that can follow.
func (k *check) follows(trees []*tree) string {
	trees = settle(trees)
	f := k.first(trees)
	if f == nil {
		var names []string
		for _, x := range trees {
			names = append(names, x.name)
		}
		slices.Sort(names)
		return strings.Join(names, "+")
	}
	all := k.steps(trees, f)
	if slices.Contains(k.skipped, f) {
		return k.follows(slices.Concat(all...))
	}
	out := f.ID + "["
	same := len(trees) > 1
	for _, x := range all {
		same = same && k.follows(x) == k.follows(all[0])
		out += k.follows(x) + ","
	}
	if same {
		return k.follows(all[0])
	}
	// The values belong to the name.
	for v := range f.Size() {
		if slices.ContainsFunc(trees, func(x *tree) bool { return x.fact == f && x.children[v] != nil }) {
			out += fmt.Sprint(v)
		}
	}
	return out + "]"
}

func (k *check) first(trees []*tree) *model.Fact {
	for _, f := range k.all.d.Questions {
		if slices.ContainsFunc(trees, func(x *tree) bool { return x.fact == f }) {
			return f
		}
	}
	return nil
}

// steps gives, for each value that a question can have, the trees that then follow.
func (k *check) steps(trees []*tree, f *model.Fact) [][]*tree {
	var out [][]*tree
	for v := range f.Size() {
		var next []*tree
		can := false
		for _, x := range trees {
			switch {
			case x.fact != f:
				next = append(next, x)
			case x.children[v] != nil:
				next, can = append(next, x.children[v]), true
			}
		}
		if can {
			out = append(out, settle(next))
		}
	}
	return out
}

func settle(trees []*tree) []*tree {
	var out []*tree
	for _, x := range trees {
		for {
			var ways []*tree
			for _, c := range x.children {
				if c != nil {
					ways = append(ways, c)
				}
			}
			if len(ways) != 1 {
				break
			}
			x = ways[0]
		}
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// askedFacts lists the facts that a tree asks.
func (k *check) askedFacts(x *tree) []*model.Fact {
	found := map[*model.Fact]bool{}
	var visit func(x *tree)
	visit = func(x *tree) {
		if x != nil && x.fact != nil {
			found[x.fact] = true
			for _, c := range x.children {
				visit(c)
			}
		}
	}
	visit(x)
	var out []*model.Fact
	for _, f := range k.all.d.Questions {
		if found[f] {
			out = append(out, f)
		}
	}
	return out
}

func (k *check) next() string {
	for _, skipped := range [][]*model.Fact{nil, k.skipped} {
		got := k.e.Next(k.answers, skipped)
		list := k.all.fits(k.answers)
		if len(list) == 0 {
			if got.Stop != explain.Contradiction || got.Fact != nil {
				return fmt.Sprintf("next after a contradiction: %+v", got)
			}
			continue
		}
		_, root := k.all.grow(forest{}, forest{}, list, 0)
		asking := &check{all: k.all, skipped: skipped}
		if want := asking.asked([]*tree{root}); got.Fact != want {
			return fmt.Sprintf("next question %s, want %s", name(got.Fact), name(want))
		}
		want := explain.Asking
		switch {
		case got.Fact != nil:
		case root.fact == nil:
			want, k.seen.settled = explain.Settled, k.seen.settled+1
		case bits.OnesCount64(uint64(k.all.outcomes(list))) == 1:
			want, k.seen.sameOutcome = explain.SameOutcome, k.seen.sameOutcome+1
		default:
			want, k.seen.undecided = explain.Undecided, k.seen.undecided+1
		}
		if got.Stop != want || got.Bounded {
			return fmt.Sprintf("next: %+v, want stop %d", got, want)
		}
		if depends := k.e.DependsOn(k.answers); !slices.Equal(depends, k.askedFacts(root)) {
			return "depends on " + ids(depends) + ", want " + ids(k.askedFacts(root))
		}
		if got.Stop == explain.Undecided && len(got.Open) == 0 {
			return "undecided, and on nothing unknown"
		}
	}
	return ""
}
