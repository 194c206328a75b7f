package dmn

// The picture of the requirements: input data below, each decision above what it rests on (DMN 1.3, 13). Without it some
// editors show nothing.
type (
	xmlDMNDI struct {
		Diagram xmlDiagram `xml:"dmndi:DMNDiagram"`
	}
	xmlDiagram struct {
		ID     string     `xml:"id,attr"`
		Name   string     `xml:"name,attr"`
		Shapes []xmlShape `xml:"dmndi:DMNShape"`
		Edges  []xmlEdge  `xml:"dmndi:DMNEdge"`
	}
	xmlShape struct {
		ID      string    `xml:"id,attr"`
		Element string    `xml:"dmnElementRef,attr"`
		Bounds  xmlBounds `xml:"dc:Bounds"`
	}
	xmlBounds struct {
		X      int `xml:"x,attr"`
		Y      int `xml:"y,attr"`
		Width  int `xml:"width,attr"`
		Height int `xml:"height,attr"`
	}
	xmlEdge struct {
		ID      string     `xml:"id,attr"`
		Element string     `xml:"dmnElementRef,attr"`
		Points  []xmlPoint `xml:"di:waypoint"`
	}
	xmlPoint struct {
		X int `xml:"x,attr"`
		Y int `xml:"y,attr"`
	}
)

const (
	shapeWidth, shapeHeight = 180, 60
	shapeGap, levelGap      = 30, 90
)

func (g *graph) layout(root *table) xmlDMNDI {
	d := xmlDiagram{ID: "tekening", Name: root.label}
	placed := make([]int, root.level+1) // how many stand at each level
	bounds := map[string]xmlBounds{}
	place := func(element string, level int) {
		b := xmlBounds{placed[level] * (shapeWidth + shapeGap), (root.level - level) * (shapeHeight + levelGap), shapeWidth, shapeHeight}
		placed[level]++
		bounds[element] = b
		d.Shapes = append(d.Shapes, xmlShape{"vorm_" + element, element, b})
	}
	for _, f := range g.inputs {
		place(inputID(g.names.of(f, f.ID)), 0)
	}
	for _, t := range g.tables {
		place(decisionID(t), t.level)
	}
	for _, t := range g.tables {
		to := bounds[decisionID(t)]
		for _, c := range t.columns {
			from := bounds[inputID(g.nameOf(c))]
			if c.from != nil {
				from = bounds[decisionID(c.from)]
			}
			element := requirementID(t, g.nameOf(c))
			d.Edges = append(d.Edges, xmlEdge{"lijn_" + element, element, []xmlPoint{{from.X + from.Width/2, from.Y}, {to.X + to.Width/2, to.Y + to.Height}}})
		}
	}
	return xmlDMNDI{d}
}
