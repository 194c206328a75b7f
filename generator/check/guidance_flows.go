package check

import (
	"handvat/generator/content"
	"handvat/generator/flow"
	"handvat/generator/model"
	"handvat/generator/yamldoc"
)

// flows makes the flows of a phase or a variant, and what they are drawn around. What does not fit in the drawing is the author's
// mistake: a drawing never makes its letters smaller.
func (g *guidance) flows(w *content.Phase) (picture *model.Picture, out []model.Flow) {
	if drawn := w.Picture; drawn != nil {
		picture = &model.Picture{Shape: g.among(drawn.Shape, model.Shapes[:], "onbekend-midden", "midden van een tekening"),
			Name: g.plain(drawn.Name), Text: g.plain(drawn.Text)}
		if !flow.FitsCentre(picture.Name, picture.Text) {
			g.list.Addf(drawn.Name.Span, "past-niet", `"%s" past niet in het midden van de tekening; maak "naam" of "tekst" korter`, picture.Name)
		}
		for side, heading := range [...]yamldoc.Text{drawn.In, drawn.Out, drawn.Past} {
			picture.Headings[side] = g.plain(heading)
			if !flow.FitsHeading(heading.Value) {
				g.list.Addf(heading.Span, "past-niet", `"%s" past niet boven de tekening; houd het op één regel`, heading.Value)
			}
		}
	}
	for _, f := range w.Flows {
		made := model.Flow{From: g.plain(f.From), To: g.plain(f.To), What: g.plain(f.What), Short: g.plain(f.What), Level: g.level(f.Level),
			Proviso: g.plain(f.Proviso), Cited: g.citedIn(f.Cited)}
		if picture != nil {
			made.Side = g.among(f.Side, model.Sides[:], "onbekende-kant", "kant van een tekening")
			short := f.What
			if !f.Short.Empty() {
				short, made.Short = f.Short, g.plain(f.Short)
			}
			if !flow.Fits(short.Value, false) {
				g.list.Addf(short.Span, "past-niet", `"%s" past niet op twee regels van de tekening; zet achter "kort" wat korter is`, short.Value)
			}
			for _, name := range []yamldoc.Text{f.From, f.To} {
				if !flow.Fits(name.Value, true) {
					g.list.Addf(name.Span, "past-niet", `"%s" past niet op twee regels van de tekening; noem het korter`, name.Value)
				}
			}
		}
		out = append(out, made)
	}
	return picture, out
}
