package tables

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/model"
)

// maxProduct is how many rows the conjunction of alternatives may be multiplied out to. Beyond it, alternatives become a
// stage of their own with a slot that says whether they hold. So no condition an author can write makes the tables
// grow faster than its own length.
const maxProduct = 32

// maxSimplified is how many rows are compared with each other to drop and merge; the work is quadratic in it.
const maxSimplified = 256

// A row is one conjunction: by slot, ascending, the values that do not contradict it. No set is empty or full.
type row []literal

type literal struct {
	slot int
	set  uint64
}

// rowsOf writes a condition as alternatives; none where it never holds, one empty row where it always does.
// A nil condition always holds.
func (b *builder) rowsOf(c model.Cond) []row {
	switch c := c.(type) {
	case nil:
		return []row{nil}
	case model.In:
		return b.literalRows(b.fact(c.Fact), uint64(c.Values))
	case model.Any:
		var rows []row
		for _, part := range inOrder(c) {
			rows = append(rows, b.rowsOf(part)...)
		}
		return b.simplify(rows)
	case model.All:
		rows, alternatives := []row{nil}, [][]row(nil)
		for _, part := range inOrder(c) {
			switch partRows := b.rowsOf(part); len(partRows) {
			case 0:
				return nil
			case 1:
				rows = b.product(rows, partRows)
			default:
				alternatives = append(alternatives, partRows)
			}
		}
		for _, part := range alternatives {
			if len(rows)*len(part) > maxProduct {
				part = b.literalRows(b.holds(part), 1)
			}
			rows = b.product(rows, part)
		}
		return rows
	}
	panic(fmt.Sprintf("BUG: unknown condition %T", c))
}

// inOrder sorts the parts of a condition, so that the order in which an author wrote them changes no byte.
func inOrder(parts []model.Cond) []model.Cond {
	out := slices.Clone(parts)
	slices.SortStableFunc(out, func(x, y model.Cond) int { return strings.Compare(orderKey(x), orderKey(y)) })
	return out
}

// orderKey writes a condition with its parts in order: conditions that say the same have the same key.
func orderKey(c model.Cond) string {
	var parts []model.Cond
	word := "all"
	switch c := c.(type) {
	case model.In:
		return model.CondString(c)
	case model.All:
		parts = c
	case model.Any:
		parts, word = c, "any"
	}
	var keys []string
	for _, part := range parts {
		keys = append(keys, orderKey(part))
	}
	slices.Sort(keys)
	return word + "(" + strings.Join(keys, ",") + ")"
}

func (b *builder) literalRows(slot int, set uint64) []row {
	all := b.program.Slots[slot].All()
	switch set &= all; set {
	case 0:
		return nil
	case all:
		return []row{nil}
	}
	return []row{{{slot, set}}}
}

// product gives the rows that are in both; contradictions are dropped.
func (b *builder) product(left, right []row) []row {
	var rows []row
	for _, l := range left {
		for _, r := range right {
			if both, ok := conjunction(l, r); ok {
				rows = append(rows, both)
			}
		}
	}
	return b.simplify(rows)
}

func conjunction(left, right row) (row, bool) {
	var both row
	for len(left) > 0 && len(right) > 0 {
		switch l, r := left[0], right[0]; {
		case l.slot < r.slot:
			both, left = append(both, l), left[1:]
		case l.slot > r.slot:
			both, right = append(both, r), right[1:]
		case l.set&r.set == 0:
			return nil, false
		default:
			both, left, right = append(both, literal{l.slot, l.set & r.set}), left[1:], right[1:]
		}
	}
	return append(append(both, left...), right...), true
}

// simplify drops rows that another row contains and joins rows that differ in the values of one slot only.
func (b *builder) simplify(rows []row) []row {
	if len(rows) > maxSimplified {
		return rows
	}
	for i := 0; i < len(rows); i++ {
		for j := 0; j < len(rows); j++ {
			if i == j {
				continue
			}
			joined, ok := b.join(rows[i], rows[j])
			if !ok {
				continue
			}
			// The joined row may contain or join with rows that were passed already.
			rows[min(i, j)] = joined
			rows = slices.Delete(rows, max(i, j), max(i, j)+1)
			i = -1
			break
		}
	}
	return rows
}

// join gives one row for two, if there is one that holds exactly where either does.
func (b *builder) join(left, right row) (row, bool) {
	if contains(left, right) {
		return left, true
	}
	if contains(right, left) {
		return right, true
	}
	if len(left) != len(right) {
		return nil, false
	}
	different := -1
	for i := range left {
		if left[i].slot != right[i].slot {
			return nil, false
		}
		if left[i].set != right[i].set {
			if different >= 0 {
				return nil, false
			}
			different = i
		}
	}
	slot, set := left[different].slot, left[different].set|right[different].set
	if set == b.program.Slots[slot].All() {
		return slices.Delete(slices.Clone(left), different, different+1), true
	}
	joined := slices.Clone(left)
	joined[different].set = set
	return joined, true
}

// contains tells whether large holds wherever small does.
func contains(large, small row) bool {
	for _, l := range large {
		i := slices.IndexFunc(small, func(s literal) bool { return s.slot == l.slot })
		if i < 0 || small[i].set&^l.set != 0 {
			return false
		}
	}
	return true
}

// key is the same for the same rows.
func key(rows []row) string {
	var text strings.Builder
	for _, r := range rows {
		for _, l := range r {
			fmt.Fprintf(&text, "%d:%x,", l.slot, l.set)
		}
		text.WriteByte(';')
	}
	return text.String()
}
