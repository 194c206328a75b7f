package browser

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// A Firefox is a running Firefox, which is spoken to in WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/). Directly: it
// needs no driver beside it, and a library for some dozen commands would be more to keep up with than the commands are.
type Firefox struct {
	process *exec.Cmd
	profile string
	conn    *websocket.Conn

	mu       sync.Mutex
	last     int                 // number of the last command
	waiting  map[int]chan answer // by command
	watchers map[string]*watcher // by page
	statuses map[string]int      // of what was loaded, by navigation
}

// An answer is what Firefox says, to a command or by itself.
type answer struct {
	ID             int
	Type           string
	Method         string
	Params, Result json.RawMessage
	Error, Message string
}

// ofFirefox are the settings of every profile: nothing is fetched of its own accord, and nothing moves.
const ofFirefox = `user_pref("services.settings.server", "data:,");
user_pref("app.normandy.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.region.network.url", "");
user_pref("browser.chrome.guess_favicon", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("toolkit.telemetry.server", "data:,");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("intl.accept_languages", "nl");
user_pref("ui.prefersReducedMotion", 1);
`

var errNoFirefox = errors.New("the tests need Firefox and there is no command firefox-esr; `sh generator/test.sh` installs it, or install it yourself (Debian: apt-get install firefox-esr)")

// firefoxes are two: whether scripts run is a setting of the whole browser. Each starts when a test first needs it.
var firefoxes = map[bool]func() (*Firefox, error){
	true:  sync.OnceValues(func() (*Firefox, error) { return startFirefox("") }),
	false: sync.OnceValues(func() (*Firefox, error) { return startFirefox(`user_pref("javascript.enabled", false);`) }),
}

// startedFirefoxes are those that must be stopped.
var startedFirefoxes []*Firefox

func startFirefox(settings string) (*Firefox, error) {
	path, err := exec.LookPath("firefox-esr")
	if err != nil {
		return nil, errNoFirefox
	}
	profile, err := os.MkdirTemp("", "handvat-firefox-")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(ofFirefox+settings), 0o644); err != nil {
		return nil, err
	}
	// Only who says where he comes from may connect.
	const origin = "http://localhost"
	f := &Firefox{profile: profile, waiting: map[int]chan answer{}, watchers: map[string]*watcher{}, statuses: map[string]int{}}
	f.process = exec.Command(path, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "--remote-allow-origins", origin, "about:blank")
	f.process.Env = append(os.Environ(), "HOME="+profile)
	startedFirefoxes = append(startedFirefoxes, f)
	said, err := f.process.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := f.process.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	lines := bufio.NewScanner(said)
	address := ""
	for address == "" && lines.Scan() {
		_, address, _ = strings.Cut(lines.Text(), "WebDriver BiDi listening on ")
	}
	if address == "" {
		return nil, fmt.Errorf("%s ends before it listens", path)
	}
	go io.Copy(io.Discard, said) // it waits where nobody reads
	if f.conn, err = websocket.Dial(address+"/session", "", origin); err != nil {
		return nil, fmt.Errorf("speaking to %s: %w", path, err)
	}
	go f.listen()
	if err := f.call("session.new", map[string]any{"capabilities": map[string]any{}}, nil); err != nil {
		return nil, err
	}
	return f, f.call("session.subscribe", map[string]any{"events": []string{"log.entryAdded", "network.beforeRequestSent", "network.responseStarted"}}, nil)
}

// stopFirefoxes ends every Firefox that was started, and takes its profile away.
func stopFirefoxes() {
	for _, f := range startedFirefoxes {
		if f.conn != nil {
			f.conn.Close()
		}
		if f.process.Process != nil {
			f.process.Process.Kill()
			f.process.Wait()
		}
		os.RemoveAll(f.profile)
	}
}

// call gives a command and stores what comes of it.
func (f *Firefox) call(method string, params map[string]any, into any) error {
	came := make(chan answer, 1)
	f.mu.Lock()
	f.last++
	id := f.last
	f.waiting[id] = came
	f.mu.Unlock()
	if err := websocket.JSON.Send(f.conn, map[string]any{"id": id, "method": method, "params": params}); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case a := <-came:
		if a.Type != "success" {
			return fmt.Errorf("%s: %s: %s", method, a.Error, a.Message)
		}
		if into == nil {
			return nil
		}
		return json.Unmarshal(a.Result, into)
	case <-time.After(patience):
		return fmt.Errorf("%s: no answer", method)
	}
}

// listen hears all that Firefox says, in order.
func (f *Firefox) listen() {
	for {
		var a answer
		if err := websocket.JSON.Receive(f.conn, &a); err != nil {
			return
		}
		f.mu.Lock()
		if a.Type == "event" {
			f.event(a)
		} else if came := f.waiting[a.ID]; came != nil {
			delete(f.waiting, a.ID)
			came <- a
		}
		f.mu.Unlock()
	}
}

// event tells the watcher of a page what happened there.
func (f *Firefox) event(a answer) {
	var e struct {
		Context, Navigation string
		Source              struct{ Context string }
		Type, Level, Text   string
		Request             struct{ Method, URL string }
		Response            struct {
			Status int
			URL    string
		}
	}
	if err := json.Unmarshal(a.Params, &e); err != nil {
		panic("BUG: " + err.Error())
	}
	w := f.watchers[e.Context+e.Source.Context]
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch a.Method {
	case "network.beforeRequestSent":
		w.request(e.Request.Method, e.Request.URL)
	case "network.responseStarted":
		if e.Navigation != "" {
			f.statuses[e.Navigation] = e.Response.Status
		}
		if at, _, _ := strings.Cut(e.Response.URL, "#"); e.Response.Status >= 400 && at != w.expected {
			w.problem("status %d: %s", e.Response.Status, e.Response.URL)
		}
	case "log.entryAdded":
		// The refusal itself is what this way of scripting is for.
		if w.scripts == RefusedWebAssembly && strings.Contains(e.Text, "Content-Security-Policy") && strings.Contains(e.Text, "WebAssembly") {
			return
		}
		w.problem("%s %s: %s", e.Type, e.Level, e.Text)
	}
}

// Page opens an empty page for a site, as that of Chromium does.
func (f *Firefox) Page(t testing.TB, site *Site, view View) *Page {
	t.Helper()
	p := newPage(t, site, view)
	do := func(method string, params map[string]any, into any) {
		t.Helper()
		if err := f.call(method, params, into); err != nil {
			t.Fatal(err)
		}
	}
	in := inFirefox{Firefox: f, runs: view.Scripts != NoScripts}
	p.engine = &in
	var made struct{ UserContext, Context string }
	do("browser.createUserContext", map[string]any{}, &made)
	in.profile = made.UserContext
	do("browsingContext.create", map[string]any{"type": "window", "userContext": in.profile}, &made)
	in.page = made.Context
	do("browsingContext.setViewport", map[string]any{"context": in.page, "viewport": map[string]int{"width": p.view.Width, "height": p.view.Height}}, nil)
	if view.Scripts == MissingWebAssembly {
		do("script.addPreloadScript", map[string]any{"contexts": []string{in.page}, "functionDeclaration": "() => { delete globalThis.WebAssembly }"}, nil)
	}
	f.mu.Lock()
	f.watchers[in.page] = p.watcher
	f.mu.Unlock()
	t.Cleanup(func() {
		p.Calm()
		f.call("browser.removeUserContext", map[string]any{"userContext": in.profile}, nil)
	})
	return p
}

// inFirefox is the engine of a page in Firefox.
type inFirefox struct {
	*Firefox
	page    string
	profile string // of this page alone
	runs    bool   // scripts do
}

func (p *inFirefox) open(address string) (int, error) {
	var came struct{ Navigation string }
	if err := p.call("browsingContext.navigate", map[string]any{"context": p.page, "url": address, "wait": "complete"}, &came); err != nil {
		return 0, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if status, ok := p.statuses[came.Navigation]; ok {
		return status, nil
	}
	return 200, nil // only the fragment changed
}

func (p *inFirefox) eval(expression string, into any) error {
	if into != nil && p.runs {
		expression = "(async () => JSON.stringify(await (" + expression + ")))()"
	} else if into != nil {
		expression = "JSON.stringify(" + expression + ")"
	}
	var came struct {
		Type             string
		Result           struct{ Value json.RawMessage }
		ExceptionDetails struct{ Text string }
	}
	err := p.call("script.evaluate", map[string]any{"expression": expression, "target": map[string]any{"context": p.page}, "awaitPromise": p.runs,
		"serializationOptions": map[string]int{"maxObjectDepth": 0, "maxDomDepth": 0}}, &came)
	if err != nil {
		return err
	}
	if came.Type != "success" {
		return errors.New(came.ExceptionDetails.Text)
	}
	var text string
	if into == nil || json.Unmarshal(came.Result.Value, &text) != nil || text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

// act does things with a mouse or keys.
func (p *inFirefox) act(kind string, actions ...map[string]any) error {
	return p.call("input.performActions", map[string]any{"context": p.page, "actions": []any{map[string]any{"type": kind, "id": kind, "actions": actions}}}, nil)
}

func (p *inFirefox) click(x, y float64) error {
	return p.act("pointer", map[string]any{"type": "pointerMove", "x": int(x), "y": int(y)}, map[string]any{"type": "pointerDown", "button": 0}, map[string]any{"type": "pointerUp", "button": 0})
}

// firefoxKeys are the names that Press knows, as WebDriver writes them.
var firefoxKeys = map[string]string{
	"Tab": "\ue004", "Enter": "\ue007", "Space": " ", "Escape": "\ue00c", "Home": "\ue011", "End": "\ue010",
	"ArrowUp": "\ue013", "ArrowDown": "\ue015", "ArrowLeft": "\ue012", "ArrowRight": "\ue014",
}

func (p *inFirefox) press(key string, shift bool) error {
	value, ok := firefoxKeys[key]
	if len(key) == 1 {
		value = key
	} else if !ok {
		panic("BUG: no key " + key)
	}
	actions := []map[string]any{{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}}
	if shift {
		const code = "\ue008"
		actions = append(append([]map[string]any{{"type": "keyDown", "value": code}}, actions...), map[string]any{"type": "keyUp", "value": code})
	}
	return p.act("key", actions...)
}

func (p *inFirefox) travel(step int) error {
	var from string
	if err := p.eval("location.href", &from); err != nil {
		return err
	}
	if err := p.call("browsingContext.traverseHistory", map[string]any{"context": p.page, "delta": step}, nil); err != nil {
		return err
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(15 * time.Millisecond) {
		there := false
		if p.eval("location.href !== "+quote(from)+" && document.readyState === 'complete'", &there) == nil && there {
			return nil
		}
	}
	return fmt.Errorf("still at %s", from)
}

func (p *inFirefox) cookies() ([]string, error) {
	var found struct{ Cookies []struct{ Name string } }
	err := p.call("storage.getCookies", map[string]any{"partition": map[string]any{"type": "context", "context": p.page}}, &found)
	var names []string
	for _, c := range found.Cookies {
		names = append(names, c.Name)
	}
	return names, err
}
