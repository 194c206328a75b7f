package browser

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// A watcher keeps what a page does that no page may do, and which files it asks for.
type watcher struct {
	root    string // every request must start with it
	scripts Scripts

	mu       sync.Mutex
	expected string // address of a page that is meant to answer with a status other than 200
	problems []string
	requests []string // addresses, as asked for since the last page was opened
}

// problem records one; the same one only once.
func (w *watcher) problem(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, p := range w.problems {
		if p == text {
			return
		}
	}
	w.problems = append(w.problems, text)
}

// event is called for every event of a page in Chromium, in order.
func (w *watcher) event(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		var parts []string
		for _, a := range e.Args {
			part := string(a.Value)
			if part == "" {
				part = a.Description
			}
			parts = append(parts, part)
		}
		w.problem("console.%s: %s", e.Type, strings.Join(parts, " "))
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		w.problem("exception: %s (%s:%d)", text, e.ExceptionDetails.URL, e.ExceptionDetails.LineNumber+1)
	case *log.EventEntryAdded:
		if at, _, _ := strings.Cut(e.Entry.URL, "#"); at == w.expected && at != "" && e.Entry.Source == log.EntrySourceNetwork {
			return
		}
		// The refusal itself is what this way of scripting is for.
		if w.scripts == RefusedWebAssembly && e.Entry.Source == log.EntrySourceSecurity && strings.Contains(e.Entry.Text, "WebAssembly") {
			return
		}
		// A script that is off cannot use what was fetched for it ahead of time.
		if w.scripts == NoScripts && strings.Contains(e.Entry.Text, "preloaded using link preload but not used") {
			return
		}
		w.problem("browser %s, %s: %s (%s)", e.Entry.Level, e.Entry.Source, e.Entry.Text, e.Entry.URL)
	case *audits.EventIssueAdded:
		w.issue(e.Issue)
	case *network.EventRequestWillBeSent:
		w.request(e.Request.Method, e.Request.URL)
	case *network.EventResponseReceivedExtraInfo:
		for name := range e.Headers {
			if strings.EqualFold(name, "Set-Cookie") {
				w.problem("an answer sets a cookie")
			}
		}
	case *network.EventWebSocketCreated:
		w.problem("a web socket: %s", e.URL)
	}
}

// request judges what a page asks for.
func (w *watcher) request(method, address string) {
	if strings.HasPrefix(address, "data:") {
		return // never leaves the browser; its own pictures of form fields come this way, and the policy refuses the page any
	}
	if !strings.HasPrefix(address, w.root) {
		w.problem("a request outside the site: %s %s", method, address)
	}
	if method != "GET" {
		w.problem("a request that is no GET: %s %s", method, address)
	}
	w.requests = append(w.requests, address)
}

// issue judges what the browser would show in its list of issues.
func (w *watcher) issue(i *audits.InspectorIssue) {
	if c := i.Details.ContentSecurityPolicyIssueDetails; c != nil {
		if w.scripts == RefusedWebAssembly && c.ContentSecurityPolicyViolationType == audits.ContentSecurityPolicyViolationTypeKWasmEvalViolation {
			return
		}
		where := ""
		if l := c.SourceCodeLocation; l != nil {
			where = fmt.Sprintf(" at %s:%d", l.URL, l.LineNumber+1)
		}
		w.problem("policy violated: %s %s %s%s", c.ContentSecurityPolicyViolationType, c.ViolatedDirective, c.BlockedURL, where)
		return
	}
	details, err := json.Marshal(i.Details)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	w.problem("issue %s: %s", i.Code, details)
}

// take gives the problems until now and forgets them.
func (w *watcher) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.problems
	w.problems = nil
	return out
}
