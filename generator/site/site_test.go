package site_test

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handvat/generator/site"
)

func TestBuildGivesEveryPageAndFile(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	hash := regexp.MustCompile(`-[0-9A-Z]{8}\.`)
	var got []string
	for name := range files {
		got = append(got, hash.ReplaceAllString(name, "-HASH."))
	}
	slices.Sort(got)
	want := strings.Fields(`
		.well-known/security.txt 404.html
		_/atkinson-next-HASH.woff2 _/beslissing-HASH.js _/handvat-HASH.css _/mag-ik-meenemen-HASH.wasm _/wanneer-informeer-ik-HASH.wasm
		begrippen/index.html bronnen/handreiking/index.html bronnen/index.html bronnen/wgs/index.html
		fasen/aanmelding/index.html fasen/afschaling/index.html fasen/casusoverleg/index.html fasen/index.html fasen/triage/index.html
		favicon.svg gegevens/gezondheid/index.html gegevens/index.html index.html
		mag-dit/index.html mag-dit/mag-ik-meenemen/index.html mag-dit/wanneer-informeer-ik/index.html
		partijen/index.html partijen/politie/index.html robots.txt sitemap.xml verantwoording/index.html vuistregels/index.html`)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if dir := os.Getenv("HANDVAT_SITE_OUT"); dir != "" {
		for name, data := range files {
			os.MkdirAll(filepath.Join(dir, path.Dir(name)), 0o755)
			os.WriteFile(filepath.Join(dir, name), data, 0o644)
		}
	}
}

func TestEveryLinkAndAnchorIsThere(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range site.CheckLinks(files) {
		t.Error(problem)
	}
}

func TestNoLabelIsMissing(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if i := bytes.Index(data, []byte("[i18n]")); i >= 0 {
			t.Errorf("%s: %s", name, data[i:min(len(data), i+60)])
		}
	}
}

func TestTwoBuildsAreTheSame(t *testing.T) {
	first, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	second, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	if len(first) != len(second) {
		t.Fatalf("%d files, then %d", len(first), len(second))
	}
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s differs", name)
		}
	}
}
