package check

import (
	"cmp"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// Where the values of a fact can come from.
const (
	fromParties = "partijen"
	fromKinds   = "gegevens"
)

func (c *checker) attributes() {
	var ids names[*model.Attribute]
	c.writtenAttributes, c.assumption = map[*model.Attribute]*syntax.Attribute{}, map[*model.Attribute]model.Set{}
	for _, written := range c.file.Attributes {
		a := &model.Attribute{ID: written.ID.Value, Of: written.Of.Value, Question: written.Question.Value, Why: written.Why.Value,
			Values: c.valueList(written.Values, written.ID), Headings: written.Headings, Span: written.ID.Span}
		if a.Of != fromParties && a.Of != fromKinds {
			c.list.Addf(written.Of.Span, "onbekende-lijst", `achter "van" hoort partijen of gegevens, niet "%s"`, a.Of)
		}
		if ids.add(written.ID, "het kenmerk", a, c.list) {
			c.writtenAttributes[a] = written
			c.assumption[a] = c.assumed(a.ID, a.Values, written.Assume)
		}
	}
	c.m.Attributes = ids.sorted()
}

func (c *checker) valueList(written []syntax.Value, owner yamldoc.Text) []model.Value {
	var ids names[int]
	var out []model.Value
	var unknown yamldoc.Text
	for _, v := range written {
		if v.ID.Value == model.Undefined || v.ID.Value == "weet-niet" {
			c.list.Addf(v.ID.Span, "gereserveerd", `"%s" heeft een vaste betekenis; kies een andere naam voor deze waarde`, v.ID.Value)
		}
		if v.Unknown && !unknown.Empty() {
			c.list.Addf(v.ID.Span, "twee-keer-weet-niet", `wie het niet weet, moet één antwoord kunnen kiezen: "weet-niet" staat al bij "%s"`, unknown.Value)
		} else if v.Unknown {
			unknown = v.ID
		}
		if ids.add(v.ID, "de waarde", 0, c.list) {
			out = append(out, model.Value{ID: v.ID.Value, Label: v.Label.Value, Help: v.Help.Value, Said: v.Said.Value, Span: v.ID.Span, Unknown: v.Unknown})
		}
	}
	if len(out) > model.MaxValues {
		c.list.Addf(owner.Span, "te-veel-waarden", `"%s" heeft %d waarden; meer dan %d kan niet`, owner.Value, len(out), model.MaxValues)
	}
	return out
}

func (c *checker) declareConditions() {
	for _, written := range c.file.Conditions {
		c.conditions.add(written.ID, "de voorwaarde", &model.Condition{ID: written.ID.Value, Text: c.guidance.sentence(written.Text),
			How: c.guidance.sentence(written.How), First: written.First, Span: written.ID.Span, Cited: c.cited(written.Cited)}, c.list)
	}
}

func (c *checker) cited(written syntax.Cited) model.Cited {
	return c.guidance.cited(written.Norms, written.Sources)
}

// declareFacts makes every fact with its values, so that conditions can name it.
func (c *checker) declareFacts() {
	c.written = map[*model.Fact]*syntax.Fact{}
	for _, written := range c.file.Facts {
		f := &model.Fact{ID: written.ID.Value, Span: written.ID.Span, Question: c.guidance.plain(written.Question), Why: c.guidance.sentence(written.Why),
			From: written.From.Value, Fixed: written.Fixed, Norms: c.cited(written.Cited).Norms}
		switch {
		case !written.Decision.Empty():
			f.Kind = model.Used // its values are the outcomes; declareDecisions fills them in
		case len(written.Follows) > 0:
			f.Kind = model.Derived
			f.Values = c.valueList(written.Values, written.ID)
		default:
			f.Kind = model.Asked
			f.Values = c.factValues(written)
			c.asked(written)
			f.Assumed = c.assumed(f.ID, f.Values, written.Assume)
		}
		if f.Kind != model.Asked {
			c.onlyAsked(written)
		}
		if strings.Contains(f.ID, ".") {
			c.list.Addf(written.ID.Span, "gereserveerd", `een punt in "%s" kan niet; die staat tussen een feit en zijn kenmerk`, f.ID)
		}
		if written.Gate != nil {
			f.Gate = model.All{} // defineFacts puts the condition in place; HasUndefined must hold before
		}
		if c.facts.add(written.ID, "het feit", f, c.list) {
			c.written[f] = written
			c.attributeFacts(f)
		}
	}
}

func (c *checker) asked(written *syntax.Fact) {
	if written.Question.Empty() {
		c.list.Addf(written.ID.Span, "ontbreekt", `het feit "%s" heeft "vraag:" nodig`, written.ID.Value)
	}
	if written.Why.Empty() {
		c.list.Addf(written.ID.Span, "ontbreekt", `het feit "%s" heeft "uitleg:" nodig: waarom vraag je dit?`, written.ID.Value)
	}
}

// onlyAsked refuses what belongs to a question, at a fact that is never asked.
func (c *checker) onlyAsked(written *syntax.Fact) {
	if !written.Assume.Empty() {
		c.list.Addf(written.Assume.Span, "geen-vraag", `"%s" wordt niet gevraagd en heeft dus geen "aanname" nodig`, written.ID.Value)
	}
	if written.Help != nil {
		c.list.Addf(written.Help.Decision.Span, "geen-vraag", `"%s" wordt niet gevraagd en heeft dus geen "hulp" nodig`, written.ID.Value)
	}
}

func (c *checker) assumed(id string, values []model.Value, written yamldoc.Text) model.Set {
	if written.Empty() {
		return 0
	}
	if i := c.valueOf(id, values, written); i >= 0 {
		return 1 << i
	}
	return 0
}

func (c *checker) factValues(written *syntax.Fact) []model.Value {
	list := c.entities(written.From.Value)
	switch {
	case written.From.Empty():
		if len(written.Values) < 2 {
			c.list.Addf(written.ID.Span, "te-weinig-waarden", `het feit "%s" heeft minstens twee waarden nodig`, written.ID.Value)
		}
		return c.valueList(written.Values, written.ID)
	case list == nil:
		c.list.Addf(written.From.Span, "onbekende-lijst", `achter "waarden-uit" hoort partijen of gegevens, niet "%s"`, written.From.Value)
	case len(list) > model.MaxValues:
		c.list.Addf(written.From.Span, "te-veel-waarden", `"%s" heeft %d waarden; meer dan %d kan niet`, written.From.Value, len(list), model.MaxValues)
	}
	var out []model.Value
	for _, e := range list {
		out = append(out, model.Value{ID: e.ID, Label: e.Name, Help: e.Short, Span: e.Span})
	}
	return out
}

// entities gives parties or kinds in the order in which a fact has them as values: those that have most in common side by
// side, whatever the order in which these are written. They mostly lead to the same, and that packs well.
func (c *checker) entities(from string) []*model.Entity {
	var out []*model.Entity
	switch from {
	case fromParties:
		out = slices.Clone(c.m.Parties)
	case fromKinds:
		out = slices.Clone(c.m.Kinds)
	}
	slices.SortStableFunc(out, func(a, b *model.Entity) int {
		for _, x := range slices.Backward(c.m.Attributes) {
			if x.Of == from && !x.Headings && a.Attributes[x.ID] != b.Attributes[x.ID] {
				return strings.Compare(a.Attributes[x.ID], b.Attributes[x.ID])
			}
		}
		return 0
	})
	return out
}

// attributeFacts gives a fact whose values are parties or kinds one fact per attribute, such as gever.zwijgplicht, and
// where the attribute differs within some of them a question for it, such as gever-zwijgplicht.
func (c *checker) attributeFacts(of *model.Fact) {
	entities := c.entities(of.From)
	for _, a := range c.m.Attributes {
		if a.Of != of.From || entities == nil {
			continue
		}
		f := &model.Fact{ID: of.ID + "." + a.ID, Span: of.Span, Kind: model.Attribute_, Question: a.Question, Why: a.Why, Values: a.Values, Of: of, Attribute: a}
		var differs model.Set
		for i, e := range entities {
			if e.Attributes[a.ID] == model.Differs {
				differs |= 1 << i
			}
		}
		if of.HasUndefined() {
			f.Gate = model.All{}
		}
		if differs != 0 {
			f.AskedAs = &model.Fact{ID: of.ID + "-" + a.ID, Span: of.Span, Kind: model.Asked, Question: a.Question, Why: a.Why, Values: a.Values,
				Gate: model.In{Fact: of, Values: differs}}
			c.facts.add(yamldoc.Text{Value: f.AskedAs.ID, Span: of.Span}, "het feit", f.AskedAs, c.list)
			f.AskedAs.Assumed = c.assumption[a]
		}
		c.facts.add(yamldoc.Text{Value: f.ID, Span: of.Span}, "het feit", f, c.list)
	}
}

// defineFacts resolves gates and the rules of derived facts, now that every fact has a name.
func (c *checker) defineFacts() {
	for _, f := range c.facts.sorted() {
		written := c.written[f]
		if written == nil {
			continue
		}
		if written.Gate != nil {
			f.Gate = c.cond(written.Gate)
		}
		if f.Kind == model.Derived {
			c.derived(f, written)
		}
	}
	for _, f := range c.facts.sorted() {
		if f.Kind == model.Attribute_ && f.Of.HasUndefined() {
			f.Gate = f.Of.Gate
		}
	}
	for _, written := range c.file.Impossible {
		c.m.Impossible = append(c.m.Impossible, &model.Impossible{Span: written.Span, When: c.cond(written.When), Why: written.Why.Value})
	}
	slices.SortFunc(c.m.Impossible, func(a, b *model.Impossible) int { // they have no name, and their place means nothing
		return cmp.Or(strings.Compare(model.CondString(a.When), model.CondString(b.When)), strings.Compare(a.Why, b.Why))
	})
}

func (c *checker) derived(f *model.Fact, written *syntax.Fact) {
	if f.Gate != nil {
		c.list.Addf(f.Span, "geen-alleen-als", `"%s" is afgeleid en kan geen "alleen-als" hebben; geef het zo nodig een eigen waarde`, f.ID)
		f.Gate = nil
	}
	var ids names[*model.Rule]
	for _, r := range written.Follows {
		rule := c.rule(r, model.ChoiceRule)
		if rule.ID == "" {
			rule.ID = f.ID + "-" + r.Then.Value // one rule a value needs no name of its own
		}
		ids.add(yamldoc.Text{Value: rule.ID, Span: rule.Span}, "de regel", rule, c.list)
		rule.Level = max(0, c.value(f, r.Then))
		f.Rules = append(f.Rules, rule)
	}
	slices.SortFunc(f.Rules, byID)
	var rest model.All
	for _, rule := range f.Rules {
		rest = append(rest, model.Not(rule.When))
	}
	if !written.Else.Empty() {
		f.Rules = append(f.Rules, &model.Rule{ID: f.ID + "-anders", Span: written.Else.Span, Kind: model.ChoiceRule, When: rest, Rest: true,
			Level: max(0, c.value(f, written.Else)), Status: "bron", Cited: c.cited(written.Cited)})
	}
	slices.SortFunc(f.Rules, byID)
}

// circles reports facts that depend on themselves.
func (c *checker) circles() bool {
	const (
		unseen = iota
		busy
		done
	)
	state := map[*model.Fact]int{}
	found := false
	var visit func(f *model.Fact, path []*model.Fact)
	visit = func(f *model.Fact, path []*model.Fact) {
		switch state[f] {
		case done:
			return
		case busy:
			found = true
			var ids []string
			for _, p := range path[slices.Index(path, f):] {
				ids = append(ids, p.ID)
			}
			c.list.Addf(f.Span, "kring", `het feit "%s" hangt van zichzelf af: %s`, f.ID, strings.Join(append(ids, f.ID), " -> "))
			return
		}
		state[f] = busy
		for _, next := range c.dependsOn(f) {
			visit(next, append(path, f))
		}
		state[f] = done
	}
	for _, f := range c.facts.sorted() {
		visit(f, nil)
	}
	return found
}

// dependsOn lists the facts that a fact's value or gate directly rests on.
func (c *checker) dependsOn(f *model.Fact) []*model.Fact {
	var out []*model.Fact
	add := func(g *model.Fact) { out = append(out, g) }
	f.RestsOn(add)
	if f.Kind == model.Used && f.Uses != nil {
		c.writtenFacts(c.sources[f.Uses], func(name yamldoc.Text) {
			if g, ok := c.facts.all[name.Value]; ok {
				add(g)
			}
		})
	}
	return out
}

// writtenFacts visits every fact a decision names, before its rules are resolved.
func (c *checker) writtenFacts(d *syntax.Decision, visit func(yamldoc.Text)) {
	var inCond func(cond *syntax.Cond)
	inCond = func(cond *syntax.Cond) {
		if cond == nil {
			return
		}
		if cond.Kind == syntax.CondFact {
			visit(cond.Fact)
		}
		for _, part := range cond.Parts {
			inCond(part)
		}
	}
	for _, q := range d.Questions {
		visit(q)
	}
	for _, r := range d.Rules {
		inCond(r.When)
		inCond(r.Requires)
	}
	for _, l := range d.Locks {
		if !l.Fact.Empty() {
			visit(l.Fact)
		}
	}
	var inTree func(b *syntax.Branch)
	inTree = func(b *syntax.Branch) {
		if b == nil {
			return
		}
		if !b.Question.Empty() {
			visit(b.Question)
		}
		for _, child := range b.Branches {
			inTree(child)
		}
	}
	inTree(d.Tree)
}

// baseFacts adds to set the asked facts (and the date) that a fact's value rests on.
func baseFacts(f *model.Fact, set map[*model.Fact]bool) {
	if set[f] {
		return
	}
	if f.Kind == model.Asked || f.Kind == model.Date {
		set[f] = true
	}
	f.RestsOn(func(g *model.Fact) { baseFacts(g, set) })
}
