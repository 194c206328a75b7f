package content

import (
	"path"
	"slices"
	"strings"

	"handvat/generator/diag"
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// Root is the folder this package reads, as the paths of the tree begin.
const Root = "content/"

// folders are the places where a kind of file stands, with what reads it.
var folders = []struct {
	name, extension string
	read            func(*reader, *Content)
}{
	{"fasen", ".md", (*reader).phase},
	{"gegevens", ".md", (*reader).kind},
	{"kennis", ".md", (*reader).topic},
	{"normen", ".yaml", (*reader).register},
	{"paginas", ".md", (*reader).page},
	{"partijen", ".md", (*reader).party},
	{"varianten", ".md", (*reader).variant},
	{"vuistregels", ".md", (*reader).thumbRule},
	{"werkbladen", ".md", (*reader).sheet},
}

// files are the single files that stand in the root folder, with what reads them.
var files = []struct {
	name string
	read func(*reader, *Content)
}{
	{leftOutFile, (*reader).leftOut},
	{languageFile, (*reader).language},
	{"begrippen.yaml", (*reader).terms},
	{"bronnen.yaml", (*reader).sources},
	{"instellingen.yaml", (*reader).settings},
	{"kennis.yaml", (*reader).shelves},
	{"vragen.yaml", (*reader).groups},
	{sentenceFile, (*reader).sentence},
}

// A reader reads one file.
type reader struct {
	file *source.File
	list *diag.List
}

// Parse reads every file of tree below Root. A README.md explains and is skipped.
func Parse(tree *source.Tree, list *diag.List) *Content {
	out := &Content{Files: map[string]*source.File{}}
	for _, file := range tree.Files {
		out.Files[file.Path] = file
		name, ours := strings.CutPrefix(file.Path, Root)
		if !ours || path.Base(name) == "README.md" {
			continue
		}
		r := &reader{file, list}
		if read := r.find(name); read != nil {
			read(r, out)
		}
	}
	return out
}

// find gives what reads a file, or reports that it is in the wrong place.
func (r *reader) find(name string) func(*reader, *Content) {
	start := r.file.Span(0, 0)
	if inRegions, ok := strings.CutPrefix(name, regionFolder); ok {
		return r.regionFile(inRegions)
	}
	folder, base, nested := strings.Cut(name, "/")
	if !nested {
		var known []string
		for _, f := range files {
			if f.name == name {
				return f.read
			}
			known = append(known, f.name)
		}
		r.list.Addf(start, "onbekend-bestand", `het bestand "%s" hoort niet in %s%s`, name, Root, diag.Suggest(name, known))
		return nil
	}
	var known []string
	for _, f := range folders {
		known = append(known, f.name)
		if f.name != folder {
			continue
		}
		if strings.Contains(base, "/") {
			r.list.Addf(start, "onbekend-bestand", `in de map "%s" staan geen mappen; zet dit bestand rechtstreeks in %s%s/`, folder, Root, folder)
			return nil
		}
		if !strings.HasSuffix(base, f.extension) {
			r.list.Addf(start, "onbekend-bestand", `in de map "%s" eindigt elke naam op %s; geef "%s" een andere naam of plaats`, folder, f.extension, base)
			return nil
		}
		return f.read
	}
	r.list.Addf(start, "onbekende-map", `de map "%s" wordt niet gelezen%s`, folder, diag.Suggest(folder, known))
	return nil
}

// front opens the head of a Markdown file, between two lines ---, and gives the text below it. It gives nil where there
// is no such head, or where it is not well-formed.
func (r *reader) front(what string) (*yamldoc.Fields, yamldoc.Text) {
	first, rest, _ := strings.Cut(r.file.Text, "\n")
	if strings.TrimRight(first, " \t") != "---" {
		r.list.Addf(r.file.Span(0, 0), "geen-kop", "%s begint met een kop: een regel ---, de gegevens, en weer een regel ---", what)
		return nil, yamldoc.Text{}
	}
	offset := len(first) + 1
	for line := 2; ; line++ {
		text, next, more := strings.Cut(rest, "\n")
		if strings.TrimRight(text, " \t") == "---" {
			node := yamldoc.ParseLines(r.file, 2, line-1, r.list)
			if node == nil {
				return nil, yamldoc.Text{}
			}
			end := min(offset+len(text)+1, len(r.file.Text))
			return yamldoc.Open(node, what, r.list), yamldoc.Text{Value: r.file.Text[end:], Span: r.file.Span(end, len(r.file.Text))}
		}
		if !more {
			r.list.Addf(r.file.Span(0, len(first)), "geen-kop", "de kop van %s is niet gesloten: zet er een regel --- onder", what)
			return nil, yamldoc.Text{}
		}
		offset += len(text) + 1
		rest = next
	}
}

// open opens a YAML file that is a map, or gives nil where it is not well-formed.
func (r *reader) open(what string) *yamldoc.Fields {
	node := yamldoc.Parse(r.file, r.list)
	if node == nil {
		return nil
	}
	return r.item(node, what)
}

func (r *reader) settings(out *Content) {
	f := r.open("instellingen.yaml")
	if f == nil {
		return
	}
	out.Settings = &Settings{
		Span:    f.Span(),
		Title:   f.Required("titel"),
		Promise: f.Required("belofte"),
		Date:    f.Required("datum"),
		BaseURL: f.Required("basis-url"),
		Contact: f.Text("meldadres"),

		RulesComplete: f.Bool("regels-volledig"),
	}
	f.Close()
}

func (r *reader) sources(out *Content) {
	top := r.open("bronnen.yaml")
	if top == nil {
		return
	}
	for _, node := range top.List("bronnen") {
		f := r.item(node, "een bron")
		if f == nil {
			continue
		}
		out.Sources = append(out.Sources, &Source{
			Span:      f.Span(),
			ID:        f.Required("bron"),
			Short:     f.Required("kort"),
			Title:     f.Required("titel"),
			Kind:      f.Required("soort"),
			Date:      f.Text("datum"),
			For:       f.Required("waarvoor"),
			Overtaken: f.Text("achterhaald"),
			Registers: f.Texts("register"),
			Holds:     f.Node("geldt"),
		})
		f.Close()
	}
	top.Close()
}

func (r *reader) groups(out *Content)  { out.Groups = r.grouped("vragen.yaml", "beslissingen") }
func (r *reader) shelves(out *Content) { out.Shelves = r.grouped("kennis.yaml", "paginas") }

// grouped reads a file with groups. members is the key of what stands in one.
func (r *reader) grouped(file, members string) []*Group {
	top := r.open(file)
	if top == nil {
		return nil
	}
	var out []*Group
	for _, node := range top.List("groepen") {
		f := r.item(node, "een groep")
		if f == nil {
			continue
		}
		out = append(out, &Group{Span: f.Span(), ID: f.Required("groep"), Title: f.Required("titel"), Members: f.Texts(members)})
		if !f.Has(members) {
			f.Missing(members)
		}
		f.Close()
	}
	top.Close()
	return out
}

func (r *reader) terms(out *Content) {
	top := r.open("begrippen.yaml")
	if top == nil {
		return
	}
	for _, node := range top.List("begrippen") {
		f := r.item(node, "een begrip")
		if f == nil {
			continue
		}
		out.Terms = append(out.Terms, &Term{
			Span:    f.Span(),
			ID:      f.Required("begrip"),
			Name:    f.Required("naam"),
			Also:    f.Texts("ook"),
			Meaning: f.Required("betekenis"),
			Cited:   cited(f),
		})
		f.Close()
	}
	top.Close()
}

// keptInRegister are the keys of a norm that this project does not use; they help whoever keeps the register.
var keptInRegister = []string{"knooppunt", "wie", "gegevens", "afgeleid", "geldig-vanaf", "geldig-tot", "zekerheid", "vervangt", "rij", "let-op"}

func (r *reader) register(out *Content) {
	node := yamldoc.Parse(r.file, r.list)
	if node == nil {
		return
	}
	register := &Register{Span: r.file.Span(0, 0), Name: strings.TrimSuffix(path.Base(r.file.Path), ".yaml")}
	out.Registers = append(out.Registers, register)
	if node.Kind == yamldoc.Map && len(node.Pairs) == 0 {
		return // an empty file, or one with comments only
	}
	if node.Kind != yamldoc.List {
		r.list.Addf(node.Span, "geen-lijst", "een normenregister is een lijst: elke norm begint met - id:")
		return
	}
	for _, item := range node.Items {
		f := r.item(item, "een norm")
		if f == nil {
			continue
		}
		register.Norms = append(register.Norms, &Norm{
			Span:        f.Span(),
			ID:          f.Required("id"),
			Text:        f.Required("norm"),
			Place:       f.Required("bron"),
			Kind:        f.Required("soort"),
			Destination: f.Required("heen"),
			Phases:      f.Texts("fase"),
		})
		for _, key := range keptInRegister {
			f.Node(key)
		}
		f.Close()
	}
}

func (r *reader) phase(out *Content) {
	if phase, f := r.process("fase", "een fase"); phase != nil {
		f.Close()
		out.Phases = append(out.Phases, phase)
	}
}

func (r *reader) variant(out *Content) {
	phase, f := r.process("variant", "een variant")
	if phase == nil {
		return
	}
	for _, node := range f.List("stappen") {
		g := r.item(node, "een stap")
		if g == nil {
			continue
		}
		phase.Steps = append(phase.Steps, Step{
			Span: g.Span(), ID: g.Required("stap"), Title: g.Required("titel"), Who: g.Required("wie"), Purpose: g.Required("doel"), Cited: cited(g),
		})
		g.Close()
	}
	if !f.Has("stappen") {
		f.Missing("stappen")
	}
	f.Close()
	out.Variants = append(out.Variants, phase)
}

// process reads what phases and variants have in common, and leaves the rest to the caller.
func (r *reader) process(key, what string) (*Phase, *yamldoc.Fields) {
	f, body := r.front(what)
	if f == nil {
		return nil, nil
	}
	phase := &Phase{
		Span:     f.Span(),
		File:     r.file,
		ID:       f.Required(key),
		Order:    f.Required("volgorde"),
		Title:    f.Required("titel"),
		Question: f.Required("vraag"),
		Present:  f.Required("wie-zit-er"),
		Lead:     f.Required("lood"),
		Body:     body,
	}
	if node := f.Node("kort"); node == nil {
		f.Required("kort") // says whether it is absent or empty
	} else if short := r.item(node, `"kort"`); short != nil {
		phase.Purpose = r.statement(short, "doel")
		phase.Who = r.statement(short, "wie")
		phase.What = r.statement(short, "wat")
		phase.WhatNot = r.statement(short, "niet")
		short.Close()
	}
	r.flows(f, phase)
	for _, node := range f.List("mag-gedeeld") {
		g := r.item(node, "een regel van mag-gedeeld")
		if g == nil {
			continue
		}
		phase.Shared = append(phase.Shared, Shared{
			Span: g.Span(), What: g.Required("wat"), Level: g.Required("oordeel"), Text: g.Text("uitleg"), Cited: cited(g),
		})
		g.Close()
	}
	phase.Checklist = r.checklist(f)
	phase.Decisions = f.Texts("beslissingen")
	phase.ThumbRules = f.Texts("vuistregels")
	phase.Sources = f.Texts("bronnen")
	return phase, f
}

// flows reads stromen, and tekening, which asks of each of them where it stands in the drawing.
func (r *reader) flows(f *yamldoc.Fields, phase *Phase) {
	var picture *yamldoc.Fields
	if node := f.Node("tekening"); node != nil {
		picture = r.item(node, "een tekening")
	}
	if picture != nil {
		phase.Picture = &Picture{Span: picture.Span(), Shape: picture.Required("midden"), Name: picture.Required("naam"), Text: picture.Text("tekst"),
			In: picture.Text("in"), Out: picture.Text("uit"), Past: picture.Text("langs")}
		picture.Close()
	}
	for _, node := range f.List("stromen") {
		g := r.item(node, "een stroom")
		if g == nil {
			continue
		}
		flow := Flow{Span: g.Span(), From: g.Required("van"), To: g.Required("naar"), What: g.Required("wat"),
			Level: g.Required("oordeel"), Proviso: g.Text("mits"), Cited: cited(g)}
		if picture != nil {
			flow.Side, flow.Short = g.Required("kant"), g.Text("kort")
		}
		g.Close()
		phase.Flows = append(phase.Flows, flow)
	}
	if picture == nil {
		return
	}
	for _, side := range []string{"in", "uit", "langs"} {
		if !picture.Has(side) && slices.ContainsFunc(phase.Flows, func(f Flow) bool { return f.Side.Value == side }) {
			picture.Missing(side)
		}
	}
	if len(phase.Flows) == 0 {
		f.Missing("stromen")
	}
}

func (r *reader) checklist(f *yamldoc.Fields) []CheckItem {
	var out []CheckItem
	for _, node := range f.List("checklist") {
		g := r.item(node, "een regel van de checklist")
		if g == nil {
			continue
		}
		out = append(out, CheckItem{
			Span: g.Span(), ID: g.Required("id"), Text: g.Required("tekst"), How: g.Text("toelichting"), Cited: cited(g),
		})
		g.Close()
	}
	return out
}

func (r *reader) statement(f *yamldoc.Fields, key string) Statement {
	node := f.Node(key)
	if node == nil {
		f.Required(key) // says whether it is absent or empty
		return Statement{Span: f.Span()}
	}
	g := r.item(node, `"`+key+`" van kort`)
	if g == nil {
		return Statement{Span: node.Span}
	}
	statement := Statement{Span: g.Span(), Text: g.Required("tekst"), Cited: cited(g)}
	g.Close()
	return statement
}

func (r *reader) party(out *Content) {
	if entity, f := r.entity("partij", "een partij"); entity != nil {
		entity.ToTest = f.Text("te-toetsen")
		f.Close()
		out.Parties = append(out.Parties, entity)
	}
}

func (r *reader) kind(out *Content) {
	if entity, f := r.entity("gegeven", "een gegevenssoort"); entity != nil {
		entity.Examples = f.Texts("voorbeelden")
		if entity.Examples == nil && !f.Has("voorbeelden") {
			f.Required("voorbeelden") // says whether it is absent or empty
		}
		f.Close()
		out.Kinds = append(out.Kinds, entity)
	}
}

// entity reads what parties and kinds of data have in common, and leaves the rest to the caller.
func (r *reader) entity(key, what string) (*Entity, *yamldoc.Fields) {
	f, body := r.front(what)
	if f == nil {
		return nil, nil
	}
	entity := &Entity{
		Span:     f.Span(),
		File:     r.file,
		ID:       f.Required(key),
		Name:     f.Required("naam"),
		Short:    f.Required("kort"),
		Place:    f.Int("plek"),
		Also:     f.Texts("ook"),
		AttrSpan: f.Span(),
		Cited:    cited(f),
		Body:     body,
	}
	node := f.Node("kenmerken")
	if node == nil {
		return entity, f // package check knows whether there are attributes at all
	}
	entity.AttrSpan = node.Span
	if r.item(node, `"kenmerken"`) != nil {
		entity.Attributes = r.words(node)
	}
	return entity, f
}

// words reads a map of words to words.
func (r *reader) words(node *yamldoc.Node) []Attribute {
	var out []Attribute
	for _, pair := range node.Pairs {
		attribute := Attribute{Key: yamldoc.Text{Value: pair.Key, Span: pair.KeySpan}}
		switch pair.Value.Kind {
		case yamldoc.Scalar:
			attribute.Value = yamldoc.Text{Value: strings.TrimSpace(pair.Value.Text), Span: pair.Value.Span}
		case yamldoc.Null:
			r.list.Addf(pair.Value.Span, "lege-waarde", `achter "%s" staat niets; vul het in of haal de regel weg`, pair.Key)
			continue
		default:
			r.list.Addf(pair.Value.Span, "geen-tekst", `achter "%s" hoort één waarde, geen lijst of map`, pair.Key)
			continue
		}
		out = append(out, attribute)
	}
	return out
}

func (r *reader) thumbRule(out *Content) {
	f, body := r.front("een vuistregel")
	if f == nil {
		return
	}
	out.ThumbRules = append(out.ThumbRules, &ThumbRule{
		Span:     f.Span(),
		File:     r.file,
		ID:       f.Required("vuistregel"),
		Number:   f.Required("nummer"),
		Title:    f.Required("titel"),
		Short:    f.Required("kort"),
		Why:      f.Required("waarom"),
		Good:     f.Required("goed"),
		Bad:      f.Required("fout"),
		Attitude: f.Bool("houding"),
		Phases:   f.Texts("geldt"),
		Cited:    cited(f),
		Body:     body,
	})
	f.Close()
}

func (r *reader) topic(out *Content) {
	f, body := r.front("een kennispagina")
	if f == nil {
		return
	}
	topic := &Topic{
		Span:     f.Span(),
		File:     r.file,
		ID:       f.Required("kennis"),
		Title:    f.Required("titel"),
		Lead:     f.Required("lood"),
		Remember: f.Texts("onthoud"),
		Body:     body,
	}
	if !f.Has("onthoud") {
		f.Missing("onthoud")
	}
	for _, node := range f.List("voorbeelden") {
		g := r.item(node, "een voorbeeld")
		if g == nil {
			continue
		}
		topic.Examples = append(topic.Examples, Example{
			Span: g.Span(), Case: g.Text("bij"), Good: g.Required("goed"), Bad: g.Required("fout"), Cited: cited(g),
		})
		g.Close()
	}
	topic.Checklist = r.checklist(f)
	topic.Decisions = f.Texts("beslissingen")
	f.Close()
	out.Topics = append(out.Topics, topic)
}

func (r *reader) page(out *Content) {
	f, body := r.front("een pagina")
	if f == nil {
		return
	}
	out.Pages = append(out.Pages, &Page{
		Span:  f.Span(),
		File:  r.file,
		ID:    f.Required("pagina"),
		Title: f.Required("titel"),
		Lead:  f.Text("lood"),
		Body:  body,
	})
	f.Close()
}

// item opens a map within a file; one that is no map is reported, and gives nil: what it lacks is then not its mistake.
func (r *reader) item(node *yamldoc.Node, what string) *yamldoc.Fields {
	f := yamldoc.Open(node, what, r.list)
	if node.Kind != yamldoc.Map {
		return nil
	}
	return f
}

func cited(f *yamldoc.Fields) Cited {
	return Cited{Norms: f.Texts("norm"), Sources: f.Node("bron")}
}
