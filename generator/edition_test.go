package generator

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"handvat/generator/check"
	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/eval"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/source"
	"handvat/generator/syntax"
	"handvat/generator/verify"
)

const westPage = "---\nregio: west\nnaam: West\nkort: West\nlood: West.\ndocument: boek\n---\nTekst.\n"

// TestEditionsAgainstEverySituation holds the proof that a region is nowhere more permissive against the reference
// evaluator: random overlays on the small project, over all situations. A situation gives every question a value, also one
// that does not apply; what applies in the one and not in the other is thereby tried with all of its values.
func TestEditionsAgainstEverySituation(t *testing.T) {
	base, err := txtar.ParseFile("testdata/fouten/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for seed := range uint64(250) {
		overlay := randomOverlay(rand.New(rand.NewPCG(seed, 1)))
		files := fstest.MapFS{"content/regio/west/regio.md": {Data: []byte(westPage)}, "content/regio/west/regels.yaml": {Data: []byte(overlay)}}
		for _, f := range base.Files {
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		if seed%2 == 0 { // with national exceptions that can be alternatives to each other and to one of the region
			text := strings.Replace(string(files["decisiontrees/mag-ik.yaml"].Data), "uitzonderingen:\n", `uitzonderingen:
  - {id: zeg-het-dan, op: [geheim-telt], als: {akkoord: ja}, dan: mag-mits, voorwaarden: [zeg-het], want: Daarom., norm: [boek-002]}
  - {id: doe-het-dan, op: [geheim-telt], als: {akkoord: ja, kader: nieuw}, dan: mag-mits, voorwaarden: [doe-het], want: Daarom., norm: [boek-002]}
`, 1)
			files["decisiontrees/mag-ik.yaml"] = &fstest.MapFile{Data: []byte(text)}
			files["decisiontrees/doe-het.yaml"] = &fstest.MapFile{Data: []byte("voorwaarden:\n  - {voorwaarde: doe-het, tekst: Doe het.}\n")}
		}
		if seed%3 == 0 {
			files["decisiontrees/onmogelijk.yaml"] = &fstest.MapFile{Data: []byte("onmogelijk:\n  - {als: {akkoord: nee, gever: politie}, want: Dat zegt zij nooit.}\n")}
		}
		project := projecttest.Read(t, withoutEditions(files))
		tree, _, err := source.Read(files, []string{"content", syntax.Folder}, []string{".yaml", ".md"})
		if err != nil {
			t.Fatal(err)
		}
		var list diag.List
		written := syntax.Parse(tree, &list)
		e := check.Edition(written, content.Parse(tree, &list), project.Model, written.Regions[0], &list)
		if !list.Empty() {
			t.Fatalf("%s\n%v", overlay, list.Sorted())
		}
		verify.Edition(e, project.Proofs, eval.Answer, &list)
		for _, touched := range e.Touched {
			want := weakenedSomewhere(t, e, touched)
			var have []string
			for _, d := range list.Sorted() {
				if code, ours := strings.CutPrefix(d.Code, "regio-"); ours && strings.Contains(d.Message, `"`+touched.Regional.ID+`"`) {
					have = append(have, code)
				}
			}
			slices.Sort(have)
			if !slices.Equal(have, want) {
				t.Errorf("of %s:\n%s\nthe proof says %v, every situation together %v\n%v", touched.Regional.ID, overlay, have, want, list.Sorted())
			}
			seen[fmt.Sprint(want)]++
		}
	}
	for _, kind := range []string{"[]", "[ruimer]", "[plicht]", "[voorwaarde]", "[keuze]", "[sluit-uit]"} {
		if seen[kind] < 5 {
			t.Errorf("%s came up %d times: %v", kind, seen[kind], seen)
		}
	}
}

// withoutEditions leaves out the rules of regions, which projecttest would prove.
func withoutEditions(files fstest.MapFS) fstest.MapFS {
	out := fstest.MapFS{}
	for name, f := range files {
		if !strings.HasSuffix(name, "regels.yaml") {
			out[name] = f
		}
	}
	return out
}

func randomOverlay(random *rand.Rand) string {
	conditions := []string{"{rol: uitvoerder}", "{rol: adviseur}", "{gever: politie}", "{gever.geheim: nee}", "{akkoord: nog-niet}", "{kader: nieuw}",
		"{akkoord: ja, weer: mooi}", "{datum: {vanaf: 2026-06-01}, rol: uitvoerder}", "{niet: {akkoord: ja}}"}
	levels := []string{"dan: mag-niet, wat-wel: Niets.", "dan: eigen-afweging, door: jij, wat-wel: Niets.", "dan: mag-mits, voorwaarden: [zeg-het]", "dan: mag", "dan: mag, plicht: moet"}
	exceptions := []string{"dan: mag-mits", "dan: mag-mits, voorwaarden: [zeg-het]", "dan: mag"}
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	rule := func(id, extra, then string) string {
		return fmt.Sprintf("{id: %s, %sals: %s, %s, want: Daarom., norm: [boek-002]}", id, extra, pick(conditions), then)
	}
	var b strings.Builder
	b.WriteString("feiten:\n  - {feit: weer, vraag: Welk weer?, uitleg: Daarom., waarden: [{waarde: mooi, tekst: Mooi}, {waarde: slecht, tekst: Slecht}]}\n")
	if random.IntN(3) == 0 {
		fmt.Fprintf(&b, "vast:\n  - {feit: %s, want: Daarom., norm: [boek-002]}\n", pick([]string{"akkoord, waarde: ja", "akkoord, waarde: nee", "akkoord, waarde: nog-niet", "rol, waarde: adviseur", "rol, waarde: uitvoerder"}))
	}
	b.WriteString("beslissingen:\n  - beslissing: mag-ik\n    vragen: [weer]\n")
	b.WriteString("    grenzen:\n      - {id: bij-slecht-weer, als: {weer: slecht, rol: uitvoerder, akkoord: nee}, dan: mag-niet, wat-wel: Niets., want: Daarom., norm: [boek-002]}\n")
	if random.IntN(2) == 0 {
		b.WriteString("      - " + rule("extra-grens", "", pick(levels)) + "\n")
	}
	if random.IntN(4) == 0 {
		b.WriteString("    gronden:\n      - " + rule("extra-grond", "", pick(levels[1:])) + "\n")
	}
	if random.IntN(2) == 0 {
		b.WriteString("    uitzonderingen:\n      - " + rule("extra-uitzondering", "op: ["+pick([]string{"geheim-telt", "akkoord-nodig", "geheim-telt, akkoord-nodig"})+"], ", pick(exceptions)) + "\n")
	}
	if random.IntN(4) == 0 {
		b.WriteString("    vervang:\n      grenzen:\n        - " + rule("geheim-telt", "", pick(levels[:3])) + "\n")
	}
	return b.String()
}

// weakenedSomewhere compares a decision of a region with the national one in every situation, by the reference evaluator.
func weakenedSomewhere(t *testing.T, e *model.Edition, touched *model.Touched) []string {
	t.Helper()
	found := map[string]bool{}
	counterpart := map[string]bool{} // by national situation: one of the region answers to it
	national, regional := make(model.Situation, len(e.National.Facts)), make(model.Situation, len(e.Model.Facts))
	possible := func(m *model.Model, d *model.Decision, s model.Situation) bool {
		for _, i := range m.Impossible {
			asked := true
			model.FactsOf(i.When, func(f *model.Fact) { asked = asked && (f.Kind != model.Asked || slices.Contains(d.Questions, f)) })
			if out, err := eval.Holds(i.When, s); err != nil {
				t.Fatal(err)
			} else if asked && out {
				return false
			}
		}
		return true
	}
	answer := func(d *model.Decision, s model.Situation) model.Answer {
		a, err := eval.Answer(d, s)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	// Every fact that either asks, by id, with its values; the date by the days on which one of them changes.
	var ids []string
	values := map[string][]string{}
	for _, m := range []*model.Model{e.National, e.Model} {
		for _, f := range m.Facts {
			if f.Kind != model.Asked && f.Kind != model.Date {
				continue
			}
			if !slices.Contains(ids, f.ID) {
				ids = append(ids, f.ID)
			}
			for _, v := range f.Values {
				name := v.ID
				if f.Kind == model.Date {
					name = v.From
				}
				if !slices.Contains(values[f.ID], name) {
					values[f.ID] = append(values[f.ID], name)
				}
			}
		}
	}
	set := func(m *model.Model, s model.Situation, id, value string) {
		for _, f := range m.Facts {
			switch {
			case f.ID != id:
			case f.Kind == model.Date:
				s[f.Index] = f.DateIndex(value)
			case f.Kind == model.Asked:
				s[f.Index] = f.ValueIndex(value)
			}
		}
	}
	var try func(at int)
	try = func(at int) {
		if at < len(ids) {
			for _, v := range values[ids[at]] {
				set(e.National, national, ids[at], v)
				set(e.Model, regional, ids[at], v)
				try(at + 1)
			}
			return
		}
		if !possible(e.National, touched.National, national) {
			return
		}
		key := ""
		for _, f := range touched.National.Questions {
			v, err := eval.Value(f, national)
			if err != nil {
				t.Fatal(err)
			}
			key += fmt.Sprint(v, " ")
		}
		ok := possible(e.Model, touched.Regional, regional)
		counterpart[key] = counterpart[key] || ok
		if !ok {
			return
		}
		x, y := answer(touched.National, national), answer(touched.Regional, regional)
		found["keuze"] = found["keuze"] || touched.National.Kind == model.Choice && x.Outcome != y.Outcome
		found["ruimer"] = found["ruimer"] || touched.National.Kind == model.Permit && y.Outcome > x.Outcome
		found["voorwaarde"] = found["voorwaarde"] || touched.National.Kind == model.Permit && y.Outcome > model.Forbidden && y.Outcome <= x.Outcome &&
			lessAsked(t, touched, x, y, national, regional)
		found["plicht"] = found["plicht"] || touched.National.Kind == model.Permit && y.Duty > x.Duty
	}
	try(0)
	for _, ok := range counterpart {
		if !ok {
			return []string{"sluit-uit"}
		}
	}
	var out []string
	for code, is := range found {
		if is {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

// lessAsked tells whether there is a set of conditions that is enough for the regional answer y and not for the national x.
func lessAsked(t *testing.T, touched *model.Touched, x, y model.Answer, national, regional model.Situation) bool {
	t.Helper()
	var all []string
	for _, r := range slices.Concat(touched.National.Rules, touched.Regional.Rules) {
		for name := range asks(r) {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	for bits := range 1 << len(all) {
		met := map[string]bool{}
		for i, name := range all {
			met[name] = bits>>i&1 == 1
		}
		if enough(t, touched.Regional, y, regional, met) && !enough(t, touched.National, x, national, met) {
			return true
		}
	}
	return false
}

// asks lists what a rule asks: its conditions, and where it leaves the weighing to somebody, that he weighs.
func asks(r *model.Rule) map[string]bool {
	out := map[string]bool{}
	for _, c := range r.Conditions {
		out[c.ID] = true
	}
	if r.Level == model.OwnWeighing {
		out["door "+r.By] = true
	}
	return out
}

// enough tells whether somebody who meets these conditions may rely on an answer: he meets those of one of its grounds, and
// of each rule that lowers it those of the rule itself, or of one of the most permissive exceptions to it.
func enough(t *testing.T, d *model.Decision, a model.Answer, s model.Situation, met map[string]bool) bool {
	t.Helper()
	holds := func(r *model.Rule) bool {
		is, err := eval.Holds(r.When, s)
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	one := func(rules []*model.Rule) bool {
		return slices.ContainsFunc(rules, func(r *model.Rule) bool {
			for name := range asks(r) {
				if !met[name] && (a.Outcome == model.OwnWeighing || !strings.HasPrefix(name, "door ")) {
					return false
				}
			}
			return true
		})
	}
	var grounds []*model.Rule
	for _, r := range d.Rules {
		if r.Kind == model.Ground && slices.Contains(a.Counting, r) {
			grounds = append(grounds, r)
		}
		if r.Kind != model.Requirement && r.Kind != model.Limit || !holds(r) {
			continue
		}
		instead := []*model.Rule{r}
		for _, e := range d.Rules {
			if e.Kind != model.Exception || !slices.Contains(e.AnswersTo, r) || !holds(e) {
				continue
			}
			if instead[0] == r || e.Level > instead[0].Level {
				instead = nil
			}
			if len(instead) == 0 || e.Level == instead[0].Level {
				instead = append(instead, e)
			}
		}
		if !one(instead) {
			return false
		}
	}
	return one(grounds)
}
