package cli

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/verdicts"
)

func tableFlags(flags *flag.FlagSet, in *invocation) {
	regionFlags(flags, in)
	flags.StringVar(&in.tableRows, "rijen", "", "het feit van de rijen")
	flags.StringVar(&in.tableColumns, "kolommen", "", "het feit van de kolommen")
	flags.Func("aanname", "een andere aanname dan die van de schrijver, als feit=waarde; mag vaker. Met feit=weet-niet neemt de tabel niets aan", func(s string) error {
		in.assume = append(in.assume, s)
		return nil
	})
}

// tableWords is what tabel tells.
type tableWords struct {
	Decision string        `json:"beslissing"`
	Region   string        `json:"regio,omitempty"`
	Title    string        `json:"titel"`
	Rows     string        `json:"rijen"`
	Columns  string        `json:"kolommen"`
	Given    []answerWords `json:"gegeven,omitempty"`
	Assumed  []answerWords `json:"aangenomen,omitempty"`
	Open     []string      `json:"open,omitempty"`
	Cells    [][]cellWords `json:"cellen"`
}

type cellWords struct {
	Row        string         `json:"rij"`
	Column     string         `json:"kolom"`
	Reading    string         `json:"lezing"`
	Says       string         `json:"zegt"`
	Outcomes   []string       `json:"uitkomst,omitempty"` // from strict to permissive
	Duties     []string       `json:"plicht,omitempty"`
	Whatever   []string       `json:"zonder-aannames,omitempty"`
	Decided    bool           `json:"aanname-beslist"`
	Left       []string       `json:"aanname-vervalt,omitempty"` // what is assumed of these cannot go with the cell
	Rests      []restingWords `json:"berust-op,omitempty"`
	Opens      []restingWords `json:"opent-bij,omitempty"`
	Way        string         `json:"waarvan,omitempty"`
	Locks      []closed       `json:"dichte-sloten,omitempty"`
	Rules      []string       `json:"regels,omitempty"`
	Conditions []string       `json:"voorwaarden,omitempty"`
	By         []string       `json:"door,omitempty"`
	Basis      string         `json:"steunt-op,omitempty"`
	Exact      bool           `json:"staat-vast"` // no other rule can count
}

type restingWords struct {
	settingWords
	Assumed bool `json:"aangenomen"`
}

func runTable(in *invocation) error {
	if len(in.args) == 0 {
		return usageError{"noem een beslissing"}
	}
	all, err := in.checkedVersion()
	if err != nil {
		return err
	}
	p, m, err := all.proof(in.args[0])
	if err != nil {
		return err
	}
	d := p.Decision
	if d.Kind != model.Permit {
		return usageError{fmt.Sprintf("een tabel kan alleen van een beslissing van de soort mag, en %q is een keuze", d.ID)}
	}
	given, unknown, err := readAnswers(d, m.Settings.Date, in.args[1:])
	if err != nil {
		return err
	}
	q := verdicts.Query{Given: verdicts.Answers(given), Assumed: verdicts.Assumptions(d)}
	if q.Rows, err = axis(d, "rijen", in.tableRows); err != nil {
		return err
	}
	if q.Columns, err = axis(d, "kolommen", in.tableColumns); err != nil {
		return err
	}
	if q.Rows == q.Columns {
		return usageError{fmt.Sprintf("zet %q op één as, en iets anders op de andere", q.Rows.ID)}
	}
	if err := in.assumeOtherwise(d, q.Assumed); err != nil {
		return err
	}
	for _, f := range unknown {
		delete(q.Assumed, f)
	}
	t := said(d, explain.New(p.Diagram), verdicts.New(m, d).Table(q))
	t.Region = in.region
	if in.json {
		return in.writeJSON(t)
	}
	in.sayRegion(all.region)
	t.print(in.stdout)
	return nil
}

// axis finds the question that a flag names.
func axis(d *model.Decision, name, id string) (*model.Fact, error) {
	var ids []string
	for _, f := range d.Questions {
		if f.ID == id {
			return f, nil
		}
		ids = append(ids, f.ID)
	}
	if id == "" {
		return nil, usageError{fmt.Sprintf("noem met --%s een vraag van %q: %s", name, d.ID, strings.Join(ids, ", "))}
	}
	return nil, usageError{fmt.Sprintf("%q is geen vraag van %q%s", id, d.ID, diag.Suggest(id, ids))}
}

func (in *invocation) assumeOtherwise(d *model.Decision, assumed verdicts.Answers) error {
	for _, arg := range in.assume {
		name, value, ok := strings.Cut(arg, "=")
		if !ok {
			return usageError{fmt.Sprintf("%q is geen feit=waarde", arg)}
		}
		f, err := axis(d, "aanname", name)
		if err != nil {
			return err
		}
		v, err := readAnswer(f, value)
		if err != nil {
			return err
		}
		delete(assumed, f)
		if v != model.Open {
			assumed[f] = v
		}
	}
	return nil
}

// said puts a table in words.
func said(d *model.Decision, e *explain.Explainer, t *verdicts.Table) tableWords {
	out := tableWords{Decision: d.ID, Title: d.Title, Rows: t.Rows.ID, Columns: t.Columns.ID}
	for _, f := range d.Questions {
		v, given := t.Given[f]
		assumed, isAssumed := t.Assumed[f]
		switch {
		case f == t.Rows || f == t.Columns || f.Kind == model.Date && len(f.Values) == 1:
		case given:
			out.Given = append(out.Given, words(f, v))
		case isAssumed:
			out.Assumed = append(out.Assumed, words(f, assumed))
		default:
			out.Open = append(out.Open, f.ID)
		}
	}
	for row, cells := range t.Cells {
		var line []cellWords
		for column, c := range cells {
			answers := explain.Answers{}
			maps.Copy(answers, t.Assumed)
			maps.Copy(answers, t.Given)
			answers[t.Rows], answers[t.Columns] = row, column
			for _, f := range c.Left {
				delete(answers, f)
			}
			line = append(line, cellSaid(d, e, answers, t.Rows.ValueID(row), t.Columns.ValueID(column), c))
		}
		out.Cells = append(out.Cells, line)
	}
	return out
}

func cellSaid(d *model.Decision, e *explain.Explainer, answers explain.Answers, row, column string, c verdicts.Cell) cellWords {
	w := cellWords{Row: row, Column: column, Reading: verdicts.Readings[c.Reading], Exact: c.Exact}
	if c.Reading == verdicts.Impossible {
		w.Says = "komt niet voor"
		return w
	}
	w.Outcomes, w.Whatever = model.Levels[c.Now.Lo:c.Now.Hi+1], model.Levels[c.Whatever.Lo:c.Whatever.Hi+1]
	w.Duties = model.Duties[c.Now.DutyLo : c.Now.DutyHi+1]
	w.Decided = c.Decided
	for _, f := range c.Left {
		w.Left = append(w.Left, f.ID)
	}
	w.Rests, w.Opens = resting(c.Rests), resting(c.Opens)
	w.Locks, w.By = closedLocks(d, c.Answer, c.Exact), c.By
	for _, r := range c.Answer.Counting {
		w.Rules = append(w.Rules, r.ID)
	}
	for _, condition := range c.Answer.ConditionList(d) {
		w.Conditions = append(w.Conditions, condition.ID)
	}
	if len(c.Opens) > 0 {
		w.Way = verdicts.Ways[c.Way]
	}
	if c.Exact {
		w.Basis = basis(e, d, c.Answer, answers)
	}
	switch c.Reading {
	case verdicts.Never:
		w.Says = "nooit"
		if len(w.Locks) > 0 {
			w.Says += "; dicht: " + w.locks()
		}
	case verdicts.OnlyIf:
		w.Says = w.onlyIf(c)
	case verdicts.Must:
		w.Reading, w.Says = model.Duties[c.Now.DutyLo], must(c.Now.DutyLo)
		if more := w.onlyIf(c); more != "" {
			w.Says += "; " + more
		}
	default:
		w.Says = "mag"
	}
	if len(w.Left) > 0 {
		w.Says += "; wat is aangenomen over " + joined(w.Left, "en") + " telt hier niet"
	}
	return w
}

// must says a duty.
func must(duty int) string {
	if duty == 1 {
		return "moet, tenzij er zwaarwegende redenen tegen zijn"
	}
	return "moet"
}

func resting(list []verdicts.Setting) []restingWords {
	var out []restingWords
	for _, s := range list {
		out = append(out, restingWords{settingWords{s.Fact.ID, valueIDs(s.Fact, s.Values)}, s.Assumed})
	}
	return out
}

func (w *cellWords) locks() string {
	var titles []string
	for _, l := range w.Locks {
		titles = append(titles, l.Title)
	}
	return strings.Join(titles, ", ")
}

// onlyIf says what it takes.
func (w *cellWords) onlyIf(c verdicts.Cell) string {
	pairs := func(list []restingWords) []string {
		var out []string
		for _, r := range list {
			out = append(out, r.Fact+"="+or(r.Values))
		}
		return out
	}
	if len(w.Opens) > 0 {
		says := "bij deze aannames niet"
		if len(w.Locks) > 0 {
			says += ", want dicht: " + w.locks()
		}
		switch c.Way {
		case verdicts.Any:
			return says + "; alleen als " + or(pairs(w.Opens))
		case verdicts.All:
			return says + "; alleen als " + joined(pairs(w.Opens), "en")
		}
		var facts []string
		for _, r := range w.Opens {
			facts = append(facts, r.Fact)
		}
		return says + "; alleen als minstens een hiervan anders is: " + strings.Join(facts, ", ")
	}
	var needs, depends, differs, parts []string
	for i, s := range c.Rests {
		switch all := s.Values == s.Of; {
		case all && s.Assumed:
			differs = append(differs, s.Fact.ID)
		case all:
			depends = append(depends, s.Fact.ID)
		default:
			needs = append(needs, pairs(w.Rests[i:i+1])...)
		}
	}
	if len(w.Conditions) > 0 {
		needs = append(needs, "je doet: "+strings.Join(w.Conditions, ", "))
	}
	if len(needs) > 0 {
		parts = append(parts, "alleen als "+strings.Join(needs, "; "))
	}
	if len(w.By) > 0 {
		parts = append(parts, or(w.By)+" beslist; tot dan niet")
	}
	if len(depends) > 0 {
		parts = append(parts, "hangt nog af van "+joined(depends, "en"))
	}
	if len(differs) > 0 {
		parts = append(parts, "wat je moet doen hangt ook af van "+joined(differs, "en"))
	}
	if c.Now.DutyLo == 0 && c.Then.DutyLo > 0 {
		parts = append(parts, "dan geldt: "+must(c.Then.DutyLo))
	}
	if len(parts) == 0 && c.Reading == verdicts.OnlyIf {
		return model.Levels[c.Then.Lo]
	}
	return strings.Join(parts, "; ")
}

func (t *tableWords) print(w io.Writer) {
	fmt.Fprintf(w, "%s (%s)\n", t.Title, t.Decision)
	for _, line := range []struct {
		name string
		list []answerWords
	}{{"Gegeven", t.Given}, {"Aangenomen", t.Assumed}} {
		var pairs []string
		for _, a := range line.list {
			pairs = append(pairs, a.Fact+"="+a.Value)
		}
		if len(pairs) > 0 {
			fmt.Fprintf(w, "%s: %s\n", line.name, strings.Join(pairs, ", "))
		}
	}
	if len(t.Open) > 0 {
		fmt.Fprintf(w, "Open: %s\n", strings.Join(t.Open, ", "))
	}
	width := 0
	for _, c := range slices.Concat(t.Cells...) {
		width = max(width, len([]rune(c.Column)))
	}
	for _, cells := range t.Cells {
		fmt.Fprintf(w, "\n%s=%s\n", t.Rows, cells[0].Row)
		for _, c := range cells {
			fmt.Fprintf(w, "  %s=%-*s  %s\n", t.Columns, width, c.Column, c.Says)
		}
	}
}
