package prose

import (
	"strings"
	"unicode/utf8"

	"handvat/generator/source"
)

// places finds for a byte of a text where it stands in the file. A text that YAML quoted, folded or indented differs from
// what is in the file; they are laid side by side, which is done only once something must be placed.
type places struct {
	file  *source.File
	begin source.Span
	text  string
	asked bool
	at    []int // how far from begin each byte of text stands, and its end; nil where that is the same as in text
}

func newPlaces(file *source.File, begin source.Span, text string) *places {
	return &places{file: file, begin: begin, text: text}
}

// span places the bytes from start to stop of the text.
func (p *places) span(start, stop int) source.Span {
	if p.file == nil {
		return p.begin
	}
	offset := min(p.begin.Offset, len(p.file.Text))
	if !p.asked {
		p.asked = true
		if raw := p.file.Text[offset:]; !strings.HasPrefix(raw, p.text) {
			p.at = align(raw, p.text)
		}
	}
	if p.at == nil {
		return p.file.Span(offset+start, offset+stop)
	}
	start = min(max(start, 0), len(p.text))
	stop = min(max(stop, start), len(p.text))
	end := p.at[stop]
	if stop > start { // the end of the last byte, not the start of what follows: quotes and indents stand between
		_, size := utf8.DecodeLastRuneInString(p.text[:stop])
		end = max(p.at[stop-size]+size, p.at[start])
	}
	return p.file.Span(offset+p.at[start], offset+end)
}

// align gives for every byte of text where it stands in raw, which begins with the YAML scalar that text is the value of
// (YAML 1.2.2, chapters 7 and 8). White space in the one answers to white space in the other, an escape to one character.
func align(raw, text string) []int {
	at := make([]int, len(text)+1)
	i := 0
	quote := byte(0)
	switch {
	case raw == "":
	case raw[0] == '"' || raw[0] == '\'':
		quote = raw[0]
		i = 1
	case raw[0] == '|' || raw[0] == '>':
		i = max(0, strings.IndexByte(raw, '\n'))
	}
	for j := 0; j < len(text); {
		if space(text[j]) {
			at[j] = min(i, len(raw))
			if i < len(raw) && space(raw[i]) {
				i++
			} else if quote == '"' && i+1 < len(raw) && raw[i] == '\\' && raw[i+1] != '\n' {
				i += 2
			}
			j++
			continue
		}
		for i < len(raw) && (space(raw[i]) || quote == '"' && strings.HasPrefix(raw[i:], "\\\n")) {
			if raw[i] == '\\' {
				i++
			}
			i++
		}
		_, size := utf8.DecodeRuneInString(text[j:])
		for k := range size {
			at[j+k] = min(i, len(raw))
		}
		j += size
		i += width(raw, i, quote)
	}
	at[len(text)] = min(i, len(raw))
	return at
}

// width gives how many bytes of raw the character at i takes.
func width(raw string, i int, quote byte) int {
	if i >= len(raw) {
		return 0
	}
	switch {
	case quote == '\'' && strings.HasPrefix(raw[i:], "''"):
		return 2
	case quote == '"' && raw[i] == '\\' && i+1 < len(raw):
		switch raw[i+1] {
		case 'x':
			return 4
		case 'u':
			return 6
		case 'U':
			return 10
		}
		return 2
	}
	_, size := utf8.DecodeRuneInString(raw[i:])
	return size
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
