package wasm

// https://www.w3.org/TR/wasm-core-1/#binary-typesec
const (
	sectionType  = 1
	functionType = 0x60
	typeI32      = 0x7f
	typeI64      = 0x7e
)

// typeSection gives every function a type of its own: types that are the same are rare, and cost a few bytes.
func typeSection(functions []function) []byte {
	return section(sectionType, vector(functions, func(f function) []byte {
		out := append([]byte{functionType}, unsigned(f.parameters)...)
		for range f.parameters {
			out = append(out, typeI32)
		}
		if f.returns == 0 {
			return append(out, 0)
		}
		return append(out, 1, f.returns)
	}))
}
