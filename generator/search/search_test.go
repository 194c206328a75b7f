package search_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"testing"

	"handvat/generator/search"
)

func TestWordsAreFolded(t *testing.T) {
	got := search.Words("De cliënt, één Beroepsgeheim: artikel 2.29 en de ggz-instelling!")
	want := []string{"client", "beroepsgeheim", "artikel", "29", "ggz", "instelling"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTheFile(t *testing.T) {
	items := []search.Item{
		{Kind: "begrippen", Href: "begrippen/#geheim", Title: "Zorggeheim", Also: []string{"zwijgplicht"}, Lead: "Een geheim."},
		{Kind: "kennis", Href: "kennis/zorg/", Title: "Zorg", Headings: []search.Heading{{ID: "wie", Text: "Wie zorgt"}}, Phase: "Triage", Text: "Zorg voor iemand."},
	}
	got, err := search.Write(items, search.Situations{})
	if err != nil {
		t.Fatal(err)
	}
	index, rest, _ := strings.Cut(string(got), `,"stop":[`)
	_, shown, _ := strings.Cut(rest, `],"items":`)
	const wantIndex = `{"index":{"documentCount":2,"nextId":2,"documentIds":{"0":0,"1":1},"fieldIds":{"koppen":2,"lood":3,"ook":1,"tekst":4,"titel":0},"fieldLength":{"0":[2,1,0,1,0],"1":[1,0,1,0,1]},` +
		`"averageFieldLength":[1.5,0.5,0.5,0.5,0.5],"storedFields":{},"dirtCount":0,"index":[["geheim",{"0":{"0":1},"3":{"0":1}}],["zorg",{"0":{"1":1},"4":{"1":1}}],["zorggeheim",{"0":{"0":1}}],` +
		`["zorgt",{"2":{"1":1}}],["zwijgplicht",{"1":{"0":1}}]],"serializationVersion":2}`
	const wantItems = `[["begrippen","begrippen/#geheim","Zorggeheim","Een geheim.",""],["kennis","kennis/zorg/","Zorg","","Triage","wie","Wie zorgt"]]}`
	if index != wantIndex || shown != wantItems {
		t.Errorf("got\n%s\n%s\nwant\n%s\n%s", index, shown, wantIndex, wantItems)
	}
	found, err := search.Write(items, search.Situations{
		Decisions: [][2]string{{"mag-dit/zwijgen/", "Zwijg ik?"}}, Parts: []int{0}, Verdicts: [][2]string{{"mag", "Spreek"}},
		Answers:    []search.Answer{{Given: "gever=arts", Words: []string{"Arts"}, Shown: "Arts"}, {Given: "nood=ja"}},
		Situations: []search.Situation{{Name: "Een arts spreekt niet"}, {Name: "Er is nood", Answers: []int{0, 1}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	const wantSituations = `"situations":{"index":{"documentCount":4,"nextId":4,"documentIds":{"0":0,"1":1,"2":2,"3":3},"fieldIds":{"antwoord":1,"geval":0},"fieldLength":{"0":[3,0],"1":[1,0],"2":[0,1],"3":[0,0]},` +
		`"averageFieldLength":[1,0.25],"storedFields":{},"dirtCount":0,"index":[["arts",{"0":{"0":1},"1":{"2":1}}],["nood",{"0":{"1":1}}],["spreekt",{"0":{"0":1}}],["zonder",{"0":{"0":1}}]],"serializationVersion":2},` +
		`"decisions":[["mag-dit/zwijgen/","Zwijg ik?"]],"parts":[0],"verdicts":[["mag","Spreek"]],"answers":[["gever=arts","Arts"],["nood=ja"]],"items":[["Een arts spreekt niet",0,0],["Er is nood",0,0,0,1]]}}`
	if pages, rest, _ := strings.Cut(string(found), `,"situations"`); pages != strings.TrimSuffix(string(got), "}") || `"situations"`+rest != wantSituations {
		t.Errorf("got\n%s\nwant\n%s", `"situations"`+rest, wantSituations)
	}
	if again, _ := search.Write(items, search.Situations{}); !bytes.Equal(got, again) {
		t.Error("twice is not the same")
	}
}

func TestMiniSearchIsThePublishedFile(t *testing.T) {
	const folder = "../../theme/assets/vendor/minisearch/"
	for name, hash := range map[string]string{
		"index.js":   "0393b3ba253b809d5e55707c7b0875ef9b518a296a006c6739b28876e154edb3",
		"index.d.ts": "582758297480d23a4f7bf67f3c880427a27136e14613f62447f55e8e1a74b92c",
	} {
		data, err := os.ReadFile(folder + name)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != hash {
			t.Errorf("%s has hash %x", name, sum)
		}
	}
	if licence, err := os.ReadFile(folder + "LICENSE"); err != nil || !strings.Contains(string(licence), "Luca Ongaro") {
		t.Errorf("the licence is missing: %v", err)
	}
}
