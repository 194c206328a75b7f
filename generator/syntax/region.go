package syntax

import (
	"path"
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// A Region is what one region adds to the national decisions, as written in content/regio/<id>/regels.yaml.
type Region struct {
	ID         string // the name of the folder
	Span       source.Span
	Facts      []*Fact
	Conditions []*Condition
	Fixed      []*Fixed
	Overlays   []*Overlay
}

// A Fixed is a question that the region has answered for everybody.
type Fixed struct {
	Span             source.Span
	Fact, Value, Why yamldoc.Text
	Cited
}

// An Overlay is what a region adds to one decision.
type Overlay struct {
	ID        yamldoc.Text
	Span      source.Span
	Questions []yamldoc.Text
	Rules     []*Rule // added
	Replace   []*Rule // in the place of the national rules with these ids
	Cases     []*Case
}

// inRegion gives the id of the region whose rules stand in a file.
func inRegion(name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, "content/regio/")
	folder, base := path.Split(rest)
	return strings.TrimSuffix(folder, "/"), ok && base == "regels.yaml" && strings.Count(rest, "/") == 1
}

func (p *parser) region(id string, node *yamldoc.Node) {
	f := yamldoc.Open(node, "dit bestand", p.list)
	r := &Region{ID: id, Span: f.Span()}
	for _, n := range f.List("feiten") {
		r.Facts = append(r.Facts, p.fact(n))
	}
	for _, n := range f.List("voorwaarden") {
		c := yamldoc.Open(n, "een voorwaarde", p.list)
		r.Conditions = append(r.Conditions, &Condition{ID: c.Required("voorwaarde"), Text: c.Required("tekst"), How: c.Text("toelichting"), Cited: cited(c)})
		c.Close()
	}
	for _, n := range f.List("vast") {
		x := yamldoc.Open(n, "een vast antwoord", p.list)
		r.Fixed = append(r.Fixed, &Fixed{Span: n.Span, Fact: x.Required("feit"), Value: x.Required("waarde"), Why: x.Required("want"), Cited: cited(x)})
		x.Close()
	}
	for _, n := range f.List("beslissingen") {
		r.Overlays = append(r.Overlays, p.overlay(n))
	}
	f.Close()
	p.file.Regions = append(p.file.Regions, r)
}

func (p *parser) overlay(n *yamldoc.Node) *Overlay {
	f := yamldoc.Open(n, "een beslissing van een regio", p.list)
	o := &Overlay{ID: f.Required("beslissing"), Span: f.Span(), Questions: f.Texts("vragen")}
	o.Rules = p.ruleLists(f)
	if n := f.Node("vervang"); n != nil {
		g := yamldoc.Open(n, "vervang", p.list)
		o.Replace = p.ruleLists(g)
		g.Close()
	}
	for _, n := range f.List("gevallen") {
		o.Cases = append(o.Cases, p.oneCase(n))
	}
	f.Close()
	return o
}

// Edition gives the national decisions with what a region adds to them. A fixed answer makes of the question a fact that
// follows. National cases and demands that something can happen are left out: a region may be stricter. What the region
// names and does not exist is reported, and left out.
func (f *File) Edition(r *Region, list *diag.List) *File {
	out := &File{Impossible: f.Impossible, Attributes: f.Attributes}
	out.Conditions = append(append(out.Conditions, f.Conditions...), r.Conditions...)
	fixed := r.fixed(f, list)
	for _, fact := range append(append([]*Fact{}, f.Facts...), r.Facts...) {
		if x := fixed[fact.ID.Value]; x != nil {
			follows := &Rule{Kind: "regel", Span: x.Span, Then: x.Value, When: &Cond{Kind: CondAll, Span: x.Span}, Why: x.Why, Cited: x.Cited}
			fact = &Fact{ID: fact.ID, Question: fact.Question, Why: fact.Why, Values: fact.Values, Follows: []*Rule{follows}, Cited: fact.Cited}
		}
		out.Facts = append(out.Facts, fact)
	}
	overlays := map[string]*Overlay{}
	var known []string
	for _, d := range f.Decisions {
		known = append(known, d.ID.Value)
	}
	for _, o := range r.Overlays {
		switch first := overlays[o.ID.Value]; {
		case first != nil:
			list.Add(diag.Diagnostic{Code: "dubbel-id", Span: o.ID.Span, Message: `de beslissing "` + o.ID.Value + `" staat al in dit bestand; zet alles bij elkaar`,
				Notes: []diag.Note{{Span: first.ID.Span, Message: "de eerste staat hier"}}})
		case !slices.Contains(known, o.ID.Value):
			list.Addf(o.ID.Span, "onbekende-beslissing", `de beslissing "%s" bestaat niet%s`, o.ID.Value, diag.Suggest(o.ID.Value, known))
		default:
			overlays[o.ID.Value] = o
		}
	}
	for _, d := range f.Decisions {
		merged := *d
		merged.Merged = true
		merged.Questions, merged.Invariants, merged.NeverStricter = nil, nil, nil
		for _, q := range d.Questions {
			if fixed[q.Value] == nil {
				merged.Questions = append(merged.Questions, q)
			}
		}
		for _, i := range d.Invariants {
			if i.Always {
				merged.Invariants = append(merged.Invariants, i)
			}
		}
		if o := overlays[d.ID.Value]; o != nil {
			merged.Questions = append(merged.Questions, o.Questions...)
			merged.Rules = append(o.replaced(d, list), o.Rules...)
			out.Cases = append(out.Cases, &CaseFile{Decision: o.ID, Cases: o.Cases})
		}
		out.Decisions = append(out.Decisions, &merged)
	}
	return out
}

// fixed gives the fixed answers by fact, without those that name something else than a question of their own values.
func (r *Region) fixed(f *File, list *diag.List) map[string]*Fixed {
	out := map[string]*Fixed{}
	var known []string
	asked := map[string]*Fact{}
	for _, fact := range f.Facts {
		if fact.Decision.Empty() && len(fact.Follows) == 0 && fact.From.Empty() {
			known, asked[fact.ID.Value] = append(known, fact.ID.Value), fact
		}
	}
	for _, x := range r.Fixed {
		if x.Fact.Empty() || x.Value.Empty() {
			continue // and reported
		}
		fact := asked[x.Fact.Value]
		if fact == nil {
			list.Addf(x.Fact.Span, "onbekend-feit", `"%s" is geen vraag met eigen antwoorden; alleen zo'n vraag kan een regio vast beantwoorden%s`, x.Fact.Value, diag.Suggest(x.Fact.Value, known))
			continue
		}
		if first := out[x.Fact.Value]; first != nil {
			list.Add(diag.Diagnostic{Code: "dubbel-id", Span: x.Fact.Span, Message: `het feit "` + x.Fact.Value + `" ligt al vast; haal er één weg`,
				Notes: []diag.Note{{Span: first.Fact.Span, Message: "de eerste staat hier"}}})
			continue
		}
		var values []string
		for _, v := range fact.Values {
			values = append(values, v.ID.Value)
		}
		if !slices.Contains(values, x.Value.Value) {
			list.Addf(x.Value.Span, "onbekende-waarde", `"%s" is geen waarde van het feit "%s"%s`, x.Value.Value, x.Fact.Value, diag.Suggest(x.Value.Value, values))
			continue
		}
		out[x.Fact.Value] = x
	}
	return out
}

// replaced gives the rules of a decision with those in their place that the region wrote anew.
func (o *Overlay) replaced(d *Decision, list *diag.List) []*Rule {
	out := append([]*Rule{}, d.Rules...)
	var known []string
	for _, r := range d.Rules {
		known = append(known, r.ID.Value)
	}
search:
	for _, r := range o.Replace {
		for i, old := range out {
			if old.ID.Value != r.ID.Value {
				continue
			}
			if old.Kind != r.Kind {
				list.Add(diag.Diagnostic{Code: "verkeerde-soort", Span: r.ID.Span, Message: `"` + r.ID.Value + `" is landelijk een ` + old.Kind + `, en kan alleen door een ` + old.Kind + ` worden vervangen`,
					Notes: []diag.Note{{Span: old.ID.Span, Message: "de landelijke regel staat hier"}}})
			}
			out[i] = r
			continue search
		}
		list.Addf(r.ID.Span, "onbekende-regel", `de regel "%s" bestaat landelijk niet en kan dus niet worden vervangen%s`, r.ID.Value, diag.Suggest(r.ID.Value, known))
	}
	return out
}

// A Saying is what a rule, a condition or a fixed answer of a region says.
type Saying struct {
	ID, Text yamldoc.Text
	Cited
}

// Sayings lists what the region's rules, conditions and fixed answers say.
func (r *Region) Sayings() []Saying {
	var out []Saying
	for _, c := range r.Conditions {
		out = append(out, Saying{c.ID, c.Text, c.Cited})
	}
	for _, x := range r.Fixed {
		out = append(out, Saying{x.Fact, x.Why, x.Cited})
	}
	for _, o := range r.Overlays {
		for _, rule := range slices.Concat(o.Rules, o.Replace) {
			out = append(out, Saying{rule.ID, rule.Why, rule.Cited})
		}
	}
	return out
}
