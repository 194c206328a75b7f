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
	visit := func(v reflect.Value) {
		t, ok := v.Interface().(yamldoc.Text)
		if ok && strings.ContainsAny(strings.TrimSpace(t.Value), " \n") && !seen[t.Span] {
			seen[t.Span] = true
			out = append(out, t)
		}
	}
	walk(reflect.ValueOf(pages), visit)
	walk(reflect.ValueOf(decisions), visit)
	slices.SortFunc(out, func(a, b yamldoc.Text) int { return byPlace(a.Span, b.Span) })
	return out
}

// A body is the running text of one page.
type body struct {
	file *source.File
	text yamldoc.Text
}

// bodies lists the running texts, in the order of the files: whatever has a file and a Body.
func bodies(pages *content.Content) []body {
	var out []body
	walk(reflect.ValueOf(pages), func(v reflect.Value) {
		if v.Kind() != reflect.Struct {
			return
		}
		file, text := v.FieldByName("File"), v.FieldByName("Body")
		if !file.IsValid() || !text.IsValid() {
			return
		}
		out = append(out, body{file.Interface().(*source.File), text.Interface().(yamldoc.Text)})
	})
	slices.SortFunc(out, func(a, b body) int { return byPlace(a.text.Span, b.text.Span) })
	return out
}

// walk visits every struct in what authors wrote, a Text too, but for what is silent and for files.
func walk(v reflect.Value, visit func(reflect.Value)) {
	if !v.IsValid() || slices.Contains(silent, v.Type()) || !v.CanInterface() {
		return
	}
	switch v.Interface().(type) {
	case *source.File, map[string]*source.File, *yamldoc.Node, []yamldoc.Pair:
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		walk(v.Elem(), visit)
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
	case reflect.Struct:
		visit(v)
		for i := range v.NumField() {
			walk(v.Field(i), visit)
		}
	}
}

func byPlace(a, b source.Span) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}
