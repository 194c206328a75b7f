package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/bep/logg"
	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"
)

// Hugo has no public interface for this; everything that leans on its insides is in this file.

// build runs Hugo on a project and returns what it published.
func build(project map[string][]byte) (map[string][]byte, error) {
	const root = "/site"
	source := afero.NewMemMapFs()
	for name, data := range project {
		if err := afero.WriteFile(source, path.Join(root, name), data, 0o644); err != nil {
			return nil, err
		}
	}
	var said bytes.Buffer
	logger := loggers.New(loggers.Options{StdOut: &said, StdErr: &said, Level: logg.LevelWarn, DistinctLevel: logg.LevelWarn})
	flags := config.New()
	flags.Set("workingDir", root)
	flags.Set("publishDir", "public")
	flags.Set("noBuildLock", true) // or it opens a lock file on the real disk
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Flags: flags, Fs: source, Logger: logger, Environment: "production",
		Environ: []string{}, // not nil: otherwise HUGO_* of the machine would end up in the site
	})
	if err != nil {
		return nil, err
	}
	published := hugofs.NewFromSourceAndDestination(source, afero.NewMemMapFs(), configs.LoadingInfo.Cfg)
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{Configs: configs, Fs: published, LogLevel: logg.LevelWarn, StdOut: &said, StdErr: &said})
	if err != nil {
		return nil, err
	}
	defer sites.Close()
	err = sites.Build(hugolib.BuildCfg{})
	if said.Len() > 0 {
		err = errors.Join(err, errors.New(strings.TrimSpace(said.String())))
	}
	if err == nil && sites.NumLogErrors() > 0 {
		err = fmt.Errorf("%d errors that it did not name", sites.NumLogErrors())
	}
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	err = afero.Walk(published.PublishDir, "/", func(name string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		name = strings.TrimPrefix(filepath.ToSlash(name), "/")
		files[name], err = afero.ReadFile(published.PublishDir, name)
		return err
	})
	return files, err
}
