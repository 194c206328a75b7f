// Package theme holds the theme: layouts, components, styles, scripts and labels. It only embeds its folders, so that
// one binary can build the site anywhere.
package theme

import "embed"

// Files are the folders of the theme, as on disk.
//
//go:embed all:assets all:i18n all:layouts
var Files embed.FS
