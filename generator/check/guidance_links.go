package check

import (
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/prose"
	"handvat/generator/yamldoc"
)

// generatedPages are the pages the site makes by itself, which pagina: may name too.
var generatedPages = []string{"begrippen", "bronnen", "deelwijzer", "fasen", "gegevens", "inbedden", "kennis", "mag-dit", "meenemen", "oefenen", "partijen", "regio", "vuistregels"}

// A pendingLink is a link that is looked up once everything is known. page is the one it stands on, such as fase:triage,
// or "" for a text that shows on several.
type pendingLink struct {
	prose.Link
	page string
}

func (g *guidance) later(links []prose.Link, page string) {
	for _, link := range links {
		g.links = append(g.links, pendingLink{link, page})
	}
}

// sentence reads a field of one paragraph of Markdown, and gives it as it is. Its links are looked up in second.
func (g *guidance) sentence(t yamldoc.Text) string {
	if !t.Empty() {
		g.later(prose.ParseInline(g.written.Files[t.Span.File], t.Span, t.Value, g.list).Links, "")
	}
	return t.Value
}

// text reads a field with Markdown of any form but headings, and gives it as it is. Its links are looked up in second.
func (g *guidance) text(t yamldoc.Text) string {
	if !t.Empty() {
		doc := prose.Parse(g.written.Files[t.Span.File], t.Span, t.Value, g.list)
		for _, h := range doc.Headings {
			g.list.Addf(h.Span, "geen-zin", `in dit veld kan geen kop staan, zoals "%s"`, h.Text)
		}
		g.later(doc.Links, "")
	}
	return t.Value
}

// plain reads a field that is no Markdown, and reports a link, which would show as brackets.
func (g *guidance) plain(t yamldoc.Text) string {
	if at := strings.Index(t.Value, "]("); at >= 0 {
		g.list.Addf(t.Span, "geen-markdown", `in dit veld kan geen link staan; hier staat "%s"`, linkAround(t.Value, at))
	}
	return t.Value
}

// plainAll gives texts that are shown as they are, each without a link.
func (g *guidance) plainAll(texts []yamldoc.Text) []string {
	var out []string
	for _, t := range texts {
		out = append(out, g.plain(t))
	}
	return out
}

// linkAround cuts the link out of a text whose "](" stands at a place.
func linkAround(text string, at int) string {
	from := max(0, strings.LastIndexByte(text[:at], '['))
	to := len(text)
	if i := strings.IndexByte(text[at:], ')'); i >= 0 {
		to = at + i + 1
	}
	return text[from:to]
}

// A target is one kind of thing that links lead to.
type target struct {
	code, what string // for messages
	exists     func(id string) bool
	ids        func() []string
}

func targetOf[T any](known *names[T], code, what string) target {
	return target{code, what, func(id string) bool { _, ok := known.all[id]; return ok }, known.ids}
}

// targets gives what each scheme of a link can name.
func (g *guidance) targets(decisions *names[*model.Decision]) map[string]target {
	pages := targetOf(&g.pages, "onbekende-pagina", "de pagina")
	written := pages
	pages.exists = func(id string) bool { return written.exists(id) || slices.Contains(generatedPages, id) }
	pages.ids = func() []string { return append(written.ids(), generatedPages...) }
	return map[string]target{
		"begrip":     targetOf(&g.terms, "onbekend-begrip", "het begrip"),
		"beslissing": targetOf(decisions, "onbekende-beslissing", "de beslissing"),
		"bron":       targetOf(&g.sources, "onbekende-bron", "de bron"),
		"fase":       targetOf(&g.phases, "onbekende-fase", "de fase"),
		"gegeven":    targetOf(&g.kindNames, "onbekend-gegeven", "de gegevenssoort"),
		"kennis":     targetOf(&g.topics, "onbekende-kennis", "de kennispagina"),
		"pagina":     pages,
		"partij":     targetOf(&g.partyNames, "onbekende-partij", "de partij"),
		"regio":      targetOf(&g.regions, "onbekende-regio", "de regio"),
		"variant":    targetOf(&g.variants, "onbekende-variant", "de variant"),
		"vuistregel": targetOf(&g.thumbRules, "onbekende-vuistregel", "de vuistregel"),
	}
}

// followLinks reports every link that leads nowhere.
func (g *guidance) followLinks(decisions *names[*model.Decision]) {
	targets := g.targets(decisions)
	for _, link := range g.links {
		reference, ok := prose.ParseReference(link.Destination)
		if !ok {
			g.badLink(link.Link)
			continue
		}
		page, where := link.page, "op deze pagina"
		switch reference.Scheme {
		case "https":
			continue
		case "":
			if page == "" {
				where = "hier"
			}
		default:
			t, ok := targets[reference.Scheme]
			if !ok {
				panic("BUG: nothing is known of links with " + reference.Scheme)
			}
			if !t.exists(reference.ID) {
				g.list.Addf(link.Span, t.code, `%s "%s" bestaat niet%s`, t.what, reference.ID, diag.Suggest(reference.ID, t.ids()))
				continue
			}
			if page = reference.Scheme + ":" + reference.ID; page != link.page {
				where = `op "` + page + `"`
			}
		}
		if reference.Fragment != "" && !slices.Contains(g.anchors[page], reference.Fragment) {
			g.list.Addf(link.Span, "dode-link", `de link "%s" wijst naar een kop die %s niet bestaat%s`, link.Destination, where, diag.Suggest(reference.Fragment, g.anchors[page]))
		}
	}
}

// badLink says what is wrong with a destination that means nothing.
func (g *guidance) badLink(link prose.Link) {
	scheme, _, colon := strings.Cut(link.Destination, ":")
	switch {
	case link.Destination == "":
		g.list.Addf(link.Span, "onbekende-link", `deze link wijst nergens heen; schrijf tussen de haakjes bijvoorbeeld begrip:beroepsgeheim`)
	case scheme == "http":
		g.list.Addf(link.Span, "onbekende-link", `de link "%s" is niet veilig; schrijf https://`, link.Destination)
	case colon && slices.Contains(prose.Schemes(), scheme):
		g.list.Addf(link.Span, "onbekende-link", `achter "%s:" hoort een id van kleine letters, cijfers en streepjes, niet "%s"`, scheme, strings.TrimPrefix(link.Destination, scheme+":"))
	case colon:
		g.list.Addf(link.Span, "onbekende-link", `de link "%s" begint met "%s:", en dat kan niet%s`, link.Destination, scheme, diag.Suggest(scheme, prose.Schemes()))
	default:
		g.list.Addf(link.Span, "onbekende-link", `de link "%s" mist wat er voor hoort te staan, zoals begrip:, fase:, pagina: of https://`, link.Destination)
	}
}
