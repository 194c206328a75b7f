package yamldoc

import (
	"fmt"
	"strings"
	"testing"

	"handvat/generator/diag"
	"handvat/generator/source"
)

func parse(text string) (*Node, string) {
	var list diag.List
	node := Parse(source.NewFile("a.yaml", text), &list)
	var b strings.Builder
	for _, d := range list.Sorted() {
		fmt.Fprintln(&b, d)
	}
	return node, b.String()
}

func TestEveryValueKeepsItsPlace(t *testing.T) {
	node, mistakes := parse("# uitleg\nnaam: één twee\nlijst: [é, twee]\nkaart: {ë: drie, vier: vijf}\nmaanden:\n  - a: 2025-03-01\n    b: |\n      regel één\n      regel twee\n")
	if mistakes != "" {
		t.Fatal(mistakes)
	}
	var got []string
	var walk func(n *Node)
	walk = func(n *Node) {
		if n.Kind == Scalar {
			got = append(got, fmt.Sprintf("%d:%d %q", n.Span.Line, n.Span.Column, n.Text))
		}
		for _, item := range n.Items {
			walk(item)
		}
		for _, pair := range n.Pairs {
			got = append(got, fmt.Sprintf("%d:%d %s:", pair.KeySpan.Line, pair.KeySpan.Column, pair.Key))
			walk(pair.Value)
		}
	}
	walk(node)
	want := `2:1 naam:
2:7 "één twee"
3:1 lijst:
3:9 "é"
3:12 "twee"
4:1 kaart:
4:9 ë:
4:12 "drie"
4:18 vier:
4:24 "vijf"
5:1 maanden:
6:5 a:
6:8 "2025-03-01"
7:5 b:
7:8 "regel één\nregel twee\n"`
	if have := strings.Join(got, "\n"); have != want {
		t.Errorf("got\n%s\nwant\n%s", have, want)
	}
}

func TestMistakes(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"double key":   {"a: 1\nb: 2\na: 3\n", "a.yaml:3:1: fout[dubbele-sleutel]"},
		"colon":        {"a: wie: wat\n", "a.yaml:1:"},
		"open list":    {"a: [1, 2\nb: 3\n", "fout[kapotte-yaml]"},
		"anchor":       {"a: &x 1\nb: *x\n", "fout[verwijzing]"},
		"tag":          {"a: !!str 1\n", "fout[tag]"},
		"documents":    {"a: 1\n---\nb: 2\n", "fout[meer-documenten]"},
		"deep flow":    {"a: " + strings.Repeat("[", 5000) + "\n", "fout[te-diep]"},
		"deep dashes":  {strings.Repeat("- ", 5000) + "a\n", "fout[te-diep]"},
		"tab":          {"a:\n\tb: 1\n", "fout[kapotte-yaml]"},
		"open quote":   {"a: \"wat\nb: 1\n", "fout[kapotte-yaml]"},
		"merge":        {"a:\n  <<: b\n", "fout["},
		"text in list": {"a:\n  - b\n  c: d\n", "fout[kapotte-yaml]"},
	} {
		if node, mistakes := parse(c.text); node != nil || !strings.Contains(mistakes, c.want) {
			t.Errorf("%s: got %q", name, mistakes)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a: [1, {b: c}]\nd: |\n  e\n")
	f.Add("- - a\n- 'b'\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		parse(text)
	})
}
