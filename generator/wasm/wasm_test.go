package wasm_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
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
			return wasm.Emit(p, nil)
		}
		if !bytes.Equal(emit(false), emit(true)) {
			t.Fatalf("seed %d: the order of decisions changes the module", seed)
		}
	}
}

// Those who run the module elsewhere are given the contract, and nothing about this project.
func TestContractIsMarkdown(t *testing.T) {
	contract := string(wasm.Contract())
	if heading := fmt.Sprintf("## Contract, version %d\n", wasm.Version); !strings.HasPrefix(contract, heading) || strings.Count(contract, "#") > 2 {
		t.Errorf("not one section that starts with %q:\n%s", heading, contract)
	}
	for _, name := range []string{wasm.ExportMemory, wasm.ExportVersion, wasm.ExportInput, wasm.ExportOutput, wasm.ExportAnswer, wasm.SectionManifest} {
		if !strings.Contains(contract, name) {
			t.Errorf("nothing about %q:\n%s", name, contract)
		}
	}
}
