package tables_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"handvat/generator/model"
	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
)

// most is how many situations of one decision a test looks at.
const most = 3000

func TestTablesMatchReference(t *testing.T) {
	for seed := range uint64(400) {
		checkAgainstReference(t, seed)
	}
}

func FuzzTablesMatchReference(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { checkAgainstReference(t, seed) })
}

func checkAgainstReference(t testing.TB, seed uint64) {
	checkModel(t, seed, tablestest.Random(seed))
}

func TestEdgesMatchReference(t *testing.T) { checkModel(t, 0, tablestest.Edges()) }

// checkModel holds the tables of all decisions together against the reference, and those of each decision that uses others
// alone: there the others need to be right only where they are consulted.
func checkModel(t testing.TB, seed uint64, m *model.Model) {
	checkProgram(t, seed, m, tables.Compile(m, m.Decisions))
	for _, d := range m.Decisions {
		if len(d.Uses) > 0 {
			checkProgram(t, seed, m, tables.Compile(m, []*model.Decision{d}))
		}
	}
}

func checkProgram(t testing.TB, seed uint64, m *model.Model, p *tables.Program) {
	again := p.NewEvaluator()
	for entry, e := range p.Decisions {
		d := m.Decisions[slices.IndexFunc(m.Decisions, func(d *model.Decision) bool { return d.ID == e.ID })]
		seen := 0
		tablestest.Situations(m, d, nil, func(s model.Situation) bool {
			seen++
			if problem := exact(m, p, entry, d, s); problem != "" {
				t.Fatalf("seed %d, decision %s, situation %s: %s", seed, d.ID, describe(d, s), problem)
			}
			if problem := reused(p, again, entry, tablestest.Bytes(d, s)); problem != "" {
				t.Fatalf("seed %d, decision %s, situation %s: %s", seed, d.ID, describe(d, s), problem)
			}
			if seen%16 == 1 {
				partial := tablestest.Partial(seed+uint64(seen), d, s)
				if problem := reused(p, again, entry, tablestest.Bytes(d, partial)); problem != "" {
					t.Fatalf("seed %d, decision %s, open situation %s: %s", seed, d.ID, describe(d, partial), problem)
				}
				if problem := bounded(m, p, entry, d, partial); problem != "" {
					t.Fatalf("seed %d, decision %s, open situation %s: %s", seed, d.ID, describe(d, partial), problem)
				}
			}
			return seen < most
		})
	}
}

func describe(d *model.Decision, s model.Situation) string {
	var parts []string
	for _, f := range d.Questions {
		if s[f.Index] != model.Open {
			parts = append(parts, f.ID+"="+f.ValueID(s[f.Index]))
		}
	}
	return strings.Join(parts, " ")
}

// exact says how the answer to a complete situation differs from the reference.
func exact(m *model.Model, p *tables.Program, entry int, d *model.Decision, s model.Situation) string {
	r, err := p.Answer(entry, tablestest.Bytes(d, s))
	if err != nil {
		return err.Error()
	}
	want := tablestest.Reference(m, d, s)
	got := r.Outcome()
	if got.Values != 1<<want.Outcome {
		return fmt.Sprintf("outcomes %b, want only %d", got.Values, want.Outcome)
	}
	if int(got.DutyLo) != want.Duty || int(got.DutyHi) != want.Duty {
		return fmt.Sprintf("duty from %d to %d, want %d", got.DutyLo, got.DutyHi, want.Duty)
	}
	var counting []string
	for _, rule := range want.Counting {
		counting = append(counting, rule.ID)
	}
	slices.Sort(counting)
	own := &p.Stages[p.Decisions[entry].Stages[len(p.Decisions[entry].Stages)-1]]
	if names := named(own, got.Counting); !slices.Equal(names, counting) {
		return fmt.Sprintf("counting %q, want %q", names, counting)
	}
	if !slices.Equal(got.Certain, got.Possible) {
		return "rows remain undecided"
	}
	for i, stage := range p.Decisions[entry].Stages {
		target := p.Stages[stage].Target
		for _, f := range m.Facts {
			// Before a fact's gate its value where it does not apply is of no importance.
			if f.ID == p.Slots[target].Fact && (f.Gate == nil || p.Stages[stage].Kind == tables.Gate) {
				if want := tablestest.Value(m, f, s); r.Stages[i].Values != 1<<want {
					return fmt.Sprintf("%s has values %b, want only %d", f.ID, r.Stages[i].Values, want)
				}
			}
		}
	}
	return ""
}

// reused says how an Evaluator that answered before differs from the Program.
func reused(p *tables.Program, again *tables.Evaluator, entry int, answers []uint8) string {
	want, wantErr := p.Answer(entry, answers)
	got, err := again.Answer(entry, answers)
	if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(err, wantErr) {
		return fmt.Sprintf("an Evaluator used again says %+v, %v, the Program %+v, %v", got, err, want, wantErr)
	}
	return ""
}

func TestEvaluatorAllocatesOnce(t *testing.T) {
	m := tablestest.Random(7)
	p := tables.Compile(m, m.Decisions)
	e := p.NewEvaluator()
	answer := func() {
		for entry, d := range p.Decisions {
			if _, err := e.Answer(entry, make([]uint8, 64)[:len(d.Inputs)]); err != nil {
				t.Fatal(err)
			}
		}
	}
	answer()
	if n := testing.AllocsPerRun(100, answer); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// bounded says how the answer to a situation with open questions leaves out a way to answer them.
func bounded(m *model.Model, p *tables.Program, entry int, d *model.Decision, s model.Situation) string {
	r, err := p.Answer(entry, tablestest.Bytes(d, s))
	if err != nil {
		return err.Error()
	}
	got := r.Outcome()
	own := &p.Stages[p.Decisions[entry].Stages[len(p.Decisions[entry].Stages)-1]]
	certain, possible := named(own, got.Certain), named(own, got.Possible)
	problem, seen := "", 0
	tablestest.Situations(m, d, s, func(full model.Situation) bool {
		seen++
		want := tablestest.Reference(m, d, full)
		if got.Values>>want.Outcome&1 == 0 {
			problem = fmt.Sprintf("outcomes %b leave out %d", got.Values, want.Outcome)
		}
		if want.Duty < int(got.DutyLo) || want.Duty > int(got.DutyHi) {
			problem = fmt.Sprintf("duty from %d to %d leaves out %d", got.DutyLo, got.DutyHi, want.Duty)
		}
		for _, rule := range d.Rules {
			if applies := tablestest.Holds(m, rule.When, full); applies && !slices.Contains(possible, rule.ID) {
				problem = fmt.Sprintf("rule %s is not possible", rule.ID)
			} else if !applies && slices.Contains(certain, rule.ID) {
				problem = fmt.Sprintf("rule %s is not certain", rule.ID)
			}
		}
		if problem != "" {
			problem += " when " + describe(d, full)
		}
		return problem == "" && seen < most
	})
	return problem
}

// named lists the rules of rows, each once.
func named(s *tables.Stage, rows tables.Bits) []string {
	var names []string
	for r := range s.Rows {
		if rows.Has(r) {
			names = append(names, s.Rules[r])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestAnswersThatAreRefused(t *testing.T) {
	m := tablestest.Random(1)
	p := tables.Compile(m, m.Decisions)
	again := p.NewEvaluator()
	answers := make([]uint8, len(p.Decisions[0].Inputs))
	last, outside := slices.Clone(answers), slices.Clone(answers)
	last[1] = uint8(p.Slots[p.Decisions[0].Inputs[1]].Size())
	outside[1] = last[1] + 1
	for _, c := range []struct {
		name    string
		entry   int
		answers []uint8
		want    *tables.InputError
	}{
		{"nothing wrong", 0, answers, nil},
		{"last value", 0, last, nil},
		{"decision too high", len(p.Decisions), answers, &tables.InputError{Code: tables.UnknownDecision}},
		{"decision negative", -1, answers, &tables.InputError{Code: tables.UnknownDecision}},
		{"too few answers", 0, answers[1:], &tables.InputError{Code: tables.WrongLength}},
		{"no such value", 0, outside, &tables.InputError{Code: tables.OutOfRange, Input: 1}},
	} {
		if problem := reused(p, again, c.entry, c.answers); problem != "" {
			t.Errorf("%s: %s", c.name, problem)
		}
		_, err := p.Answer(c.entry, c.answers)
		var got *tables.InputError
		if errors.As(err, &got); (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestCompilingIsTheSameOnEveryRun(t *testing.T) {
	for seed := range uint64(20) {
		var first, second strings.Builder
		m := tablestest.Random(seed)
		if err := tables.Compile(m, m.Decisions).Dump(&first); err != nil {
			t.Fatal(err)
		}
		m = tablestest.Random(seed)
		slices.Reverse(m.Decisions)
		if err := tables.Compile(m, m.Decisions).Dump(&second); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Fatalf("seed %d:\n%s\n%s", seed, first.String(), second.String())
		}
	}
}
