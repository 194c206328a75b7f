// Package yamldoc reads YAML with the place of every key and value.
//
// In: a file, or the lines of one. Out: a tree of Nodes, or diagnostics. It takes the part of YAML that authors need:
// mappings with plain keys, lists and scalars. Anchors, aliases, merge keys, tags and several documents in a file are
// refused, so a small file cannot grow into a large one. It is the only package that knows the YAML library.
package yamldoc

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"handvat/generator/diag"
	"handvat/generator/source"
)

// MaxDepth is how deep lists and mappings may be nested.
const MaxDepth = 60

// Kind is the kind of a Node.
type Kind int

const (
	Null Kind = iota
	Scalar
	List
	Map
)

// A Node is a value in a YAML file.
type Node struct {
	Kind  Kind
	Span  source.Span
	Text  string // Scalar: the text, quotes removed; numbers, dates and booleans as written
	Items []*Node
	Pairs []Pair // in file order, keys unique
}

// A Pair is a key with its value.
type Pair struct {
	Key     string
	KeySpan source.Span
	Value   *Node
}

// Get gives the value of a key, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, pair := range n.Pairs {
		if pair.Key == key {
			return pair.Value
		}
	}
	return nil
}

// Parse reads a whole file. Where it is not well-formed the Node is nil and the mistakes are added to list.
// An empty file gives an empty Map.
func Parse(file *source.File, list *diag.List) *Node {
	return ParseLines(file, 1, strings.Count(file.Text, "\n")+1, list)
}

// ParseLines reads the lines first to last (from 1, both included) of a file.
func ParseLines(file *source.File, first, last int, list *diag.List) *Node {
	text := strings.Repeat("\n", first-1) + file.Text[file.Offset(first, 1):file.Offset(last+1, 1)]
	r := reader{file: file, list: list}
	if line, deep := tooDeep(text); deep {
		r.fail(file.Span(file.Offset(line, 1), file.Offset(line, 1)), "te-diep", "dit is dieper genest dan %d lagen", MaxDepth)
		return nil
	}
	parsed, err := parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntaxError(err)
		return nil
	}
	top := &Node{Kind: Map, Span: file.Span(file.Offset(first, 1), file.Offset(first, 1))}
	documents := 0
	for _, document := range parsed.Docs {
		if document.Body == nil || document.Body.Type() == ast.CommentType {
			continue
		}
		if documents++; documents > 1 {
			r.fail(r.span(document.Body), "meer-documenten", "in één bestand staat hoogstens één YAML-document; haal de regel met --- weg")
			break
		}
		top = r.node(document.Body, 0)
	}
	if r.failed {
		return nil
	}
	return top
}

// tooDeep finds nesting on a single line that would exhaust the parser, which recurses: brackets, and lists in lists.
func tooDeep(text string) (line int, deep bool) {
	open := 0
	for i, l := range strings.Split(text, "\n") {
		open = max(0, open+strings.Count(l, "[")+strings.Count(l, "{")-strings.Count(l, "]")-strings.Count(l, "}"))
		dashes := strings.Count(l, "- ") + strings.Count(l, "? ")
		indent := len(l) - len(strings.TrimLeft(l, " "))
		if open > MaxDepth || indent > 4*MaxDepth || strings.HasPrefix(strings.TrimLeft(l, " "), "- - ") && dashes > MaxDepth ||
			strings.HasPrefix(strings.TrimLeft(l, " "), "? ? ") {
			return i + 1, true
		}
	}
	return 0, false
}

type reader struct {
	file   *source.File
	list   *diag.List
	failed bool
}

func (r *reader) fail(span source.Span, code, format string, args ...any) {
	r.failed = true
	r.list.Addf(span, code, format, args...)
}

func (r *reader) syntaxError(err error) {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) && syntax.Token != nil {
		span := r.place(syntax.Token)
		r.fail(span, "kapotte-yaml", "dit is geen goede YAML: %s", inDutch(syntax.Message, strings.TrimSpace(r.lineOf(span))))
		return
	}
	r.fail(r.file.Span(0, 0), "kapotte-yaml", "dit is geen goede YAML: %s", inDutch(err.Error(), ""))
}

func (r *reader) lineOf(span source.Span) string {
	return r.file.Text[r.file.Offset(span.Line, 1):r.file.Offset(span.Line+1, 1)]
}

// inDutch turns what the library says into what the author can do. What is not known here is shown as it is.
func inDutch(message, line string) string {
	switch {
	case strings.Contains(message, "mapping value is not allowed"), strings.Contains(message, "unexpected key name"):
		return `een dubbele punt met een spatie hoort na een sleutel; zet de tekst tussen "aanhalingstekens" als hij zelf ": " bevat`
	case strings.Contains(message, "non-map value is specified"), strings.Contains(message, "value is not allowed in this context"):
		return `hier staat tekst waar een sleutel met een dubbele punt hoort; kijk of elke regel even ver inspringt`
	case strings.Contains(message, "sequence end token"), strings.Contains(message, "',' or ']'"):
		return "een lijst met [ is niet gesloten met ]"
	case strings.Contains(message, "mapping end token"), strings.Contains(message, "',' or '}'"), strings.Contains(message, "could not find flow mapping"):
		return "een map met { is niet gesloten met }"
	case strings.Contains(message, "invalid key for this map"):
		return "een sleutel is één woord met een dubbele punt erachter"
	case strings.Contains(message, "could not find end character of"):
		return "een aanhalingsteken is niet gesloten"
	case strings.Contains(message, "tab"), strings.Contains(message, "found character '\t'"), strings.HasPrefix(line, "\t"):
		return "spring in met spaties, niet met tabs"
	}
	return message
}

func (r *reader) place(t *token.Token) source.Span {
	if t == nil || t.Position == nil {
		return r.file.Span(0, 0)
	}
	start := r.file.Offset(t.Position.Line, t.Position.Column)
	return r.file.Span(start, start+len(t.Value))
}

func (r *reader) span(n ast.Node) source.Span { return r.place(n.GetToken()) }

func (r *reader) node(n ast.Node, depth int) *Node {
	if depth > MaxDepth {
		r.fail(r.span(n), "te-diep", "dit is dieper genest dan %d lagen", MaxDepth)
		return &Node{}
	}
	switch n := n.(type) {
	case nil:
		return &Node{}
	case *ast.NullNode:
		return &Node{Kind: Null, Span: r.span(n)}
	case *ast.StringNode:
		return &Node{Kind: Scalar, Span: r.span(n), Text: n.Value}
	case *ast.LiteralNode:
		return &Node{Kind: Scalar, Span: r.span(n), Text: n.Value.Value}
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return &Node{Kind: Scalar, Span: r.span(n), Text: n.GetToken().Value}
	case *ast.SequenceNode:
		out := &Node{Kind: List, Span: r.span(n)}
		for _, item := range n.Values {
			out.Items = append(out.Items, r.node(item, depth+1))
		}
		return out
	case *ast.MappingNode:
		out := &Node{Kind: Map, Span: r.span(n)}
		if len(n.Values) > 0 {
			out.Span = r.span(n.Values[0].Key)
		}
		for _, value := range n.Values {
			r.pair(out, value, depth)
		}
		return out
	case *ast.MappingValueNode:
		out := &Node{Kind: Map, Span: r.span(n.Key)}
		r.pair(out, n, depth)
		return out
	case *ast.AnchorNode, *ast.AliasNode:
		r.fail(r.span(n), "verwijzing", "verwijzingen met & en * worden niet gelezen; schrijf de waarde uit")
	case *ast.TagNode:
		r.fail(r.span(n), "tag", "tags met ! worden niet gelezen; laat ze weg")
	default:
		r.fail(r.span(n), "kapotte-yaml", "dit is geen goede YAML")
	}
	return &Node{}
}

func (r *reader) pair(out *Node, n *ast.MappingValueNode, depth int) {
	key, ok := n.Key.(ast.ScalarNode)
	if !ok || n.Key.IsMergeKey() {
		r.fail(r.span(n.Key), "vreemde-sleutel", "een sleutel is één woord met een dubbele punt erachter")
		return
	}
	name := key.GetToken().Value
	span := r.span(n.Key)
	for _, pair := range out.Pairs {
		if pair.Key == name {
			r.failed = true
			r.list.Add(diag.Diagnostic{Code: "dubbele-sleutel", Span: span, Message: `de sleutel "` + name + `" staat hier twee keer`,
				Notes: []diag.Note{{Span: pair.KeySpan, Message: "de eerste staat hier"}}})
			return
		}
	}
	value := r.node(n.Value, depth+1)
	if value.Span.File == "" {
		value.Span = span
	}
	out.Pairs = append(out.Pairs, Pair{Key: name, KeySpan: span, Value: value})
}
