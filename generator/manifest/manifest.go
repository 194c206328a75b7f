// Package manifest says in words what goes into and comes out of the module of all decisions, for programs of others.
//
// In: a proved model, and the program that its module was made of. Out: JSON as schema.json describes it, in one of three
// sizes: Asking gives what a host needs to ask and to tell the outcome, Of also what explains it, Everything also the
// conditions of every rule, the cases and the invariants, for who wants to read or check the rules. The same model gives
// the same bytes.
//
// Texts are plain, without markup. A text stands in one place; others name it by id. Ids are the authors' own and never
// change meaning, and so are the words for kinds; they are Dutch, as all that readers see.
package manifest

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/prose"
	"handvat/generator/tables"
	"handvat/generator/wasm"
)

// Version is the version of the form of a manifest. It goes up when something is no longer where it was or means
// something else; new members may come without that.
const Version = 1

// Schema is the JSON Schema of a manifest.
//
//go:embed schema.json
var Schema []byte

// The words for the kinds of decision and of fact, by model.Kind and model.FactKind.
var (
	decisionKinds = [...]string{"mag", "keuze"}
	factKinds     = [...]string{"vraag", "datum", "kenmerk", "afgeleid", "beslissing"}
)

// A Manifest is all of it. schema.json says what every member means.
type Manifest struct {
	Version    int          `json:"manifest"`
	ABI        int          `json:"abi"`
	Module     string       `json:"module"`
	Language   string       `json:"language"`
	Title      string       `json:"title"`
	URL        string       `json:"url"`
	Date       string       `json:"date"`
	Decisions  []Decision   `json:"decisions"`
	Facts      []Fact       `json:"facts"`
	Stages     []Stage      `json:"stages"`
	Conditions []Condition  `json:"conditions,omitzero"`
	Norms      []Norm       `json:"norms,omitzero"`
	Sources    []Source     `json:"sources,omitzero"`
	Impossible []Impossible `json:"impossible,omitempty"`
}

// A Decision has its place in Manifest.Decisions as its index in the module.
type Decision struct {
	ID            string          `json:"id"`
	Kind          string          `json:"kind"`
	Title         string          `json:"title"`
	Short         string          `json:"short"`
	Lead          string          `json:"lead,omitempty"`
	Moments       []string        `json:"moments,omitempty"`
	Questions     []string        `json:"questions"`
	Stages        []int           `json:"stages"`
	Outcomes      []Outcome       `json:"outcomes"`
	InDoubt       string          `json:"inDoubt,omitempty"`
	NoGround      *NoGround       `json:"noGround,omitempty"`
	Rules         []Rule          `json:"rules,omitzero"`
	Record        []string        `json:"record,omitempty"`
	Inform        []string        `json:"inform,omitempty"`
	AtNo          *AtNo           `json:"atNo,omitempty"`
	Invariants    []Invariant     `json:"invariants,omitempty"`
	NeverStricter []NeverStricter `json:"neverStricter,omitempty"`
	Cases         []Case          `json:"cases,omitempty"`
}

type Outcome struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Text       string   `json:"text"`
	Conditions []string `json:"conditions,omitempty"`
}

// AtNo is what holds in the place of Record and Inform where the outcome is mag-niet.
type AtNo struct {
	Record []string `json:"record,omitempty"`
	Inform []string `json:"inform,omitempty"`
}

type NoGround struct {
	Why         string `json:"why"`
	Alternative string `json:"alternative"`
	Cited
}

type Rule struct {
	ID          string   `json:"id"`
	Kind        string   `json:"kind"`
	Outcome     string   `json:"outcome"`
	AnswersTo   []string `json:"answersTo,omitempty"`
	Why         string   `json:"why,omitempty"`
	Alternative string   `json:"alternative,omitempty"`
	By          string   `json:"by,omitempty"`
	Duty        string   `json:"duty,omitempty"`
	Conditions  []string `json:"conditions,omitempty"`
	Through     []string `json:"through,omitempty"`
	Status      string   `json:"status,omitempty"`
	Doubt       string   `json:"doubt,omitempty"`
	From        string   `json:"from,omitempty"`
	Until       string   `json:"until,omitempty"`
	When        *Test    `json:"when,omitempty"`
	Cited
}

// Cited is what a statement rests on.
type Cited struct {
	Norms   []string `json:"norms,omitempty"`
	Sources []Place  `json:"sources,omitempty"`
}

type Place struct {
	Source string `json:"source"`
	Place  string `json:"place"`
}

type Fact struct {
	ID        string            `json:"id"`
	Kind      string            `json:"kind"`
	Question  string            `json:"question,omitempty"`
	Why       string            `json:"why,omitempty"`
	Dependent bool              `json:"dependent,omitempty"`
	Decision  string            `json:"decision,omitempty"`
	Values    []Value           `json:"values"`
	Rules     []Rule            `json:"rules,omitempty"`
	Norms     []string          `json:"norms,omitempty"`
	Applies   *Test             `json:"applies,omitempty"`
	Of        string            `json:"of,omitempty"`
	AskedAs   string            `json:"askedAs,omitempty"`
	By        map[string]string `json:"by,omitempty"`
}

type Value struct {
	ID    string `json:"id"`
	Label string `json:"label,omitempty"`
	Help  string `json:"help,omitempty"`
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`
}

type Stage struct {
	Kind     string   `json:"kind"`
	Decision string   `json:"decision,omitempty"`
	Fact     string   `json:"fact,omitempty"`
	Values   []string `json:"values"`
	Rules    []string `json:"rules,omitempty"`
}

type Condition struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	How  string `json:"how,omitempty"`
	Cited
}

type Norm struct {
	ID     string `json:"id"`
	Text   string `json:"text,omitempty"`
	Source string `json:"source"`
	Place  string `json:"place"`
}

type Source struct {
	ID    string `json:"id"`
	Short string `json:"short,omitempty"`
	Title string `json:"title"`
	Date  string `json:"date,omitempty"`
}

// Asking gives what a host needs to ask and to tell the outcome: the least to begin with. What explains an outcome, its
// conditions included, is not in it: a host gets Of before it shows one. p is the program of all decisions of m.
func Asking(m *model.Model, p *tables.Program) *Manifest {
	out := Of(m, p)
	out.Conditions, out.Norms, out.Sources = nil, nil, nil
	for i := range out.Decisions {
		d := &out.Decisions[i]
		d.Rules, d.NoGround, d.Record, d.Inform, d.AtNo = nil, nil, nil, nil, nil
		for o := range d.Outcomes {
			d.Outcomes[o].Conditions = nil
		}
	}
	for i := range out.Facts {
		f := &out.Facts[i]
		f.Why, f.Rules, f.Norms = "", nil, nil
	}
	for i := range out.Stages {
		out.Stages[i].Rules = nil
	}
	return out
}

// Of gives what a host of the module needs. p is the program of all decisions of m.
func Of(m *model.Model, p *tables.Program) *Manifest { return of(m, p, false) }

// Everything gives also what a host of the module has no need of: what each rule asks, and what was promised and tested.
func Everything(m *model.Model, p *tables.Program) *Manifest { return of(m, p, true) }

// JSON writes a manifest, on one line.
func (m *Manifest) JSON() []byte { return m.encode("") }

// Indented writes a manifest for people to read.
func (m *Manifest) Indented() []byte { return m.encode(" ") }

func (m *Manifest) encode(indent string) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(m); err != nil {
		panic("BUG: a manifest cannot be written: " + err.Error())
	}
	return out.Bytes()
}

func of(m *model.Model, p *tables.Program, everything bool) *Manifest {
	b := builder{everything: everything}
	sum := sha256.Sum256(wasm.Emit(p, nil))
	out := &Manifest{Version: Version, ABI: wasm.Version, Module: hex.EncodeToString(sum[:]), Language: "nl",
		Title: m.Settings.Title, URL: m.Settings.BaseURL, Date: m.Settings.Date, Norms: []Norm{}, Sources: []Source{}, Conditions: []Condition{}}
	own := map[int]bool{} // the stages that decide a decision
	for i, d := range m.Decisions {
		e := p.Decisions[i]
		if e.ID != d.ID || len(p.Decisions) != len(m.Decisions) {
			panic("BUG: the program is not of all decisions of the model")
		}
		own[e.Stages[len(e.Stages)-1]] = true
		out.Decisions = append(out.Decisions, b.decision(d, e.Stages))
	}
	for _, f := range m.Facts {
		out.Facts = append(out.Facts, b.fact(f))
	}
	for i, s := range p.Stages {
		target := p.Slots[s.Target]
		stage := Stage{Kind: tables.StageKinds[s.Kind], Values: target.Values}
		if own[i] {
			stage.Decision = target.Fact
		} else {
			stage.Fact = target.Fact
		}
		if slices.ContainsFunc(s.Rules, func(id string) bool { return id != "" }) {
			stage.Rules = s.Rules
		}
		out.Stages = append(out.Stages, stage)
	}
	for _, c := range m.Conditions {
		out.Conditions = append(out.Conditions, Condition{c.ID, plain(c.Text), plain(c.How), b.cited(c.Cited)})
	}
	if everything {
		for _, i := range m.Impossible {
			out.Impossible = append(out.Impossible, Impossible{*b.test(i.When), plain(i.Why)})
		}
	}
	for _, n := range m.Norms {
		if b.norms[n] {
			norm := Norm{ID: n.ID, Source: n.Source.ID, Place: n.Place}
			if everything {
				norm.Text = plain(n.Text)
			}
			out.Norms = append(out.Norms, norm)
		}
	}
	for _, s := range m.Sources {
		if b.sources[s] {
			out.Sources = append(out.Sources, Source{s.ID, s.Short, s.Title, s.Date})
		}
	}
	return out
}

// A builder remembers what was cited.
type builder struct {
	everything bool
	norms      map[*model.Norm]bool
	sources    map[*model.Source]bool
}

func (b *builder) decision(d *model.Decision, stages []int) Decision {
	out := Decision{ID: d.ID, Kind: decisionKinds[d.Kind], Title: d.Title, Short: d.Short, Lead: plain(d.Lead), Moments: d.Moments,
		Questions: []string{}, Stages: stages, Rules: []Rule{}, Record: plainAll(d.Record), Inform: plainAll(d.Inform)}
	if len(d.RecordAtNo)+len(d.InformAtNo) > 0 {
		out.AtNo = &AtNo{plainAll(d.RecordAtNo), plainAll(d.InformAtNo)}
	}
	for _, f := range d.Questions {
		out.Questions = append(out.Questions, f.ID)
	}
	for _, o := range d.Outcomes {
		out.Outcomes = append(out.Outcomes, Outcome{o.ID, o.Title, plain(o.Text), conditionIDs(o.Conditions)})
	}
	if d.Kind == model.Choice {
		out.InDoubt = d.Outcomes[d.InDoubt].ID
	}
	if g := d.NoGround; g != nil {
		out.NoGround = &NoGround{plain(g.Why), plain(g.Alternative), b.cited(g.Cited)}
	}
	for _, r := range d.Rules {
		rule := b.rule(r, d.Outcomes[r.Level].ID)
		model.FactsOf(r.When, func(f *model.Fact) {
			if slices.Contains(d.Uses, f) && !slices.Contains(rule.Through, f.ID) {
				rule.Through = append(rule.Through, f.ID)
			}
		})
		slices.Sort(rule.Through)
		out.Rules = append(out.Rules, rule)
	}
	if b.everything {
		b.promises(&out, d)
	}
	return out
}

func (b *builder) rule(r *model.Rule, outcome string) Rule {
	out := Rule{ID: r.ID, Kind: model.RuleKinds[r.Kind], Outcome: outcome, Why: plain(r.Why), Alternative: plain(r.Alternative), By: r.By,
		Conditions: conditionIDs(r.Conditions), Status: r.Status, Doubt: plain(r.Doubt), From: r.From, Until: r.Until, Cited: b.cited(r.Cited)}
	if r.Duty > 0 || r.EndsDuty {
		out.Duty = model.Duties[r.Duty]
	}
	for _, other := range r.AnswersTo {
		out.AnswersTo = append(out.AnswersTo, other.ID)
	}
	if b.everything {
		out.When = b.test(r.When)
	}
	return out
}

func (b *builder) fact(f *model.Fact) Fact {
	out := Fact{ID: f.ID, Kind: factKinds[f.Kind], Question: f.Question, Why: plain(f.Why), Dependent: f.HasUndefined(), Norms: b.cited(model.Cited{Norms: f.Norms}).Norms}
	if f.Uses != nil {
		out.Decision = f.Uses.ID
	}
	for _, v := range f.Values {
		out.Values = append(out.Values, Value{v.ID, plain(v.Label), plain(v.Help), v.From, v.Until})
	}
	for _, r := range f.Rules {
		rule := b.rule(r, f.ValueID(r.Level))
		out.Rules = append(out.Rules, rule)
	}
	if b.everything {
		b.lookup(&out, f)
	}
	return out
}

func (b *builder) cited(c model.Cited) Cited {
	if b.norms == nil {
		b.norms, b.sources = map[*model.Norm]bool{}, map[*model.Source]bool{}
	}
	var out Cited
	for _, n := range c.Norms {
		out.Norms = append(out.Norms, n.ID)
		b.norms[n], b.sources[n.Source] = true, true
	}
	for _, s := range c.Sources {
		out.Sources = append(out.Sources, Place{s.Source.ID, s.Place})
		b.sources[s.Source] = true
	}
	return out
}

func conditionIDs(list []*model.Condition) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.ID)
	}
	return out
}

func plain(markdown string) string { return strings.TrimSpace(prose.Plain(markdown)) }

func plainAll(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, plain(s))
	}
	return out
}
