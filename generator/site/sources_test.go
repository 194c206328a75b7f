package site

import (
	"slices"
	"testing"
)

func TestSectionsStandInTheOrderOfTheSource(t *testing.T) {
	given := []string{"Colofon", "1.1", "2. De opgave", "2.1", "5.3", "Bijlage. Varianten", "Bijlage 1.3", "2.10", "2.2", "art. 7:457", "Bijlage 1.1", "art. 7:5"}
	want := []string{"Colofon", "1.1", "2. De opgave", "2.1", "2.2", "2.10", "5.3", "Bijlage. Varianten", "Bijlage 1.1", "Bijlage 1.3", "art. 7:5", "art. 7:457"}
	if got := byNumber(given); !slices.Equal(got, want) {
		t.Errorf("got:\n%q\nwant:\n%q", got, want)
	}
}
