package letters

import (
	"strings"
	"testing"
)

func TestLinesAreNoWiderThanAsked(t *testing.T) {
	const text = "Eén overleg per keer, met wie er iets aan doet: geheimhoudingsverklaring 日本"
	for _, font := range []Font{Regular, Bold} {
		for width := 40; width <= 700; width += 20 {
			lines := font.Wrap(text, 16, width)
			if strings.Join(lines, " ") != text {
				t.Errorf("%d: the lines are %q", width, lines)
			}
			for i, line := range lines {
				if strings.Contains(line, " ") && font.Width(line, 16) > float64(width) {
					t.Errorf("%d: %q is %.1f wide", width, line, font.Width(line, 16))
				}
				if i > 0 && font.Width(lines[i-1]+" "+strings.Fields(line)[0], 16) < float64(width)*.95 {
					t.Errorf("%d: %q has room for what comes after it", width, lines[i-1])
				}
			}
		}
	}
}
