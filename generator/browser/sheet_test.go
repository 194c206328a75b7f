package browser

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
)

var (
	pdfPage = regexp.MustCompile(`/Type\s*/Page\b[^s]`)
	pdfBox  = regexp.MustCompile(`/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]`)
)

// onePage prints the page as its own styles say, and holds that it is one page, on its side or upright.
func (p *Page) onePage(name string, landscape bool) {
	p.t.Helper()
	yes := true
	data := must(p, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes}).Data
	if folder := os.Getenv("PICTURES"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".pdf"), data, 0o644); err != nil {
			p.t.Fatal(err)
		}
	}
	if n := len(pdfPage.FindAll(data, -1)); n != 1 {
		p.t.Errorf("%s: %s prints on %d pages", p.describe(), name, n)
	}
	var width, height float64
	if box := pdfBox.FindSubmatch(data); box != nil {
		fmt.Sscan(string(box[1]), &width)
		fmt.Sscan(string(box[2]), &height)
	}
	if width == 0 || (width > height) != landscape {
		p.t.Errorf("%s: %s prints on a page of %.0f by %.0f points", p.describe(), name, width, height)
	}
}

// keepDownloads notes the files that the page makes for its visitor. Call it before anything is downloaded.
func (p *Page) keepDownloads() {
	p.t.Helper()
	p.Eval(`(globalThis.made = [], URL.createObjectURL = b => (made.push(b), '#'), HTMLAnchorElement.prototype.click = function () { made.at(-1).name = this.download }, 0)`, nil)
}

// download waits for the next file, and gives its name and what is in it.
func (p *Page) download() (name string, data []byte) {
	p.t.Helper()
	p.Wait("the file", "made[0]?.name")
	var file struct{ Name, Data string }
	p.Eval(`(async b => ({Name: b.name, Data: btoa(Array.from(new Uint8Array(await b.arrayBuffer()), c => String.fromCharCode(c)).join(''))}))(made.shift())`, &file)
	data, err := base64.StdEncoding.DecodeString(file.Data)
	if err != nil {
		p.t.Fatal(err)
	}
	return file.Name, data
}

// A written paragraph is one of a file for a word processor: its style and its words.
type written struct{ Style, Text string }

const word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

// readDocx reads a file for a word processor as one would: by way of its relationships, each part well-formed and of a
// kind that the package names. It gives the paragraphs, those in tables too, and the size of the page.
func readDocx(t testing.TB, data []byte) (all []written, width, height string) {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("the file is no zip: %v", err)
	}
	parts := map[string][]byte{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(in); err != nil { // and its sum is right
			t.Fatalf("%s: %v", f.Name, err)
		}
		for d := xml.NewDecoder(bytes.NewReader(parts[f.Name])); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s is not well-formed: %v", f.Name, err)
			}
		}
	}
	var types struct {
		Default []struct {
			Extension string `xml:"Extension,attr"`
		}
		Override []struct {
			PartName    string `xml:"PartName,attr"`
			ContentType string `xml:"ContentType,attr"`
		}
	}
	var related struct {
		Relationship []struct {
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	read := func(name string, into any) {
		t.Helper()
		if parts[name] == nil {
			t.Fatalf("there is no part %s", name)
		}
		if err := xml.Unmarshal(parts[name], into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	read("[Content_Types].xml", &types)
	for _, o := range types.Override {
		if parts[strings.TrimPrefix(o.PartName, "/")] == nil {
			t.Errorf("the package names %s, which is not there", o.PartName)
		}
	}
	if len(types.Override) != len(parts)-3 { // all but the types themselves and the relationships, which go by their extension
		t.Errorf("%d parts have a type of their own, and there are %d parts", len(types.Override), len(parts))
	}
	read("_rels/.rels", &related)
	main := ""
	for _, rel := range related.Relationship {
		if strings.HasSuffix(rel.Type, "/officeDocument") {
			main = rel.Target
		}
	}
	read(filepath.Dir(main)+"/_rels/document.xml.rels", &related)
	for _, rel := range related.Relationship {
		if target := filepath.Dir(main) + "/" + rel.Target; strings.HasSuffix(rel.Type, "/styles") {
			for _, want := range []string{`w:styleId="Heading1"`, `w:outlineLvl w:val="0"`, `w:lang w:val="nl-NL"`, `w:name w:val="heading 2"`} {
				if !bytes.Contains(parts[target], []byte(want)) {
					t.Errorf("%s has no %s", target, want)
				}
			}
		} else if parts[target] == nil && parts[rel.Target] == nil {
			t.Errorf("%s leads to %s, which is not there", main, rel.Target)
		}
	}

	var inside *written
	for d := xml.NewDecoder(bytes.NewReader(parts[main])); ; {
		token, err := d.Token()
		if err != nil {
			break
		}
		value := func(e xml.StartElement, name string) string {
			for _, a := range e.Attr {
				if a.Name.Local == name {
					return a.Value
				}
			}
			return ""
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Space != word {
				t.Errorf("%s holds an element %v", main, e.Name)
			}
			switch e.Name.Local {
			case "p":
				all = append(all, written{})
				inside = &all[len(all)-1]
			case "pStyle":
				inside.Style = value(e, "val")
				if !bytes.Contains(parts["word/styles.xml"], []byte(`w:styleId="`+inside.Style+`"`)) {
					t.Errorf("%s uses the style %s, which is not there", main, inside.Style)
				}
			case "pgSz":
				width, height = value(e, "w"), value(e, "h")
			}
		case xml.CharData:
			if inside != nil {
				inside.Text += string(e)
			}
		}
	}
	return all, width, height
}

// A sheeted visitor fills in a sheet.
type sheeted struct{ *Page }

func openSheet(t *testing.T, id string, view View) *sheeted {
	t.Helper()
	v := &sheeted{chromium.Page(t, Serve(t, realSite(t).files, folder), view)}
	v.sheet(id)
	return v
}

// sheet opens a sheet.
func (v *sheeted) sheet(id string) {
	v.t.Helper()
	v.Open("meenemen/" + id + "/")
	if v.view.Scripts != NoScripts {
		v.Wait("the script", "customElements.get('handvat-werkblad')")
	}
}

// fill fills in a field, in a row or, where that is 0, outside of rows: a choice by its words, or words.
func (v *sheeted) fill(row int, name, words string) {
	v.t.Helper()
	field := fmt.Sprintf(`document.querySelector('handvat-werkblad [name="%s"]')`, name)
	if row > 0 {
		field = fmt.Sprintf(`document.querySelectorAll('handvat-werkblad [data-rij]')[%d].querySelector('[name="%s"]')`, row-1, name)
	}
	var done bool
	v.Eval(fmt.Sprintf(`(e => {
		if (e?.localName === 'select') {
			const o = [...e.options].find(o => o.text === %[2]s);
			if (!o) return false;
			o.selected = true;
		} else if (e) e.value = %[2]s;
		return Boolean(e?.dispatchEvent(new InputEvent('input', {bubbles: true})));
	})(%[1]s)`, field, quote(words)), &done)
	if !done {
		v.t.Fatalf("%s: at %s row %d has no field %q for %q", v.describe(), v.Path(), row, name, words)
	}
}

// said is what the rules say, of a row or, where there are none, of the whole, once they were asked.
func (v *sheeted) said(row int) string {
	v.t.Helper()
	place := fmt.Sprintf("document.querySelectorAll('handvat-werkblad [data-uitslag]')[%d]", max(row-1, 0))
	v.Wait("what the rules say", place+".textContent")
	var text string
	v.Eval(place+".innerText", &text)
	return strings.Join(strings.Fields(text), " ")
}

var (
	sheetHead = map[string]string{"nummer": "2026-114", "datum": "1 november 2026", "leiding": "Procesregisseur", "tafel": "Persoonsgerichte aanpak of ander casusoverleg van de gemeente"}
	sheetRows = []map[string]string{
		{"gegeven": "Contactpersoon bij onrust", "soort": "Wie iemand is en hoe je hem bereikt", "inbrenger": "Politie", "wie": "Wmo-aanbieder", "rol": "Deze actie uit het plan",
			"actie": "Bellen bij onrust aan de deur", "nodig": "Ja, en minder kan niet", "akkoord": "Ja, met voorwaarden", "voorwaarden": "Alleen de naam en het nummer", "vertelt": "Behandelaar, vóór 8 november"},
		{"gegeven": "Vaste dag voor huisbezoek", "soort": "Afspraken en proces", "inbrenger": "Wmo-aanbieder", "wie": "Politie", "rol": "Deze actie uit het plan",
			"actie": "Samen op huisbezoek", "nodig": "Ja, en minder kan niet", "akkoord": "Ja, hiervoor", "vertelt": "Wijkteam, bij het eerste bezoek"},
		{"gegeven": "Achterstand in de huur", "soort": "Geld en schulden", "inbrenger": "Woningcorporatie", "wie": "Gemeente, voor schuldhulp", "rol": "Niets: denkt mee als adviseur",
			"actie": "Nog geen", "nodig": "Ja, en minder kan niet", "akkoord": "Ja, hiervoor"},
	}
)

// closing fills the closing grid: a row that the rules allow on a condition, one that they allow, and one that they forbid.
func (v *sheeted) closing() {
	v.t.Helper()
	give := func(row int, fields map[string]string) {
		for name, words := range fields {
			v.fill(row, name, words)
		}
	}
	give(0, sheetHead)
	for i, row := range sheetRows {
		give(i+1, row)
	}
	v.said(len(sheetRows))
}

func TestTheClosingGridKeepsToTheRules(t *testing.T) {
	t.Parallel()
	for _, scripts := range []Scripts{WithWebAssembly, RefusedWebAssembly, MissingWebAssembly} {
		v := openSheet(t, "slotafspraken", View{Scripts: scripts})
		v.closing()
		for i, want := range []string{"Mag, mits Doe wat de inbrenger erbij vroeg.", "Mag Waarom", "Mag niet Wie alleen meedenkt"} {
			if got := v.said(i + 1); !strings.HasPrefix(got, want) {
				t.Errorf("%s: row %d says %q", scripts, i+1, got)
			}
		}
		if got := v.said(3); !strings.Contains(got, "Krijg je toch een actie in het plan") {
			t.Errorf("%s: a row that may not be names no way out: %q", scripts, got)
		}
		if v.Count(".beoordeeld.niet") != 1 || !strings.HasPrefix(v.Text("[data-deel=samen]"), "Regel 3 mag zo niet.") {
			t.Errorf("%s: %d cells are framed, and below stands %q", scripts, v.Count(".beoordeeld.niet"), v.Text("[data-deel=samen]"))
		}
		// With an action of its own the row may be.
		v.fill(3, "rol", "Deze actie uit het plan")
		if got := v.said(3); !strings.HasPrefix(got, "Mag Waarom") || v.Text("[data-deel=samen]") != "" {
			t.Errorf("%s: then row 3 says %q, and below stands %q", scripts, got, v.Text("[data-deel=samen]"))
		}
		// What was not filled in yet is asked for, and nothing is said without it.
		v.fill(3, "akkoord", "Kies")
		if got := v.said(3); got != "Nog niet te zeggen Vul eerst in: Antwoord." {
			t.Errorf("%s: without an answer row 3 says %q", scripts, got)
		}
		// What the sheet does not ask is found out elsewhere, with the answers that were given.
		v.fill(0, "tafel", "Casusoverleg in een Zorg- en Veiligheidshuis")
		v.fill(0, "afspraak", "Nee, we volgen alleen de wet")
		v.fill(3, "inbrenger", "Ggz-instelling")
		v.fill(3, "akkoord", "Nog niets")
		if got := v.said(3); !strings.HasPrefix(got, "Nog niet te zeggen Dat hangt af van iets wat dit blad niet vraagt.") {
			t.Errorf("%s: under a secret and without a word row 3 says %q", scripts, got)
		}
		v.Click("[data-rij]:nth-child(3) .uitslag a")
		v.Wait("the decision", "location.pathname.endsWith('/mag-dit/mag-ik-meenemen/') && document.readyState === 'complete'")
		if got := v.Fragment(); !strings.Contains(got, "herkomst=onder-zorggeheim-gekregen") || !strings.Contains(got, "tafel=zvh-casus") {
			t.Errorf("%s: the answers did not come along: %s", scripts, got)
		}
	}
}

func TestTheClosingGridIsOnePage(t *testing.T) {
	t.Parallel()
	v := openSheet(t, "slotafspraken", View{})
	v.onePage("slotafspraken-leeg", true)
	v.closing()
	v.Picture("slotafspraken-vol")
	v.onePage("slotafspraken-vol", true)
	for v.Count("[data-doe=erbij]:enabled") > 0 {
		v.Click("[data-doe=erbij]")
	}
	rows := v.Count("[data-rij]")
	if rows < 4 || !strings.HasPrefix(v.Text("[data-deel=gezegd]"), fmt.Sprintf("Meer dan %d regels", rows)) {
		t.Errorf("with %d rows it says %q", rows, v.Text("[data-deel=gezegd]"))
	}
	// Every field as full as it gets, every row with the longest answers and with the most that the rules have to say of them.
	v.full()
	longest := 0
	for _, rol := range []string{"Niets: kreeg alleen een vraag", "Deze actie uit het plan"} {
		for _, inbrenger := range []string{"Iemand anders, met het geheim van zorg of jeugdhulp", "Dat is niet meer na te gaan", "Politie"} {
			for i := range rows {
				v.fill(i+1, "rol", rol)
				v.fill(i+1, "inbrenger", inbrenger)
				v.fill(i+1, "akkoord", "Ja, met voorwaarden")
				v.fill(i+1, "nodig", "Ja, maar het kan met minder")
				v.fill(i+1, "soort", "Burgerservicenummer")
			}
			longest = max(longest, len(v.said(rows)))
			v.onePage(fmt.Sprintf("slotafspraken-barstensvol-%.4s-%.5s", rol, inbrenger), true)
		}
	}
	t.Logf("%d rows, with at most %d letters of what the rules say", rows, longest)
	v.Press("Tab") // the page still listens
}

func TestRowsComeAndGo(t *testing.T) {
	t.Parallel()
	v := openSheet(t, "slotafspraken", View{Width: 360})
	v.fill(2, "gegeven", "Het tweede")
	v.TabTo("a new row", "e.dataset.doe === 'erbij'")
	v.Press("Enter")
	if v.Count("[data-rij]") != 4 || v.Focus().Name != "gegeven" {
		t.Errorf("there are %d rows, and the focus is on %+v", v.Count("[data-rij]"), v.Focus())
	}
	v.Click("[data-rij]:nth-child(1) [data-doe=weg]")
	var numbers, given string
	v.Eval("[...document.querySelectorAll('[data-nr]')].map(e => e.textContent).join()", &numbers)
	v.Eval("document.querySelector('[name=gegeven]').value", &given)
	if numbers != "1,2,3" || given != "Het tweede" || v.Text("[data-deel=gezegd]") != "Regel 1 is weg." || v.Focus().Name != "gegeven" {
		t.Errorf("rows %s, of which the first holds %q; it says %q and the focus is on %+v", numbers, given, v.Text("[data-deel=gezegd]"), v.Focus())
	}
	for range 3 {
		v.Click("[data-rij] [data-doe=weg]")
	}
	v.Eval("document.querySelector('[name=gegeven]').value", &given)
	if v.Count("[data-rij]") != 1 || given != "" {
		t.Errorf("the last row stays and is emptied: %d rows, %q", v.Count("[data-rij]"), given)
	}
}

func TestTheClosingGridByKeyboard(t *testing.T) {
	t.Parallel()
	v := openSheet(t, "slotafspraken", View{})
	choose := func(name string, downs int) {
		v.TabTo(name, fmt.Sprintf("e.name === %q", name))
		for range downs {
			v.Press("ArrowDown")
		}
	}
	choose("tafel", 4)
	v.TabTo("gegeven", "e.name === 'gegeven'")
	v.Press(strings.Split("Telefoon", "")...)
	choose("inbrenger", 3)
	choose("wie", 1)
	choose("rol", 6)
	if got := v.said(1); !strings.HasPrefix(got, "Mag niet") {
		t.Errorf("by keyboard row 1 says %q", got)
	}
	if f := v.Focus(); f.Name != "rol" || !f.Visible {
		t.Errorf("the focus went to %+v", f)
	}
}

func TestTheClosingGridGoesAlong(t *testing.T) {
	t.Parallel()
	v := openSheet(t, "slotafspraken", View{})
	v.closing()
	v.Eval("document.querySelector('handvat-werkblad .vinken input').click()", nil)
	v.keepDownloads()
	v.Click("[data-doe=word]")
	name, data := v.download()
	if folder := os.Getenv("PICTURES"); folder != "" {
		os.WriteFile(filepath.Join(folder, name), data, 0o644)
	}
	all, width, height := readDocx(t, data)
	if name != "slotafspraken.docx" || width != "16838" || height != "11906" {
		t.Errorf("%s of %s by %s", name, width, height)
	}
	for _, want := range []written{{"Heading1", "Slotafspraken"}, {"Heading2", "Wie neemt wat mee"}, {"", "Welk gegeven: Achterstand in de huur"}, {"", "Mag niet"},
		{"ListBullet", "☑ Elke regel is hardop voorgelezen. De inbrenger zei bij elke regel zelf wat hij ervan vindt."}, {"", "Nummer van de casus: 2026-114"}} {
		if !slices.Contains(all, want) {
			t.Errorf("the file lacks %+v among\n%v", want, all)
		}
	}
	v.Click("[data-doe=bestand]")
	name, data = v.download()
	for _, want := range []string{"Slotafspraken\r\n=", "Regel 3", "Achterstand in de huur", "- ☐ Wie geen actie of regie heeft"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s lacks %q:\n%s", name, want, data)
		}
	}
	for _, unwanted := range []string{"Kies\r\n", "Haal regel", "Regel erbij", "Bron:"} {
		if strings.Contains(string(data), unwanted) {
			t.Errorf("%s holds %q:\n%s", name, unwanted, data)
		}
	}
}

// full fills every field of the sheet with as much as it takes, and makes of every choice the longest.
func (v *sheeted) full() {
	v.t.Helper()
	v.Eval(`(() => {
		const say = e => e.dispatchEvent(new InputEvent('input', {bubbles: true}));
		for (const e of document.querySelectorAll('handvat-werkblad textarea')) { e.value = 'Woordenreeks '.repeat(60).slice(0, e.maxLength); say(e); }
		for (const e of document.querySelectorAll('handvat-werkblad select')) { [...e.options].reduce((a, b) => b.text.length > a.text.length ? b : a).selected = true; say(e); }
	})()`, nil)
}

// sheetIDs are the sheets of the site, by their pages.
func sheetIDs(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, name := range realSite(t).pages() {
		if id, ok := strings.CutPrefix(name, "meenemen/"); ok && id != "" {
			out = append(out, strings.TrimSuffix(id, "/"))
		}
	}
	if len(out) < 4 {
		t.Fatalf("the sheets are %v", out)
	}
	return out
}

func TestSheetsAreAccessible(t *testing.T) {
	t.Parallel()
	for _, view := range []View{{Width: 320}, {Width: 768, Dark: true}, {Width: 1280}, {Width: 1280, ForcedColors: true}} {
		for _, id := range sheetIDs(t) {
			v := openSheet(t, id, view)
			v.Axe()
			v.Picture(id)
			if id == "slotafspraken" {
				v.closing()
			} else {
				v.full()
				v.Eval("new Promise(r => setTimeout(r, 300))", nil) // what the rules say has come
			}
			v.Axe()
			v.Picture(id + "-ingevuld")
			var wide int
			if v.Eval("document.documentElement.scrollWidth", &wide); wide > view.Width {
				t.Errorf("%s: %s is %d wide", v.describe(), id, wide)
			}
		}
	}
}

func TestEverySheetIsOnePageAndAFile(t *testing.T) {
	t.Parallel()
	for _, id := range sheetIDs(t) {
		v := openSheet(t, id, View{})
		landscape := id == "slotafspraken"
		v.onePage(id+"-leeg", landscape)
		v.full()
		var judged bool
		if v.Eval("document.querySelector('[data-uitslag]') !== null", &judged); judged {
			v.said(0)
		}
		v.onePage(id+"-vol", landscape)
		v.keepDownloads()
		v.Click("[data-doe=word]")
		name, data := v.download()
		all, width, _ := readDocx(t, data)
		var title string
		v.Eval("document.querySelector('h1').textContent", &title)
		if name != id+".docx" || (width == "16838") != landscape || len(all) == 0 || all[0] != (written{"Heading1", title}) {
			t.Errorf("%s is %s wide and begins with %v", name, width, all[:min(1, len(all))])
		}
		v.Press("Tab") // the page still listens
	}
}

func TestWhatIsFilledInStandsInTheText(t *testing.T) {
	t.Parallel()
	v := openSheet(t, "triagevraag", View{Width: 360})
	v.fill(0, "namens", "de gemeente <Westerwold> & co")
	v.fill(0, "vraag", "Wat kunnen of willen jullie hieraan bijdragen?")
	const text = ".brief"
	if got := v.Text(text); !strings.Contains(got, "namens de gemeente <Westerwold> & co, voor [naam van het overleg]") || !strings.Contains(got, "Wat kunnen of willen jullie") {
		t.Errorf("the text says %q", got)
	}
	v.fill(0, "namens", "")
	if got := v.Text(text); !strings.Contains(got, "namens [organisatie]") {
		t.Errorf("emptied, the text says %q", got)
	}
	for name, words := range map[string]string{"tafel": "Persoonsgerichte aanpak of ander casusoverleg van de gemeente", "casus": "Beslist is dat hij hier hoort, het overleg moet nog beginnen", "bevraagde": "Politie",
		"reden": "De aanmelder noemde haar", "vertellen": "Wie het is en om welk soort probleem het gaat", "aanmelder": "Nee"} {
		v.fill(0, name, words)
	}
	v.fill(0, "namens", "de gemeente <Westerwold> & co")
	if got := v.said(0); !strings.HasPrefix(got, "Mag") || strings.HasPrefix(got, "Mag niet") {
		t.Errorf("of a good question the rules say %q", got)
	}
	v.fill(0, "reden", "Misschien weet zij iets")
	if got := v.said(0); !strings.HasPrefix(got, "Mag niet") {
		t.Errorf("of a question without a reason the rules say %q", got)
	}
	v.keepDownloads()
	v.Click("[data-doe=word]")
	_, data := v.download()
	all, _, _ := readDocx(t, data)
	if !slices.ContainsFunc(all, func(p written) bool {
		return strings.Contains(p.Text, "namens de gemeente <Westerwold> & co, voor [naam van het overleg].")
	}) {
		t.Errorf("the file says %v", all)
	}
	if slices.ContainsFunc(all, func(p written) bool { return strings.Contains(p.Text, "Mag niet") }) {
		t.Error("what is there to fill in stands in the file")
	}
}

func TestWithoutScriptsASheetIsEmptyPaper(t *testing.T) {
	t.Parallel()
	for _, id := range sheetIDs(t) {
		v := openSheet(t, id, View{Scripts: NoScripts})
		v.Axe()
		v.onePage(id+"-zonder-script", id == "slotafspraken")
	}
	v := openSheet(t, "slotafspraken", View{Scripts: NoScripts})
	if v.Count("main button") > 0 || v.Count("[data-rij]") != 3 || v.Count(".tekst h2") < 3 {
		t.Errorf("without scripts there are %d buttons, %d rows, %d headings with rules", v.Count("main button"), v.Count("[data-rij]"), v.Count(".tekst h2"))
	}
}

// TestAnAnswerGoesAlong takes the outcome of a decision along, with notes that are only in what goes along.
func TestAnAnswerGoesAlong(t *testing.T) {
	t.Parallel()
	p := chromium.Page(t, Serve(t, realSite(t).files, folder), View{})
	p.Open("mag-dit/mag-ik-meenemen/#gevaar=nee&herkomst=van-deelnemer-casus&rol=uitvoerder&tafel=lokale-pga&moment=casusoverleg&aandeel-in-plan=ja-voor-mijn-actie&akkoord-inbrenger=ja-met-voorwaarden&afgesproken-aan-slot=ja&zonder=nee&met-minder=nee&soort=financien")
	const end = "[data-deel=oordeel] h1"
	p.Wait("the outcome", "document.querySelector('"+end+"')?.textContent")
	for _, r := range p.Requests() {
		if strings.Contains(r, "meenemen-") && strings.HasSuffix(r, ".js") {
			t.Errorf("%s was asked for before anybody wants it", r)
		}
	}
	p.keepDownloads()
	p.Click("[data-doe=notities]")
	p.Wait("the notes", "document.activeElement.name === 'notitie'")
	notes := p.Count("[name=notitie]")
	p.Press(strings.Split("Gebeld met de inbrenger", "")...)
	p.Axe()
	p.Picture("uitkomst-met-notities")
	p.Click("[data-doe=word]")
	name, data := p.download()
	all, width, _ := readDocx(t, data)
	if name != "mag-ik-meenemen.docx" || width != "11906" {
		t.Errorf("%s of %s wide", name, width)
	}
	for _, want := range []written{{"Heading1", p.Text(end)}, {"Heading2", "Voorwaarden"}, {"", "Wat zei degene die dit inbracht over wat jij ermee wilt?"}, {"", "Ja, maar met voorwaarden"}} {
		if !slices.Contains(all, want) {
			t.Errorf("the file lacks %+v among\n%v", want, all)
		}
	}
	noted := 0
	for _, w := range all {
		if strings.HasPrefix(w.Text, "Mijn aantekening") {
			noted++
			if !strings.HasSuffix(w.Text, "? Gebeld met de inbrenger") {
				t.Errorf("the file says %q", w.Text)
			}
		}
		if strings.Contains(w.Text, "Wijzig") || strings.Contains(w.Text, "Begin opnieuw") || strings.Contains(w.Text, "Druk") {
			t.Errorf("the file holds what is there to click on: %q", w.Text)
		}
	}
	if noted != 1 || notes < 5 {
		t.Errorf("of %d notes %d stand in the file", notes, noted)
	}
	// On paper a note is words, and afterwards a field again.
	p.Eval("dispatchEvent(new Event('beforeprint'))", nil)
	if got := p.Text(".notitie:not([hidden])"); got != "Gebeld met de inbrenger" || p.Count(".notitie") != 1 {
		t.Errorf("on paper there are %d notes, of which the first says %q", p.Count(".notitie"), got)
	}
	p.Eval("dispatchEvent(new Event('afterprint'))", nil)
	if p.Count("[name=notitie]") != notes {
		t.Errorf("after printing there are %d notes, not %d", p.Count("[name=notitie]"), notes)
	}
	p.onePage("uitkomst-met-notities", false)
	// They come back with the answers.
	p.Click("[data-deel=antwoorden] dd a")
	p.Wait("the question", "document.querySelector('[data-deel=hoofd] legend')")
	var first string
	if p.Eval("document.querySelector('[name=notitie]')?.value ?? 'none'", &first); first != "Gebeld met de inbrenger" {
		t.Errorf("where an answer is changed its note is %q", first)
	}
}
