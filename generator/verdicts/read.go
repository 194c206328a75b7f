package verdicts

import (
	"math/bits"
	"slices"

	"handvat/generator/model"
	"handvat/generator/tables"
)

// A reading is what the tables say with some questions open.
type reading struct {
	Bounds
	answer model.Answer
	exact  bool          // every rule either applies or does not
	open   []*model.Fact // questions that rules which may still apply depend on, where outcome or duty is not fixed
}

// same tells whether two readings tell a visitor the same.
func (r reading) same(other reading) bool {
	return r.Bounds == other.Bounds && slices.Equal(r.answer.Counting, other.answer.Counting) && len(r.answer.Through) == len(other.answer.Through) &&
		slices.EqualFunc(r.answer.Through, other.answer.Through, func(x, y model.Through) bool { return x.Answer.Outcome == y.Answer.Outcome })
}

func (m *Maker) run(entry int, a Answers) *state {
	answers := make([]uint8, len(m.d.Questions))
	for i, f := range m.d.Questions {
		if v, ok := a[f]; ok {
			answers[i] = uint8(v + 1)
		}
	}
	result, err := m.Program.Answer(entry, answers)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return &state{p: m.Program, entry: &m.Program.Decisions[entry], result: result, answers: answers, visited: map[int]bool{}}
}

func (m *Maker) read(a Answers) reading {
	s := m.run(m.own, a)
	own, last := s.result.Outcome(), len(s.result.Stages)-1
	out := reading{Bounds: Bounds{bits.TrailingZeros64(own.Values), bits.Len64(own.Values) - 1, int(own.DutyLo), int(own.DutyHi)}}
	out.answer, out.exact = s.answer(m.d, last)
	if out.Lo != out.Hi || out.DutyLo != out.DutyHi {
		s.follow(last)
		for _, f := range m.d.Questions {
			if slices.Contains(s.inputs, f.ID) {
				out.open = append(out.open, f)
			}
		}
	}
	return out
}

// A state is what each stage of an entry found.
type state struct {
	p       *tables.Program
	entry   *tables.Entry
	result  tables.Result
	answers []uint8

	visited map[int]bool // stages
	inputs  []string     // facts found by follow
}

func (s *state) stage(at int) (*tables.Stage, tables.StageResult) {
	return &s.p.Stages[s.entry.Stages[at]], s.result.Stages[at]
}

// answer is what is certain of the answer of a decision, whose own stage is at some position.
func (s *state) answer(d *model.Decision, at int) (a model.Answer, exact bool) {
	stage, r := s.stage(at)
	rules := func(rows tables.Bits) []*model.Rule {
		var out []*model.Rule
		for i, id := range stage.Rules {
			if rows.Has(i) {
				if rule := d.Rule(id); !slices.Contains(out, rule) {
					out = append(out, rule)
				}
			}
		}
		slices.SortFunc(out, func(x, y *model.Rule) int { return slices.Index(d.Rules, x) - slices.Index(d.Rules, y) })
		return out
	}
	exact = slices.Equal(r.Certain, r.Possible)
	a.Outcome, a.Duty, a.Counting = -1, -1, rules(r.Counting)
	if bits.OnesCount64(r.Values) == 1 {
		a.Outcome = bits.TrailingZeros64(r.Values)
	}
	if r.DutyLo == r.DutyHi {
		a.Duty = int(r.DutyLo)
	}
	if !exact && d.Kind == model.Permit { // grounds and exceptions may be overtaken; so may what an exception can still answer to
		possible := rules(r.Possible)
		a.Counting = slices.DeleteFunc(a.Counting, func(rule *model.Rule) bool {
			return rule.Kind == model.Ground || rule.Kind == model.Exception ||
				slices.ContainsFunc(possible, func(e *model.Rule) bool { return slices.Contains(e.AnswersTo, rule) })
		})
	}
	for _, f := range d.Uses {
		if !slices.ContainsFunc(a.Counting, func(rule *model.Rule) bool { return names(rule, f) }) {
			continue
		}
		certain, possible := s.applies(f)
		if certain {
			through, known := s.answer(f.Uses, s.find(f.Uses))
			if through.Outcome >= 0 {
				a.Through = append(a.Through, model.Through{Fact: f, Answer: through})
			}
			exact = exact && known
		}
		exact = exact && certain == possible
	}
	return a, exact
}

func names(r *model.Rule, f *model.Fact) bool {
	found := false
	model.FactsOf(r.When, func(g *model.Fact) { found = found || g == f })
	return found
}

// find gives the position of the stage of a used decision. A derived fact may have the same id, but not the same rules.
func (s *state) find(d *model.Decision) int {
	for at := range s.result.Stages {
		stage, _ := s.stage(at)
		if stage.Kind != tables.Gate && s.p.Slots[stage.Target].Fact == d.ID && !slices.ContainsFunc(stage.Rules, func(id string) bool { return d.Rule(id) == nil }) {
			return at
		}
	}
	panic("BUG: " + d.ID + " has no stage")
}

// applies tells whether a fact has a meaning for certain, and whether it may have: whether it is not nvt.
func (s *state) applies(f *model.Fact) (certain, possible bool) {
	at := s.gate(f)
	if at < 0 {
		return true, true
	}
	undefined := uint64(1) << f.UndefinedIndex()
	values := s.result.Stages[at].Values
	return values&undefined == 0, values != undefined
}

// gate gives the position of the stage that says whether a fact has a meaning, or -1 where it always has.
func (s *state) gate(f *model.Fact) int {
	if f.Gate == nil {
		return -1
	}
	for at := range s.result.Stages {
		if stage, _ := s.stage(at); stage.Kind == tables.Gate && s.p.Slots[stage.Target].Fact == f.ID {
			return at
		}
	}
	panic("BUG: " + f.ID + " has no stage")
}

// follow finds the open questions that rows depend on which may still apply.
func (s *state) follow(at int) {
	if s.visited[at] {
		return
	}
	s.visited[at] = true
	stage, r := s.stage(at)
	for _, c := range stage.Columns {
		set := s.values(c.Slot)
		for w := range r.Possible {
			undecided := r.Possible[w] &^ r.Certain[w]
			all, some := undecided, uint64(0)
			for v := set; v != 0; v &= v - 1 {
				rows := c.Bits[bits.TrailingZeros64(v)][w]
				all &= rows
				some |= rows & undecided
			}
			if all != some {
				s.followSlot(c.Slot)
				break
			}
		}
	}
	if stage.Kind == tables.Gate && stage.Source != stage.Target {
		s.followSlot(stage.Source)
	}
}

func (s *state) followSlot(slot int) {
	if bits.OnesCount64(s.values(slot)) < 2 {
		return
	}
	if s.p.Slots[slot].Input {
		s.inputs = append(s.inputs, s.p.Slots[slot].Fact)
		return
	}
	for at := range s.result.Stages {
		if stage, _ := s.stage(at); stage.Target == slot {
			s.follow(at)
		}
	}
}

// values is what a slot can still hold.
func (s *state) values(slot int) uint64 {
	for at, r := range s.result.Stages {
		if stage, _ := s.stage(at); stage.Target == slot {
			return r.Values
		}
	}
	for i, input := range s.entry.Inputs {
		if input == slot && s.answers[i] != tables.Open {
			return 1 << (s.answers[i] - 1)
		}
	}
	return s.p.Slots[slot].All()
}
