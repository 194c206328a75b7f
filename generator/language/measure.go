// Package language looks at the Dutch of a text: how long its sentences are, how easily it reads, and which words people
// had better not meet.
//
// In: texts, or everything that authors wrote for visitors. Out: figures, and diagnostics that warn. It knows how Dutch is
// split into sentences, words and syllables, and nothing of what a text is about; which words are better left alone stands
// in content/.
package language

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxWords is how many words a sentence may have.
const MaxWords = 25

// Figures are what can be counted in a text.
type Figures struct {
	Sentences, Words, Syllables int
	Long                        int // sentences of more than MaxWords words
}

// Measure counts a text without markup, a paragraph or a list item a line, as prose.Plain gives it.
func Measure(plain string) Figures {
	var f Figures
	for _, sentence := range Sentences(plain) {
		words := Words(sentence)
		f.Sentences++
		f.Words += len(words)
		if len(words) > MaxWords {
			f.Long++
		}
		for _, w := range words {
			f.Syllables += Syllables(w)
		}
	}
	return f
}

// Add counts another text too.
func (f *Figures) Add(o Figures) {
	f.Sentences += o.Sentences
	f.Words += o.Words
	f.Syllables += o.Syllables
	f.Long += o.Long
}

// PerSentence is how many words a sentence has on average.
func (f Figures) PerSentence() float64 { return float64(f.Words) / float64(max(f.Sentences, 1)) }

// Ease is the reading ease of Flesch as W.H. Douma fitted it to Dutch (De leesbaarheid van landbouwbladen, Wageningen
// 1960): 206.84 - 0.77 * syllables per 100 words - 0.93 * words per sentence. Douma calls 60 to 70 normal, 70 to 80 fairly
// easy and 45 to 60 fairly difficult.
func (f Figures) Ease() float64 {
	return 206.84 - 0.77*100*float64(f.Syllables)/float64(max(f.Words, 1)) - 0.93*f.PerSentence()
}

// sentenceEnd is a full stop, question or exclamation mark with what closes behind it and the space before the next.
var sentenceEnd = regexp.MustCompile(`[.!?…]+['"’”)\]]*\s+`)

// shortened are words whose full stop ends no sentence.
var shortened = map[string]bool{"art": true, "bijv": true, "blz": true, "dr": true, "jo": true, "mr": true, "nr": true, "o.a": true, "d.w.z": true}

// Sentences splits a text without markup. A line is at least one sentence; within a line one ends at a full stop, a question
// or an exclamation mark before a space and a capital, a digit or an opening mark. Lines without a word are none.
func Sentences(plain string) []string {
	var out []string
	for line := range strings.SplitSeq(plain, "\n") {
		from := 0
		for _, end := range sentenceEnd.FindAllStringIndex(line, -1) {
			next, _ := utf8.DecodeRuneInString(line[end[1]:])
			before := strings.Fields(line[from:end[0]])
			if unicode.IsLower(next) || len(before) > 0 && shortened[strings.ToLower(strings.TrimLeft(before[len(before)-1], "(["))] {
				continue
			}
			out = keep(out, line[from:end[1]])
			from = end[1]
		}
		out = keep(out, line[from:])
	}
	return out
}

func keep(out []string, sentence string) []string {
	if sentence = strings.TrimSpace(sentence); len(Words(sentence)) > 0 {
		out = append(out, sentence)
	}
	return out
}

// Words splits a sentence at spaces; what has no letter or digit is no word.
func Words(sentence string) []string {
	var out []string
	for _, w := range strings.Fields(sentence) {
		w = strings.TrimFunc(w, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

// vowels is one sound each: the letters that together are one in Dutch, longest first, or a single vowel. A letter with a
// diaeresis begins a sound of its own.
var vowels = regexp.MustCompile(`aai|aau|eeu|ieu|ooi|oei|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyàáâèéêìíîòóôùúûäëïöü]`)

// Syllables counts the syllables of a word by rule: one for each sound that is a vowel. Letters that are read one by one
// (a word with two capitals, or without a vowel) and digits count one each. The rule is off by one in words such as museum
// and team; over a page that does not matter.
func Syllables(word string) int {
	capitals, count := 0, 0
	for _, c := range word {
		if unicode.IsUpper(c) {
			capitals++
		}
		if unicode.IsDigit(c) {
			count++
		}
	}
	for part := range strings.FieldsFuncSeq(word, func(c rune) bool { return !unicode.IsLetter(c) }) {
		sounds := len(vowels.FindAllString(strings.ToLower(part), -1))
		if sounds == 0 || capitals > 1 && strings.ToUpper(part) == part {
			sounds = utf8.RuneCountInString(part)
		}
		count += sounds
	}
	return max(count, 1)
}
