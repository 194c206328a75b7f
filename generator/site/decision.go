package site

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"handvat/generator/model"
	"handvat/generator/tables"
	"handvat/generator/walk"
)

// A question is what the script asks: one fact with its values, by index.
type question struct {
	Index    int              `json:"index"` // in Decision.Questions, which is the order of the module's answers
	ID       string           `json:"id"`
	Question string           `json:"vraag"`
	Why      string           `json:"waarom,omitempty"`
	Fixed    bool             `json:"vast,omitempty"`
	Usual    string           `json:"gewoon,omitempty"` // the index of the usual answer
	Said     string           `json:"zelf,omitempty"`   // and who confirms it says this
	Unknown  bool             `json:"weetniet"`         // whether "Weet ik niet" stands below the answers
	Help     string           `json:"hulp,omitempty"`   // the page of the decision that helps who does not know
	Groups   []heading[value] `json:"groepen"`
}

type value struct {
	Index int    `json:"index"`
	ID    string `json:"id"`
	Label string `json:"tekst"`
	Help  string `json:"toelichting,omitempty"`
}

type dateRange struct {
	Index int    `json:"index"`
	ID    string `json:"id"`
	From  string `json:"vanaf"`
	Until string `json:"tot"`
}

type outcome struct {
	verdict
	Index int    `json:"index"`
	Text  string `json:"tekst"`
}

type condition struct {
	ID      string     `json:"id"`
	Text    string     `json:"tekst"`
	How     string     `json:"hoe,omitempty"`
	First   bool       `json:"eerst,omitempty"`
	Sources []citation `json:"bronnen,omitempty"`
}

// A rule is one rule in full, as text for people and with what the script needs to find it.
type rule struct {
	ID          string     `json:"id"`
	Rows        string     `json:"rijen"` // for each of its rows "stage.row", the stage counted among those that run
	Kind        string     `json:"soort"`
	Verdict     verdict    `json:"oordeel"`
	When        string     `json:"als"` // HTML
	Why         string     `json:"want"`
	Alternative string     `json:"watwel,omitempty"`
	By          string     `json:"door,omitempty"`
	Conditions  []link     `json:"voorwaarden,omitempty"`
	Given       string     `json:"gegeven,omitempty"` // ids of the conditions
	Via         string     `json:"via,omitempty"`     // used facts that the rule names
	Named       string     `json:"noemt,omitempty"`   // questions that the rule names, by index
	Lock        string     `json:"slot,omitempty"`    // the lock that the rule is part of: its title and question
	Duty        string     `json:"plicht,omitempty"`
	From        string     `json:"vanaf,omitempty"`
	Until       string     `json:"tot,omitempty"`
	Doubt       string     `json:"twijfel,omitempty"`
	Added       string     `json:"herkomst,omitempty"`
	Sources     []citation `json:"bronnen,omitempty"`
}

type ruleSet struct {
	ID    string `json:"id"`    // of the decision
	Fact  string `json:"feit"`  // the used fact, "" for the decision itself
	Stage int    `json:"trap"`  // of the program
	Title string `json:"titel"` // of the used decision
	Gate  string `json:"poort"` // "stage.value" of where the used fact becomes nvt, or ""
	Href  string `json:"href,omitempty"`
	Kind  string `json:"soort"`

	Outcomes []outcome     `json:"uitkomsten"`
	Groups   []ruleOutcome `json:"groepen"`
	NoGround *rule         `json:"geengrond,omitempty"`
}

// A ruleOutcome holds the rules that lead to one outcome.
type ruleOutcome struct {
	Index   int     `json:"index"`
	Verdict verdict `json:"oordeel"`
	Given   string  `json:"gegeven"` // ids of the conditions that belong to the outcome itself
	Rules   []rule  `json:"regels"`
}

func (w *writer) decisions() []page {
	out := []page{{Title: w.label("mag-dit"), Layout: "beslissingen", URL: "/mag-dit/", Description: w.label("mag-dit-lood"), Params: map[string]any{"groups": w.groups()}}}
	for _, d := range w.in.Decisions {
		out = append(out, w.decisionPages(d)...)
	}
	return out
}

// decisionPages are the page of a decision, that with its rules in full, its tree, and those that walk it without scripts.
func (w *writer) decisionPages(d Decision) []page {
	root, title := w.decisionHref(d.Decision), d.Decision.Title
	if w.edition != nil {
		title = w.edition.Region.Short + ": " + title
	}
	params := w.decision(d)
	sets, conditions := w.rules(d)
	params["rules"] = rulesHref(root)
	out := []page{
		{Title: title, Layout: "beslissing", URL: root, Description: d.Decision.Lead, Params: params},
		{Title: w.label("alle-regels") + ": " + title, Layout: "regels", URL: rulesHref(root), Description: fmt.Sprintf(w.label("regels-lood-pagina"), title), Params: map[string]any{
			"sets": sets, "conditions": conditions, "module": params["module"], "root": root, "decision": title, "short": d.Decision.Short, "trail": w.trail()}},
	}
	if tree := w.tree(d); tree != nil {
		tree["root"], tree["steps"], tree["short"], tree["trail"] = root, slices.ContainsFunc(w.walked[d.Decision], func(p walkPage) bool { return p.Today }), d.Decision.Short, w.trail()
		params["tree"] = root + "boom/"
		out = append(out, page{Title: w.label("boom") + ": " + title, Layout: "boom", URL: root + "boom/", Sitemap: map[string]any{"disable": true}, Params: tree})
	}
	for _, p := range w.walked[d.Decision] {
		params := map[string]any{"walk": p.walked, "root": root, "rules": params["rules"], "tree": params["tree"], "decision": title, "short": d.Decision.Short, "trail": w.trail()}
		title := title
		if !p.Today {
			params["interval"] = p.Title
			title += " (" + p.Title + ")"
		}
		out = append(out, page{Title: w.label("stap-voor-stap") + ": " + title, Layout: "stappen", URL: p.Href, Sitemap: unlisted, Params: params})
	}
	return out
}

// rulesHref is where all rules of a decision stand, whose own page is at root.
func rulesHref(root string) string { return root + "regels/" }

// decisionHref is where a decision stands: in a region those that the region touches have a page of their own.
func (w *writer) decisionHref(d *model.Decision) string {
	if w.edition != nil && slices.ContainsFunc(w.edition.Touched, func(t *model.Touched) bool { return t.Regional.ID == d.ID }) {
		return regionHref(w.edition.Region) + "mag-dit/" + d.ID + "/"
	}
	return "/mag-dit/" + d.ID + "/"
}

func (w *writer) decision(d Decision) map[string]any {
	m := d.Decision
	params := map[string]any{
		"id": m.ID, "kind": kindName(m.Kind), "short": m.Short, "lead": w.words(m.Lead), "outcomes": w.outcomes(m),
		"entry": entryOf(d), "situations": grouped(d.Figures.Situations), "cases": len(m.Cases), "invariants": len(m.Invariants),
		"record": w.all(slices.Concat(m.Record, m.Inform)), "recordatno": w.all(slices.Concat(m.RecordAtNo, m.InformAtNo)), "trail": w.trail(), "region": w.ofRegion(d), "regions": w.inRegions(m), "duties": m.Kind == model.Permit && m.HasDuty(),
	}
	if p := w.modules[m]; p.module != "" {
		params["module"] = "/" + p.module
		if p.outline != "" {
			params["outline"] = "/" + p.outline
		}
	}
	if m.Kind == model.Choice {
		params["indoubt"] = m.InDoubt
	}
	var questions []question
	for i, f := range m.Questions {
		if f.Kind == model.Date {
			var dates []dateRange
			for j, v := range f.Values {
				dates = append(dates, dateRange{j, v.ID, v.From, v.Until})
			}
			params["dates"], params["datefact"], params["dateindex"] = dates, i, w.today(f)
			continue
		}
		q := w.question(i, f)
		if u := slices.IndexFunc(m.Usual, func(g model.Given) bool { return g.Fact == f }); u >= 0 {
			value := m.Usual[u].Value
			q.Usual, q.Said = strconv.Itoa(value), f.Values[value].Said
		}
		questions = append(questions, q)
	}
	params["questions"], params["helps"] = questions, w.helps(m)
	if walks := w.walked[m]; len(walks) > 0 {
		// The page shows the first step; the others stand on a page of their own, which visitors with scripts never load.
		if first := walks[0]; first.Today && len(first.Steps) > 0 {
			begin := first.Steps[0]
			if begin.Unknown != "" {
				begin.Unknown = first.Href + begin.Unknown
			}
			begin.Groups = slices.Clone(begin.Groups)
			for i, g := range begin.Groups {
				begin.Groups[i].Values = slices.Clone(g.Values)
				for j, c := range g.Values {
					begin.Groups[i].Values[j].Href = first.Href + c.Href
				}
			}
			params["begin"] = begin
		}
		var others []link
		for _, p := range walks {
			if !p.Today {
				others = append(others, link{p.Href, p.Title})
			}
		}
		params["otherdates"] = others
	}
	var moments []link
	for _, p := range w.in.Model.Phases {
		if asksIn(p, m) {
			moments = append(moments, link{phaseHref(p), p.Title})
		}
	}
	for _, p := range w.in.Model.Variants {
		if asksIn(p, m) {
			moments = append(moments, link{variantHref(p), p.Title})
		}
	}
	params["phases"] = moments
	params["examples"], params["sheets"] = w.examples(d), w.sheetsOf(m)
	return params
}

func kindName(k model.Kind) string {
	if k == model.Choice {
		return "keuze"
	}
	return "mag"
}

func (w *writer) all(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, w.words(t))
	}
	return out
}

// today is the index of the interval that holds the day for which answers hold by default.
func (w *writer) today(f *model.Fact) int { return f.On(w.in.Model.Settings.Date) }

func (w *writer) question(index int, f *model.Fact) question {
	q := question{Index: index, ID: f.ID, Question: questionOf(f), Why: w.html(f.Why), Fixed: f.Fixed, Unknown: !f.HasUnknown()}
	if f.Helper != nil && w.edition == nil { // the way back from there leads to the national decision
		q.Help = decisionPage(f.Helper.Decision)
	}
	values := make([]value, f.Size())
	for i := range values {
		values[i] = value{i, model.Undefined, w.label("nvt"), ""}
		if i < len(f.Values) {
			v := f.Values[i]
			values[i] = value{i, v.ID, v.Label, w.words(v.Help)}
		}
	}
	q.Groups = headings(w.in.Model, f, values, func(v value) int { return v.Index })
	return q
}

func decisionPage(d *model.Decision) string { return "/mag-dit/" + d.ID + "/" }

// A help is a question of another decision that a decision helps with.
type help struct {
	For      string      `json:"voor"`  // "decision.fact"
	Shared   string      `json:"deelt"` // the facts that both ask
	Question string      `json:"vraag"`
	Href     string      `json:"href"`
	Values   []helpValue `json:"waarden"`
}

// A helpValue is the answer that an outcome gives; an outcome that leaves it open has none.
type helpValue struct {
	Outcome int    `json:"uitkomst"`
	ID      string `json:"id"`
	Label   string `json:"tekst"`
}

// helps lists what a decision helps with.
func (w *writer) helps(m *model.Decision) []help {
	var out []help
	for _, d := range w.in.Decisions {
		for _, f := range d.Decision.Questions {
			if f.Helper == nil || f.Helper.Decision != m {
				continue
			}
			h := help{For: d.Decision.ID + "." + f.ID, Question: questionOf(f), Href: decisionPage(d.Decision)}
			var shared []string
			for _, q := range m.Questions {
				if q.Kind != model.Date && slices.Contains(d.Decision.Questions, q) {
					shared = append(shared, q.ID)
				}
			}
			h.Shared = strings.Join(shared, " ")
			for o, v := range f.Helper.Values {
				if v != model.Open {
					h.Values = append(h.Values, helpValue{o, f.ValueID(v), f.Values[v].Label})
				}
			}
			out = append(out, h)
		}
	}
	return out
}

// questionOf is how a fact is called in text: its question, or what it stands for where it is never asked.
func questionOf(f *model.Fact) string {
	switch {
	case f.Question != "":
		return f.Question
	case f.Kind == model.Attribute_ && f.Attribute != nil:
		return f.Attribute.Question
	case f.Kind == model.Used && f.Uses != nil:
		return f.Uses.Title
	}
	return capital(strings.ReplaceAll(f.ID, "-", " "))
}

func (w *writer) verdictOf(d *model.Decision, index int) verdict {
	if index < 0 || index >= len(d.Outcomes) {
		return verdict{"keus", "?"}
	}
	if d.Kind == model.Permit {
		return verdict{levelClass[index], d.Outcomes[index].Title}
	}
	return verdict{"keus", d.Outcomes[index].Title}
}

// outcomes gives the outcomes in the order in which they are shown: for a Permit from permissive to strict.
func (w *writer) outcomes(d *model.Decision) []outcome {
	var out []outcome
	for i, o := range d.Outcomes {
		out = append(out, outcome{w.verdictOf(d, i), i, w.words(o.Text)})
	}
	if d.Kind == model.Permit {
		slices.Reverse(out)
	}
	return out
}

// rules gives every rule of a decision and of those it uses, with the conditions that they name.
func (w *writer) rules(d Decision) ([]ruleSet, []condition) {
	var sets []ruleSet
	var conditions []condition
	listed := map[*model.Condition]bool{}
	seen := map[*model.Decision]bool{}
	list := func(c *model.Condition) {
		if !listed[c] {
			listed[c] = true
			conditions = append(conditions, condition{c.ID, w.words(c.Text), w.words(c.How), c.First, w.citeNamed(c.Cited)})
		}
	}
	var add func(m *model.Decision, fact string)
	add = func(m *model.Decision, fact string) {
		if seen[m] {
			return
		}
		seen[m] = true
		set := ruleSet{ID: m.ID, Fact: fact, Stage: stageOf(d, m), Title: m.Title, Kind: kindName(m.Kind), Outcomes: w.outcomes(m), Gate: gateOf(d, fact)}
		if fact != "" {
			set.Href = rulesHref(w.decisionHref(m))
			if w.edition == nil && !slices.ContainsFunc(w.in.Decisions, func(other Decision) bool { return other.Decision == m }) {
				set.Href = ""
			}
		}
		for _, o := range set.Outcomes {
			group := ruleOutcome{Index: o.Index, Verdict: o.verdict}
			for _, r := range m.Rules {
				for _, c := range r.Conditions {
					list(c)
				}
				if r.Level == o.Index {
					group.Rules = append(group.Rules, w.rule(d, set.Stage, m, r))
				}
			}
			var given []string
			for _, c := range m.Outcomes[o.Index].Conditions {
				list(c)
				given = append(given, c.ID)
			}
			group.Given = strings.Join(given, " ")
			set.Groups = append(set.Groups, group)
		}
		if g := m.NoGround; g != nil {
			set.NoGround = &rule{ID: "geen-grond-" + m.ID, Verdict: w.verdictOf(m, model.Forbidden), Why: w.words(g.Why), Alternative: w.words(g.Alternative), Sources: w.citeNamed(g.Cited)}
		}
		sets = append(sets, set)
		for _, f := range m.Uses {
			if f.Uses != nil {
				add(f.Uses, f.ID)
			}
		}
	}
	add(d.Decision, "")
	return sets, conditions
}

// stageOf finds which of the stages that run for d decides m, by its place among them, or -1.
func stageOf(d Decision, m *model.Decision) int {
	if d.Program == nil {
		return -1
	}
	for at, i := range stagesOf(d) {
		s := d.Program.Stages[i]
		if len(s.Rules) > 0 && d.Program.Slots[s.Target].Fact == m.ID {
			return at
		}
	}
	return -1
}

// gateOf finds where a used fact becomes nvt, as "stage.value".
func gateOf(d Decision, fact string) string {
	if d.Program == nil || fact == "" {
		return ""
	}
	for at, i := range stagesOf(d) {
		s := d.Program.Stages[i]
		if slot := d.Program.Slots[s.Target]; s.Kind == tables.Gate && slot.Fact == fact {
			return fmt.Sprintf("%d.%d", at, slot.Size()-1)
		}
	}
	return ""
}

func stagesOf(d Decision) []int {
	if at := entryOf(d); at >= 0 {
		return d.Program.Decisions[at].Stages
	}
	return nil
}

// entryOf is the number by which the module knows the decision.
func entryOf(d Decision) int {
	if d.Program == nil {
		return -1
	}
	return slices.IndexFunc(d.Program.Decisions, func(e tables.Entry) bool { return e.ID == d.Decision.ID })
}

func (w *writer) rule(d Decision, stage int, m *model.Decision, r *model.Rule) rule {
	out := rule{
		ID: ruleID(m, r), Kind: model.RuleKinds[r.Kind], Verdict: w.verdictOf(m, r.Level), Why: w.words(r.Why), Alternative: w.words(r.Alternative),
		By: r.By, From: r.From, Until: r.Until, Sources: w.citeNamed(r.Cited), Duty: dutyName(r.Duty),
	}
	if at := slices.IndexFunc(m.Locks, func(l *model.Lock) bool { return slices.Contains(l.Rules, r) }); at >= 0 {
		out.Lock = m.Locks[at].Title + ": " + m.Locks[at].Question
	}
	if stage >= 0 {
		var rows []string
		for i, id := range d.Program.Stages[stagesOf(d)[stage]].Rules {
			if id == r.ID {
				rows = append(rows, fmt.Sprintf("%d.%d", stage, i))
			}
		}
		out.Rows, out.Named = strings.Join(rows, " "), strings.Join(namedBy(r, d.Decision), " ")
	}
	if r.Kind == model.Requirement && r.Requires != nil {
		out.When = w.conditionBlock("als", r.Scope) + w.conditionBlock("eist", r.Requires)
	} else {
		out.When = w.conditionBlock("als", r.When)
	}
	var ids, via []string
	for _, c := range r.Conditions {
		ids = append(ids, c.ID)
		out.Conditions = append(out.Conditions, link{"#voorwaarde-" + c.ID, w.words(c.Text)})
	}
	for _, f := range usedBy(r) {
		via = append(via, f.ID)
	}
	out.Given, out.Via = strings.Join(ids, " "), strings.Join(via, " ")
	switch r.Status {
	case "te-toetsen":
		out.Doubt = w.label("te-toetsen")
		if r.Doubt != "" {
			out.Doubt = w.words(r.Doubt)
		}
	case "afgeleid", "toegevoegd":
		out.Added = r.Status
	}
	if r.Status != "te-toetsen" && r.Doubt != "" {
		out.Doubt = w.words(r.Doubt)
	}
	return out
}

func dutyName(duty int) string {
	if duty <= 0 {
		return ""
	}
	return model.Duties[duty]
}

func ruleID(d *model.Decision, r *model.Rule) string { return "regel-" + d.ID + "-" + r.ID }

// namedBy gives the questions of a decision that a rule names, by index; of an attribute those that give it.
func namedBy(r *model.Rule, d *model.Decision) []string {
	named := map[*model.Fact]bool{}
	if r.When != nil {
		model.FactsOf(r.When, func(f *model.Fact) {
			named[f] = true
			if f.Kind == model.Attribute_ {
				named[f.Of], named[f.AskedAs] = true, true
			}
		})
	}
	var out []string
	for i, f := range d.Questions {
		if named[f] && f.Kind != model.Date {
			out = append(out, strconv.Itoa(i))
		}
	}
	return out
}

// usedBy gives the used decisions that a rule names.
func usedBy(r *model.Rule) []*model.Fact {
	var out []*model.Fact
	add := func(f *model.Fact) {
		if f != nil && f.Kind == model.Used && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	if r.When != nil {
		model.FactsOf(r.When, add)
	}
	add(r.Through)
	return out
}

// An example is a case: a situation with its outcome, as a link that fills in the answers.
type example struct {
	Name     string  `json:"naam"`
	Verdict  verdict `json:"oordeel"`
	Fragment string  `json:"fragment"`
}

// maxExamples is how many examples a page shows: the first cases, of which the author decides the order.
const maxExamples = 12

// examples are cases as links that give their answers, and those that follow from them. A case that leaves a question open
// is none: a visitor expects to see its outcome.
func (w *writer) examples(d Decision) []example {
	var out []example
	for _, c := range d.Decision.Cases {
		if len(out) == maxExamples {
			break
		}
		answers, end := answersOf(d.Walk, c, cmp.Or(c.Date, w.in.Model.Settings.Date))
		if c.Name == "" || end == nil {
			continue
		}
		var parts []string
		if c.Date != "" {
			parts = append(parts, "datum="+c.Date)
		}
		for _, f := range d.Decision.Questions {
			if v, given := answers[f]; given && f.ValueID(v) != model.Undefined {
				parts = append(parts, f.ID+"="+f.ValueID(v))
			}
		}
		if len(parts) > 0 {
			out = append(out, example{c.Name, w.verdictOf(d.Decision, c.Expect.Outcome), "#" + strings.Join(parts, "&")})
		}
	}
	return out
}

// answersOf gives what is asked on the way of a case on a day, the answers it gives, and of each other question the only one
// that can go with them, and its end; nil where a question can be answered in several ways, or where nothing is known of the way.
func answersOf(w *walk.Walk, c *model.Case, day string) (map[*model.Fact]int, *walk.Leaf) {
	if w == nil {
		return nil, nil
	}
	open := map[int]bool{}
	var ends func(n int) bool // whether a way that goes with the case leads on from a node
	ways := func(n int) []int {
		given, known := c.Answers[w.Nodes[n].Fact]
		var out []int
		for v, next := range w.Nodes[n].Next {
			if next != walk.None && (!known || v == given) && ends(next) {
				out = append(out, v)
			}
		}
		return out
	}
	ends = func(n int) bool {
		found, seen := open[n]
		if !seen {
			found = w.Nodes[n].Leaf != nil || len(ways(n)) > 0
			open[n] = found
		}
		return found
	}
	out := map[*model.Fact]int{}
	n := w.On(day)
	for w.Nodes[n].Leaf == nil {
		values := ways(n)
		if len(values) != 1 {
			return out, nil
		}
		node := w.Nodes[n]
		if node.Asks() {
			out[node.Fact] = values[0]
		}
		n = node.Next[values[0]]
	}
	return out, w.Nodes[n].Leaf
}
