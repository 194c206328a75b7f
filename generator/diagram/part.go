package diagram

import (
	"encoding/binary"
	"slices"
	"strings"

	"handvat/generator/model"
)

// impossible is the terminal of what cannot occur.
const impossible = 0

// A part is a decision inside a builder: its diagram and what the terminals stand for. Terminal 0 is impossible.
type part struct {
	root    ref
	answers []model.Answer // Outcome -1: no single answer, Counting are the rules that apply
}

// usedPart is the part of a used decision, possible or not.
func (b *builder) usedPart(f *model.Fact) *part {
	if p := b.used[f]; p != nil {
		return p
	}
	reorder := b.reorder
	b.reorder = 0 // others are at work on other diagrams
	b.used[f] = b.part(f.Uses, b.within)
	b.reorder = reorder
	return b.used[f]
}

// part builds the answers of a decision where possible is 1.
func (b *builder) part(d *model.Decision, possible ref) *part {
	root, states := b.rules(d, possible)
	return b.answers(d, root, states)
}

// rules takes in the rules of a decision: the terminals are numbers of states.
func (b *builder) rules(d *model.Decision, possible ref) (ref, *stateTable) {
	states := &stateTable{b: b, choice: d.Kind == model.Choice, at: map[string]int{}}
	start := states.number(state{ceiling: model.Allowed})
	root := b.apply(func(p, _ int) int {
		if p == 0 {
			return impossible
		}
		return start
	}, possible, terminal(0))
	if states.choice {
		for i, r := range d.Rules {
			b.rule = r
			root = b.add(states, root, b.holds(r.When), func(s state) state { s.counting = append(s.counting, i); return s })
			b.settle(&root)
		}
	} else {
		root = b.permit(states, root, d)
	}
	b.rule = nil
	return root, states
}

// answers turns states into answers.
func (b *builder) answers(d *model.Decision, root ref, states *stateTable) *part {
	p := &part{answers: []model.Answer{{}}}
	answers := map[string]int{}
	number := func(a model.Answer) int {
		key := a.Describe(d)
		if n, ok := answers[key]; ok {
			return n
		}
		b.end()
		p.answers = append(p.answers, a)
		answers[key] = len(p.answers) - 1
		return len(p.answers) - 1
	}
	p.root = b.remap(root, func(t int) int {
		if t == impossible {
			return impossible
		}
		return number(states.states[t-1].answer(d))
	})
	for _, f := range d.Uses {
		if _, question := b.at[f]; !question && !b.verdicts {
			p.root = b.through(p, f, number)
		}
	}
	return p
}

// through adds the answers of a used decision to those answers whose rules name it.
func (b *builder) through(p *part, f *model.Fact, number func(model.Answer) int) ref {
	used := b.usedPart(f)
	below := used.root
	if f.Gate != nil {
		below = b.choose(b.holds(f.Gate), below, terminal(impossible)) // impossible stands for: not consulted
	}
	return b.apply(func(t, u int) int {
		if t == impossible || u == impossible {
			return t
		}
		a := p.answers[t]
		if !slices.ContainsFunc(a.Counting, func(r *model.Rule) bool { return mentions(r.When, f) }) {
			return t
		}
		a.Through = append(slices.Clone(a.Through), model.Through{Fact: f, Answer: used.answers[u]})
		return number(a)
	}, p.root, below)
}

func mentions(c model.Cond, f *model.Fact) bool {
	found := false
	model.FactsOf(c, func(g *model.Fact) { found = found || g == f })
	return found
}

// A state is what is known after some of the rules; rules are named by their index in the decision.
type state struct {
	ground   int   // level of the most permissive ground so far
	grounds  []int // at that level
	ceiling  int
	closed   []int // closed at mag-niet
	counting []int // limits, requirements and exceptions above mag-niet; of a Choice the rules that apply
	duty     int
	endsDuty bool
}

type stateTable struct {
	b      *builder
	choice bool
	states []state
	at     map[string]int
}

func (t *stateTable) number(s state) int {
	if s.ceiling == model.Forbidden { // whatever follows: mag-niet
		s = state{ceiling: model.Forbidden, closed: s.closed}
	}
	slices.Sort(s.counting)
	s.counting = slices.Compact(s.counting)
	slices.Sort(s.closed)
	slices.Sort(s.grounds)
	switch {
	case !t.b.verdicts:
	case t.choice:
		s.counting = s.counting[:min(2, len(s.counting))] // two is one too many already
	default:
		s.grounds, s.closed, s.counting = nil, nil, nil
	}
	key := s.key()
	if n, ok := t.at[key]; ok {
		return n
	}
	t.b.end()
	t.states = append(t.states, s)
	t.at[key] = len(t.states)
	return len(t.states)
}

// key is the same for equal states only.
func (s state) key() string {
	key := []byte{byte(s.ground), byte(s.ceiling), byte(s.duty), byte(bit(s.endsDuty))}
	for _, list := range [][]int{s.grounds, s.closed, s.counting} {
		key = binary.AppendUvarint(key, uint64(len(list)))
		for _, i := range list {
			key = binary.AppendUvarint(key, uint64(i))
		}
	}
	return string(key)
}

// add changes the state where a condition holds.
func (b *builder) add(t *stateTable, root, holds ref, change func(state) state) ref {
	memo := map[int]int{}
	return b.applyKnown(func(x, y ref) (ref, bool) { return x, x == terminal(impossible) || y == terminal(0) }, func(s, h int) int {
		if s == impossible || h == 0 {
			return s
		}
		n, ok := memo[s]
		if !ok {
			old := t.states[s-1]
			old.grounds, old.closed, old.counting = slices.Clone(old.grounds), slices.Clone(old.closed), slices.Clone(old.counting)
			n = t.number(change(old))
			memo[s] = n
		}
		return n
	}, root, holds)
}

// permit takes in the rules of a Permit: what closes the door first, since it makes the rest irrelevant.
func (b *builder) permit(t *stateTable, root ref, d *model.Decision) ref {
	for i, r := range d.Rules {
		if r.Kind != model.Requirement && r.Kind != model.Limit {
			continue
		}
		b.rule = r
		root = b.limit(t, root, d, i)
		b.settle(&root)
	}
	for i, r := range d.Rules {
		b.rule = r
		if r.Kind == model.Ground {
			root = b.add(t, root, b.holds(r.When), func(s state) state {
				if r.Level > s.ground {
					s.ground, s.grounds = r.Level, nil
				}
				if r.Level == s.ground {
					s.grounds = append(s.grounds, i)
				}
				return s
			})
		}
		if r.Duty > 0 || r.EndsDuty {
			root = b.add(t, root, b.holds(r.When), func(s state) state {
				s.duty, s.endsDuty = max(s.duty, r.Duty), s.endsDuty || r.EndsDuty
				return s
			})
		}
		b.settle(&root)
	}
	return root
}

// limit takes in a requirement or limit with the exceptions that answer to it, the most permissive first.
func (b *builder) limit(t *stateTable, root ref, d *model.Decision, i int) ref {
	limit := d.Rules[i]
	open := b.answered(d, i, func(j int, holds ref) {
		root = b.add(t, root, holds, func(s state) state {
			s.ceiling = min(s.ceiling, d.Rules[j].Level)
			s.counting = append(s.counting, j)
			return s
		})
	})
	return b.add(t, root, open, func(s state) state {
		s.ceiling = min(s.ceiling, limit.Level)
		if limit.Level == model.Forbidden {
			s.closed = append(s.closed, i)
		} else {
			s.counting = append(s.counting, i)
		}
		return s
	})
}

// answered calls exception with each exception to a requirement or limit, the most permissive first, and where that takes
// the place of what it answers to; it gives where nothing does.
func (b *builder) answered(d *model.Decision, i int, exception func(j int, holds ref)) (open ref) {
	var levels []int
	byLevel := map[int][]int{}
	for j, e := range d.Rules {
		if e.Kind == model.Exception && slices.Contains(e.AnswersTo, d.Rules[i]) {
			if byLevel[e.Level] == nil {
				levels = append(levels, e.Level)
			}
			byLevel[e.Level] = append(byLevel[e.Level], j)
		}
	}
	slices.Sort(levels)
	slices.Reverse(levels)
	open = b.holds(d.Rules[i].When)
	for _, level := range levels {
		any := terminal(0)
		for _, j := range byLevel[level] {
			holds := b.and(open, b.holds(d.Rules[j].When))
			any = b.or(any, holds)
			exception(j, holds)
		}
		open = b.and(open, b.not(any))
	}
	return open
}

// answer is the answer of a decision once all its rules are in.
func (s state) answer(d *model.Decision) model.Answer {
	rules := func(indexes ...[]int) []*model.Rule {
		var out []*model.Rule
		for _, list := range indexes {
			for _, i := range list {
				out = append(out, d.Rules[i])
			}
		}
		slices.SortFunc(out, func(a, b *model.Rule) int { return strings.Compare(a.ID, b.ID) })
		return slices.Compact(out)
	}
	if d.Kind == model.Choice {
		if len(s.counting) != 1 {
			return model.Answer{Outcome: -1, Counting: rules(s.counting)}
		}
		return model.Answer{Outcome: d.Rules[s.counting[0]].Level, Counting: rules(s.counting)}
	}
	outcome := min(s.ground, s.ceiling)
	if outcome == model.Forbidden {
		return model.Answer{Outcome: outcome, Counting: rules(s.closed)}
	}
	a := model.Answer{Outcome: outcome, Counting: rules(s.grounds, s.counting)}
	if !s.endsDuty {
		a.Duty = s.duty
	}
	return a
}
