package language_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"handvat/generator/language"
)

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"Eén zin. En nog één! Of een vraag?":          {"Eén zin.", "En nog één!", "Of een vraag?"},
		"Dat staat in art. 6 van de wet. Punt.":       {"Dat staat in art. 6 van de wet.", "Punt."},
		"Hij zegt: \"Ga weg.\" Zij gaat.":             {"Hij zegt: \"Ga weg.\"", "Zij gaat."},
		"Na 1.5 jaar, o.a. hier.":                     {"Na 1.5 jaar, o.a. hier."},
		"Een kop\nEen regel van een lijst\n- \n":      {"Een kop", "Een regel van een lijst"},
		"Er staat een stip. met een kleine letter.":   {"Er staat een stip. met een kleine letter."},
		"Bel 112. 's Nachts ook (of de huisarts). Ja": {"Bel 112.", "'s Nachts ook (of de huisarts).", "Ja"},
		"": nil,
	} {
		if have := language.Sentences(text); !slices.Equal(have, want) {
			t.Errorf("%q: %q, want %q", text, have, want)
		}
	}
}

// The words are counted by hand, as a dictionary divides them.
func TestSyllables(t *testing.T) {
	for syllables, words := range map[int]string{
		1: "je wij zeer nieuw mooi draai schreeuw huis 5 ik x",
		2: "geeuwen bloeien reden vijftig tafel ruïn Wmo-zaak 12 zee-eend",
		3: "patiënt bijvoorbeeld overleg beroepsplicht Gerrit-Jan AVG ZVH wgs",
		4: "informatie situatie criteria officieel huisartsenpost 2025",
		5: "financiële individueel procesregisseur mogelijkheden",
		6: "persoonsgegevenslijst casusregisseuren",
	} {
		for word := range strings.FieldsSeq(words) {
			if have := language.Syllables(word); have != syllables {
				t.Errorf("%s: %d syllables, want %d", word, have, syllables)
			}
		}
	}
}

// The formula by hand: 8 words with 9 syllables in 2 sentences.
func TestEase(t *testing.T) {
	f := language.Measure("Je deelt wat je weet. Dat is alles.")
	if fmt.Sprint(f) != "{2 8 9 0}" {
		t.Fatalf("counted %+v", f)
	}
	if want := 206.84 - 0.77*112.5 - 0.93*4; math.Abs(f.Ease()-want) > 1e-9 || f.PerSentence() != 4 {
		t.Errorf("ease %f, want %f", f.Ease(), want)
	}
	word := strings.Repeat("woord ", language.MaxWords)
	if f := language.Measure(word + "\n" + word + "te veel."); f.Long != 1 || f.Sentences != 2 {
		t.Errorf("%+v: one of the two sentences is long", f)
	}
}
