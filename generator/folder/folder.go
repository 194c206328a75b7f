// Package folder writes a set of files to disk as one folder.
//
// In: files by path. Out: a folder that holds exactly these, or, where anything fails, the folder as it was.
package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
)

// marker is a file in every folder that was written here; only such a folder is ever replaced.
const marker = ".handvat"

// Replace makes dir hold exactly these files. It refuses to replace a folder with other people's files in it.
func Replace(dir string, files map[string][]byte) error {
	if err := mine(dir); err != nil {
		return err
	}
	dir = filepath.Clean(dir)
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-nieuw-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh)
	if err := write(fresh, files); err != nil {
		return err
	}
	if err := os.Chmod(fresh, 0o755); err != nil {
		return err
	}
	old := fresh + "-oud"
	defer os.RemoveAll(old)
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(fresh, dir); err != nil {
		return errors.Join(err, os.Rename(old, dir))
	}
	return nil
}

func mine(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, marker)); err != nil {
		return fmt.Errorf("de map %s bestaat al en is niet door handvat gemaakt; kies een lege of nieuwe map", dir)
	}
	return nil
}

func write(dir string, files map[string][]byte) error {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if !filepath.IsLocal(name) {
			return fmt.Errorf("BUG: %q is no path inside the folder", name)
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, marker), []byte("Deze map is gemaakt door handvat build en wordt daardoor ook vervangen.\n"), 0o644)
}
