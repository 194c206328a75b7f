package language

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

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
	pattern *regexp.Regexp // nil where there are none
	instead map[string]string
}

func avoid(written []*content.Words) *avoided {
	a := &avoided{instead: map[string]string{}}
	var words []string
	for _, w := range written {
		for _, word := range w.Words {
			lower := strings.ToLower(word.Value)
			a.instead[lower] = w.Instead.Value
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
	if len(strings.Fields(t.Value)) <= MaxWords && (c.avoid.pattern == nil || !c.avoid.pattern.MatchString(t.Value)) {
		return // most texts are done here
	}
	in := &raw{file: c.pages.Files[t.Span.File], at: t.Span.Offset}
	for _, sentence := range Sentences(prose.Plain(t.Value)) {
		words := Words(sentence)
		at := in.find(words[:min(3, len(words))])
		if len(words) > MaxWords && !c.spared(sentence) {
			c.warn(at, "lange-zin", `deze zin heeft %d woorden en hoogstens %d leest prettig; knip haar in tweeën: "%s ..."`, len(words), MaxWords, strings.Join(strings.Fields(sentence)[:6], " "))
		}
		if c.avoid.pattern == nil {
			continue
		}
		for _, found := range finds(c.avoid.pattern, sentence) {
			if !c.spared(sentence) {
				words := strings.Fields(sentence[found[0]:found[1]])
				word := strings.Join(words, " ")
				c.warn(in.find(words), "liever-anders", `schrijf liever niet "%s" maar %s`, word, c.avoid.instead[strings.ToLower(word)])
			}
		}
	}
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
}

// find gives the place of words that follow each other, and passes what stands before them. Where they cannot be found
// it is the place that was reached.
func (r *raw) find(words []string) source.Span {
	if r.file == nil {
		return source.Span{}
	}
	var quoted []string
	for _, w := range words {
		quoted = append(quoted, regexp.QuoteMeta(w))
	}
	pattern := regexp.MustCompile(strings.Join(quoted, `(?:\]\([^)]*\))?[^\pL\d]+?`))
	if found := pattern.FindStringIndex(r.file.Text[r.at:]); found != nil {
		start := r.at + found[0]
		r.at = start
		return r.file.Span(start, r.at+found[1]-found[0])
	}
	return r.file.Span(r.at, r.at)
}
