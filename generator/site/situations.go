package site

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/search"
	"handvat/generator/walk"
)

// situations are the cases that visitors find by searching, with all their answers and the verdict of the day for which the site
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
		told := toldToday(d.Decision.Cases)
		at := -1 // the decision among those with situations
		// Those that play on a day like today go before: an older one, told by the verdict of today, is found where they leave it a name.
		now, before := slices.Clone(d.Decision.Cases), slices.Clone(d.Decision.Cases)
		now = slices.DeleteFunc(now, func(c *model.Case) bool { return !w.holdsNow(d.Decision, c) })
		before = slices.DeleteFunc(before, func(c *model.Case) bool { return w.holdsNow(d.Decision, c) || ofItsDay.MatchString(told[c].name) })
		all, taken := slices.Concat(now, before), map[string]bool{}
		for i, c := range all {
			name, story := told[c].name, told[c].story
			same := func(other *model.Case) bool { return other != c && told[other].name == name }
			twice := i < len(now) && slices.ContainsFunc(now, same) || i >= len(now) && taken[name]
			if c.OnlyHere || twice || !standsAlone(name) {
				continue
			}
			given, leaf := w.answered(d, c)
			if leaf == nil || len(given) == 0 || i < len(now) && leaf.Answer.Outcome != c.Expect.Outcome {
				continue
			}
			taken[name] = true
			if at < 0 {
				at = len(out.Decisions)
				if w.isUsed(d.Decision) {
					out.Parts = append(out.Parts, at)
				}
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
			made := search.Situation{Name: name, Decision: at, Verdict: verdicts[v]}
			for _, f := range d.Decision.Questions {
				value, asked := given[f]
				if !asked || f.ValueID(value) == model.Undefined {
					continue
				}
				key := f.ID + "=" + f.ValueID(value)
				made.Answers = append(made.Answers, give(key, func() search.Answer { return w.searchAnswer(f, value, key) }))
			}
			made.Answers = append(made.Answers, give(d.Decision.ID, func() search.Answer { return search.Answer{Words: []string{d.Decision.Title, d.Decision.Short}} }))
			if story != "" {
				made.Answers = append(made.Answers, give(story, func() search.Answer { return search.Answer{Words: []string{story}} }))
			}
			for _, t := range w.in.Model.Terms {
				if names := append([]string{t.Name}, t.Also...); tells(name+" "+story, names) {
					made.Answers = append(made.Answers, give("begrip "+t.ID, func() search.Answer { return search.Answer{Words: names} }))
				}
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

// tells tells whether a text has one of several names in it, from the beginning of a word.
func tells(text string, names []string) bool {
	text = " " + strings.Join(search.Words(text), " ")
	return slices.ContainsFunc(names, func(name string) bool {
		words := search.Words(name)
		return len(words) > 0 && strings.Contains(text, " "+strings.Join(words, " "))
	})
}

// answered gives what is asked on the way of a case today, as answersOf does. What the case leaves open is as it usually is, and
// where only the outcome of another decision is known on the way, that is found by its own questions.
func (w *writer) answered(d Decision, c *model.Case) (map[*model.Fact]int, *walk.Leaf) {
	today := w.in.Model.Settings.Date
	given, leaf := answersOf(d.Walk, c, today)
	if leaf != nil {
		return given, leaf
	}
	full := *c
	full.Answers = map[*model.Fact]int{}
	for _, g := range d.Decision.Usual {
		full.Answers[g.Fact] = g.Value
	}
	maps.Copy(full.Answers, c.Answers)
	below := map[*model.Fact]map[*model.Fact]int{}
	for _, f := range d.Decision.Uses {
		for _, used := range w.in.Decisions {
			if used.Decision != f.Uses {
				continue
			}
			if own, end := answersOf(used.Walk, &full, today); end != nil {
				full.Answers[f], below[f] = end.Answer.Outcome, own
			}
		}
	}
	given, leaf = answersOf(d.Walk, &full, today)
	for f, own := range below {
		if _, met := given[f]; met {
			delete(given, f)
			maps.Copy(given, own)
		}
	}
	return given, leaf
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

// isUsed tells whether another decision uses the outcome of one.
func (w *writer) isUsed(d *model.Decision) bool {
	return slices.ContainsFunc(w.in.Decisions, func(other Decision) bool {
		return slices.ContainsFunc(other.Decision.Uses, func(f *model.Fact) bool { return f.Uses == d })
	})
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
	itsDay    = regexp.MustCompile(`^Nu: |, nu$|,? (v[oó][oó]r|sinds|onder) de WGS$`)
	ofItsDay  = regexp.MustCompile(`WGS|\b20\d\d\b|\b(dag|vandaag|toen|eerder|die wet|de meldplicht)\b`)
)

// fewestWords is how many words a name has at least that says something to who does not see its decision.
const fewestWords = 4

// standsAlone tells whether the name of a case says enough by itself: it names no other case, does not end in the name of an
// answer between brackets, is no mere catchword, and has a word by which it is found.
func standsAlone(name string) bool {
	return !sameAgain.MatchString(name) && !strings.Contains(name, "(") && len(strings.Fields(name)) >= fewestWords && len(search.Words(name)) > 0
}

// A tale is how a case is told: its name, without the words that tell of which day it is since all that is found holds now, and
// its story.
type tale struct{ name, story string }

// toldToday gives the tale of each case. One that is called the same as another, now, is told as that one.
func toldToday(cases []*model.Case) map[*model.Case]tale {
	byID := map[string]*model.Case{}
	for _, c := range cases {
		byID[c.ID] = c
	}
	out := map[*model.Case]tale{}
	for _, c := range cases {
		told := tale{c.Name, c.Story}
		if before, now := strings.CutSuffix(c.ID, "-nu"); now && byID[before] != nil {
			told.story = cmp.Or(told.story, byID[before].Story)
			if sameAgain.MatchString(told.name) {
				told.name = byID[before].Name
			}
		}
		told.name = capital(itsDay.ReplaceAllString(told.name, ""))
		out[c] = told
	}
	return out
}

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
	places := w.places(f)
	for _, p := range places {
		if slices.ContainsFunc(p.Answers, func(g model.Given) bool { return g.Fact == f && g.Value == value }) {
			out.Words = append(out.Words, p.Text)
		}
	}
	if f.From != "" || len(places) > 0 {
		out.Shown = label
	}
	return out
}

var yesOrNo = regexp.MustCompile(`^(Ja|Nee)\b`)

// places are the places of which the sentence of the start page tells a fact.
func (w *writer) places(f *model.Fact) []*model.Part {
	if w.in.Model.Sentence == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(w.in.Model.Sentence.Where), func(p *model.Part) bool {
		return !slices.ContainsFunc(p.Answers, func(g model.Given) bool { return g.Fact == f })
	})
}
