package wasm

// https://www.w3.org/TR/wasm-core-1/#binary-globalsec
const (
	sectionGlobal = 6
	constant      = 0
	variable      = 1
)

// The globals: the constants of the contract, and what the functions know of the stage that runs.
const (
	globalVersion = iota
	globalInput
	globalOutput
	globalRows  // how many
	globalWords // bytes of a set of rows in the output
)

func globalSection(l layout) []byte {
	type global struct {
		mutability byte
		value      int
	}
	return section(sectionGlobal, vector([]global{
		globalVersion: {constant, Version},
		globalInput:   {constant, l.input},
		globalOutput:  {constant, l.output},
		globalRows:    {variable, 0},
		globalWords:   {variable, 0},
	}, func(g global) []byte {
		return append([]byte{typeI32, g.mutability}, sequence(i32(g.value), end)...)
	}))
}
