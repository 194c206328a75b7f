// Package offline makes a built site work without a connection.
//
// In: every file of the site by its path, and a service worker. Out: the same files with a mark in every page, and the
// service worker behind the exact list of what one version consists of. A page's mark is a hash of that page, so that a
// page that is open can be held against a newer version of itself. The bytes depend on the input alone.
package offline

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// WorkerPath is where the service worker stands: in the root, since it may only answer for its own folder and what is below it.
const WorkerPath = "sw.js"

// Page is the page that must be there: what a visitor gets to see for a page that is not on the device.
const Page = "offline/index.html"

// placeholder stands in every page where its mark will be.
const placeholder = `data-v="0"`

// A list names what one version consists of. Its fields are those of LIST in worker.ts.
type list struct {
	Version string            `json:"version"`
	Pages   map[string]string `json:"pages"`
	Files   []string          `json:"files"`
}

// Add puts a mark in every page and adds the worker. It changes files. It fails where a page has no place for a mark, or
// where the page for what is not on the device is missing.
func Add(files map[string][]byte, worker []byte) error {
	if _, ok := files[Page]; !ok {
		return fmt.Errorf("offline: the site has no %s to show for what is not on the device", Page)
	}
	out := list{Pages: map[string]string{}, Files: []string{}}
	version := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) == ".html" {
			mark, err := mark(files, name)
			if err != nil {
				return err
			}
			if Keep(name) {
				out.Pages[strings.TrimSuffix(name, "index.html")] = mark
			}
		} else if Keep(name) {
			out.Files = append(out.Files, name)
		}
		fmt.Fprintf(version, "%s %x\n", name, sha256.Sum256(files[name]))
	}
	out.Version = short(version.Sum(nil))

	data, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("offline: writing the list of the service worker: %w", err)
	}
	files[WorkerPath] = slices.Concat([]byte("const LIST="), data, []byte(";\n"), worker)
	return nil
}

// Keep tells whether a file belongs on the device. Left out are the steps of a decision on a page of their own, since a
// browser that runs a service worker runs the decision itself; the page for who builds on the theme; and what no page shows.
func Keep(name string) bool {
	switch {
	case strings.Contains(name, "/stappen/"), name == "onderdelen/index.html":
		return false
	case strings.HasPrefix(name, "_/"), path.Base(name) == "index.html", name == "favicon.svg", name == "handvat.webmanifest":
		return true
	}
	return false
}

// mark puts a hash of a page in the page.
func mark(files map[string][]byte, name string) (string, error) {
	page := files[name]
	if bytes.Count(page, []byte(placeholder)) != 1 {
		return "", fmt.Errorf("offline: %s needs %q once, in its first tag, for its mark", name, placeholder)
	}
	sum := sha256.Sum256(page)
	mark := short(sum[:])
	files[name] = bytes.Replace(page, []byte(placeholder), []byte(`data-v="`+mark+`"`), 1)
	return mark, nil
}

// short is enough of a hash to tell two versions apart.
func short(sum []byte) string {
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum)[:12])
}
