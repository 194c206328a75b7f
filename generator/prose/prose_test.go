package prose

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handvat/generator/diag"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// read parses a whole text as a file of its own, and tells what was found and what was wrong.
func read(markdown string, inline bool) (*Document, string) {
	file := source.NewFile("a.md", markdown)
	var list diag.List
	doc := parse(file, file.Span(0, len(markdown)), markdown, inline, &list)
	var b strings.Builder
	for _, d := range list.Sorted() {
		fmt.Fprintln(&b, d)
	}
	return doc, b.String()
}

func TestLinksAndHeadingsKeepTheirPlace(t *testing.T) {
	doc, mistakes := read(`
Één [woord](begrip:a), nog eens [woord](begrip:a) en `+"`[code](begrip:b)`"+`.
[`+"`](begrip:b)`"+`](begrip:b)

## Wie zit er *écht* aan tafel? {norm="a-1  b-22"}

- [een **vette** ](fase:triage) en [](pagina:leeg)
- [haakje \] erin](<https://example.org/é_(x)>)

### Wie zit er echt aan tafel?

| a | b |
|---|---|
| [x](bron:wgs) | [y](#wie-zit-er-echt-aan-tafel) |
`, false)
	if mistakes != "" {
		t.Fatal(mistakes)
	}
	var got []string
	for _, l := range doc.Links {
		got = append(got, fmt.Sprintf("%d:%d+%d %s", l.Span.Line, l.Span.Column, l.Span.Length, l.Destination))
	}
	for _, h := range doc.Headings {
		line := fmt.Sprintf("%d:%d h%d %q #%s", h.Span.Line, h.Span.Column, h.Level, h.Text, h.ID)
		for _, n := range h.Norms {
			line += fmt.Sprintf(" %d:%d+%d %s", n.Span.Line, n.Span.Column, n.Span.Length, n.ID)
		}
		got = append(got, line)
	}
	want := []string{
		"2:13+8 begrip:a",
		"2:41+8 begrip:a",
		"3:17+8 begrip:b",
		"7:20+11 fase:triage",
		"7:39+11 pagina:leeg",
		"8:21+26 https://example.org/é_(x)",
		"14:7+8 bron:wgs",
		"14:23+26 #wie-zit-er-echt-aan-tafel",
		`5:4 h2 "Wie zit er écht aan tafel?" #wie-zit-er-echt-aan-tafel 5:40+3 a-1 5:45+4 b-22`,
		`10:5 h3 "Wie zit er echt aan tafel?" #wie-zit-er-echt-aan-tafel-2`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Every way in which YAML lets an author write a text; the link must be found where it stands in the file.
func TestLinksInYAMLKeepTheirPlace(t *testing.T) {
	for name, text := range map[string]string{
		"plain":            "a: Eén [b](begrip:x) en [c](begrip:x).\n",
		"plain, folded":    "a: Eén\n  [b](begrip:x) en\n  nog [c](begrip:x).\nb: d\n",
		"single quotes":    "a: 'Eén ''s ochtends'': [b](begrip:x) en [c](begrip:x).'\n",
		"double quotes":    `a: "Eén \"s ochtends\" \u00e9\n: [b](begrip:x) en [c](begrip:x)."` + "\n",
		"double, folded":   "a: \"Eén \\\"s\n   ochtends: [b](begrip:x) en\n\n   \\\n   nog [c](begrip:x).\"\n",
		"literal":          "a: |\n  Eén [b](begrip:x)\n  en [c](begrip:x).\n",
		"literal, indents": "a: |-\n  Eén\n\n     [b](begrip:x)\n  en [c](begrip:x).\nb: d\n",
		"folded":           "a: >-\n  Eén\n  [b](begrip:x) en\n\n  nog [c](begrip:x).\n",
		"in a list":        "- a: b\n  c: {d: \"[b](begrip:x) [c](begrip:x)\"}\n",
		"in a flow list":   "- [een, \"twee [b](begrip:x)\", 'drie [c](begrip:x)']\n",
	} {
		file := source.NewFile("a.yaml", text)
		var list diag.List
		var got []string
		var walk func(n *yamldoc.Node)
		walk = func(n *yamldoc.Node) {
			if n.Kind == yamldoc.Scalar {
				for _, l := range Parse(file, n.Span, strings.TrimSpace(n.Text), &list).Links {
					got = append(got, fmt.Sprintf("%s %s", l.Span, file.Text[l.Span.Offset:l.Span.Offset+l.Span.Length]))
				}
			}
			for _, item := range n.Items {
				walk(item)
			}
			for _, pair := range n.Pairs {
				walk(pair.Value)
			}
		}
		walk(yamldoc.Parse(file, &list))
		var want []string
		for i := range text {
			if strings.HasPrefix(text[i:], "begrip:x") {
				want = append(want, fmt.Sprintf("%s begrip:x", file.Span(i, i)))
			}
		}
		if !list.Empty() || !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v (%v)", name, got, want, list.Sorted())
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Een <b>vet</b> woord.\n\n<div>\nblok\n</div>\n\n<!-- weg -->\n", `
a.md:1:5: fout[html-in-tekst]: in tekst staat geen HTML, dus geen "<b>"; gebruik Markdown, of schrijf \< voor een los teken
a.md:1:11: fout[html-in-tekst]: in tekst staat geen HTML, dus geen "</b>"; gebruik Markdown, of schrijf \< voor een los teken
a.md:3:1: fout[html-in-tekst]: in tekst staat geen HTML, dus geen "<div>"; gebruik Markdown, of schrijf \< voor een los teken
a.md:7:1: fout[html-in-tekst]: in tekst staat geen HTML, dus geen "<!-- weg -->"; gebruik Markdown, of schrijf \< voor een los teken
`},
		{"Eén ![plaatje](a.png) en <https://example.org>.\n", `
a.md:1:5: fout[plaatje-in-tekst]: in tekst staan geen plaatjes; haal ![...](...) weg
a.md:1:26: fout[kapotte-link]: zet een woord bij de link: [woord](https://example.org)
`},
		{"Eén [a] (begrip:x), [b](begrip: x) en [c]: fase:y, maar `[d](begrip: e)` mag.\n\n```\n[f] (begrip:g)\n```\n", `
a.md:1:7: fout[kapotte-link]: dit is geen link geworden: "] (begrip:"; schrijf [woord](begrip:id), zonder spaties ertussen
a.md:1:23: fout[kapotte-link]: dit is geen link geworden: "](begrip:"; schrijf [woord](begrip:id), zonder spaties ertussen
a.md:1:41: fout[kapotte-link]: dit is geen link geworden: "]: fase:"; schrijf [woord](fase:id), zonder spaties ertussen
`},
		{"# Titel\n\n## Goed\n\n#### Te diep\n\n##\n\n> ## Citaat\n", `
a.md:1:3: fout[kop-niveau]: "Titel" is een kop van niveau 1, en dat is de titel; begin met ##
a.md:5:6: fout[kop-niveau]: de kop "Te diep" heeft niveau 4, maar er staat geen kop van niveau 3 boven
a.md:7:1: fout[lege-kop]: deze kop heeft geen tekst
a.md:9:6: fout[kop-niveau]: de kop "Citaat" staat in een lijst of citaat; zet hem er los boven
`},
		{"## Een {norm=\u201ca-1\u201d}\n\n## Twee {.groot}\n\n## Drie {norm=3}\n\n## Vier {norm}\n\n## Vijf {norm=\" \"}\n", `
a.md:1:8: fout[kapotte-kop]: "{norm=“a-1”}" achter deze kop is niet goed geschreven; schrijf {norm="a-001 b-002"}
a.md:3:8: fout[kapotte-kop]: achter een kop kan alleen norm staan, niet "class"
a.md:5:8: fout[kapotte-kop]: achter norm= horen ids tussen aanhalingstekens: {norm="a-001 b-002"}
a.md:7:9: fout[kapotte-kop]: "{norm}" achter deze kop is niet goed geschreven; schrijf {norm="a-001 b-002"}
a.md:9:8: fout[kapotte-kop]: achter norm= staat geen id; vul er een in of haal het weg
`},
	} {
		if _, got := read(c.text, false); got != c.want[1:] {
			t.Errorf("%q\ngot\n%s\nwant%s", c.text, got, c.want)
		}
	}
}

func TestAShortTextIsOneParagraph(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"Eén zin.\nEn *nog* één.":      "",
		"Eén.\n\nTwee.":                "a.md:3:1: fout[geen-zin]: hier horen een of meer zinnen, geen tweede alinea\n",
		"- Eén\n- Twee":                "a.md:1:1: fout[geen-zin]: hier horen een of meer zinnen, geen lijst\n",
		"Zin.\n\n| a | b |\n|---|---|": "a.md:3:1: fout[geen-zin]: hier horen een of meer zinnen, geen tabel\n",
		"Zin.\n\n> citaat":             "a.md:3:1: fout[geen-zin]: hier horen een of meer zinnen, geen citaat\n",
		"## Kop":                       "a.md:1:1: fout[geen-zin]: hier horen een of meer zinnen, geen kop\n",
		"***":                          "a.md:1:1: fout[geen-zin]: hier horen een of meer zinnen, geen andere vorm\n",
		"Woord\n: betekenis":           "a.md:1:1: fout[geen-zin]: hier horen een of meer zinnen, geen lijst met betekenissen\n",
	} {
		if _, got := read(text, true); got != want {
			t.Errorf("%q\ngot  %swant %s", text, got, want)
		}
	}
}

func TestRendering(t *testing.T) {
	r := NewRenderer(Reference.Path)
	for _, c := range []struct{ markdown, want string }{
		{"Lees *goed*, [hier](begrip:beroepsgeheim) & [daar](begrip:a \"b\").",
			`<p>Lees <em>goed</em>, <a class="begrip" data-begrip="beroepsgeheim" href="/begrippen/#beroepsgeheim">hier</a> &amp; <a class="begrip" data-begrip="a" href="/begrippen/#a">daar</a>.</p>
`},
		{"[a](https://example.org/?a=1&b=2)", `<p><a class="extern" href="https://example.org/?a=1&amp;b=2">a</a></p>
`},
		{"[a](beslissing:x) [b](fase:x#kop) [c](partij:x) [d](gegeven:x) [e](vuistregel:x) [f](bron:x) [g](pagina:x) [h](#kop)",
			`<p><a href="/mag-dit/x/">a</a> <a href="/fasen/x/#kop">b</a> <a href="/partijen/x/">c</a> <a href="/gegevens/x/">d</a> <a href="/vuistregels/#x">e</a> <a href="/bronnen/#x">f</a> <a href="/x/">g</a> <a href="#kop">h</a></p>
`},
		{"[weg](javascript:alert(1)) <script>x</script> ![alt](b.png) <https://example.org>",
			`<p>weg &lt;script&gt;x&lt;/script&gt; alt https://example.org</p>
`},
		{"<div onclick=x>\nhoi\n</div>\n", `<p>&lt;div onclick=x&gt;
hoi
&lt;/div&gt;
</p>
`},
		{"## Één {norm=\"a-1\"}\n\n## Één {.x onclick=\"y\"}\n", `<h2 id="een">Één</h2>
<h2 id="een-2">Één</h2>
`},
		{"| a | b |\n|---|--:|\n| 1 | ~~2~~ |\n", `<table>
<thead>
<tr>
<th scope="col">a</th>
<th scope="col">b</th>
</tr>
</thead>
<tbody>
<tr>
<th scope="row">1</th>
<td><del>2</del></td>
</tr>
</tbody>
</table>
`},
		{"Woord\n: betekenis\n\n```js\na<b\n```\n", `<dl>
<dt>Woord</dt>
<dd>betekenis</dd>
</dl>
<pre><code>a&lt;b
</code></pre>
`},
	} {
		if got := r.HTML(c.markdown); got != c.want {
			t.Errorf("%s\ngot\n%swant\n%s", c.markdown, got, c.want)
		}
	}
	for markdown, want := range map[string]string{
		"Eén **zin**\nmet [woord](begrip:a).": `Eén <strong>zin</strong>
met <a class="begrip" data-begrip="a" href="/begrippen/#a">woord</a>.`,
		"- geen lijst":  "- geen lijst",
		"1. Bel":        "1. Bel",
		"Eén.\n\nTwee.": "Eén. Twee.",
		"## Kop":        "## Kop",
		"<b>x</b>":      "&lt;b&gt;x&lt;/b&gt;",
		"":              "",
	} {
		if got := r.Inline(markdown); got != want {
			t.Errorf("%s\ngot  %q\nwant %q", markdown, got, want)
		}
	}
}

func TestASiteInAFolderAndALinkWithoutAddress(t *testing.T) {
	r := NewRenderer(func(ref Reference) string {
		if ref.Scheme == "begrip" {
			return ""
		}
		return "/map" + ref.Path()
	})
	if got, want := r.Inline("[a](begrip:x) [b](fase:y)"), `a <a href="/map/fasen/y/">b</a>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPlain(t *testing.T) {
	got := Plain("## Kop *een* {norm=\"a\"}\n\nEen [woord](begrip:x) &amp; `code`\nen \\*ster\\*.\n\n- a\n- b\n\n| c | d |\n|---|---|\n| e | f |\n\nT\n: u\n\n```\nv  w\n```\n")
	want := "Kop een\nEen woord & code en *ster*.\na\nb\nc d\ne f\nT\nu\nv w"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSlug(t *testing.T) {
	for words, want := range map[string]string{
		"Eén beeld, één plan?": "een-beeld-een-plan",
		"'s Ochtends  – wie's": "s-ochtends-wies",
		"Cliënt & OM (2025)":   "client-om-2025",
		"???":                  "",
		"ﬁle":                  "file",
	} {
		if got := Slug(words); got != want {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
}

func TestReferences(t *testing.T) {
	for destination, want := range map[string]string{
		"begrip:a":              "/begrippen/#a",
		"pagina:a-b#c":          "/a-b/#c",
		"#c":                    "#c",
		"https://example.org/x": "https://example.org/x",
		"begrip:a#b":            "",
		"begrip:A":              "",
		"begrip:":               "",
		"#":                     "",
		"https://":              "",
		"http://example.org":    "",
		"mailto:a@example.org":  "",
		"javascript:alert(1)":   "",
		"/begrippen/":           "",
		"//example.org":         "",
		"":                      "",
	} {
		got := ""
		if reference, ok := ParseReference(destination); ok {
			got = reference.Path()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", destination, got, want)
		}
	}
}

// outputTag matches every tag that rendering may make; all else that looks like a tag came from the author.
var outputTag = regexp.MustCompile(`^</?(p|em|strong|del|code|pre|br|hr|ul|ol|li|blockquote|table|thead|tbody|tr|td|dl|dt|dd|h[1-6]|a|th|input)[ />]|^<(p|em|strong|del|code|pre|br|hr|ul|ol|li|blockquote|table|thead|tbody|tr|td|dl|dt|dd)>`)

var outputLink = regexp.MustCompile(`^<a( class="(begrip" data-begrip="[a-z0-9-]+|extern)")? href="(/|#|https://)[^"<>]*">`)

// FuzzProse looks that nothing an author writes breaks out of the HTML, that places lie within the file and point at the
// destination, and that rendering and reading agree about headings.
func FuzzProse(f *testing.F) {
	f.Add("## Kop {norm=\"a b\"}\n\nEen [woord](begrip:x) en ~~weg~~ `code`.\n\n| a | b |\n|---|---|\n| [c](#kop) | d |\n")
	f.Add("- [ ] <b onclick='x'>\n1. ![a](b)\n> [c](<https://a.b/c>)\n\nT\n: u\n")
	f.Add("```\n<script>\n```\n***\n[x](javascript:alert(1))<!-- -->\n")
	f.Add("\t[\\](begrip:a)\x00[a](begrip:\"onload=)\\\n")
	r := NewRenderer(Reference.Path)
	f.Fuzz(func(t *testing.T, markdown string) {
		if len(markdown) > 2000 {
			return
		}
		text := "kop\n" + markdown
		file := source.NewFile("a.md", text)
		var list diag.List
		doc := Parse(file, file.Span(4, len(text)), markdown, &list)
		ids := map[string]bool{}
		for _, h := range doc.Headings {
			if !IsID(h.ID) || ids[h.ID] {
				t.Errorf("%q: heading id %q", markdown, h.ID)
			}
			ids[h.ID] = true
		}
		for _, l := range doc.Links {
			if _, ok := ParseReference(l.Destination); ok {
				if at := text[l.Span.Offset : l.Span.Offset+l.Span.Length]; l.Span.Offset < 4 || unescape([]byte(at)) != l.Destination {
					t.Errorf("%q: the link %q was placed at %q", markdown, l.Destination, at)
				}
			}
		}
		for _, d := range list.Sorted() {
			if d.Span.Offset < 0 || d.Span.Offset+d.Span.Length > len(text) {
				t.Errorf("%q: outside the file: %v", markdown, d)
			}
		}
		for _, html := range []string{r.HTML(markdown), r.Inline(markdown)} {
			for i := range html {
				if html[i] != '<' {
					continue
				}
				if !outputTag.MatchString(html[i:]) || strings.HasPrefix(html[i:], "<a ") && !outputLink.MatchString(html[i:]) {
					t.Errorf("%q: made %q", markdown, html[i:])
				}
			}
		}
		for _, h := range doc.Headings {
			if html := r.HTML(markdown); !strings.Contains(html, fmt.Sprintf(`<h%d id="%s">`, h.Level, h.ID)) {
				t.Errorf("%q: no heading %q in %s", markdown, h.ID, html)
			}
		}
		Plain(markdown)
		ParseInline(file, file.Span(4, len(text)), markdown, &list)
	})
}
