package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"handvat/generator/diag"
	"handvat/generator/diagram"
	"handvat/generator/explain"
	"handvat/generator/model"
	"handvat/generator/verify"
)

// difference is what diff tells of one decision.
type difference struct {
	Decision string `json:"beslissing"`
	// Only is "nieuw" or "vervallen" where only one version has the decision; then the rest is empty.
	Only  string `json:"alleen,omitempty"`
	Equal bool   `json:"gelijk"`

	AddedFacts      []string       `json:"nieuwe-vragen,omitempty"`
	RemovedFacts    []string       `json:"vervallen-vragen,omitempty"`
	AddedValues     []settingWords `json:"nieuwe-waarden,omitempty"`
	RemovedValues   []settingWords `json:"vervallen-waarden,omitempty"`
	AddedOutcomes   []string       `json:"nieuwe-uitkomsten,omitempty"`
	RemovedOutcomes []string       `json:"vervallen-uitkomsten,omitempty"`

	Situations string        `json:"situaties,omitempty"`
	Verdicts   bool          `json:"alleen-uitkomsten-vergeleken,omitempty"` // and duties; rules and conditions are too many
	Same       string        `json:"zelfde-antwoord,omitempty"`
	Other      string        `json:"zelfde-uitkomst,omitempty"`
	Permissive *bool         `json:"ergens-ruimer,omitempty"` // of the kind mag only
	Stricter   *bool         `json:"ergens-strenger,omitempty"`
	Changes    []changedRows `json:"veranderd,omitempty"`
}

type changedRows struct {
	From       string      `json:"van"`
	To         string      `json:"naar"`
	Situations string      `json:"situaties"`
	Cubes      []cubeWords `json:"als"`
	Rest       string      `json:"niet-beschreven,omitempty"`
}

type cubeWords struct {
	Settings   []settingWords `json:"feiten"`
	Situations string         `json:"situaties"`
	settings   []explain.Setting
}

func runDiff(in *invocation) error {
	old, new, only, err := in.twoVersions()
	if err != nil {
		return err
	}
	all, err := differences(old.proofs, new.proofs, only)
	if err != nil {
		return err
	}
	if in.json {
		return in.writeJSON(all)
	}
	for _, d := range all {
		d.print(in.stdout)
	}
	return nil
}

// twoVersions gives what to compare: two folders, both as in the region where one is named, or, without folders, the
// national decisions with those of the region; and which decisions.
func (in *invocation) twoVersions() (old, new version, only []string, err error) {
	if in.region != "" && len(in.args) < 2 {
		if new, err = in.checkedVersion(); err == nil {
			old = national(new.checked)
		}
		return old, new, in.args, err
	}
	if len(in.args) < 2 || len(in.args) > 3 {
		return old, new, nil, usageError{"noem de map van de oude versie, die van de nieuwe, en eventueel een beslissing; of noem met --regio een regio, en eventueel een beslissing"}
	}
	for i, v := range []*version{&old, &new} {
		in.project = in.args[i]
		if *v, err = in.checkedVersion(); errors.Is(err, errMistakes) {
			fmt.Fprintf(in.stderr, "Deze fouten staan in %s.\n", in.args[i])
		}
		if err != nil {
			return old, new, nil, err
		}
	}
	return old, new, in.args[2:], nil
}

// differences compares the decisions of two versions, sorted by id; only those named where some are.
func differences(old, new []*verify.Proof, only []string) ([]difference, error) {
	find := func(proofs []*verify.Proof, id string) *verify.Proof {
		for _, p := range proofs {
			if p.Decision.ID == id {
				return p
			}
		}
		return nil
	}
	var ids []string
	for _, p := range slices.Concat(old, new) {
		ids = append(ids, p.Decision.ID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, id := range only {
		if !slices.Contains(ids, id) {
			return nil, usageError{fmt.Sprintf("er is geen beslissing %q%s", id, diag.Suggest(id, ids))}
		}
	}
	var out []difference
	for _, id := range ids {
		if len(only) > 0 && !slices.Contains(only, id) {
			continue
		}
		a, b := find(old, id), find(new, id)
		switch {
		case a == nil:
			out = append(out, difference{Decision: id, Only: "nieuw"})
		case b == nil:
			out = append(out, difference{Decision: id, Only: "vervallen"})
		default:
			d, err := explain.Diff(a.Diagram, b.Diagram)
			if errors.Is(err, diagram.ErrTooLarge) {
				return nil, fmt.Errorf("%s: de twee versies zijn samen te groot om te vergelijken", id)
			}
			if err != nil {
				return nil, err
			}
			out = append(out, differs(d))
		}
	}
	return out, nil
}

// differs puts a difference into words.
func differs(d *explain.Difference) difference {
	out := difference{Decision: d.New.ID, Equal: d.Equal(), AddedFacts: factIDs(d.AddedFacts), RemovedFacts: factIDs(d.RemovedFacts),
		AddedValues: settings(d.AddedValues), RemovedValues: settings(d.RemovedValues), AddedOutcomes: d.AddedOutcomes, RemovedOutcomes: d.RemovedOutcomes,
		Situations: d.Situations.String(), Verdicts: d.Verdicts, Same: d.Same.String(), Other: d.Other.String()}
	if d.Old.Kind == model.Permit && d.New.Kind == model.Permit {
		out.Permissive, out.Stricter = &d.MorePermissive, &d.Stricter
	}
	outcome := func(d *model.Decision, o int) string {
		if o == explain.NotPossible {
			return "kan-niet-voorkomen"
		}
		return d.Outcomes[o].ID
	}
	for _, c := range d.Changes {
		row := changedRows{From: outcome(d.Old, c.From), To: outcome(d.New, c.To), Situations: c.Situations.String()}
		for _, cube := range c.Cubes {
			row.Cubes = append(row.Cubes, cubeWords{settings(cube.Settings), cube.Situations.String(), cube.Settings})
		}
		if c.Rest.Sign() > 0 {
			row.Rest = c.Rest.String()
		}
		out.Changes = append(out.Changes, row)
	}
	return out
}

func settings(list []explain.Setting) []settingWords {
	var out []settingWords
	for _, s := range list {
		out = append(out, settingWords{s.Fact.ID, valueIDs(s.Fact, s.Values)})
	}
	return out
}

func (d difference) print(w io.Writer) {
	switch {
	case d.Only != "":
		fmt.Fprintf(w, "%s: %s\n", d.Decision, d.Only)
		return
	case d.Equal:
		what := ""
		if d.Verdicts {
			what = " in uitkomst of plicht"
		}
		fmt.Fprintf(w, "%s: geen verschil%s, in geen van de %s situaties\n", d.Decision, what, d.Situations)
		return
	}
	fmt.Fprintf(w, "%s: anders\n", d.Decision)
	for _, line := range []struct {
		name string
		ids  []string
	}{{"nieuwe vraag", d.AddedFacts}, {"vervallen vraag", d.RemovedFacts}, {"nieuwe uitkomst", d.AddedOutcomes}, {"vervallen uitkomst", d.RemovedOutcomes}} {
		for _, id := range line.ids {
			fmt.Fprintf(w, "  %s: %s\n", line.name, id)
		}
	}
	for _, s := range d.AddedValues {
		fmt.Fprintf(w, "  nieuw antwoord op %s: %s\n", s.Fact, joined(s.Values, "en"))
	}
	for _, s := range d.RemovedValues {
		fmt.Fprintf(w, "  vervallen antwoord op %s: %s\n", s.Fact, joined(s.Values, "en"))
	}
	rest := "de regels, de voorwaarden of de plicht"
	if d.Verdicts {
		rest = "de plicht; regels en voorwaarden zijn te veel om te vergelijken"
	}
	fmt.Fprintf(w, "  %s situaties vergeleken: in %s is niets veranderd, in %s alleen %s\n", d.Situations, d.Same, d.Other, rest)
	if d.Permissive != nil {
		fmt.Fprintf(w, "  %s ruimer, %s strenger\n", somewhere(*d.Permissive), somewhere(*d.Stricter))
	}
	for _, c := range d.Changes {
		fmt.Fprintf(w, "  van %s naar %s, in %s situaties\n", c.From, c.To, c.Situations)
		for _, cube := range c.Cubes[:min(shown, len(c.Cubes))] {
			cube.print(w)
		}
		if more := len(c.Cubes) - shown; more > 0 {
			fmt.Fprintf(w, "    en nog %d beschrijvingen van minder situaties; --json toont ze\n", more)
		}
		if c.Rest != "" {
			fmt.Fprintf(w, "    en nog %s situaties, die niet kort te beschrijven zijn\n", c.Rest)
		}
	}
}

// shown is how many descriptions of one change are printed for people, the largest first.
const shown = 6

func somewhere(yes bool) string {
	if yes {
		return "ergens"
	}
	return "nergens"
}

// print writes a description as one condition a line, the shorter of "is" and "is niet".
func (c cubeWords) print(w io.Writer) {
	fmt.Fprintf(w, "    - %s situaties\n", c.Situations)
	for _, s := range c.settings {
		is, values := "is", s.Values
		if rest := s.Fact.All() &^ values; len(valueIDs(s.Fact, rest)) < len(valueIDs(s.Fact, values)) {
			is, values = "is niet", rest
		}
		fmt.Fprintf(w, "      %s %s %s\n", s.Fact.ID, is, or(valueIDs(s.Fact, values)))
	}
	if len(c.settings) == 0 {
		fmt.Fprintf(w, "      altijd\n")
	}
}
