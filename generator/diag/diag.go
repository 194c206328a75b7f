// Package diag holds authors' mistakes as data.
//
// A stage collects Diagnostics in a List and returns them all; the next stage does not start while there is one.
// Messages are Dutch, since they are read by those who write the content. A machine that fails is a Go error
// instead, and a mistake of our own panics with "BUG: ".
package diag

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"handvat/generator/source"
)

// A Diagnostic is one mistake at one place.
type Diagnostic struct {
	Code    string // stable word, such as onbekend-feit
	Span    source.Span
	Message string // one sentence that quotes the author's own word
	Notes   []Note
	Warning bool // it stops nothing
}

// A Note tells more about a mistake, often at another place.
type Note struct {
	Span    source.Span // may be zero
	Message string
}

// String writes the diagnostic as one line, its notes as indented lines below it.
func (d Diagnostic) String() string {
	var b strings.Builder
	what := "fout"
	if d.Warning {
		what = "let op"
	}
	fmt.Fprintf(&b, "%s: %s[%s]: %s", d.Span, what, d.Code, d.Message)
	for _, note := range d.Notes {
		b.WriteString("\n    ")
		if note.Span.File != "" {
			fmt.Fprintf(&b, "%s: ", note.Span)
		}
		b.WriteString(strings.ReplaceAll(note.Message, "\n", "\n    "))
	}
	return b.String()
}

// A List collects the mistakes of a stage. The zero List is ready to use.
type List struct {
	items []Diagnostic
}

// Add records a mistake.
func (l *List) Add(d Diagnostic) { l.items = append(l.items, d) }

// Addf records a mistake with a formatted message and no notes.
func (l *List) Addf(span source.Span, code, format string, args ...any) {
	l.Add(Diagnostic{Code: code, Span: span, Message: fmt.Sprintf(format, args...)})
}

// Append takes over the mistakes of another list.
func (l *List) Append(o List) { l.items = append(l.items, o.items...) }

// Empty tells whether nothing is wrong.
func (l *List) Empty() bool { return len(l.items) == 0 }

// Len counts the mistakes so far.
func (l *List) Len() int { return len(l.items) }

// Sorted gives the mistakes by place and then by text, each once.
func (l *List) Sorted() []Diagnostic {
	items := append([]Diagnostic(nil), l.items...)
	sort.SliceStable(items, func(i, j int) bool {
		a, b := items[i], items[j]
		if a.Span != b.Span {
			return a.Span.Before(b.Span)
		}
		return a.String() < b.String()
	})
	out := items[:0]
	for i, item := range items {
		if i == 0 || item.String() != items[i-1].String() {
			out = append(out, item)
		}
	}
	return out
}

// Write prints every mistake, one a line, and their number last, or that of the warnings where all are.
func (l *List) Write(w io.Writer) {
	items := l.Sorted()
	warnings := 0
	for _, item := range items {
		fmt.Fprintln(w, item)
		if item.Warning {
			warnings++
		}
	}
	switch {
	case len(items) == 0:
	case warnings == len(items):
		fmt.Fprintf(w, "Let op: %d. Dit houdt niets tegen.\n", warnings)
	case len(items) == 1:
		fmt.Fprintln(w, "1 fout gevonden; er is niets geschreven.")
	default:
		fmt.Fprintf(w, "%d fouten gevonden; er is niets geschreven.\n", len(items))
	}
}
