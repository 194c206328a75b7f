package site_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"handvat/generator/model"
	"handvat/generator/site"
	"handvat/theme"
)

func TestBuildGivesEveryPageAndFile(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	hash := regexp.MustCompile(`-[0-9A-Z]{8}\.`)
	var got []string
	for name := range files {
		got = append(got, hash.ReplaceAllString(name, "-HASH."))
	}
	slices.Sort(got)
	want := strings.Fields(`
		.well-known/security.txt 404.html a-z/index.html zoeken/index.html handvat.webmanifest icoon-192.png icoon-512.png
		_/atkinson-next-HASH.woff2 _/beslissing-HASH.js _/boom-HASH.css _/deelwijzer-HASH.css _/deelwijzer-HASH.js _/handvat-HASH.css _/liggend-HASH.css _/mag-ik-meenemen-HASH.wasm _/mee-HASH.js _/meenemen-HASH.js _/overnemen-HASH.js _/pagina-HASH.js _/regio-HASH.css _/standin-HASH.js _/stroom-HASH.css
		_/toets-HASH.js _/uitleg-HASH.js _/vakje-HASH.js _/fase-HASH.js _/wanneer-informeer-ik-HASH.wasm _/werkblad-HASH.css _/werkblad-HASH.js _/west-mag-ik-meenemen-HASH.wasm _/zin-HASH.js _/zoeken-HASH.css _/zoeken-HASH.js _/zoeker-HASH.js _/zoekindex-HASH.json
		begrippen/index.html bronnen/handreiking/index.html bronnen/index.html bronnen/wgs/index.html
		fasen/aanmelding/index.html fasen/afschaling/index.html fasen/casusoverleg/index.html fasen/index.html fasen/triage/index.html fasen/varianten/meldpunt/index.html
		favicon.svg gegevens/gezondheid/index.html gegevens/index.html index.html
		kennis/index.html kennis/zwijgen/index.html
		mag-dit/index.html mag-dit/mag-ik-meenemen/index.html mag-dit/mag-ik-meenemen/boom/index.html mag-dit/mag-ik-meenemen/regels/index.html mag-dit/mag-ik-meenemen/stappen/index.html mag-dit/mag-ik-meenemen/stappen/tot-2025-03-01/index.html
		mag-dit/wanneer-informeer-ik/index.html mag-dit/wanneer-informeer-ik/boom/index.html mag-dit/wanneer-informeer-ik/regels/index.html mag-dit/wanneer-informeer-ik/stappen/index.html
		meenemen/index.html meenemen/slotafspraken/index.html
		partijen/index.html partijen/politie/index.html regio/index.html regio/west/index.html
		regio/west/meenemen/slotafspraken/index.html regio/west/mag-dit/mag-ik-meenemen/index.html regio/west/mag-dit/mag-ik-meenemen/boom/index.html regio/west/mag-dit/mag-ik-meenemen/regels/index.html regio/west/mag-dit/mag-ik-meenemen/stappen/index.html regio/west/mag-dit/mag-ik-meenemen/stappen/tot-2025-03-01/index.html
		licenties/CC-BY-4.0.txt licenties/EUPL-1.2.txt licenties/MIT-minisearch.txt licenties/OFL-1.1.txt
		onderdelen/index.html robots.txt sitemap.xml verantwoording/index.html vuistregels/index.html`)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if dir := os.Getenv("HANDVAT_SITE_OUT"); dir != "" {
		for name, data := range files {
			os.MkdirAll(filepath.Join(dir, path.Dir(name)), 0o755)
			os.WriteFile(filepath.Join(dir, name), data, 0o644)
		}
	}
}

// Where a region touches the decision that a sheet is held against, it has the sheet with its own rules; each leads to the other.
func TestARegionHasTheSheetsThatItChanges(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"regio/west/meenemen/slotafspraken/index.html":  {"_/west-mag-ik-meenemen-", "data-a="},
		"meenemen/slotafspraken/index.html":             {"_/mag-ik-meenemen-", "regio/west/meenemen/slotafspraken/"},
		"regio/west/mag-dit/mag-ik-meenemen/index.html": {"meenemen/slotafspraken/"},
		"regio/west/index.html":                         {"meenemen/slotafspraken/"},
	} {
		for _, words := range want {
			if !strings.Contains(string(files[name]), words) {
				t.Errorf("%s has no %q", name, words)
			}
		}
	}
}

// The rules stand on a page of their own, which names the module that they belong to.
func TestADecisionLeadsToItsRules(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	for root, module := range map[string]string{"mag-dit/mag-ik-meenemen/": "../../../_/mag-ik-meenemen-", "regio/west/mag-dit/mag-ik-meenemen/": "../../../../../_/west-mag-ik-meenemen-"} {
		decision, rules := string(files[root+"index.html"]), string(files[root+"regels/index.html"])
		if !strings.Contains(decision, `<a href="`+strings.Repeat("../", strings.Count(root, "/"))+root+`regels/" data-deel="regels">`) || strings.Contains(decision, `class="regel"`) {
			t.Errorf("%s has its rules on the page itself, or does not lead to them", root)
		}
		for _, want := range []string{`id="regel-mag-ik-meenemen-akkoord"`, `id="voorwaarde-alleen-actie"`, `href="` + module} {
			if !strings.Contains(rules, want) {
				t.Errorf("%sregels/ lacks %s", root, want)
			}
		}
	}
}

// An example leads to an outcome: an answer that follows from the others is filled in, and a case that leaves a question open
// is no example.
func TestExamplesLeadToAnOutcome(t *testing.T) {
	m := small()
	d := m.Decisions[0]
	role, plan, word := d.Questions[1], d.Questions[2], d.Questions[3]
	day := "2026-01-01"
	d.Cases = []*model.Case{
		{ID: "open", Name: "Een open vraag", Date: day, Answers: map[*model.Fact]int{role: 0, plan: 0}},
		{ID: "niet-gevraagd", Name: "Een adviseur zonder plan", Date: day, Answers: map[*model.Fact]int{role: 1, plan: 2, word: 1}},
		{ID: "klaar", Name: "Een uitvoerder", Date: day, Answers: map[*model.Fact]int{role: 0, plan: 0, word: 0}},
	}
	files, err := site.Build(input(t, m))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, found := range regexp.MustCompile(`href="#(datum=[^"]*)"`).FindAllStringSubmatch(string(files["mag-dit/mag-ik-meenemen/index.html"]), -1) {
		got = append(got, strings.ReplaceAll(found[1], "&amp;", "&"))
	}
	if want := []string{"datum=2026-01-01&rol=adviseur&akkoord=nog-niet", "datum=2026-01-01&rol=uitvoerder&aandeel=ja&akkoord=ja"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A sheet carries what its fields say to the module, and is offered where it is needed.
func TestASheetIsFilledInAndOffered(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"meenemen/index.html":                {`href="../meenemen/slotafspraken/"`},
		"fasen/casusoverleg/index.html":      {`href="../../meenemen/slotafspraken/"`},
		"mag-dit/mag-ik-meenemen/index.html": {`href="../../meenemen/slotafspraken/"`},
		"meenemen/slotafspraken/index.html": {`data-ingang="0" data-vragen="4" data-vast="2.0 0.1"`, `<option data-a="1.0" data-f="rol=uitvoerder">Doet mee</option>`, `maxlength="50"`,
			`Beste <span class="gat" data-veld="naam">[je functie]</span>,`, `href="../../_/mag-ik-meenemen-`, `href="../../mag-dit/mag-ik-meenemen/regels/" data-regels`},
	} {
		for _, w := range want {
			if !strings.Contains(string(files[name]), w) {
				t.Errorf("%s lacks %s", name, w)
			}
		}
	}
	if name := "fasen/triage/index.html"; strings.Contains(string(files[name]), "slotafspraken") {
		t.Errorf("%s offers a sheet of another phase", name)
	}
}

// A step of a variant names the decisions that are asked in it, and the decision names the variant.
func TestAVariantShowsItsSteps(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"fasen/index.html":                    `href="../fasen/varianten/meldpunt/"`,
		"fasen/varianten/meldpunt/index.html": `(?s)id="?stap-intake.*Aannemen.*href="../../../fasen/triage/".*href="../../../mag-dit/mag-ik-meenemen/".*id="?stap-doorverwijzing`,
		"mag-dit/mag-ik-meenemen/index.html":  `href="../../fasen/varianten/meldpunt/"`,
		"bronnen/handreiking/index.html":      `href="../../fasen/varianten/meldpunt/"`,
	} {
		if !regexp.MustCompile(want).Match(files[name]) {
			t.Errorf("%s: nothing like %s in\n%s", name, want, files[name])
		}
	}
}

// A page of every kind of mistake; Build refuses a site with any of them.
func TestCheckLinksNamesEveryMistake(t *testing.T) {
	files := map[string][]byte{
		"index.html": []byte(`<link rel="stylesheet" href="https://elders.example/a.css"><p id="a" style="color:red"><a href="b/#hier">1</a> <a href="b/#daar">2</a>
<a href="c/">3</a> <a href="/b/">4</a> <a href="#rol=x">5</a> <a href="https://elders.example/">6</a> <a href="tel:112">7</a><p id="a"><label for="weg">8</label>
<script>x()</script><img src="data:,"><template><p id="a"></p></template>`),
		"b/index.html": []byte(`<h2 id="hier">b</h2><a href="../">terug</a><a href="../index.html#a">a</a>`),
	}
	want := []string{
		`index.html: "/b/" starts at the root: under another path it leads nowhere`,
		`index.html: "b/#daar" names a place that b/index.html does not have`,
		`index.html: "c/" leads to c/index.html, which is not there`,
		`index.html: <img> leads to data:,, elsewhere`,
		`index.html: <link> leads to https://elders.example/a.css, elsewhere`,
		`index.html: <p> has attribute style, which the policy refuses`,
		`index.html: for names id "weg", which is not there`,
		`index.html: id "a" is there twice`,
		`index.html: there is a <script> within the page, which the policy refuses`,
	}
	if got := site.CheckLinks(files); !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestATemplateThatWarnsStopsTheBuild(t *testing.T) {
	in := input(t, small())
	theme := fstest.MapFS{}
	fs.WalkDir(in.Theme, ".", func(name string, entry fs.DirEntry, err error) error {
		if !entry.IsDir() {
			data, _ := fs.ReadFile(in.Theme, name)
			theme[name] = &fstest.MapFile{Data: data}
		}
		return err
	})
	in.Theme = theme
	for wrong, want := range map[string]string{
		`{{ warnf "let op" }}`:   "let op",
		`{{ T "bestaat-niet" }}`: "label missing: [i18n] bestaat-niet",
		`{{ .Bestaat.Niet }}`:    "Bestaat",
	} {
		theme["layouts/fasen.html"] = &fstest.MapFile{Data: []byte(`{{ define "main" }}` + wrong + `{{ end }}`)}
		if files, err := site.Build(in); err == nil || files != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

func TestTwoBuildsAreTheSame(t *testing.T) {
	first, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	second, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	if len(first) != len(second) {
		t.Fatalf("%d files, then %d", len(first), len(second))
	}
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

// Every component says what it is for and is shown, with an example or with where it stands, on a page that nobody is led to.
func TestEveryComponentIsShown(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	shown := string(files["onderdelen/index.html"])
	folders, err := fs.ReadDir(theme.Files, "assets/components")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		name := folder.Name()
		_, section, found := strings.Cut(shown, `id="onderdeel-`+name+`"`)
		section, _, _ = strings.Cut(section, "</section>\n")
		if !found || strings.Count(section, "<dd></dd>") > 0 {
			t.Errorf("theme/assets/components/%s/%s.yaml is not there, or lacks doe or niet", name, name)
		}
		if !strings.Contains(section, "<figure") && !strings.Contains(section, "Staat op elke pagina") && !strings.Contains(section, "Te zien op") {
			t.Errorf("component %s shows nothing: it needs voorbeelden, zie or overal", name)
		}
	}
	if !strings.Contains(shown, `content="noindex"`) {
		t.Error("the page of components can be found by search engines")
	}
	for name, data := range files {
		if name != "onderdelen/index.html" && bytes.Contains(data, []byte("onderdelen/")) && path.Ext(name) != ".css" {
			t.Errorf("%s leads to the page of components", name)
		}
	}
}

// A site says where to report what is wrong, or that nobody has said so yet.
func TestSecurityTextNamesTheContact(t *testing.T) {
	in := input(t, small())
	for contact, want := range map[string]string{
		"":                        "# Wie deze site plaatst, heeft nog geen meldadres ingesteld.\n",
		"mailto:meld@gemeente.nl": "Contact: mailto:meld@gemeente.nl\n",
	} {
		in.Model.Settings.Contact = contact
		files, err := site.Build(in)
		if err != nil {
			t.Fatal(err)
		}
		want += "Expires: 2027-11-21T00:00:00Z\nPreferred-Languages: nl, en\nCanonical: https://handvat.example/.well-known/security.txt\n"
		if got := string(files[".well-known/security.txt"]); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
}

// A visitor with several tabs open, or looking back through a day, tells pages apart by their titles. A search engine shows the
// description below it.
func TestPagesSayWhatTheyAre(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	title, has := regexp.MustCompile(`<title>(.*?)</title>`), map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".html" {
			continue
		}
		found := title.FindSubmatch(files[name])
		if found == nil {
			t.Errorf("%s has no title", name)
		} else if first, ok := has[string(found[1])]; ok {
			t.Errorf("%s and %s are both called %q", first, name, found[1])
		} else {
			has[string(found[1])] = name
		}
		if !bytes.Contains(files[name], []byte(`<meta name="robots" content="noindex">`)) && !bytes.Contains(files[name], []byte(`<meta name="description" content=`)) {
			t.Errorf("%s has no description", name)
		}
	}
}
