package wasm

// https://www.w3.org/TR/wasm-core-1/#binary-funcsec
const sectionFunction = 3

func functionSection(functions []function) []byte {
	next := 0
	return section(sectionFunction, vector(functions, func(function) []byte {
		next++
		return unsigned(next - 1)
	}))
}
