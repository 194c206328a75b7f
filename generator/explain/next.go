package explain

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/diagram"
	"handvat/generator/model"
	"handvat/generator/walk"
)

// A Stop says why there is no next question.
type Stop int

const (
	Asking        Stop = iota // there is one
	Settled                   // the outcome and one way to it are fixed
	SameOutcome               // the outcome is fixed; which rules make it so depends on what the visitor does not know
	Undecided                 // what is left depends only on what the visitor does not know
	Contradiction             // the answers cannot occur together
)

// patience is how many sets of nodes are compared to see whether a question still matters beside what is not known.
// Past it a question is asked that may not matter; the script on the page has the same limit.
const patience = 20_000

// Next is the question to ask now, or why none is asked.
type Next struct {
	Stop   Stop
	Fact   *model.Fact // nil unless Asking
	Values model.Set   // the answers it can have here
	// Open are the skipped facts on which the answer still depends, in asking order.
	Open []*model.Fact
	// Bounded tells that the question may not matter, since patience ran out; on a diagram of verdicts there is no patience
	// for what is skipped.
	Bounded bool
}

// Next finds the first question in the author's order on which the answer (the outcome or one way to it) still depends.
// skipped are facts that the visitor does not know: they stay open, and a question is asked only if what is then possible
// depends on it. It asks what the walk asks, and what the script on the page asks.
func (e *Explainer) Next(a Answers, skipped []*model.Fact) Next {
	g := e.restrict(e.allowed(a))
	if g.Root == diagram.Impossible {
		return Next{Stop: Contradiction}
	}
	w := walk.ForScript(g)
	q := &inquiry{e: e, w: w, skipped: skipped, known: map[string]string{}, names: map[string]string{}}
	out := Next{}
	matter := facts(w, e.order)
	if e.g.Verdicts && !slices.Equal(e.g.Vars, e.d.Questions) {
		// The walk does not ask in the author's order. The first that matters is the first either way: what its gate rests
		// on comes before it, here and there.
		if at := slices.IndexFunc(matter, func(f *model.Fact) bool { return !slices.Contains(skipped, f) }); at >= 0 {
			out.Fact = matter[at]
			out.Values = e.occurring(e.allowed(a))[e.level[out.Fact]]
			out.Bounded = at > 0
		}
	} else {
		out.Fact, out.Values = q.question()
		out.Bounded = q.bounded
	}
	for _, f := range matter {
		if slices.Contains(skipped, f) {
			out.Open = append(out.Open, f)
		}
	}
	switch {
	case out.Fact != nil:
	case w.Nodes[w.Root()].Leaf != nil:
		out.Stop = Settled
	case count(e.Outcomes(a)) == 1:
		out.Stop = SameOutcome
	default:
		out.Stop = Undecided
	}
	return out
}

// DependsOn lists the facts on which the answer (the outcome or one way to it) still depends, in asking order.
func (e *Explainer) DependsOn(a Answers) []*model.Fact { return e.dependsOn(e.allowed(a)) }

func (e *Explainer) dependsOn(allowed []model.Set) []*model.Fact {
	g := e.restrict(allowed)
	if g.Root == diagram.Impossible {
		return nil
	}
	return facts(walk.ForScript(g), e.order)
}

// facts lists what a walk asks, in asking order.
func facts(w *walk.Walk, order map[*model.Fact]int) []*model.Fact {
	var out []*model.Fact
	for _, n := range w.Nodes {
		if n.Fact != nil && !slices.Contains(out, n.Fact) {
			out = append(out, n.Fact)
		}
	}
	slices.SortFunc(out, func(x, y *model.Fact) int { return order[x] - order[y] })
	return out
}

// An inquiry walks with sets of nodes: one for each way in which what is not known could turn out.
type inquiry struct {
	e       *Explainer
	w       *walk.Walk
	skipped []*model.Fact
	known   map[string]string // nodes -> the name of what follows
	names   map[string]string
	bounded bool
}

// question finds the first question that is asked; nil where there is none.
func (q *inquiry) question() (*model.Fact, model.Set) {
	nodes := q.settle([]int{q.w.Root()})
	for {
		f := q.first(nodes)
		if f == nil {
			return nil, 0
		}
		values := q.values(nodes, f)
		switch {
		case slices.Contains(q.skipped, f):
			nodes = q.open(nodes, f, values)
		case !q.asks(nodes, f, values):
			nodes = q.step(nodes, f, values[0])
		default:
			var set model.Set
			for _, v := range values {
				set |= 1 << v
			}
			return f, set
		}
	}
}

// asks tells whether what follows depends on a question.
func (q *inquiry) asks(nodes []int, f *model.Fact, values []int) bool {
	if len(nodes) < 2 {
		return true
	}
	for _, v := range values {
		if q.ahead(q.step(nodes, f, v)) != q.ahead(q.step(nodes, f, values[0])) {
			return true
		}
	}
	return false
}

// ahead names what follows from nodes; from nodes with the same name the same follows.
func (q *inquiry) ahead(nodes []int) string {
	key := fmt.Sprint(nodes)
	if name, ok := q.known[key]; ok {
		return name
	}
	f, name := q.first(nodes), key
	switch {
	case f == nil:
	case len(q.known) > patience:
		q.bounded = true
	case slices.Contains(q.skipped, f):
		name = q.ahead(q.open(nodes, f, q.values(nodes, f)))
	default:
		values := q.values(nodes, f)
		if !q.asks(nodes, f, values) {
			name = q.ahead(q.step(nodes, f, values[0]))
			break
		}
		var b strings.Builder
		b.WriteString(f.ID)
		for _, v := range values {
			fmt.Fprintf(&b, " %d=%s", v, q.ahead(q.step(nodes, f, v)))
		}
		if q.names[b.String()] == "" {
			q.names[b.String()] = fmt.Sprintf("n%d", len(q.names))
		}
		name = q.names[b.String()]
	}
	q.known[key] = name
	return name
}

// first is the first question that some of the nodes ask, or nil.
func (q *inquiry) first(nodes []int) *model.Fact {
	var first *model.Fact
	for _, n := range nodes {
		if f := q.w.Nodes[n].Fact; f != nil && (first == nil || q.e.level[f] < q.e.level[first]) {
			first = f
		}
	}
	return first
}

// values lists the values that a question can have at some of the nodes that ask it.
func (q *inquiry) values(nodes []int, f *model.Fact) []int {
	var out []int
	for v := range f.Size() {
		if slices.ContainsFunc(nodes, func(n int) bool { return q.w.Nodes[n].Fact == f && q.w.Nodes[n].Next[v] != walk.None }) {
			out = append(out, v)
		}
	}
	return out
}

// open goes on from a question that is not answered.
func (q *inquiry) open(nodes []int, f *model.Fact, values []int) []int {
	var out []int
	for _, v := range values {
		out = append(out, q.step(nodes, f, v)...)
	}
	return q.settle(out)
}

// step answers a question at the nodes that ask it; a node where the value cannot be falls away.
func (q *inquiry) step(nodes []int, f *model.Fact, value int) []int {
	var out []int
	for _, n := range nodes {
		if node := q.w.Nodes[n]; node.Fact == f {
			n = node.Next[value]
		}
		if n != walk.None {
			out = append(out, n)
		}
	}
	return q.settle(out)
}

// settle passes what can go one way only, and puts the nodes in order, each once.
func (q *inquiry) settle(nodes []int) []int {
	out := make([]int, 0, len(nodes))
	for _, n := range nodes {
		for {
			only, ways := walk.None, 0
			for _, next := range q.w.Nodes[n].Next {
				if next != walk.None {
					only, ways = next, ways+1
				}
			}
			if ways != 1 {
				break
			}
			n = only
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// A Step is a question on the way that answers take.
type Step struct {
	Fact  *model.Fact
	Value int // or model.Open where it is not known
}

// Path lists the answers in the order in which they were asked for, up to the first question without one. Answers that
// are not on it were never asked for.
func (e *Explainer) Path(a Answers, skipped []*model.Fact) []Step {
	var out []Step
	sofar, unknown := Answers{}, []*model.Fact(nil)
	for {
		f := e.Next(sofar, unknown).Fact
		switch {
		case f == nil:
			return out
		case e.given(a, f) != model.Open:
			sofar[f] = a[f]
			out = append(out, Step{f, a[f]})
		case slices.Contains(skipped, f):
			unknown = append(unknown, f)
			out = append(out, Step{f, model.Open})
		default:
			return out
		}
	}
}
