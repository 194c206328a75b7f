package site

import (
	"regexp"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/search"
)

// situations are the cases that visitors find by searching: those of the day for which the site answers, with all their
// answers, under a name that says enough by itself. A verdict on a part of another decision is none: it is not the whole answer.
func (w *writer) situations() search.Situations {
	var out search.Situations
	verdicts, answers := map[verdict]int{}, map[string]int{}
	give := func(key string, make func() search.Answer) int {
		if _, known := answers[key]; !known {
			answers[key] = len(out.Answers)
			out.Answers = append(out.Answers, make())
		}
		return answers[key]
	}
	callings := w.callings()
	for _, d := range w.in.Decisions {
		if w.isPart(d.Decision) {
			continue
		}
		now := slices.DeleteFunc(slices.Clone(d.Decision.Cases), func(c *model.Case) bool { return !w.holdsNow(d.Decision, c) })
		at := -1 // the decision among those with situations
		for _, c := range now {
			if c.OnlyHere || !standsAlone(c, now) {
				continue
			}
			given, leaf := answersOf(d.Walk, c, w.in.Model.Settings.Date)
			if leaf == nil || len(given) == 0 {
				continue
			}
			if at < 0 {
				at = len(out.Decisions)
				out.Decisions = append(out.Decisions, [2]string{strings.TrimPrefix(decisionPage(d.Decision), "/"), d.Decision.Title})
			}
			v := w.verdictOf(d.Decision, leaf.Answer.Outcome)
			if a := leaf.Answer; a.Duty > 0 && d.Decision.Kind == model.Permit && a.Outcome > model.OwnWeighing {
				v.Word = w.label("plicht-" + dutyName(a.Duty)) // as the page of the decision says it
			}
			if _, known := verdicts[v]; !known {
				verdicts[v] = len(out.Verdicts)
				out.Verdicts = append(out.Verdicts, [2]string{v.Class, v.Word})
			}
			made := search.Situation{Name: nowName(c.Name), Decision: at, Verdict: verdicts[v]}
			for _, f := range d.Decision.Questions {
				value, asked := given[f]
				if !asked || f.ValueID(value) == model.Undefined {
					continue
				}
				key := f.ID + "=" + f.ValueID(value)
				made.Answers = append(made.Answers, give(key, func() search.Answer { return w.searchAnswer(f, value, key) }))
			}
			for _, p := range w.in.Model.Parties {
				if slices.ContainsFunc(search.Words(c.Name), func(word string) bool { return callings[word] == p }) {
					made.Answers = append(made.Answers, give(p.ID, func() search.Answer { return search.Answer{Words: append(w.inSentence(p), p.Name)} }))
				}
			}
			out.Situations = append(out.Situations, made)
		}
	}
	return out
}

// isPart tells whether a decision is a lock of another one.
func (w *writer) isPart(d *model.Decision) bool {
	for _, other := range w.in.Decisions {
		for _, l := range other.Decision.Locks {
			if l.Fact != nil && l.Fact.Uses == d {
				return true
			}
		}
	}
	return false
}

// holdsNow tells whether a case plays on a day like that of the site: no rule of its decision differs between them.
func (w *writer) holdsNow(d *model.Decision, c *model.Case) bool {
	for _, f := range d.Questions {
		if f.Kind == model.Date {
			return f.On(c.Date) == w.today(f)
		}
	}
	return true
}

var (
	sameAgain = regexp.MustCompile(`^(Nu: )?(?i:dezelfde|hetzelfde)\b`)
	isNow     = regexp.MustCompile(`^Nu: |, nu$`)
)

// fewestWords is how many words a name has at least that says something to who does not see its decision.
const fewestWords = 4

// standsAlone tells whether the name of a case says enough by itself: it names no other case, does not end in the name of an
// answer between brackets, is no mere catchword, and no other case of its decision has it.
func standsAlone(c *model.Case, all []*model.Case) bool {
	return !sameAgain.MatchString(c.Name) && !strings.Contains(c.Name, "(") && len(strings.Fields(c.Name)) >= fewestWords &&
		!slices.ContainsFunc(all, func(other *model.Case) bool { return other != c && nowName(other.Name) == nowName(c.Name) })
}

// nowName is a name without the words that tell it from an older case: all that is found holds now.
func nowName(name string) string { return capital(isNow.ReplaceAllString(name, "")) }

// callings are the words that only one party has in its name and in what its people call themselves: who types one of them finds
// what is told of that party in another.
func (w *writer) callings() map[string]*model.Entity {
	out := map[string]*model.Entity{}
	for _, p := range w.in.Model.Parties {
		for _, word := range search.Words(strings.Join(append(w.inSentence(p), p.Name), " ")) {
			if other, known := out[word]; known && other != p {
				out[word] = nil
			} else if !known {
				out[word] = p
			}
		}
	}
	return out
}

// searchAnswer is an answer as it is found: by its words, unless its question is one of yes and no. Who it is, what it is about and
// where it plays is shown too.
func (w *writer) searchAnswer(f *model.Fact, value int, key string) search.Answer {
	out := search.Answer{Given: key}
	if value >= len(f.Values) || slices.ContainsFunc(f.Values, func(v model.Value) bool { return yesOrNo.MatchString(v.Label) }) {
		return out
	}
	label := f.Values[value].Label
	out.Words = []string{label}
	switch f.From {
	case "partijen":
		for _, e := range w.in.Model.Parties {
			if e.ID == f.Values[value].ID {
				out.Words = append(append(append(out.Words, e.Short), e.Examples...), w.inSentence(e)...)
			}
		}
	case "gegevens":
		for _, e := range w.in.Model.Kinds {
			if e.ID == f.Values[value].ID {
				out.Words = append(append(out.Words, e.Short), e.Examples...)
			}
		}
	}
	if f.From != "" || w.inPlaces(f) {
		out.Shown = label
	}
	return out
}

var yesOrNo = regexp.MustCompile(`^(Ja|Nee)\b`)

// inPlaces tells whether the sentence of the start page asks a fact as where somebody sits.
func (w *writer) inPlaces(f *model.Fact) bool {
	s := w.in.Model.Sentence
	return s != nil && slices.ContainsFunc(s.Where, func(p *model.Part) bool {
		return slices.ContainsFunc(p.Answers, func(g model.Given) bool { return g.Fact == f })
	})
}
