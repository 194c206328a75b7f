package browser

import (
	_ "embed"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"

	"handvat/generator/build"
	"handvat/generator/model"
	"handvat/generator/walk"
)

// A situation as the script finds it.
type situation struct {
	Href, Title, Of string
	Verdict         [2]string
}

// situations gives all that the index holds, made by the script that searches.
func (p *project) situations(t *testing.T, page *Page) []situation {
	t.Helper()
	page.Open("zoeken/")
	var out []situation
	page.Eval(p.searching(t)+`.then((search) => {
		const all = search.file.situations;
		return all.items.map(([title, decision, verdict, ...answers]) => ({ Title: title, Of: all.decisions[decision][1], Verdict: all.verdicts[verdict],
			Href: all.decisions[decision][0] + "#" + answers.map((a) => all.answers[a][0]).filter(Boolean).join("&") }));
	})`, &out)
	return out
}

// searching is the script that searches, with its index.
func (p *project) searching(t *testing.T) string {
	t.Helper()
	return `import("` + path.Join(folder, p.indexFile(t, "zoeker")) + `").then(({ Search }) => Search.fetch())`
}

// The answers of a situation lead, on the day of the site, to the verdict that stands with it.
func TestASituationHasItsVerdict(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	all := p.situations(t, chromium.Page(t, Serve(t, p.files, folder), View{}))
	for _, s := range all {
		href, answers, _ := strings.Cut(s.Href, "#")
		at := slices.IndexFunc(p.compiled.Decisions, func(d build.Decision) bool { return "mag-dit/"+d.Proof.Decision.ID+"/" == href })
		if at < 0 {
			t.Errorf("%s: there is no %s", s.Title, href)
			continue
		}
		d, steps := p.compiled.Decisions[at].Proof.Decision, p.compiled.Decisions[at].Proof.Steps
		given := map[string]string{}
		for _, a := range strings.Split(answers, "&") {
			fact, value, _ := strings.Cut(a, "=")
			given[fact] = value
		}
		n := steps.Nodes[steps.Root()]
		for n.Leaf == nil {
			value := -1
			switch {
			case n.Fact.Kind == model.Date:
				value = p.today(d)
			case given[n.Fact.ID] != "":
				value = slices.IndexFunc(n.Fact.Values, func(v model.Value) bool { return v.ID == given[n.Fact.ID] })
			default: // not asked: one answer is left
				for v, next := range n.Next {
					if next != walk.None {
						if value >= 0 {
							t.Errorf("%s: %s stays open", s.Title, n.Fact.ID)
						}
						value = v
					}
				}
			}
			if value < 0 || n.Next[value] == walk.None {
				t.Fatalf("%s: %s: %q cannot be answered", s.Title, n.Fact.ID, given[n.Fact.ID])
			}
			n = steps.Nodes[n.Next[value]]
		}
		want := d.Outcomes[n.Leaf.Answer.Outcome].Title
		if duty := n.Leaf.Answer.Duty; duty > 0 && d.Kind == model.Permit && n.Leaf.Answer.Outcome > model.OwnWeighing {
			want = themeWords("plicht-" + model.Duties[duty])
		}
		if s.Verdict[1] != want {
			t.Errorf("%s#%s is said to be %q, and is %q", href, answers, s.Verdict[1], want)
		}
	}
	if len(all) < 1000 {
		t.Errorf("only %d situations", len(all))
	}
}

// Every situation is found by its name, and what somebody is or shares finds those that fit. A subject shows its decisions
// before situations; who says what happens sees that situation first.
func TestEverySituationIsFound(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	page := chromium.Page(t, Serve(t, p.files, folder), View{})
	all := p.situations(t, page)
	list, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	var missed []string
	page.Eval(`(async () => {
		const search = await `+p.searching(t)+`;
		return `+string(list)+`.filter(({ Title, Href }) => !search.find(Title).groups.some((g) => g.kind === "situaties" && g.found.some((f) => f.href.endsWith("/" + Href)))).map((s) => s.Title + " does not find itself");
	})()`, &missed)
	for _, m := range missed {
		t.Error(m)
	}
	for words, want := range map[string]string{
		"psychiater corporatie":         "situaties Een corporatie wijst de ggz op het convenant",
		"schulden politie":              "situaties Schulden, verslaving en bedreigingen",
		"wijkagent man vrijkomt":        "situaties Een wijkagent vertelt het wijkteam dat een man vrijkomt",
		"huisatrs kindermishandelling":  "situaties Een huisarts vermoedt kindermishandeling",
		"beroepsgeheim doorbreken":      "mag-dit Mag ik mijn beroepsgeheim doorbreken?",
		"burgerservicenummer gebruiken": "mag-dit Mag ik het burgerservicenummer gebruiken?",
	} {
		var first string
		page.Eval(p.searching(t)+`.then((s) => s.find(`+quote(words)+`).groups[0]).then((g) => g.kind + " " + g.found[0].title)`, &first)
		if first != want {
			t.Errorf("%q finds %q first, want %q", words, first, want)
		}
	}
	for _, words := range []string{"corporatie", "geloof", "bsn"} {
		var kinds []string
		page.Eval(p.searching(t)+`.then((s) => s.find(`+quote(words)+`).groups.map((g) => g.kind))`, &kinds)
		decisions, situations := slices.Index(kinds, "mag-dit"), slices.Index(kinds, "situaties")
		if decisions < 0 || situations != decisions+1 {
			t.Errorf("%q finds %q, with situations not right behind decisions", words, kinds)
		}
	}
	var most int
	page.Eval(p.searching(t)+`.then((s) => s.find("corporatie").groups.find((g) => g.kind === "situaties").found.length)`, &most)
	if most != 6 {
		t.Errorf("%d situations are shown at once", most)
	}
}

//go:embed testdata/zoekwoorden.tsv
var typedWords string

// Words that somebody in a situation of the register would type find a case of it. They were written down from the register alone,
// and each stands with the name of the case.
func TestWhatIsTypedFindsItsSituation(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	page := chromium.Page(t, Serve(t, p.files, folder), View{})
	page.Open("zoeken/")
	for _, line := range strings.Split(strings.TrimSpace(typedWords), "\n") {
		words, want, _ := strings.Cut(line, "\t")
		var found []string
		page.Eval(p.searching(t)+`.then((s) => s.find(`+quote(words)+`, true).groups[0]).then((g) => g.kind === "situaties" ? g.found.map((f) => f.title) : [])`, &found)
		if !slices.Contains(found, want) {
			t.Errorf("%q does not find %q, but %q", words, want, found)
		}
	}
	// That a secrecy is no obstacle is not the whole answer.
	var first string
	page.Eval(p.searching(t)+`.then((s) => s.find("ggz casusoverleg aanpak", true).groups[0].found[0].verdict[1])`, &first)
	if want := "Je mag dit delen, mits"; first != want {
		t.Errorf("first stands %q, want %q", first, want)
	}
}

// Who types a situation on the start page sees it with its verdict, and its decision says the same; all by keyboard, and what was
// typed reaches no server.
func TestFromHomeToASituation(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	site := Serve(t, p.files, folder)
	for _, view := range []View{{Width: 390, Height: 844}, {Dark: true}} {
		page := chromium.Page(t, site, view)
		page.Open("")
		var seen bool
		page.Eval("document.querySelector('handvat-zin select').getBoundingClientRect().bottom <= innerHeight && scrollY === 0", &seen)
		if !seen {
			t.Errorf("%s: the field and the sentence are out of sight", view)
		}
		page.TabTo("the field", "e.id === 'zoekzin'")
		page.Press("m", "e", "s", " ", "e", "x", "Enter")
		page.Wait("the situation", "location.pathname.endsWith('/zoeken/') && document.querySelector('[data-deel=uit] a')")
		if got := page.Fragment(); got != "situatie=mes%20ex" {
			t.Errorf("the address says %q", got)
		}
		var query string
		if page.Eval("location.search", &query); query != "" {
			t.Errorf("a server sees %q", query)
		}
		page.Axe()
		page.Calm()
		page.Picture("situaties")
		page.TabTo("the first result", "e.matches('[data-deel=uit] a')")
		said := page.Text("[data-deel=uit] li .woord")
		of := page.Text("[data-deel=uit] section:has(.o) li .zacht")
		page.Press("Enter")
		page.Wait("the decision", "location.pathname.includes('/mag-dit/') && document.readyState === 'complete'")
		v := &decider{Page: page}
		v.ready()
		if got := v.verdict(); !strings.EqualFold(got, said) {
			t.Errorf("the verdict is %q, and was said to be %q", got, said)
		}
		if !strings.HasPrefix(of, "Bij: ") {
			t.Errorf("the decision is told as %q", of)
		}
		if notice := page.Text("[data-deel=bericht]"); strings.Contains(notice, "doet er hier niet toe") || strings.Contains(notice, "onbekend") {
			t.Errorf("the link is not right: %q", notice)
		}
	}
}
