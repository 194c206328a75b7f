// Package search makes the index in which visitors search.
//
// In: what can be found, each with its words, and situations with their answers. Out: one JSON file: an index of each as
// MiniSearch 7 writes it, so that the script only has to load it, and beside it what a result shows. Words are folded here
// exactly as the script folds what a visitor types; nothing is stemmed: word beginnings, typing tolerance and the glossary's
// synonyms do more for Dutch. The bytes depend on the input alone.
package search

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// An Item can be found.
type Item struct {
	Kind     string    // a label, such as "begrippen"
	Href     string    // from the root of the site, without a leading slash
	Title    string    // what it is called
	Also     []string  // other words for it
	Headings []Heading // parts that can be gone to
	Lead     string    // one or two sentences, shown below the title
	Phase    string    // when it matters, or ""
	Text     string    // everything else that it says
}

// A Heading is a place within an item, by its anchor.
type Heading struct{ ID, Text string }

// Situations can be found by what they are called and by the words of their answers. Many share an answer, so that the index
// has each answer once, and the script finds the situations with it.
type Situations struct {
	Decisions  [][2]string // address, from the root of the site without a leading slash, and title
	Parts      []int       // the places of those whose verdict others use: it is not the whole answer
	Verdicts   [][2]string // class and words
	Answers    []Answer
	Situations []Situation
}

// A Situation has its decision, verdict and answers by their places in Situations.
type Situation struct {
	Name              string
	Decision, Verdict int
	Answers           []int // in the order of the address
}

// An Answer is one "fact=value", or only words that stand for something in the name.
type Answer struct {
	Given string   // "" where it is no answer
	Words []string // by which it is found; none where they say too little
	Shown string   // what a result says of it, or ""
}

// The fields of the indexes, by the place that MiniSearch knows them by, and which of them hold names, in which a compound is
// also found by its end.
var (
	fields          = []string{"titel", "ook", "koppen", "lood", "tekst"}
	situationFields = []string{"geval", "antwoord"}
	names           = []string{"titel", "ook", "geval", "antwoord"}
)

// index is what MiniSearch.loadJS reads.
type index struct {
	DocumentCount        int                       `json:"documentCount"`
	NextID               int                       `json:"nextId"`
	DocumentIDs          map[int]int               `json:"documentIds"`
	FieldIDs             map[string]int            `json:"fieldIds"`
	FieldLength          map[int][]int             `json:"fieldLength"`
	AverageFieldLength   []float64                 `json:"averageFieldLength"`
	StoredFields         map[int]struct{}          `json:"storedFields"`
	DirtCount            int                       `json:"dirtCount"`
	Index                [][2]any                  `json:"index"` // word, then per field how often it stands in which document
	SerializationVersion int                       `json:"serializationVersion"`
	words                map[string]map[int]counts // by word and field
}

type counts map[int]int // by document

// A file is what the script fetches.
type file struct {
	Index      index    `json:"index"`
	Stop       []string `json:"stop"`
	Denials    []string `json:"denials"` // the first is the word that they all are in the index of situations
	Items      [][]any  `json:"items"`   // kind, address, title, lead, phase, and per heading its anchor and text
	Situations *cases   `json:"situations,omitempty"`
}

// cases are the situations; in their index they stand before the answers.
type cases struct {
	Index     index       `json:"index"`
	Decisions [][2]string `json:"decisions"`
	Parts     []int       `json:"parts,omitempty"`
	Verdicts  [][2]string `json:"verdicts"`
	Answers   [][]string  `json:"answers"` // "fact=value", and what is shown of it
	Items     [][]any     `json:"items"`   // name, and the places of decision, verdict and answers
}

// Write makes the file. Items that are equally good are shown in the order in which they come.
func Write(items []Item, situations Situations) ([]byte, error) {
	f := file{Stop: stopWords, Denials: denials}
	var texts [][]string
	for _, it := range items {
		var headings []string
		shown := []any{it.Kind, it.Href, it.Title, it.Lead, it.Phase}
		for _, h := range it.Headings {
			headings = append(headings, h.Text)
			shown = append(shown, h.ID, h.Text)
		}
		f.Items = append(f.Items, shown)
		texts = append(texts, []string{it.Title, strings.Join(it.Also, " "), strings.Join(headings, " "), it.Lead, it.Text})
	}
	known := map[string]bool{}
	for _, text := range slices.Concat(texts...) {
		for _, word := range Words(text) {
			known[word] = true
		}
	}
	f.Index = newIndex(fields, texts, Words, known)
	if len(situations.Situations) > 0 {
		f.Situations = newCases(situations, known)
	}
	return json.Marshal(f)
}

func newCases(s Situations, known map[string]bool) *cases {
	out := &cases{Decisions: s.Decisions, Parts: s.Parts, Verdicts: s.Verdicts}
	var texts [][]string
	for _, x := range s.Situations {
		shown := []any{x.Name, x.Decision, x.Verdict}
		for _, a := range x.Answers {
			shown = append(shown, a)
		}
		out.Items = append(out.Items, shown)
		texts = append(texts, []string{x.Name, ""})
	}
	for _, a := range s.Answers {
		shown := []string{a.Given}
		if a.Shown != "" {
			shown = append(shown, a.Shown)
		}
		out.Answers = append(out.Answers, shown)
		texts = append(texts, []string{"", strings.Join(a.Words, " ")})
	}
	out.Index = newIndex(situationFields, texts, tellingWords, known)
	return out
}

// newIndex indexes documents, each with a text per field and that by its words. known are words of which a compound may be made.
func newIndex(fields []string, texts [][]string, wordsOf func(string) []string, known map[string]bool) index {
	x := index{
		DocumentCount: len(texts), NextID: len(texts), SerializationVersion: 2, DocumentIDs: map[int]int{}, FieldIDs: map[string]int{}, FieldLength: map[int][]int{},
		AverageFieldLength: make([]float64, len(fields)), StoredFields: map[int]struct{}{}, words: map[string]map[int]counts{}}
	for i, name := range fields {
		x.FieldIDs[name] = i
	}
	for i := range texts {
		x.DocumentIDs[i] = i
		for field, text := range texts[i] {
			words := wordsOf(text)
			if slices.Contains(names, fields[field]) {
				for _, word := range words {
					words = append(words, parts(word, known)...)
				}
			}
			x.add(i, field, words)
		}
	}
	x.finish()
	return x
}

func (x *index) add(document, field int, words []string) {
	for _, word := range words {
		if x.words[word] == nil {
			x.words[word] = map[int]counts{}
		}
		if x.words[word][field] == nil {
			x.words[word][field] = counts{}
		}
		x.words[word][field][document]++
	}
	x.FieldLength[document] = append(x.FieldLength[document], len(words))
	x.AverageFieldLength[field] += float64(len(words)) / float64(x.DocumentCount)
}

// finish puts the words in order, and rounds the averages, which differ in their last digit where machines do.
func (x *index) finish() {
	for word, found := range x.words {
		x.Index = append(x.Index, [2]any{word, found})
	}
	slices.SortFunc(x.Index, func(a, b [2]any) int { return strings.Compare(a[0].(string), b[0].(string)) })
	for i, average := range x.AverageFieldLength {
		x.AverageFieldLength[i] = float64(int(average*100+0.5)) / 100
	}
}

// shortest is how many letters a part of a compound has at least.
const shortest = 4

// parts gives the known words that a compound ends in: who types "geheim" looks for "beroepsgeheim" too.
func parts(word string, known map[string]bool) []string {
	for at := shortest; at <= len(word)-shortest; at++ {
		first, last := word[:at], word[at:]
		if known[last] && (known[first] || known[strings.TrimSuffix(first, "s")]) {
			return []string{last}
		}
	}
	return nil
}

// Words gives the words of a text as they stand in the index: folded, and without those that are in every text.
func Words(text string) []string {
	return slices.DeleteFunc(split(text), func(word string) bool { return len(word) < 2 || slices.Contains(stopWords, word) })
}

// tellingWords are the words of a situation, in which it matters that something is not so: that is one word, however it is said.
func tellingWords(text string) []string {
	words := split(text)
	for i, word := range words {
		if slices.Contains(denials, word) {
			words[i] = denials[0]
		}
	}
	return slices.DeleteFunc(words, func(word string) bool {
		return word != denials[0] && (len(word) < 2 || slices.Contains(stopWords, word))
	})
}

func split(text string) []string {
	return strings.FieldsFunc(Fold(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// Fold writes a text in lower case and without accents.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}

// denials say that something is not so. The first stands for all of them.
var denials = strings.Fields("zonder geen niet nooit niemand niets")

// stopWords say nothing about what somebody looks for. Sorted.
var stopWords = strings.Fields(`aan al alle alleen als altijd ander andere anders beide bij bijvoorbeeld ben bent daar daarna daarom dan dat de deze die dit doe doen doet door dus een en er
	ergens geen geldt haar had hebben hebt heeft hem het hier hij hoe hun iedereen iemand iets ik in is ja je jij jou jouw jullie kan kun kunnen kunt maar mag mee meer men met mij mijn moet
	moeten mogen na naar nee niemand niet niets nog nooit nu of om omdat onder ons onze ook op over per soms staat te tegen toch tot uit van vaak veel via voor waar waarom waarop wanneer want
	waren was wat we wel welk welke werd wie wij wil wilt word worden wordt ze zelf zich zie ziet zij zijn zo zoals zonder zou`)
