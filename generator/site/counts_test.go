package site_test

import (
	"regexp"
	"strings"
	"testing"

	"handvat/generator/site"
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
