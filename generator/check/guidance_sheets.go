package check

import (
	"fmt"
	"regexp"
	"slices"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// The room in a field that does not say how much it has, and what fields and tables may have at most: more is not one page
// on paper.
const (
	fieldLength = 80
	mostLength  = 600
	mostRows    = 12
)

// declareSheets makes the sheets; what leans on decisions is filled in later.
func (g *guidance) declareSheets() {
	taken := map[int]source.Span{}
	for _, w := range g.written.Sheets {
		g.sameName(w.ID, w.File, "het werkblad")
		declare(g, &g.sheets, w.ID, "het werkblad", &model.Sheet{
			ID: w.ID.Value, Order: g.order(w.Order, "volgorde", taken), Title: g.plain(w.Title), Short: g.plain(w.Short), Lead: g.plain(w.Lead),
			Warning: g.sentence(w.Warning), Landscape: w.Landscape, Phases: find(g, w.Phases, &g.phases, "onbekende-fase", "de fase"),
			Body: g.body(w.Body, "werkblad:"+w.ID.Value), Span: w.Span,
		})
	}
}

// fillSheets gives sheets what leans on decisions: their parts, and what these are held against.
func (g *guidance) fillSheets(decisions *names[*model.Decision]) {
	for _, w := range g.written.Sheets {
		s := g.sheets.all[w.ID.Value]
		if s == nil || s.Span != w.Span {
			continue
		}
		s.Decisions = find(g, w.Decisions, decisions, "onbekende-beslissing", "de beslissing")
		if !w.Tested.Empty() {
			for _, d := range find(g, []yamldoc.Text{w.Tested}, decisions, "onbekende-beslissing", "de beslissing") {
				s.Tested = d
			}
		}
		f := &sheetFiller{guidance: g, written: w, tested: s.Tested, given: map[int]source.Span{}}
		for _, taken := range w.Fixed {
			answers := f.answers(taken.Facts)
			f.once(answers, taken.Span)
			s.Fixed = append(s.Fixed, model.SheetFixed{Text: g.sentence(taken.Text), Answers: answers})
		}
		var parts names[int]
		for i, p := range w.Parts {
			declare(g, &parts, p.ID, "het deel van dit werkblad", i)
			s.Parts = append(s.Parts, f.part(p))
		}
		for _, p := range w.Parts {
			f.gapsIn(p.Text)
		}
		if s.Tested != nil && f.shown == nil {
			g.list.Addf(w.Tested.Span, "oordeel-plaats", `zet "oordeel: true" bij het deel of de kolom waar staat wat de regels van "%s" zeggen`, s.Tested.ID)
		}
	}
}

// A sheetFiller makes the parts of one sheet.
type sheetFiller struct {
	*guidance
	written *content.Sheet
	tested  *model.Decision // or nil
	fields  names[int]
	given   map[int]source.Span // by question: what answers it
	shown   *source.Span        // where the sheet says what the rules say
}

func (f *sheetFiller) part(w content.SheetPart) model.SheetPart {
	p := model.SheetPart{ID: w.ID.Value, Title: f.plain(w.Title), Lead: f.sentence(w.Lead), Fields: f.all(w.Fields), Text: f.text(w.Text),
		Checklist: f.checklist(w.Checklist), Verdict: w.Verdict, OffPaper: w.OffPaper}
	f.verdict(w.Verdict, w.Span)
	for _, c := range w.Columns {
		p.Columns = append(p.Columns, model.SheetColumn{Title: f.plain(c.Title), Fields: f.all(c.Fields), Verdict: c.Verdict})
		f.verdict(c.Verdict, c.Span)
	}
	if len(p.Columns) > 0 {
		p.Rows, p.Most = max(w.Rows, 1), w.Most
		if p.Most < p.Rows || p.Most > mostRows {
			f.list.Addf(w.Span, "te-veel-rijen", `zeg achter "hoogstens" hoeveel rijen er kunnen zijn: van %d, want zoveel zijn er eerst, tot %d, want het blijft één bladzijde`, p.Rows, mostRows)
		}
	} else if w.Text.Empty() && len(p.Fields)+len(p.Checklist) == 0 {
		f.list.Addf(w.Span, "leeg-deel", `in het deel "%s" staat niets; geef het velden, kolommen, een tekst of een checklist`, w.ID.Value)
	}
	return p
}

// verdict notes where the sheet says what the rules say, which is one place.
func (f *sheetFiller) verdict(here bool, at source.Span) {
	switch {
	case !here:
	case f.written.Tested.Empty() || f.shown != nil:
		f.list.Addf(at, "oordeel-plaats", `"oordeel" hoort op één plaats, en alleen als het werkblad een "toets" heeft`)
	default:
		f.shown = &at
	}
}

func (f *sheetFiller) all(written []content.SheetField) []model.SheetField {
	var out []model.SheetField
	for i, w := range written {
		field := model.SheetField{ID: w.ID.Value, Name: f.plain(w.Name), Say: f.plain(w.Say), Lines: max(w.Lines, 1), Length: w.Length, Options: f.options(w)}
		if field.Length == 0 {
			field.Length = fieldLength
		}
		if field.Length > mostLength {
			f.list.Addf(w.Span, "veld-te-lang", `in het veld "%s" passen hoogstens %d tekens; meer past niet op het blad`, w.ID.Value, mostLength)
		}
		var answers []model.SheetAnswer
		for _, o := range field.Options {
			answers = append(answers, o.Answers...)
		}
		f.once(answers, w.Span)
		declare(f.guidance, &f.fields, w.ID, "het veld van dit werkblad", i)
		out = append(out, field)
	}
	return out
}

// options gives what a field lets choose: the values of a fact, or what a list of parties or kinds of data gives, and what
// is written out.
func (f *sheetFiller) options(w content.SheetField) []model.SheetOption {
	var out []model.SheetOption
	if !w.Fact.Empty() {
		if question := f.question(w.Fact); question >= 0 && !w.From.Empty() {
			out = f.fromList(w, question)
		} else if question >= 0 {
			for v, value := range f.tested.Questions[question].Values {
				out = append(out, model.SheetOption{Text: value.Label, Answers: []model.SheetAnswer{{Question: question, Value: v}}})
			}
		}
	}
	for _, o := range w.Options {
		out = append(out, model.SheetOption{Text: f.plain(o.Text), Answers: f.answers(o.Facts)})
	}
	return out
}

// fromList gives every party or kind of data, with the value of the fact that one of its attributes gives.
func (f *sheetFiller) fromList(w content.SheetField, question int) []model.SheetOption {
	entities, ok := map[string][]*model.Entity{"partijen": f.parties, "gegevens": f.kinds}[w.From.Value]
	if !ok {
		f.list.Addf(w.From.Span, "onbekende-lijst", `achter "uit" hoort partijen of gegevens, niet "%s"`, w.From.Value)
		return nil
	}
	at := slices.IndexFunc(f.attributeSet, func(a *model.Attribute) bool { return a.ID == w.By.Value && a.Of == w.From.Value })
	if at < 0 {
		f.list.Addf(w.Span, "onbekend-kenmerk", `"%s" is geen kenmerk van %s`, w.By.Value, w.From.Value)
		return nil
	}
	attribute := f.attributeSet[at]
	gives := map[string]int{}
	for _, pair := range w.Gives {
		gives[f.attributeValue(attribute, pair.Key)] = f.value(f.tested.Questions[question], pair.Value)
	}
	for _, v := range attribute.Values {
		if _, ok := gives[v.ID]; !ok {
			f.list.Addf(w.Span, "geeft-niet-alles", `"geeft" noemt "%s" niet; noem elke waarde van het kenmerk "%s"`, v.ID, attribute.ID)
		}
	}
	var out []model.SheetOption
	add := func(name string, value int) {
		out = append(out, model.SheetOption{Text: name, Answers: []model.SheetAnswer{{Question: question, Value: value}}})
	}
	for _, e := range entities {
		if v, ok := gives[e.Attributes[attribute.ID]]; ok {
			add(e.Name, v)
			continue
		}
		for _, pair := range w.Differing { // who fills in the sheet knows which it is
			add(e.Name+", "+f.plain(pair.Value), f.value(f.tested.Questions[question], pair.Key))
		}
		if len(w.Differing) == 0 {
			f.list.Addf(w.Span, "geeft-niet-alles", `bij "%s" verschilt het kenmerk "%s"; zeg achter "bij-verschil" wat er dan te kiezen is`, e.ID, attribute.ID)
		}
	}
	return out
}

func (f *sheetFiller) answers(facts []content.Attribute) []model.SheetAnswer {
	var out []model.SheetAnswer
	for _, pair := range facts {
		if question := f.question(pair.Key); question >= 0 {
			out = append(out, model.SheetAnswer{Question: question, Value: f.value(f.tested.Questions[question], pair.Value)})
		}
	}
	slices.SortFunc(out, func(a, b model.SheetAnswer) int { return a.Question - b.Question })
	return out
}

// question finds what the tested decision asks; where it does not ask it that is reported, and -1.
func (f *sheetFiller) question(fact yamldoc.Text) int {
	if f.tested == nil {
		if f.written.Tested.Empty() {
			f.list.Addf(fact.Span, "zonder-toets", `zeg eerst achter "toets" aan welke beslissing dit werkblad zich houdt; pas dan betekent "%s" iets`, fact.Value)
		}
		return -1
	}
	var known []string
	for i, q := range f.tested.Questions {
		if q.Kind == model.Date {
			continue
		}
		if q.ID == fact.Value {
			return i
		}
		known = append(known, q.ID)
	}
	f.list.Addf(fact.Span, "onbekend-feit", `de beslissing "%s" vraagt niet naar "%s"%s`, f.tested.ID, fact.Value, diag.Suggest(fact.Value, known))
	return -1
}

func (f *sheetFiller) value(fact *model.Fact, written yamldoc.Text) int {
	var known []string
	for i, v := range fact.Values {
		if v.ID == written.Value {
			return i
		}
		known = append(known, v.ID)
	}
	f.list.Addf(written.Span, "onbekende-waarde", `"%s" is geen waarde van "%s"%s`, written.Value, fact.ID, diag.Suggest(written.Value, known))
	return 0
}

// once reports a question that is answered in a second place of the sheet: which would count?
func (f *sheetFiller) once(answers []model.SheetAnswer, at source.Span) {
	for _, a := range answers {
		first, taken := f.given[a.Question]
		if !taken {
			f.given[a.Question] = at
		} else if first != at {
			f.list.Add(diag.Diagnostic{Code: "twee-velden", Span: at, Message: fmt.Sprintf(`op "%s" geeft dit werkblad al antwoord; laat één plaats dat doen`, f.tested.Questions[a.Question].ID),
				Notes: []diag.Note{{Span: first, Message: "die staat hier"}}})
			return
		}
	}
}

// gap is where a text has a place for what was filled in.
var gap = regexp.MustCompile(`\{([^{}]*)\}`)

// gapsIn reports a text with a place for a field that the sheet does not have.
func (f *sheetFiller) gapsIn(t yamldoc.Text) {
	for _, found := range gap.FindAllStringSubmatch(t.Value, -1) {
		if _, ok := f.fields.all[found[1]]; !ok {
			f.list.Addf(t.Span, "onbekend-veld", `deze tekst noemt het veld "%s", en dat heeft dit werkblad niet%s`, found[1], diag.Suggest(found[1], f.fields.ids()))
		}
	}
}
