package headers

import (
	"fmt"
	"strings"
)

// A Deploy says how the host builds the site.
type Deploy struct {
	Command   string // run in the root of the project
	Publish   string // the folder it writes
	GoVersion string
}

// Published is how this project is built by its host. URL is set by the host: the address of the site.
var Published = Deploy{
	Command:   `go run ./cmd/handvat build --out public --basis-url "$URL/"`,
	Publish:   "public",
	GoVersion: "1.26.8",
}

// Netlify writes the host's configuration file: how to build, and the list of headers.
func Netlify(d Deploy) []byte {
	var b strings.Builder
	b.WriteString("# Written by package headers from its list of rules; UPDATE=1 go test ./generator/headers rewrites it.\n\n")
	fmt.Fprintf(&b, "[build]\n  command = %s\n  publish = %s\n\n", quoted(d.Command), quoted(d.Publish))
	fmt.Fprintf(&b, "[build.environment]\n  GO_VERSION = %s\n\n", quoted(d.GoVersion))
	b.WriteString("# The files are published as they were built and tested.\n[build.processing]\n  skip_processing = true\n")
	for _, r := range Rules() {
		fmt.Fprintf(&b, "\n[[headers]]\n  for = %s\n  [headers.values]\n", quoted(r.Pattern))
		for _, h := range r.Headers {
			fmt.Fprintf(&b, "    %s = %s\n", h.Name, quoted(h.Value))
		}
	}
	return []byte(b.String())
}

// quoted writes a TOML basic string (TOML 1.0, "String").
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
