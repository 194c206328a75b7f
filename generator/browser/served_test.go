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
	address string // of the server
	refused string // of the server whose policy refuses WebAssembly
}

// Serve serves files below a folder, "/" for the root.
func Serve(t testing.TB, files map[string][]byte, base string) *Site {
	t.Helper()
	s := &Site{Files: files, base: "/" + strings.Trim(base, "/")}
	if s.base != "/" {
		s.base += "/"
	}
	start := func(o serve.HandlerOptions) string {
		server := httptest.NewServer(serve.Handler(files, o))
		t.Cleanup(server.Close)
		return server.URL
	}
	s.address = start(serve.HandlerOptions{Base: s.base})
	s.refused = start(serve.HandlerOptions{Base: s.base, DenyWebAssembly: true})
	return s
}

// root is the address of the site in a way of scripting.
func (s *Site) root(scripts Scripts) string {
	if scripts == RefusedWebAssembly {
		return s.refused + s.base
	}
	return s.address + s.base
}
