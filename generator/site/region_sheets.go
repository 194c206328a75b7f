package site

import (
	"slices"

	"handvat/generator/model"
)

// A regionSheet is a sheet that leans on a decision which a region touches: it is held against the region's rules.
type regionSheet struct {
	*model.Sheet // as it is in the region
	national     *model.Sheet
	touched      *model.Touched
}

func regionSheetHref(r *model.Region, s *model.Sheet) string {
	return regionHref(r) + "meenemen/" + s.ID + "/"
}

// sheetsIn lists the sheets that an edition changes.
func sheetsIn(e *Edition) []regionSheet {
	var out []regionSheet
	for _, s := range e.National.Sheets {
		for _, t := range e.Touched {
			if t.National == s.Tested {
				out = append(out, regionSheet{inRegion(s, t), s, t})
			}
		}
	}
	return out
}

// inRegion makes a sheet of what a region made of the decision it is held against. A choice that contradicts what the region
// answered for everybody is not offered; a field that says nothing more to the rules is not there.
func inRegion(s *model.Sheet, t *model.Touched) *model.Sheet {
	out := *s
	out.Tested, out.Fixed, out.Parts = t.Regional, nil, nil
	for _, f := range s.Fixed {
		if answers, ok := answersIn(t, f.Answers); ok {
			out.Fixed = append(out.Fixed, model.SheetFixed{Text: f.Text, Answers: answers})
		}
	}
	fields := func(all []model.SheetField) (kept []model.SheetField) {
		for _, f := range all {
			said, says := false, false
			options := f.Options
			f.Options = nil
			for _, o := range options {
				answers, ok := answersIn(t, o.Answers)
				said, says = said || len(o.Answers) > 0, says || len(answers) > 0
				if ok {
					f.Options = append(f.Options, model.SheetOption{Text: o.Text, Answers: answers})
				}
			}
			if says || !said {
				kept = append(kept, f)
			}
		}
		return kept
	}
	for _, p := range s.Parts {
		columns := p.Columns
		p.Fields, p.Columns = fields(p.Fields), nil
		for _, c := range columns {
			c.Fields = fields(c.Fields)
			p.Columns = append(p.Columns, c)
		}
		out.Parts = append(out.Parts, p)
	}
	return &out
}

// answersIn gives answers to the questions as the region asks them; not ok where the region answered one of them otherwise.
func answersIn(t *model.Touched, given []model.SheetAnswer) (out []model.SheetAnswer, ok bool) {
	for _, a := range given {
		f := t.National.Questions[a.Question]
		if i := slices.IndexFunc(t.Regional.Questions, func(q *model.Fact) bool { return q.ID == f.ID }); i >= 0 {
			out = append(out, model.SheetAnswer{Question: i, Value: t.Regional.Questions[i].ValueIndex(f.ValueID(a.Value))})
		} else if slices.ContainsFunc(t.Fixed, func(x *model.FixedAnswer) bool { return x.Fact.ID == f.ID && x.Value != a.Value }) {
			return nil, false
		}
	}
	return out, true
}

// regionSheets are the pages of the sheets that an edition changes; own writes the edition.
func (w *writer) regionSheets(own *writer) []page {
	var out []page
	r := own.edition.Region
	for _, s := range sheetsIn(own.edition) {
		p := w.sheet(s.Sheet)
		params := p.Params.(map[string]any)
		var decisions []link
		for _, d := range s.Decisions {
			decisions = append(decisions, link{own.decisionHref(d), d.Title})
		}
		params["test"], params["decisions"], params["trail"] = own.sheetTest(s.Sheet), decisions, own.trail()
		params["region"] = map[string]any{"name": r.Name, "href": regionHref(r), "national": sheetHref(s.national), "fixed": own.fixed(s.touched)}
		p.Title, p.URL = r.Short+": "+p.Title, regionSheetHref(r, s.Sheet)
		out = append(out, p)
	}
	return out
}

// regionSheetCards lists the sheets of an edition for which a place asks.
func (w *writer) regionSheetCards(wanted func(*model.Sheet) bool) []sheetCard {
	var out []sheetCard
	for _, s := range sheetsIn(w.edition) {
		if wanted(s.Sheet) {
			out = append(out, sheetCard{regionSheetHref(w.edition.Region, s.Sheet), s.Title, s.Short})
		}
	}
	return out
}

// sheetInRegions lists, for a national sheet, the regions in which more holds.
func (w *writer) sheetInRegions(s *model.Sheet) []link {
	var out []link
	for i := range w.in.Editions {
		e := &w.in.Editions[i]
		if slices.ContainsFunc(sheetsIn(e), func(r regionSheet) bool { return r.national == s }) {
			out = append(out, link{regionSheetHref(e.Region, s), e.Region.Short})
		}
	}
	return out
}
