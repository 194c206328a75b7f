// Package site makes the web site: it writes a Hugo project in memory and builds it.
//
// In: a Model, per decision its Walk, its Program and its module, and the theme with its bundled assets. Out: every file
// of the site, by its path without a leading slash. The bytes depend on the input alone. Every link in the pages is
// relative, so the folder works under any path of any static host; only sitemap.xml, robots.txt and canonical links
// name the base URL. Whatever Hugo has to say while building is an error, and so are a link or anchor that leads nowhere, a
// file from elsewhere, a label that is missing and anything the site's content policy refuses: there is a complete site
// or none.
//
//	files, err := site.Build(site.Input{Model: m, Decisions: ds, Theme: theme.Files, Static: static.Files, Assets: assets, BaseURL: "https://handvat.example/"})
//
// What a page shows is worked out here, ready to show; templates only place it. Nobody else in the project knows Hugo.
package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"handvat/generator/frontend"
	"handvat/generator/model"
	"handvat/generator/search"
	"handvat/generator/tables"
	"handvat/generator/walk"
)

// Input is everything the site is made of.
type Input struct {
	Model     *model.Model
	Decisions []Decision // those that get a page, in the order of the menus
	Editions  []Edition  // what regions make of them
	Theme     fs.FS      // layouts, assets and i18n
	Static    fs.FS      // published byte for byte; Go files are left out
	Assets    frontend.Assets
	BaseURL   string // with a root path, such as "https://handvat.example/"

	index string // path of the search index
}

// A Decision is a decision with what was made of it.
type Decision struct {
	Decision *model.Decision
	Walk     *walk.Walk      // nil where it was too large to make
	Program  *tables.Program // with an Entry for this decision
	Module   []byte          // the WebAssembly module with the walk as a custom section
	Outline  []byte          // what the page fetches to explain an end; nil where it has nothing more than the walk

	Figures Figures
}

// An Edition is a region with what was made of the decisions it touches.
type Edition struct {
	*model.Edition
	Decisions []Decision // in the order of Touched
}

// Figures are the numbers that a proof gives. Situations are exact, in digits.
type Figures struct {
	Questions, Rules  int
	Situations        string
	PerOutcome        []string // situations by outcome, in the order of the decision
	Invariants, Cases int
	Nodes             int // of the decision diagram
	Bytes             int // of the module
}

// paths are where the files of a decision stand; "" where there is none.
type paths struct{ module, outline string }

// Build makes all files of the site.
func Build(in Input) (map[string][]byte, error) {
	modules := map[*model.Decision]paths{}
	files := map[string][]byte{}
	for name, data := range in.Assets.Files {
		files[name] = data
	}
	put := func(name, extension string, data []byte) string {
		if len(data) == 0 {
			return ""
		}
		sum := sha256.Sum256(data)
		name = fmt.Sprintf("%s/%s-%s%s", frontend.Folder, name, strings.ToUpper(hex.EncodeToString(sum[:4])), extension)
		files[name] = data
		return name
	}
	add := func(prefix string, d Decision) {
		if len(d.Module) > 0 {
			modules[d.Decision] = paths{put(prefix+d.Decision.ID, ".wasm", d.Module), put(prefix+d.Decision.ID+"-situaties", ".wasm", d.Outline)}
		}
	}
	for _, d := range in.Decisions {
		add("", d)
	}
	for _, e := range in.Editions {
		for _, d := range e.Decisions {
			add(e.Region.ID+"-", d)
		}
	}
	finder := &writer{in: in, labels: readLabels(in.Theme)}
	index, err := search.Write(finder.searchable(), finder.situations())
	if err != nil {
		return nil, fmt.Errorf("site: writing the search index: %w", err)
	}
	in.index = put("zoekindex", ".json", index)
	err = fs.WalkDir(in.Static, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) == ".go" {
			return err
		}
		files[name], err = fs.ReadFile(in.Static, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("site: reading the static files: %w", err)
	}

	for name, from := range map[string]string{"OFL-1.1": "assets/font/OFL.txt", "MIT-minisearch": "assets/vendor/minisearch/LICENSE"} {
		if files[licences+name+".txt"], err = fs.ReadFile(in.Theme, from); err != nil {
			return nil, fmt.Errorf("site: reading a licence: %w", err)
		}
	}
	if files[".well-known/security.txt"], err = securityText(in.Model.Settings); err != nil {
		return nil, err
	}

	project, err := newProject(in, modules)
	if err != nil {
		return nil, fmt.Errorf("site: writing the Hugo project: %w", err)
	}
	pages, err := build(project)
	if err != nil {
		return nil, fmt.Errorf("site: building with Hugo: %w", err)
	}
	for name, data := range pages {
		if _, taken := files[name]; taken {
			return nil, fmt.Errorf("site: %s is both a static file and a page", name)
		}
		files[name] = data
	}
	files["404.html"] = fromRoot(files["404.html"])
	if problems := append(missingLabels(files), CheckLinks(files)...); len(problems) > 0 {
		return nil, fmt.Errorf("site: the pages are not right:\n%s", strings.Join(problems, "\n"))
	}
	return files, nil
}

// licences is the folder of the full texts of the licences.
const licences = "licenties/"

// securityText is the file of RFC 9116: where to report what is wrong, and until when that holds. Without an address it says
// that there is none.
func securityText(s model.Settings) ([]byte, error) {
	day, err := time.Parse(time.DateOnly, s.Date)
	if err != nil {
		return nil, fmt.Errorf("site: the date of the settings: %w", err)
	}
	contact := "# Wie deze site plaatst, heeft nog geen meldadres ingesteld."
	if s.Contact != "" {
		contact = "Contact: " + s.Contact
	}
	return fmt.Appendf(nil, "%s\nExpires: %s\nPreferred-Languages: nl, en\nCanonical: %s.well-known/security.txt\n", contact, day.AddDate(1, 0, 0).Format(time.RFC3339), s.BaseURL), nil
}

// missingLabels finds the marks that stand where theme/i18n has no label.
func missingLabels(files map[string][]byte) []string {
	var out []string
	for name, data := range files {
		if at := bytes.Index(data, []byte("[i18n]")); at >= 0 && path.Ext(name) == ".html" {
			label, _, _ := bytes.Cut(data[at:min(len(data), at+60)], []byte("<"))
			out = append(out, fmt.Sprintf("%s: label missing: %s", name, label))
		}
	}
	slices.Sort(out)
	return out
}

// fromRoot makes the links of the page for unknown addresses start at the root: it is served at any depth, so links
// relative to itself would lead nowhere.
func fromRoot(page []byte) []byte {
	return []byte(strings.NewReplacer(`href="./`, `href="/`, `src="./`, `src="/`, `href=./`, `href=/`, `src=./`, `src=/`).Replace(string(page)))
}
