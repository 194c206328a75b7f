// Package host runs the WebAssembly module that package wasm emits: on the command line and in tests.
//
// In: the bytes of a module and answers. Out: what the module says, as the same types that package tables gives. A module
// whose contract has another version, or that is not one of ours, is refused before anything is asked of it.
package host

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"handvat/generator/tables"
	"handvat/generator/wasm"
)

// A Module is a module ready to answer. It may be used by several goroutines; they take turns.
type Module struct {
	turn    sync.Mutex
	runtime wazero.Runtime
	answer  api.Function
	memory  api.Memory
	input   uint32
	output  uint32
}

// A VersionError says that a module speaks another version of the contract.
type VersionError struct{ Version uint32 }

func (e *VersionError) Error() string {
	return fmt.Sprintf("the module speaks version %d of the contract, this program version %d", e.Version, wasm.Version)
}

// Load makes a module ready; Close releases it.
func Load(ctx context.Context, module []byte) (*Module, error) {
	m := &Module{runtime: wazero.NewRuntime(ctx)}
	if err := m.load(ctx, module); err != nil {
		return nil, errors.Join(fmt.Errorf("loading a module of decisions: %w", err), m.Close(ctx))
	}
	return m, nil
}

func (m *Module) load(ctx context.Context, module []byte) error {
	instance, err := m.runtime.Instantiate(ctx, module)
	if err != nil {
		return err
	}
	version, err := constant(instance, wasm.ExportVersion)
	if err != nil {
		return err
	}
	if version != wasm.Version {
		return &VersionError{version}
	}
	if m.input, err = constant(instance, wasm.ExportInput); err != nil {
		return err
	}
	if m.output, err = constant(instance, wasm.ExportOutput); err != nil {
		return err
	}
	m.memory, m.answer = instance.ExportedMemory(wasm.ExportMemory), instance.ExportedFunction(wasm.ExportAnswer)
	if m.memory == nil || m.answer == nil {
		return fmt.Errorf("it exports no %s or no %s", wasm.ExportMemory, wasm.ExportAnswer)
	}
	d := m.answer.Definition()
	if len(d.ParamTypes()) != 2 || len(d.ResultTypes()) != 1 {
		return fmt.Errorf("its %s takes %d and gives %d values, not 2 and 1", wasm.ExportAnswer, len(d.ParamTypes()), len(d.ResultTypes()))
	}
	return nil
}

func constant(instance api.Module, name string) (uint32, error) {
	global := instance.ExportedGlobal(name)
	if global == nil || global.Type() != api.ValueTypeI32 {
		return 0, fmt.Errorf("it exports no number %q", name)
	}
	return uint32(global.Get()), nil
}

// Close releases a module.
func (m *Module) Close(ctx context.Context) error { return m.runtime.Close(ctx) }

// Answer asks the module what Program.Answer says. Refused answers give a *tables.InputError.
func (m *Module) Answer(entry int, answers []uint8) (tables.Result, error) {
	if entry < 0 || entry > math.MaxInt32 {
		return tables.Result{}, &tables.InputError{Code: tables.UnknownDecision}
	}
	m.turn.Lock()
	defer m.turn.Unlock()
	// More answers than any decision asks for are not written: the module refuses their number without looking.
	if len(answers) <= int(m.output-m.input) && !m.memory.Write(m.input, answers) {
		return tables.Result{}, errors.New("the module's input is outside its memory")
	}
	// There is nothing to cancel: an answer takes microseconds.
	returned, err := m.answer.Call(context.Background(), uint64(entry), uint64(uint32(min(len(answers), math.MaxInt32))))
	if err != nil {
		return tables.Result{}, fmt.Errorf("running a module of decisions: %w", err)
	}
	if refused := uint32(returned[0]); refused != 0 {
		return tables.Result{}, &tables.InputError{Code: tables.Code(refused), Input: int(refused >> wasm.CodeBits)}
	}
	return m.read()
}

// read takes the result from the output.
func (m *Module) read() (tables.Result, error) {
	r := reader{memory: m.memory, at: m.output}
	stages := r.u32(0)
	r.at += wasm.OutputStages
	if stages == 0 {
		return tables.Result{}, errors.New("the module's output holds nothing")
	}
	var result tables.Result
	for range stages {
		s := tables.StageResult{
			Values: r.u64(wasm.StageValues),
			DutyLo: r.u8(wasm.StageDutyLo),
			DutyHi: r.u8(wasm.StageDutyHi),
			Rows:   int(r.u16(wasm.StageRowCount)),
		}
		r.at += wasm.StageRows
		s.Certain, s.Possible, s.Counting = r.rows(s.Rows), r.rows(s.Rows), r.rows(s.Rows)
		if r.outside {
			return tables.Result{}, errors.New("the module's output is outside its memory")
		}
		result.Stages = append(result.Stages, s)
	}
	return result, nil
}

// A reader reads numbers from a place in memory, and remembers whether one was outside it.
type reader struct {
	memory  api.Memory
	at      uint32
	outside bool
}

func (r *reader) u8(offset uint32) uint8 {
	v, ok := r.memory.ReadByte(r.at + offset)
	r.outside = r.outside || !ok
	return v
}

func (r *reader) u16(offset uint32) uint16 {
	v, ok := r.memory.ReadUint16Le(r.at + offset)
	r.outside = r.outside || !ok
	return v
}

func (r *reader) u32(offset uint32) uint32 {
	v, ok := r.memory.ReadUint32Le(r.at + offset)
	r.outside = r.outside || !ok
	return v
}

func (r *reader) u64(offset uint32) uint64 {
	v, ok := r.memory.ReadUint64Le(r.at + offset)
	r.outside = r.outside || !ok
	return v
}

func (r *reader) rows(rows int) tables.Bits {
	bits := make(tables.Bits, (rows+63)/64)
	for w := range bits {
		bits[w] = r.u64(0)
		r.at += 8
	}
	return bits
}
