package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"testing"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A Browser is a running Chromium.
type Browser struct {
	ctx  context.Context
	stop func()
}

// errNoChromium tells what to do on a machine without the browser. The tests fail there: a test that is passed over
// proves nothing.
var errNoChromium = errors.New("the browser tests need Chromium and there is no command chromium-headless-shell or chromium; `sh generator/test.sh` installs it, or install it yourself (Debian: apt-get install chromium-headless-shell)")

// Start starts the browser: the one without windows where it is there, since it has the same engine and needs half the
// time, or else the whole one.
func Start() (*Browser, error) {
	path, err := exec.LookPath("chromium-headless-shell")
	if err != nil {
		path, err = exec.LookPath("chromium")
	}
	if err != nil {
		return nil, errNoChromium
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path),
		chromedp.Flag("headless", "new"),
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.NoSandbox, // the sandbox does not start in containers; only our own pages are opened
		chromedp.DisableGPU,
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-default-apps", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "nl-NL"),
		chromedp.Flag("mute-audio", true),
		chromedp.Flag("password-store", "basic"),
		// A page that is not in front must go on as one that is: tests run side by side.
		chromedp.Flag("disable-background-timer-throttling", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.Flag("disable-renderer-backgrounding", true),
	)
	// The library speaks of protocol events it does not know; that is not about the page.
	ctx, stop := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	b := &Browser{ctx: ctx, stop: func() { stop(); stopAllocator() }}
	if err := chromedp.Do(ctx); err != nil {
		b.stop()
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return b, nil
}

// Stop ends the browser and everything in it.
func (b *Browser) Stop() { b.stop() }

// Page opens an empty page for a site. It is closed when the test ends; what the page did wrong then fails the test.
func (b *Browser) Page(t testing.TB, site *Site, view View) *Page {
	t.Helper()
	p := newPage(t, site, view)
	view = p.view
	ctx, closePage := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.watcher.event))
	p.ctx, p.engine = ctx, inChromium{p}
	t.Cleanup(func() {
		p.Calm()
		closePage()
	})
	must(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: int64(view.Width), Height: int64(view.Height), DeviceScaleFactor: 1})
	must(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: choose(view.Dark, "dark", "light")},
		{Name: "forced-colors", Value: choose(view.ForcedColors, "active", "none")},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	if view.Print {
		media.Media = "print"
	}
	must(p, emulation.SetEmulatedMedia, media)
	must(p, network.Enable, network.EnableParams{})
	must(p, log.Enable, cdp.Empty{})
	must(p, audits.Enable, cdp.Empty{})
	switch view.Scripts {
	case NoScripts:
		must(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	case MissingWebAssembly:
		must(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: "delete globalThis.WebAssembly"})
	}
	return p
}

// must gives a command to the page.
func must[P, R any](p *Page, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if chromedp.FromContext(p.ctx).Target == nil {
		ctx = p.ctx // the first command opens the page, and the page lives as long as the context of that command
	}
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatalf("%s: %s: %v", p.describe(), command.Method, err)
	}
	return result
}

// inChromium is the engine of a page in Chromium.
type inChromium struct{ p *Page }

func (c inChromium) open(address string) (int, error) {
	ctx, cancel := context.WithTimeout(c.p.ctx, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.NavigateResponse(address))
	if err != nil || answer == nil {
		return 200, err // only the fragment changed
	}
	return int(answer.Status), nil
}

// eval works also where the page itself may run no scripts, but no promise is fulfilled there.
func (c inChromium) eval(expression string, into any) error {
	ctx, cancel := context.WithTimeout(c.p.ctx, patience)
	defer cancel()
	yes := true
	result, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: expression, ReturnByValue: &yes, AwaitPromise: &yes})
	if err != nil {
		return err
	}
	if e := result.ExceptionDetails; e != nil {
		text := e.Text
		if e.Exception != nil {
			text += " " + e.Exception.Description
		}
		return fmt.Errorf("%s", text)
	}
	if into == nil || len(result.Result.Value) == 0 {
		return nil
	}
	return json.Unmarshal(result.Result.Value, into)
}

func (c inChromium) do(action chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(c.p.ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, action)
}

func (c inChromium) click(x, y float64) error { return c.do(chromedp.MouseClickXY(x, y)) }

// chromiumKeys are the names that Press knows.
var chromiumKeys = map[string]string{
	"Tab": kb.Tab, "Enter": kb.Enter, "Space": " ", "Escape": kb.Escape, "Home": kb.Home, "End": kb.End,
	"ArrowUp": kb.ArrowUp, "ArrowDown": kb.ArrowDown, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
}

func (c inChromium) press(key string, shift bool) error {
	code, ok := chromiumKeys[key]
	if len(key) == 1 {
		code = key
	} else if !ok {
		panic("BUG: no key " + key)
	}
	var options []chromedp.KeyOption
	if shift {
		options = append(options, chromedp.KeyModifiers(kb.ModifierShift))
	}
	return c.do(chromedp.KeyEvent(code, options...))
}

func (c inChromium) travel(step int) error {
	h := must(c.p, page.GetNavigationHistory, cdp.Empty{})
	to := int(h.CurrentIndex) + step
	if to < 0 || to >= len(h.Entries) {
		return fmt.Errorf("it has %d entries and no number %d", len(h.Entries), to+1)
	}
	must(c.p, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: h.Entries[to].ID})
	c.p.Wait("the page in the history", fmt.Sprintf("location.href === %s && document.readyState === 'complete'", quote(h.Entries[to].URL)))
	return nil
}

func (c inChromium) cookies() ([]string, error) {
	ctx, cancel := context.WithTimeout(c.p.ctx, patience)
	defer cancel()
	found, err := chromedp.CallBrowser(ctx, storage.GetCookies, storage.GetCookiesParams{BrowserContextID: chromedp.FromContext(c.p.ctx).BrowserContextID})
	if err != nil {
		return nil, err
	}
	var names []string
	for _, c := range found.Cookies {
		names = append(names, c.Name)
	}
	return names, nil
}
