package browser

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"

	"handvat/generator/serve"
)

// The preview of an author: a saved text shows by itself, and so do mistakes, within the policy of the site.
func TestThePreviewShowsWhatIsSaved(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	source := filepath.Join(folder, "tekst.txt")
	save := func(text string) {
		t.Helper()
		if err := os.WriteFile(source, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	save("een")
	site := &Site{base: "/"}
	startPreview(t, site, folder, func() (map[string][]byte, string, error) {
		text, err := os.ReadFile(source)
		if string(text) == "fout" {
			return nil, "tekst.txt:1:1: fout[proef]: dit is <fout>\n", nil
		}
		return map[string][]byte{"index.html": fixture("<p>" + string(text) + "</p>"), "sub/pad/icon.svg": []byte(icon)}, "", err
	})
	p := chromium.Page(t, site, View{})
	p.watcher.expected = p.root // the page with mistakes has a status of its own
	p.Open("#anker")
	shows := func(text string) {
		t.Helper()
		p.Wait(text, "document.readyState === 'complete' && document.querySelector('p, pre')?.parentElement.innerText.includes("+quote(text)+")")
	}
	shows("een")
	save("twee")
	shows("twee")
	if p.Path() != "#anker" {
		t.Errorf("the page is now at %s", p.Path())
	}
	save("fout")
	shows("tekst.txt:1:1: fout[proef]: dit is <fout>")
	p.Click("a")
	shows("twee")
	save("drie")
	shows("drie")
	p.Axe()
}

// startPreview runs a preview for as long as the test runs.
func startPreview(t *testing.T, site *Site, folder string, build func() (map[string][]byte, string, error)) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	site.address = "http://" + address
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	told, out := io.Pipe()
	go func() {
		ended <- serve.Run(ctx, serve.Options{Build: build, Watch: []string{folder}, Addr: address, Out: out})
		out.Close()
	}()
	// It has said two things when it is there: what was built, and where.
	for said := 0; said < 2; said++ {
		if _, err := told.Read(make([]byte, 1000)); err != nil {
			t.Fatal(err)
		}
	}
	go io.Copy(io.Discard, told)
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
