package prose

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"
)

// Plain gives the words of a text without its markup: one line for each paragraph, heading, list item or row.
func Plain(markdown string) string {
	src := []byte(markdown)
	return plain(blocks.Parser().Parse(text.NewReader(src)), src)
}

func plain(root ast.Node, src []byte) string {
	var b strings.Builder
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			switch n.Kind() {
			case east.KindTableCell:
				b.WriteByte(' ')
			case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading, east.KindTableRow, east.KindTableHeader, east.KindDefinitionTerm:
				b.WriteByte('\n')
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			if n.IsRaw() || n.Parent().Kind() == ast.KindCodeSpan {
				b.Write(n.Segment.Value(src))
			} else {
				b.WriteString(unescape(n.Segment.Value(src)))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.FencedCodeBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				b.Write(line.Value(src))
			}
		}
		return ast.WalkContinue, nil
	})
	var lines []string
	for line := range strings.SplitSeq(b.String(), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// unescape gives what a piece of Markdown says: \* is *, &eacute; is é.
func unescape(src []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(src))))
}

// Slug makes an ASCII word with hyphens of a text: "Eén beeld?" becomes "een-beeld".
func Slug(words string) string {
	var b strings.Builder
	hyphen := false
	for _, c := range norm.NFKD.String(strings.ToLower(words)) {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(c)
		case c >= 0x300 && c < 0x370 || c == '\'' || c == '’':
			// an accent that was taken off its letter, or an apostrophe within a word
		default:
			hyphen = true
		}
	}
	return b.String()
}
