package verify

import (
	"strings"

	"handvat/generator/model"
)

// Say writes a condition in the words an author would use.
func Say(c model.Cond) string {
	join := func(parts []model.Cond, word, none string) string {
		if len(parts) == 0 {
			return none
		}
		var out []string
		for _, part := range parts {
			out = append(out, Say(part))
		}
		if len(out) == 1 {
			return out[0]
		}
		return "(" + strings.Join(out, word) + ")"
	}
	switch c := c.(type) {
	case model.All:
		return join(c, " en ", "altijd")
	case model.Any:
		return join(c, " of ", "nooit")
	case model.In:
		var in, out []string
		for i := range c.Fact.Size() {
			if c.Values.Has(i) {
				in = append(in, c.Fact.ValueID(i))
			} else {
				out = append(out, c.Fact.ValueID(i))
			}
		}
		if len(out) < len(in) && len(out) > 0 {
			return c.Fact.ID + ": niet " + strings.Join(out, " of ")
		}
		return c.Fact.ID + ": " + strings.Join(in, " of ")
	}
	panic("BUG: unknown condition")
}
