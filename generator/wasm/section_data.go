package wasm

// https://www.w3.org/TR/wasm-core-1/#binary-datasec
const sectionData = 11

// dataSection puts the tables at address 0 of the one memory.
func dataSection(tables []byte) []byte {
	segment := append([]byte{1, 0}, sequence(i32(0), end)...)
	return section(sectionData, append(segment, sized(tables)...))
}
