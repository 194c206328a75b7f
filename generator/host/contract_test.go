package host_test

import (
	"bytes"
	"context"
	"math"
	"reflect"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"handvat/generator/host"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
	"handvat/generator/wasm"
)

// Here every promise of the contract in package wasm is held against the module itself, without the host of this
// project in between, which keeps some wrong calls away from it.

// several are programs of more than one decision: that of this project, and others that have all there is.
func several(t testing.TB) map[string]*tables.Program {
	programs := map[string]*tables.Program{}
	for name, m := range map[string]*model.Model{"the project": projecttest.Own(t).Model, "random": tablestest.Random(7), "edges": tablestest.Edges()} {
		programs[name] = tables.Compile(m, m.Decisions)
		if len(programs[name].Decisions) < 2 {
			t.Fatalf("%s has one decision", name)
		}
	}
	return programs
}

// bare is an instance of a module as any host has it.
type bare struct {
	api.Module
	input, output uint32
}

func instantiate(t *testing.T, module []byte) bare {
	t.Helper()
	ctx := context.Background()
	runtime := wazero.NewRuntime(ctx)
	t.Cleanup(func() { runtime.Close(ctx) })
	instance, err := runtime.Instantiate(ctx, module)
	if err != nil {
		t.Fatal(err)
	}
	return bare{instance, uint32(instance.ExportedGlobal(wasm.ExportInput).Get()), uint32(instance.ExportedGlobal(wasm.ExportOutput).Get())}
}

// answer writes answers, as many as there is place for, and calls.
func (b bare) answer(t *testing.T, decision uint32, answers []byte, length uint32) uint32 {
	t.Helper()
	b.Memory().Write(b.input, answers[:min(len(answers), int(b.output-b.input))])
	returned, err := b.ExportedFunction(wasm.ExportAnswer).Call(context.Background(), uint64(decision), uint64(length))
	if err != nil {
		t.Fatalf("answer(%d, %d) with %v: %v", decision, length, answers, err)
	}
	return uint32(returned[0])
}

// found copies the output.
func (b bare) found() []byte {
	data, _ := b.Memory().Read(b.output, b.Memory().Size()-b.output)
	return bytes.Clone(data)
}

func TestRefusals(t *testing.T) {
	for name, p := range several(t) {
		b := instantiate(t, wasm.Emit(p, nil))
		count := uint32(len(p.Decisions))
		for d, e := range p.Decisions {
			decision, questions := uint32(d), uint32(len(e.Inputs))
			open := make([]byte, questions)
			if code := b.answer(t, decision, open, questions); code != 0 {
				t.Fatalf("%s, %s: nothing answered is refused with %d", name, e.ID, code)
			}
			before := b.found()
			refused := func(decision uint32, answers []byte, length, want uint32) {
				t.Helper()
				if code := b.answer(t, decision, answers, length); code != want {
					t.Errorf("%s, %s: answer(%d, %d) with %v gives %d, want %d", name, e.ID, decision, length, answers, code, want)
				}
				if !bytes.Equal(b.found(), before) {
					t.Errorf("%s, %s: answer(%d, %d) refuses and changes the output", name, e.ID, decision, length)
				}
			}
			for _, decision := range []uint32{count, count + 1, math.MaxInt32, 1 << 31, math.MaxUint32} {
				refused(decision, open, questions, 1)
				refused(decision, open, math.MaxUint32, 1)
			}
			for _, length := range []uint32{questions - 1, questions + 1, questions + 1<<16, math.MaxInt32, 1 << 31, math.MaxUint32} {
				refused(decision, open, length, 2)
			}
			for i, slot := range e.Inputs {
				for _, wrong := range []byte{byte(p.Slots[slot].Size()) + 1, 254, 255} {
					answers := bytes.Clone(open)
					answers[i] = wrong
					refused(decision, answers, questions, uint32(3+256*i))
				}
			}
			all := bytes.Repeat([]byte{255}, int(questions))
			refused(decision, all, questions, 3) // the first is told
			if b.answer(t, decision, open, questions) != 0 || !bytes.Equal(b.found(), before) {
				t.Errorf("%s, %s: what was refused shows in the next answer", name, e.ID)
			}
		}
	}
}

// A dependent question that is answered nvt is one that is not answered.
func TestUndefinedCountsAsOpen(t *testing.T) {
	seen := 0
	for name, p := range several(t) {
		loaded := load(t, wasm.Emit(p, nil))
		for d, e := range p.Decisions {
			answers := make([]byte, len(e.Inputs))
			want, err := loaded.Answer(d, answers)
			if err != nil {
				t.Fatal(err)
			}
			for i, slot := range e.Inputs {
				values := p.Slots[slot].Values
				if values[len(values)-1] != model.Undefined {
					continue
				}
				seen++
				answers[i] = byte(len(values))
				if got, err := loaded.Answer(d, answers); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%s, %s: %s answered nvt gives %+v, %v; not answered %+v", name, e.ID, p.Slots[slot].Fact, got, err, want)
				}
				answers[i] = tables.Open
			}
		}
	}
	if seen == 0 {
		t.Error("no question is dependent")
	}
}

// The module asks nothing of its host, and has what the contract names and no more.
func TestModuleIsAloneAndDoesNotGrow(t *testing.T) {
	ctx := context.Background()
	for name, p := range several(t) {
		module := wasm.Emit(p, nil)
		runtime := wazero.NewRuntime(ctx)
		defer runtime.Close(ctx)
		compiled, err := runtime.CompileModule(ctx, module)
		if err != nil {
			t.Fatal(err)
		}
		if len(compiled.ImportedFunctions())+len(compiled.ImportedMemories()) > 0 {
			t.Errorf("%s: the module imports something", name)
		}
		if functions := compiled.ExportedFunctions(); len(functions) != 1 || functions[wasm.ExportAnswer] == nil {
			t.Errorf("%s: the module exports functions %v", name, functions)
		}
		b := instantiate(t, module) // which offers nothing to import
		size := b.Memory().Size()
		if memories := compiled.ExportedMemories(); len(memories) != 1 || memories[wasm.ExportMemory] == nil {
			t.Errorf("%s: the module exports memories %v", name, memories)
		} else if most, limited := memories[wasm.ExportMemory].Max(); !limited || most != memories[wasm.ExportMemory].Min() {
			t.Errorf("%s: the memory may grow from %d to %d pages", name, memories[wasm.ExportMemory].Min(), most)
		}
		if _, grown := b.Memory().Grow(1); grown || b.Memory().Size() != size {
			t.Errorf("%s: the memory grew", name)
		}
		for _, number := range []string{wasm.ExportVersion, wasm.ExportInput, wasm.ExportOutput} {
			if _, variable := b.ExportedGlobal(number).(api.MutableGlobal); variable {
				t.Errorf("%s: %s can be changed", name, number)
			}
		}
		if b.output%8 != 0 {
			t.Errorf("%s: the output is at %d", name, b.output)
		}
	}
}

// A module that was cut off anywhere is refused, or says that it has no answer; it never stops the host.
func TestModulesThatWereCutOff(t *testing.T) {
	p := several(t)["random"]
	module := wasm.Emit(p, nil)
	for size := range module {
		if size%7 != 0 && size < len(module)-20 {
			continue
		}
		loaded, err := host.Load(context.Background(), module[:size])
		if err != nil {
			continue
		}
		if _, err := loaded.Answer(0, make([]byte, len(p.Decisions[0].Inputs))); err == nil {
			t.Errorf("the first %d bytes of a module of %d answer", size, len(module))
		}
		loaded.Close(context.Background())
	}
}
