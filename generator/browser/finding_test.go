package browser

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"handvat/generator/build"
	"handvat/generator/model"
	"handvat/generator/walk"
)

// chosen is what somebody chooses in the sentence; where and who may be nil.
type chosen struct{ who, where, want *model.Part }

func (c chosen) fragment() string {
	var parts []string
	for _, g := range c.want.Leads(c.where).Answered(c.who, c.where, c.want) {
		parts = append(parts, g.Fact.ID+"="+g.Fact.ValueID(g.Value))
	}
	return strings.Join(parts, "&")
}

// lost gives the answers that do not matter by the time the first open question is asked.
func (p *project) lost(t *testing.T, c chosen) []string {
	t.Helper()
	d := c.want.Leads(c.where)
	at := slices.IndexFunc(p.compiled.Decisions, func(other build.Decision) bool { return other.Proof.Decision == d })
	steps := p.compiled.Decisions[at].Proof.Steps
	given := map[*model.Fact]int{}
	for _, g := range d.Answered(c.who, c.where, c.want) {
		given[g.Fact] = g.Value
	}
	asked := map[*model.Fact]bool{}
	n := steps.Nodes[steps.Root()]
	for n.Leaf == nil {
		value, known := given[n.Fact]
		if n.Fact.Kind == model.Date {
			value, known = p.today(d), true
		}
		if !known {
			break
		}
		asked[n.Fact] = true
		if n.Next[value] == walk.None {
			t.Errorf("%s: %s cannot be", d.ID, c.fragment())
			return nil
		}
		n = steps.Nodes[n.Next[value]]
	}
	var out []string
	for f := range given {
		if !asked[f] && (n.Leaf != nil || slices.Index(d.Questions, f) < slices.Index(d.Questions, n.Fact)) {
			out = append(out, f.ID)
		}
	}
	slices.Sort(out)
	return out
}

// What somebody chose is filled in, and nobody who comes from the sentence is told that an answer does not matter.
func TestTheSentenceFillsInOnlyWhatMatters(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	s := p.Model.Sentence
	filled := 0
	for _, want := range acts(s) {
		for _, where := range append([]*model.Part{nil}, s.Where...) {
			for _, who := range append([]*model.Part{nil}, s.Who...) {
				c := chosen{who, where, want}
				filled += strings.Count(c.fragment(), "=")
				if lost := p.lost(t, c); len(lost) > 0 {
					t.Errorf("%s#%s: %v", want.Leads(where).ID, c.fragment(), lost)
				}
			}
		}
	}
	if filled == 0 {
		t.Error("nothing is filled in")
	}
}

// lead makes the sentence and follows where it leads.
func (p *Page) lead(c chosen) {
	p.t.Helper()
	p.Open("")
	for i, part := range []*model.Part{c.who, c.where, c.want} {
		if part != nil {
			p.Eval("(s => { s.value = "+quote(part.ID)+"; s.dispatchEvent(new Event('change')) })(document.querySelectorAll('handvat-zin select')["+string(rune('0'+i))+"])", nil)
		}
	}
	p.Click("handvat-zin .delen button")
	there := "/mag-dit/" + c.want.Leads(c.where).ID + "/"
	p.Wait(there, "location.pathname.endsWith('"+there+"') && document.readyState === 'complete'")
	(&decider{Page: p}).ready()
	if got := p.Fragment(); got != c.fragment() {
		p.t.Errorf("%s: came in with %q, want %q", there, got, c.fragment())
	}
	if notice := p.Text("[data-deel=bericht]"); notice != "" {
		p.t.Errorf("%s#%s: says %q", there, c.fragment(), notice)
	}
}

func TestTheSentenceLeadsToTheDecision(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	s := p.Model.Sentence
	page := chromium.Page(t, site, View{Width: 320})
	for i, want := range acts(s) {
		page.lead(chosen{s.Who[i%len(s.Who)], s.Where[i%len(s.Where)], want})
		for _, where := range s.Where {
			if want.Elsewhere[where] != nil {
				page.lead(chosen{s.Who[i%len(s.Who)], where, want})
			}
		}
	}
	page.lead(chosen{nil, nil, s.Want[0]})
	topics := 0
	for _, want := range s.Want {
		if want.Topic == nil {
			continue
		}
		topics++
		page.Open("")
		page.Eval("void (document.querySelector('#ik-wil').value = "+quote(want.ID)+")", nil)
		page.Click("handvat-zin .delen button")
		page.Wait("what answers it", "location.pathname.endsWith('/kennis/"+want.Topic.ID+"/') && !location.hash && document.readyState === 'complete'")
	}
	if topics == 0 {
		t.Error("who told something finds no page")
	}
}

// acts are what somebody wants that a decision answers.
func acts(s *model.Sentence) []*model.Part {
	return slices.DeleteFunc(slices.Clone(s.Want), func(p *model.Part) bool { return p.Topic != nil })
}

func TestTheSentenceWithTheKeyboard(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, view := range views {
		page := chromium.Page(t, site, view)
		page.Open("")
		page.TabTo("the button", "e.matches('handvat-zin .delen button')")
		page.Press("Enter")
		page.Wait("the mistake", "document.querySelector('#ik-wil').matches('[aria-invalid][aria-describedby=zin-fout]:focus')")
		page.Axe()
		page.Calm()
		page.Picture("zin-fout")
		page.Press("ArrowDown")
		if page.Count("#ik-wil[aria-invalid]") != 0 || page.Text("#zin-fout") != "" {
			t.Error("the mistake stays after a choice")
		}
		page.TabTo("the button", "e.matches('handvat-zin .delen button')")
		page.Press("Enter")
		page.Wait("a decision", "location.pathname.endsWith('/mag-dit/"+p.Model.Sentence.Want[0].Decision.ID+"/')")
		(&decider{Page: page}).ready()
	}
}

// indexFile is the path of what is searched.
func (p *project) indexFile(t *testing.T, prefix string) string {
	t.Helper()
	for name := range p.files {
		if strings.HasPrefix(name, "_/"+prefix+"-") {
			return name
		}
	}
	t.Fatalf("there is no %s", prefix)
	return ""
}

const budgetIndex = 150_000

func TestTheIndexKeepsToItsBudget(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	size := Weigh(p.files, p.indexFile(t, "zoekindex"))
	t.Logf("%d bytes", size)
	if size > budgetIndex {
		t.Errorf("the index weighs %d, and the budget is %d", size, budgetIndex)
	}
}

// Everything with a name is found by it, by its other names, and by its name with a letter left out.
func TestEveryNameIsFound(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	page := chromium.Page(t, Serve(t, p.files, folder), View{})
	page.Open("zoeken/")
	type query struct{ Words, Href string }
	var queries []query
	for _, term := range p.Model.Terms {
		for _, words := range append([]string{term.Name}, term.Also...) {
			queries = append(queries, query{words, "begrippen/#" + term.ID})
		}
	}
	for _, e := range p.Model.Parties {
		queries = append(queries, query{e.Name, "partijen/" + e.ID + "/"})
	}
	for _, e := range p.Model.Kinds {
		queries = append(queries, query{e.Name, "gegevens/" + e.ID + "/"})
	}
	for _, s := range p.Model.Shelves {
		for _, topic := range s.Topics {
			queries = append(queries, query{topic.Title, "kennis/" + topic.ID + "/"})
		}
	}
	for _, d := range p.Model.Decisions {
		queries = append(queries, query{d.Title, "mag-dit/" + d.ID + "/"})
	}
	for _, r := range p.Model.ThumbRules {
		queries = append(queries, query{r.Title, "vuistregels/#" + r.ID})
	}
	for _, q := range queries[:len(queries):len(queries)] {
		if runes := []rune(q.Words); len(runes) > 7 && !strings.ContainsAny(q.Words, " -") {
			queries = append(queries, query{string(runes[:4]) + string(runes[5:]), q.Href})
		}
	}
	list, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	var missed []string
	page.Eval(`(async () => {
		const search = await `+p.searching(t)+`;
		return `+string(list)+`.filter(({ Words, Href }) => !search.find(Words).groups.some((g) => g.found.some((f) => f.href.endsWith("/" + Href)))).map((q) => q.Words + " does not find " + q.Href);
	})()`, &missed)
	for _, m := range missed {
		t.Error(m)
	}
	for words, want := range map[string]string{"berpsgehem": "beroepsgeheim", "qxzqxz": ""} {
		var near string
		page.Eval(p.searching(t)+`.then((s) => s.find(`+quote(words)+`).near)`, &near)
		if near != want {
			t.Errorf("nearest to %q is %q, want %q", words, near, want)
		}
	}
	if len(queries) < 300 {
		t.Errorf("only %d names", len(queries))
	}
}

func TestSearching(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, view := range append([]View{{Width: 320}}, views...) {
		t.Run(view.String(), func(t *testing.T) {
			page := chromium.Page(t, site, view)
			search := func(words, until string) {
				t.Helper()
				page.Open("")
				page.Open("zoeken/#zoek=" + words)
				page.Wait("results of "+words, until)
				page.Axe()
				page.Picture("zoeken-" + words)
			}
			if page.Open("zoeken/"); strings.Contains(strings.Join(page.Requests(), " "), "zoekindex") {
				t.Error("the index is fetched before anybody searches")
			}
			page.Axe()
			page.Picture("zoeken-leeg")
			search("zorggeheim", "document.querySelector('[data-deel=uit] a[href$=\"begrippen/#beroepsgeheim\"]')")
			search("beroepgeheim", "document.querySelector('[data-deel=uit] a[href$=\"begrippen/#beroepsgeheim\"]')")
			search("corpo", "document.querySelector('[data-deel=uit] a[href$=\"partijen/woningcorporatie/\"]')")
			search("wijkagent", "document.querySelector('[data-deel=uit] a[href$=\"partijen/politie/\"]')")
			search("qxzqxz", "document.querySelector('[data-deel=uit] a[href$=\"begrippen/\"]')")
			page.Wait("that it says so", "document.querySelector('[data-deel=aantal]').textContent === 'Geen resultaten'")
			page.Open("")
			page.Open("zoeken/")
			page.Eval("void (globalThis.fetch = () => Promise.reject(new Error()))", nil)
			page.Click("#zoek")
			page.Press("a", "v", "g")
			page.Wait("that it says so", "document.querySelector('[data-deel=aantal]').textContent === 'Zoeken lukt nu niet'")
			page.Axe()
			page.Picture("zoeken-fout")
		})
	}
}

func TestSearchingWithTheKeyboard(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	page := chromium.Page(t, Serve(t, p.files, folder), View{})
	page.Open("")
	page.TabTo("the way to search", "e.getAttribute('href')?.endsWith('zoeken/')")
	page.Press("Enter")
	page.Wait("the field", "document.querySelector('#zoek') && document.readyState === 'complete'")
	page.TabTo("the field", "e.id === 'zoek'")
	page.Press("c", "o", "r", "p", "o", "Enter")
	page.Wait("the first result", "document.activeElement.matches('[data-deel=uit] a')")
	if got := page.Fragment(); got != "zoek=corpo" {
		t.Errorf("the address says %q", got)
	}
	page.Press("ArrowDown")
	page.Wait("the second", "document.activeElement === document.querySelectorAll('[data-deel=uit] a')[1]")
	page.Press("ArrowUp", "ArrowUp")
	page.Wait("the field", "document.activeElement.id === 'zoek'")
	page.Press("ArrowDown", "Escape")
	page.Wait("the field", "document.activeElement.id === 'zoek'")
	page.Press("ArrowDown", "Enter")
	page.Wait("the page", "!location.pathname.endsWith('/zoeken/')")
	page.Back()
	page.Wait("what was found", "document.querySelector('[data-deel=uit] a') && document.querySelector('#zoek').value === 'corpo'")
}

// Without scripts nothing is shown that does nothing, and the list from a to z is there.
func TestFindingWithoutScripts(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	page := chromium.Page(t, site, View{Scripts: NoScripts, Width: 320})
	for _, name := range []string{"", "zoeken/", "a-z/"} {
		page.Open(name)
		var seen int
		page.Eval("[...document.querySelectorAll('main input, main select, main button')].filter(e => e.checkVisibility()).length", &seen)
		if seen > 0 {
			t.Errorf("%q shows %d controls that do nothing", name, seen)
		}
		page.Axe()
		var wide int
		if page.Eval("document.documentElement.scrollWidth", &wide); wide > 320 {
			t.Errorf("%q is %d wide", name, wide)
		}
		page.Picture("zonder-script-" + strings.Trim(name, "/"))
	}
	page.Open("zoeken/")
	page.Click("main a[href$='a-z/']")
	page.Wait("the list", "location.pathname.endsWith('/a-z/') && document.readyState === 'complete'")
	page.Click("main .az a[href$='mag-dit/delen/']")
	page.Wait("the decision", "location.pathname.endsWith('/mag-dit/delen/')")
}
