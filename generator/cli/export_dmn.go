package cli

import (
	"fmt"

	"handvat/generator/build"
	"handvat/generator/dmn"
)

// exportDMN writes every decision that fits in a table, and tells of the others why not.
func exportDMN(in *invocation, c *build.Checked) (map[string][]byte, error) {
	exports, err := dmn.All(c.Model, in.rows)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, e := range exports {
		if e.XML == nil {
			fmt.Fprintf(in.stdout, "%s: niet geschreven; %s\n", e.Decision.ID, e.Reason)
			continue
		}
		files[e.Decision.ID+".dmn"] = e.XML
		own := e.Tables[len(e.Tables)-1]
		fmt.Fprintf(in.stdout, "%s.dmn: %d rijen over %d kolommen, en %d tabellen waar die op rusten\n", e.Decision.ID, own.Rows, own.Columns, len(e.Tables)-1)
	}
	return files, nil
}
