package verdicts

import (
	"encoding/json"
	"math/bits"
	"slices"

	"handvat/generator/model"
)

// Section is the name under which Page stands in a module. Its tables are those of Program.
const Section = "handvat.tabel"

// A page is what theme/assets/ts/decision/table.ts must know beside the tables. Of a question, rule or part it holds the
// index; a stage is a position in what the decision's entry found, and -1 is none.
type page struct {
	Own        int            `json:"own"`       // the entry of the decision
	Ruled      int            `json:"ruled"`     // the entry that is mag-niet for certain where a combination is ruled out
	Questions  []pageQuestion `json:"questions"` // in asking order, as the entries take them
	Bound      []int          `json:"bound"`     // questions that what is ruled out rests on
	Parts      []pagePart     `json:"parts"`     // the decision, and those it uses
	Conditions []string       `json:"conditions"`
	Locks      []pageLock     `json:"locks"`
}

type pageQuestion struct {
	Values  int   `json:"values"`  // how many, nvt not among them
	Assumed int   `json:"assumed"` // by the author, or -1
	Gate    int   `json:"gate"`    // the stage of Ruled that says whether it has a meaning
	Asked   []int `json:"asked"`   // the questions its gate rests on
}

type pagePart struct {
	Stage    int        `json:"stage"`
	Choice   bool       `json:"choice"`
	Rows     []int      `json:"rows"` // per row its rule
	Rules    []pageRule `json:"rules"`
	Outcomes [][]int    `json:"outcomes"` // of a Choice: per outcome its conditions
	Uses     []pageUse  `json:"uses"`
}

type pageRule struct {
	Overtaken  bool   `json:"overtaken"` // it may be, by another ground or exception
	AnswersTo  []int  `json:"answersTo"`
	Conditions []int  `json:"conditions"`
	By         string `json:"by"` // who decides, where the rule leaves it to somebody
}

type pageUse struct {
	Part  int   `json:"part"`
	Gate  int   `json:"gate"`
	Rules []int `json:"rules"` // those that name it
}

type pageLock struct {
	ID    string `json:"id"`
	Rules []int  `json:"rules"` // that close it
}

// Page is what the script must know beside the tables to make the same ones.
func (m *Maker) Page() []byte {
	out := page{Own: m.own, Ruled: m.ruled, Bound: m.questions(m.bound), Conditions: []string{}, Locks: []pageLock{}}
	ruled := m.run(m.ruled, nil)
	for _, f := range m.d.Questions {
		q := pageQuestion{Values: len(f.Values), Assumed: -1, Gate: ruled.gate(f), Asked: []int{}}
		if f.Gate != nil {
			q.Asked = m.questions(model.AskedFor(f.Gate))
		}
		if f.Assumed != 0 {
			q.Assumed = bits.TrailingZeros64(uint64(f.Assumed))
		}
		out.Questions = append(out.Questions, q)
	}
	w := pageWriter{page: &out, own: m.run(m.own, nil)}
	w.part(m.d)
	for _, l := range m.d.Locks {
		closing := slices.DeleteFunc(slices.Clone(l.Rules), func(r *model.Rule) bool { return r.Level != model.Forbidden })
		out.Locks = append(out.Locks, pageLock{l.ID, indexes(m.d, closing)})
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return text
}

func (m *Maker) questions(facts []*model.Fact) []int {
	out := []int{}
	for i, f := range m.d.Questions {
		if slices.Contains(facts, f) {
			out = append(out, i)
		}
	}
	return out
}

func indexes(d *model.Decision, rules []*model.Rule) []int {
	out := []int{}
	for i, r := range d.Rules {
		if slices.Contains(rules, r) {
			out = append(out, i)
		}
	}
	return out
}

type pageWriter struct {
	*page
	own   *state
	known []*model.Decision // by part
}

// part writes a decision, once, and gives its index.
func (w *pageWriter) part(d *model.Decision) int {
	if at := slices.Index(w.known, d); at >= 0 {
		return at
	}
	at := len(w.known)
	w.known, w.Parts = append(w.known, d), append(w.Parts, pagePart{})
	p := pagePart{Stage: w.own.find(d), Choice: d.Kind == model.Choice, Rows: []int{}, Outcomes: [][]int{}, Uses: []pageUse{}}
	stage, _ := w.own.stage(p.Stage)
	for _, id := range stage.Rules {
		p.Rows = append(p.Rows, slices.Index(d.Rules, d.Rule(id)))
	}
	for _, r := range d.Rules {
		rule := pageRule{Overtaken: d.Kind == model.Permit && (r.Kind == model.Ground || r.Kind == model.Exception),
			AnswersTo: indexes(d, r.AnswersTo), Conditions: w.conditions(r.Conditions)}
		if r.Level == model.OwnWeighing {
			rule.By = r.By
		}
		p.Rules = append(p.Rules, rule)
	}
	if p.Choice {
		for _, o := range d.Outcomes {
			p.Outcomes = append(p.Outcomes, w.conditions(o.Conditions))
		}
	}
	for _, f := range d.Uses {
		naming := slices.DeleteFunc(slices.Clone(d.Rules), func(r *model.Rule) bool { return !names(r, f) })
		p.Uses = append(p.Uses, pageUse{w.part(f.Uses), w.own.gate(f), indexes(d, naming)})
	}
	w.Parts[at] = p
	return at
}

func (w *pageWriter) conditions(list []*model.Condition) []int {
	out := []int{}
	for _, c := range list {
		at := slices.Index(w.Conditions, c.ID)
		if at < 0 {
			at, w.Conditions = len(w.Conditions), append(w.Conditions, c.ID)
		}
		out = append(out, at)
	}
	return out
}
