package serve

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"handvat/generator/headers"
)

func testFiles() map[string][]byte {
	return map[string][]byte{
		"index.html":               []byte("<h1>thuis</h1>"),
		"404.html":                 []byte("<h1>niet gevonden</h1>"),
		"mag-dit/index.html":       []byte("<h1>mag dit</h1>"),
		"mag-dit/a:b/index.html":   []byte("<h1>a:b</h1>"),
		"_/stijl-ABCD.css":         []byte("body{}"),
		"_/script-ABCD.js":         []byte("1"),
		"_/letter-ABCD.woff2":      []byte("x"),
		"_/beslissing-ABCD.wasm":   []byte("\x00asm"),
		"beeld.svg":                []byte("<svg/>"),
		".well-known/security.txt": []byte("Contact: x"),
		"onbekend.xyz":             []byte("?"),
	}
}

func get(t *testing.T, h http.Handler, method, host, target string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "http://localhost"+target, nil)
	r.Host = host
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestAnswers(t *testing.T) {
	h := Handler(testFiles(), HandlerOptions{})
	sub := Handler(testFiles(), HandlerOptions{Base: "sub/pad"})
	for _, c := range []struct {
		handler  http.Handler
		target   string
		status   int
		mime     string // start of
		location string
	}{
		{h, "/", 200, "text/html", ""},
		{h, "/index.html", 200, "text/html", ""},
		{h, "/mag-dit/", 200, "text/html", ""},
		{h, "/mag-dit", 307, "", "./mag-dit/"},
		{h, "/mag-dit?x=1", 307, "", "./mag-dit/?x=1"},
		{h, "/mag-dit/a:b", 307, "", "./a:b/"},
		{h, "//mag-dit", 404, "text/html", ""},
		{h, "/mag-dit//", 404, "text/html", ""},
		{h, "/bestaat-niet/", 404, "text/html", ""},
		{h, "/_/", 404, "text/html", ""},
		{h, "/_/stijl-ABCD.css", 200, "text/css", ""},
		{h, "/_/script-ABCD.js", 200, "text/javascript", ""},
		{h, "/_/letter-ABCD.woff2", 200, "font/woff2", ""},
		{h, "/_/beslissing-ABCD.wasm", 200, "application/wasm", ""},
		{h, "/beeld.svg", 200, "image/svg+xml", ""},
		{h, "/.well-known/security.txt", 200, "text/plain", ""},
		{h, "/onbekend.xyz", 200, "application/octet-stream", ""},
		{h, "/../handler.go", 404, "text/html", ""},
		{h, "/%2e%2e/handler.go", 404, "text/html", ""},
		{h, "/mag-dit/..%2f..%2fhandler.go", 404, "text/html", ""},
		{h, "/..\\handler.go", 404, "text/html", ""},
		{h, "/etc/passwd", 404, "text/html", ""},
		{h, "/index.html%00", 404, "text/html", ""},
		{sub, "/sub/pad/", 200, "text/html", ""},
		{sub, "/sub/pad/mag-dit", 307, "", "./mag-dit/"},
		{sub, "/sub/pad/x", 404, "text/html", ""},
		{sub, "/sub/pad", 404, "text/plain", ""},
		{sub, "/", 404, "text/plain", ""},
		{sub, "/mag-dit/", 404, "text/plain", ""},
		{sub, "/sub/pad/_/stijl-ABCD.css", 200, "text/css", ""},
	} {
		got := get(t, c.handler, "GET", "localhost:1313", c.target)
		if got.StatusCode != c.status || !strings.HasPrefix(got.Header.Get("Content-Type"), c.mime) || got.Header.Get("Location") != c.location {
			t.Errorf("%s: got %d %q %q, want %d %q %q", c.target, got.StatusCode, got.Header.Get("Content-Type"), got.Header.Get("Location"), c.status, c.mime, c.location)
		}
		if got.Header.Get("Content-Security-Policy") == "" || got.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: an answer without policy", c.target)
		}
	}
}

func TestHeadersAreThoseOfTheList(t *testing.T) {
	for _, base := range []string{"/", "/sub/pad/"} {
		h := Handler(testFiles(), HandlerOptions{Base: base})
		for _, target := range []string{"", "mag-dit/", "_/stijl-ABCD.css"} {
			got := get(t, h, "GET", "localhost", base+target).Header
			for name := range headers.For("/" + target) {
				if got.Get(name) != headers.For("/"+target).Get(name) {
					t.Errorf("%s%s: %s is %q", base, target, name, got.Get(name))
				}
			}
		}
	}
}

func TestDenyWebAssembly(t *testing.T) {
	for _, deny := range []bool{false, true} {
		got := get(t, Handler(testFiles(), HandlerOptions{DenyWebAssembly: deny}), "GET", "localhost", "/")
		if allowed := strings.Contains(got.Header.Get("Content-Security-Policy"), "wasm"); allowed == deny {
			t.Errorf("deny %v: the policy allows WebAssembly: %v", deny, allowed)
		}
	}
}

func TestOnlyThisMachineIsAnswered(t *testing.T) {
	h := Handler(testFiles(), HandlerOptions{})
	for host, want := range map[string]int{
		"localhost": 200, "LOCALHOST:80": 200, "127.0.0.1:1313": 200, "127.8.9.1": 200, "[::1]:1313": 200, "[::1]": 200,
		"": 421, "handvat.example": 421, "localhost.kwaad.example:1313": 421, "10.0.0.1": 421, "127.0.0.1.nip.example": 421, "[::]:80": 421, "0.0.0.0": 421,
	} {
		if got := get(t, h, "GET", host, "/").StatusCode; got != want {
			t.Errorf("host %q: got %d, want %d", host, got, want)
		}
	}
}

func TestTheSiteIsOnlyRead(t *testing.T) {
	h := Handler(testFiles(), HandlerOptions{})
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"} {
		got := get(t, h, method, "localhost", "/")
		if got.StatusCode != http.StatusMethodNotAllowed || got.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: got %d, Allow %q", method, got.StatusCode, got.Header.Get("Allow"))
		}
	}
	if got := get(t, h, "HEAD", "localhost", "/").StatusCode; got != 200 {
		t.Errorf("HEAD: got %d", got)
	}
}

func TestWithoutAPageForUnknownAddresses(t *testing.T) {
	got := get(t, Handler(nil, HandlerOptions{}), "GET", "localhost", "/")
	if got.StatusCode != 404 || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("got %d %s", got.StatusCode, got.Header.Get("Content-Type"))
	}
}
