package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What a page does wrong must be seen, whatever it is: each of these is a page with one mistake.
func TestMistakesOfAPageAreSeen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body, script string
		want               string
	}{
		{"nothing", "", "", ""},
		{"a message", "", "console.log('hallo', 1)", `console.log: "hallo" 1`},
		{"an exception", "", "throw new Error('stuk')", "Error: stuk"},
		{"a promise nobody waits for", "", "Promise.reject(new Error('stuk'))", "Error: stuk"},
		{"a script in the page", "<script>var x = 1</script>", "", "policy violated: kInlineViolation script-src"},
		{"a style in the page", "<p style='color: red'>x</p>", "", "policy violated: kInlineViolation style-src"},
		{"eval", "", "try { eval('1') } catch {}", "policy violated: k"},
		{"a picture from elsewhere", "<img alt='x' src='http://127.0.0.1:9/x.png'>", "", "policy violated: kURLViolation img-src"},
		{"a request elsewhere", "", "fetch('http://127.0.0.1:9/').catch(() => {})", "policy violated: kURLViolation connect-src"},
		{"a missing file", "<img alt='x' src='weg.png'>", "", "404"},
		{"a request outside the folder of the site", "<img alt='x' src='/beeld.png'>", "", "a request outside the site: GET http"},
		{"a message to the server", "", "fetch('./', {method: 'POST'}).catch(() => {})", "a request that is no GET: POST"},
		{"a cookie", "", "document.cookie = 'a=b'", "a cookie a"},
		{"local storage", "", "localStorage.x = 1", "stored: localStorage x"},
		{"session storage", "", "sessionStorage.x = 1", "stored: sessionStorage x"},
		{"a data base", "", "indexedDB.open('x')", "stored: indexedDB x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, all := mistaken(t, chromium.Page, c.body, c.script)
			if c.want == "" && all != "" || !strings.Contains(all, c.want) {
				t.Errorf("got:\n%s\nwant: %s", all, c.want)
			}
			if c.name == "a cookie" {
				p.Eval("document.cookie = 'a=; max-age=0'", nil)
			}
		})
	}
}

// mistaken opens a page with a body and a script, and gives what its watcher says of it.
func mistaken(t *testing.T, open func(testing.TB, *Site, View) *Page, body, script string) (p *Page, said string) {
	t.Helper()
	if script != "" {
		body += `<script src="s.js" async></script>`
	}
	site := Serve(t, map[string][]byte{"icon.svg": []byte(icon), "index.html": fixture(body + `<script src="klaar.js" defer></script>`), "s.js": []byte(script),
		"klaar.js": []byte("addEventListener('load', () => setTimeout(() => document.documentElement.dataset.klaar = '', 250))")}, folder)
	wrong := &failures{TB: t}
	p = open(wrong, site, View{})
	p.Open("")
	p.Wait("the scripts", "'klaar' in document.documentElement.dataset")
	p.Calm()
	p.watcher.take()
	wrong.silent = true // what is stored stays so, and would be reported again at the end
	return p, strings.Join(wrong.messages, "\n")
}

// failures keeps the messages of a test that is meant to fail.
type failures struct {
	testing.TB
	messages []string
	silent   bool
}

func (f *failures) Errorf(format string, args ...any) {
	if !f.silent {
		f.messages = append(f.messages, fmt.Sprintf(format, args...))
	}
}

func TestWaysOfScripting(t *testing.T) {
	t.Parallel()
	const script = `
		const module = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
		const say = (text) => { document.querySelector('p').textContent = text };
		if (typeof WebAssembly === 'undefined') say('missing');
		else WebAssembly.compile(module).then(() => say('compiled'), () => say('refused'));`
	site := Serve(t, map[string][]byte{"icon.svg": []byte(icon), "index.html": fixture(`<p>nothing</p><noscript>geen script</noscript><a href="#x">Anker</a><script src="s.js" defer></script>`), "s.js": []byte(script)}, "/sub/pad/")
	for scripts, want := range map[Scripts]string{WithWebAssembly: "compiled", RefusedWebAssembly: "refused", MissingWebAssembly: "missing", NoScripts: "nothing"} {
		p := chromium.Page(t, site, View{Scripts: scripts})
		p.Open("")
		p.Wait(want, "document.querySelector('p').textContent === '"+want+"'")
		if got := p.Count("noscript") == 1; got != (scripts == NoScripts) {
			t.Errorf("%s: noscript shows %v", scripts, got)
		}
		if got := p.axe(); len(got) > 0 {
			t.Errorf("%s: %s", scripts, got)
		}
		// The checker leaves the page as it was, without scripts where there were none.
		p.Click("a")
		p.Wait("the anchor", "location.hash === '#x'")
		if got := p.Text("p"); got != want {
			t.Errorf("%s: after the check the page says %q, not %q", scripts, got, want)
		}
		if got := p.Count("noscript") == 1; got != (scripts == NoScripts) {
			t.Errorf("%s: after the check noscript shows %v", scripts, got)
		}
	}
}

func TestAxeSeesMistakes(t *testing.T) {
	t.Parallel()
	site := Serve(t, map[string][]byte{
		"icon.svg":   []byte(icon),
		"index.html": fixture(`<input><a class="klein" href="#a">a</a><a class="klein" href="#b">b</a><p>grijs</p><noscript><textarea></textarea></noscript>`),
		"s.css":      []byte("p { color: #aaa; background: #fff } @media (prefers-color-scheme: dark) { p { color: #000 } }"),
	}, "/sub/pad/")
	site.Files["index.html"] = []byte(strings.Replace(string(site.Files["index.html"]), "</head>", `<link rel="stylesheet" href="s.css"></head>`, 1))
	for dark, want := range map[bool][]string{false: {"label", "color-contrast"}, true: {"label"}} {
		for _, scripts := range EveryScripts {
			p := chromium.Page(&failures{TB: t}, site, View{Dark: dark, Scripts: scripts}) // the browser itself sees mistakes too
			p.Open("")
			var got []string
			for _, v := range p.axe() {
				id, _, _ := strings.Cut(strings.TrimPrefix(v, "axe "), ":")
				got = append(got, id)
			}
			if slices.Contains(got, "noscript") != (scripts == NoScripts) {
				t.Errorf("dark %v, %s: what only shows without scripts is passed over: %v", dark, scripts, got)
			}
			for _, id := range want {
				if !slices.Contains(got, id) {
					t.Errorf("dark %v, %s: %s is not among %v", dark, scripts, id, got)
				}
			}
			if dark && slices.Contains(got, "color-contrast") {
				t.Errorf("the page is not dark: %v", got)
			}
		}
	}
}

func TestKeyboardAndHistory(t *testing.T) {
	t.Parallel()
	site := Serve(t, map[string][]byte{
		"icon.svg": []byte(icon),
		"index.html": fixture(`<form><fieldset><legend>Kies</legend>
			<label><input type="radio" name="k" value="a">A</label><label><input type="radio" name="k" value="b">B</label></fieldset></form><a href="twee/#x=1">Verder</a>`),
		"twee/index.html": fixture(`<a href="#x=2">Anker</a>`),
		"404.html":        fixture("Niets."),
	}, "/sub/pad/")
	for _, scripts := range EveryScripts {
		p := chromium.Page(t, site, View{Scripts: scripts, Width: 360})
		p.Open("")
		p.Press("Tab", "Space", "ArrowDown")
		if f := p.Focus(); f.Tag != "input" || f.Value != "b" || !f.Checked || f.Text != "B" || !f.Visible {
			t.Errorf("%s: the focus is on %+v", scripts, f)
		}
		p.TabTo("the link", "e.localName === 'a'")
		p.Press("Enter")
		p.Wait("the second page", "location.pathname === '/sub/pad/twee/' && document.readyState === 'complete'")
		p.Click("a")
		p.Wait("the anchor", "location.hash === '#x=2'")
		if p.Path() != "twee/#x=2" || p.Fragment() != "x=2" {
			t.Errorf("%s: at %s", scripts, p.Path())
		}
		p.Back()
		p.Back()
		if p.Path() != "" {
			t.Errorf("%s: back at %s", scripts, p.Path())
		}
		p.Forward()
		if p.Path() != "twee/#x=1" {
			t.Errorf("%s: forward at %s", scripts, p.Path())
		}
		p.OpenMissing("weg/")
	}
}

func TestWeigh(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{"a.html": []byte(strings.Repeat("mag dit? ", 1000)), "b.woff2": []byte(strings.Repeat("x", 100))}
	if n := Weigh(files, "a.html"); n < 10 || n > 100 {
		t.Errorf("a text of 9000 bytes weighs %d", n)
	}
	if n := Weigh(files, "b.woff2"); n != 100 {
		t.Errorf("a font of 100 bytes weighs %d; hosts do not compress it again", n)
	}
}
