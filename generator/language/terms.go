package language

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"handvat/generator/content"
)

// notRunning is what of a running text is no text to link in: headings, links and code. Its group is the words of a link.
var notRunning = regexp.MustCompile("(?m)^#.*$|\\[([^\\]]*)\\]\\([^)]*\\)|`[^`]*`")

// terms warns of the first use of a term on a page that links it nowhere, to whatever explains it. Only its name counts, and
// not where taal.yaml calls it an ordinary word: the words that are also used for it often are.
func (c *checker) terms() {
	if len(c.pages.Terms) == 0 {
		return
	}
	everyday := map[string]bool{}
	for _, id := range c.pages.Everyday {
		everyday[id.Value] = true
		if !slices.ContainsFunc(c.pages.Terms, func(t *content.Term) bool { return t.ID.Value == id.Value }) {
			c.warn(id.Span, "uitzondering-te-veel", `er is geen begrip "%s"; haal het hier weg`, id.Value)
		}
	}
	ids := map[string]string{}
	var names []string
	for _, t := range c.pages.Terms {
		name := strings.ToLower(t.Name.Value)
		ids[name] = t.ID.Value
		names = append(names, spaced(name))
	}
	pattern := wordPattern(names, "|en|n|s")
	idOf := func(words string) string { return ids[strings.ToLower(strings.Join(strings.Fields(words), " "))] }
	for _, b := range bodies(c.pages) {
		text := notRunning.ReplaceAllStringFunc(b.text.Value, func(s string) string { return strings.Repeat(" ", len(s)) })
		done := map[string]bool{} // linked, or warned of
		for _, link := range notRunning.FindAllStringSubmatch(b.text.Value, -1) {
			for _, found := range finds(pattern, link[1]) {
				done[idOf(link[1][found[0]:found[1]])] = true
			}
		}
		for _, found := range finds(pattern, text) {
			start, end := found[0], found[1]
			word := strings.Join(strings.Fields(text[start:end]), " ")
			id := idOf(word)
			if done[id] || everyday[id] || partOfName(text[:start], word) || strings.Contains(b.file.Text, "](begrip:"+id+")") {
				continue
			}
			done[id] = true
			at := b.text.Span.Offset + start
			c.warn(b.file.Span(at, at+end-start), "begrip-zonder-link", `"%s" is een begrip en wordt op deze pagina nergens uitgelegd; schrijf één keer [%s](begrip:%s)`, word, word, id)
		}
	}
}

var lastCapital = regexp.MustCompile(`\p{Lu}[\pL\d-]* $`)

// partOfName tells of a word with a capital right behind another one, as in Autoriteit Persoonsgegevens.
func partOfName(before, word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && lastCapital.MatchString(before)
}
