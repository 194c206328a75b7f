package host_test

import (
	"context"
	"testing"

	"github.com/tetratelabs/wazero"

	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
	"handvat/generator/wasm"
)

// BenchmarkAnswer compares one answer of 120 rules over 24 facts by the tables in Go, by the module, and by the module
// with its output read; everything answered, and with a third of the questions open.
func BenchmarkAnswer(b *testing.B) {
	m := tablestest.Synthetic(120, 24)
	p := tables.Compile(m, m.Decisions)
	module := wasm.Emit(p, nil)
	loaded := load(b, module)

	ctx := context.Background()
	runtime := wazero.NewRuntime(ctx)
	defer runtime.Close(ctx)
	instance, err := runtime.Instantiate(ctx, module)
	if err != nil {
		b.Fatal(err)
	}
	input := uint32(instance.ExportedGlobal(wasm.ExportInput).Get())
	answer := instance.ExportedFunction(wasm.ExportAnswer)

	for _, c := range []struct {
		name string
		open int
	}{{"all", 0}, {"open", 3}} {
		answers := tablestest.Answers(1, m.Decisions[0], c.open)
		b.Run(c.name+"/tables", func(b *testing.B) {
			for b.Loop() {
				p.Answer(0, answers)
			}
		})
		b.Run(c.name+"/module", func(b *testing.B) {
			instance.Memory().Write(input, answers)
			stack := make([]uint64, 2)
			for b.Loop() {
				stack[0], stack[1] = 0, uint64(len(answers))
				answer.CallWithStack(ctx, stack)
			}
		})
		b.Run(c.name+"/host", func(b *testing.B) {
			for b.Loop() {
				loaded.Answer(0, answers)
			}
		})
	}
}
