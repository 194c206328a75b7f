package site_test

import (
	"bytes"
	"testing"

	"handvat/generator/site"
)

// A topic begins with what to remember, shows all that its file has, and its norms lead to it from the page of their source.
func TestATopicShowsAllItHas(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	has := func(name string, inOrder ...string) {
		t.Helper()
		rest := files[name]
		for _, want := range inOrder {
			_, after, found := bytes.Cut(rest, []byte(want))
			if !found {
				t.Fatalf("%s: %q is not there, or stands too early", name, want)
			}
			rest = after
		}
	}
	has("kennis/zwijgen/index.html", "<h1>Zwijgen</h1>", "Zwijg over wat je hoort", "../../begrippen/#beroepsgeheim", `id="wat-hoor-je"`,
		"Je weet waarom", "Aan tafel", "Je zegt dat je niets zegt.", "Je knikt.", "../../mag-dit/mag-ik-meenemen/", `aria-current="page"`)
	has("kennis/index.html", "Geheim", "zwijgen/", "Waarover je zwijgt.")
	has("index.html", "./kennis/")
	for _, name := range []string{"bronnen/handreiking/index.html", "bronnen/wgs/index.html"} { // the body and the example; the checklist
		has(name, "../../kennis/zwijgen/")
	}
}

func TestASiteWithoutTopicsHasNoPlaceForThem(t *testing.T) {
	m := small()
	m.Shelves = nil
	files, err := site.Build(input(t, m))
	if err != nil {
		t.Fatal(err)
	}
	if _, made := files["kennis/index.html"]; made || bytes.Contains(files["index.html"], []byte("kennis/")) {
		t.Error("there is a page of topics, or a link to it")
	}
}
