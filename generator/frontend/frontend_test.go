package frontend_test

import (
	"bytes"
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
	for name, most := range map[string]int{assets.Style: 8_000, assets.Decision: 8_000, assets.Sharing: 8_000, assets.SharingStyle: 2_000, assets.Font: 20_000} {
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

// A page waits for one script; what it takes along on use is one other.
func TestAScriptWaitsForNoOther(t *testing.T) {
	assets := build(t)
	for name, data := range assets.Files {
		if path.Ext(name) == ".js" && regexp.MustCompile(`\b(import|from)\s*["']`).Match(data) {
			t.Errorf("%s waits for another script", name)
		}
	}
	for script, later := range map[string]string{assets.Decision: "uitleg", assets.Sharing: "vakje"} {
		found := regexp.MustCompile(`import\("\./(` + later + `-[^"]+\.js)"\)`).FindSubmatch(assets.Files[script])
		if found == nil || assets.Files[frontend.Folder+"/"+string(found[1])] == nil {
			t.Errorf("%s imports no %s on use", script, later)
		}
	}
}

func TestNothingComesFromElsewhere(t *testing.T) {
	assets := build(t)
	for name, data := range assets.Files {
		for _, wrong := range []string{"http:", "https:", "sourceMappingURL", "file:", "eval("} {
			if name != assets.Font && bytes.Contains(data, []byte(wrong)) {
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
	for name, test := range map[string]struct{ style, script, want string }{
		"missing import": {style: "a{}", script: "import \"./weg\";\n", want: "theme/assets/components/beslissing/beslissing.ts:1:8"},
		"syntax":         {style: "a{}", script: "let = ;\n", want: "theme/assets/components/beslissing/beslissing.ts:1:7"},
		"outside":        {style: "@import \"../../../etc/a.css\";\n", script: "", want: "stands outside the theme"},
		"no font":        {style: "a{}", script: "", want: "names no font"},
	} {
		_, err := frontend.Build(fstest.MapFS{
			"assets/css/handvat.css":                      {Data: []byte(test.style)},
			"assets/components/beslissing/beslissing.ts":  {Data: []byte(test.script)},
			"assets/components/deelwijzer/deelwijzer.css": {Data: []byte("a{}")},
			"assets/components/deelwijzer/deelwijzer.ts":  {},
			"assets/ts/pagina.ts":                         {},
			"assets/components/zin/zin.ts":                {},
			"assets/components/zoeken/zoeken.ts":          {},
			"assets/ts/offline/worker.ts":                 {},
			"assets/ts/offline/farewell.ts":               {},
		})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
