package manifest

import "handvat/generator/model"

// A Test is one of three: all of these hold, one of these holds, or a fact has one of these values. Negations are
// worked out, and validity is a test of the date.
type Test struct {
	All    *[]Test  `json:"all,omitempty"` // always holds where empty
	Any    *[]Test  `json:"any,omitempty"` // never holds where empty
	Fact   string   `json:"fact,omitempty"`
	Values []string `json:"values,omitempty"`
}

type Impossible struct {
	When Test   `json:"when"`
	Why  string `json:"why,omitempty"`
}

type Invariant struct {
	ID        string   `json:"id"`
	Kind      string   `json:"kind"`
	When      Test     `json:"when"`
	Outcomes  []string `json:"outcomes"`
	ThumbRule string   `json:"thumbRule,omitempty"`
	Why       string   `json:"why,omitempty"`
}

type NeverStricter struct {
	Fact  string `json:"fact"`
	Value string `json:"value"`
}

type Case struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Register   string            `json:"register,omitempty"`
	Note       string            `json:"note,omitempty"`
	Answers    map[string]string `json:"answers"`
	Outcome    string            `json:"outcome"`
	Duty       string            `json:"duty,omitempty"`
	Rules      []string          `json:"rules,omitempty"`
	Conditions []string          `json:"conditions,omitempty"`
}

func (b *builder) test(c model.Cond) *Test {
	parts := func(list []model.Cond) *[]Test {
		out := make([]Test, len(list))
		for i, part := range list {
			out[i] = *b.test(part)
		}
		return &out
	}
	switch c := c.(type) {
	case model.All:
		return &Test{All: parts(c)}
	case model.Any:
		return &Test{Any: parts(c)}
	case model.In:
		if c.Values == 0 { // never holds
			return &Test{Any: &[]Test{}}
		}
		return &Test{Fact: c.Fact.ID, Values: valueIDs(c.Fact, c.Values)}
	}
	panic("BUG: unknown condition")
}

func valueIDs(f *model.Fact, values model.Set) []string {
	var out []string
	for v := range f.Size() {
		if values.Has(v) {
			out = append(out, f.ValueID(v))
		}
	}
	return out
}

// promises adds what the authors say must hold of a decision.
func (b *builder) promises(out *Decision, d *model.Decision) {
	for _, i := range d.Invariants {
		made := Invariant{ID: i.ID, Kind: "ooit", When: *b.test(i.When), Why: plain(i.Why)}
		if i.Always {
			made.Kind = "altijd"
		}
		for o := range d.Outcomes {
			if i.Outcomes.Has(o) {
				made.Outcomes = append(made.Outcomes, d.Outcomes[o].ID)
			}
		}
		if i.ThumbRule != nil {
			made.ThumbRule = i.ThumbRule.ID
		}
		out.Invariants = append(out.Invariants, made)
	}
	for _, n := range d.NeverStricter {
		out.NeverStricter = append(out.NeverStricter, NeverStricter{n.Fact.ID, n.Fact.ValueID(n.Value)})
	}
	for _, c := range d.Cases {
		made := Case{ID: c.ID, Name: plain(c.Name), Register: c.Register, Note: plain(c.Note), Answers: map[string]string{},
			Outcome: d.Outcomes[c.Expect.Outcome].ID, Conditions: conditionIDs(c.Expect.Conditions)}
		for f, v := range c.Answers {
			made.Answers[f.ID] = f.ValueID(v)
		}
		if c.Expect.Duty >= 0 {
			made.Duty = model.Duties[c.Expect.Duty]
		}
		for _, r := range c.Expect.Rules {
			made.Rules = append(made.Rules, r.ID)
		}
		out.Cases = append(out.Cases, made)
	}
}

// lookup adds when a fact applies, and for an attribute where its value comes from.
func (b *builder) lookup(out *Fact, f *model.Fact) {
	if f.Gate != nil {
		out.Applies = b.test(f.Gate)
	}
	if f.Kind != model.Attribute_ {
		return
	}
	out.Of, out.By = f.Of.ID, map[string]string{}
	if f.AskedAs != nil {
		out.AskedAs = f.AskedAs.ID
	}
	for _, choice := range f.Of.Values {
		for _, e := range f.Attribute.Entities {
			if e.ID == choice.ID {
				out.By[choice.ID] = e.Attributes[f.Attribute.ID]
			}
		}
	}
}
