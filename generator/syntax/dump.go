package syntax

import (
	"encoding/json"
	"io"
)

// Dump writes everything as JSON, in the order of the files.
func (f *File) Dump(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(f)
}
