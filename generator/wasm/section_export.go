package wasm

// https://www.w3.org/TR/wasm-core-1/#binary-exportsec
const (
	sectionExport  = 7
	exportFunction = 0
	exportMemory   = 2
	exportGlobal   = 3
)

type export struct {
	name  string
	kind  byte
	index int
}

func exportSection() []byte {
	return section(sectionExport, vector([]export{
		{ExportMemory, exportMemory, 0},
		{ExportVersion, exportGlobal, globalVersion},
		{ExportInput, exportGlobal, globalInput},
		{ExportOutput, exportGlobal, globalOutput},
		{ExportAnswer, exportFunction, functionAnswer},
	}, func(e export) []byte {
		return append(append(sized(e.name), e.kind), unsigned(e.index)...)
	}))
}
