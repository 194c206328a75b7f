package site

import (
	"io/fs"
	"strings"
)

// label gives an interface label for the few places where Go itself writes HTML. A label that is missing shows as such,
// and Build's own check on missing labels refuses it.
func (w *writer) label(key string) string {
	if text, ok := w.labels[key]; ok {
		return text
	}
	return "[i18n] " + key
}

// readLabels reads theme/i18n/nl.toml: lines of the form key = "text".
func readLabels(theme fs.FS) map[string]string {
	out := map[string]string{}
	data, _ := fs.ReadFile(theme, "i18n/nl.toml")
	for line := range strings.Lines(string(data)) {
		key, text, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if ok && !strings.HasPrefix(key, "#") {
			out[key] = strings.Trim(text, `"`)
		}
	}
	return out
}
