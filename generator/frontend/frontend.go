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

// The entry points in the theme. One style sheet serves the whole site. What scripts share, and what they import on use
// only, stands in files of its own beside them, which they find by themselves.
const (
	styleEntry    = "assets/css/handvat.css"
	pageEntry     = "assets/ts/pagina.ts"                        // for every page
	decisionEntry = "assets/components/beslissing/beslissing.ts" // for pages with a decision
	fontFile      = "assets/font/atkinson-next.woff2"
	workerEntry   = "assets/ts/offline/worker.ts"   // keeps the site on a visitor's device
	farewellEntry = "assets/ts/offline/farewell.ts" // takes it off again
)

// Assets are the bundled files.
type Assets struct {
	Files map[string][]byte // by path on the site, without a leading slash

	Style    string // path of the style sheet
	Page     string // path of the script for every page
	Decision string // path of the script for pages with a decision
	Font     string // path of the font

	Worker   []byte // service worker, to be put behind its list
	Farewell []byte // service worker that takes an earlier one off the device
}

// Build bundles the theme.
func Build(theme fs.FS) (Assets, error) {
	assets := Assets{Files: map[string][]byte{}}
	styles, err := bundle(theme, []string{styleEntry}, api.BuildOptions{
		// The oldest browsers that have everything the scripts need: nesting and inset are lowered for them.
		Engines: []api.Engine{{Name: api.EngineChrome, Version: "90"}, {Name: api.EngineFirefox, Version: "90"}, {Name: api.EngineSafari, Version: "14"}},
	})
	if err != nil {
		return Assets{}, fmt.Errorf("frontend: bundling the styles: %w", err)
	}
	scripts, err := bundle(theme, []string{pageEntry, decisionEntry}, api.BuildOptions{Target: api.ES2020, Format: api.FormatESModule, Splitting: true})
	if err != nil {
		return Assets{}, fmt.Errorf("frontend: bundling the scripts: %w", err)
	}
	for _, file := range append(styles, scripts...) {
		name := strings.TrimPrefix(file.Path, "/")
		assets.Files[name] = file.Contents
		switch path.Ext(name) {
		case ".css":
			assets.Style = name
		case ".js":
			switch {
			case isFrom(name, pageEntry):
				assets.Page = name
			case isFrom(name, decisionEntry):
				assets.Decision = name
			}
		case ".woff2":
			assets.Font = name
		}
	}
	for entry, to := range map[string]*[]byte{workerEntry: &assets.Worker, farewellEntry: &assets.Farewell} {
		out, err := bundle(theme, []string{entry}, api.BuildOptions{Target: api.ES2020, Format: api.FormatIIFE})
		if err != nil {
			return Assets{}, fmt.Errorf("frontend: bundling the service workers: %w", err)
		}
		*to = out[0].Contents
	}
	if assets.Style == "" || assets.Page == "" || assets.Decision == "" || assets.Font == "" {
		return Assets{}, fmt.Errorf("frontend: the theme gives no style sheet, script or font (looked for %s, %s, %s and %s)", styleEntry, pageEntry, decisionEntry, fontFile)
	}
	return assets, nil
}

// isFrom tells whether a bundled file is that of an entry point: its name is the entry's with a hash behind it.
func isFrom(name, entry string) bool {
	return strings.HasPrefix(path.Base(name), strings.TrimSuffix(path.Base(entry), path.Ext(entry))+"-")
}

func bundle(theme fs.FS, entries []string, options api.BuildOptions) ([]api.OutputFile, error) {
	options.EntryPoints = entries
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
			return api.OnResolveResult{Path: name, Namespace: fromThemeSpace}, nil
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
