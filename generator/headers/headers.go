// Package headers says which HTTP headers go with which path of the site, in one list.
//
// In: a path on the site. Out: its headers. The preview server and the browser tests send them, and the host's
// configuration file at the root is written from the same list, so what is tested is what is published. A header stands
// in one rule only for any path: hosts join the values of rules that overlap, and a joined Cache-Control means nothing.
package headers

import (
	"net/http"
	"strings"
)

// A Rule gives headers to every path its pattern matches: the pattern itself or, where it ends in "*", all that start
// with what stands before it.
type Rule struct {
	Pattern string
	Headers []Header
}

// A Header is one header with its value.
type Header struct{ Name, Value string }

// Matches tells whether the rule is for a path, which starts with "/".
func (r Rule) Matches(path string) bool {
	if prefix, ok := strings.CutSuffix(r.Pattern, "*"); ok {
		return strings.HasPrefix(path, prefix)
	}
	return path == r.Pattern
}

// Revalidate is the Cache-Control of every path without a rule for it. It stands in no rule, since the rule for all paths
// would then overlap with the rule for hashed files; it is what the host sends of its own accord.
const Revalidate = "public, max-age=0, must-revalidate"

// webAssembly is the one thing beyond the site's own files that the policy allows: compiling WebAssembly. It does not
// allow eval.
const webAssembly = "'wasm-unsafe-eval'"

// Rules is the list.
func Rules() []Rule {
	return []Rule{
		{"/*", []Header{
			{"Content-Security-Policy", strings.Join(policy, "; ")},
			{"Cross-Origin-Opener-Policy", "same-origin"},
			{"Cross-Origin-Resource-Policy", "same-origin"},
			{"Permissions-Policy", permissions()},
			{"Referrer-Policy", "no-referrer"},
			{"Strict-Transport-Security", "max-age=63072000; includeSubDomains"},
			{"X-Content-Type-Options", "nosniff"},
		}},
		// The names of these files hold a hash of what is in them.
		{"/_/*", []Header{{"Cache-Control", "public, max-age=31536000, immutable"}}},
	}
}

// The Content-Security-Policy. Nothing inline, nothing from elsewhere.
var policy = []string{
	"default-src 'none'",
	"script-src 'self' " + webAssembly,
	"style-src 'self'",
	"img-src 'self'",
	"font-src 'self'",
	"connect-src 'self'",
	"manifest-src 'self'",
	"worker-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'", // no text becomes HTML or script
	"trusted-types handvat",              // but the address of the service worker
}

// The features a page could ask of the browser: none is used. Writing to the clipboard is left out, since that only
// happens when the visitor asks for it.
var features = []string{
	"accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
	"encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
	"magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-create",
	"publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "sync-xhr", "usb", "xr-spatial-tracking",
}

func permissions() string {
	off := make([]string, len(features))
	for i, f := range features {
		off[i] = f + "=()"
	}
	return strings.Join(off, ", ")
}

// For gives the headers of a path, which starts with "/". The caller may change them.
func For(path string) http.Header {
	out := http.Header{}
	for _, r := range Rules() {
		if r.Matches(path) {
			for _, h := range r.Headers {
				out.Add(h.Name, h.Value)
			}
		}
	}
	if out.Get("Cache-Control") == "" {
		out.Set("Cache-Control", Revalidate)
	}
	return out
}

// DenyWebAssembly makes the policy in h that of a browser where WebAssembly is switched off. Only for tests.
func DenyWebAssembly(h http.Header) {
	const name = "Content-Security-Policy"
	h.Set(name, strings.Replace(h.Get(name), " "+webAssembly, "", 1))
}
