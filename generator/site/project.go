package site

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"handvat/generator/model"
)

// A page is one page of the project: its parameters are its front matter.
type page struct {
	Title       string `json:"title"`
	Layout      string `json:"layout"`
	URL         string `json:"url"`
	Description string `json:"description,omitempty"`
	Sitemap     any    `json:"sitemap,omitempty"`
	Params      any    `json:"params,omitempty"`
}

// newProject writes the Hugo project: configuration, pages and theme, by path.
func newProject(in Input, modules map[*model.Decision]paths) (map[string][]byte, error) {
	files := map[string][]byte{}
	if err := addTheme(files, in.Theme); err != nil {
		return nil, err
	}
	w := newWriter(in, modules)
	pages := w.pages()
	sharing, err := w.sharing()
	if err != nil {
		return nil, err
	}
	pages = append(pages, sharing...)
	hasChildren := map[string]bool{}
	for _, p := range pages {
		parent, _, _ := strings.Cut(strings.Trim(p.URL, "/"), "/")
		hasChildren["/"+parent+"/"] = hasChildren["/"+parent+"/"] || strings.Count(p.URL, "/") > 2
	}
	for _, p := range pages {
		name := "content" + strings.TrimSuffix(p.URL, "/") + ".md"
		if p.URL == "/" || hasChildren[p.URL] {
			name = "content" + p.URL + "_index.md" // what has pages below it is a section to Hugo
		}
		data, err := json.MarshalIndent(p, "", "  ")
		if err != nil {
			return nil, fmt.Errorf("writing the parameters of %s: %w", p.URL, err)
		}
		if _, taken := files[name]; taken {
			return nil, fmt.Errorf("two pages stand at %s", p.URL)
		}
		files[name] = append(data, '\n')
	}
	config, err := json.MarshalIndent(map[string]any{
		"baseURL": in.BaseURL, "title": in.Model.Settings.Title, "relativeURLs": true,
		"defaultContentLanguage": "nl", "enableMissingTranslationPlaceholders": true,
		"languages":    map[string]any{"nl": map[string]any{"locale": "nl-NL", "label": "Nederlands", "weight": 1}},
		"disableKinds": []string{"taxonomy", "term", "rss"}, "enableRobotsTXT": true, "disableHugoGeneratorInject": true,
		"minify": map[string]any{"minifyOutput": true, "disableXML": true, "tdewolff": map[string]any{"html": map[string]any{"keepQuotes": true, "keepEndTags": true, "keepDocumentTags": true, "keepDefaultAttrVals": true}}},
		"params": w.siteParams(),
	}, "", "  ")
	files["hugo.json"] = append(config, '\n')
	return files, err
}

// addTheme puts the layouts and labels of the theme in the project; the template of a component, which stands in the
// component's own folder, becomes a partial, and its description with examples data.
func addTheme(files map[string][]byte, theme fs.FS) error {
	return fs.WalkDir(theme, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		target := name
		switch {
		case strings.HasPrefix(name, "layouts/"), strings.HasPrefix(name, "i18n/"):
		case strings.HasPrefix(name, "assets/components/") && path.Ext(name) == ".html":
			target = "layouts/_partials/components/" + path.Base(name)
		case strings.HasPrefix(name, "assets/components/") && path.Ext(name) == ".yaml":
			target = "data/onderdelen/" + path.Base(name)
		default:
			return nil
		}
		files[target], err = fs.ReadFile(theme, name)
		return err
	})
}
