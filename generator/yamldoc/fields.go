package yamldoc

import (
	"strconv"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/source"
)

// Text is a word or text an author wrote, with its place.
type Text struct {
	Value string
	Span  source.Span
}

// Empty tells whether nothing was written.
func (t Text) Empty() bool { return t.Value == "" }

// Fields reads the keys of one Map and reports what is wrong with them: wrong kinds at once, missing keys when
// asked for, unknown keys at Close. The keys asked for are the keys that may be there.
type Fields struct {
	node  *Node
	what  string // what this map is, for messages: "een grond"
	list  *diag.List
	known []string
}

// Open starts reading a Map that is called what in messages. A node that is no Map is reported, and reads as empty.
func Open(n *Node, what string, list *diag.List) *Fields {
	f := &Fields{node: n, what: what, list: list}
	if n != nil && n.Kind != Map {
		list.Addf(n.Span, "geen-map", "%s bestaat uit sleutels met een dubbele punt, zoals id: naam", what)
		f.node = &Node{Kind: Map, Span: n.Span}
	}
	if f.node == nil {
		f.node = &Node{Kind: Map}
	}
	return f
}

// Span is the place of the Map.
func (f *Fields) Span() source.Span { return f.node.Span }

// Has tells whether a key is there.
func (f *Fields) Has(key string) bool { return f.Node(key) != nil }

// Node gives the value of a key as it is, or nil.
func (f *Fields) Node(key string) *Node {
	f.know(key)
	n := f.node.Get(key)
	if n != nil && n.Kind == Null {
		f.list.Addf(n.Span, "lege-waarde", `achter "%s" staat niets; vul het in of haal de regel weg`, key)
		return nil
	}
	return n
}

// Text reads a word or text; empty where the key is absent.
func (f *Fields) Text(key string) Text {
	n := f.Node(key)
	if n == nil {
		return Text{}
	}
	if n.Kind != Scalar {
		f.list.Addf(n.Span, "geen-tekst", `achter "%s" hoort één waarde, geen lijst of map`, key)
		return Text{}
	}
	return Text{strings.TrimSpace(n.Text), n.Span}
}

// Required reads a text that must be there.
func (f *Fields) Required(key string) Text {
	t := f.Text(key)
	switch n := f.node.Get(key); {
	case n == nil:
		f.Missing(key)
	case n.Kind == Scalar && t.Empty():
		f.list.Addf(n.Span, "lege-waarde", `achter "%s" staat niets; vul het in of haal de regel weg`, key)
	}
	return t
}

// Missing reports that a key is not there.
func (f *Fields) Missing(key string) {
	f.list.Addf(f.node.Span, "ontbreekt", `%s heeft "%s:" nodig`, f.what, key)
}

// Texts reads a list of texts; a single text counts as a list of one.
func (f *Fields) Texts(key string) []Text { return Texts(f.Node(key), key, f.list) }

// Texts reads a node that is a text or a list of texts.
func Texts(n *Node, key string, list *diag.List) []Text {
	if n == nil {
		return nil
	}
	if n.Kind == Scalar {
		return []Text{{strings.TrimSpace(n.Text), n.Span}}
	}
	if n.Kind != List {
		list.Addf(n.Span, "geen-lijst", `achter "%s" hoort een lijst, zoals [een, twee]`, key)
		return nil
	}
	var out []Text
	for _, item := range n.Items {
		if item.Kind != Scalar {
			list.Addf(item.Span, "geen-tekst", `in de lijst achter "%s" horen losse woorden of zinnen`, key)
			continue
		}
		out = append(out, Text{strings.TrimSpace(item.Text), item.Span})
	}
	return out
}

// List reads a list; nil where the key is absent.
func (f *Fields) List(key string) []*Node {
	n := f.Node(key)
	if n == nil {
		return nil
	}
	if n.Kind != List {
		f.list.Addf(n.Span, "geen-lijst", `achter "%s" hoort een lijst: elke regel begint met een streepje`, key)
		return nil
	}
	return n.Items
}

// Bool reads true or false; false where the key is absent.
func (f *Fields) Bool(key string) bool {
	t := f.Text(key)
	switch t.Value {
	case "", "false":
		return false
	case "true":
		return true
	}
	f.list.Addf(t.Span, "geen-ja-nee", `achter "%s" hoort true of false, niet "%s"`, key, t.Value)
	return false
}

// Int reads a whole number; 0 where the key is absent.
func (f *Fields) Int(key string) int {
	t := f.Text(key)
	if t.Empty() {
		return 0
	}
	i, err := strconv.Atoi(t.Value)
	if err != nil {
		f.list.Addf(t.Span, "geen-getal", `achter "%s" hoort een getal, niet "%s"`, key, t.Value)
	}
	return i
}

// Close reports the keys that nobody asked for.
func (f *Fields) Close() {
	for _, pair := range f.node.Pairs {
		if !f.isKnown(pair.Key) {
			f.list.Addf(pair.KeySpan, "onbekende-sleutel", `"%s" kan hier niet bij %s%s`, pair.Key, f.what, diag.Suggest(pair.Key, f.known))
		}
	}
}

func (f *Fields) know(key string) {
	if !f.isKnown(key) {
		f.known = append(f.known, key)
	}
}

func (f *Fields) isKnown(key string) bool {
	for _, k := range f.known {
		if k == key {
			return true
		}
	}
	return false
}
