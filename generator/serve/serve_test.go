package serve

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// An authorsDesk is a running preview of the one file text.md, which is wrong when it holds the word FOUT and cannot be
// read when it holds the word STUK.
type authorsDesk struct {
	t      *testing.T
	folder string
	url    string

	mu  sync.Mutex
	out strings.Builder
}

func (d *authorsDesk) Write(data []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.out.Write(data)
}

func (d *authorsDesk) terminal() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.out.String()
}

func (d *authorsDesk) build() (map[string][]byte, string, error) {
	files := map[string][]byte{"404.html": []byte("<body>niet gevonden</body>"), "_/s-A.css": []byte("body{}")}
	err := filepath.WalkDir(d.folder, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		data, err := os.ReadFile(name)
		files[strings.TrimSuffix(entry.Name(), ".md")+"/index.html"] = []byte("<body>" + string(data) + "</body>")
		return err
	})
	if err != nil {
		return nil, "", err
	}
	switch text := string(files["text/index.html"]); {
	case strings.Contains(text, "FOUT"):
		return nil, "content/text.md:1:1: fout[proef]: <dit> klopt niet\n1 fout gevonden; er is niets geschreven.\n", nil
	case strings.Contains(text, "STUK"):
		return nil, "", errors.New("de schijf is stuk")
	}
	return files, "", nil
}

func startDesk(t *testing.T, text string) *authorsDesk {
	d := &authorsDesk{t: t, folder: t.TempDir()}
	d.save("text.md", text)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{Build: d.build, Watch: []string{d.folder}, Addr: "127.0.0.1:0", Out: d})
	}()
	t.Cleanup(func() {
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(patience):
			t.Error("Run does not end when its context does")
		}
	})
	address := regexp.MustCompile(`http://[^ ]+/`)
	d.wait("an address on the terminal", func() bool {
		d.url = address.FindString(d.terminal())
		return d.url != ""
	})
	return d
}

func (d *authorsDesk) save(name, text string) {
	d.t.Helper()
	name = filepath.Join(d.folder, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *authorsDesk) wait(what string, holds func() bool) {
	d.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if holds() {
			return
		}
	}
	d.t.Fatalf("waited in vain for %s; terminal:\n%s", what, d.terminal())
}

func (d *authorsDesk) get(path string) (int, string, http.Header) {
	d.t.Helper()
	answer, err := http.Get(d.url + path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer.StatusCode, string(body), answer.Header
}

func (d *authorsDesk) waitFor(path string, status int, words ...string) {
	d.t.Helper()
	d.wait(path+" with "+strings.Join(words, ", "), func() bool {
		got, body, _ := d.get(path)
		for _, w := range words {
			if !strings.Contains(body, w) {
				return false
			}
		}
		return got == status
	})
}

func TestASavedTextIsServedAndBrowsersAreTold(t *testing.T) {
	d := startDesk(t, "een")
	d.waitFor("text/", 200, "een", `<script type="module" src="/_herlaad.js?`)
	events, err := http.Get(d.url + "_herlaad")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	if got := events.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("the events are %q", got)
	}
	lines := bufio.NewScanner(events.Body)
	version := func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return data
			}
		}
		t.Fatal("the events ended")
		return ""
	}
	first := version()
	if _, body, _ := d.get("text/"); !strings.Contains(body, "_herlaad.js?"+first+`"`) {
		t.Errorf("the page does not carry version %s: %s", first, body)
	}
	d.save("text.md", "twee")
	for second := version(); second == first; second = version() {
	}
	d.waitFor("text/", 200, "twee")
}

func TestNewFoldersAndDeletedFilesCount(t *testing.T) {
	d := startDesk(t, "een")
	d.save("diep/dieper/nieuw.md", "vers")
	d.waitFor("nieuw/", 200, "vers")
	d.save("diep/dieper/nieuw.md", "verser")
	d.waitFor("nieuw/", 200, "verser")
	if err := os.RemoveAll(filepath.Join(d.folder, "diep")); err != nil {
		t.Fatal(err)
	}
	d.waitFor("nieuw/", 404, "niet gevonden", "_herlaad.js")
}

func TestMistakesAreShownAndTheLastGoodSiteStays(t *testing.T) {
	d := startDesk(t, "een")
	d.save("text.md", "FOUT")
	d.waitFor("text/", 500, "fout[proef]: &lt;dit&gt; klopt niet", "/text/?laatste-goede", "_herlaad.js")
	d.waitFor("onzin/", 500, "fout[proef]")
	d.waitFor("text/?laatste-goede", 200, "een", "_herlaad.js")
	if status, body, _ := d.get("_/s-A.css"); status != 200 || body != "body{}" {
		t.Errorf("a style sheet of the last good site: %d %s", status, body)
	}
	if !strings.Contains(d.terminal(), "fout[proef]: <dit> klopt niet") {
		t.Errorf("the terminal shows:\n%s", d.terminal())
	}
	d.save("text.md", "STUK")
	d.waitFor("text/", 500, "De site kon niet worden gebouwd: de schijf is stuk")
	d.save("text.md", "beter")
	d.waitFor("text/", 200, "beter")
}

func TestMistakesFromTheStart(t *testing.T) {
	d := startDesk(t, "FOUT")
	d.waitFor("", 500, "fout[proef]", "_fouten.css")
	if _, body, _ := d.get(""); strings.Contains(body, "laatste-goede") {
		t.Error("the page offers a last good version that is not there")
	}
	d.waitFor("?laatste-goede", 500, "fout[proef]")
	d.save("text.md", "goed")
	d.waitFor("text/", 200, "goed")
}

func TestThePreviewKeepsThePolicy(t *testing.T) {
	d := startDesk(t, "een")
	for _, path := range []string{"text/", "_herlaad.js", "_fouten.css", "_fouten.svg"} {
		status, body, header := d.get(path)
		if status != 200 || body == "" || strings.Contains(header.Get("Content-Security-Policy"), "unsafe-inline") || header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d, policy %q", path, status, header.Get("Content-Security-Policy"))
		}
	}
	if _, _, header := d.get("text/"); header.Get("Cache-Control") != "no-store" {
		t.Error("a page of the preview may be kept")
	}
}

func TestAddressesOfOtherMachinesAreRefused(t *testing.T) {
	for _, addr := range []string{":1313", "0.0.0.0:1313", "[::]:1313", "192.0.2.1:80", "handvat.example:80", "1313"} {
		if err := Run(context.Background(), Options{Addr: addr, Out: io.Discard}); err == nil {
			t.Errorf("%s: served", addr)
		}
	}
}

func TestAFolderThatIsNotThereIsAnError(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "weg")
	if err := Run(context.Background(), Options{Addr: "127.0.0.1:0", Watch: []string{missing}, Out: io.Discard}); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("got %v", err)
	}
}
