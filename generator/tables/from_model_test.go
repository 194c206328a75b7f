package tables_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"handvat/generator/model"
	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
)

// fact makes a fact with values; index is its place in the model.
func fact(index int, id string, kind model.FactKind, values ...string) *model.Fact {
	f := &model.Fact{ID: id, Index: index, Kind: kind}
	for _, v := range values {
		f.Values = append(f.Values, model.Value{ID: v})
	}
	return f
}

func in(f *model.Fact, values ...string) model.In {
	c := model.In{Fact: f}
	for _, v := range values {
		c.Values |= 1 << f.ValueIndex(v)
	}
	return c
}

func permit(id string, questions []*model.Fact, rules ...*model.Rule) *model.Decision {
	d := &model.Decision{ID: id, Kind: model.Permit, Questions: questions, Rules: rules}
	for _, level := range model.Levels {
		d.Outcomes = append(d.Outcomes, model.Outcome{ID: level})
	}
	return d
}

// professionalSecrecy is a small model with everything in it: a party's attribute, a gated question, a framework that
// follows, a limit with an exception, and a decision that uses another.
func professionalSecrecy() *model.Model {
	m := &model.Model{}
	attribute := &model.Attribute{ID: "zwijgplicht", Of: "partijen", Values: []model.Value{{ID: "zorggeheim"}, {ID: "geen"}}}
	m.Parties = []*model.Entity{
		{ID: "corporatie", Attributes: map[string]string{"zwijgplicht": "geen"}},
		{ID: "ggd", Attributes: map[string]string{"zwijgplicht": model.Differs}},
		{ID: "huisarts", Attributes: map[string]string{"zwijgplicht": "zorggeheim"}},
	}
	date := fact(0, "datum", model.Date, "voor-de-wgs", "onder-de-wgs")
	table := fact(1, "tafel", model.Asked, "zvh-casus", "anders")
	giver := fact(2, "gever", model.Asked, "corporatie", "ggd", "huisarts")
	giver.From = "partijen"
	asked := fact(3, "gever.zwijgplicht-gevraagd", model.Asked, "zorggeheim", "geen")
	asked.Gate = in(giver, "ggd")
	secrecy := fact(4, "gever.zwijgplicht", model.Attribute_, "zorggeheim", "geen")
	secrecy.Of, secrecy.Attribute, secrecy.AskedAs = giver, attribute, asked
	consent := fact(5, "toestemming", model.Asked, "ja", "nee")
	consent.Gate = in(secrecy, "zorggeheim")
	danger := fact(6, "gevaar", model.Asked, "ja", "nee")
	framework := fact(7, "kader", model.Derived, "wgs", "handreiking")
	underLaw := model.All{in(date, "onder-de-wgs"), in(table, "zvh-casus")}
	framework.Rules = []*model.Rule{
		{ID: "anders", Kind: model.ChoiceRule, When: model.Not(underLaw), Level: 1},
		{ID: "wgs", Kind: model.ChoiceRule, When: underLaw, Level: 0},
	}

	noConsent := &model.Rule{ID: "zonder-toestemming-niet", Kind: model.Limit, When: in(consent, "nee"), Level: model.Forbidden}
	break_ := permit("geheim-doorbreken", []*model.Fact{date, table, giver, asked, consent, danger},
		&model.Rule{ID: "conflict-van-plichten", Kind: model.Exception, When: in(danger, "ja"), Level: model.OwnWeighing, AnswersTo: []*model.Rule{noConsent}},
		&model.Rule{ID: "mag-spreken", Kind: model.Ground, When: model.All{}, Level: model.Conditional},
		noConsent)
	outcome := fact(8, "geheim", model.Used, model.Levels[:]...)
	outcome.Uses, outcome.Gate = break_, in(secrecy, "zorggeheim")
	share := permit("delen", []*model.Fact{date, table, giver, asked, consent, danger},
		&model.Rule{ID: "eis-geheim", Kind: model.Requirement, When: in(outcome, "mag-niet"), Level: model.Forbidden},
		&model.Rule{ID: "gevaar", Kind: model.Ground, When: in(danger, "ja"), Level: model.Allowed},
		&model.Rule{ID: "via-geheim", Kind: model.Limit, When: in(outcome, "mag-mits"), Level: model.Conditional, Through: outcome},
		&model.Rule{ID: "wgs", Kind: model.Ground, When: in(framework, "wgs"), Level: model.Allowed, Duty: 1})
	share.Uses = []*model.Fact{outcome}

	m.Facts = []*model.Fact{date, table, giver, asked, secrecy, consent, danger, framework, outcome}
	m.Decisions = []*model.Decision{share, break_}
	return m
}

func TestProgramOfASmallModel(t *testing.T) {
	const want = `decision delen
  asks datum?
  asks tafel?
  asks gever?
  asks gever.zwijgplicht-gevraagd?
  asks toestemming?
  asks gevaar?
  runs 0 gever.zwijgplicht-gevraagd
  runs 1 gever.zwijgplicht
  runs 2 toestemming
  runs 3 geheim-doorbreken
  runs 4 geheim
  runs 5 kader
  runs 6 delen
decision geheim-doorbreken
  asks datum?
  asks tafel?
  asks gever?
  asks gever.zwijgplicht-gevraagd?
  asks toestemming?
  asks gevaar?
  runs 0 gever.zwijgplicht-gevraagd
  runs 1 gever.zwijgplicht
  runs 2 toestemming
  runs 3 geheim-doorbreken
stage 0 gate gever.zwijgplicht-gevraagd from gever.zwijgplicht-gevraagd?
  0: gever?=ggd -> applies
stage 1 choose gever.zwijgplicht
  0: gever?=ggd gever.zwijgplicht-gevraagd=zorggeheim -> zorggeheim
  1: gever?=huisarts -> zorggeheim
  2: gever?=ggd gever.zwijgplicht-gevraagd=geen -> geen
  3: gever?=corporatie -> geen
stage 2 gate toestemming from toestemming?
  0: gever.zwijgplicht=zorggeheim -> applies
stage 3 permit geheim-doorbreken
  0 mag-spreken: -> opens mag-mits
  1 zonder-toestemming-niet: toestemming=nee -> limits mag-niet unless guard 0
  2 conflict-van-plichten: gevaar?=ja -> guard 0 eigen-afweging
stage 4 gate geheim from geheim-doorbreken
  0: gever.zwijgplicht=zorggeheim -> applies
stage 5 choose kader
  0 wgs: datum?=onder-de-wgs tafel?=zvh-casus -> wgs
  1 anders: datum?=voor-de-wgs -> handreiking
  2 anders: tafel?=anders -> handreiking
stage 6 permit delen
  0 gevaar: gevaar?=ja -> opens mag
  1 wgs: kader=wgs -> opens mag duty moet-tenzij
  2 eis-geheim: geheim=mag-niet -> limits mag-niet
  3 via-geheim: geheim=mag-mits -> limits mag-mits
`
	m := professionalSecrecy()
	var got strings.Builder
	if err := tables.Compile(m, m.Decisions).Dump(&got); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestSmallModelMatchesReferenceEverywhere(t *testing.T) {
	m := professionalSecrecy()
	p := tables.Compile(m, m.Decisions)
	for entry, d := range m.Decisions {
		tablestest.Situations(m, d, nil, func(s model.Situation) bool {
			if problem := exact(m, p, entry, d, s); problem != "" {
				t.Errorf("%s, %s: %s", d.ID, describe(d, s), problem)
			}
			// Every way to leave questions open.
			for open := range 1 << len(d.Questions) {
				partial := append(model.Situation(nil), s...)
				for i, f := range d.Questions {
					if open>>i&1 == 1 {
						partial[f.Index] = model.Open
					}
				}
				if problem := bounded(m, p, entry, d, partial); problem != "" {
					t.Errorf("%s, open, %s: %s", d.ID, describe(d, partial), problem)
				}
			}
			return true
		})
	}
}

// Of a decision that is consulted in some places only, the rows that cannot apply there are left out, and what holds there
// anyway is not asked. That goes through facts that follow from others.
func TestOnlyWhatMattersWhereADecisionIsConsulted(t *testing.T) {
	m := professionalSecrecy()
	share, used := m.Decisions[0], m.Decisions[1]
	secrecy, giver, table := m.Facts[4], m.Facts[2], m.Facts[1]
	used.Rules = append(used.Rules,
		&model.Rule{ID: "huisarts-mag", Kind: model.Ground, When: model.All{in(giver, "ggd", "huisarts"), in(table, "anders")}, Level: model.Allowed},
		&model.Rule{ID: "wie-geen-geheim-heeft", Kind: model.Ground, When: in(secrecy, "geen"), Level: model.Allowed},
		&model.Rule{ID: "corporatie", Kind: model.Limit, When: model.All{in(giver, "corporatie"), in(table, "anders")}, Level: model.Forbidden})
	const want = `
  0 mag-spreken: -> opens mag-mits
  1 huisarts-mag: tafel?=anders -> opens mag
  2 zonder-toestemming-niet: toestemming=nee -> limits mag-niet unless guard 0
  3 conflict-van-plichten: gevaar?=ja -> guard 0 eigen-afweging
`
	p := tables.Compile(m, []*model.Decision{share})
	var got strings.Builder
	if err := p.Dump(&got); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.String(), "permit geheim-doorbreken"+want) {
		t.Errorf("got\n%s\nwant in it%s", got.String(), want)
	}
	checkModel(t, 0, m)
}

// Alternatives that must all hold would give 3^20 rows if they were multiplied out.
func TestAlternativesDoNotMultiply(t *testing.T) {
	var questions []*model.Fact
	var when model.All
	for i := range 20 {
		var one model.Any
		for j := range 3 {
			f := fact(3*i+j, fmt.Sprintf("f%d-%d", i, j), model.Asked, "ja", "nee")
			questions = append(questions, f)
			one = append(one, in(f, "ja"))
		}
		when = append(when, one)
	}
	d := permit("groot", questions,
		&model.Rule{ID: "alles", Kind: model.Ground, When: when, Level: model.Allowed},
		&model.Rule{ID: "niet-alles", Kind: model.Limit, When: model.Not(when), Level: model.Conditional})
	m := &model.Model{Facts: questions, Decisions: []*model.Decision{d}}
	p := tables.Compile(m, m.Decisions)
	rows := 0
	for _, s := range p.Stages {
		rows += s.Rows
	}
	if rows > 200 {
		t.Errorf("%d rows", rows)
	}

	r := rand.New(rand.NewPCG(1, 1))
	for i := range 500 {
		s := make(model.Situation, len(questions))
		for f := range s {
			if r.IntN(1+i%8) == 0 {
				s[f] = 1 - min(r.IntN(12), 1)
			}
		}
		if problem := exact(m, p, 0, d, s); problem != "" {
			t.Fatalf("%s: %s", describe(d, s), problem)
		}
		for f := range s {
			if r.IntN(15) == 0 && i%4 == 0 {
				s[f] = model.Open
			}
		}
		if problem := bounded(m, p, 0, d, s); problem != "" {
			t.Fatalf("open, %s: %s", describe(d, s), problem)
		}
	}
}

// A model that breaks a promise of check stops the compiler: it does not answer wrongly.
func TestModelsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		want   string
		damage func(m *model.Model)
	}{
		{"BUG: fact gevaar depends on itself", func(m *model.Model) { m.Facts[6].Gate = in(m.Facts[6], "ja") }},
		{"BUG: fact geheim depends on itself", func(m *model.Model) { m.Facts[8].Uses = m.Decisions[0] }},
		{"BUG: decision delen needs fact gevaar, which is not among its questions", func(m *model.Model) {
			m.Decisions[0].Questions = m.Decisions[0].Questions[:5]
		}},
		{`BUG: ggd has "" for attribute zwijgplicht`, func(m *model.Model) { m.Parties[1].Attributes = nil }},
		{"BUG: fact gever has no ggd in the list it is from", func(m *model.Model) { m.Parties[1].ID = "gz" }},
		{"BUG: gevaar has 0 values", func(m *model.Model) { m.Facts[6].Values = nil }},
	} {
		func() {
			defer func() {
				if got := recover(); got != c.want {
					t.Errorf("got %v, want %s", got, c.want)
				}
			}()
			m := professionalSecrecy()
			c.damage(m)
			tables.Compile(m, m.Decisions)
		}()
	}
}
