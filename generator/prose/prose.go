// Package prose reads and renders the authors' Markdown. It is the only package that knows the Markdown library.
//
// In: a Markdown text, and the file and place where it stands. Out: its links and headings, each with the exact place in
// that file, its plain text, and diagnostics for what authors may not write: HTML, pictures, links that did not become
// links, headings of the wrong level. What a link points to is not judged here, since this package knows no ids; Parse
// gives the destination, package check judges it.
//
// Rendering is for texts that were checked, and safe for those that were not: HTML is escaped, and a link that cannot be
// resolved becomes its own text.
//
// The Markdown is CommonMark with tables, definition lists, ~~strikethrough~~ and attributes behind headings, without
// footnotes, reference links, underlined headings and code by indentation: each of those is easily written by accident.
package prose

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"handvat/generator/diag"
	"handvat/generator/source"
)

// A Document is what a Markdown text holds.
type Document struct {
	Links    []Link
	Headings []Heading
}

// A Link is a link in a text. Span is the place of its destination.
type Link struct {
	Destination string
	Span        source.Span
}

// A Heading is a heading in a text. Its ID is ASCII and unique within the text, and changes only with its words, or with
// those of an equal heading before it.
type Heading struct {
	Level int
	Text  string
	ID    string
	Norms []Norm
	Span  source.Span // of the words
}

// A Norm is an id that stands behind a heading, as in ## Kop {norm="a-001 b-002"}.
type Norm struct {
	ID   string
	Span source.Span
}

// Parse reads a text that may have every form. It stands at span in file, where YAML may have quoted or folded it.
func Parse(file *source.File, span source.Span, markdown string, list *diag.List) *Document {
	return parse(file, span, markdown, false, list)
}

// ParseInline reads a short text that must be a single paragraph.
func ParseInline(file *source.File, span source.Span, markdown string, list *diag.List) *Document {
	return parse(file, span, markdown, true, list)
}

func parse(file *source.File, span source.Span, markdown string, inline bool, list *diag.List) *Document {
	r := &reader{src: []byte(markdown), places: newPlaces(file, span, markdown), list: list, out: &Document{}, made: map[int]bool{}}
	root := blocks.Parser().Parse(text.NewReader(r.src))
	if inline {
		r.single(root)
	}
	r.read(root)
	r.headings(root)
	r.unmadeLinks()
	return r.out
}

// blocks reads texts with every form; sentences reads a text as paragraphs whatever it looks like.
var (
	blocks = goldmark.New(goldmark.WithParser(newParser(
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewATXHeadingParser(parser.WithHeadingAttribute()), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	)), goldmark.WithExtensions(
		// Without alignment: it would come out as attributes that are obsolete in HTML.
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
		extension.DefinitionList,
		extension.Strikethrough,
	))
	sentences = goldmark.New(
		goldmark.WithParser(newParser(util.Prioritized(parser.NewParagraphParser(), 1000))),
		goldmark.WithExtensions(extension.Strikethrough))
)

func newParser(blockParsers ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(blockParsers...),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		))
}

// A reader walks one text and collects what is in it.
type reader struct {
	src    []byte
	places *places
	list   *diag.List
	out    *Document

	made map[int]bool // where each link's destination begins in src
	code [][2]int     // pieces of src that are code
}

func (r *reader) fail(start, stop int, code, format string, args ...any) {
	r.list.Addf(r.places.span(start, stop), code, format, args...)
}

// single reports what does not fit in a single paragraph.
func (r *reader) single(root ast.Node) {
	first := root.FirstChild()
	if first == nil {
		return
	}
	wrong := first
	if first.Kind() == ast.KindParagraph {
		if wrong = first.NextSibling(); wrong == nil {
			return
		}
	}
	at := r.begin(wrong)
	r.fail(at, at, "geen-zin", "hier horen een of meer zinnen, geen %s", form(wrong))
}

func form(n ast.Node) string {
	switch n.Kind() {
	case ast.KindHeading:
		return "kop"
	case ast.KindList:
		return "lijst"
	case east.KindTable:
		return "tabel"
	case ast.KindBlockquote:
		return "citaat"
	case ast.KindParagraph:
		return "tweede alinea"
	case east.KindDefinitionList:
		return "lijst met betekenissen"
	}
	return "andere vorm"
}

// begin gives where a node begins in the text. The library does not always say, and behind tabs it may point past the end.
func (r *reader) begin(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if at := n.Pos(); at >= 0 {
			return min(at, len(r.src))
		}
	}
	return 0
}

// read collects links, and reports HTML and pictures.
func (r *reader) read(root ast.Node) {
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			r.link(n)
		case *ast.AutoLink:
			label := string(n.Label(r.src))
			at := r.begin(n)
			r.fail(at, at+len(label)+2, "kapotte-link", `zet een woord bij de link: [woord](%s)`, label)
		case *ast.Image:
			at := r.begin(n)
			r.fail(at, at+2, "plaatje-in-tekst", "in tekst staan geen plaatjes; haal ![...](...) weg")
		case *ast.HTMLBlock:
			if n.Lines().Len() > 0 {
				r.html(n.Lines().At(0))
			} else if n.HasClosure() {
				r.html(n.ClosureLine)
			}
		case *ast.RawHTML:
			r.html(n.Segments.At(0))
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					r.code = append(r.code, [2]int{t.Segment.Start, t.Segment.Stop})
				}
			}
		case *ast.FencedCodeBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				r.code = append(r.code, [2]int{line.Start, line.Stop})
			}
		}
		return ast.WalkContinue, nil
	})
}

func (r *reader) html(segment text.Segment) {
	value := strings.TrimSpace(string(segment.Value(r.src)))
	shown := value
	if runes := []rune(shown); len(runes) > 30 {
		shown = string(runes[:30]) + "..."
	}
	r.fail(segment.Start, segment.Start+len(value), "html-in-tekst",
		`in tekst staat geen HTML, dus geen "%s"; gebruik Markdown, of schrijf \< voor een los teken`, shown)
}

// link records a link. The library does not keep where its destination stands: it follows the words and "](".
func (r *reader) link(n *ast.Link) {
	destination := unescape(n.Destination)
	at := r.begin(n)
	from := max(at, lastByte(n))
	if i := bytes.Index(r.src[from:], []byte("](")); i >= 0 {
		from += i + len("](")
	}
	if i := bytes.Index(r.src[from:], n.Destination); i >= 0 && len(n.Destination) > 0 {
		at = from + i
		r.made[at] = true
	}
	r.out.Links = append(r.out.Links, Link{destination, r.places.span(at, at+len(n.Destination))})
}

// lastByte gives where the text within a node ends.
func lastByte(n ast.Node) int {
	if t, ok := n.(*ast.Text); ok {
		return t.Segment.Stop
	}
	last := -1
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		last = max(last, lastByte(c))
	}
	return last
}

// unmadeLinks reports what looks like a link and is none, such as [woord] (begrip:x) and [woord](begrip: x).
func (r *reader) unmadeLinks() {
	for _, match := range linkLike.FindAllSubmatchIndex(r.src, -1) {
		scheme := match[2]
		if r.made[scheme] || r.isCode(scheme) {
			continue
		}
		r.fail(match[0], match[1], "kapotte-link", `dit is geen link geworden: "%s"; schrijf [woord](%s:id), zonder spaties ertussen`,
			r.src[match[0]:match[1]], r.src[match[2]:match[3]])
	}
}

func (r *reader) isCode(at int) bool {
	for _, piece := range r.code {
		if piece[0] <= at && at < piece[1] {
			return true
		}
	}
	return false
}

// headings collects the headings, and gives each an id.
func (r *reader) headings(root ast.Node) {
	level := 1
	for _, h := range withIDs(root, r.src) {
		heading := Heading{Level: h.node.Level, Text: h.text, ID: h.id}
		at, stop := r.begin(h.node), r.begin(h.node)
		if h.node.Lines().Len() > 0 {
			line := h.node.Lines().At(0)
			at, stop = line.Start, line.Stop
		}
		heading.Span = r.places.span(at, stop)
		switch {
		case h.text == "":
			r.fail(at, stop, "lege-kop", "deze kop heeft geen tekst")
		case heading.Level == 1:
			r.fail(at, stop, "kop-niveau", `"%s" is een kop van niveau 1, en dat is de titel; begin met ##`, h.text)
		case heading.Level > level+1:
			r.fail(at, stop, "kop-niveau", `de kop "%s" heeft niveau %d, maar er staat geen kop van niveau %d boven`, h.text, heading.Level, heading.Level-1)
		}
		if _, nested := h.node.Parent().(*ast.Document); !nested && h.text != "" {
			r.fail(at, stop, "kop-niveau", `de kop "%s" staat in een lijst of citaat; zet hem er los boven`, h.text)
		}
		level = heading.Level
		r.attributes(h.node, &heading, stop)
		r.out.Headings = append(r.out.Headings, heading)
	}
}

// attributes reads what stands in braces behind a heading. stop is where its words end.
func (r *reader) attributes(n *ast.Heading, heading *Heading, stop int) {
	end := len(r.src)
	if i := bytes.IndexByte(r.src[stop:], '\n'); i >= 0 {
		end = stop + i
	}
	if open := strings.LastIndex(heading.Text, "{"); open >= 0 && strings.HasSuffix(heading.Text, "}") {
		at := max(0, bytes.LastIndexByte(r.src[:stop], '{'))
		r.fail(at, stop, "kapotte-kop", `"%s" achter deze kop is niet goed geschreven; schrijf {norm="a-001 b-002"}`, heading.Text[open:])
	}
	for _, attribute := range n.Attributes() {
		if string(attribute.Name) != "norm" {
			r.fail(stop, end, "kapotte-kop", `achter een kop kan alleen norm staan, niet "%s"`, attribute.Name)
			continue
		}
		value, ok := attribute.Value.([]byte)
		if !ok {
			r.fail(stop, end, "kapotte-kop", `achter norm= horen ids tussen aanhalingstekens: {norm="a-001 b-002"}`)
			continue
		}
		if len(bytes.Trim(value, ", \t")) == 0 {
			r.fail(stop, end, "kapotte-kop", `achter norm= staat geen id; vul er een in of haal het weg`)
			continue
		}
		at := stop + max(0, bytes.Index(r.src[stop:end], value))
		for i := 0; i < len(value); {
			if value[i] == ' ' || value[i] == ',' || value[i] == '\t' {
				i++
				continue
			}
			j := i
			for j < len(value) && value[j] != ' ' && value[j] != ',' && value[j] != '\t' {
				j++
			}
			heading.Norms = append(heading.Norms, Norm{string(value[i:j]), r.places.span(at+i, at+j)})
			i = j
		}
	}
}

type headingNode struct {
	node     *ast.Heading
	text, id string
}

// withIDs gives the headings of a text in order, each with its id. Reading and rendering both use it, so that they agree.
func withIDs(root ast.Node, src []byte) []headingNode {
	var out []headingNode
	used := map[string]bool{}
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		h, ok := n.(*ast.Heading)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		words := plain(h, src)
		id := Slug(words)
		if id == "" {
			id = "kop"
		}
		unique := id
		for i := 2; used[unique]; i++ {
			unique = fmt.Sprintf("%s-%d", id, i)
		}
		used[unique] = true
		out = append(out, headingNode{h, words, unique})
		return ast.WalkSkipChildren, nil
	})
	return out
}
