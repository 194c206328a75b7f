package dmn

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"handvat/generator/model"
)

// Names of the outputs of a table with two; a table with one has no name for it (DMN 1.3, 8.3.3).
const (
	outputOutcome = "uitkomst"
	outputDuty    = "plicht"
)

// The elements of DMN 1.3 that are used here, in the order of its schema. The library writes no prefixes, so those of
// the diagram are part of the name.
type (
	xmlDefinitions struct {
		XMLName         xml.Name            `xml:"definitions"`
		Model           string              `xml:"xmlns,attr"`
		Interchange     string              `xml:"xmlns:dmndi,attr"`
		Common          string              `xml:"xmlns:dc,attr"`
		Diagram         string              `xml:"xmlns:di,attr"`
		ID              string              `xml:"id,attr"`
		Name            string              `xml:"name,attr"`
		Namespace       string              `xml:"namespace,attr"`
		Exporter        string              `xml:"exporter,attr"`
		Description     string              `xml:"description,omitempty"`
		ItemDefinitions []xmlItemDefinition `xml:"itemDefinition"`
		Inputs          []xmlInputData      `xml:"inputData"`
		Decisions       []xmlDecision       `xml:"decision"`
		DMNDI           xmlDMNDI            `xml:"dmndi:DMNDI"`
	}
	xmlItemDefinition struct {
		ID         string              `xml:"id,attr"`
		Name       string              `xml:"name,attr"`
		TypeRef    string              `xml:"typeRef,omitempty"`
		Allowed    *xmlText            `xml:"allowedValues"`
		Components []xmlItemDefinition `xml:"itemComponent"`
	}
	xmlText struct {
		ID   string `xml:"id,attr,omitempty"`
		Text string `xml:"text"`
	}
	xmlVariable struct {
		ID      string `xml:"id,attr"`
		Name    string `xml:"name,attr"`
		TypeRef string `xml:"typeRef,attr"`
	}
	xmlInputData struct {
		ID          string      `xml:"id,attr"`
		Name        string      `xml:"name,attr"`
		Label       string      `xml:"label,attr,omitempty"`
		Description string      `xml:"description,omitempty"`
		Variable    xmlVariable `xml:"variable"`
	}
	xmlDecision struct {
		ID           string           `xml:"id,attr"`
		Name         string           `xml:"name,attr"`
		Label        string           `xml:"label,attr,omitempty"`
		Description  string           `xml:"description,omitempty"`
		Question     string           `xml:"question,omitempty"`
		Variable     xmlVariable      `xml:"variable"`
		Requirements []xmlRequirement `xml:"informationRequirement"`
		Table        xmlTable         `xml:"decisionTable"`
	}
	xmlRequirement struct {
		ID       string   `xml:"id,attr"`
		Decision *xmlHref `xml:"requiredDecision"`
		Input    *xmlHref `xml:"requiredInput"`
	}
	xmlHref struct {
		Href string `xml:"href,attr"`
	}
	xmlTable struct {
		ID          string          `xml:"id,attr"`
		HitPolicy   string          `xml:"hitPolicy,attr"`
		Inputs      []xmlInput      `xml:"input"`
		Outputs     []xmlOutput     `xml:"output"`
		Annotations []xmlAnnotation `xml:"annotation"`
		Rules       []xmlRule       `xml:"rule"`
	}
	xmlInput struct {
		ID         string        `xml:"id,attr"`
		Label      string        `xml:"label,attr"`
		Expression xmlExpression `xml:"inputExpression"`
		Values     *xmlText      `xml:"inputValues"`
	}
	xmlExpression struct {
		ID      string `xml:"id,attr"`
		TypeRef string `xml:"typeRef,attr"`
		Text    string `xml:"text"`
	}
	xmlOutput struct {
		ID      string  `xml:"id,attr"`
		Name    string  `xml:"name,attr,omitempty"`
		Label   string  `xml:"label,attr,omitempty"`
		TypeRef string  `xml:"typeRef,attr"`
		Values  xmlText `xml:"outputValues"`
	}
	xmlAnnotation struct {
		Name string `xml:"name,attr"`
	}
	xmlRule struct {
		ID          string    `xml:"id,attr"`
		Inputs      []xmlText `xml:"inputEntry"`
		Outputs     []xmlText `xml:"outputEntry"`
		Annotations []xmlText `xml:"annotationEntry"`
	}
)

// document writes the tables that root rests on, and root itself.
func (g *graph) document(root *table) ([]byte, error) {
	doc := xmlDefinitions{
		Model:       "https://www.omg.org/spec/DMN/20191111/MODEL/",
		Interchange: "https://www.omg.org/spec/DMN/20191111/DMNDI/",
		Common:      "http://www.omg.org/spec/DMN/20180521/DC/",
		Diagram:     "http://www.omg.org/spec/DMN/20180521/DI/",
		ID:          "model_" + root.name, Name: root.label, Namespace: g.m.Settings.BaseURL + "dmn/" + root.id,
		Exporter: "Handvat Gegevensdeling",
	}
	for _, f := range g.inputs {
		name := g.names.of(f, f.ID)
		doc.Inputs = append(doc.Inputs, xmlInputData{ID: inputID(name), Name: name, Label: f.Question, Description: describeInput(f),
			Variable: xmlVariable{"variabele_" + name, name, typeOf(f)}})
	}
	for _, t := range g.tables {
		d := xmlDecision{ID: decisionID(t), Name: t.name, Label: t.label, Description: t.about, Question: t.question,
			Variable: xmlVariable{"variabele_" + t.name, t.name, "string"}, Table: t.xml()}
		if t.duty {
			d.Variable.TypeRef = "antwoord_" + t.name
			doc.ItemDefinitions = append(doc.ItemDefinitions, xmlItemDefinition{ID: "type_" + t.name, Name: d.Variable.TypeRef, Components: []xmlItemDefinition{
				{ID: "type_" + t.name + "_" + outputOutcome, Name: outputOutcome, TypeRef: "string", Allowed: &xmlText{Text: quoteAll(t.outcomes)}},
				{ID: "type_" + t.name + "_" + outputDuty, Name: outputDuty, TypeRef: "string", Allowed: &xmlText{Text: quoteAll(model.Duties[:])}},
			}})
		}
		for _, c := range t.columns {
			r := xmlRequirement{ID: requirementID(t, g.nameOf(c))}
			if c.from != nil {
				r.Decision = &xmlHref{"#" + decisionID(c.from)}
			} else {
				r.Input = &xmlHref{"#" + inputID(g.nameOf(c))}
			}
			d.Requirements = append(d.Requirements, r)
		}
		doc.Decisions = append(doc.Decisions, d)
	}
	doc.DMNDI = g.layout(root)
	var out bytes.Buffer
	out.WriteString(xml.Header)
	e := xml.NewEncoder(&out)
	e.Indent("", " ")
	if err := e.Encode(doc); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

func inputID(name string) string { return "gegeven_" + name }
func decisionID(t *table) string { return "beslissing_" + t.name }

func requirementID(t *table, on string) string { return "nodig_" + t.name + "_voor_" + on }

func (g *graph) nameOf(c column) string {
	if c.from != nil {
		return c.from.name
	}
	return g.names.of(c.input, c.input.ID)
}

func typeOf(f *model.Fact) string {
	if f.Kind == model.Date {
		return "date"
	}
	return "string"
}

func (t *table) xml() xmlTable {
	id := func(format string, args ...any) string {
		return fmt.Sprintf("t%d", t.number) + fmt.Sprintf(format, args...)
	}
	out := xmlTable{ID: id("tabel"), HitPolicy: "UNIQUE", Annotations: []xmlAnnotation{{"regels"}, {"soms ook"}, {"want"}, {"bron"}}}
	for i, c := range t.columns {
		in := xmlInput{ID: id("k%d", i+1), Label: c.label, Expression: xmlExpression{id("k%dvraag", i+1), typeOf(c.fact), c.text}}
		if c.fact.Kind != model.Date {
			var values []string
			for _, v := range c.fact.Values {
				values = append(values, v.ID)
			}
			in.Values = &xmlText{id("k%dwaarden", i+1), quoteAll(values)}
			if c.fact.Gate != nil { // where it is not asked it is not there, and DMN wants that said
				in.Values.Text += ",null"
			}
		}
		out.Inputs = append(out.Inputs, in)
	}
	outcome := xmlOutput{ID: id("u1"), Label: t.label, TypeRef: "string", Values: xmlText{id("u1waarden"), quoteAll(t.outcomes)}}
	out.Outputs = []xmlOutput{outcome}
	if t.duty {
		out.Outputs[0].Name = outputOutcome
		out.Outputs = append(out.Outputs, xmlOutput{ID: id("u2"), Name: outputDuty, Label: "Plicht", TypeRef: "string",
			Values: xmlText{id("u2waarden"), quoteAll(model.Duties[:])}})
	}
	for i, r := range t.rows {
		rule := xmlRule{ID: id("r%d", i+1)}
		for j, cell := range r.cells {
			rule.Inputs = append(rule.Inputs, xmlText{id("r%dk%d", i+1, j+1), unaryTests(t.columns[j].fact, cell)})
		}
		rule.Outputs = append(rule.Outputs, xmlText{id("r%du1", i+1), quote(t.outcomes[r.outcome])})
		if t.duty {
			rule.Outputs = append(rule.Outputs, xmlText{id("r%du2", i+1), quote(model.Duties[r.duty])})
		}
		rule.Annotations = []xmlText{{Text: ruleIDs(r.always)}, {Text: ruleIDs(r.partly)}, {Text: reasons(r.always)}, {Text: citations(r.always)}}
		out.Rules = append(out.Rules, rule)
	}
	return out
}
