package content

import (
	"fmt"
	"io"
	"reflect"

	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// Dump writes everything that was read, one value a line with its place. It walks the structs themselves, so that a
// field cannot be forgotten here.
func (c *Content) Dump(w io.Writer) {
	dumpFields(w, "", reflect.ValueOf(*c))
}

func dumpFields(w io.Writer, indent string, v reflect.Value) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Anonymous {
			dumpFields(w, indent, v.Field(i))
			continue
		}
		dumpValue(w, indent, field.Name, v.Field(i))
	}
}

func dumpValue(w io.Writer, indent, name string, v reflect.Value) {
	switch value := v.Interface().(type) {
	case yamldoc.Text:
		if value.Span.File != "" {
			fmt.Fprintf(w, "%s%s %q @%d:%d\n", indent, name, value.Value, value.Span.Line, value.Span.Column)
		}
		return
	case source.Span:
		fmt.Fprintf(w, "%s%s\n", indent, value)
		return
	case *source.File:
		return // the spans name it
	case map[string]*source.File:
		return // the files themselves
	case *yamldoc.Node:
		if value != nil {
			fmt.Fprintf(w, "%s%s", indent, name)
			for _, pair := range value.Pairs {
				var places []string
				for _, place := range append([]*yamldoc.Node{pair.Value}, pair.Value.Items...) {
					if place.Kind == yamldoc.Scalar {
						places = append(places, place.Text)
					}
				}
				fmt.Fprintf(w, " %s: %q @%d:%d", pair.Key, places, pair.KeySpan.Line, pair.KeySpan.Column)
			}
			fmt.Fprintln(w)
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			dumpValue(w, indent, name, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			dumpValue(w, indent, fmt.Sprintf("%s[%d]", name, i), v.Index(i))
		}
	case reflect.Struct:
		fmt.Fprintf(w, "%s%s\n", indent, name)
		dumpFields(w, indent+"  ", v)
	default:
		if !v.IsZero() {
			fmt.Fprintf(w, "%s%s %v\n", indent, name, v.Interface())
		}
	}
}
