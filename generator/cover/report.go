package cover

import (
	"slices"
	"strings"

	"handvat/generator/model"
)

// Counts is how many norms there are and what came of them.
type Counts struct {
	Norms   int `json:"normen"`
	Decided int `json:"in-een-regel"`
	Said    int `json:"gezegd"`
	Through int `json:"via"`
	LeftOut int `json:"weggelaten"`
	Open    int `json:"open"`
}

// Covered counts the norms that the project carries out, itself or through one that says the same.
func (c Counts) Covered() int { return c.Decided + c.Said + c.Through }

func (c *Counts) add(s Status) {
	c.Norms++
	*[...]*int{&c.Decided, &c.Said, &c.Through, &c.LeftOut, &c.Open}[s]++
}

// A Row is the counts of one document, phase or destination.
type Row struct {
	Name string `json:"naam"`
	Counts
}

// A Used is how many norms a kind of place names.
type Used struct {
	Kind  string `json:"plaats"`
	Norms int    `json:"normen"`
}

// A Report is what came of the norms in figures. A norm of several phases counts in each; one that several kinds of
// places name does too.
type Report struct {
	All          Counts `json:"alle"`
	Documents    []Row  `json:"documenten"`
	Phases       []Row  `json:"fasen"`
	Destinations []Row  `json:"heen"`
	Places       []Used `json:"plaatsen"`
}

// Report counts. Documents stand in the order of the model's sources, phases in the order of the model's and then by name,
// what a norm is for from rule to example.
func (c *Coverage) Report(m *model.Model) Report {
	r := Report{}
	documents, phases, destinations := rows{}, rows{}, rows{}
	used := map[string]int{}
	for _, n := range c.Norms {
		r.All.add(n.Status)
		documents.add(documentOf(n), n.Status)
		destinations.add(n.Destination, n.Status)
		for _, phase := range n.Phases {
			phases.add(phase, n.Status)
		}
		for _, kind := range Kinds {
			if slices.ContainsFunc(n.Places, func(p Place) bool { return p.Kind == kind }) {
				used[kind]++
			}
		}
	}
	var sources, moments []string
	for _, s := range m.Sources {
		sources = append(sources, s.ID)
	}
	for _, p := range m.Phases {
		moments = append(moments, p.ID)
	}
	r.Documents, r.Phases = documents.in(sources), phases.in(moments)
	r.Destinations = destinations.in([]string{RuleDestination, "fact", "checklist", "page", "example"})
	for _, kind := range Kinds {
		if used[kind] > 0 {
			r.Places = append(r.Places, Used{kind, used[kind]})
		}
	}
	return r
}

type rows map[string]*Counts

func (r rows) add(name string, s Status) {
	if r[name] == nil {
		r[name] = &Counts{}
	}
	r[name].add(s)
}

// in lists the rows, first those of order and then the others by name.
func (r rows) in(order []string) []Row {
	var out []Row
	for name, counts := range r {
		out = append(out, Row{name, *counts})
	}
	place := func(row Row) int {
		if i := slices.Index(order, row.Name); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(out, func(a, b Row) int {
		if d := place(a) - place(b); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}
