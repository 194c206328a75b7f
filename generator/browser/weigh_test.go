package browser

import (
	"bytes"
	"crypto/sha256"
	"path"
	"slices"
	"sync"

	"github.com/andybalholm/brotli"
)

// compressed are the endings of files that are compressed already, which hosts send as they are.
var compressed = []string{".docx", ".ico", ".jpg", ".pdf", ".png", ".webp", ".woff2", ".zip"}

// weighed are the sizes of what was compressed before, by its hash: pages share most of their files.
var weighed sync.Map

// Weigh gives the number of bytes in which hosts send a file: with brotli at its best, where that helps.
func Weigh(files map[string][]byte, name string) int {
	data, ok := files[name]
	if !ok {
		panic("BUG: no file " + name)
	}
	if slices.Contains(compressed, path.Ext(name)) {
		return len(data)
	}
	sum := sha256.Sum256(data)
	if size, known := weighed.Load(sum); known {
		return size.(int)
	}
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotli.BestCompression)
	if _, err := w.Write(data); err != nil {
		panic("BUG: " + err.Error())
	}
	if err := w.Close(); err != nil {
		panic("BUG: " + err.Error())
	}
	weighed.Store(sum, out.Len())
	return out.Len()
}
