package model

import (
	"slices"
	"strings"
)

// An Answer is what a decision says in one situation. Every evaluator gives the same one.
type Answer struct {
	Outcome int // Permit: the level; Choice: the outcome's index
	Duty    int // index in Duties
	// Counting are the rules that make the answer, sorted by id: for a Permit the deciding grounds (more than one are
	// alternatives) with the limits, requirements and exceptions that count, or, at mag-niet, each closed one; for a
	// Choice the one rule that applies.
	Counting []*Rule
	// Through are the answers of used decisions that come along, sorted by fact: of those that were consulted (the fact is
	// not nvt) and that a counting rule names.
	Through []Through
}

// Through is the answer of a used decision.
type Through struct {
	Fact   *Fact
	Answer Answer
}

// named tells whether a rule names the fact whose answer this is.
func (t Through) named(r *Rule) bool {
	found := false
	FactsOf(r.When, func(f *Fact) { found = found || f == t.Fact })
	return found
}

// Describe writes an answer in one line: outcome, duty, counting rules, and the answers of used decisions. Two answers
// of a decision are the same exactly when their descriptions are.
func (a Answer) Describe(d *Decision) string {
	var b strings.Builder
	if a.Outcome < 0 || a.Outcome >= len(d.Outcomes) {
		b.WriteString("geen enkele uitkomst")
	} else {
		b.WriteString(d.Outcomes[a.Outcome].ID)
	}
	if a.Duty > 0 {
		b.WriteString(" plicht " + Duties[a.Duty])
	}
	for _, r := range a.Counting {
		b.WriteString(" " + r.ID)
	}
	for _, t := range a.Through {
		b.WriteString(" (" + t.Fact.ID + ": " + t.Answer.Describe(t.Fact.Uses) + ")")
	}
	return b.String()
}

// Common keeps what two answers of a decision have in common. Outcome and Duty are -1 where they differ.
func (a Answer) Common(b Answer) Answer {
	out := Answer{Outcome: a.Outcome, Duty: a.Duty}
	if a.Outcome != b.Outcome {
		out.Outcome = -1
	}
	if a.Duty != b.Duty {
		out.Duty = -1
	}
	for _, r := range a.Counting {
		if slices.Contains(b.Counting, r) {
			out.Counting = append(out.Counting, r)
		}
	}
	for _, t := range a.Through {
		for _, u := range b.Through {
			if t.Fact == u.Fact && t.Answer.Outcome == u.Answer.Outcome {
				out.Through = append(out.Through, Through{Fact: t.Fact, Answer: t.Answer.Common(u.Answer)})
			}
		}
	}
	return out
}

// ClosedLocks lists the locks that say no, in the decision's order; more than one can be closed.
func (a Answer) ClosedLocks(d *Decision) []*Lock {
	var out []*Lock
	for _, l := range d.Locks {
		if slices.ContainsFunc(l.Rules, func(r *Rule) bool { return r.Level == Forbidden && slices.Contains(a.Counting, r) }) {
			out = append(out, l)
		}
	}
	return out
}

// Instead lists what is possible where a lock is closed: what its rules say, and for one that is a decision of its own what
// made that refuse. exact says that the answer is one, and not what several have in common: only then does it mean that no
// ground applies where no rule counts.
func (a Answer) Instead(l *Lock, exact bool) []string {
	var out []string
	add := func(text string) {
		if text != "" && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	var refusal func(a Answer, d *Decision)
	rule := func(a Answer, r *Rule) {
		add(r.Alternative)
		if r.Through == nil {
			return
		}
		for _, t := range a.Through {
			if t.Fact == r.Through {
				refusal(t.Answer, t.Fact.Uses)
			}
		}
	}
	refusal = func(a Answer, d *Decision) {
		for _, r := range a.Counting {
			rule(a, r)
		}
		if exact && len(a.Counting) == 0 {
			add(d.NoGround.Alternative)
		}
	}
	for _, r := range a.Counting {
		if slices.Contains(l.Rules, r) {
			rule(a, r)
		}
	}
	return out
}

// ConditionList lists what must be seen to for the answer to hold, each once, those of used decisions included. With
// more than one deciding ground, or more than one exception to a rule, some are alternatives: Counting tells which.
func (a Answer) ConditionList(d *Decision) []*Condition {
	var out []*Condition
	add := func(list []*Condition) {
		for _, c := range list {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	if d.Kind == Choice {
		add(d.Outcomes[a.Outcome].Conditions)
	}
	for _, r := range a.Counting {
		add(r.Conditions)
	}
	if d.Kind == Choice || a.Outcome > Forbidden {
		for _, t := range a.Through {
			if t.Fact.Uses.Kind == Choice || t.Answer.Outcome > Forbidden {
				add(t.Answer.ConditionList(t.Fact.Uses))
			}
		}
	}
	return out
}
