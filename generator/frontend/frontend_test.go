package frontend_test

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"

	"handvat/generator/frontend"
	"handvat/theme"
)

func build(t *testing.T) frontend.Assets {
	t.Helper()
	assets, err := frontend.Build(theme.Files)
	if err != nil {
		t.Fatal(err)
	}
	return assets
}

func TestBundlesKeepToTheirBudget(t *testing.T) {
	assets := build(t)
	for name, most := range map[string]int{assets.Style: 8_000, assets.Decision: 8_000, assets.Page: 1_000, assets.Sentence: 3_000, assets.Search: 3_000, assets.Sharing: 8_000, assets.SharingStyle: 2_000, assets.RegionStyle: 1_000, assets.SearchStyle: 1_000, assets.SheetStyle: 3_000, assets.Sheet: 3_000, assets.Font: 20_000} {
		var out bytes.Buffer
		w := brotli.NewWriterLevel(&out, brotli.BestCompression)
		w.Write(assets.Files[name])
		w.Close()
		t.Logf("%s: %d bytes, %d compressed", name, len(assets.Files[name]), out.Len())
		if out.Len() > most {
			t.Errorf("%s takes %d bytes compressed, more than %d", name, out.Len(), most)
		}
	}
}

// A page waits for one script; the others are fetched on use.
func TestAPageWaitsForOneScript(t *testing.T) {
	assets := build(t)
	scripts := map[string]bool{}
	for name, data := range assets.Files {
		if path.Ext(name) != ".js" {
			continue
		}
		if scripts[name] = true; regexp.MustCompile(`\b(import|from)\s*["']`).Match(data) {
			t.Errorf("%s waits for another script", name)
		}
	}
	for entry, onUse := range map[string][]string{assets.Decision: {"meenemen", "standin", "uitleg"}, assets.Page: {"fase"}, assets.Sentence: nil, assets.Search: {"zoeker"}, assets.Sharing: {"standin", "vakje"}, assets.Sheet: {"mee", "overnemen", "toets"}} {
		delete(scripts, entry)
		var found []string
		for _, later := range regexp.MustCompile(`import\("\./(([a-z]+)-[^"]+\.js)"\)`).FindAllSubmatch(assets.Files[entry], -1) {
			found = append(found, string(later[2]))
			if name := frontend.Folder + "/" + string(later[1]); assets.Files[name] == nil {
				t.Errorf("%s imports %s, which is not there", entry, name)
			} else {
				delete(scripts, name)
			}
		}
		slices.Sort(found)
		if !slices.Equal(found, onUse) {
			t.Errorf("%s imports %s on use, not %s", entry, found, onUse)
		}
	}
	if len(scripts) > 0 {
		t.Errorf("nobody imports %v", scripts)
	}
}

// namespaces are the names of what is in a file for a word processor; they lead nowhere.
var namespaces = regexp.MustCompile(`http://(schemas\.openxmlformats\.org|purl\.org)/[\w/.-]+`)

func TestNothingComesFromElsewhere(t *testing.T) {
	assets := build(t)
	for name, data := range assets.Files {
		for _, wrong := range []string{"http:", "https:", "sourceMappingURL", "file:", "eval("} {
			if name != assets.Font && bytes.Contains(namespaces.ReplaceAll(data, nil), []byte(wrong)) {
				t.Errorf("%s holds %q", name, wrong)
			}
		}
	}
	if style := string(assets.Files[assets.Style]); !strings.Contains(style, "./"+strings.TrimPrefix(assets.Font, frontend.Folder+"/")) {
		t.Error("the style sheet does not name the font beside it")
	}
}

func TestTwoBundlesAreTheSame(t *testing.T) {
	first, second := build(t), build(t)
	if !maps.EqualFunc(first.Files, second.Files, bytes.Equal) || first.Style != second.Style || first.Decision != second.Decision || first.Sharing != second.Sharing || first.SharingStyle != second.SharingStyle || first.Font != second.Font {
		t.Errorf("%v, then %v", slices.Sorted(maps.Keys(first.Files)), slices.Sorted(maps.Keys(second.Files)))
	}
}

func TestMistakesSayWhereTheyAre(t *testing.T) {
	const style, script = "assets/css/handvat.css", "assets/components/beslissing/beslissing.ts"
	for name, test := range map[string]struct{ file, text, want string }{
		"missing import": {script, "import \"./weg\";\n", "theme/assets/components/beslissing/beslissing.ts:1:8"},
		"syntax":         {script, "let = ;\n", "theme/assets/components/beslissing/beslissing.ts:1:7"},
		"outside":        {style, "@import \"../../../etc/a.css\";\n", "stands outside the theme"},
		"no font":        {style, "a{}", "names no font"},
	} {
		files := fstest.MapFS{}
		fs.WalkDir(theme.Files, ".", func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				data, _ := fs.ReadFile(theme.Files, path)
				files[path] = &fstest.MapFile{Data: data}
			}
			return err
		})
		files[test.file] = &fstest.MapFile{Data: []byte(test.text)}
		if _, err := frontend.Build(files); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
