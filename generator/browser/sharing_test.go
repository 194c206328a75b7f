package browser

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"

	"handvat/generator/chart"
	"handvat/generator/model"
)

// sharingPage is the deelwijzer; below it stand its tables for visitors without scripts.
const sharingPage = "deelwijzer/"

// A sharer is a visitor of the deelwijzer.
type sharer struct{ *Page }

// table opens the deelwijzer with answers in its address.
func (v sharer) table(fragment string) {
	v.t.Helper()
	v.Open(sharingPage + fragment)
	v.made()
}

// made waits until every cell of the table is there.
func (v sharer) made() {
	v.t.Helper()
	v.Wait("a table", "document.querySelector('.deeltabel td') && !document.querySelector('[aria-busy]')")
}

// turn changes the address of an open page, as a link in it does.
func (v sharer) turn(fragment string) {
	v.t.Helper()
	v.Eval(fmt.Sprintf("new Promise(done => { addEventListener('hashchange', () => done(1), {once: true}); location.replace(%q); if (location.hash === %q) setTimeout(() => done(1), 50) })", fragment, fragment), nil)
	v.Wait("all of it", "!document.querySelector('[aria-busy]')")
}

// cells reads every cell of a table as one line; static pages and the script must say the same.
const readCells = `[...%s.querySelectorAll('tbody tr:not(.uitlegrij)')].map(tr => [...tr.cells].map(td =>
	[...(td.querySelector('div') ?? td).childNodes].filter(n => !n.matches?.('button')).map(n => n.textContent.trim()).filter(Boolean).join(' | ').replace(/\s+/g, ' ')))`

func (v sharer) cells(table string) [][]string {
	v.t.Helper()
	v.made()
	var out [][]string
	v.Eval(fmt.Sprintf(readCells, table), &out)
	return out
}

const onlyTable = "document.querySelector('.deeltabel')"

func (p *project) fact(t testing.TB, id string) *model.Fact {
	t.Helper()
	for _, d := range p.Model.Decisions {
		for _, f := range d.Questions {
			if d.ID == chart.SharingDecision && f.ID == id {
				return f
			}
		}
	}
	t.Fatalf("%s is not asked", id)
	return nil
}

// TestTheScriptSaysWhatThePagesSay reads every cell of the pages without scripts, and of the same tables made by the script.
func TestTheScriptSaysWhatThePagesSay(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	plain := sharer{chromium.Page(t, site, View{Scripts: NoScripts})}
	looked := 0
	for i, scripts := range withScripts {
		made := sharer{chromium.Page(t, site, View{Scripts: scripts})}
		made.table("#gever=politie")
		for m, moment := range p.fact(t, "moment").Values {
			for g, party := range p.fact(t, "gever").Values {
				if i > 0 && (m+g)%6 > 0 {
					continue // the stand-in answers as the module does: another test holds that
				}
				plain.Open(sharingPage + moment.ID + "/" + party.ID + "/")
				var tables []string
				plain.Eval("[...document.querySelectorAll('.deeltabel')].map(t => t.getAttribute('aria-labelledby').slice('tabel-'.length))", &tables)
				if len(tables) == 0 {
					t.Fatalf("%s %s: no tables", moment.ID, party.ID)
				}
				for _, table := range tables {
					want := plain.cells(fmt.Sprintf("document.querySelector('[aria-labelledby=tabel-%s]')", table))
					made.turn(fmt.Sprintf("#moment=%s&tafel=%s&gever=%s", moment.ID, table, party.ID))
					have := made.cells(onlyTable)
					looked++
					if !slices.EqualFunc(have, want, slices.Equal) {
						t.Errorf("%s: %s %s %s:\n%q\nand the page says\n%q", scripts, moment.ID, table, party.ID, have, want)
					}
				}
			}
		}
	}
	t.Logf("%d tables", looked)
}

// TestTheScriptFollowsTheChart gives random answers, also to what is assumed, and looks for the verdicts of the chart: the
// outcome, the locks that are closed and the questions that can open them.
func TestTheScriptFollowsTheChart(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	var c *chart.Chart
	for _, d := range p.compiled.Decisions {
		if d.Proof.Decision.ID == chart.SharingDecision {
			var err error
			if c, err = chart.New(p.Model, d.Proof.Decision, d.Program, chart.Sharing); err != nil {
				t.Fatal(err)
			}
		}
	}
	v := sharer{chromium.Page(t, site, View{})}
	v.table("#gever=politie")
	r := rand.New(rand.NewPCG(8, 4))
	number := regexp.MustCompile(`\d+`)
	reason := themeWords("deel-dicht")
	for range 60 {
		days := []string{p.Model.Settings.Date, "2024-12-31", "2025-03-01", "2025-07-01"}
		day := days[r.IntN(len(days))]
		a := c.Start(day)
		var parts []string
		if day != days[0] {
			parts = append(parts, "datum="+day)
		}
		for i, f := range append(slices.Clone(c.Frame), c.Assumed...) {
			if i >= len(c.Frame) && r.IntN(5) > 0 {
				continue
			}
			value := r.IntN(len(f.Values) + min(1, i/len(c.Frame)))
			if value == len(f.Values) {
				a, parts = c.With(a, f, model.Open), append(parts, f.ID+"=weet-niet")
				continue
			}
			a, parts = c.With(a, f, value), append(parts, f.ID+"="+f.Values[value].ID)
		}
		fragment := "#" + strings.Join(parts, "&")
		v.turn(fragment)
		table := c.Table(a)
		if table.Conflict != nil {
			if words := v.Text("[data-deel=rooster]"); !strings.Contains(words, table.Conflict.Why) {
				t.Errorf("%s: cannot be, and it says %q", fragment, words)
			}
			continue
		}
		have := v.cells(onlyTable)
		if len(have) != len(table.Rows) || len(have[0]) != len(table.Columns)+1 {
			t.Fatalf("%s: %d rows of %d cells, not %d of %d", fragment, len(have), len(have[0]), len(table.Rows), len(table.Columns)+1)
		}
		for i, cells := range table.Cells {
			for j, cell := range cells {
				lines := strings.Split(have[i][j+1], " | ")
				want := []string{"Komt niet voor"}
				if cell.Possible {
					want = []string{[]string{"Mag niet", "Eigen afweging", "Mag, mits", "Mag"}[cell.Lo]}
				}
				var locks, numbers []string
				for _, closed := range cell.Closed {
					if closed.Lock != nil {
						locks = append(locks, strings.ToLower(closed.Title))
					}
				}
				for _, f := range cell.Rests {
					numbers = append(numbers, fmt.Sprint(slices.Index(c.Assumed, f)+1))
				}
				said := ""
				if len(lines) > 1 {
					if named, found := strings.CutPrefix(lines[1], reason+" "); found {
						said = strings.ToLower(named)
					}
				}
				if lines[0] != want[0] || len(locks) > 0 && said != strings.Join(locks, ", ") {
					t.Errorf("%s: %d, %d: %q, and the chart has %+v", fragment, i, j, lines, cell)
				}
				if found := number.FindAllString(lines[len(lines)-1], -1); cell.Lo == model.Forbidden && cell.Possible && !slices.Equal(found, numbers) {
					t.Errorf("%s: %d, %d: %q, and the chart rests on %q", fragment, i, j, lines, numbers)
				}
			}
		}
	}
}

// TestACellExplains opens a cell with a click and with the keyboard, closes it, and follows the way to the full decision, which
// says the same.
func TestACellExplains(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, scripts := range withScripts {
		v := sharer{chromium.Page(t, site, View{Scripts: scripts})}
		for _, c := range []struct{ answers, cell, sign, says string }{
			{"#gever=college-wmo", "gezondheid.politie", "mits", "Voorwaarden"},
			{"#gever=politie", "gezondheid.politie", "eigen", "Het bevoegd gezag moet dit goedvinden"},
			{"#gever=politie", "andere-bijzondere.politie", "niet", "soort gegeven"},
			{"#gever=ggz-instelling&tafel=lokale-pga", "gezondheid.college-wmo", "niet", "Kun je met spreken ernstige schade voorkomen?"},
		} {
			v.Open("")
			v.table(c.answers)
			// The cell stands for all values of its group: its button names the first ones.
			var button string
			v.Eval(fmt.Sprintf(`(([row, column]) => {
				const rows = [...document.querySelectorAll('.deeltabel tbody tr')], columns = [...document.querySelectorAll('.deeltabel thead th')];
				const at = (list, href) => list.findIndex(e => [...e.querySelectorAll('a')].some(a => a.closest('th') && a.href.endsWith('/' + href + '/')));
				return rows[at(rows, row)].cells[at(columns, column)].querySelector('button').dataset.vakje;
			})(%q.split('.'))`, c.cell), &button)
			selector := "[data-vakje='" + button + "']"
			v.Click(selector)
			v.Wait("the explanation", "document.activeElement.matches('.uitlegrij h3')")
			words := v.Text(".uitlegrij")
			if !strings.Contains(words, c.says) || v.Count(".uitlegrij td>.o."+c.sign) != 1 || v.Count(selector+"[aria-expanded=true]") != 1 {
				t.Errorf("%s: %s: %s explains %q", scripts, c.answers, c.cell, words)
			}
			if !strings.Contains(v.Fragment(), "vakje="+button) {
				t.Errorf("%s: the address is %s", scripts, v.Fragment())
			}
			v.Axe()
			v.Press("Escape")
			v.Wait("the table alone", "!document.querySelector('.uitlegrij')")
			if f := v.Focus(); f.Tag != "button" || v.Count(selector+":focus") != 1 {
				t.Errorf("%s: closing leaves the focus on %+v", scripts, f)
			}
			v.Press("Enter")
			v.Wait("the explanation", "document.activeElement.matches('.uitlegrij h3')")
			v.Click(".uitlegrij .knop")
			v.Wait("the decision", "location.pathname.endsWith('/mag-dit/delen/') && document.readyState === 'complete'")
			d := &decider{Page: v.Page}
			d.ready()
			if v.Count("[data-deel=oordeel]:not([hidden]) .oordeel."+c.sign) != 1 || v.Text("[data-deel=bericht]") != "" {
				t.Errorf("%s: %s: %s is %s, and the decision asks %q or says %q, with the notice %q", scripts, c.answers, c.cell, c.sign, d.question(), d.verdict(), v.Text("[data-deel=bericht]"))
			}
			v.Calm()
		}
	}
}

// choose picks an answer in a form, as a visitor does.
func (v sharer) choose(name, value string) {
	v.t.Helper()
	v.Click("h1") // a browser passes over what a page puts in the history before its visitor does anything
	v.Eval(fmt.Sprintf("(s => { s.value = %q; s.dispatchEvent(new Event('change', {bubbles: true})) })(document.querySelector('select[name=%s]'))", value, name), nil)
	v.Wait("the address", fmt.Sprintf("location.hash.includes(%q) || %q === ''", value, value))
}

// TestTheDeelwijzerKeepsItsState changes answers and looks at the address, back and forward, and a link opened anew.
func TestTheDeelwijzerKeepsItsState(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	v := sharer{chromium.Page(t, site, View{})}
	v.Open(sharingPage)
	v.Wait("the form", "!document.querySelector('handvat-deelwijzer').hidden")
	if v.Count("[data-vaste]:not([hidden])") != 1 || v.Count(".deeltabel") != 0 {
		t.Error("without an organisation there is a table, or no list of tables")
	}
	v.choose("gever", "college-wmo")
	v.Wait("a table", "document.querySelector('.deeltabel')")
	first := v.cells(onlyTable)
	v.choose("zonder", "ja")
	v.Wait("another table", "document.querySelector('.deeltabel .mits') === null")
	cells := 0
	for _, row := range v.cells(onlyTable) {
		cells += len(row) - 1
	}
	if said := v.Text("[data-deel=melding]"); !strings.Contains(said, fmt.Sprintf("%d keer Mag niet", cells)) {
		t.Errorf("after a change of %d cells it says %q", cells, said)
	}
	if v.Count("[data-deel=doorslag] select[name=zonder]") != 0 && v.Focus().Tag == "select" {
		t.Error("the answer moved away under the focus")
	}
	link := v.Fragment()
	v.Back()
	v.Wait("the first table", "document.querySelector('.deeltabel .mits')")
	if !slices.EqualFunc(v.cells(onlyTable), first, slices.Equal) {
		t.Error("back does not give the first table")
	}
	v.Forward()
	v.Wait("the other table", "document.querySelector('.deeltabel .mits') === null")
	other := sharer{chromium.Page(t, site, View{Scripts: RefusedWebAssembly})}
	other.table("#" + link)
	if !slices.EqualFunc(v.cells(onlyTable), other.cells(onlyTable), slices.Equal) || other.Count("[data-deel=doorslag] select[name=zonder]") != 1 {
		t.Errorf("%s does not restore the table", link)
	}
	other.Open("")
	other.table("#gever=politie&bestaat=niet&ontvangers=politie.om&soorten=gezondheid")
	if notice := other.Text("[data-deel=bericht]"); !strings.Contains(notice, "bestaat=niet") || strings.Contains(notice, "politie") {
		t.Errorf("an unknown name is met with %q", notice)
	}
	if cells := other.cells(onlyTable); len(cells) != 1 || len(cells[0]) != 2 {
		t.Errorf("filtered to two recipients of one kind and one kind of data it has %q", cells)
	}
	// Who wants one recipient takes all away at once and chooses it.
	other.Click("details[data-deel=filter] summary")
	other.Click("fieldset[data-as=ontvangers] button")
	other.Wait("a request to choose", "document.querySelector('[data-deel=rooster] .let')")
	none := other.Fragment()
	other.Click("input[value=woningcorporatie]")
	other.Wait("a table", "document.querySelector('.deeltabel')")
	if cells := other.cells(onlyTable); len(cells) != 1 || len(cells[0]) != 2 {
		t.Errorf("with one recipient and one kind of data it has %q", cells)
	}
	other.Open("")
	other.Open(sharingPage + "#" + none)
	other.Wait("a request to choose", "document.querySelector('[data-deel=rooster] .let')")
	if notice := other.Text("[data-deel=bericht]"); notice != "" {
		t.Errorf("a link without recipients is met with %q", notice)
	}
	// What cannot go together is said, with the reason.
	other.Open("")
	other.Open(sharingPage + "#gever=politie&minste-gegevens=meer-dan-nodig")
	other.Wait("a reason", "document.querySelector('[data-deel=rooster] .let')")
	if words := other.Text("[data-deel=rooster]"); !strings.Contains(words, "kunnen niet samen") || other.Count(".deeltabel") != 0 {
		t.Errorf("what cannot go together gives %q", words)
	}
}

// TestATableIsMadeInPieces changes an answer and looks at once, and again a frame later: what is in sight says what it will go on
// saying or nothing, a frame later so does the rest, and on paper it is all there.
func TestATableIsMadeInPieces(t *testing.T) {
	t.Parallel()
	type changed struct {
		Now, Seen   bool // at once: it says what it will go on saying; it is in sight and says something
		Then, Shown bool // a frame later: the same, in sight or not
		Paper       bool // on paper it says what it will go on saying
	}
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, width := range []int{360, 1280} {
		v := sharer{chromium.Page(t, site, View{Width: width})}
		for _, at := range []string{"h1", "[data-deel=rooster]", ".deeltabel tr:nth-child(3)"} {
			v.Open("")
			v.table("#gever=college-wmo")
			for _, change := range [][2]string{{"moment", "triage"}, {"zonder", "ja"}, {"gever", "politie"}} {
				var rows []changed
				v.Eval(fmt.Sprintf(`(async (at, name, value) => {
					history.pushState = history.replaceState; // a browser warns of what is put in the history without a visitor doing anything
					const answer = (value) => { const s = document.querySelector('select[name=' + name + ']'), old = s.value; s.value = value; s.dispatchEvent(new Event('change', {bubbles: true})); return old };
					const done = async () => { while (document.querySelector('[aria-busy]')) await new Promise(then => setTimeout(then, 10)) };
					const said = () => [...document.querySelectorAll('.deeltabel tbody tr')].map(tr => tr.textContent);
					document.querySelector(at).scrollIntoView();
					const old = answer(value);
					const shown = () => [...document.querySelectorAll('.deeltabel tbody tr')].map(tr => getComputedStyle(tr).opacity > 0 && getComputedStyle(tr.closest('[data-deel]')).opacity > 0);
					const inWindow = [...document.querySelectorAll('.deeltabel tbody tr')].map(tr => tr.getBoundingClientRect()).map(box => box.top < innerHeight && box.bottom > 0);
					const first = said(), seen = shown().map((s, i) => s && inWindow[i]);
					await new Promise(then => requestAnimationFrame(() => setTimeout(() => setTimeout(then))));
					const second = said(), more = shown();
					await done();
					const last = said();
					answer(old);
					await done();
					answer(value);
					dispatchEvent(new Event('beforeprint'));
					const paper = said();
					await done();
					return last.map((text, i) => ({Now: first[i] === text, Seen: seen[i], Then: second[i] === text, Shown: more[i], Paper: paper[i] === text}));
				})(%q, %q, %q)`, at, change[0], change[1]), &rows)
				if len(rows) == 0 {
					t.Errorf("%d, at %s: %s makes no table", width, at, change)
				}
				for i, row := range rows {
					if row.Seen && !row.Now || row.Shown && !row.Then {
						t.Errorf("%d, at %s: after %s row %d shows what does not hold", width, at, change, i)
					}
					if !row.Paper {
						t.Errorf("%d, at %s: after %s row %d is not made for paper", width, at, change, i)
					}
				}
				if at != "h1" && !slices.ContainsFunc(rows, func(row changed) bool { return row.Seen && row.Now }) {
					t.Errorf("%d, at %s: after %s what is in sight is not made at once", width, at, change)
				}
			}
		}
	}
}

// TestComparingMarksDifferences holds a table against another one, in words and not in colour alone.
func TestComparingMarksDifferences(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	v := sharer{chromium.Page(t, site, View{})}
	v.table("#gever=college-wmo&moment=casusoverleg")
	one := v.cells(onlyTable)
	v.Open("")
	v.table("#gever=college-wmo&moment=aanmelding")
	two := v.cells(onlyTable)
	v.Open("")
	v.table("#gever=college-wmo&moment=casusoverleg&naast=moment.aanmelding")
	both := v.cells(onlyTable)
	different := 0
	for i, row := range both {
		for j, cell := range row {
			if j == 0 {
				continue
			}
			differ := verdictOf(one[i][j]) != verdictOf(two[i][j])
			if differ {
				different++
			}
			if differ != strings.HasPrefix(cell, "Ander oordeel") {
				t.Errorf("%q and %q are compared as %q", one[i][j], two[i][j], cell)
			}
			if one[i][j] == two[i][j] != strings.HasPrefix(cell, "Gelijk") {
				t.Logf("%q and %q are compared as %q", one[i][j], two[i][j], cell)
			}
		}
	}
	if said := v.Text("[data-deel=verschil]"); different == 0 || !strings.HasPrefix(said, fmt.Sprintf("%d van %d", different, len(both)*(len(both[0])-1))) {
		t.Errorf("%d differ, and it says %q", different, said)
	}
	v.Axe()
	v.Picture("deelwijzer-vergelijken")
}

// verdictOf is the word that a cell begins with, and its duty.
func verdictOf(cell string) string {
	parts := strings.Split(cell, " | ")
	if len(parts) > 1 && strings.HasPrefix(parts[1], "moet") {
		return parts[0] + parts[1]
	}
	return parts[0]
}

// TestTheDeelwijzerIsAccessible looks at it in every state and view.
func TestTheDeelwijzerIsAccessible(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, "/")
	for _, view := range append(slices.Clone(views), View{Width: 320}, View{Width: 768}, View{ForcedColors: true}, View{Print: true}) {
		v := sharer{chromium.Page(t, site, view)}
		for name, fragment := range map[string]string{
			"tabel":      "#gever=politie",
			"dicht":      "#gever=ggz-instelling&tafel=lokale-pga&moment=triage",
			"uitleg":     "#gever=college-wmo&vakje=gezondheid.burgemeester",
			"uitlegniet": "#gever=ggz-instelling&vakje=gezondheid.burgemeester",
			"vergelijk":  "#gever=politie&naast=tafel.lokale-pga",
		} {
			v.Open("")
			v.table(fragment)
			if strings.HasPrefix(name, "uitleg") {
				v.Wait("the explanation", "document.querySelector('.uitlegrij')")
			}
			v.Eval("document.querySelectorAll('handvat-deelwijzer details').forEach(d => d.open = "+fmt.Sprint(name == "dicht")+")", nil)
			v.Axe()
			v.Calm()
			var wide bool
			if v.Eval("document.documentElement.scrollWidth > innerWidth", &wide); wide {
				t.Errorf("%v: %s is wider than its window", view, name)
			}
			v.Picture("deelwijzer-" + name)
		}
	}
}

// BenchmarkDeelwijzer measures, with the processor four times as slow, what a change costs the main thread: until what is in
// sight is painted ("work", with the parts of it), until the last row is ("all"), and the longest time in which it cannot
// answer the visitor ("longest"). Times are in milliseconds, medians of twenty.
func BenchmarkDeelwijzer(b *testing.B) {
	p := realSite(b)
	site := Serve(b, p.files, folder)
	for _, with := range withScripts {
		for _, width := range []int{360, 1280} {
			b.Run(fmt.Sprintf("%s/%d", with, width), func(b *testing.B) {
				v := sharer{chromium.Page(b, site, View{Scripts: with, Width: width})}
				v.table("#gever=college-wmo")
				must(v.Page, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
				var found []map[string]float64
				changes := [][2]string{{"moment", "triage"}, {"moment", "afschaling"}, {"zonder", "ja"}, {"zonder", "nee"}, {"gever", "politie"}, {"gever", "college-wmo"}, {"toestemming-betrokkene", "uitdrukkelijk-gegeven"}, {"tafel", "lokale-pga"}, {"tafel", "zvh-casus"}}
				for b.Loop() {
					found = changesOf(v.trace(func() {
						for i := range 22 { // the first two are left out
							c := changes[i%len(changes)]
							v.Click("h1")
							v.Eval(fmt.Sprintf("(s => { s.value = %q; s.dispatchEvent(new Event('change', {bubbles: true})) })(document.querySelector('select[name=%s]'))", c[1], c[0]), nil)
							time.Sleep(600 * time.Millisecond)
						}
					}))
				}
				report(b, found)
				must(v.Page, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 1})
			})
		}
	}
}

// changesOf finds what the main thread did for each change: from the moment the page heard of it to the end of the task that painted,
// and in the half second in which the rest follows.
func changesOf(events []traced) []map[string]float64 {
	var out []map[string]float64
	for _, sent := range events {
		if sent.Name != "EventDispatch" || sent.Args.Data.Type != "change" {
			continue
		}
		own := func(e traced) bool { return e.Pid == sent.Pid && e.Tid == sent.Tid }
		at := slices.IndexFunc(events, func(e traced) bool { return e.Name == "Paint" && own(e) && e.Ts > sent.end() })
		if at < 0 {
			continue
		}
		work := map[string]float64{"script": sent.Dur / 1000}
		for _, e := range events {
			if own(e) && e.Name == "RunTask" && e.end() > sent.Ts && e.Ts < sent.Ts+500_000 {
				took := (e.end() - max(e.Ts, sent.Ts)) / 1000 // what made the change, before it in the same task, is the benchmark's own
				if e.Ts <= events[at].Ts {
					work["work"] += took
				}
				work["all"] += took
				work["longest"] = max(work["longest"], took)
			}
			if own(e) && e.Ts >= sent.Ts && e.Ts <= events[at].Ts && slices.Contains([]string{"Layout", "UpdateLayoutTree", "PrePaint", "Paint"}, e.Name) {
				work[e.Name] += e.Dur / 1000
			}
		}
		out = append(out, work)
	}
	return out
}
