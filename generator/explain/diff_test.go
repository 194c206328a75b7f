package explain_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/eval"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/tables/tablestest"
)

func TestDiffMatchesEnumeration(t *testing.T) {
	seeds := uint64(250)
	if testing.Short() {
		seeds = 60
	}
	var seen diffCoverage
	for seed := range seeds {
		checkDiff(t, seed, &seen)
	}
	if slices.Contains([]int{seen.same, seen.changed, seen.otherReasons, seen.appeared, seen.facts, seen.values, seen.gates, seen.orders, seen.verdicts}, 0) {
		t.Errorf("some kind of difference was never met: %+v", seen)
	}
	t.Logf("%+v", seen)
}

// diffCoverage counts the kinds of difference that were checked.
type diffCoverage struct {
	decisions, same, changed, otherReasons, appeared, facts, values, gates, orders, verdicts, cubes int
}

// checkDiff makes two versions of a random model and holds their difference against all situations of both.
func checkDiff(t testing.TB, seed uint64, seen *diffCoverage) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 11))
	old, new := tablestest.Checked(seed), tablestest.Checked(seed)
	what := change(r, old, new, seen)
	for i, d := range old.Decisions {
		if d.Kind == model.Choice && what == "value" {
			continue // its rules may leave a gap
		}
		build := diagram.Build
		if r.IntN(4) == 0 { // one of the versions, or both, in an order of its own and with no more than verdicts
			build = func(m *model.Model, d *model.Decision) (*diagram.Diagram, error) {
				if r.IntN(3) == 0 {
					return diagram.Build(m, d)
				}
				if g, err := diagram.BuildVerdicts(m, d, 4+r.IntN(400)); err == nil { // so little that another order is tried
					return g, nil
				}
				return diagram.BuildVerdicts(m, d, diagram.MaxNodes)
			}
		}
		a, err := build(old, d)
		if err != nil {
			t.Fatal(err)
		}
		b, err := build(new, new.Decisions[i])
		if err != nil {
			t.Fatal(err)
		}
		got, err := explain.Diff(a, b)
		if err != nil {
			t.Fatal(err)
		}
		if got.Situations.Cmp(big.NewInt(2*most)) > 0 {
			continue
		}
		seen.decisions++
		if got.Verdicts {
			seen.verdicts++
		}
		k := &diffCheck{got: got, sides: [2]*version{newVersion(old, d), newVersion(new, new.Decisions[i])}, counts: map[[2]int]int64{}, cubes: map[*explain.Cube]int64{}}
		if problem := k.everything(seen); problem != "" {
			t.Fatalf("seed %d, decision %s, change of %s: %s", seed, d.ID, what, problem)
		}
	}
}

// change changes one of two equal models.
func change(r *rand.Rand, old, new *model.Model, seen *diffCoverage) string {
	questions := func(m *model.Model) []*model.Fact { return m.Decisions[0].Questions }
	asked := func() *model.Fact { // a question with a name of its own, the first one (the date) excepted
		all := questions(new)
		return all[1+r.IntN(len(all)-1)]
	}
	switch r.IntN(8) {
	case 0:
		return "nothing"
	case 1: // leave out a rule
		for _, d := range new.Decisions {
			if d.Kind == model.Choice {
				continue
			}
			at := r.IntN(len(d.Rules))
			gone := d.Rules[at]
			d.Rules = slices.Delete(d.Rules, at, at+1)
			for _, x := range d.Rules {
				x.AnswersTo = slices.DeleteFunc(x.AnswersTo, func(l *model.Rule) bool { return l == gone })
			}
		}
		return "rules"
	case 2: // other outcomes and names
		for _, d := range new.Decisions {
			x := d.Rules[r.IntN(len(d.Rules))]
			switch {
			case d.Kind == model.Choice:
				x.Level = r.IntN(len(d.Outcomes))
			case x.Kind == model.Ground || x.Kind == model.Exception:
				x.Level = 1 + r.IntN(3)
			default:
				x.ID = "zz-" + x.ID
			}
		}
		return "outcomes"
	case 3: // a dependent question becomes independent, the other way around, or depends on something else
		m := []*model.Model{old, new}[r.IntN(2)]
		for _, f := range questions(m) {
			if f.Gate == nil || f.From != "" || strings.HasSuffix(f.ID, "-gevraagd") { // the attribute of a party goes with it
				continue
			}
			seen.gates++
			if first := questions(m)[0]; r.IntN(2) == 0 {
				f.Gate = model.In{Fact: first, Values: model.Set(r.Uint64()) & first.All()}
			} else {
				f.Gate = nil
			}
			return "gate"
		}
		return "nothing"
	case 4: // a question is added or goes away
		seen.facts++
		m := []*model.Model{old, new}[r.IntN(2)]
		f := &model.Fact{ID: "erbij", Index: len(m.Facts), Kind: model.Asked, Values: []model.Value{{ID: "ja"}, {ID: "nee"}}}
		if r.IntN(2) == 0 {
			first := questions(m)[0]
			f.Gate = model.In{Fact: first, Values: model.Set(r.Uint64()) & first.All()}
		}
		m.Facts = append(m.Facts, f)
		for _, d := range m.Decisions {
			d.Questions = slices.Insert(slices.Clone(d.Questions), 1, f) // before every gate that may rest on it
		}
		kind, level := model.Limit, r.IntN(3)
		if r.IntN(2) == 0 {
			kind, level = model.Ground, 3
		}
		for _, d := range m.Decisions {
			if d.Kind == model.Permit {
				d.Rules = append(d.Rules, &model.Rule{ID: "zzz", Kind: kind, Level: level, When: model.In{Fact: f, Values: 1}})
			}
		}
		return "facts"
	case 5: // a value is added or goes away
		seen.values++
		f := asked()
		if len(f.Values) < 2 || f.Gate != nil || f.From != "" {
			return "nothing"
		}
		f.Values = f.Values[:len(f.Values)-1]
		return "value"
	case 6: // the questions are asked in another order
		seen.orders++
		for _, d := range new.Decisions {
			d.Questions = slices.Clone(d.Questions)
			r.Shuffle(len(d.Questions), func(i, j int) {
				if i > 0 && j > 0 && !gated(d.Questions) {
					d.Questions[i], d.Questions[j] = d.Questions[j], d.Questions[i]
				}
			})
		}
		for _, d := range new.Decisions {
			if x := d.Rules[0]; d.Kind == model.Permit {
				x.Level = max(1, 3-x.Level)
			}
		}
		return "order"
	}
	// some combination cannot occur any more
	impossible(r, new)
	return "impossible"
}

// gated tells whether some question depends on another, so that their order matters.
func gated(questions []*model.Fact) bool {
	return slices.ContainsFunc(questions, func(f *model.Fact) bool { return f.Gate != nil })
}

// A version is one of two models with a situation that is being filled in.
type version struct {
	m *model.Model
	d *model.Decision
	s model.Situation
}

func newVersion(m *model.Model, d *model.Decision) *version {
	return &version{m: m, d: d, s: make(model.Situation, len(m.Facts))}
}

func (v *version) question(id string) *model.Fact {
	for _, f := range v.d.Questions {
		if f.ID == id {
			return f
		}
	}
	return nil
}

type diffCheck struct {
	got    *explain.Difference
	sides  [2]*version
	counts map[[2]int]int64 // from and to
	same   int64
	other  int64
	cubes  map[*explain.Cube]int64
	rest   map[[2]int]int64
	wrong  string
}

func (k *diffCheck) everything(seen *diffCoverage) string {
	k.rest = map[[2]int]int64{}
	var order []string
	for _, f := range k.sides[1].d.Questions {
		order = append(order, f.ID)
	}
	for i, f := range k.sides[0].d.Questions {
		if !slices.Contains(order, f.ID) {
			before := k.sides[0].d.Questions[i-1].ID
			order = slices.Insert(order, slices.Index(order, before)+1, f.ID)
		}
	}
	k.fill(order, map[string]string{})
	if k.wrong != "" {
		return k.wrong
	}
	if k.got.Same.Cmp(big.NewInt(k.same)) != 0 || k.got.Other.Cmp(big.NewInt(k.other)) != 0 {
		return fmt.Sprintf("%s the same and %s with other reasons, want %d and %d", k.got.Same, k.got.Other, k.same, k.other)
	}
	more, stricter := false, false
	total := k.same + k.other
	for change, n := range k.counts {
		total += n
		at := slices.IndexFunc(k.got.Changes, func(c explain.OutcomeChange) bool { return c.From == change[0] && c.To == change[1] })
		if at < 0 || k.got.Changes[at].Situations.Cmp(big.NewInt(n)) != 0 {
			return fmt.Sprintf("the change %v happens in %d situations, and not so in %+v", change, n, k.got.Changes)
		}
		if k.got.Changes[at].Rest.Cmp(big.NewInt(k.rest[change])) != 0 {
			return fmt.Sprintf("of the change %v %d situations are in no description, and it says %s", change, k.rest[change], k.got.Changes[at].Rest)
		}
		if change[0] >= 0 && change[1] >= 0 && k.got.New.Kind == model.Permit {
			more, stricter = more || change[1] > change[0], stricter || change[1] < change[0]
		}
	}
	if len(k.got.Changes) != len(k.counts) {
		return fmt.Sprintf("%d changes, want %d", len(k.got.Changes), len(k.counts))
	}
	if k.got.Situations.Cmp(big.NewInt(total)) != 0 {
		return fmt.Sprintf("%s situations, want %d", k.got.Situations, total)
	}
	if k.got.MorePermissive != more || k.got.Stricter != stricter {
		return fmt.Sprintf("more permissive %v and stricter %v, want %v and %v", k.got.MorePermissive, k.got.Stricter, more, stricter)
	}
	for i := range k.got.Changes {
		for j := range k.got.Changes[i].Cubes {
			cube := &k.got.Changes[i].Cubes[j]
			if cube.Situations.Cmp(big.NewInt(k.cubes[cube])) != 0 || k.cubes[cube] == 0 {
				return fmt.Sprintf("a description holds %d situations, and it says %s", k.cubes[cube], cube.Situations)
			}
			seen.cubes++
		}
	}
	if len(k.counts) > 0 {
		seen.changed++
	} else {
		seen.same++
	}
	if k.other > 0 {
		seen.otherReasons++
	}
	for change := range k.counts {
		if change[0] == explain.NotPossible || change[1] == explain.NotPossible {
			seen.appeared++
		}
	}
	return ""
}

// fill gives the next fact each value it can have: nvt where neither version asks it, otherwise what they share.
func (k *diffCheck) fill(order []string, values map[string]string) {
	if k.wrong != "" {
		return
	}
	if len(order) == 0 {
		k.one(values)
		return
	}
	var shared []string
	var asks [2]bool
	for i, v := range k.sides {
		f := v.question(order[0])
		if f == nil {
			continue
		}
		asks[i] = true
		if f.Gate != nil {
			holds, err := eval.Holds(f.Gate, v.s)
			if err != nil {
				panic(err)
			}
			asks[i] = holds
		}
		other := k.sides[1-i].question(order[0])
		if shared == nil {
			for j := range f.Values {
				if id := f.ValueID(j); other == nil || other.ValueIndex(id) >= 0 {
					shared = append(shared, id)
				}
			}
		}
	}
	if !asks[0] && !asks[1] {
		shared = []string{model.Undefined}
	}
	for _, id := range shared {
		for i, v := range k.sides {
			if f := v.question(order[0]); f != nil {
				v.s[f.Index] = f.ValueIndex(id)
				if !asks[i] {
					v.s[f.Index] = f.UndefinedIndex()
				}
			}
		}
		values[order[0]] = id
		k.fill(order[1:], values)
	}
}

// one takes in a situation.
func (k *diffCheck) one(values map[string]string) {
	change := [2]int{explain.NotPossible, explain.NotPossible}
	var answers [2]model.Answer
	for i, v := range k.sides {
		impossible := slices.ContainsFunc(v.m.Impossible, func(x *model.Impossible) bool {
			holds, err := eval.Holds(x.When, v.s)
			if err != nil {
				panic(err)
			}
			return holds
		})
		if impossible {
			continue
		}
		a, err := eval.Answer(v.d, v.s)
		if err != nil {
			panic(err)
		}
		answers[i], change[i] = a, a.Outcome
	}
	changed := change[0] != change[1]
	switch {
	case changed:
		k.counts[change]++
	case change[0] == explain.NotPossible:
	case k.got.Verdicts && answers[0].Duty == answers[1].Duty, answers[0].Describe(k.sides[0].d) == answers[1].Describe(k.sides[1].d):
		k.same++
	default:
		k.other++
	}
	described := false
	for i := range k.got.Changes {
		c := &k.got.Changes[i]
		for j := range c.Cubes {
			if !inside(&c.Cubes[j], values) {
				continue
			}
			if changed && [2]int{c.From, c.To} == change {
				described = true
				k.cubes[&c.Cubes[j]]++
			} else if changed || change[0] != explain.NotPossible {
				k.wrong = fmt.Sprintf("%v is in a description of %d -> %d, and goes %v", values, c.From, c.To, change)
			}
		}
	}
	if changed && !described {
		k.rest[change]++
	}
}

func inside(cube *explain.Cube, values map[string]string) bool {
	return !slices.ContainsFunc(cube.Settings, func(s explain.Setting) bool {
		at := s.Fact.ValueIndex(values[s.Fact.ID])
		return at < 0 || !s.Values.Has(at)
	})
}
