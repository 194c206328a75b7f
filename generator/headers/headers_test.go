package headers

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

const netlifyFile = "../../netlify.toml"

func TestNetlifyFileIsWrittenFromTheList(t *testing.T) {
	want := string(Netlify(Published))
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(netlifyFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(netlifyFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("netlify.toml is not what package headers writes; run UPDATE=1 go test ./generator/headers.\ngot:\n%s\nwant:\n%s", got, want)
	}
}

func TestHostSendsWhatTheTestsSend(t *testing.T) {
	var file struct {
		Build struct {
			Command, Publish string
			Environment      map[string]string
		}
		Headers []struct {
			For    string
			Values map[string]string
		}
	}
	if err := toml.Unmarshal(Netlify(Published), &file); err != nil {
		t.Fatal(err)
	}
	if got := (Deploy{file.Build.Command, file.Build.Publish, file.Build.Environment["GO_VERSION"]}); got != Published {
		t.Errorf("the file says %q, want %q", got, Published)
	}
	for _, path := range []string{"/", "/mag-dit/x/", "/404.html", "/_", "/_/handvat-ABC.css", "/_/x/y.wasm", "/sitemap.xml"} {
		got := http.Header{}
		for _, rule := range file.Headers {
			if !(Rule{Pattern: rule.For}).Matches(path) {
				continue
			}
			for name, value := range rule.Values {
				if got.Get(name) != "" {
					t.Errorf("%s gets %s from two rules; the host would join the values", path, name)
				}
				got.Set(name, value)
			}
		}
		if got.Get("Cache-Control") == "" {
			got.Set("Cache-Control", Revalidate)
		}
		want := For(path)
		for name := range want {
			if got.Get(name) != want.Get(name) {
				t.Errorf("%s: %s: the host sends %q, the tests %q", path, name, got.Get(name), want.Get(name))
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: the host sends %d headers, the tests %d", path, len(got), len(want))
		}
	}
}

func TestGoVersionOfTheHostIsThatOfTheModule(t *testing.T) {
	module, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(module)
	if line == nil || !strings.HasPrefix(Published.GoVersion, string(line[1])+".") {
		t.Errorf("the host builds with Go %s, go.mod asks for %s", Published.GoVersion, line)
	}
}

func TestPolicyAllowsNothingInlineAndNothingFromElsewhere(t *testing.T) {
	for _, part := range strings.Split(For("/").Get("Content-Security-Policy"), "; ") {
		fields := strings.Fields(part)
		for _, source := range fields[1:] {
			switch {
			case source == "'none'" || source == "'self'":
			case fields[0] == "require-trusted-types-for" && source == "'script'":
			case fields[0] == "trusted-types" && source == "handvat":
			case source == webAssembly && fields[0] == "script-src":
			default:
				t.Errorf("the policy has %s %s", fields[0], source)
			}
		}
	}
}

func TestOnlyHashedFilesAreCachedForEver(t *testing.T) {
	for path, want := range map[string]bool{"/": false, "/mag-dit/": false, "/_": false, "/_x/a.js": false, "/_/a-HASH.js": true, "/x/_/a.js": false} {
		if got := strings.Contains(For(path).Get("Cache-Control"), "immutable"); got != want {
			t.Errorf("%s: cached for ever %v, want %v", path, got, want)
		}
	}
}

func TestDenyWebAssembly(t *testing.T) {
	h := For("/")
	before := h.Get("Content-Security-Policy")
	DenyWebAssembly(h)
	if got, want := h.Get("Content-Security-Policy"), strings.Replace(before, "script-src 'self' 'wasm-unsafe-eval'", "script-src 'self'", 1); got != want || got == before {
		t.Errorf("got %q, want %q", got, want)
	}
	if For("/").Get("Content-Security-Policy") != before {
		t.Error("changing the headers of one answer changed those of the next")
	}
}

func TestQuotedIsTOML(t *testing.T) {
	for in, want := range map[string]string{`a "b" \c`: `"a \"b\" \\c"`, "x\ny": `"x\u000Ay"`, "né": `"né"`} {
		if got := quoted(in); got != want {
			t.Errorf("quoted(%q) = %s, want %s", in, got, want)
		}
	}
}
