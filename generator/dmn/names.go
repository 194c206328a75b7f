package dmn

import (
	"fmt"
	"slices"
	"strings"
)

// names gives things the name that stands for them in expressions.
type names map[string]any

// reserved are the words of FEEL (DMN 1.3, 10.3.1.2) that cannot be a name by themselves.
var reserved = []string{"and", "between", "context", "date", "duration", "else", "every", "external", "false", "for", "function", "if", "in",
	"instance", "item", "list", "not", "null", "of", "or", "partial", "range", "return", "satisfies", "some", "then", "time", "true"}

// of names a thing after its id. FEEL would read the hyphens of an id as minus, and its full stops as a path.
func (n names) of(thing any, id string) string {
	name := strings.NewReplacer("-", "_", ".", "__").Replace(id)
	if slices.Contains(reserved, name) || name[0] >= '0' && name[0] <= '9' {
		name = "_" + name
	}
	free := name
	for i := 2; n[free] != nil && n[free] != thing; i++ {
		free = fmt.Sprintf("%s_%d", name, i)
	}
	n[free] = thing
	return free
}
