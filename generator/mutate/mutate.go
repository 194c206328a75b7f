// Package mutate asks whether the cases and invariants of decisions are strong enough: it changes their rules one place
// at a time and finds the changes that nothing notices.
//
// In: a function that makes the same proved model again and again, so that every worker can change its own. Out: one
// Result per change. A change is noticed where a case or an invariant fails, or where a choice no longer has exactly one
// rule. What nothing notices is either proved to change no answer at all, or comes with the smallest situation in which it
// does. Nothing is sampled: cases are tried with the reference evaluator first because that is fast, but what they do not
// notice is decided by a diagram of the situations that the change can touch. In a decision whose answers are too many that
// is a diagram of verdicts, which shows every outcome and duty.
package mutate

import (
	"runtime"
	"sync"
	"sync/atomic"

	"handvat/generator/model"
	"handvat/generator/source"
)

// A Verdict says what became of a change.
type Verdict int

const (
	Noticed    Verdict = iota
	Equivalent         // no answer changes in any situation; proved
	Reasons            // every outcome and duty stays; rules that count or conditions change, or in a large decision may
	Hole               // outcomes or duties change, and nothing notices
	TooLarge           // no diagram could be made, so this is not known
)

// Verdicts are the Dutch names of the verdicts.
var Verdicts = [...]string{"gezien", "gelijkwaardig", "alleen-redenen", "gat", "te-groot"}

// A Result is one change with its verdict.
type Result struct {
	Owner   string // the decision or derived fact whose rule was changed
	Rule    string
	Span    source.Span // of the rule
	Change  string      // what was changed, in Dutch
	Verdict Verdict
	By      string // Noticed: what noticed it first, such as "geval x", "wet y" or "bewijs"

	// Reasons and Hole: the smallest situation in which an answer changes, of which decision, and both answers. They are
	// empty where it is not known whether a reason changes.
	Decision   string
	Situation  string
	Was, Is    string
	Conditions [2][]string // carried before and after, where these differ
}

// Find tries every change of the decisions and derived facts with these ids, and of the derived facts that such a decision
// rests on; every change there is where no id is given. load makes the model; it is called one at a time, and always gives
// the same.
func Find(load func() *model.Model, of ...string) []Result {
	workers := make([]*worker, runtime.GOMAXPROCS(0))
	for i := range workers {
		workers[i] = newWorker(load(), of...)
	}
	out := make([]Result, len(workers[0].mutants))
	var next atomic.Int64
	var group sync.WaitGroup
	for _, w := range workers {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(out); i = int(next.Add(1)) - 1 {
				out[i] = w.try(w.mutants[i])
			}
		})
	}
	group.Wait()
	return out
}
