package cli

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"handvat/generator/build"
	"handvat/generator/diag"
	"handvat/generator/folder"
	"handvat/generator/serve"
)

func buildFlags(flags *flag.FlagSet, in *invocation) {
	flags.StringVar(&in.out, "out", "public", "map waarin de site komt; die map wordt helemaal vervangen")
	flags.StringVar(&in.baseURL, "basis-url", "", "adres van de site, zoals https://voorbeeld.nl/ (standaard: dat in content/instellingen.yaml)")
	flags.BoolVar(&in.online, "alleen-online", false, "bewaar niets op het apparaat van bezoekers, en haal weg wat een eerdere versie daar bewaarde")
}

// checked reads and proves the project, and prints its mistakes.
func (in *invocation) checked(root string) (*build.Checked, error) {
	var list diag.List
	c, err := build.Check(os.DirFS(root), &list)
	if err != nil {
		return nil, err
	}
	if !list.Empty() {
		list.Write(in.stderr)
		return nil, errMistakes
	}
	return c, nil
}

func runBuild(in *invocation) error {
	root, err := in.root()
	if err != nil {
		return err
	}
	c, err := in.checked(root)
	if err != nil {
		return err
	}
	compiled, err := build.Compile(c)
	if err != nil {
		return err
	}
	files, err := build.Site(c, compiled, themeFolder(root), staticFolder(root), build.SiteOptions{BaseURL: in.baseURL, Offline: !in.online})
	if err != nil {
		return err
	}
	if err := folder.Replace(in.out, files); err != nil {
		return err
	}
	fmt.Fprintf(in.stdout, "De site staat in %s: %d bestanden.\n", in.out, len(files))
	return nil
}

func serveFlags(flags *flag.FlagSet, in *invocation) {
	flags.StringVar(&in.address, "adres", "127.0.0.1:8080", "adres waarop de site te zien is; alleen deze computer kan erbij")
}

func runServe(in *invocation) error {
	root, err := in.root()
	if err != nil {
		return err
	}
	return serve.Run(in.ctx, serve.Options{
		Addr:  in.address,
		Out:   in.stdout,
		Watch: []string{root + "/content", root + "/decisiontrees", root + "/theme", root + "/static"},
		Build: func() (map[string][]byte, string, error) {
			var list diag.List
			c, err := build.Check(os.DirFS(root), &list)
			if err != nil {
				return nil, "", err
			}
			if !list.Empty() {
				var b strings.Builder
				list.Write(&b)
				return nil, b.String(), nil
			}
			compiled, err := build.Compile(c)
			if err != nil {
				return nil, "", err
			}
			files, err := build.Site(c, compiled, themeFolder(root), staticFolder(root), build.SiteOptions{})
			return files, "", err
		},
	})
}

func runVersion(in *invocation) error {
	version := "ontwikkelversie"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				version = s.Value
			}
		}
	}
	fmt.Fprintf(in.stdout, "handvat %s\n", version)
	return nil
}
