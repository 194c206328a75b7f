package check

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// sourceKinds are what a source can be.
var sourceKinds = []string{"handreiking", "wet", "besluit", "factsheet", "webtekst"}

// destinations are where a norm can belong.
var destinations = []string{"checklist", "example", "fact", "page", "rule"}

func (g *guidance) declareSources() {
	for _, w := range g.written.Sources {
		s := &model.Source{ID: w.ID.Value, Short: g.plain(w.Short), Title: g.plain(w.Title), Kind: w.Kind.Value, Date: g.day(w.Date),
			For: g.plain(w.For), Overtaken: g.text(w.Overtaken), Span: w.Span}
		if w.Kind.Span.File != "" && !slices.Contains(sourceKinds, s.Kind) {
			g.list.Addf(w.Kind.Span, "onbekende-soort", `"%s" is geen soort bron%s`, s.Kind, diag.Suggest(s.Kind, sourceKinds))
		}
		for _, register := range w.Registers {
			s.Register = append(s.Register, register.Value)
		}
		if declare(g, &g.sources, w.ID, "de bron", s) {
			g.sourceOrder = append(g.sourceOrder, s)
		}
	}
}

// declareNorms gives every register its source, and every norm its register.
func (g *guidance) declareNorms() {
	var files []string
	for _, register := range g.written.Registers {
		files = append(files, register.Name)
	}
	owner := map[string]*model.Source{}
	claimed := map[string]source.Span{}
	for _, w := range g.written.Sources {
		for _, name := range w.Registers {
			if !slices.Contains(files, name.Value) {
				g.list.Addf(name.Span, "onbekend-register", `het register "%s" bestaat niet in %snormen/%s`, name.Value, content.Root, diag.Suggest(name.Value, files))
				continue
			}
			if first, ok := claimed[name.Value]; ok {
				g.list.Add(diag.Diagnostic{Code: "register-twee-keer", Span: name.Span,
					Message: fmt.Sprintf(`het register "%s" hoort al bij een bron`, name.Value), Notes: []diag.Note{{Span: first, Message: "die staat hier"}}})
				continue
			}
			claimed[name.Value] = name.Span
			owner[name.Value] = g.sources.all[w.ID.Value]
		}
	}
	for _, register := range g.written.Registers {
		if _, ok := claimed[register.Name]; !ok {
			g.list.Addf(register.Span, "register-zonder-bron", `het register "%s" hoort bij geen bron; zet het in %sbronnen.yaml achter "register"`, register.Name, content.Root)
		}
		prefix := prefixOf(register.Name)
		for _, w := range register.Norms {
			if !w.ID.Empty() && !strings.HasPrefix(w.ID.Value, prefix) {
				g.list.Addf(w.ID.Span, "norm-elders", `de norm "%s" hoort niet in %s: daar begint elke id met "%s"`, w.ID.Value, path.Base(w.ID.Span.File), prefix)
			}
			if w.Destination.Span.File != "" && !slices.Contains(destinations, w.Destination.Value) {
				g.list.Addf(w.Destination.Span, "onbekende-bestemming", `achter "heen" kan "%s" niet staan%s`, w.Destination.Value, diag.Suggest(w.Destination.Value, destinations))
			}
			n := &model.Norm{ID: w.ID.Value, Text: w.Text.Value, Place: w.Place.Value, Kind: w.Kind.Value,
				Destination: w.Destination.Value, File: register.Name, Span: w.Span, Source: owner[register.Name]}
			for _, phase := range w.Phases {
				n.Phases = append(n.Phases, phase.Value)
			}
			declare(g, &g.norms, w.ID, "de norm", n)
		}
	}
}

var part = regexp.MustCompile(`-[a-z]$`)

// prefixOf gives how each id in a register begins: the parts handreiking-a and handreiking-b are together handreiking-.
func prefixOf(register string) string { return part.ReplaceAllString(register, "") + "-" }

func (g *guidance) declareTerms() {
	said := map[string]yamldoc.Text{}
	for _, w := range g.written.Terms {
		t := &model.Term{ID: w.ID.Value, Name: g.plain(w.Name), Also: g.plainAll(w.Also), Meaning: g.sentence(w.Meaning), Span: w.Span, Cited: g.citedIn(w.Cited)}
		for _, word := range append([]yamldoc.Text{w.Name}, w.Also...) {
			if word.Empty() {
				continue
			}
			if first, twice := said[strings.ToLower(word.Value)]; twice {
				g.list.Add(diag.Diagnostic{Code: "dubbel-woord", Span: word.Span, Message: fmt.Sprintf(`het woord "%s" is al uitgelegd; een woord staat bij één begrip`, word.Value),
					Notes: []diag.Note{{Span: first.Span, Message: "het staat ook hier"}}})
			}
			said[strings.ToLower(word.Value)] = word
		}
		declare(g, &g.terms, w.ID, "het begrip", t)
	}
}
