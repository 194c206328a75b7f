package dmn

import (
	"slices"
	"strings"

	"handvat/generator/model"
)

// unaryTests writes a cell: what its column must be (DMN 1.3, 10.3.1.2, grammar rules 11 to 17). A dash takes anything,
// also nothing at all, which is what a question that was not asked has.
func unaryTests(f *model.Fact, cell model.Set) string {
	if cell == columnAll(f) {
		return "-"
	}
	var parts []string
	if f.Kind == model.Date {
		for i := 0; i < len(f.Values); i++ { // intervals that follow each other are one
			if !cell.Has(i) {
				continue
			}
			first := i
			for i+1 < len(f.Values) && cell.Has(i+1) {
				i++
			}
			parts = append(parts, interval(f.Values[first].From, f.Values[i].Until))
		}
		return strings.Join(parts, ",")
	}
	for i, v := range f.Values {
		if cell.Has(i) {
			parts = append(parts, quote(v.ID))
		}
	}
	return strings.Join(parts, ",")
}

// interval writes the days from one until, and not including, another; one of the two may be open.
func interval(from, until string) string {
	day := func(s string) string { return "date(" + quote(s) + ")" }
	switch {
	case from == "":
		return "< " + day(until)
	case until == "":
		return ">= " + day(from)
	}
	return "[" + day(from) + ".." + day(until) + ")"
}

// quote writes a text in FEEL, which escapes as JSON does.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func quoteAll(list []string) string {
	quoted := slices.Clone(list)
	for i, s := range list {
		quoted[i] = quote(s)
	}
	return strings.Join(quoted, ",")
}
