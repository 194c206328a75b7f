package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
)

// Scripts says what of scripting a visitor's browser has.
type Scripts int

const (
	WithWebAssembly    Scripts = iota // everything
	RefusedWebAssembly                // JavaScript; the policy refuses WebAssembly, as where an administrator switched it off
	MissingWebAssembly                // JavaScript; the browser has no WebAssembly at all
	NoScripts                         // JavaScript is off
)

func (s Scripts) String() string {
	return [...]string{"with WebAssembly", "WebAssembly refused", "WebAssembly missing", "without JavaScript"}[s]
}

// EveryScripts lists all ways, the plainest first.
var EveryScripts = []Scripts{NoScripts, MissingWebAssembly, RefusedWebAssembly, WithWebAssembly}

// A View is how a visitor looks at the site. The zero View is a desktop in light, with everything.
type View struct {
	Scripts      Scripts
	Width        int // 1280 where zero
	Height       int // 900 where zero
	Dark         bool
	ForcedColors bool
	Print        bool
}

// patience is how long a test waits for what must happen, on a machine that may be busy with other things.
const patience = 60 * time.Second

// A Page is an open page. Its methods end the test when they cannot do what they say.
type Page struct {
	t       testing.TB
	site    *Site
	root    string
	view    View
	watcher *watcher
	engine  engine
	ctx     context.Context // of Chromium; nil in another browser
}

// An engine does in one kind of browser what a Page asks of it. What the browser tells of the page goes to its watcher.
type engine interface {
	open(address string) (status int, err error) // until it has been loaded; 200 where only the fragment changes
	eval(expression string, into any) error      // of JavaScript; a promise is waited for, unless scripts are off
	click(x, y float64) error
	press(key string, shift bool) error // a name that keys knows, or one letter
	travel(step int) error              // through the history, until the page there is loaded
	cookies() (names []string, err error)
}

// newPage is a page for a site, before its browser has opened it.
func newPage(t testing.TB, site *Site, view View) *Page {
	if view.Width == 0 {
		view.Width = 1280
	}
	if view.Height == 0 {
		view.Height = 900
	}
	p := &Page{t: t, site: site, root: site.root(view.Scripts), view: view}
	p.watcher = &watcher{root: p.root, scripts: view.Scripts}
	return p
}

func choose(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// describe names the page and the view, for messages.
func (p *Page) describe() string {
	out := fmt.Sprintf("%d wide", p.view.Width)
	if p.view.Dark {
		out += ", dark"
	}
	if p.view.ForcedColors {
		out += ", forced colours"
	}
	return out + ", " + p.view.Scripts.String()
}

// Open opens a page of the site by its path without a leading slash, such as "mag-dit/x/#a=b". It must be there.
func (p *Page) Open(path string) {
	p.t.Helper()
	if status := p.open(path); status != 200 {
		p.t.Fatalf("%s: %s answers with status %d", p.describe(), path, status)
	}
}

// OpenMissing opens an address that is not there.
func (p *Page) OpenMissing(path string) {
	p.t.Helper()
	p.watcher.mu.Lock()
	p.watcher.expected = p.root + path
	p.watcher.mu.Unlock()
	if status := p.open(path); status != 404 {
		p.t.Fatalf("%s: %s answers with status %d, not 404", p.describe(), path, status)
	}
}

func (p *Page) open(path string) int {
	p.t.Helper()
	p.watcher.mu.Lock()
	p.watcher.requests = nil
	p.watcher.mu.Unlock()
	status, err := p.engine.open(p.root + path)
	if err != nil {
		p.t.Fatalf("%s: opening %s: %v", p.describe(), path, err)
	}
	return status
}

// Eval evaluates an expression of JavaScript, waits where it is a promise, and stores its value, as JSON would carry it.
func (p *Page) Eval(expression string, into any) {
	p.t.Helper()
	if err := p.engine.eval(expression, into); err != nil {
		p.t.Fatalf("%s: evaluating %.200s: %v", p.describe(), expression, err)
	}
}

// Wait waits until an expression holds.
func (p *Page) Wait(what, expression string) {
	p.t.Helper()
	var holds bool
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(15 * time.Millisecond) {
		holds = false
		// An error is no answer: a page that is on its way to the next one cannot be asked.
		if err = p.engine.eval("Boolean("+expression+")", &holds); err == nil && holds {
			return
		}
	}
	p.t.Fatalf("%s: at %s waited in vain for %s (last error %v)\n%s", p.describe(), p.Path(), what, err, p.Text("main"))
}

// Path is where the page is: its path in the site without a leading slash, with query and fragment.
func (p *Page) Path() string {
	p.t.Helper()
	var href string
	p.Eval("location.href", &href)
	return strings.TrimPrefix(href, p.root)
}

// Fragment is the fragment of the address as it stands there, without "#".
func (p *Page) Fragment() string {
	p.t.Helper()
	_, fragment, _ := strings.Cut(p.Path(), "#")
	return fragment
}

// Text is the text that is seen of the first element a selector finds, or "".
func (p *Page) Text(selector string) string {
	p.t.Helper()
	var text string
	p.Eval(fmt.Sprintf("document.querySelector(%s)?.innerText ?? ''", quote(selector)), &text)
	return text
}

// Count counts the elements a selector finds that are seen.
func (p *Page) Count(selector string) int {
	p.t.Helper()
	var n int
	p.Eval(fmt.Sprintf("[...document.querySelectorAll(%s)].filter(e => e.checkVisibility({visibilityProperty: true})).length", quote(selector)), &n)
	return n
}

// Click clicks in the middle of the first element that a selector finds and that is seen.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.ClickOn(selector, fmt.Sprintf("[...document.querySelectorAll(%s)].find(e => e.checkVisibility({visibilityProperty: true}))", quote(selector)))
}

// ClickOn clicks in the middle of the element that an expression gives, where nothing may lie over it.
func (p *Page) ClickOn(what, expression string) {
	p.t.Helper()
	var at struct {
		X, Y  float64
		Wrong string
	}
	p.Eval(fmt.Sprintf(`(e => {
		if (!e) return {Wrong: 'there is none to be seen'};
		e.scrollIntoView({block: 'center', behavior: 'instant'});
		const box = e.getClientRects()[0], X = box.left + box.width / 2, Y = box.top + box.height / 2, hit = document.elementFromPoint(X, Y);
		return {X, Y, Wrong: e.contains(hit) ? '' : hit ? 'it lies under ' + hit.outerHTML.slice(0, 200) : 'it is outside the window'};
	})(%s)`, expression), &at)
	if at.Wrong != "" {
		p.t.Fatalf("%s: at %s clicking on %s: %s", p.describe(), p.Path(), what, at.Wrong)
	}
	if err := p.engine.click(at.X, at.Y); err != nil {
		p.t.Fatalf("%s: clicking on %s: %v", p.describe(), what, err)
	}
}

// Press presses keys one after another, each by its name, such as "Tab", "Shift+Tab", "ArrowDown" or "a".
func (p *Page) Press(names ...string) {
	p.t.Helper()
	for _, name := range names {
		key, shift := strings.CutPrefix(name, "Shift+")
		if err := p.engine.press(key, shift); err != nil {
			p.t.Fatalf("%s: pressing %s: %v", p.describe(), name, err)
		}
	}
}

// Focused is what has the focus.
type Focused struct {
	Tag, ID, Name, Value, Href, Text string
	Checked                          bool
	Visible                          bool // it is in the window and its outline or its neighbourhood shows the focus
}

// Focus reads what has the focus.
func (p *Page) Focus() Focused {
	p.t.Helper()
	var f Focused
	p.Eval(`(() => {
		const e = document.activeElement, box = e.getBoundingClientRect();
		return {Tag: e.localName, ID: e.id, Name: e.getAttribute('name') ?? '', Value: e.getAttribute('value') ?? '', Href: e.getAttribute('href') ?? '',
			Text: (e.labels?.[0] ?? e).innerText?.slice(0, 200) ?? '', Checked: e.checked === true,
			Visible: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth}
	})()`, &f)
	return f
}

// TabTo presses Tab until an expression holds of the element with the focus, which is called e.
func (p *Page) TabTo(what, expression string) {
	p.t.Helper()
	const most = 200
	for range most {
		p.Press("Tab")
		var there bool
		p.Eval(fmt.Sprintf("(e => Boolean(%s))(document.activeElement)", expression), &there)
		if there {
			return
		}
	}
	p.t.Fatalf("%s: at %s Tab does not lead to %s in %d steps", p.describe(), p.Path(), what, most)
}

// Back goes back in the history, as the button of the browser does, and Forward goes forward.
func (p *Page) Back()    { p.t.Helper(); p.history(-1) }
func (p *Page) Forward() { p.t.Helper(); p.history(+1) }

func (p *Page) history(step int) {
	p.t.Helper()
	if err := p.engine.travel(step); err != nil {
		p.t.Fatalf("%s: in the history: %v", p.describe(), err)
	}
}

// Requests are the files the page asked for since it was opened, by their path in the site without a leading slash.
func (p *Page) Requests() []string {
	p.t.Helper()
	p.engine.eval("0", nil) // events that were sent before its answer have been seen when it returns
	p.watcher.mu.Lock()
	defer p.watcher.mu.Unlock()
	var out []string
	for _, r := range p.watcher.requests {
		path := strings.TrimPrefix(r, p.root)
		path, _, _ = strings.Cut(path, "#")
		path, _, _ = strings.Cut(path, "?")
		if decoded, err := url.PathUnescape(path); err == nil {
			path = decoded
		}
		if path == "" || strings.HasSuffix(path, "/") {
			path += "index.html"
		}
		out = append(out, path)
	}
	return out
}

// Calm reports what the page did wrong until now: nothing may be said on the console, asked of others, or stored.
func (p *Page) Calm() {
	p.t.Helper()
	p.noneStored()
	for _, problem := range p.watcher.take() {
		p.t.Errorf("%s: %s", p.describe(), problem)
	}
}

// noneStored reports cookies and anything a page keeps about its visitor.
func (p *Page) noneStored() {
	p.t.Helper()
	cookies, err := p.engine.cookies()
	if err != nil {
		p.t.Fatalf("%s: looking for cookies: %v", p.describe(), err)
	}
	for _, name := range cookies {
		p.t.Errorf("%s: a cookie %s", p.describe(), name)
	}
	var kept []string
	if err := p.engine.eval(`(() => location.protocol === 'about:' ? [] : [
		...Object.keys(localStorage).map(k => 'localStorage ' + k), ...Object.keys(sessionStorage).map(k => 'sessionStorage ' + k)])()`, &kept); err != nil {
		p.t.Errorf("%s: looking what is stored: %v", p.describe(), err)
	}
	if p.view.Scripts != NoScripts {
		var bases []string
		if err := p.engine.eval("location.protocol === 'about:' ? [] : indexedDB.databases().then(all => all.map(d => 'indexedDB ' + d.name))", &bases); err != nil {
			p.t.Errorf("%s: looking what is stored: %v", p.describe(), err)
		}
		kept = append(kept, bases...)
	}
	for _, k := range kept {
		p.t.Errorf("%s: stored: %s", p.describe(), k)
	}
}

// Picture makes a picture of the whole page in the folder that the environment variable PICTURES names, for people to
// look at. Without the variable it does nothing.
func (p *Page) Picture(name string) {
	p.t.Helper()
	folder := os.Getenv("PICTURES")
	if folder == "" {
		return
	}
	yes := true
	size := must(p, page.GetLayoutMetrics, cdp.Empty{}).CSSContentSize
	shot := must(p, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &yes,
		Clip: &page.Viewport{Width: float64(p.view.Width), Height: size.Height, Scale: 1}})
	name = fmt.Sprintf("%s-%d%s.png", name, p.view.Width, choose(p.view.Dark, "-dark", ""))
	if err := os.WriteFile(filepath.Join(folder, name), shot.Data, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func quote(s string) string {
	out, err := json.Marshal(s)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return string(out)
}
