package diagram

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"handvat/generator/model"
)

// ErrTooLarge tells that something is too entangled for a diagram.
var ErrTooLarge = errors.New("niet bewezen: te groot")

// A TooLarge is the ErrTooLarge of a decision, with what drives the size.
type TooLarge struct {
	Decision *model.Decision
	Limit    int           // the nodes that were made
	Facts    []*model.Fact // those that most nodes test, at most three, most first
	Rule     *model.Rule   // the one that was being taken in, or nil
}

func (e TooLarge) Error() string {
	return fmt.Sprintf("the diagram of %s needs more than %d nodes", e.Decision.ID, e.Limit)
}

// Is makes a TooLarge an ErrTooLarge.
func (e TooLarge) Is(target error) bool { return target == ErrTooLarge }

// tooLarge is what a builder panics with.
type tooLarge struct {
	facts []*model.Fact
	rule  *model.Rule
}

// tooLarge looks at the nodes made so far. Facts between two that belong together are tested most: the diagram must
// remember the first until it meets the second.
func (b *builder) tooLarge() tooLarge {
	count := make([]int, len(b.vars))
	for _, n := range b.nodes {
		count[n.level]++
	}
	facts := slices.Clone(b.vars)
	slices.SortStableFunc(facts, func(x, y *model.Fact) int {
		if c := count[b.at[y]] - count[b.at[x]]; c != 0 {
			return c
		}
		return strings.Compare(x.ID, y.ID)
	})
	return tooLarge{facts[:min(3, len(facts))], b.rule}
}
