package content

import (
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// A Sheet is a file of werkbladen/: what people fill in and take to the table.
type Sheet struct {
	Span      source.Span
	File      *source.File
	ID        yamldoc.Text
	Order     yamldoc.Text
	Title     yamldoc.Text
	Short     yamldoc.Text
	Lead      yamldoc.Text
	Warning   yamldoc.Text // Markdown
	Landscape bool
	Phases    []yamldoc.Text
	Decisions []yamldoc.Text // on whose outcomes the sheet is offered
	Tested    yamldoc.Text   // the decision whose rules the answers are held against
	Fixed     []SheetFixed
	Parts     []SheetPart
	Body      yamldoc.Text // Markdown, exactly as it stands in the file; its headings cite norms
}

// A SheetFixed is an entry of gaat-uit-van: what the sheet takes for granted, in words and as facts.
type SheetFixed struct {
	Span  source.Span
	Text  yamldoc.Text // Markdown
	Facts []Attribute
}

// A SheetPart is an entry of delen: fields, a table of columns with fields, a text with fields in it, or a list to tick off.
type SheetPart struct {
	Span       source.Span
	ID, Title  yamldoc.Text
	Lead       yamldoc.Text // Markdown
	Fields     []SheetField
	Columns    []SheetColumn
	Rows, Most int          // of a table: at first, and at most
	Text       yamldoc.Text // Markdown with {field}
	Checklist  []CheckItem
	Verdict    bool // what the rules say stands below its fields
	OffPaper   bool // it is there to fill in, and not printed
}

// A SheetColumn is an entry of kolommen.
type SheetColumn struct {
	Span    source.Span
	Title   yamldoc.Text
	Fields  []SheetField
	Verdict bool // of each row what the rules say stands here
}

// A SheetField is an entry of velden: to write in, or with something to choose from.
type SheetField struct {
	Span          source.Span
	ID, Name, Say yamldoc.Text // Say is how it is called where it is empty in a text
	Lines, Length int
	Fact          yamldoc.Text // its values are the choice
	From          yamldoc.Text // or the parties or kinds of data are, by an attribute that gives a value of the fact
	By            yamldoc.Text
	Gives         []Attribute
	Differing     []Attribute // by value of the fact: what is said behind the name of one whose attribute differs
	Options       []SheetOption
}

// A SheetOption is an entry of keuzes.
type SheetOption struct {
	Span  source.Span
	Text  yamldoc.Text
	Facts []Attribute
}

func (r *reader) sheet(out *Content) {
	f, body := r.front("een werkblad")
	if f == nil {
		return
	}
	sheet := &Sheet{
		Span:      f.Span(),
		File:      r.file,
		ID:        f.Required("werkblad"),
		Order:     f.Required("volgorde"),
		Title:     f.Required("titel"),
		Short:     f.Required("kort"),
		Lead:      f.Required("lood"),
		Warning:   f.Required("waarschuwing"),
		Landscape: f.Bool("liggend"),
		Phases:    f.Texts("fasen"),
		Decisions: f.Texts("beslissingen"),
		Tested:    f.Text("toets"),
		Body:      body,
	}
	for _, node := range f.List("gaat-uit-van") {
		if g := r.item(node, "een regel van gaat-uit-van"); g != nil {
			sheet.Fixed = append(sheet.Fixed, SheetFixed{Span: g.Span(), Text: g.Required("tekst"), Facts: r.pairs(g, "feiten")})
			g.Close()
		}
	}
	for _, node := range f.List("delen") {
		g := r.item(node, "een deel")
		if g == nil {
			continue
		}
		part := SheetPart{Span: g.Span(), ID: g.Required("deel"), Title: g.Required("titel"), Lead: g.Text("lood"), Fields: r.sheetFields(g), Text: g.Text("tekst"),
			Checklist: r.checklist(g), Verdict: g.Bool("oordeel"), OffPaper: g.Bool("niet-op-papier")}
		for _, column := range g.List("kolommen") {
			if h := r.item(column, "een kolom"); h != nil {
				part.Columns = append(part.Columns, SheetColumn{Span: h.Span(), Title: h.Required("kolom"), Fields: r.sheetFields(h), Verdict: h.Bool("oordeel")})
				h.Close()
			}
		}
		if len(part.Columns) > 0 {
			part.Rows, part.Most = g.Int("rijen"), g.Int("hoogstens")
		}
		g.Close()
		sheet.Parts = append(sheet.Parts, part)
	}
	if !f.Has("delen") {
		f.Missing("delen")
	}
	f.Close()
	out.Sheets = append(out.Sheets, sheet)
}

func (r *reader) sheetFields(f *yamldoc.Fields) []SheetField {
	var out []SheetField
	for _, node := range f.List("velden") {
		g := r.item(node, "een veld")
		if g == nil {
			continue
		}
		field := SheetField{Span: g.Span(), ID: g.Required("veld"), Name: g.Required("naam"), Say: g.Text("leeg"), Lines: g.Int("regels"), Length: g.Int("tekens"),
			Fact: g.Text("feit"), From: g.Text("uit"), By: g.Text("kenmerk"), Gives: r.pairs(g, "geeft"),
			Differing: r.pairs(g, "bij-verschil")}
		for _, option := range g.List("keuzes") {
			if h := r.item(option, "een keuze"); h != nil {
				field.Options = append(field.Options, SheetOption{Span: h.Span(), Text: h.Required("tekst"), Facts: r.pairs(h, "feiten")})
				h.Close()
			}
		}
		g.Close()
		out = append(out, field)
	}
	return out
}

// pairs reads a map of words to words; none where the key is absent.
func (r *reader) pairs(f *yamldoc.Fields, key string) []Attribute {
	node := f.Node(key)
	if node == nil || r.item(node, `"`+key+`"`) == nil {
		return nil
	}
	return r.words(node)
}
