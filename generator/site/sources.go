package site

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"handvat/generator/model"
)

// A sourcePage is a part of what the site takes from one source: a long document takes several pages.
type sourcePage struct {
	href     string
	sections []sourceSection
	norms    int
}

type sourceSection struct {
	Title   string `json:"-"`   // short, as it is cited
	Heading string `json:"kop"` // with its name: a number alone says nothing to who goes from heading to heading
	Norms   []norm `json:"normen"`
}

type norm struct {
	ID    string `json:"id"`
	Text  string `json:"tekst"`
	Place string `json:"plaats"`
	Used  []link `json:"gebruikt"`
}

// normsPerPage keeps a page of a source within what a phone loads at once.
const normsPerPage = 90

// readUsage finds for every norm where the site uses it.
func (w *writer) readUsage() {
	w.usage = map[*model.Norm][]link{}
	use := func(href, text string, all ...[]*model.Norm) {
		for _, norms := range all {
			for _, n := range norms {
				if l := (link{href, text}); !slices.Contains(w.usage[n], l) {
					w.usage[n] = append(w.usage[n], l)
				}
			}
		}
	}
	body := func(href, text string, p model.Prose) {
		for _, h := range p.Headings {
			use(href+"#"+h.ID, text, h.Norms)
		}
	}
	m := w.in.Model
	for _, d := range w.in.Decisions {
		href, title := "/mag-dit/"+d.Decision.ID+"/", d.Decision.Short
		w.eachRule(d.Decision, func(r *model.Rule) {
			use(href, title, r.Norms)
			for _, c := range r.Conditions {
				use(href, title, c.Norms)
			}
		})
		for _, o := range d.Decision.Outcomes {
			for _, c := range o.Conditions {
				use(href, title, c.Norms)
			}
		}
		for _, f := range d.Decision.Questions {
			use(href, title, f.Norms)
		}
		if g := d.Decision.NoGround; g != nil {
			use(href, title, g.Norms)
		}
	}
	process := func(p *model.Phase, href string) {
		use(href, p.Title, p.Purpose.Norms, p.Who.Norms, p.What.Norms, p.WhatNot.Norms)
		for _, f := range p.Flows {
			use(href, p.Title, f.Norms)
		}
		for _, s := range p.Shared {
			use(href, p.Title, s.Norms)
		}
		for _, c := range p.Checklist {
			use(href, p.Title, c.Norms)
		}
		for _, s := range p.Steps {
			use(href, p.Title, s.Norms)
		}
		body(href, p.Title, p.Body)
	}
	for _, p := range m.Phases {
		process(p, phaseHref(p))
	}
	for _, p := range m.Variants {
		process(p, variantHref(p))
	}
	for _, r := range m.ThumbRules {
		use("/vuistregels/#"+r.ID, r.Title, r.Norms)
	}
	entities := func(folder string, all []*model.Entity) {
		for _, e := range all {
			href := "/" + folder + "/" + e.ID + "/"
			use(href, e.Name, e.Norms)
			body(href, e.Name, e.Body)
		}
	}
	entities("partijen", m.Parties)
	entities("gegevens", m.Kinds)
	for _, t := range m.Terms {
		use("/begrippen/#"+t.ID, t.Name, t.Norms)
	}
	for _, s := range m.Shelves {
		for _, t := range s.Topics {
			href := topicHref(t)
			for _, e := range t.Examples {
				use(href, t.Title, e.Norms)
			}
			for _, c := range t.Checklist {
				use(href, t.Title, c.Norms)
			}
			body(href, t.Title, t.Body)
		}
	}
	for _, p := range m.Pages {
		body("/"+p.ID+"/", p.Title, p.Body)
	}
	for _, s := range m.Sheets {
		for _, p := range s.Parts {
			for _, c := range p.Checklist {
				use(sheetHref(s), s.Title, c.Norms)
			}
		}
		body(sheetHref(s), s.Title, s.Body)
	}
	for _, r := range m.Regions {
		href := regionHref(r)
		for _, rule := range r.Rules {
			use(href, r.Name, rule.Norms)
		}
		for _, n := range r.Names {
			use(href, r.Name, n.Norms)
		}
		for _, p := range r.Partners {
			use(href, r.Name, p.Norms)
		}
		for _, p := range slices.Concat(r.Contact, r.Sending) {
			use(href, r.Name, p.Norms)
		}
		for _, t := range r.Tensions {
			use(href+"#"+t.ID, r.Name, t.Document.Norms, t.National.Norms)
		}
		body(href, r.Name, r.Body)
	}
}

// eachRule calls visit for the rules of a decision and of the decisions and derived facts it uses.
func (w *writer) eachRule(d *model.Decision, visit func(*model.Rule)) {
	seen := map[*model.Decision]bool{}
	var decision func(*model.Decision)
	decision = func(d *model.Decision) {
		if seen[d] {
			return
		}
		seen[d] = true
		for _, r := range d.Rules {
			visit(r)
			model.FactsOf(r.When, func(f *model.Fact) {
				for _, derived := range f.Rules {
					visit(derived)
				}
			})
		}
		for _, f := range d.Uses {
			if f.Uses != nil {
				decision(f.Uses)
			}
		}
	}
	decision(d)
}

// readSources divides the norms in use over pages, by source and section, and gives each its address.
func (w *writer) readSources() {
	w.normHref = map[*model.Norm]string{}
	for _, s := range w.in.Model.Sources {
		root := "/bronnen/" + s.ID + "/"
		pages := []sourcePage{{href: root}}
		sections := map[string][]*model.Norm{}
		var order []string
		for _, n := range w.in.Model.Norms {
			if n.Source != s || len(w.usage[n]) == 0 {
				continue
			}
			title := sectionOf(n.Place)
			if sections[title] == nil {
				order = append(order, title)
			}
			sections[title] = append(sections[title], n)
		}
		for _, title := range byNumber(order) {
			for norms := sections[title]; len(norms) > 0; {
				last := &pages[len(pages)-1]
				if last.norms >= normsPerPage {
					pages = append(pages, sourcePage{href: fmt.Sprintf("%sdeel-%d/", root, len(pages)+1)})
					continue
				}
				n := min(len(norms), normsPerPage+normsPerPage/4-last.norms)
				section := sourceSection{Title: title, Heading: title}
				if onlyNumber.MatchString(title) {
					section.Heading = namedPlace(norms[0].Place)
				}
				for _, each := range norms[:n] {
					section.Norms = append(section.Norms, norm{each.ID, w.words(each.Text), each.Place, w.usage[each]})
					w.normHref[each] = last.href + "#" + each.ID
				}
				last.sections = append(last.sections, section)
				last.norms += n
				norms = norms[n:]
			}
		}
		w.sources = append(w.sources, pages)
	}
}

// onlyNumber is a section that is cited by its number.
var onlyNumber = regexp.MustCompile(`^((Bijlage )?[A-Z]?[\d.]+|[IVX]+)$`)

// numbered is what stands before the number of a section, and that number.
var numbered = regexp.MustCompile(`^(\D*)([\d.:]*)`)

// byNumber orders sections as the source numbers them, whichever register names them first. Sections with other words before
// their number, or without one, stay in the order given.
func byNumber(titles []string) []string {
	var kinds []string
	for _, t := range titles {
		if kind := numbered.FindStringSubmatch(t)[1]; !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return slices.SortedStableFunc(slices.Values(titles), func(a, b string) int {
		x, y := numbered.FindStringSubmatch(a), numbered.FindStringSubmatch(b)
		return cmp.Or(slices.Index(kinds, x[1])-slices.Index(kinds, y[1]), slices.Compare(numbers(x[2]), numbers(y[2])))
	})
}

// numbers reads "2.10" as 2 and 10.
func numbers(s string) []int {
	var out []int
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ':' }) {
		n, _ := strconv.Atoi(part)
		out = append(out, n)
	}
	return out
}

func (w *writer) sourcePages() []page {
	var list []map[string]any
	var out []page
	for i, s := range w.in.Model.Sources {
		pages := w.sources[i]
		about := map[string]any{
			"id": s.ID, "href": pages[0].href, "name": s.Short, "title": s.Title, "kind": s.Kind, "date": s.Date,
			"for": w.words(s.For), "overtaken": w.html(s.Overtaken),
		}
		count := 0
		var parts []link
		for _, p := range pages {
			count += p.norms
			text := ""
			if len(p.sections) > 0 {
				text = p.sections[0].Title
				if last := p.sections[len(p.sections)-1].Title; last != text {
					text += " – " + last
				}
			}
			parts = append(parts, link{p.href, text})
		}
		about["count"] = count
		list = append(list, about)
		for j, p := range pages {
			title := s.Title
			if len(pages) > 1 {
				title = fmt.Sprintf("%s, %s %d %s %d", s.Title, w.label("deel-van"), j+1, w.label("van"), len(pages))
			}
			params := map[string]any{"about": about, "sections": p.sections, "first": j == 0}
			if len(pages) > 1 {
				var nav []map[string]any
				for k, part := range parts {
					nav = append(nav, map[string]any{"href": part.Href, "text": part.Text, "current": k == j})
				}
				params["parts"] = nav
			}
			out = append(out, page{Title: title, Layout: "bron", URL: p.href, Description: s.For, Params: params})
		}
	}
	return append([]page{{Title: w.label("bronnen"), Layout: "bronnen", URL: "/bronnen/", Description: w.label("bronnen-lood"), Params: map[string]any{"list": list}}}, out...)
}
