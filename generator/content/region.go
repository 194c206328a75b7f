package content

import (
	"strings"

	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// regionFolder holds a folder per region. What a region says stands in regionPage; what it decides stands in a file
// beside it, which package syntax reads.
const (
	regionFolder = "regio/"
	regionPage   = "regio.md"
	regionRules  = "regels.yaml"
)

// A Region is a folder of regio/: who takes part there, how things are called, and where its document and the national
// rules differ.
type Region struct {
	Span     source.Span
	File     *source.File
	ID       yamldoc.Text
	Name     yamldoc.Text
	Short    yamldoc.Text
	Lead     yamldoc.Text
	Document yamldoc.Text // the source this edition rests on
	Names    []LocalName
	Partners []Partner
	Contact  []RegionPoint
	Sending  []RegionPoint
	Tensions []Tension
	Body     yamldoc.Text // Markdown, exactly as it stands in the file
}

// A LocalName is how something is called in the region.
type LocalName struct {
	Span              source.Span
	Name, Phase, Text yamldoc.Text // Text is Markdown
	Cited
}

// A Partner is a kind of organisation with those of the region that are of that kind.
type Partner struct {
	Span        source.Span
	Kind, Party yamldoc.Text
	Members     []yamldoc.Text
	Cited
}

// A RegionPoint is one thing to know or to do.
type RegionPoint struct {
	Span        source.Span
	Title, Text yamldoc.Text // Text is Markdown
	Cited
}

// A Tension is where the region's document says something else than the national rules.
type Tension struct {
	Span               source.Span
	ID, Title, Advice  yamldoc.Text // Advice is Markdown
	Document, National Statement
	Decisions          []yamldoc.Text
}

// regionFile gives what reads a file in the folder of a region, or reports that it is in the wrong place.
func (r *reader) regionFile(name string) func(*reader, *Content) {
	_, base, nested := strings.Cut(name, "/")
	switch {
	case nested && base == regionPage:
		return (*reader).region
	case nested && base == regionRules:
		return nil // of package syntax
	}
	r.list.Addf(r.file.Span(0, 0), "onbekend-bestand", `in %s%s staat per regio een map met %s en, als de regio strengere regels heeft, %s; "%s" hoort daar niet`,
		Root, regionFolder, regionPage, regionRules, name)
	return nil
}

func (r *reader) region(out *Content) {
	f, body := r.front("een regio")
	if f == nil {
		return
	}
	region := &Region{Span: f.Span(), File: r.file, ID: f.Required("regio"), Name: f.Required("naam"), Short: f.Required("kort"),
		Lead: f.Required("lood"), Document: f.Required("document"), Body: body}
	r.each(f, "namen", "een naam", func(g *yamldoc.Fields) {
		region.Names = append(region.Names, LocalName{Span: g.Span(), Name: g.Required("naam"), Phase: g.Text("fase"), Text: g.Required("tekst"), Cited: cited(g)})
	})
	r.each(f, "partners", "een soort partner", func(g *yamldoc.Fields) {
		p := Partner{Span: g.Span(), Kind: g.Required("soort"), Party: g.Text("partij"), Members: g.Texts("wie"), Cited: cited(g)}
		if len(p.Members) == 0 {
			g.Missing("wie")
		}
		region.Partners = append(region.Partners, p)
	})
	point := func(to *[]RegionPoint) func(*yamldoc.Fields) {
		return func(g *yamldoc.Fields) {
			*to = append(*to, RegionPoint{Span: g.Span(), Title: g.Required("titel"), Text: g.Required("tekst"), Cited: cited(g)})
		}
	}
	r.each(f, "contact", "een manier om contact te zoeken", point(&region.Contact))
	r.each(f, "veilig-sturen", "een regel over veilig sturen", point(&region.Sending))
	r.each(f, "spanningen", "een spanning", func(g *yamldoc.Fields) {
		region.Tensions = append(region.Tensions, Tension{Span: g.Span(), ID: g.Required("spanning"), Title: g.Required("titel"),
			Document: r.side(g, "document"), National: r.side(g, "landelijk"), Advice: g.Required("doe"), Decisions: g.Texts("beslissingen")})
	})
	f.Close()
	out.Regions = append(out.Regions, region)
}

// each reads a list of maps.
func (r *reader) each(f *yamldoc.Fields, key, what string, read func(*yamldoc.Fields)) {
	for _, node := range f.List(key) {
		if g := r.item(node, what); g != nil {
			read(g)
			g.Close()
		}
	}
}

// side reads what one side of a tension says.
func (r *reader) side(f *yamldoc.Fields, key string) Statement {
	node := f.Node(key)
	if node == nil {
		f.Required(key) // says whether it is absent or empty
		return Statement{Span: f.Span()}
	}
	g := r.item(node, `"`+key+`" van een spanning`)
	if g == nil {
		return Statement{Span: node.Span}
	}
	s := Statement{Span: g.Span(), Text: g.Required("tekst"), Cited: cited(g)}
	g.Close()
	return s
}
