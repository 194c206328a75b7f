package site_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"handvat/generator/language"
	"handvat/generator/site"
	"handvat/theme"
)

// The tables of figures stand on the page that accounts for the answers, and hold what is counted of the model.
func TestCountsAreShown(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	page := string(files["verantwoording/index.html"])
	if _, page, _ = strings.Cut(page, `<h2 id="dekking">`); page == "" {
		t.Fatal("the table is not there")
	}
	plain := regexp.MustCompile(`(<[^>]*>|\s)+`).ReplaceAllString(page, " ")
	for _, want := range []string{
		"Alle 4 3 0 0 0 1 ",
		"Per bron 3 2 0 0 0 1 WGS 1 1 0 0 0 0 ",
		"Triage 1 1 0 0 0 0 ",
		"Alle fasen 1 1 0 0 0 0 Bijzaak 1 0 0 0 0 1 ",
		"Regel 3 3 0 0 0 0 Tekst 1 0 0 0 0 1 ",
		" De middelste van ",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("%q is not in %s", want, plain)
		}
	}
	if strings.Contains(page, "[i18n]") || strings.Contains(page, "%!") {
		t.Error("a label is missing or has another number of places")
	}
}

// Labels are read too: no sentence in them is long.
func TestLabelsHaveShortSentences(t *testing.T) {
	data, err := fs.ReadFile(theme.Files, "i18n/nl.toml")
	if err != nil {
		t.Fatal(err)
	}
	labels := 0
	for line := range strings.Lines(string(data)) {
		key, text, ok := strings.Cut(line, " = ")
		if !ok || strings.HasPrefix(key, "#") {
			continue
		}
		labels++
		if f := language.Measure(strings.Trim(strings.TrimSpace(text), `"`)); f.Long > 0 {
			t.Errorf("%s has a sentence of more than %d words", key, language.MaxWords)
		}
	}
	if labels < 100 {
		t.Errorf("found %d labels", labels)
	}
}
