package wasm_test

import (
	"bytes"
	"slices"
	"testing"

	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
	"handvat/generator/wasm"
)

func TestModuleIsTheSameOnEveryRun(t *testing.T) {
	for seed := range uint64(20) {
		emit := func(reverse bool) []byte {
			m := tablestest.Random(seed)
			if reverse {
				slices.Reverse(m.Decisions)
			}
			p := tables.Compile(m, m.Decisions)
			return wasm.Emit(p, []wasm.Section{wasm.NamesOf(p).Section()})
		}
		if !bytes.Equal(emit(false), emit(true)) {
			t.Fatalf("seed %d: the order of decisions changes the module", seed)
		}
	}
}

func TestNames(t *testing.T) {
	m := tablestest.Synthetic(2, 2)
	section := wasm.NamesOf(tables.Compile(m, m.Decisions)).Section()
	const want = `{"decisions":[{"id":"mag-dit","questions":[` +
		`{"fact":"feit-00","values":["w0","w1","w2","w3"]},{"fact":"feit-01","values":["w0","w1","w2","w3"]}],"stages":[0]}],` +
		`"stages":[{"kind":"permit","of":"mag-dit","values":["mag-niet","eigen-afweging","mag-mits","mag"],"rules":["regel-001"]}]}`
	if section.Name != "handvat.namen" || string(section.Data) != want {
		t.Errorf("section %s: got\n%s\nwant\n%s", section.Name, section.Data, want)
	}
}
