package language

import (
	"reflect"
	"slices"
	"strings"

	"handvat/generator/content"
	"handvat/generator/source"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// silent are the parts of what authors write that visitors do not read: the register of norms, which keeps to its sources,
// cases and combinations that do not occur, which are tests, and what is said about words and norms.
var silent = []reflect.Type{reflect.TypeFor[content.Register](), reflect.TypeFor[syntax.CaseFile](), reflect.TypeFor[syntax.Impossible](), reflect.TypeFor[content.LeftOut](),
	reflect.TypeFor[content.Words](), reflect.TypeFor[content.Spared]()}

// texts lists what authors wrote for visitors, in the order of the files. It walks the structs themselves, so that a new
// kind of content cannot be forgotten; ids have no space in them and fall out that way.
func texts(pages *content.Content, decisions *syntax.File) []yamldoc.Text {
	seen := map[source.Span]bool{}
	var out []yamldoc.Text
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		if !v.IsValid() || slices.Contains(silent, v.Type()) || !v.CanInterface() {
			return
		}
		if t, ok := v.Interface().(yamldoc.Text); ok {
			if strings.ContainsAny(strings.TrimSpace(t.Value), " \n") && !seen[t.Span] {
				seen[t.Span] = true
				out = append(out, t)
			}
			return
		}
		switch v.Interface().(type) {
		case *source.File, map[string]*source.File, *yamldoc.Node, []yamldoc.Pair:
			return // files, and what holds no words
		}
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			walk(v.Elem())
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		}
	}
	walk(reflect.ValueOf(pages))
	walk(reflect.ValueOf(decisions))
	slices.SortFunc(out, func(a, b yamldoc.Text) int {
		if a.Span.Before(b.Span) {
			return -1
		}
		return 1
	})
	return out
}
