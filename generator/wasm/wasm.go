package wasm

import "handvat/generator/tables"

// A Section is carried along in the module under its name; the module does nothing with it.
type Section struct {
	Name string
	Data []byte
}

// Carry writes a module that only carries sections along: for what a page fetches apart, in a form hosts know and compress.
func Carry(sections []Section) []byte {
	module := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	for _, s := range sections {
		module = append(module, customSection(s)...)
	}
	return module
}

// Emit writes the module that answers a program, with sections carried along.
//
// It panics where a program is larger than the contract can say: 65535 slots, or rows, columns or guards in one stage.
// The largest file an author may write stays far below that.
func Emit(p *tables.Program, sections []Section) []byte {
	l := layOut(p)
	functions := evaluator(l)

	// https://www.w3.org/TR/wasm-core-1/#binary-module: magic, version, and the sections in this order.
	module := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	for _, s := range sections {
		module = append(module, customSection(s)...)
	}
	module = append(module, typeSection(functions)...)
	module = append(module, functionSection(functions)...)
	module = append(module, memorySection(l.memory)...)
	module = append(module, globalSection(l)...)
	module = append(module, exportSection()...)
	module = append(module, codeSection(functions)...)
	module = append(module, dataSection(l.tables)...)
	return module
}
