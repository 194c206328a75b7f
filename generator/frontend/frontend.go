// Package frontend bundles the styles and scripts of the theme.
//
// In: the theme as a file system, from the binary or from disk. Out: minified files under "_/" whose names hold a hash
// of what is in them, so that they may be cached for ever, and the names under which templates find them. The bytes
// depend on the theme alone. Nothing is read outside the file system that came in, so an import that leaves the theme is
// an error, and no type is checked: esbuild only strips types.
package frontend

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Folder is where all bundled files stand on the site.
const Folder = "_"

// An entry is a file of the theme that pages ask for by itself, with all it takes along; what a script imports on use only
// stands in files of its own beside it, which it finds by itself. One style sheet serves the whole site; other styles and
// the scripts are for one kind of page. Entries share nothing, so a page never waits for more than its own.
type entry struct {
	file string
	path func(*Assets) *string // where it is kept
}

var entries = []entry{
	{"assets/css/handvat.css", func(a *Assets) *string { return &a.Style }},
	{"assets/ts/pagina.ts", func(a *Assets) *string { return &a.Page }},
	{"assets/components/beslissing/beslissing.ts", func(a *Assets) *string { return &a.Decision }},
	{"assets/components/boom/boom.css", func(a *Assets) *string { return &a.TreeStyle }},
	{"assets/components/stroom/stroom.css", func(a *Assets) *string { return &a.FlowStyle }},
	{"assets/components/deelwijzer/deelwijzer.css", func(a *Assets) *string { return &a.SharingStyle }},
	{"assets/components/deelwijzer/deelwijzer.ts", func(a *Assets) *string { return &a.Sharing }},
	{"assets/components/regio/regio.css", func(a *Assets) *string { return &a.RegionStyle }},
	{"assets/components/zin/zin.ts", func(a *Assets) *string { return &a.Sentence }},
	{"assets/components/zoeken/zoeken.css", func(a *Assets) *string { return &a.SearchStyle }},
	{"assets/components/zoeken/zoeken.ts", func(a *Assets) *string { return &a.Search }},
	{"assets/components/werkblad/werkblad.css", func(a *Assets) *string { return &a.SheetStyle }},
	{"assets/components/werkblad/liggend.css", func(a *Assets) *string { return &a.Landscape }},
	{"assets/components/werkblad/werkblad.ts", func(a *Assets) *string { return &a.Sheet }},
}

// The service workers: one keeps the site on a visitor's device, the other takes it off again. The host serves them from
// the root, so they are no bundled files like the others.
const (
	workerEntry   = "assets/ts/offline/worker.ts"
	farewellEntry = "assets/ts/offline/farewell.ts"
)

// fontFile is named by the site's style sheet.
const fontFile = "assets/font/atkinson-next.woff2"

// Assets are the bundled files.
type Assets struct {
	Files map[string][]byte // by path on the site, without a leading slash

	Style    string // path of the style sheet
	Page     string // path of the script for every page
	Decision string // path of the script for pages with a decision
	Sentence string // path of the script for the start page
	Search   string // path of the script for the page to search on
	Font     string // path of the font

	TreeStyle    string // path of what the pages with a drawn decision have beside the style sheet
	FlowStyle    string // path of what the pages of phases have beside the style sheet
	SharingStyle string // path of what the pages of the deelwijzer have beside the style sheet
	Sharing      string // path of the script of the deelwijzer

	SearchStyle string // path of what the pages to find something on have beside the style sheet
	RegionStyle string // path of what the page of a region has beside the style sheet

	SheetStyle string // path of the style sheet for pages with a sheet to fill in, beside the site's own
	Landscape  string // path of the style that lays such a sheet on its side on paper
	Sheet      string // path of the script for such pages

	Worker   []byte // service worker, to be put behind its list
	Farewell []byte // service worker that takes an earlier one off the device
}

// Build bundles the theme.
func Build(theme fs.FS) (Assets, error) {
	assets := Assets{Files: map[string][]byte{}}
	for _, e := range entries {
		options, ext := api.BuildOptions{Target: api.ES2020, Format: api.FormatESModule, Splitting: true}, ".js"
		if path.Ext(e.file) == ".css" {
			ext = ".css"
			// The oldest browsers that have everything the scripts need: nesting and inset are lowered for them.
			options = api.BuildOptions{Engines: []api.Engine{{Name: api.EngineChrome, Version: "90"}, {Name: api.EngineFirefox, Version: "90"}, {Name: api.EngineSafari, Version: "14"}}}
		}
		files, err := bundle(theme, e.file, options)
		if err != nil {
			return Assets{}, fmt.Errorf("frontend: bundling %s: %w", e.file, err)
		}
		out := strings.TrimSuffix(path.Base(e.file), path.Ext(e.file)) + "-" // with the hash behind it
		for _, file := range files {
			name := strings.TrimPrefix(file.Path, "/")
			assets.Files[name] = file.Contents
			switch {
			case path.Ext(name) == ".woff2":
				assets.Font = name
			case path.Ext(name) == ext && strings.HasPrefix(path.Base(name), out):
				*e.path(&assets) = name
			}
		}
	}
	for entry, to := range map[string]*[]byte{workerEntry: &assets.Worker, farewellEntry: &assets.Farewell} {
		files, err := bundle(theme, entry, api.BuildOptions{Target: api.ES2020, Format: api.FormatIIFE})
		if err != nil {
			return Assets{}, fmt.Errorf("frontend: bundling %s: %w", entry, err)
		}
		*to = files[0].Contents
	}
	if assets.Font == "" {
		return Assets{}, fmt.Errorf("frontend: the style sheet names no font (looked for %s)", fontFile)
	}
	return assets, nil
}

func bundle(theme fs.FS, entry string, options api.BuildOptions) ([]api.OutputFile, error) {
	options.EntryPoints = []string{entry}
	options.Bundle = true
	options.MinifyIdentifiers, options.MinifySyntax, options.MinifyWhitespace = true, true, true
	options.Charset = api.CharsetUTF8
	options.LegalComments = api.LegalCommentsNone
	options.AbsWorkingDir, options.Outdir = "/", "/"+Folder
	options.EntryNames, options.ChunkNames, options.AssetNames = "[name]-[hash]", "[name]-[hash]", "[name]-[hash]"
	options.Loader = map[string]api.Loader{".woff2": api.LoaderFile, ".svg": api.LoaderFile}
	options.Plugins = []api.Plugin{fromTheme(theme)}
	options.LogLevel = api.LogLevelSilent
	// Fields of classes are plain assignments: defining them takes code that every file would fetch from a third one.
	options.TsconfigRaw = `{"compilerOptions": {"useDefineForClassFields": false}}`
	result := api.Build(options)
	var mistakes []error
	for _, m := range append(result.Errors, result.Warnings...) {
		place := "theme"
		if m.Location != nil {
			place = fmt.Sprintf("theme/%s:%d:%d", strings.TrimPrefix(m.Location.File, fromThemeSpace+":"), m.Location.Line, m.Location.Column+1)
		}
		mistakes = append(mistakes, fmt.Errorf("%s: %s", place, m.Text))
	}
	return result.OutputFiles, errors.Join(mistakes...)
}

const fromThemeSpace = "theme"

// fromTheme makes esbuild read the theme's file system and nothing else.
func fromTheme(theme fs.FS) api.Plugin {
	return api.Plugin{Name: "theme", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			name := args.Path
			if args.Kind != api.ResolveEntryPoint {
				name = path.Join(path.Dir(args.Importer), args.Path)
			}
			if (args.Kind == api.ResolveJSImportStatement || args.Kind == api.ResolveJSDynamicImport) && path.Ext(name) == "" {
				name += ".ts"
			}
			if !fs.ValidPath(name) {
				return api.OnResolveResult{}, fmt.Errorf("%q stands outside the theme", args.Path)
			}
			result := api.OnResolveResult{Path: name, Namespace: fromThemeSpace}
			if args.Kind == api.ResolveJSImportStatement {
				result.SideEffects = api.SideEffectsFalse // who takes over numbers or types only does not fetch the rest
			}
			return result, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: fromThemeSpace}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			data, err := fs.ReadFile(theme, args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text, loader := string(data), api.LoaderDefault
			return api.OnLoadResult{Contents: &text, Loader: loader, ResolveDir: "/"}, nil
		})
	}}
}
