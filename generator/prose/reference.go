package prose

import (
	"regexp"
	"strings"
)

// A Reference is what the destination of a link means. Scheme is "" for a place on the same page, "https" for another
// site, and else one of Schemes.
type Reference struct {
	Scheme   string
	ID       string // the id; for https the whole address
	Fragment string // the part behind #, for pages, and for the same page
}

// schemes are the kinds of links to the site's own things, with the path that one leads to; @ stands for the id.
var schemes = []struct{ name, path string }{
	{"begrip", "/begrippen/#@"},
	{"beslissing", "/mag-dit/@/"},
	{"bron", "/bronnen/#@"},
	{"fase", "/fasen/@/"},
	{"gegeven", "/gegevens/@/"},
	{"kennis", "/kennis/@/"},
	{"pagina", "/@/"},
	{"partij", "/partijen/@/"},
	{"regio", "/regio/@/"},
	{"variant", "/fasen/varianten/@/"},
	{"vuistregel", "/vuistregels/#@"},
}

// Schemes names the kinds of links to the site's own things, sorted.
func Schemes() []string {
	var out []string
	for _, s := range schemes {
		out = append(out, s.name)
	}
	return out
}

// linkLike finds what an author meant as a link: a bracket, perhaps spaces, and a scheme.
var linkLike = func() *regexp.Regexp {
	return regexp.MustCompile(`\]\s*[(:]\s*(` + strings.Join(Schemes(), "|") + `|https?)\s*:`)
}()

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// IsID tells whether a word has the form of an id: lower case letters, digits and hyphens between them.
func IsID(word string) bool { return idForm.MatchString(word) }

// ParseReference reads a destination. It does not know which ids exist.
func ParseReference(destination string) (Reference, bool) {
	if fragment, ok := strings.CutPrefix(destination, "#"); ok {
		return Reference{Fragment: fragment}, IsID(fragment)
	}
	if rest, ok := strings.CutPrefix(destination, "https://"); ok {
		host, _, _ := strings.Cut(rest, "/")
		return Reference{Scheme: "https", ID: destination}, host != "" && !strings.ContainsAny(destination, " <>\"\\\n\t")
	}
	scheme, rest, ok := strings.Cut(destination, ":")
	if !ok {
		return Reference{}, false
	}
	id, fragment, hasFragment := strings.Cut(rest, "#")
	for _, s := range schemes {
		if s.name != scheme {
			continue
		}
		if hasFragment && (strings.Contains(s.path, "#") || !IsID(fragment)) {
			return Reference{}, false
		}
		return Reference{scheme, id, fragment}, IsID(id)
	}
	return Reference{}, false
}

// Path gives where a reference leads: a path from the root of the site, a fragment, or an address elsewhere.
func (r Reference) Path() string {
	switch r.Scheme {
	case "":
		return "#" + r.Fragment
	case "https":
		return r.ID
	}
	for _, s := range schemes {
		if s.name == r.Scheme {
			path := strings.Replace(s.path, "@", r.ID, 1)
			if r.Fragment != "" {
				path += "#" + r.Fragment
			}
			return path
		}
	}
	panic("BUG: unknown scheme " + r.Scheme)
}
