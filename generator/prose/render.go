package prose

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A Resolver gives the address a reference leads to, or "" where it leads nowhere and only the words are shown.
// Reference.Path is a Resolver for a site at the root of its host.
type Resolver func(Reference) string

// A Renderer makes HTML of checked Markdown. It may be used by several goroutines at once.
type Renderer struct {
	blocks, sentences renderer.Renderer
}

// NewRenderer makes a Renderer whose links lead where resolve says.
func NewRenderer(resolve Resolver) *Renderer {
	make := func(inline bool) renderer.Renderer {
		md := goldmark.New(goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.DefinitionList,
			extension.Strikethrough,
		), goldmark.WithRenderer(renderer.NewRenderer(renderer.WithNodeRenderers(
			util.Prioritized(html.NewRenderer(), 1000)))))
		md.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(&nodes{resolve, inline}, 100)))
		return md.Renderer()
	}
	return &Renderer{make(false), make(true)}
}

// HTML renders a text with paragraphs, lists, tables and headings. Headings have the ids that Parse gave them.
func (r *Renderer) HTML(markdown string) string {
	src := []byte(markdown)
	root := blocks.Parser().Parse(text.NewReader(src))
	for _, h := range withIDs(root, src) {
		h.node.SetAttributeString("id", []byte(h.id))
	}
	return render(r.blocks, src, root)
}

// Inline renders a short text as words within a paragraph: whatever it looks like, no list or heading comes out.
// Several paragraphs come out as one.
func (r *Renderer) Inline(markdown string) string {
	src := []byte(markdown)
	return strings.TrimSpace(render(r.sentences, src, sentences.Parser().Parse(text.NewReader(src))))
}

func render(to renderer.Renderer, src []byte, root ast.Node) string {
	var b bytes.Buffer
	if err := to.Render(&b, src, root); err != nil {
		panic(fmt.Sprintf("BUG: rendering Markdown: %v", err))
	}
	return b.String()
}

// nodes renders what differs from the library's own rendering.
type nodes struct {
	resolve Resolver
	inline  bool
}

func (n *nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindLink, n.link)
	reg.Register(ast.KindImage, n.image)
	reg.Register(ast.KindAutoLink, n.autoLink)
	reg.Register(ast.KindRawHTML, n.rawHTML)
	reg.Register(ast.KindHTMLBlock, n.htmlBlock)
	reg.Register(ast.KindHeading, n.heading)
	reg.Register(ast.KindFencedCodeBlock, n.code)
	reg.Register(east.KindTableCell, n.cell)
	if n.inline {
		reg.Register(ast.KindParagraph, n.words)
	}
}

func (n *nodes) words(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering && node.NextSibling() != nil {
		w.WriteByte(' ')
	}
	return ast.WalkContinue, nil
}

// link writes a link. One to a term says so, for the theme shows its meaning on the spot; one to another site says so too.
func (n *nodes) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	reference, ok := ParseReference(unescape(node.(*ast.Link).Destination))
	address := ""
	if ok {
		address = n.resolve(reference)
	}
	if address == "" {
		return ast.WalkContinue, nil
	}
	if !entering {
		w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	w.WriteString("<a")
	switch reference.Scheme {
	case "begrip":
		fmt.Fprintf(w, ` class="begrip" data-begrip="%s"`, reference.ID)
	case "https":
		w.WriteString(` class="extern"`)
	}
	fmt.Fprintf(w, ` href="%s">`, util.EscapeHTML(util.URLEscape([]byte(address), false)))
	return ast.WalkContinue, nil
}

func (n *nodes) image(w util.BufWriter, _ []byte, _ ast.Node, _ bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil // its words remain
}

func (n *nodes) autoLink(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.Write(util.EscapeHTML(node.(*ast.AutoLink).Label(src)))
	}
	return ast.WalkContinue, nil
}

func (n *nodes) rawHTML(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		segments := node.(*ast.RawHTML).Segments
		for i := range segments.Len() {
			segment := segments.At(i)
			w.Write(util.EscapeHTML(segment.Value(src)))
		}
	}
	return ast.WalkSkipChildren, nil
}

func (n *nodes) htmlBlock(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString("<p>")
		for i := range node.Lines().Len() {
			line := node.Lines().At(i)
			w.Write(util.EscapeHTML(line.Value(src)))
		}
		if block := node.(*ast.HTMLBlock); block.HasClosure() {
			w.Write(util.EscapeHTML(block.ClosureLine.Value(src)))
		}
		w.WriteString("</p>\n")
	}
	return ast.WalkSkipChildren, nil
}

func (n *nodes) heading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	level := node.(*ast.Heading).Level
	if !entering {
		fmt.Fprintf(w, "</h%d>\n", level)
		return ast.WalkContinue, nil
	}
	id, _ := node.AttributeString("id")
	fmt.Fprintf(w, `<h%d id="%s">`, level, id)
	return ast.WalkContinue, nil
}

func (n *nodes) code(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString("<pre><code>")
		for i := range node.Lines().Len() {
			line := node.Lines().At(i)
			w.Write(util.EscapeHTML(line.Value(src)))
		}
		w.WriteString("</code></pre>\n")
	}
	return ast.WalkContinue, nil
}

// cell writes a cell; a head says which way it goes, which screen readers use. The first cell of a row says what the row is about.
func (n *nodes) cell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	open, shut := "<td>", "</td>\n"
	if node.Parent().Kind() == east.KindTableHeader {
		open, shut = `<th scope="col">`, "</th>\n"
	} else if node.PreviousSibling() == nil {
		open, shut = `<th scope="row">`, "</th>\n"
	}
	if entering {
		w.WriteString(open)
	} else {
		w.WriteString(shut)
	}
	return ast.WalkContinue, nil
}
