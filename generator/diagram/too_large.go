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

// A Limit is what there was too much of.
type Limit int

const (
	Nodes   Limit = iota
	Steps         // of work
	Answers       // that are different, or what becomes an answer
)

// A TooLarge is the ErrTooLarge of a decision, with what drives the size.
type TooLarge struct {
	Decision *model.Decision
	Limit    Limit
	Most     int           // that there may be
	Facts    []*model.Fact // those that most nodes test, at most three, most first
	Rule     *model.Rule   // the one that was being taken in, or nil
}

func (e TooLarge) Error() string {
	what := [...]string{"nodes", "steps", "answers"}[e.Limit]
	return fmt.Sprintf("the diagram of %s needs more than %d %s", e.Decision.ID, e.Most, what)
}

// Is makes a TooLarge an ErrTooLarge.
func (e TooLarge) Is(target error) bool { return target == ErrTooLarge }

// bounded calls compute, and gives a TooLarge where that took too much.
func (b *builder) bounded(d *model.Decision, compute func()) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case TooLarge:
			b.stack = nil
			e.Decision = d
			err = e
		default:
			panic(e)
		}
	}()
	compute()
	return nil
}

// tooLarge is what a builder panics with. It looks at the nodes made so far. Facts between two that belong together are
// tested most: the diagram must remember the first until it meets the second.
func (b *builder) tooLarge(limit Limit, most int) TooLarge {
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
	return TooLarge{Limit: limit, Most: most, Facts: facts[:min(3, len(facts))], Rule: b.rule}
}
