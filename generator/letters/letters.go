// Package letters knows how wide text is in the site's own font, and breaks it into lines.
//
// A drawing is laid out before a browser sees it, so what stands in it has to be measured here. The font may be missing: what is
// measured leaves room for one that is about as wide.
package letters

import "strings"

// A Font has its letters by how wide they are, in hundredths of the size of the text.
type Font map[rune]int

// The two weights of the site's font.
var (
	Regular = widths(map[int]string{
		16: "'", 21: ",.:;", 24: "`j|’", 25: "i", 27: "lï", 28: " ", 29: "!", 30: `"()`, 31: "f", 32: "[", 33: "t", 34: "]{}", 35: "r", 36: "-", 37: "_", 39: `/I\`,
		40: "“”", 41: "1", 45: "y", 46: "vz", 47: "s", 48: "*?cx", 49: "k", 51: "7J–", 52: "a", 54: "Leuéëü", 55: "2<>F^hno~öó", 56: "Tdg", 57: "EYbpq", 58: "3",
		59: "$59PSV", 60: "6", 61: "+48BRZ", 62: "X", 63: "=AK", 64: "C", 65: "#0", 67: "D…", 68: "w", 69: "GHNU", 71: "O", 72: "Q", 73: "&", 78: "@", 82: "M", 84: "m", 86: "W", 92: "%",
	})
	Bold = widths(map[int]string{
		21: "'", 25: "|", 26: "j", 27: ",.:;’", 29: "`", 30: "!i", 31: " ", 32: "lï", 33: "()", 34: "[]", 36: "f", 37: "-", 38: "rt{}", 39: `"`, 40: "_", 42: "I", 44: `/1\`,
		48: "*", 50: "z", 51: "cs", 52: "y", 53: "v", 54: "7x~–", 55: "?Lak", 56: "Je", 57: "9<>Fhnuéëü", 58: "2^oöó", 59: "+g", 60: "3Ebdpq", 61: "$5=ST", 62: "48Z", 63: "6P",
		64: "BV", 65: "RY", 66: "0CK", 68: "AX", 69: "DU", 70: "H…", 72: "&GN", 74: "w", 75: "O", 76: "#Q", 78: "@", 86: "M", 88: "m", 89: "W", 97: "%",
	})
)

// wide is taken for any other letter.
const wide = 97

func widths(letters map[int]string) Font {
	out := Font{}
	for width, all := range letters {
		for _, letter := range all {
			out[letter] = width
		}
	}
	return out
}

func (f Font) hundredths(text string) (sum int) {
	for _, letter := range text {
		if w, ok := f[letter]; ok {
			sum += w
		} else {
			sum += wide
		}
	}
	return sum
}

// Width gives how wide a line is in pixels, at a size.
func (f Font) Width(line string, size float64) float64 {
	return float64(f.hundredths(line)) * size / 100
}

// Wrap breaks a text into lines that are no wider than a width in pixels, at a size; a word that is wider stands alone.
func (f Font) Wrap(text string, size float64, width int) []string {
	most := int(float64(width)/size*100) * 24 / 25 // a browser without the font takes one that is about as wide
	var lines []string
	for _, word := range strings.Fields(text) {
		if last := len(lines) - 1; last >= 0 && f.hundredths(lines[last]+" "+word) <= most {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}
