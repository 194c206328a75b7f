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
	g := gathering{writer: w, verdicts: map[verdict]int{}, answers: map[string]int{}, callings: w.callings()}
	for _, d := range w.in.Decisions {
		if !w.isPart(d.Decision) {
			g.decision(d)
		}
	}
	return g.found
}

// A gathering are situations in the making, with the places of the verdicts and answers that they have.
type gathering struct {
	*writer
	found    search.Situations
	verdicts map[verdict]int
	answers  map[string]int
	callings map[string]*model.Entity
}

// decision adds the situations of a decision. Those that play on a day like today go before, where no other has the same name; an
// older one, told by the verdict of today, is found where they leave it a name.
func (g *gathering) decision(d Decision) {
	told := toldToday(d.Decision.Cases)
	var now, before []*model.Case
	named := map[string]int{} // how many have a name now
	for _, c := range d.Decision.Cases {
		if g.holdsNow(d.Decision, c) {
			now = append(now, c)
			named[told[c].name]++
		} else if !ofItsDay.MatchString(told[c].name) {
			before = append(before, c)
		}
	}
	for _, c := range now {
		if name := told[c].name; named[name] == 1 && !g.situation(d, c, told[c], true) {
			delete(named, name)
		}
	}
	for _, c := range before {
		if name := told[c].name; named[name] == 0 && g.situation(d, c, told[c], false) {
			named[name]++
		}
	}
}

// situation adds a case with what is answered in it, and tells whether it can be found. The verdict of one that plays now is its own.
func (g *gathering) situation(d Decision, c *model.Case, told tale, now bool) bool {
	if c.OnlyHere || !standsAlone(told.name) {
		return false
	}
	given, leaf := g.answered(d, c)
	if leaf == nil || len(given) == 0 || now && leaf.Answer.Outcome != c.Expect.Outcome {
		return false
	}
	made := search.Situation{Name: told.name, Decision: g.decisionAt(d.Decision), Verdict: g.verdictAt(d.Decision, leaf.Answer)}
	has := func(key string, answer search.Answer) {
		at, known := g.answers[key]
		if !known {
			at = len(g.found.Answers)
			g.answers[key] = at
			g.found.Answers = append(g.found.Answers, answer)
		}
		made.Answers = append(made.Answers, at)
	}
	for _, f := range d.Decision.Questions {
		if value, asked := given[f]; asked && f.ValueID(value) != model.Undefined {
			key := f.ID + "=" + f.ValueID(value)
			has(key, g.searchAnswer(f, value, key))
		}
	}
	has(d.Decision.ID, search.Answer{Words: append([]string{d.Decision.Title, d.Decision.Short}, d.Decision.Also...)})
	if told.story != "" {
		has(told.story, search.Answer{Words: []string{told.story}})
	}
	for _, t := range g.in.Model.Terms {
		if names := append([]string{t.Name}, t.Also...); tells(told.name+" "+told.story, names) {
			has("begrip "+t.ID, search.Answer{Words: names})
		}
	}
	for _, p := range g.in.Model.Parties {
		if slices.ContainsFunc(search.Words(c.Name), func(word string) bool { return g.callings[word] == p }) {
			has(p.ID, search.Answer{Words: append(g.called(p), p.Name)})
		}
	}
	g.found.Situations = append(g.found.Situations, made)
	return true
}

// decisionAt gives the place of a decision among those with situations.
func (g *gathering) decisionAt(d *model.Decision) int {
	known := [2]string{strings.TrimPrefix(decisionPage(d), "/"), d.Title}
	at := slices.Index(g.found.Decisions, known)
	if at < 0 {
		at = len(g.found.Decisions)
		g.found.Decisions = append(g.found.Decisions, known)
		if g.isUsed(d) {
			g.found.Parts = append(g.found.Parts, at)
		}
	}
	return at
}

// verdictAt gives the place of a verdict, in the words of the page of its decision.
func (g *gathering) verdictAt(d *model.Decision, end model.Answer) int {
	v := g.verdictOf(d, end.Outcome)
	if end.Duty > 0 && d.Kind == model.Permit && end.Outcome > model.OwnWeighing {
		v.Word = g.label("plicht-" + dutyName(end.Duty))
	}
	at, known := g.verdicts[v]
	if !known {
		at = len(g.found.Verdicts)
		g.verdicts[v] = at
		g.found.Verdicts = append(g.found.Verdicts, [2]string{v.Class, v.Word})
	}
	return at
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
				out.Words = slices.Concat(out.Words, []string{e.Short}, w.called(e))
			}
		}
	case "gegevens":
		for _, e := range w.in.Model.Kinds {
			if e.ID == f.Values[value].ID {
				out.Words = slices.Concat(out.Words, []string{e.Short}, e.Also, e.Examples)
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
