package wasm

// https://www.w3.org/TR/wasm-core-1/#binary-codesec
const sectionCode = 10

// A function takes i32 parameters; its locals after these are first the i32 ones, then the i64 ones.
type function struct {
	parameters int
	returns    byte // a type, or 0 for nothing
	locals32   int
	locals64   int
	body       code
}

func codeSection(functions []function) []byte {
	return section(sectionCode, vector(functions, func(f function) []byte {
		var locals [][]byte
		if f.locals32 > 0 {
			locals = append(locals, append(unsigned(f.locals32), typeI32))
		}
		if f.locals64 > 0 {
			locals = append(locals, append(unsigned(f.locals64), typeI64))
		}
		content := vector(locals, func(l []byte) []byte { return l })
		content = append(content, f.body...)
		return sized(append(content, end...))
	}))
}
