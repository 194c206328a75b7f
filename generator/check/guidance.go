package check

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/prose"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// guidance checks everything in content/, and answers what decisions ask about it: which norms and sources they cite.
//
// It works in two steps, since decisions cite norms and phases name decisions. first makes all that decisions need;
// second, once decisions exist, links the rest and looks where every link leads. Between the two, decisions may hand
// over Markdown with sentence and text.
//
// The model keeps Markdown as the author wrote it, with links such as begrip:beroepsgeheim that were checked here.
// Package prose turns them into addresses while rendering, so that the paths of the site are known in one place.
type guidance struct {
	written      *content.Content
	attributeSet []*model.Attribute
	list         *diag.List

	settings       model.Settings
	parties, kinds []*model.Entity // by name

	sources    names[*model.Source]
	norms      names[*model.Norm]
	terms      names[*model.Term]
	phases     names[*model.Phase]
	variants   names[*model.Phase]
	thumbRules names[*model.ThumbRule]
	topics     names[*model.Topic]
	pages      names[*model.Page]
	sheets     names[*model.Sheet]
	regions    names[*model.Region]
	partyNames names[*model.Entity]
	kindNames  names[*model.Entity]

	sourceOrder []*model.Source
	anchors     map[string][]string // by page, such as fase:triage: the ids of its headings
	links       []pendingLink
}

func newGuidance(written *content.Content, attributes []*model.Attribute, list *diag.List) *guidance {
	return &guidance{written: written, attributeSet: attributes, list: list, anchors: map[string][]string{}}
}

// first makes settings, sources, norms, parties, kinds of data, rules of thumb, terms, pages, sheets and regions, and the
// phases, variants and topics without the decisions they name.
func (g *guidance) first() {
	g.checkSettings()
	g.declareSources()
	g.declareNorms()
	g.declarePhases(g.written.Phases, &g.phases, "fase")
	g.declarePhases(g.written.Variants, &g.variants, "variant")
	g.declareThumbRules()
	g.declareTerms()
	g.declareTopics()
	g.declarePages()
	g.parties = g.entities(g.written.Parties, &g.partyNames, "partijen", "partij", "de partij")
	g.kinds = g.entities(g.written.Kinds, &g.kindNames, "gegevens", "gegeven", "de gegevenssoort")
	g.declareSheets()
	g.declareRegions()
}

// second links phases, variants and topics to decisions, looks where every link leads, and gives the whole.
func (g *guidance) second(decisions map[string]*model.Decision) model.Guidance {
	known := names[*model.Decision]{all: decisions}
	g.eachPhase(func(w *content.Phase, p *model.Phase) {
		p.Decisions = find(g, w.Decisions, &known, "onbekende-beslissing", "de beslissing")
	})
	for _, w := range g.written.Topics {
		if topic := g.topics.all[w.ID.Value]; topic != nil && topic.Span == w.Span {
			topic.Decisions = find(g, w.Decisions, &known, "onbekende-beslissing", "de beslissing")
		}
	}
	g.fillSheets(&known)
	g.linkTensions(&known)
	g.followLinks(&known)
	leftOut := map[string]source.Span{}
	return model.Guidance{
		Groups:     g.groups(&known),
		Shelves:    g.shelves(),
		Phases:     sortedBy(g.phases.sorted(), func(p *model.Phase) string { return fmt.Sprintf("%09d", p.Order) }),
		Variants:   sortedBy(g.variants.sorted(), func(p *model.Phase) string { return fmt.Sprintf("%09d", p.Order) }),
		ThumbRules: sortedBy(g.thumbRules.sorted(), func(t *model.ThumbRule) string { return fmt.Sprintf("%09d", t.Number) }),
		Terms:      sortedBy(g.terms.sorted(), func(t *model.Term) string { return prose.Slug(t.Name) }),
		Sources:    g.sourceOrder,
		Norms:      g.norms.sorted(),
		LeftOut:    g.leftOut(g.written.LeftOut, leftOut),
		NoRule:     g.leftOut(g.written.NoRule, leftOut),
		Pages:      g.pages.sorted(),
		Sheets:     sortedBy(g.sheets.sorted(), func(s *model.Sheet) string { return fmt.Sprintf("%09d", s.Order) }),
		Regions:    g.regions.sorted(),
	}
}

// eachPhase visits every phase and every variant as written, with what was made of it; not one without an id, nor the
// second with the same id.
func (g *guidance) eachPhase(visit func(*content.Phase, *model.Phase)) {
	each := func(written []*content.Phase, known *names[*model.Phase]) {
		for _, w := range written {
			if p := known.all[w.ID.Value]; p != nil && p.Span == w.Span {
				visit(w, p)
			}
		}
	}
	each(g.written.Phases, &g.phases)
	each(g.written.Variants, &g.variants)
}

// moments are the ids of phases, of variants and of their steps: when a decision can be asked.
func (g *guidance) moments() *names[string] {
	out := names[string]{all: map[string]string{}}
	g.eachPhase(func(_ *content.Phase, p *model.Phase) {
		out.all[p.ID] = p.ID
		for _, s := range p.Steps {
			out.all[s.ID] = s.ID
		}
	})
	return &out
}

// sortedBy sorts by a key; equals stay in order of id.
func sortedBy[T any](things []T, key func(T) string) []T {
	slices.SortStableFunc(things, func(a, b T) int { return strings.Compare(key(a), key(b)) })
	return things
}

// cited resolves norms and a map of sources to places.
func (g *guidance) cited(norms []yamldoc.Text, bron *yamldoc.Node) model.Cited {
	out := model.Cited{Norms: g.findNorms(norms), Sources: g.findSources(bron)}
	if len(norms) > 0 {
		out.At = norms[0].Span
	}
	return out
}

// citedIn resolves what a statement in content/ rests on.
func (g *guidance) citedIn(c content.Cited) model.Cited { return g.cited(c.Norms, c.Sources) }

func (g *guidance) findNorms(ids []yamldoc.Text) []*model.Norm {
	return find(g, ids, &g.norms, "onbekende-norm", "de norm")
}

func (g *guidance) findSources(bron *yamldoc.Node) []model.SourceRef {
	if bron == nil {
		return nil
	}
	if bron.Kind != yamldoc.Map {
		g.list.Addf(bron.Span, "geen-map", `achter "bron" hoort een map van bron naar plaats, zoals {wgs: artikel 2.29 lid 2}`)
		return nil
	}
	var out []model.SourceRef
	for _, pair := range bron.Pairs {
		found := find(g, []yamldoc.Text{{Value: pair.Key, Span: pair.KeySpan}}, &g.sources, "onbekende-bron", "de bron")
		var places []yamldoc.Text
		if pair.Value.Kind != yamldoc.Null {
			places = yamldoc.Texts(pair.Value, pair.Key, g.list)
		}
		if pair.Value.Kind != yamldoc.Map && (len(places) == 0 || places[0].Empty()) {
			g.list.Addf(pair.KeySpan, "lege-waarde", `zeg bij de bron "%s" op welke plaats het staat, zoals artikel 2.29 lid 2`, pair.Key)
			continue
		}
		for _, source := range found {
			for _, place := range places {
				out = append(out, model.SourceRef{Source: source, Place: place.Value})
			}
		}
	}
	return out
}

// find looks up ids, and reports those that do not exist and those that are named twice.
func find[T any](g *guidance, ids []yamldoc.Text, known *names[T], code, what string) []T {
	var out []T
	seen := map[string]source.Span{}
	for _, id := range ids {
		thing, ok := known.all[id.Value]
		if !ok {
			g.list.Addf(id.Span, code, `%s "%s" bestaat niet%s`, what, id.Value, diag.Suggest(id.Value, known.ids()))
			continue
		}
		if first, twice := seen[id.Value]; twice {
			g.list.Add(diag.Diagnostic{Code: "dubbel-genoemd", Span: id.Span, Message: fmt.Sprintf(`%s "%s" staat al in deze lijst; haal er één weg`, what, id.Value),
				Notes: []diag.Note{{Span: first, Message: "de eerste staat hier"}}})
			continue
		}
		seen[id.Value] = id.Span
		out = append(out, thing)
	}
	return out
}

// declare registers a thing under its id, or reports that the id is taken or badly formed.
func declare[T any](g *guidance, known *names[T], id yamldoc.Text, what string, thing T) bool {
	if id.Span.File != "" && !prose.IsID(id.Value) {
		g.list.Addf(id.Span, "vreemde-id", `"%s" kan geen id zijn; gebruik kleine letters, cijfers en streepjes, zoals niemand-neemt-iets-mee`, id.Value)
	}
	return known.add(id, what, thing, g.list)
}

// sameName reports a file that is named otherwise than its id.
func (g *guidance) sameName(id yamldoc.Text, file *source.File, what string) {
	name := path.Base(file.Path)
	if !id.Empty() && name != id.Value+".md" {
		g.list.Addf(id.Span, "andere-naam", `%s "%s" staat in een bestand met de naam "%s"; maak die twee gelijk`, what, id.Value, name)
	}
}

// level reads one of the four outcomes.
func (g *guidance) level(t yamldoc.Text) int {
	return g.among(t, model.Levels[:], "onbekend-oordeel", "oordeel")
}

// among gives the place of a word in a list.
func (g *guidance) among(t yamldoc.Text, known []string, code, what string) int {
	i := slices.Index(known, t.Value)
	if i < 0 && t.Span.File != "" {
		g.list.Addf(t.Span, code, `"%s" is geen %s%s`, t.Value, what, diag.Suggest(t.Value, known))
	}
	return max(i, 0)
}

// order reads a whole number that is used once.
func (g *guidance) order(t yamldoc.Text, key string, taken map[int]source.Span) int {
	if t.Span.File == "" {
		return 0
	}
	i, err := strconv.Atoi(t.Value)
	if err != nil || i < 0 {
		g.list.Addf(t.Span, "geen-getal", `achter "%s" hoort een getal, niet "%s"`, key, t.Value)
		return 0
	}
	if first, ok := taken[i]; ok {
		g.list.Add(diag.Diagnostic{Code: "dubbel-nummer", Span: t.Span, Message: fmt.Sprintf(`"%s: %d" bestaat al; geef elk een eigen getal`, key, i),
			Notes: []diag.Note{{Span: first, Message: "de eerste staat hier"}}})
		return i
	}
	taken[i] = t.Span
	return i
}

// day reads a date; "" where it is absent or wrong.
func (g *guidance) day(t yamldoc.Text) string {
	if t.Span.File == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, t.Value); err != nil {
		g.list.Addf(t.Span, "geen-datum", `"%s" is geen datum; schrijf jaar-maand-dag, zoals 2025-03-01`, t.Value)
		return ""
	}
	return t.Value
}
