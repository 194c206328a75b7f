package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// nu finds the Nu HTML checker, the reference for HTML, where generator/test.sh keeps the version that testdata pins.
func nu(t *testing.T) string {
	t.Helper()
	pin, err := os.ReadFile("testdata/vnu-jar/SHA512")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	archive := strings.Fields(string(pin))[1]
	jar := filepath.Join(cache, "handvat", strings.TrimSuffix(archive, ".tgz"), "package/build/dist/vnu.jar")
	if _, err := os.Stat(jar); err != nil {
		t.Fatalf("the Nu HTML checker is not there; `sh generator/test.sh` installs it: %v", err)
	}
	return jar
}

// checkHTML gives all that the checker says about the pages, styles and pictures among files, as it says it.
func checkHTML(t *testing.T, files map[string][]byte) []string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if kind := path.Ext(name); kind != ".html" && kind != ".css" && kind != ".svg" {
			continue // the checker would read it as HTML
		}
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	java, err := exec.LookPath("java")
	if err != nil {
		t.Fatal("the Nu HTML checker needs Java and there is no command java; `sh generator/test.sh` installs it")
	}
	var out, failed bytes.Buffer
	command := exec.Command(java, "-jar", nu(t), "--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg", dir)
	command.Stdout, command.Stderr = &out, &failed
	if err := command.Run(); err != nil {
		t.Fatalf("the Nu HTML checker: %v\n%s", err, failed.String())
	}
	var found struct {
		Messages []struct {
			Type, Message, URL, Extract string
			LastLine, LastColumn        int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &found); err != nil {
		t.Fatalf("the Nu HTML checker says %.200q: %v", out.String(), err)
	}
	var all []string
	for _, m := range found.Messages {
		all = append(all, fmt.Sprintf("%s:%d:%d: %s: %s\n\t%s", strings.TrimPrefix(m.URL, "file:"+dir+"/"), m.LastLine, m.LastColumn, m.Type, m.Message, m.Extract))
	}
	return all
}

// TestTheReferenceCheckerIsContent holds every page, style and picture of the site against the HTML standard and its own: no
// error and no warning.
func TestTheReferenceCheckerIsContent(t *testing.T) {
	t.Parallel()
	const most = 50
	found := checkHTML(t, realSite(t).files)
	for _, m := range found[:min(most, len(found))] {
		t.Error(m)
	}
	if len(found) > most {
		t.Errorf("and %d more", len(found)-most)
	}
}

func TestTheReferenceCheckerSeesMistakes(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{
		"a/index.html": fixture(`<a href="#">een <a href="#">in een ander</a></a>`),
		"b.html":       fixture(`<h2></h2>`),
		"c.css":        []byte("p { kleur: rood }"),
		"d.svg":        []byte(`<svg xmlns="http://www.w3.org/2000/svg"><circle straal="1"/></svg>`),
		"e.html":       fixture("<p>Goed.</p>"),
		"f.js":         []byte("<geen html>"),
	}
	found := checkHTML(t, files)
	for name := range files {
		wrong := false
		for _, m := range found {
			wrong = wrong || strings.HasPrefix(m, name+":")
		}
		if wrong != strings.ContainsAny(name[:1], "abcd") {
			t.Errorf("%s: wrong is %v:\n%s", name, wrong, strings.Join(found, "\n"))
		}
	}
}

// source is the page as its scripts have made it, as HTML.
func (p *Page) source() []byte {
	p.t.Helper()
	var html string
	p.Eval("'<!doctype html>' + document.documentElement.outerHTML", &html)
	return []byte(html)
}

// TestWhatScriptsMakeIsHTML holds the pages that scripts have made against the standard, in every state.
func TestWhatScriptsMakeIsHTML(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	page := chromium.Page(t, site, View{})
	states := map[string][]byte{}
	keep := func(name string) {
		t.Helper()
		states[name+".html"] = page.source()
	}
	v := &decider{Page: page}
	for _, j := range firsts(ofEveryKind(p.journeys(t))) {
		v.journey = j
		for state, fragment := range map[string]string{"begin": "", "uitkomst": j.fragment(), "open": j.unknown()} {
			v.Open("")
			v.Open(j.page() + fragment)
			v.ready()
			keep(j.d.ID + "-" + state)
		}
	}
	table := sharer{page}
	table.table("#gever=college-wmo&vakje=gezondheid.burgemeester&naast=moment.aanmelding")
	table.Wait("the explanation", "document.querySelector('.uitlegrij')")
	keep("deelwijzer")
	sheet := &sheeted{page}
	sheet.sheet("slotafspraken")
	sheet.closing()
	keep("slotafspraken")
	page.Open("zoeken/#zoek=corpo")
	page.Wait("results", "document.querySelector('[data-deel=uit] a')")
	keep("zoeken")
	for _, m := range checkHTML(t, states) {
		// The title of a decision gives way to what is found; the checker takes a heading that is hidden for one that is there.
		if !strings.Contains(m, "Consider using the “h1” element as a top-level heading only") {
			t.Error(m)
		}
	}
}
