package model

import "handvat/generator/source"

// LeftOut says why nothing, or why no rule, names a norm. See is the norms that together say the same; without them Why says
// why the norm stays away.
type LeftOut struct {
	Norm *Norm
	Why  string
	See  []*Norm
	Span source.Span // of the id
}
