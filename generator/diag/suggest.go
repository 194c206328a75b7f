package diag

import (
	"sort"
	"strings"
)

// Suggest ends a message about an unknown word: "; bedoel je "x"?" with the nearest known word, or, where nothing
// is near, the first few known words. It says nothing when there is nothing to choose from.
func Suggest(word string, known []string) string {
	known = append([]string(nil), known...)
	sort.Strings(known)
	best, distance := "", len(word)/3+2
	for _, candidate := range known {
		if d := editDistance(word, candidate); d < distance {
			best, distance = candidate, d
		}
	}
	if best != "" {
		return `; bedoel je "` + best + `"?`
	}
	if len(known) == 0 {
		return ""
	}
	if len(known) > 8 {
		return "; kies uit " + strings.Join(known[:8], ", ") + ", ..."
	}
	return "; kies uit " + strings.Join(known, ", ")
}

// editDistance counts the insertions, deletions, replacements and swaps of neighbours that turn a into b
// (optimal string alignment).
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := [3][]int{make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(x); i++ {
		before, above, row := rows[0], rows[1], rows[2]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		rows = [3][]int{above, row, before}
	}
	return rows[1][len(y)]
}
