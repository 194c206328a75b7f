package browser

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handvat/generator/serve"
)

// The budgets of the site, in bytes as hosts send them with brotli.
const (
	budgetPage     = 45_000 // a page with style, script and font
	budgetLongPage = 55_000
	budgetDecision = 55_000 // with module, ready to answer
	budgetSecond   = 15_000 // what a second page adds

	budgetHTML     = 10_000
	budgetLongHTML = 20_000
	budgetCSS      = 8_000 // of the whole site
	budgetOwnCSS   = 3_000 // of a kind of page that has styles of its own beside it
	budgetJS       = 3_000
	budgetFont     = 20_000

	budgetDecisionJS   = 8_000
	budgetDecisionWasm = 3_000

	budgetRequests = 8
)

// overSecond is the page that adds more than a second page may: the phase in which most is shared, drawn and in words.
var overSecond = map[string]int{"fasen/casusoverleg/": 15_300}

// long tells whether a page is there to read at length.
func long(page string) bool {
	return page == sharingPage || strings.HasPrefix(page, "bronnen/") || strings.Contains(page, "/stappen/") || strings.HasSuffix(page, "/boom/") || strings.HasSuffix(page, "/regels/") || strings.HasPrefix(page, "fasen/") && page != "fasen/" || strings.HasPrefix(page, "kennis/") && page != "kennis/" || strings.Contains(page, "meenemen/") && page != "meenemen/" || page == "a-z/" || page == "begrippen/" || page == "vuistregels/" || page == "verantwoording/"
}

// load opens a page, and gives what its visitor's browser asked for by kind, in bytes, "" for all together.
func load(p *Page, name string) (sizes map[string]int, requests []string) {
	p.t.Helper()
	p.Open(name)
	if isDecision(name) {
		(&decider{Page: p}).ready()
	}
	p.Wait("the fonts", "document.fonts.status === 'loaded'")
	requests = p.Requests()
	slices.Sort(requests)
	requests = slices.Compact(requests) // what was asked for twice came from the cache the second time
	sizes = map[string]int{}
	for _, r := range requests {
		size := Weigh(p.site.Files, r)
		sizes[path.Ext(r)] += size
		sizes[""] += size
	}
	return sizes, requests
}

func TestPagesKeepToTheirBudget(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	check := func(page, what string, have, most int) {
		t.Helper()
		if have > most {
			t.Errorf("%s: %s: %d, and the budget is %d", page, what, have, most)
		}
	}
	_, first := load(chromium.Page(t, site, View{Width: 360}), "")
	names := append(p.templates(), decisionPages(p)...)
	for _, name := range p.pages() {
		if strings.HasPrefix(name, "fasen/") && !slices.Contains(names, name) {
			names = append(names, name) // every phase: they differ much
		}
	}
	for _, name := range names {
		page := chromium.Page(t, site, View{Width: 360})
		sizes, requests := load(page, name)
		t.Logf("%-50s %2d requests %6d bytes: %v", name, len(requests), sizes[""], sizes)
		check(name, "requests", len(requests), budgetRequests)
		check(name, "font", sizes[".woff2"], budgetFont)
		own := 0
		for _, r := range requests {
			if path.Ext(r) == ".css" && !strings.HasPrefix(r, "_/handvat-") {
				own += Weigh(p.files, r)
			}
		}
		check(name, "CSS", sizes[".css"]-own, budgetCSS)
		check(name, "CSS of its own", own, budgetOwnCSS)
		switch {
		case isDecision(name):
			check(name, "all together", sizes[""], budgetDecision)
			check(name, "JavaScript", sizes[".js"], budgetDecisionJS)
			check(name, "WebAssembly", sizes[".wasm"], budgetDecisionWasm)
			if sizes[".wasm"] == 0 || sizes[".js"] == 0 {
				t.Errorf("%s: no script or module was asked for: %v", name, requests)
			}
			continue
		case name == sharingPage: // a table for which the page has the rules of seven decisions
			check(name, "all together", sizes[""], budgetDecision)
			check(name, "JavaScript", sizes[".js"], budgetDecisionJS)
			check(name, "WebAssembly", sizes[".wasm"], budgetDecisionWasm)
			continue
		case long(name):
			check(name, "all together", sizes[""], budgetLongPage)
		default:
			check(name, "all together", sizes[""], budgetPage)
		}
		check(name, "JavaScript", sizes[".js"], budgetJS)
		added := 0
		for _, r := range requests {
			if !slices.Contains(first, r) {
				added += Weigh(p.files, r)
			}
		}
		if !strings.Contains(name, "/stappen/") && !strings.HasSuffix(name, "/regels/") { // as long as the walk or the rules of a decision
			check(name, "as a second page", added, max(budgetSecond, overSecond[name]))
		}
	}
}

func decisionPages(p *project) []string {
	return slices.DeleteFunc(p.pages(), func(name string) bool { return !isDecision(name) })
}

// Every page, since what it weighs depends on its text.
func TestTextsKeepToTheirBudget(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	for _, name := range p.pages() {
		most := budgetHTML
		if long(name) {
			most = budgetLongHTML
		}
		if isDecision(name) {
			continue // within the budget of the whole page
		}
		if size := Weigh(p.files, name+"index.html"); size > most {
			t.Errorf("%s: the page weighs %d, and the budget is %d", name, size, most)
		}
	}
}

var hashed = regexp.MustCompile(`-[0-9A-Z]{8}\.`)

// Names with a hash are the ones that may be cached for ever.
func TestFilesHaveATypeAndHashedNames(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		if serve.ContentType(name) == serve.ContentType("") {
			t.Errorf("%s: no type is known for it", name)
		}
		if strings.HasPrefix(name, "_/") && !hashed.MatchString(name) {
			t.Errorf("%s is cached for ever and its name holds no hash", name)
		}
		if !strings.HasPrefix(name, "_/") && hashed.MatchString(name) {
			t.Errorf("%s holds a hash and is not cached for ever", name)
		}
	}
}
