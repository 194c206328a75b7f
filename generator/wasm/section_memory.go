package wasm

// https://www.w3.org/TR/wasm-core-1/#binary-memsec
const (
	sectionMemory = 5
	withMaximum   = 1
	pageSize      = 1 << 16
)

// readsBeyond is how many bytes past a set of rows may be read: sets are read as whole words, and what is too much is
// masked.
const readsBeyond = 8

func memorySection(bytes int) []byte {
	pages := unsigned((bytes + readsBeyond + pageSize - 1) / pageSize)
	content := append([]byte{1, withMaximum}, pages...)
	return section(sectionMemory, append(content, pages...))
}
