package offline

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func site() map[string][]byte {
	return map[string][]byte{
		"index.html":                   []byte(`<html lang="nl" data-v="0">start`),
		"404.html":                     []byte(`<html lang="nl" data-v="0">niet hier`),
		"offline/index.html":           []byte(`<html lang="nl" data-v="0">geen verbinding`),
		"mag-dit/x/index.html":         []byte(`<html lang="nl" data-v="0">x`),
		"mag-dit/x/stappen/index.html": []byte(`<html lang="nl" data-v="0">stappen`),
		"mag-dit/x/stappen/tot-2025-03-01/index.html": []byte(`<html lang="nl" data-v="0">stappen`),
		"_/x-ABCD.wasm": []byte("module"),
		"favicon.svg":   []byte("svg"),
		"robots.txt":    []byte("robots"),
		"sitemap.xml":   []byte("sitemap"),
	}
}

func add(t *testing.T, files map[string][]byte) list {
	t.Helper()
	if err := Add(files, []byte("worker()")); err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`^const LIST=(.*);\nworker\(\)$`).FindSubmatch(files[WorkerPath])
	if found == nil {
		t.Fatalf("the worker does not start with its list: %s", files[WorkerPath])
	}
	var out list
	if err := json.Unmarshal(found[1], &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestListIsWhatAVersionConsistsOf(t *testing.T) {
	files := site()
	got := add(t, files)
	if want := []string{"", "mag-dit/x/", "offline/"}; !slices.Equal(slices.Sorted(maps.Keys(got.Pages)), want) {
		t.Errorf("pages %v, want %q", got.Pages, want)
	}
	if want := []string{"_/x-ABCD.wasm", "favicon.svg"}; !slices.Equal(got.Files, want) {
		t.Errorf("files %q, want %q", got.Files, want)
	}
	for path, mark := range got.Pages {
		if page := string(files[path+"index.html"]); !strings.Contains(page, `data-v="`+mark+`"`) {
			t.Errorf("%q does not carry its mark %s: %s", path, mark, page)
		}
	}
}

func TestOnlyWhatChangedGetsAnotherMark(t *testing.T) {
	one := add(t, site())
	changed := site()
	changed["mag-dit/x/index.html"] = []byte(`<html lang="nl" data-v="0">x, sinds vandaag anders`)
	two := add(t, changed)
	if one.Version == two.Version {
		t.Error("another page, and the same version")
	}
	for path := range one.Pages {
		if same, want := one.Pages[path] == two.Pages[path], path != "mag-dit/x/"; same != want {
			t.Errorf("%q: same mark: %v, want %v", path, same, want)
		}
	}
	same := add(t, site())
	if same.Version != one.Version {
		t.Error("the same site, and another version")
	}
}

func TestAFileThatNoPageShowsChangesTheVersionToo(t *testing.T) {
	changed := site()
	changed["robots.txt"] = []byte("other robots")
	if add(t, site()).Version == add(t, changed).Version {
		t.Error("another file, and the same version")
	}
}

func TestMistakes(t *testing.T) {
	without := site()
	delete(without, Page)
	unmarked := site()
	unmarked["mag-dit/x/index.html"] = []byte("<html>x")
	for name, c := range map[string]struct {
		files map[string][]byte
		want  string
	}{
		"no page for what is not there": {without, "offline/index.html"},
		"a page without a place":        {unmarked, "mag-dit/x/index.html"},
	} {
		if err := Add(c.files, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want something about %s", name, err, c.want)
		}
	}
}
