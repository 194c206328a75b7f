package serve

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"handvat/generator/headers"
)

// Paths of the preview itself. No page of the site starts with "_" followed by a letter.
const (
	eventsPath = "_herlaad"
	scriptPath = "_herlaad.js"
	stylePath  = "_fouten.css"
	iconPath   = "_fouten.svg"
)

// lastGood is the query of a page that shows the last good version although the sources hold mistakes.
const lastGood = "laatste-goede"

//go:embed reload.js
var reloadScript []byte

//go:embed mistakes.css
var mistakesStyle []byte

//go:embed mistakes.svg
var mistakesIcon []byte

// A state is what is served at one moment. It never changes; a new one takes its place.
type state struct {
	version  string
	files    map[string][]byte // of the last good build; nil before the first
	problems string            // of the last build, or ""
}

// A preview serves the current state, and tells browsers when there is a new one.
type preview struct {
	mu      sync.Mutex
	now     *state
	changed chan struct{} // closed when now is replaced
}

func newPreview() *preview { return &preview{now: &state{}, changed: make(chan struct{})} }

func (p *preview) current() (*state, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now, p.changed
}

// replace makes a build the current state; with problems the files of the last good one stay.
func (p *preview) replace(version string, files map[string][]byte, problems string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if problems != "" {
		files = p.now.files
	}
	p.now = &state{version, files, problems}
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	onlyThisMachine(http.HandlerFunc(p.serve)).ServeHTTP(w, r)
}

func (p *preview) serve(w http.ResponseWriter, r *http.Request) {
	for name, values := range headers.For(r.URL.Path) {
		w.Header()[name] = values
	}
	now, _ := p.current()
	rest := strings.TrimPrefix(r.URL.Path, "/")
	switch rest {
	case eventsPath:
		p.events(w, r)
		return
	case scriptPath:
		send(w, http.StatusOK, scriptPath, reloadScript)
		return
	case stylePath:
		send(w, http.StatusOK, stylePath, mistakesStyle)
		return
	case iconPath:
		send(w, http.StatusOK, iconPath, mistakesIcon)
		return
	}
	page := rest == "" || strings.HasSuffix(rest, "/") || path.Ext(rest) == "" || path.Ext(rest) == ".html"
	if now.problems != "" && page && (now.files == nil || !r.URL.Query().Has(lastGood)) {
		send(w, http.StatusInternalServerError, "fouten.html", p.mistakesPage(now, r))
		return
	}
	answer(&injector{ResponseWriter: w, tag: reloadTag(now)}, r, now.files, rest)
}

func reloadTag(s *state) string {
	return fmt.Sprintf(`<script type="module" src="/%s?%s"></script>`, scriptPath, s.version)
}

// mistakesPage shows what is wrong in the sources.
func (p *preview) mistakesPage(s *state, r *http.Request) []byte {
	var b bytes.Buffer
	b.WriteString(`<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`)
	fmt.Fprintf(&b, `<title>Er staan fouten in de inhoud</title><link rel="icon" href="/%s"><link rel="stylesheet" href="/%s">%s</head><body><main>`, iconPath, stylePath, reloadTag(s))
	b.WriteString(`<h1>Er staan fouten in de inhoud</h1><p>Deze pagina ververst vanzelf zodra ze zijn verbeterd.`)
	if s.files != nil {
		to := url.URL{Path: r.URL.Path, RawQuery: lastGood}
		if !strings.HasPrefix(to.Path, "//") {
			fmt.Fprintf(&b, ` De <a href="%s">laatste goede versie van deze pagina</a> staat er nog.`, html.EscapeString(to.String()))
		}
	}
	fmt.Fprintf(&b, "</p><pre>%s</pre></main></body></html>\n", html.EscapeString(strings.TrimRight(s.problems, "\n")))
	return b.Bytes()
}

// events keeps a connection open and sends the version of the current state, now and whenever it is replaced
// (server-sent events, HTML Standard 9.2).
func (p *preview) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	control := http.NewResponseController(w)
	fmt.Fprint(w, "retry: 500\n\n")
	for {
		now, changed := p.current()
		fmt.Fprintf(w, "data: %s\n\n", now.version)
		if control.Flush() != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// An injector adds the reload script to the pages that pass.
type injector struct {
	http.ResponseWriter
	tag  string
	page bool
}

func (i *injector) WriteHeader(status int) {
	if i.page = strings.HasPrefix(i.Header().Get("Content-Type"), "text/html"); i.page {
		i.Header().Del("Content-Length")
		i.Header().Set("Cache-Control", "no-store") // a page of a preview is never good for later
	}
	i.ResponseWriter.WriteHeader(status)
}

// Write expects a page in one piece, as send gives it.
func (i *injector) Write(data []byte) (int, error) {
	if !i.page {
		return i.ResponseWriter.Write(data)
	}
	at := bytes.LastIndex(data, []byte("</body>"))
	if at < 0 {
		at = len(data)
	}
	whole := make([]byte, 0, len(data)+len(i.tag))
	whole = append(append(append(whole, data[:at]...), i.tag...), data[at:]...)
	if _, err := i.ResponseWriter.Write(whole); err != nil {
		return 0, err
	}
	return len(data), nil
}
