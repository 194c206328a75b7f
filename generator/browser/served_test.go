package browser

import (
	"net/http/httptest"
	"strings"
	"testing"

	"handvat/generator/serve"
)

// A Site is a built site on a server of its own, for as long as the test runs.
type Site struct {
	Files map[string][]byte

	base    string // such as "/" or "/sub/pad/"
	open    *httptest.Server
	without *httptest.Server // its policy refuses WebAssembly
}

// Serve serves files below a folder, "/" for the root.
func Serve(t testing.TB, files map[string][]byte, base string) *Site {
	t.Helper()
	s := &Site{Files: files, base: "/" + strings.Trim(base, "/")}
	if s.base != "/" {
		s.base += "/"
	}
	s.open = httptest.NewServer(serve.Handler(files, serve.HandlerOptions{Base: s.base}))
	t.Cleanup(s.open.Close)
	s.without = httptest.NewServer(serve.Handler(files, serve.HandlerOptions{Base: s.base, DenyWebAssembly: true}))
	t.Cleanup(s.without.Close)
	return s
}

// root is the address of the site in a way of scripting.
func (s *Site) root(scripts Scripts) string {
	if scripts == RefusedWebAssembly {
		return s.without.URL + s.base
	}
	return s.open.URL + s.base
}
