package browser

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"handvat/generator/offline"
	"handvat/generator/serve"
)

// A host serves one version of the site after another, or nothing.
type host struct {
	Site
	version atomic.Pointer[http.Handler]
}

// newHost serves the site as it is published, with its service worker.
func newHost(t *testing.T, files map[string][]byte) *host {
	t.Helper()
	h := &host{}
	h.publish(files)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := h.version.Load()
		if now == nil { // no network: the connection breaks
			panic(http.ErrAbortHandler)
		}
		(*now).ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	h.address, h.base = server.URL, folder
	return h
}

func (h *host) publish(files map[string][]byte) {
	handler := serve.Handler(files, serve.HandlerOptions{Base: folder})
	h.version.Store(&handler)
}

func (h *host) fail() { h.version.Store(nil) }

// published is the real site with its service worker; each change is made in the pages before they are marked.
func (p *project) published(t *testing.T, changes map[string]string) map[string][]byte {
	t.Helper()
	files := maps.Clone(p.files)
	for page, text := range changes {
		files[page] = bytes.Replace(files[page], []byte("</h1>"), []byte(" "+text+"</h1>"), 1)
	}
	if err := offline.Add(files, p.assets.Worker); err != nil {
		t.Fatal(err)
	}
	return files
}

// settled waits until the worker of the version has taken over and fetched all of it.
func (p *Page) settled() {
	p.t.Helper()
	p.Wait("the service worker", `navigator.serviceWorker.controller && navigator.serviceWorker.getRegistration().then(r => !r.installing && !r.waiting)`)
}

func TestTheSiteWorksWithoutAConnection(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	h := newHost(t, p.published(t, nil))
	j := p.journeys(t)[0]
	v := &decider{chromium.Page(t, &h.Site, View{Width: 360}), j}
	v.withoutAConnection(h, p.start(j, WithWebAssembly))
	v.Axe()
}

// withoutAConnection comes by once, and finishes when there is no network any more.
func (v *decider) withoutAConnection(h *host, start string) {
	v.t.Helper()
	v.Open("")
	v.settled()
	h.fail()
	v.Open(start)
	v.ready()
	v.expect(v.finish(v.give))
	v.Wait("the notice", `document.querySelector('.versie').textContent.includes('Geen verbinding')`)
}

// TestWhatIsOnTheDeviceIsTheListAndNothingElse also visits a page that is not on the list: nothing may tell of a visit.
func TestWhatIsOnTheDeviceIsTheListAndNothingElse(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	files := p.published(t, nil)
	h := newHost(t, files)
	page := chromium.Page(t, &h.Site, View{})
	page.Open("")
	page.settled()
	steps := p.journeys(t)[0].page() + "stappen/"
	page.Open(steps)
	var got []string
	page.Eval(`caches.keys().then(names => caches.open(names[0])).then(c => c.keys()).then(all => all.map(r => new URL(r.url).pathname))`, &got)
	want := map[string]bool{}
	for name := range files {
		if path := folder + strings.TrimSuffix(name, "index.html"); offline.Keep(name) {
			want[path] = true
		}
	}
	for _, path := range got {
		if !want[path] {
			t.Errorf("%s is on the device and not on the list", path)
		}
		delete(want, path)
	}
	for path := range want {
		t.Errorf("%s is on the list and not on the device", path)
	}
	h.fail()
	page.Open(steps)
	page.Wait("the page for what is not there", `location.pathname.endsWith('/offline/')`)
}

func TestANewVersionIsAnnouncedWhereItMatters(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	j := p.journeys(t)[0]
	h := newHost(t, p.published(t, nil))
	page := chromium.Page(t, &h.Site, View{})
	page.Open(j.page() + j.fragment())
	page.settled()
	say := func(text string) {
		h.publish(p.published(t, map[string]string{j.page() + "index.html": text, "index.html": text}))
		page.Eval(`navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => 0)`, nil)
	}
	say("tweede druk")
	page.Wait("the announcement", `document.querySelector('.versie').textContent.includes('veranderd')`)
	page.Axe()
	page.Click(".versie button")
	page.Wait("the new version", `document.querySelector('h1').textContent.includes('tweede druk') && document.readyState === 'complete'`)
	if got := "#" + page.Fragment(); got != j.fragment() {
		t.Errorf("the answers are %s after loading the new version, were %s", got, j.fragment())
	}
	if got := page.Text(".versie"); got != "" {
		t.Errorf("the new version says of itself: %s", got)
	}
	page.Open("privacy/")
	page.settled()
	say("derde druk")
	page.Wait("the third version", `caches.keys().then(n => n.length === 2)`)
	page.settled()
	if got := page.Text(".versie"); got != "" {
		t.Errorf("a page that did not change says: %s", got)
	}
}

// TestAVersionThatIsNotWholeIsRefused publishes a page that is not the one of the list, as in the middle of a publication.
func TestAVersionThatIsNotWholeIsRefused(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	h := newHost(t, p.published(t, nil))
	page := chromium.Page(t, &h.Site, View{})
	page.Open("")
	page.settled()
	broken := p.published(t, map[string]string{"privacy/index.html": "tweede druk"})
	broken["privacy/index.html"] = p.published(t, nil)["privacy/index.html"]
	h.publish(broken)
	var state string
	page.Eval(`navigator.serviceWorker.getRegistration().then(r => r.update()).then(r => new Promise(done => {
		const w = r.installing; w ? w.onstatechange = () => done(w.state) : done("none") }))`, &state)
	if state != "redundant" {
		t.Errorf("the worker of a version that is not whole is %s", state)
	}
	h.fail()
	page.Open("privacy/")
	page.Wait("the old page", `document.querySelector('h1') && !document.body.textContent.includes('tweede druk')`)
}

func TestTheFarewellTakesEverythingOffTheDevice(t *testing.T) {
	t.Parallel()
	p := realSite(t)
	h := newHost(t, p.published(t, nil))
	page := chromium.Page(t, &h.Site, View{})
	page.Open("")
	page.settled()
	h.publish(p.files)
	page.Eval(`navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => 0)`, nil)
	page.Wait("nothing to be left", `caches.keys().then(async n => !n.length && !(await navigator.serviceWorker.getRegistrations()).length)`)
}
