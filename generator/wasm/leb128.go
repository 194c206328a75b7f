package wasm

// https://www.w3.org/TR/wasm-core-1/#integers%E2%91%A4

func unsigned(v int) []byte {
	var out []byte
	for ; v >= 0x80; v >>= 7 {
		out = append(out, byte(v)|0x80)
	}
	return append(out, byte(v))
}

func signed(v int64) []byte {
	var out []byte
	for v < -64 || v >= 64 {
		out = append(out, byte(v)|0x80)
		v >>= 7
	}
	return append(out, byte(v)&0x7f)
}

// vector writes a number of things: how many, then each.
// https://www.w3.org/TR/wasm-core-1/#binary-vec
func vector[T any](things []T, write func(T) []byte) []byte {
	out := unsigned(len(things))
	for _, thing := range things {
		out = append(out, write(thing)...)
	}
	return out
}

// sized writes bytes after their number.
func sized[Bytes ~[]byte | ~string](content Bytes) []byte {
	return append(unsigned(len(content)), content...)
}

// section writes the content of the section with a number.
// https://www.w3.org/TR/wasm-core-1/#sections%E2%91%A0
func section(id byte, content []byte) []byte {
	return append([]byte{id}, sized(content)...)
}
