package cli

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"handvat/generator/build"
	"handvat/generator/cover"
	"handvat/generator/diag"
)

// coverOptions are the flags of cover.
type coverOptions struct {
	only   cover.Filter
	open   bool
	where  string
	sample int
	seed   uint64
}

func coverFlags(flags *flag.FlagSet, in *invocation) {
	jsonFlag(flags, in)
	flags.StringVar(&in.cover.only.Document, "document", "", "alleen normen uit deze bron, zoals handreiking")
	flags.StringVar(&in.cover.only.Phase, "fase", "", "alleen normen bij deze fase, zoals triage of inrichting")
	flags.StringVar(&in.cover.only.Destination, "heen", "", "alleen normen die hier horen: rule, fact, checklist, page of example")
	flags.BoolVar(&in.cover.open, "open", false, "toon de normen die nog nergens staan")
	flags.StringVar(&in.cover.where, "waar", "", "toon waar deze norm staat")
	flags.IntVar(&in.cover.sample, "steekproef", 0, "toon zoveel willekeurige normen, met de tekst van de plaatsen die ze noemen")
	flags.Uint64Var(&in.cover.seed, "zaad", 1, "bij --steekproef: hetzelfde zaad geeft dezelfde normen")
}

func runCover(in *invocation) error {
	o := in.cover
	if ways := count(o.open, o.where != "", o.sample > 0); ways > 1 {
		return usageError{"kies er één: --open, --waar of --steekproef"}
	}
	if o.sample < 0 {
		return usageError{"--steekproef is een aantal, zoals 10"}
	}
	root, err := in.root()
	if err != nil {
		return err
	}
	c, err := in.checked(root)
	if err != nil {
		return err
	}
	all := cover.Of(c.Model)
	if err := knownFilter(c, all, o.only); err != nil {
		return err
	}
	covered := all.Only(o.only)
	switch {
	case o.where != "":
		n := all.Norm(o.where)
		if n == nil {
			var ids []string
			for _, each := range all.Norms {
				ids = append(ids, each.ID)
			}
			return usageError{fmt.Sprintf("de norm %q bestaat niet%s", o.where, diag.Suggest(o.where, ids))}
		}
		return in.printNorms([]cover.Norm{*n}, true)
	case o.open:
		return in.printNorms(covered.With(cover.Open), false)
	case o.sample > 0:
		return in.printNorms(covered.Sample(o.sample, o.seed), true)
	}
	report := covered.Report(c.Model)
	if in.json {
		return in.writeJSON(report)
	}
	printCoverage(in.stdout, report)
	return nil
}

func count(all ...bool) (n int) {
	for _, b := range all {
		if b {
			n++
		}
	}
	return n
}

// knownFilter refuses a filter that names nothing, since its report would look as if all were well.
func knownFilter(c *build.Checked, all *cover.Coverage, f cover.Filter) error {
	report := all.Report(c.Model)
	for _, each := range []struct {
		flag, value string
		rows        []cover.Row
	}{{"document", f.Document, report.Documents}, {"fase", f.Phase, report.Phases}, {"heen", f.Destination, report.Destinations}} {
		var known []string
		for _, row := range each.rows {
			known = append(known, row.Name)
		}
		slices.Sort(known)
		if each.value != "" && !slices.Contains(known, each.value) {
			return usageError{fmt.Sprintf("bij --%s kan %q niet%s", each.flag, each.value, diag.Suggest(each.value, known))}
		}
	}
	return nil
}

func printCoverage(w io.Writer, r cover.Report) {
	fmt.Fprintf(w, "%d normen: %d gedekt, %d met reden weggelaten, %d open.\n", r.All.Norms, r.All.Covered(), r.All.LeftOut, r.All.Open)
	for _, table := range []struct {
		title string
		rows  []cover.Row
	}{{"document", r.Documents}, {"fase", r.Phases}, {"heen", r.Destinations}} {
		fmt.Fprintf(w, "\n%-14s%9s%9s%9s%9s%12s%9s\n", table.title, "normen", "regel", "gezegd", "via", "weggelaten", "open")
		for _, row := range table.rows {
			fmt.Fprintf(w, "%-14s%9d%9d%9d%9d%12d%9d\n", row.Name, row.Norms, row.Decided, row.Said, row.Through, row.LeftOut, row.Open)
		}
	}
	fmt.Fprintf(w, "\n%-14s%9s\n", "plaats", "normen")
	for _, used := range r.Places {
		fmt.Fprintf(w, "%-14s%9d\n", used.Kind, used.Norms)
	}
}

// coverNorm is what cover tells of one norm.
type coverNorm struct {
	ID     string       `json:"norm"`
	Text   string       `json:"tekst"`
	Source string       `json:"bron"`
	Phases []string     `json:"fasen"`
	For    string       `json:"heen"`
	Status string       `json:"stand"`
	At     string       `json:"op"`
	Why    string       `json:"want,omitempty"`
	See    []string     `json:"zie,omitempty"`
	Places []coverPlace `json:"plaatsen,omitempty"`
}

type coverPlace struct {
	Kind string `json:"soort"`
	ID   string `json:"id"`
	At   string `json:"op"`
	Text string `json:"tekst,omitempty"`
}

// printNorms tells of norms where they stand in the register and what names them, with what that says where texts is true.
func (in *invocation) printNorms(norms []cover.Norm, texts bool) error {
	told := []coverNorm{}
	for _, n := range norms {
		each := coverNorm{ID: n.ID, Text: n.Text, Source: n.Place, Phases: n.Phases, For: n.Destination, Status: cover.Statuses[n.Status], At: n.Span.String()}
		if n.Source != nil {
			each.Source = n.Source.Short + ", " + n.Place
		}
		if n.Left != nil {
			each.Why = n.Left.Why
			for _, same := range n.Left.See {
				each.See = append(each.See, same.ID)
			}
		}
		for _, p := range n.Places {
			place := coverPlace{Kind: p.Kind, ID: p.ID, At: p.Span.String()}
			if texts {
				place.Text = p.Text
			}
			each.Places = append(each.Places, place)
		}
		told = append(told, each)
	}
	if in.json {
		return in.writeJSON(told)
	}
	for _, n := range told {
		fmt.Fprintf(in.stdout, "%s (%s; heen: %s; fase: %s)\n  %s\n  %s\n  %s\n", n.ID, n.Status, n.For, strings.Join(n.Phases, ", "), n.Text, n.Source, n.At)
		if n.Why != "" {
			fmt.Fprintf(in.stdout, "  want: %s\n", n.Why)
		}
		if len(n.See) > 0 {
			fmt.Fprintf(in.stdout, "  zie: %s\n", strings.Join(n.See, ", "))
		}
		for _, p := range n.Places {
			fmt.Fprintf(in.stdout, "  - %s %s, %s\n", p.Kind, p.ID, p.At)
			if p.Text != "" {
				fmt.Fprintf(in.stdout, "      %s\n", strings.ReplaceAll(p.Text, "\n", "\n      "))
			}
		}
	}
	if len(norms) != 1 {
		fmt.Fprintf(in.stdout, "%d normen.\n", len(norms))
	}
	return nil
}
