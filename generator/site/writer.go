package site

import (
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/prose"
)

// A writer turns the model into pages.
type writer struct {
	in      Input
	modules map[*model.Decision]paths
	prose   *prose.Renderer
	labels  map[string]string // interface labels that Go itself needs, from theme/i18n

	edition *Edition // the region whose decisions are written, or nil

	walked   map[*model.Decision][]walkPage
	usage    map[*model.Norm][]link
	normHref map[*model.Norm]string
	sources  [][]sourcePage // per source
}

type link struct {
	Href string `json:"href"`
	Text string `json:"tekst"`
}

func newWriter(in Input, modules map[*model.Decision]paths) *writer {
	w := &writer{in: in, modules: modules, prose: newRenderer(), labels: readLabels(in.Theme), walked: map[*model.Decision][]walkPage{}}
	w.readUsage()
	w.readSources()
	for _, d := range in.Decisions {
		w.walked[d.Decision] = w.walks(d)
	}
	return w
}

// siteParams are what every page shows.
func (w *writer) siteParams() map[string]any {
	return map[string]any{
		"promise": w.in.Model.Settings.Promise,
		"date":    w.in.Model.Settings.Date,
		"style":   "/" + w.in.Assets.Style, "font": "/" + w.in.Assets.Font, "script": "/" + w.in.Assets.Decision, "pageScript": "/" + w.in.Assets.Page,
		"sentenceScript": "/" + w.in.Assets.Sentence, "searchScript": "/" + w.in.Assets.Search,
		"sheetStyle": "/" + w.in.Assets.SheetStyle, "landscape": "/" + w.in.Assets.Landscape, "sheetScript": "/" + w.in.Assets.Sheet,
		"treestyle": "/" + w.in.Assets.TreeStyle, "flowstyle": "/" + w.in.Assets.FlowStyle, "sharingstyle": "/" + w.in.Assets.SharingStyle, "sharingscript": "/" + w.in.Assets.Sharing,
		"regionstyle": "/" + w.in.Assets.RegionStyle, "searchstyle": "/" + w.in.Assets.SearchStyle,
		"hasNameless": w.hasPage("zonder-naam"), "hasAcute": w.hasPage("acuut"), "hasSharing": w.hasSharing(), "hasRegions": len(w.in.Model.Regions) > 0, "hasTopics": len(w.in.Model.Shelves) > 0, "hasSheets": len(w.in.Model.Sheets) > 0,
		"hasAccount": w.hasPage("verantwoording"), "hasPrivacy": w.hasPage("privacy"), "hasAccess": w.hasPage("toegankelijkheid"), "hasLicences": w.hasPage(licencePage),
	}
}

func (w *writer) hasPage(id string) bool {
	return slices.ContainsFunc(w.in.Model.Pages, func(p *model.Page) bool { return p.ID == id })
}

func (w *writer) pages() []page {
	out := []page{w.home()}
	out = append(out, w.phases()...)
	out = append(out, w.decisions()...)
	out = append(out, w.entities("partijen", w.in.Model.Parties)...)
	out = append(out, w.entities("gegevens", w.in.Model.Kinds)...)
	out = append(out, w.thumbRules(), w.terms())
	out = append(out, w.topics()...)
	out = append(out, w.sheets()...)
	out = append(out, w.regions()...)
	out = append(out, w.sourcePages()...)
	out = append(out, w.finding()...)
	out = append(out, page{Title: w.label("onderdelen"), Layout: "onderdelen", URL: "/" + componentsPage + "/", Description: w.label("onderdelen-lood"), Sitemap: unlisted, Params: map[string]any{"noindex": true}})
	for _, p := range w.in.Model.Pages {
		params := map[string]any{"lead": w.words(p.Lead), "body": w.body(p.Body), "toc": contents(p.Body), "files": []link(nil)}
		if p.ID == accountPage {
			counts := []countTable{w.coverage(), w.readability()}
			toc := append(contents(p.Body), link{"#cijfers", w.label("cijfers")})
			for _, c := range counts {
				toc = append(toc, link{"#" + c.ID, c.Title})
			}
			params["figures"], params["counts"], params["toc"] = w.figures(), counts, toc
		}
		if p.ID == licencePage {
			for _, name := range []string{"CC-BY-4.0", "EUPL-1.2", "OFL-1.1", "MIT-minisearch"} {
				params["files"] = append(params["files"].([]link), link{"/" + licences + name + ".txt", name})
			}
		}
		made := page{Title: p.Title, Layout: "pagina", URL: "/" + p.ID + "/", Description: p.Lead, Params: params}
		if p.ID == offlinePage {
			params["noindex"], made.Sitemap = true, unlisted
		}
		out = append(out, made)
	}
	return out
}

// licencePage names what the site may be used for; the full texts of the licences stand below its own.
const licencePage = "licenties"

// componentsPage shows those who build on the theme every component; no page leads there.
const componentsPage = "onderdelen"

// offlinePage is what a visitor sees for a page that is not on the device; nobody looks for it.
const offlinePage = "offline"

// unlisted keeps a page out of the sitemap.
var unlisted = map[string]any{"disable": true}

// contents are the headings of level 2 of a long text.
func contents(p model.Prose) []link {
	var out []link
	for _, h := range p.Headings {
		if h.Level == 2 {
			out = append(out, link{"#" + h.ID, h.Text})
		}
	}
	return out
}

// The classes of the four verdicts, by level; they say which sign, shape and colour.
var levelClass = [4]string{"niet", "eigen", "mits", "mag"}

// grouped writes a number of digits with a point between thousands.
func grouped(digits string) string {
	var parts []string
	for len(digits) > 3 {
		parts = append(parts, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	parts = append(parts, digits)
	slices.Reverse(parts)
	return strings.Join(parts, ".")
}
