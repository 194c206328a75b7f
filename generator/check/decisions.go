package check

import (
	"cmp"
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// declareDecisions makes every decision with its outcomes, so that facts and pages can name it.
func (c *checker) declareDecisions() {
	c.sources, c.kindless = map[*model.Decision]*syntax.Decision{}, map[*model.Decision]bool{}
	for _, written := range c.file.Decisions {
		d := &model.Decision{ID: written.ID.Value, Span: written.ID.Span, Title: c.guidance.plain(written.Title),
			Short: c.guidance.plain(written.Short), Also: c.guidance.plainAll(written.Also), Lead: c.guidance.sentence(written.Lead)}
		switch written.Kind.Value {
		case "mag":
			d.Kind = model.Permit
			d.Outcomes = c.permitOutcomes(written)
		case "keuze":
			d.Kind = model.Choice
			d.Outcomes = c.choiceOutcomes(written)
		default:
			c.list.Addf(written.Kind.Span, "onbekende-soort", `achter "soort" hoort mag of keuze, niet "%s"`, written.Kind.Value)
			c.kindless[d] = true
		}
		if c.decisions.add(written.ID, "de beslissing", d, c.list) {
			c.sources[d] = written
		}
	}
	for f, written := range c.written {
		if f.Kind != model.Used {
			continue
		}
		d, ok := c.decisions.all[written.Decision.Value]
		if !ok {
			c.list.Addf(written.Decision.Span, "onbekende-beslissing", `de beslissing "%s" bestaat niet%s`, written.Decision.Value, diag.Suggest(written.Decision.Value, c.decisions.ids()))
			continue
		}
		f.Uses, f.Question = d, d.Title
		for _, o := range d.Outcomes {
			f.Values = append(f.Values, model.Value{ID: o.ID, Label: o.Title, Span: o.Span})
		}
	}
}

func (c *checker) permitOutcomes(written *syntax.Decision) []model.Outcome {
	out := make([]model.Outcome, len(model.Levels))
	for i, id := range model.Levels {
		out[i].ID = id
	}
	for _, o := range written.Outcomes {
		level := slices.Index(model.Levels[:], o.ID.Value)
		if level < 0 {
			c.unknownOutcome(written.ID.Value, o.ID, model.Levels[:])
			continue
		}
		out[level] = model.Outcome{ID: o.ID.Value, Title: o.Title.Value, Text: c.guidance.sentence(o.Text), Span: o.ID.Span}
	}
	for _, o := range out {
		if o.Title == "" && written.Kind.Value == "mag" {
			c.list.Addf(written.ID.Span, "uitkomst-ontbreekt", `bij "uitkomsten" ontbreekt "%s"; een beslissing van de soort mag heeft ze alle vier`, o.ID)
		}
	}
	return out
}

func (c *checker) choiceOutcomes(written *syntax.Decision) []model.Outcome {
	var ids names[int]
	var out []model.Outcome
	for _, o := range written.Outcomes {
		if ids.add(o.ID, "de uitkomst", 0, c.list) {
			out = append(out, model.Outcome{ID: o.ID.Value, Title: o.Title.Value, Text: c.guidance.sentence(o.Text), Span: o.ID.Span, Conditions: c.conditionList(o.Conditions)})
		}
	}
	if len(out) > 64 {
		c.list.Addf(written.ID.Span, "te-veel-waarden", `"%s" heeft %d uitkomsten; meer dan 64 kan niet`, written.ID.Value, len(out))
	}
	return out
}

func (c *checker) unknownOutcome(decision string, id yamldoc.Text, known []string) {
	c.list.Addf(id.Span, "onbekende-uitkomst", `"%s" is geen uitkomst van "%s"%s`, id.Value, decision, diag.Suggest(id.Value, known))
}

func (c *checker) outcome(d *model.Decision, id yamldoc.Text) int {
	i := d.Outcome(id.Value)
	if i < 0 {
		if !id.Empty() && !c.kindless[d] {
			c.unknownOutcome(d.ID, id, outcomeIDs(d))
		}
		return 0
	}
	return i
}

func outcomeIDs(d *model.Decision) []string {
	var ids []string
	for _, o := range d.Outcomes {
		ids = append(ids, o.ID)
	}
	return ids
}

// defineDecisions resolves rules and questions, those of used decisions first.
func (c *checker) defineDecisions() {
	done := map[*model.Decision]bool{}
	var define func(d *model.Decision)
	define = func(d *model.Decision) {
		if done[d] {
			return
		}
		done[d] = true
		c.writtenFacts(c.sources[d], func(name yamldoc.Text) {
			if f, ok := c.facts.all[name.Value]; ok {
				for _, used := range c.usedBelow(f) {
					define(used)
				}
			}
		})
		c.define(d, c.sources[d])
	}
	for _, d := range c.decisions.sorted() {
		define(d)
	}
}

// usedBelow lists the decisions that a fact's value rests on.
func (c *checker) usedBelow(f *model.Fact) []*model.Decision {
	var out []*model.Decision
	seen := map[*model.Fact]bool{}
	var visit func(f *model.Fact)
	visit = func(f *model.Fact) {
		if seen[f] {
			return
		}
		seen[f] = true
		if f.Uses != nil {
			out = append(out, f.Uses)
			return
		}
		for _, next := range c.dependsOn(f) {
			visit(next)
		}
	}
	visit(f)
	return out
}

func (c *checker) define(d *model.Decision, written *syntax.Decision) {
	if c.kindless[d] {
		return // what its rules mean depends on its kind
	}
	mistakes := c.list.Len()
	d.Moments = find(c.guidance, written.Moments, c.guidance.moments(), "onbekende-fase", "de fase of stap")
	d.Record, d.Inform = c.sentences(written.Record), c.sentences(written.Inform)
	if no := written.AtNo; no != nil {
		d.RecordAtNo, d.InformAtNo = c.sentences(no.Record), c.sentences(no.Inform)
		if d.Kind == model.Choice {
			c.list.Addf(no.Span, "verkeerde-soort", `"bij-nee" kan alleen bij een beslissing van de soort mag: een keuze zegt nergens nee`)
		}
	}
	c.rules(d, written)
	c.locks(d, written.Locks)
	c.uses(d)
	c.questions(d, written, c.list.Len() == mistakes)
	for _, i := range written.Invariants {
		d.Invariants = append(d.Invariants, c.invariant(d, i))
	}
	slices.SortFunc(d.Invariants, func(a, b *model.Invariant) int { return strings.Compare(a.ID, b.ID) })
	c.neverStricter(d, written.NeverStricter)
	c.usual(d, written)
	if d.Kind == model.Choice {
		if written.InDoubt.Empty() {
			c.list.Addf(d.Span, "ontbreekt", `een keuze heeft "bij-twijfel:" nodig: het advies zolang er iets openstaat`)
		}
		d.InDoubt = c.outcome(d, written.InDoubt)
		return
	}
	if written.NoGround == nil {
		c.list.Addf(d.Span, "ontbreekt", `een beslissing van de soort mag heeft "geen-grond:" nodig: wat zeg je als geen grond geldt?`)
		d.NoGround = &model.NoGround{}
		return
	}
	d.NoGround = &model.NoGround{Why: c.guidance.sentence(written.NoGround.Why), Alternative: c.guidance.sentence(written.NoGround.Alternative), Cited: c.cited(written.NoGround.Cited)}
	c.mustCite(written.NoGround.Cited, yamldoc.Text{Value: "geen-grond", Span: written.NoGround.Span})
}

func (c *checker) sentences(written []yamldoc.Text) (out []string) {
	for _, t := range written {
		out = append(out, c.guidance.sentence(t))
	}
	return out
}

func (c *checker) mustCite(written syntax.Cited, id yamldoc.Text) {
	if written.Empty() {
		c.list.Addf(id.Span, "zonder-bron", `"%s" heeft geen "norm:" en geen "bron:"; waar staat dit?`, id.Value)
	}
}

// uses lists the facts of kind Used that the decision rests on directly, and adds for each a limit that carries its
// conditions: where the used decision says mag-mits, this one says mag-mits at most.
func (c *checker) uses(d *model.Decision) {
	seen := map[*model.Fact]bool{}
	add := func(f *model.Fact) {
		if f.Kind == model.Used && f.Uses != nil && !seen[f] {
			seen[f] = true
			d.Uses = append(d.Uses, f)
		}
	}
	for _, r := range d.Rules {
		model.FactsOf(r.When, add)
	}
	slices.SortFunc(d.Uses, func(a, b *model.Fact) int { return strings.Compare(a.ID, b.ID) })
	if d.Kind != model.Permit {
		return
	}
	for _, f := range d.Uses {
		if f.Uses.Kind == model.Permit {
			c.addMade(d, &model.Rule{ID: "voorwaarden-van-" + f.ID, Span: f.Span, Kind: model.Limit, Level: model.Conditional,
				When: model.In{Fact: f, Values: 1 << model.Conditional}, Status: "bron", Through: f})
		}
	}
}

// questions puts the facts a visitor may be asked in order: the date, then what the author listed, with the questions
// of a used decision in its place and the question for a differing attribute right after the choice it belongs to. Only
// where the rules are sound is it known which questions do nothing.
func (c *checker) questions(d *model.Decision, written *syntax.Decision, sound bool) {
	needed := map[*model.Fact]bool{c.date: true}
	neededBy := map[*model.Fact]*model.Rule{}
	for _, r := range d.Rules {
		model.FactsOf(r.When, func(f *model.Fact) {
			base := map[*model.Fact]bool{}
			baseFacts(f, base)
			for b := range base {
				needed[b] = true
				if first := neededBy[b]; first == nil || r.ID < first.ID {
					neededBy[b] = r
				}
			}
		})
	}
	asked := map[*model.Fact]bool{}
	ask := func(f *model.Fact) {
		if !asked[f] {
			asked[f] = true
			d.Questions = append(d.Questions, f)
		}
	}
	ask(c.date)
	for _, name := range written.Questions {
		f := c.fact(name)
		if f == nil {
			continue
		}
		switch f.Kind {
		case model.Used:
			if f.Uses != nil {
				for _, q := range f.Uses.Questions {
					ask(q)
				}
			}
		case model.Asked:
			if !needed[f] && sound {
				if written.Merged {
					continue
				}
				c.list.Addf(name.Span, "vraag-doet-niets", `geen regel van deze beslissing kijkt naar "%s"; haal de vraag weg of schrijf de regel`, f.ID)
				continue
			}
			ask(f)
			for _, a := range c.m.Attributes {
				if attribute := c.facts.all[f.ID+"."+a.ID]; attribute != nil && attribute.AskedAs != nil && needed[attribute.AskedAs] {
					ask(attribute.AskedAs)
				}
			}
		default:
			c.list.Addf(name.Span, "geen-vraag", `"%s" wordt afgeleid en niet gevraagd; haal het uit "vragen"`, f.ID)
		}
	}
	c.missingQuestions(d, written, needed, asked, neededBy)
	c.questionOrder(d)
}

func (c *checker) missingQuestions(d *model.Decision, written *syntax.Decision, needed, asked map[*model.Fact]bool, neededBy map[*model.Fact]*model.Rule) {
	var missing []*model.Fact
	for f := range needed {
		if !asked[f] {
			missing = append(missing, f)
		}
	}
	slices.SortFunc(missing, func(a, b *model.Fact) int { return strings.Compare(a.ID, b.ID) })
	for _, f := range missing {
		c.list.Add(diag.Diagnostic{Code: "vraag-ontbreekt", Span: written.ID.Span,
			Message: `het feit "` + f.ID + `" is nodig voor de regels maar staat niet in "vragen"`,
			Notes:   []diag.Note{{Span: neededBy[f].Span, Message: `de regel "` + neededBy[f].ID + `" hangt ervan af`}}})
	}
}

// questionOrder reports a question that comes before one its gate rests on.
func (c *checker) questionOrder(d *model.Decision) {
	before := map[*model.Fact]bool{}
	for _, f := range d.Questions {
		if f.Gate != nil {
			base := map[*model.Fact]bool{}
			model.FactsOf(f.Gate, func(g *model.Fact) { baseFacts(g, base) })
			var later []string
			for g := range base {
				if !before[g] {
					later = append(later, g.ID)
				}
			}
			slices.Sort(later)
			for _, id := range later {
				c.list.Addf(d.Span, "vraagvolgorde", `"%s" hangt af van "%s"; zet "%s" eerder in "vragen"`, f.ID, id, id)
			}
		}
		before[f] = true
	}
}

// questionOf finds the question of a decision that a name stands for, which for an attribute is the question for it. The date
// is none. What is not there is reported, and gives nil.
func (c *checker) questionOf(d *model.Decision, name yamldoc.Text) *model.Fact {
	f := c.fact(name)
	if f == nil {
		return nil
	}
	if f.Kind == model.Attribute_ && f.AskedAs != nil {
		f = f.AskedAs
	}
	if !slices.Contains(d.Questions, f) || f == c.date {
		c.list.Addf(name.Span, "geen-vraag", `"%s" is geen vraag van de beslissing "%s"%s`, name.Value, d.ID, diag.Suggest(name.Value, questionIDs(d)))
		return nil
	}
	return f
}

// usual resolves the answers that a visitor may confirm at once. What a region does not ask falls away.
func (c *checker) usual(d *model.Decision, written *syntax.Decision) {
	for _, w := range written.Usual {
		if written.Merged && !slices.Contains(questionIDs(d), w.Fact.Value) {
			continue
		}
		f := c.questionOf(d, w.Fact)
		if f == nil {
			continue
		}
		if len(w.Values) != 1 {
			c.list.Addf(w.Fact.Span, "één-waarde", `achter "%s" hoort één waarde, zoals "%s: %s"`, w.Fact.Value, f.ID, f.ValueID(0))
			continue
		}
		i := c.value(f, w.Values[0])
		if i < 0 {
			continue
		}
		if i == len(f.Values) || f.Values[i].Said == "" { // nobody is asked what does not apply
			c.list.Addf(w.Values[0].Span, "gewoon-zonder-zin", `wie "%s: %s" bevestigt, moet kunnen lezen wat hij zegt; zet bij die waarde "zelf", zoals "zelf: Ik weet dit uit mijn eigen werk."`, f.ID, w.Values[0].Value)
		}
		d.Usual = append(d.Usual, model.Given{Fact: f, Value: i, Span: w.Fact.Span})
	}
	if len(d.Usual) == 1 && !written.Merged {
		c.list.Addf(d.Usual[0].Span, "één-gewoon-antwoord", `"gewoonlijk" heeft twee of meer antwoorden nodig: één antwoord geeft een bezoeker even snel zelf`)
	}
	slices.SortFunc(d.Usual, func(a, b model.Given) int {
		return slices.Index(d.Questions, a.Fact) - slices.Index(d.Questions, b.Fact)
	})
}

// neverStricter resolves the claims that a value never makes the outcome stricter.
func (c *checker) neverStricter(d *model.Decision, written []syntax.Claim) {
	for _, w := range written {
		if d.Kind != model.Permit {
			c.list.Addf(w.Fact.Span, "verkeerde-soort", `"nooit-strenger-door" kan alleen bij een beslissing van de soort mag: daar hebben uitkomsten een volgorde`)
			return
		}
		f := c.questionOf(d, w.Fact)
		if f == nil {
			continue
		}
		for _, name := range w.Values {
			if i := c.value(f, name); i >= 0 {
				d.NeverStricter = append(d.NeverStricter, &model.NeverStricter{Fact: f, Value: i, Span: name.Span})
			}
		}
	}
	slices.SortFunc(d.NeverStricter, func(a, b *model.NeverStricter) int {
		return cmp.Or(strings.Compare(a.Fact.ID, b.Fact.ID), a.Value-b.Value)
	})
}

func (c *checker) invariant(d *model.Decision, written *syntax.Invariant) *model.Invariant {
	i := &model.Invariant{ID: written.ID.Value, Span: written.Span, Always: written.Always, When: c.cond(written.When), Why: written.Why.Value}
	for _, id := range written.Only {
		i.Outcomes |= 1 << c.outcome(d, id)
	}
	for _, id := range written.Never {
		i.Outcomes |= 1 << c.outcome(d, id)
	}
	if len(written.Never) > 0 {
		i.Outcomes = (1<<len(d.Outcomes) - 1) &^ i.Outcomes
	}
	if name := written.ThumbRule; !name.Empty() {
		i.ThumbRule = c.guidance.thumbRules.all[name.Value]
		if i.ThumbRule == nil {
			c.list.Addf(name.Span, "onbekende-vuistregel", `de vuistregel "%s" bestaat niet%s`, name.Value, diag.Suggest(name.Value, c.guidance.thumbRules.ids()))
		}
	}
	return i
}
