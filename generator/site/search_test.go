package site_test

import (
	"regexp"
	"strings"
	"testing"

	"handvat/generator/site"
)

// Who types a daily word finds the kind of data, party or decision that it stands for; from a to z it leads there without scripts.
func TestOtherWordsLeadThere(t *testing.T) {
	m := small()
	m.Kinds[0].Also, m.Parties[0].Also, m.Decisions[0].Also = []string{"alcohol"}, []string{"dokter"}, []string{"appen"}
	files, err := site.Build(input(t, m))
	if err != nil {
		t.Fatal(err)
	}
	list := string(files["a-z/index.html"])
	for word, href := range map[string]string{"alcohol": "gegevens/" + m.Kinds[0].ID + "/", "dokter": "partijen/" + m.Parties[0].ID + "/", "appen": "mag-dit/" + m.Decisions[0].ID + "/"} {
		if !regexp.MustCompile(`(?i)<li>` + word + `: zie <a href="?\.\./` + href).MatchString(list) {
			t.Errorf("%q does not lead to %s in the list from a to z", word, href)
		}
		for name, data := range files {
			if strings.HasPrefix(name, "_/zoekindex-") && !strings.Contains(string(data), `["`+word+`",`) {
				t.Errorf("%q cannot be searched for", word)
			}
		}
	}
}
