package content

import (
	"handvat/generator/source"
	"handvat/generator/yamldoc"
)

// leftOutFile says which norms nothing names on purpose, and which no rule names.
const leftOutFile = "normen-weggelaten.yaml"

// A LeftOut is an entry of normen-weggelaten.yaml: norms that nothing names, with the reason, or with the norms that say
// the same; or norms that no rule names, with the reason.
type LeftOut struct {
	Span  source.Span
	Norms []yamldoc.Text
	Why   yamldoc.Text
	See   []yamldoc.Text
}

func (r *reader) leftOut(out *Content) {
	top := r.open(leftOutFile)
	if top == nil {
		return
	}
	r.each(top, "weggelaten", "een weggelaten norm", func(f *yamldoc.Fields) {
		l := &LeftOut{Span: f.Span(), Norms: f.Texts("norm"), Why: f.Text("want"), See: f.Texts("zie")}
		if !f.Has("norm") {
			f.Missing("norm")
		}
		out.LeftOut = append(out.LeftOut, l)
	})
	r.each(top, "zonder-regel", "een norm zonder regel", func(f *yamldoc.Fields) {
		l := &LeftOut{Span: f.Span(), Norms: f.Texts("norm"), Why: f.Text("want")}
		for _, key := range []string{"norm", "want"} {
			if !f.Has(key) {
				f.Missing(key)
			}
		}
		out.NoRule = append(out.NoRule, l)
	})
	top.Close()
}
