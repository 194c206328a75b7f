// Package syntax reads the files in decisiontrees/ into plain structs, without asking what anything means.
//
// In: source files. Out: a File with facts, attributes, conditions, decisions and cases as the authors wrote them, each
// with its place; or diagnostics about YAML and keys. The language is described in decisiontrees/README.md.
package syntax

import (
	"path"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// Folder is where the decisions stand.
const Folder = "decisiontrees"

// File is everything in decisiontrees/, and the rules of regions, in the order of the files.
type File struct {
	Facts      []*Fact
	Impossible []*Impossible
	Attributes []*Attribute
	Conditions []*Condition
	Decisions  []*Decision
	Cases      []*CaseFile
	Regions    []*Region
}

// A Fact as written.
type Fact struct {
	ID       yamldoc.Text
	Question yamldoc.Text
	Why      yamldoc.Text
	Values   []Value
	From     yamldoc.Text // waarden-uit
	Gate     *Cond        // alleen-als
	Follows  []*Rule      // volgt
	Else     yamldoc.Text // anders
	Decision yamldoc.Text // beslissing
	Fixed    bool         // ligt-vast
	Assume   yamldoc.Text // aanname
	Help     *Helper      // hulp
	Cited
}

// A Helper as written: the decision that helps somebody who does not know an answer.
type Helper struct {
	Decision yamldoc.Text
	Gives    []yamldoc.Pair // per outcome the answer; nil where the names are the same
}

// A Value as written.
type Value struct {
	ID, Label, Help, Said yamldoc.Text
	Unknown               bool // weet-niet
}

// Impossible is a combination that does not occur.
type Impossible struct {
	When *Cond
	Why  yamldoc.Text
	Span source.Span
}

// An Attribute as written.
type Attribute struct {
	ID, Of, Question, Why yamldoc.Text
	Values                []Value
	Assume                yamldoc.Text
	Help                  *Helper
	Headings              bool // kopjes
}

// A Condition is an entry of voorwaarden.
type Condition struct {
	ID, Text, How yamldoc.Text
	First         bool // eerst
	Cited
}

// Cited is what norm and bron say.
type Cited struct {
	Norms   []yamldoc.Text
	Sources *yamldoc.Node
}

// Empty tells whether nothing is cited.
func (c Cited) Empty() bool { return len(c.Norms) == 0 && c.Sources == nil }

// A Decision as written.
type Decision struct {
	ID, Title, Short, Lead, Kind yamldoc.Text
	Span                         source.Span
	Also                         []yamldoc.Text
	Moments                      []yamldoc.Text
	Questions                    []yamldoc.Text
	Outcomes                     []*Outcome
	InDoubt                      yamldoc.Text
	NoGround                     *NoGround
	Rules                        []*Rule
	Locks                        []*Lock
	Tree                         *Branch
	Invariants                   []*Invariant
	NeverStricter                []Claim
	Usual                        []Claim
	Record, Inform               []yamldoc.Text
	AtNo                         *AtNo
	Merged                       bool // with what a region adds; national questions may do nothing then
}

// An Outcome as written.
type Outcome struct {
	ID, Title, Text yamldoc.Text
	Conditions      []yamldoc.Text
}

// A Lock as written: either requirements of the decision, or a fact that is the outcome of another decision.
type Lock struct {
	ID, Title, Question yamldoc.Text
	Requirements        []yamldoc.Text
	Fact                yamldoc.Text
}

// NoGround as written.
type NoGround struct {
	Why, Alternative yamldoc.Text
	Span             source.Span
	Cited
}

// A Rule as written: of any kind, also a leaf of a tree and a rule of a derived fact.
type Rule struct {
	Kind        string // grond, eis, grens, uitzondering, regel
	Span        source.Span
	ID          yamldoc.Text
	When        *Cond
	Requires    *Cond
	Then        yamldoc.Text
	AnswersTo   []yamldoc.Text
	Conditions  []yamldoc.Text
	Alternative yamldoc.Text
	By          yamldoc.Text
	Duty        yamldoc.Text
	Why         yamldoc.Text
	Status      yamldoc.Text
	Doubt       yamldoc.Text
	From, Until yamldoc.Text
	Cited
}

// A Branch of a written-out tree: either asks (Question, Branches) or ends (Leaf).
type Branch struct {
	Span     source.Span
	Values   []yamldoc.Text
	Question yamldoc.Text
	Branches []*Branch
	Leaf     *Rule
}

// An Invariant as written.
type Invariant struct {
	Always    bool
	Span      source.Span
	ID        yamldoc.Text
	ThumbRule yamldoc.Text
	When      *Cond
	Never     []yamldoc.Text
	Only      []yamldoc.Text // also what an ooit demands
	Why       yamldoc.Text
}

// AtNo is what to write down, and who informs, where the outcome is mag-niet.
type AtNo struct {
	Span           source.Span
	Record, Inform []yamldoc.Text
}

// A Claim is one line of nooit-strenger-door: a fact and the values it is claimed for.
type Claim struct {
	Fact   yamldoc.Text
	Values []yamldoc.Text
}

// A CaseFile holds the cases of a decision.
type CaseFile struct {
	Decision yamldoc.Text
	Cases    []*Case
}

// A Case as written.
type Case struct {
	Span                           source.Span
	ID, Name, Register, Date, Note yamldoc.Text
	Situation                      yamldoc.Text
	Facts                          []yamldoc.Pair
	Outcome, Duty                  yamldoc.Text
	Rules, NotRules, Conditions    []yamldoc.Text
	Norms                          []yamldoc.Text
	OnlyHere                       bool // alleen-hier
}

// Parse reads every file of the tree that lies in decisiontrees/.
func Parse(tree *source.Tree, list *diag.List) *File {
	p := &parser{list: list, file: &File{}}
	for _, file := range tree.Files {
		if region, ok := inRegion(file.Path); ok {
			if node := yamldoc.Parse(file, list); node != nil {
				p.region(region, node)
			}
			continue
		}
		if !strings.HasPrefix(file.Path, Folder+"/") || !strings.HasSuffix(file.Path, ".yaml") {
			continue
		}
		if node := yamldoc.Parse(file, list); node != nil {
			p.parseFile(file, node)
		}
	}
	return p.file
}

type parser struct {
	list *diag.List
	file *File
}

func (p *parser) parseFile(file *source.File, node *yamldoc.Node) {
	f := yamldoc.Open(node, "dit bestand", p.list)
	for _, n := range f.List("feiten") {
		p.file.Facts = append(p.file.Facts, p.fact(n))
	}
	for _, n := range f.List("onmogelijk") {
		o := yamldoc.Open(n, "een onmogelijke combinatie", p.list)
		p.file.Impossible = append(p.file.Impossible, &Impossible{When: p.cond(o, "als"), Why: o.Required("want"), Span: n.Span})
		o.Close()
	}
	for _, n := range f.List("kenmerken") {
		a := yamldoc.Open(n, "een kenmerk", p.list)
		p.file.Attributes = append(p.file.Attributes, &Attribute{ID: a.Required("kenmerk"), Of: a.Required("van"),
			Question: a.Required("vraag"), Why: a.Required("uitleg"), Values: p.values(a), Assume: a.Text("aanname"), Help: p.helper(a), Headings: a.Bool("kopjes")})
		a.Close()
	}
	for _, n := range f.List("voorwaarden") {
		c := yamldoc.Open(n, "een voorwaarde", p.list)
		p.file.Conditions = append(p.file.Conditions, &Condition{ID: c.Required("voorwaarde"), Text: c.Required("tekst"),
			How: c.Text("toelichting"), First: c.Bool("eerst"), Cited: cited(c)})
		c.Close()
	}
	switch {
	case f.Has("beslissing"):
		p.decision(f, strings.TrimSuffix(path.Base(file.Path), ".yaml"))
	case f.Has("bij"):
		p.cases(f)
	}
	f.Close()
}

func cited(f *yamldoc.Fields) Cited {
	return Cited{Norms: f.Texts("norm"), Sources: f.Node("bron")}
}

func (p *parser) values(f *yamldoc.Fields) []Value {
	var out []Value
	for _, n := range f.List("waarden") {
		v := yamldoc.Open(n, "een waarde", p.list)
		out = append(out, Value{ID: v.Required("waarde"), Label: v.Required("tekst"), Help: v.Text("toelichting"), Said: v.Text("zelf"), Unknown: v.Bool("weet-niet")})
		v.Close()
	}
	return out
}

func (p *parser) fact(n *yamldoc.Node) *Fact {
	f := yamldoc.Open(n, "een feit", p.list)
	fact := &Fact{ID: f.Required("feit"), Question: f.Text("vraag"), Why: f.Text("uitleg"), Values: p.values(f),
		From: f.Text("waarden-uit"), Gate: p.cond(f, "alleen-als"), Else: f.Text("anders"), Decision: f.Text("beslissing"), Fixed: f.Bool("ligt-vast"),
		Assume: f.Text("aanname"), Help: p.helper(f), Cited: cited(f)}
	for _, n := range f.List("volgt") {
		r := yamldoc.Open(n, "een regel van een afgeleid feit", p.list)
		rule := p.rule(r, "regel")
		rule.Then = r.Required("dan")
		rule.When = p.requiredCond(r, "als")
		fact.Follows = append(fact.Follows, rule)
		r.Close()
	}
	f.Close()
	return fact
}

func (p *parser) helper(f *yamldoc.Fields) *Helper {
	n := f.Node("hulp")
	switch {
	case n == nil:
		return nil
	case n.Kind == yamldoc.Scalar:
		return &Helper{Decision: f.Text("hulp")}
	}
	h := yamldoc.Open(n, "hulp", p.list)
	defer h.Close()
	out := &Helper{Decision: h.Required("beslissing")}
	if gives := h.Node("geeft"); gives != nil {
		yamldoc.Open(gives, "geeft", p.list)
		out.Gives = gives.Pairs
	}
	return out
}

// rule reads what every kind of rule has.
func (p *parser) rule(f *yamldoc.Fields, kind string) *Rule {
	r := &Rule{Kind: kind, Span: f.Span(), ID: f.Text("id"), Why: f.Text("want"), Status: f.Text("status"),
		Doubt: f.Text("twijfel"), Cited: cited(f)}
	if n := f.Node("geldig"); n != nil {
		g := yamldoc.Open(n, "geldig", p.list)
		r.From, r.Until = g.Text("vanaf"), g.Text("tot")
		g.Close()
	}
	return r
}

var ruleLists = []struct{ key, kind string }{
	{"gronden", "grond"}, {"eisen", "eis"}, {"grenzen", "grens"}, {"uitzonderingen", "uitzondering"}, {"regels", "regel"},
}

func (p *parser) ruleLists(f *yamldoc.Fields) []*Rule {
	var out []*Rule
	for _, list := range ruleLists {
		for _, n := range f.List(list.key) {
			out = append(out, p.decisionRule(n, list.kind))
		}
	}
	return out
}

func (p *parser) decision(f *yamldoc.Fields, name string) {
	d := &Decision{Span: f.Span(), ID: f.Required("beslissing"), Title: f.Required("titel"), Short: f.Required("kort"),
		Lead: f.Text("lood"), Kind: f.Required("soort"), Also: f.Texts("ook"), Moments: f.Texts("momenten"), Questions: f.Texts("vragen"),
		InDoubt: f.Text("bij-twijfel"), Record: f.Texts("vastleggen"), Inform: f.Texts("informeren")}
	if !d.ID.Empty() && d.ID.Value != name {
		p.list.Addf(d.ID.Span, "andere-naam", `de beslissing "%s" staat in een bestand met de naam "%s.yaml"; maak die twee gelijk`, d.ID.Value, name)
	}
	if !f.Has("vragen") {
		f.Missing("vragen")
	}
	p.outcomes(f, d)
	if n := f.Node("geen-grond"); n != nil {
		g := yamldoc.Open(n, "geen-grond", p.list)
		d.NoGround = &NoGround{Span: n.Span, Why: g.Required("want"), Alternative: g.Required("wat-wel"), Cited: cited(g)}
		g.Close()
	}
	if n := f.Node("bij-nee"); n != nil {
		a := yamldoc.Open(n, "bij-nee", p.list)
		d.AtNo = &AtNo{Span: n.Span, Record: a.Texts("vastleggen"), Inform: a.Texts("informeren")}
		a.Close()
	}
	d.Rules = p.ruleLists(f)
	for _, n := range f.List("sloten") {
		l := yamldoc.Open(n, "een slot", p.list)
		d.Locks = append(d.Locks, &Lock{ID: l.Required("slot"), Title: l.Required("titel"), Question: l.Required("vraag"),
			Requirements: l.Texts("eisen"), Fact: l.Text("feit")})
		if lock := d.Locks[len(d.Locks)-1]; len(lock.Requirements) > 0 == !lock.Fact.Empty() {
			p.list.Addf(n.Span, "slot-zonder-eis", `een slot heeft één van beide nodig: "eisen:" of "feit:", zoals {slot: noodzaak, titel: Nodig, vraag: Is het nodig?, eisen: [het-kan-niet-zonder]}`)
		}
		l.Close()
	}
	if n := f.Node("boom"); n != nil {
		b := yamldoc.Open(n, "een boom", p.list)
		d.Tree = p.branch(b, 0)
		b.Close()
	}
	for _, key := range []string{"altijd", "ooit"} {
		for _, n := range f.List(key) {
			d.Invariants = append(d.Invariants, p.invariant(n, key == "altijd"))
		}
	}
	d.NeverStricter, d.Usual = p.claims(f, "nooit-strenger-door"), p.claims(f, "gewoonlijk")
	p.file.Decisions = append(p.file.Decisions, d)
}

// claims reads a map from facts to values.
func (p *parser) claims(f *yamldoc.Fields, key string) (out []Claim) {
	n := f.Node(key)
	if n == nil {
		return nil
	}
	yamldoc.Open(n, key, p.list)
	for _, pair := range n.Pairs {
		out = append(out, Claim{Fact: yamldoc.Text{Value: pair.Key, Span: pair.KeySpan}, Values: yamldoc.Texts(pair.Value, pair.Key, p.list)})
	}
	return out
}

// outcomes reads either a list (soort: keuze) or a map from level to words (soort: mag).
func (p *parser) outcomes(f *yamldoc.Fields, d *Decision) {
	n := f.Node("uitkomsten")
	if n == nil {
		f.Missing("uitkomsten")
		return
	}
	read := func(n *yamldoc.Node, id yamldoc.Text) {
		o := yamldoc.Open(n, "een uitkomst", p.list)
		if id.Empty() {
			id = o.Required("uitkomst")
		}
		d.Outcomes = append(d.Outcomes, &Outcome{ID: id, Title: o.Required("titel"), Text: o.Required("tekst"), Conditions: o.Texts("voorwaarden")})
		o.Close()
	}
	for _, item := range n.Items {
		read(item, yamldoc.Text{})
	}
	for _, pair := range n.Pairs {
		read(pair.Value, yamldoc.Text{Value: pair.Key, Span: pair.KeySpan})
	}
}

func (p *parser) decisionRule(n *yamldoc.Node, kind string) *Rule {
	f := yamldoc.Open(n, "een "+kind, p.list)
	r := p.rule(f, kind)
	r.ID = f.Required("id")
	if r.Why.Empty() {
		f.Missing("want")
	}
	r.Conditions, r.Alternative, r.By, r.Duty = f.Texts("voorwaarden"), f.Text("wat-wel"), f.Text("door"), f.Text("plicht")
	switch kind {
	case "eis":
		r.When, r.Requires, r.Then = p.cond(f, "als"), p.requiredCond(f, "eist"), f.Required("anders")
	case "uitzondering":
		r.When, r.Then, r.AnswersTo = p.requiredCond(f, "als"), f.Required("dan"), f.Texts("op")
		if len(r.AnswersTo) == 0 {
			f.Missing("op")
		}
	default:
		r.When, r.Then = p.requiredCond(f, "als"), f.Required("dan")
	}
	f.Close()
	return r
}

func (p *parser) branch(f *yamldoc.Fields, depth int) *Branch {
	b := &Branch{Span: f.Span(), Question: f.Text("vraag")}
	if b.Question.Empty() {
		b.Leaf = p.rule(f, "regel")
		b.Leaf.ID, b.Leaf.Then = f.Required("id"), f.Required("dan")
		if b.Leaf.Why.Empty() {
			f.Missing("want")
		}
		b.Leaf.Conditions = f.Texts("voorwaarden")
		return b
	}
	for _, n := range f.List("takken") {
		t := yamldoc.Open(n, "een tak", p.list)
		values := t.Texts("bij")
		if len(values) == 0 {
			t.Missing("bij")
		}
		child := p.branch(t, depth+1)
		child.Values = values
		b.Branches = append(b.Branches, child)
		t.Close()
	}
	if !f.Has("takken") {
		f.Missing("takken")
	}
	return b
}

func (p *parser) invariant(n *yamldoc.Node, always bool) *Invariant {
	f := yamldoc.Open(n, "een wet", p.list)
	i := &Invariant{Always: always, Span: n.Span, ID: f.Required("id"), ThumbRule: f.Text("vuistregel"), When: p.cond(f, "als"), Why: f.Text("want")}
	then := f.Node("dan")
	switch {
	case then == nil:
		f.Missing("dan")
	case always && then.Kind == yamldoc.Map:
		t := yamldoc.Open(then, "dan", p.list)
		i.Never, i.Only = t.Texts("nooit"), t.Texts("alleen")
		if (len(i.Never) == 0) == (len(i.Only) == 0) {
			p.list.Addf(then.Span, "wet-zonder-dan", `achter "dan" hoort {nooit: [...]} of {alleen: [...]}`)
		}
		t.Close()
	case always:
		p.list.Addf(then.Span, "wet-zonder-dan", `achter "dan" hoort {nooit: [...]} of {alleen: [...]}`)
	default:
		i.Only = yamldoc.Texts(then, "dan", p.list)
	}
	f.Close()
	return i
}

func (p *parser) cases(f *yamldoc.Fields) {
	file := &CaseFile{Decision: f.Required("bij")}
	for _, n := range f.List("gevallen") {
		file.Cases = append(file.Cases, p.oneCase(n))
	}
	p.file.Cases = append(p.file.Cases, file)
}

func (p *parser) oneCase(n *yamldoc.Node) *Case {
	c := yamldoc.Open(n, "een geval", p.list)
	out := &Case{Span: n.Span, ID: c.Required("geval"), Name: c.Required("naam"), Register: c.Text("register"), Date: c.Text("datum"),
		Note: c.Text("toelichting"), Situation: c.Text("situatie"), Norms: c.Texts("norm"), OnlyHere: c.Bool("alleen-hier")}
	if facts := c.Node("feiten"); facts != nil {
		yamldoc.Open(facts, "feiten", p.list)
		out.Facts = facts.Pairs
	}
	p.expectation(c, out)
	c.Close()
	return out
}

func (p *parser) expectation(c *yamldoc.Fields, out *Case) {
	n := c.Node("verwacht")
	if n == nil {
		c.Missing("verwacht")
		return
	}
	if n.Kind == yamldoc.Scalar {
		out.Outcome = yamldoc.Text{Value: strings.TrimSpace(n.Text), Span: n.Span}
		return
	}
	e := yamldoc.Open(n, "verwacht", p.list)
	out.Outcome, out.Duty, out.Conditions = e.Required("uitkomst"), e.Text("plicht"), e.Texts("voorwaarden")
	out.Rules, out.NotRules = e.Texts("regels"), e.Texts("regels-niet")
	e.Close()
}
