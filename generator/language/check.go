package language

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/prose"
	"handvat/generator/source"
	"handvat/generator/syntax"
	"handvat/generator/yamldoc"
)

// Check warns of sentences of more than MaxWords words, of words that content/taal.yaml would rather not see, and of terms
// of the glossary that a page uses and never links. A sentence that begins as an exception of taal.yaml is spared the first
// two; an exception that spares nothing is warned of too.
func Check(pages *content.Content, decisions *syntax.File, list *diag.List) {
	c := &checker{pages: pages, list: list, avoid: avoid(pages.Words), used: map[*content.Spared]bool{}}
	for _, t := range texts(pages, decisions) {
		c.text(t)
	}
	for _, s := range pages.Spared {
		if !c.used[s] {
			c.warn(s.Start.Span, "uitzondering-te-veel", `geen lange zin en geen zin met een woord van de lijst begint met "%s"; haal deze uitzondering weg`, s.Start.Value)
		}
	}
	c.terms()
}

type checker struct {
	pages *content.Content
	list  *diag.List
	avoid *avoided
	used  map[*content.Spared]bool
}

func (c *checker) warn(at source.Span, code, format string, args ...any) {
	c.list.Add(diag.Diagnostic{Code: code, Span: at, Message: fmt.Sprintf(format, args...), Warning: true})
}

// avoided are the words to avoid, as one pattern, with what to write instead.
type avoided struct {
	pattern *regexp.Regexp  // nil where there are none
	telling map[string]bool // the longest word of each, which few texts have
	instead map[string]string
}

// mayStandIn tells whether a text holds the telling word of any, which is quickly seen.
func (a *avoided) mayStandIn(text string) bool {
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '-' && c != '.' }) {
		if a.telling[strings.ToLower(strings.Trim(word, ".-"))] {
			return true
		}
	}
	return false
}

func avoid(written []*content.Words) *avoided {
	a := &avoided{telling: map[string]bool{}, instead: map[string]string{}}
	var words []string
	for _, w := range written {
		for _, word := range w.Words {
			lower := strings.ToLower(strings.Join(strings.Fields(word.Value), " "))
			a.instead[lower] = w.Instead.Value
			a.telling[slices.MaxFunc(strings.Fields(lower), func(a, b string) int { return len(a) - len(b) })] = true
			words = append(words, spaced(lower))
		}
	}
	if len(words) > 0 {
		a.pattern = wordPattern(words, "")
	}
	return a
}

// spaced makes a pattern of words with any space between them.
func spaced(words string) string {
	return strings.ReplaceAll(regexp.QuoteMeta(strings.Join(strings.Fields(words), " ")), " ", `\s+`)
}

// wordPattern finds whole words with one of these endings; what is found without its ending is its first group. A hyphen
// joins words.
func wordPattern(alternatives []string, endings string) *regexp.Regexp {
	slices.SortFunc(alternatives, func(a, b string) int { return len(b) - len(a) }) // the longest that fits
	return regexp.MustCompile(`(?i)(?:^|[^\pL\d-])(` + strings.Join(alternatives, "|") + `)(?:` + endings + `)(?:$|[^\pL\d-])`)
}

// finds gives where the first group of a pattern is found. The boundary behind one may be that before the next.
func finds(pattern *regexp.Regexp, text string) [][2]int {
	var out [][2]int
	for from := 0; ; {
		found := pattern.FindStringSubmatchIndex(text[from:])
		if found == nil {
			return out
		}
		out = append(out, [2]int{from + found[2], from + found[3]})
		from += found[3]
	}
}

// text looks at the sentences of one text.
func (c *checker) text(t yamldoc.Text) {
	avoids := c.avoid.mayStandIn(t.Value)
	if !avoids && len(strings.Fields(t.Value)) <= MaxWords {
		return // most texts are done here
	}
	sentences := Sentences(prose.Plain(t.Value))
	for i, sentence := range sentences {
		if words := strings.Fields(sentence); len(Words(sentence)) > MaxWords && !c.spared(sentence) {
			c.warn(c.place(t, sentences[:i+1]).span(), "lange-zin", `deze zin heeft %d woorden en hoogstens %d leest prettig; knip haar in tweeën: "%s ..."`,
				len(Words(sentence)), MaxWords, strings.Join(words[:6], " "))
		}
		if !avoids {
			continue
		}
		all := finds(c.avoid.pattern, sentence)
		for at, found := range all {
			if c.spared(sentence) {
				break
			}
			in := c.place(t, sentences[:i+1])
			for k, earlier := range all[:at+1] {
				if k > 0 {
					in.at = in.end
				}
				in.find(strings.Fields(sentence[earlier[0]:earlier[1]]))
			}
			word := strings.Join(strings.Fields(sentence[found[0]:found[1]]), " ")
			c.warn(in.span(), "liever-anders", `schrijf liever niet "%s" maar %s`, word, c.avoid.instead[strings.ToLower(word)])
		}
	}
}

// place finds the last of some sentences with which a text begins, by passing those before it: sentences often begin alike.
func (c *checker) place(t yamldoc.Text, sentences []string) *raw {
	in := &raw{file: c.pages.Files[t.Span.File], at: t.Span.Offset}
	for _, s := range sentences {
		words := Words(s)
		in.find(words[:min(3, len(words))])
	}
	return in
}

func (c *checker) spared(sentence string) bool {
	for _, s := range c.pages.Spared {
		if strings.HasPrefix(sentence, s.Start.Value) {
			c.used[s] = true
			return true
		}
	}
	return false
}

// raw is the words of a text as they stand in its file, where they may be quoted, folded or marked up.
type raw struct {
	file *source.File
	at   int // what was not passed yet; a folded text does not end where its span does
	end  int // of the words found last
}

// find looks for words that follow each other behind those found last. Where they cannot be found it stays where it is.
func (r *raw) find(words []string) {
	if r.file == nil {
		return
	}
	var quoted []string
	for _, w := range words {
		quoted = append(quoted, regexp.QuoteMeta(w))
	}
	pattern := regexp.MustCompile(strings.Join(quoted, `(?:\]\([^)]*\))?[^\pL\d]+?`))
	if found := pattern.FindStringIndex(r.file.Text[r.at:]); found != nil {
		r.at, r.end = r.at+found[0], r.at+found[1]
	}
}

// span is the place of the words found last.
func (r *raw) span() source.Span {
	if r.file == nil {
		return source.Span{}
	}
	return r.file.Span(r.at, max(r.at, r.end))
}
