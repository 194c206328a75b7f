package site

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/prose"
)

// A citation is what a statement takes from one source: its name, and the places, each with a link to the norm there.
type citation struct {
	Source string  `json:"bron"` // "" where the places say it
	Href   string  `json:"href"`
	Places []place `json:"plaatsen,omitempty"`
}

type place struct {
	Text string `json:"tekst"`
	Href string `json:"href"`
}

// cite groups what a statement rests on by source, in the order of the sources page. Several norms of one section of a
// document become one place: what exactly stands there is on the page of that source.
func (w *writer) cite(all ...model.Cited) []citation { return w.citeAs(shortPlace, all...) }

// citeNamed does the same with the names of sections behind their numbers, for readers who do not have the source at hand.
func (w *writer) citeNamed(all ...model.Cited) []citation { return w.citeAs(namedPlace, all...) }

func (w *writer) citeAs(name func(place string) string, all ...model.Cited) []citation {
	var out []citation
	for _, s := range w.in.Model.Sources {
		c := citation{Source: s.Short, Href: "/bronnen/" + s.ID + "/"}
		seen := map[string]bool{}
		ownName := false // whether the places name their law themselves
		add := func(text, href string) {
			if namesLaw.MatchString(text) {
				ownName = true
			} else {
				text = strings.TrimSpace(strings.TrimPrefix(text, c.Source+" "))
			}
			if text != "" && !seen[text] {
				seen[text] = true
				c.Places = append(c.Places, place{text, href})
			}
		}
		named := false
		for _, cited := range all {
			for _, n := range cited.Norms {
				if n.Source == s {
					named = true
					add(name(n.Place), w.normHref[n])
				}
			}
			for _, ref := range cited.Sources {
				if ref.Source == s {
					named = true
					add(ref.Place, c.Href)
				}
			}
		}
		if named {
			if ownName {
				c.Source = ""
			}
			out = append(out, c)
		}
	}
	return out
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// namesLaw finds places such as "BGS art. 1.3 lid 2".
var namesLaw = regexp.MustCompile(`^\p{Lu}\pL+ (art\.|artikel|§)`)

var romanNumber = regexp.MustCompile(`^([IVX]+)\. `)

var sectionNumber = regexp.MustCompile(`^((?:Bijlage )?[A-Z]?\d+(?:\.\d+)*)\.? `)

// shortPlace makes "5. Uitvoering > 5.2 Vuistregels > vuistregel 9" into "5.2": the deepest part with a number. Without
// numbers it is the first part.
func shortPlace(full string) string {
	first, _, _ := strings.Cut(full, "; ")
	parts := strings.Split(first, " > ")
	for _, part := range slices.Backward(parts) {
		if m := sectionNumber.FindStringSubmatch(part); m != nil && strings.ContainsAny(m[1], ".ABCDEFG") {
			return m[1]
		}
	}
	if m := romanNumber.FindStringSubmatch(parts[0]); m != nil {
		return m[1]
	}
	name, _, _ := strings.Cut(parts[0], " (")
	if strings.Contains(name, "art. ") || strings.Contains(name, "§") {
		return name
	}
	name, _, _ = strings.Cut(name, ", ")
	return cutTitle(name)
}

// namedPlace makes of the same "5.2 Vuistregels": the part that shortPlace takes the number of, with its name.
func namedPlace(full string) string {
	short := shortPlace(full)
	first, _, _ := strings.Cut(full, "; ")
	for _, part := range strings.Split(first, " > ") {
		if name, found := strings.CutPrefix(part, short); found && name != "" {
			name, _, _ = strings.Cut(strings.TrimLeft(name, ". "), " (")
			name, _, _ = strings.Cut(name, ", ")
			return short + " " + cutTitle(name)
		}
	}
	return short
}

// cutTitle cuts a title at a word: the whole of it stands on the page of the source.
func cutTitle(name string) string {
	const enough = 60
	if runes := []rune(name); len(runes) > enough {
		cut := string(runes[:enough])
		name = strings.TrimRight(cut[:max(strings.LastIndex(cut, " "), 1)], " ,:–") + "…"
	}
	return strings.TrimSpace(name)
}

var lawArticle = regexp.MustCompile(`^\p{Lu}\pL+ (?:art\.|artikel|§) ?[\d.]+[a-z]*`)

// sectionOf is the section of a source that a place is in: of a law the article, without its parts.
func sectionOf(full string) string {
	if article := lawArticle.FindString(full); article != "" {
		return article
	}
	return shortPlace(full)
}

// sourceLine writes the sources of a section of running text, as the template bronregel does elsewhere.
func (w *writer) sourceLine(cited model.Cited) string {
	citations := w.cite(cited)
	if len(citations) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<p class="bron"><span>` + w.label("bron") + `</span>`)
	for _, c := range citations {
		if c.Source != "" {
			fmt.Fprintf(&b, ` <a href="%s">%s</a>`, c.Href, template.HTMLEscapeString(c.Source))
		}
		for i, p := range c.Places {
			if i > 0 {
				b.WriteByte(',')
			}
			name := ""
			if c.Source != "" { // in a list of links a place alone says nothing
				name = ` aria-label="` + template.HTMLEscapeString(c.Source+" "+p.Text) + `"`
			}
			fmt.Fprintf(&b, ` <a href="%s"%s>%s</a>`, p.Href, name, template.HTMLEscapeString(p.Text))
		}
		b.WriteByte('.')
	}
	b.WriteString("</p>\n")
	return b.String()
}

// body renders running text, with under each section a line with its sources.
func (w *writer) body(p model.Prose) string {
	html := w.prose.HTML(p.Markdown)
	var b strings.Builder
	pending := ""
	for _, h := range p.Headings {
		head := fmt.Sprintf(`<h%d id="%s">`, h.Level, h.ID)
		at := strings.Index(html, head)
		if at < 0 {
			panic("BUG: heading " + h.ID + " was not rendered")
		}
		b.WriteString(html[:at] + pending)
		html, pending = html[at:], w.sourceLine(model.Cited{Norms: h.Norms})
	}
	b.WriteString(html + pending)
	// A table may be wider than a phone: it gets a frame that scrolls by itself and can be reached by keyboard.
	out := strings.ReplaceAll(b.String(), "<table>", `<div class="rol" tabindex="0" role="region" aria-label="`+w.label("tabel")+`"><table>`)
	return strings.ReplaceAll(out, "</table>", "</table></div>")
}

// parts gives the body of a page by its main headings; what stands before the first is a part too.
func (w *writer) parts(p model.Prose) (out []string) {
	const heading = "<h2 "
	for i, part := range strings.Split(w.body(p), heading) {
		if i > 0 {
			part = heading + part
		}
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// html and words render a text field: as paragraphs, or as words within one.
func (w *writer) html(markdown string) string  { return strings.TrimSpace(w.prose.HTML(markdown)) }
func (w *writer) words(markdown string) string { return w.prose.Inline(markdown) }

func newRenderer() *prose.Renderer { return prose.NewRenderer(prose.Reference.Path) }
