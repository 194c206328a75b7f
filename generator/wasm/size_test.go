package wasm_test

import (
	"bytes"
	"testing"

	"github.com/andybalholm/brotli"

	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
	"handvat/generator/wasm"
)

// A decision of 120 rules over 24 facts, evaluator included, stays within what a page can carry along.
func TestSizeOfAModule(t *testing.T) {
	const budget = 2048
	for _, c := range []struct{ rules, facts int }{{1, 2}, {30, 12}, {120, 24}} {
		m := tablestest.Synthetic(c.rules, c.facts)
		module := wasm.Emit(tables.Compile(m, m.Decisions), nil)
		size := compressed(t, module)
		t.Logf("%d rules over %d facts: %d bytes, %d compressed", c.rules, c.facts, len(module), size)
		if size > budget {
			t.Errorf("%d rules over %d facts take %d bytes compressed, more than %d", c.rules, c.facts, size, budget)
		}
	}
}

func compressed(t *testing.T, data []byte) int {
	t.Helper()
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotli.BestCompression)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
