// Package static holds the files that the site publishes byte for byte. It only embeds its folder, so that one binary
// can build the site anywhere. This file is not published.
package static

import "embed"

// Files are the files of the folder, as on disk.
//
//go:embed all:*
var Files embed.FS
