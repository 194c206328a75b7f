package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"handvat/generator/chart"
	"handvat/generator/model"
)

// The deelwijzer: who may share what with whom. /deelwijzer/ makes its table with a script; below it stands for every phase and
// every party a page with the tables that follow from what the authors assume, for visitors without one.

const sharingHref = "/deelwijzer/"

// noCase is the moment at which there is no table: its pages show sharing with one other, and those of the phases the tables
// that work in phases.
const noCase = "buiten-de-casus"

var sharingTables = map[bool][]string{false: {"zvh-casus", "lokale-pga"}, true: {"geen-tafel"}}

// A chosen question is one that stands above a table.
type chosen struct {
	Number   int     `json:"nummer,omitempty"` // of an assumption
	Index    int     `json:"index"`            // in Decision.Questions
	ID       string  `json:"id"`
	Question string  `json:"vraag"`
	Values   []value `json:"waarden"`
	Chosen   int     `json:"gekozen"` // or -1
	Answer   string  `json:"antwoord"`
	Fixed    bool    `json:"vast,omitempty"`   // nobody can make it otherwise
	Changed  bool    `json:"anders,omitempty"` // it is not what the authors assume
	Named    bool    `json:"genoemd,omitempty"`
}

// An axisValue is one party or kind of data.
type axisValue struct {
	ID    string `json:"id"`
	Name  string `json:"naam"`
	Href  string `json:"href"`
	Class int    `json:"klas"`
}

type sharingTable struct {
	ID      string          `json:"id"`
	Title   string          `json:"titel"`
	Common  []string        `json:"gewoon,omitempty"`
	Columns [][]axisValue   `json:"kolommen"`
	Rows    []sharingRow    `json:"rijen"`
	Closed  []sharingClosed `json:"dicht,omitempty"`
	Assumed []chosen        `json:"aannames,omitempty"` // those that its cells name
	Others  []chosen        `json:"overige,omitempty"`
}

type sharingRow struct {
	Names []axisValue   `json:"namen"`
	Cells []sharingCell `json:"vakjes"`
}

type sharingCell struct {
	Verdict verdict  `json:"oordeel"`
	Closed  []link   `json:"dicht,omitempty"`
	Duty    string   `json:"plicht,omitempty"`
	By      []string `json:"door,omitempty"`
	Asks    []string `json:"eist,omitempty"`
	Usual   bool     `json:"gewoon,omitempty"` // only what all cells ask
	Note    string   `json:"noot,omitempty"`
}

type sharingClosed struct {
	ID      string          `json:"id"`
	Title   string          `json:"titel"`
	Reasons []sharingReason `json:"redenen"`
}

type sharingReason struct {
	Why         string     `json:"want"`
	Alternative string     `json:"watwel,omitempty"`
	Sources     []citation `json:"bronnen,omitempty"`
}

// partyTables are the tables of one organisation that need no script, one for each phase.
type partyTables struct {
	Name  string `json:"name"`
	Links []link `json:"links"`
	at    int    // of the organisation among those who give
}

// sharing makes the pages of the deelwijzer; none where no decision is about sharing.
func (w *writer) sharing() ([]page, error) {
	at := slices.IndexFunc(w.in.Decisions, func(d Decision) bool { return d.Decision.ID == chart.SharingDecision })
	if at < 0 || w.in.Decisions[at].Program == nil {
		return nil, nil
	}
	d := w.in.Decisions[at]
	c, err := chart.New(w.in.Model, d.Decision, d.Program, chart.Sharing)
	if err != nil {
		return nil, fmt.Errorf("the deelwijzer: %w", err)
	}
	s := &sharer{writer: w, c: c, d: d, start: c.Start(w.in.Model.Settings.Date), made: map[string]sharingTable{}}
	moment, table, giver := c.Frame[0], c.Frame[1], c.Frame[2]
	s.start = c.With(s.start, c.Frame[3], 0)
	var out []page
	perParty := make([]partyTables, len(giver.Values))
	for m, v := range moment.Values {
		for g, party := range giver.Values {
			var tables []sharingTable
			for _, id := range sharingTables[v.ID == noCase] {
				t := slices.IndexFunc(table.Values, func(v model.Value) bool { return v.ID == id })
				if t < 0 {
					return nil, fmt.Errorf("the deelwijzer: %q is no %s", id, table.ID)
				}
				made := s.table(c.With(c.With(c.With(s.start, moment, m), table, t), giver, g))
				made.ID, made.Title = table.Values[t].ID, table.Values[t].Label
				tables = append(tables, made)
			}
			href := sharingHref + v.ID + "/" + party.ID + "/"
			perParty[g] = partyTables{party.Label, append(perParty[g].Links, link{href, w.label("deel-titel-" + v.ID)}), g}
			out = append(out, page{Title: w.label("deel-titel-"+v.ID) + ": " + party.Label, Layout: "deeltabel", URL: href,
				Description: fmt.Sprintf(w.label("deel-lood-pagina"), party.Label, w.label("deel-bij-"+v.ID)), Params: map[string]any{
					"tables": tables, "moment": v.ID, "party": link{"/partijen/" + party.ID + "/", party.Label}, "when": w.label("deel-bij-" + v.ID), "fragment": fragment(moment, m, giver, g)}})
		}
	}
	lists := headings(w.in.Model, giver, perParty, func(p partyTables) int { return p.at })
	params := map[string]any{"lists": lists, "frame": s.frame(), "assumed": s.assumed(s.start, nil), "rows": s.values(c.Rows), "columns": s.values(c.Columns)}
	params["days"], params["dayindex"] = s.days()
	params["module"], params["entry"] = "/"+w.modules[d.Decision].module, entryOf(d)
	params["rules"], params["conditions"] = w.rules(d)
	params["data"] = s.data()
	return append([]page{{Title: w.label("deelwijzer"), Layout: "deelwijzer", URL: sharingHref, Description: w.label("deelwijzer-lood"), Params: params}}, out...), nil
}

// hasSharing tells whether there is a deelwijzer.
func (w *writer) hasSharing() bool {
	return slices.ContainsFunc(w.in.Decisions, func(d Decision) bool { return d.Decision.ID == chart.SharingDecision && d.Program != nil })
}

// sharingOf are the pages of a party in the deelwijzer.
func (w *writer) sharingOf(party string) []link {
	var out []link
	for _, d := range w.in.Decisions {
		if d.Decision.ID != chart.SharingDecision || d.Program == nil {
			continue
		}
		for _, f := range d.Decision.Questions {
			if f.ID != chart.Sharing.Frame[0] {
				continue
			}
			for _, v := range f.Values {
				out = append(out, link{sharingHref + v.ID + "/" + party + "/", w.label("deel-titel-" + v.ID)})
			}
		}
	}
	return out
}

// fragment writes answers as the script reads them.
func fragment(parts ...any) string {
	var out []string
	for i := 0; i+1 < len(parts); i += 2 {
		f, v := parts[i].(*model.Fact), parts[i+1].(int)
		out = append(out, f.ID+"="+f.ValueID(v))
	}
	return "#" + strings.Join(out, "&")
}

type sharer struct {
	*writer
	c     *chart.Chart
	d     Decision
	start chart.Answers
	made  map[string]sharingTable
}

func (s *sharer) question(f *model.Fact, at int) chosen {
	q := chosen{Index: slices.Index(s.c.Decision.Questions, f), ID: f.ID, Question: questionOf(f), Chosen: at, Fixed: f.Fixed, Number: slices.Index(s.c.Assumed, f) + 1}
	for i, v := range f.Values {
		q.Values = append(q.Values, value{Index: i, ID: v.ID, Label: v.Label})
	}
	if at >= 0 {
		q.Answer = f.Values[at].Label
	}
	return q
}

// frame are the questions that the visitor answers.
func (s *sharer) frame() []chosen {
	var out []chosen
	for _, f := range s.c.Frame {
		out = append(out, s.question(f, s.c.Value(s.start, f)))
	}
	return out
}

// assumed are the other questions, with the answers of a table.
func (s *sharer) assumed(a chart.Answers, named map[string]bool) []chosen {
	var out []chosen
	for _, f := range s.c.Assumed {
		q := s.question(f, s.c.Value(a, f))
		q.Changed, q.Named = q.Chosen != s.c.Value(s.start, f), named[f.ID]
		if q.Chosen < 0 {
			q.Answer = s.label("deel-open")
		}
		out = append(out, q)
	}
	return out
}

func (s *sharer) values(f *model.Fact) []axisValue {
	var out []axisValue
	classes := s.c.Classes(f)
	for i, v := range f.Values {
		out = append(out, axisValue{v.ID, v.Label, "/" + f.From + "/" + v.ID + "/", classes[i]})
	}
	return out
}

// A sharingDay is an interval of the date, by a day in it: the first one, or of the oldest interval the last.
type sharingDay struct {
	ID     string `json:"id"`
	Words  string `json:"tekst"`
	Chosen bool   `json:"gekozen,omitempty"`
}

// days are the intervals that the rules tell apart, and the place of the date among the questions; none where there is one only.
func (s *sharer) days() ([]sharingDay, int) {
	at := slices.IndexFunc(s.c.Decision.Questions, func(f *model.Fact) bool { return f.Kind == model.Date })
	if at < 0 || len(s.c.Decision.Questions[at].Values) < 2 {
		return nil, at
	}
	f := s.c.Decision.Questions[at]
	var out []sharingDay
	for i, v := range f.Values {
		day := v.From
		if until, err := time.Parse(time.DateOnly, v.Until); day == "" && err == nil {
			day = until.AddDate(0, 0, -1).Format(time.DateOnly)
		}
		out = append(out, sharingDay{day, s.interval(v), i == s.today(f)})
	}
	return out, at
}

// table makes a table, once for all frames that no rule tells apart.
func (s *sharer) table(a chart.Answers) sharingTable {
	key := slices.Clone(a)
	for _, f := range s.c.Frame {
		if v := s.c.Value(a, f); v >= 0 {
			key = s.c.With(key, f, s.c.Classes(f)[v])
		}
	}
	if made, ok := s.made[string(key)]; ok {
		return made
	}
	t := s.c.Table(a)
	out, named := sharingTable{}, map[string]bool{}
	rows, columns := s.values(s.c.Rows), s.values(s.c.Columns)
	pick := func(all []axisValue, group chart.Group) []axisValue {
		var out []axisValue
		for _, v := range group {
			out = append(out, all[v])
		}
		return out
	}
	for _, g := range t.Columns {
		out.Columns = append(out.Columns, pick(columns, g))
	}
	common := commonConditions(t)
	for _, condition := range common {
		out.Common = append(out.Common, s.words(condition.Text))
	}
	seen := map[*model.Lock]int{}
	for i, g := range t.Rows {
		row := sharingRow{Names: pick(rows, g)}
		for _, cell := range t.Cells[i] {
			row.Cells = append(row.Cells, s.cell(cell, common, named))
			for _, closed := range cell.Closed {
				at, ok := seen[closed.Lock]
				if !ok {
					at, seen[closed.Lock] = len(out.Closed), len(out.Closed)
					out.Closed = append(out.Closed, sharingClosed{ID: lockID(closed.Lock), Title: s.lockTitle(closed.Lock)})
				}
				c := &out.Closed[at]
				for _, r := range closed.Reasons {
					reason := sharingReason{s.words(r.Why), s.words(r.Alternative), s.cite(r.Cited)}
					if !slices.ContainsFunc(c.Reasons, func(known sharingReason) bool { return known.Why == reason.Why }) {
						c.Reasons = append(c.Reasons, reason)
					}
				}
			}
		}
		out.Rows = append(out.Rows, row)
	}
	for _, q := range s.assumed(a, named) {
		if q.Named || q.Changed {
			out.Assumed = append(out.Assumed, q)
		} else {
			out.Others = append(out.Others, q)
		}
	}
	s.made[string(key)] = out
	return out
}

// commonConditions are those of every cell in which something may be shared.
func commonConditions(t chart.Table) []*model.Condition {
	var out []*model.Condition
	first := true
	for _, cells := range t.Cells {
		for _, cell := range cells {
			if !cell.Possible || cell.Lo == model.Forbidden {
				continue
			}
			if first {
				out, first = slices.Clone(cell.Conditions), false
			}
			out = slices.DeleteFunc(out, func(c *model.Condition) bool { return !slices.Contains(cell.Conditions, c) })
		}
	}
	return out
}

func lockID(l *model.Lock) string {
	if l == nil {
		return "grond"
	}
	return l.ID
}

func (s *sharer) lockTitle(l *model.Lock) string {
	if l == nil {
		return s.label("deel-geen-grond")
	}
	return l.Title
}

// cell puts a verdict in words. The script does the same: see components/deelwijzer/README.md.
func (s *sharer) cell(c chart.Cell, common []*model.Condition, named map[string]bool) sharingCell {
	if !c.Possible {
		return sharingCell{Note: s.label("deel-komt-niet-voor")}
	}
	out := sharingCell{Verdict: s.level(c.Lo)}
	var numbers []string
	for _, f := range c.Rests {
		numbers = append(numbers, strconv.Itoa(slices.Index(s.c.Assumed, f)+1))
		named[f.ID] = true
	}
	list := enumerate(numbers, s.label("deel-of"))
	for _, closed := range c.Closed {
		out.Closed = append(out.Closed, link{lockID(closed.Lock), lower(s.lockTitle(closed.Lock))})
	}
	switch {
	case c.Lo == model.Forbidden && c.Hi > model.Forbidden:
		out.Note = s.label("deel-hangt-af") + " " + list
	case len(numbers) > 0:
		out.Note = s.label("deel-opent") + " " + list
	case c.Never:
		out.Note = s.label("deel-nooit")
	case c.Lo == model.Forbidden:
		out.Note = s.label("deel-samen")
	default:
		for _, condition := range c.Conditions {
			if !slices.Contains(common, condition) {
				out.Asks = append(out.Asks, s.words(condition.Text))
			}
		}
		out.Usual = len(out.Asks) == 0
		if c.Decided {
			out.Note = s.label("deel-zolang")
		}
	}
	if c.Lo > model.Forbidden {
		out.Duty, out.By = dutyName(c.Duty), c.By
	}
	return out
}

// enumerate writes "3", "3 of 5", "3, 5 of 9".
func enumerate(parts []string, last string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " " + last + " " + parts[len(parts)-1]
}

// lower begins with a small letter, unless the word is an abbreviation.
func lower(s string) string {
	if len(s) > 1 && strings.ToUpper(s[1:2]) == s[1:2] {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// data is what the script needs to know and nobody reads.
func (s *sharer) data() string {
	index := func(f *model.Fact) int { return slices.Index(s.c.Decision.Questions, f) }
	type part struct {
		Question int   `json:"v"`
		Values   []int `json:"w"`
	}
	var excluded []map[string]any
	for _, e := range s.c.Excluded {
		var parts []part
		for _, p := range e.Parts {
			parts = append(parts, part{index(p.Fact), members(p.Values)})
		}
		excluded = append(excluded, map[string]any{"d": parts, "want": e.Why})
	}
	outside := map[int][]int{}
	for _, f := range s.c.Assumed {
		if set := s.c.Outside(f); set != 0 {
			outside[index(f)] = members(set)
		}
	}
	var locks []string
	for _, l := range s.c.Decision.Locks {
		locks = append(locks, l.Title)
	}
	date := slices.IndexFunc(s.c.Decision.Questions, func(f *model.Fact) bool { return f.Kind == model.Date })
	out, err := json.Marshal(map[string]any{"entry": entryOf(s.d), "questions": len(s.c.Decision.Questions), "rows": index(s.c.Rows), "columns": index(s.c.Columns),
		"date": date, "day": int(s.start[max(0, date)]), "excluded": excluded, "locks": locks, "outside": outside})
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return string(out)
}

func members(s model.Set) []int {
	var out []int
	for v := range 64 {
		if s.Has(v) {
			out = append(out, v)
		}
	}
	return out
}
