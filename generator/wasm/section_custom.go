package wasm

// https://www.w3.org/TR/wasm-core-1/#binary-customsec
const sectionOfOthers = 0

func customSection(s Section) []byte {
	return section(sectionOfOthers, append(sized(s.Name), s.Data...))
}
