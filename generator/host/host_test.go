package host_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"

	"handvat/generator/eval"
	"handvat/generator/host"
	"handvat/generator/model"
	"handvat/generator/tables"
	"handvat/generator/tables/tablestest"
	"handvat/generator/wasm"
)

// most is how many situations of one decision a test looks at.
const most = 400

func TestModuleMatchesTables(t *testing.T) {
	for seed := range uint64(40) {
		checkAgainstTables(t, seed)
	}
}

func TestModuleMatchesReference(t *testing.T) {
	for seed := range uint64(40) {
		checkAgainstReference(t, seed)
	}
}

// FuzzWasmMatchesReference holds the module against the reference evaluator where everything is answered, and against the
// tables in every way to answer, to leave open and to be refused.
func FuzzWasmMatchesReference(f *testing.F) {
	f.Add(uint64(1))
	f.Add(uint64(3))
	f.Fuzz(func(t *testing.T, seed uint64) {
		checkAgainstReference(t, seed)
		checkAgainstTables(t, seed)
	})
}

func checkAgainstReference(t *testing.T, seed uint64) {
	m, most := tablestest.Checked(seed), most
	if seed%4 == 3 {
		widen(m, int(seed%500))
		most /= 20 // the reference looks at every pair of a limit and an exception to it
	}
	p := tables.Compile(m, m.Decisions)
	module := load(t, wasm.Emit(p, nil))
	for entry, e := range p.Decisions {
		d := decisionOf(m, e.ID)
		seen := 0
		tablestest.Situations(m, d, nil, func(s model.Situation) bool {
			seen++
			want, err := eval.Answer(d, s)
			if err != nil {
				t.Fatalf("seed %d, decision %s: %v", seed, d.ID, err)
			}
			answers := tablestest.Bytes(d, s)
			result, err := module.Answer(entry, answers)
			if err != nil {
				t.Fatalf("seed %d, decision %s, answers %v: %v", seed, d.ID, answers, err)
			}
			got := result.Outcome()
			if got.Values != 1<<want.Outcome || int(got.DutyLo) != want.Duty || int(got.DutyHi) != want.Duty {
				t.Fatalf("seed %d, decision %s, answers %v: outcomes %b with duty %d to %d; the reference says %d with duty %d",
					seed, d.ID, answers, got.Values, got.DutyLo, got.DutyHi, want.Outcome, want.Duty)
			}
			var counting []string
			for _, r := range want.Counting {
				counting = append(counting, r.ID)
			}
			if names, want := named(&p.Stages[e.Stages[len(e.Stages)-1]], got.Counting), unique(counting); !slices.Equal(names, want) {
				t.Fatalf("seed %d, decision %s, answers %v: counting %q; the reference says %q", seed, d.ID, answers, names, want)
			}
			return seen < most
		})
	}
}

// named lists the rules of rows, each once.
func named(s *tables.Stage, rows tables.Bits) []string {
	var names []string
	for r := range s.Rows {
		if rows.Has(r) {
			names = append(names, s.Rules[r])
		}
	}
	return unique(names)
}

func unique(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

func checkAgainstTables(t *testing.T, seed uint64) {
	m := tablestest.Random(seed)
	if seed%4 == 3 {
		widen(m, int(seed%500))
	}
	checkModel(t, seed, m)
}

func TestEdgesMatchTables(t *testing.T) { checkModel(t, 0, tablestest.Edges()) }

func checkModel(t *testing.T, seed uint64, m *model.Model) {
	p := tables.Compile(m, m.Decisions)
	module := load(t, wasm.Emit(p, nil))
	for entry, e := range p.Decisions {
		d := decisionOf(m, e.ID)
		seen := 0
		tablestest.Situations(m, d, nil, func(s model.Situation) bool {
			seen++
			compare(t, p, module, entry, tablestest.Bytes(d, s))
			compare(t, p, module, entry, tablestest.Bytes(d, tablestest.Partial(seed+uint64(seen), d, s)))
			return seen < most
		})
		open := make([]byte, len(e.Inputs))
		compare(t, p, module, entry, open)
		for i, slot := range e.Inputs {
			answers := slices.Clone(open)
			answers[i] = byte(p.Slots[slot].Size())
			compare(t, p, module, entry, answers)
			answers[i]++
			compare(t, p, module, entry, answers)
		}
	}
}

func decisionOf(m *model.Model, id string) *model.Decision {
	return m.Decisions[slices.IndexFunc(m.Decisions, func(d *model.Decision) bool { return d.ID == id })]
}

// widen gives the decisions so many rules that their sets take several words.
func widen(m *model.Model, times int) {
	for _, d := range m.Decisions {
		if d.Kind != model.Permit {
			continue
		}
		rules := slices.Clone(d.Rules)
		for i := range times {
			r := *rules[i%len(rules)]
			d.Rules = append(d.Rules, &r)
		}
	}
}

func compare(t *testing.T, p *tables.Program, module *host.Module, entry int, answers []byte) {
	t.Helper()
	want, wantErr := p.Answer(entry, answers)
	got, err := module.Answer(entry, answers)
	if !reflect.DeepEqual(err, wantErr) || !reflect.DeepEqual(got, want) {
		var dump strings.Builder
		p.Dump(&dump)
		t.Fatalf("decision %d, answers %v: %+v, %v; the tables say %+v, %v\n%s", entry, answers, got, err, want, wantErr, dump.String())
	}
}

func load(t testing.TB, module []byte) *host.Module {
	t.Helper()
	loaded, err := host.Load(context.Background(), module)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { loaded.Close(context.Background()) })
	return loaded
}

// FuzzModuleInput asks modules of several decisions anything at all. The seeds are refused in every way there is.
func FuzzModuleInput(f *testing.F) {
	type asked struct {
		program *tables.Program
		module  *host.Module
	}
	var modules []asked
	for _, m := range []*model.Model{tablestest.Random(7), tablestest.Edges(), tablestest.Checked(5)} {
		p := tables.Compile(m, m.Decisions)
		modules = append(modules, asked{p, load(f, wasm.Emit(p, nil))})
	}
	for which, a := range modules {
		for entry, e := range a.program.Decisions {
			open := make([]byte, len(e.Inputs))
			f.Add(uint8(which), entry, open)
			f.Add(uint8(which), entry, open[1:])
			f.Add(uint8(which), entry, append(open, 0))
			f.Add(uint8(which), entry, append(open[1:len(open):len(open)], 200))
		}
		for _, entry := range []int{-1, len(a.program.Decisions), 1 << 31, 1 << 32, 1 << 40} {
			f.Add(uint8(which), entry, []byte{1, 0, 2})
		}
		f.Add(uint8(which), 0, make([]byte, 1<<17))
	}
	f.Fuzz(func(t *testing.T, which uint8, entry int, answers []byte) {
		a := modules[int(which)%len(modules)]
		compare(t, a.program, a.module, entry, answers)
	})
}

// A host may call answer with any two numbers, and with anything in the input.
func TestAnswerNeverTraps(t *testing.T) {
	ctx := context.Background()
	m := tablestest.Random(7)
	p := tables.Compile(m, m.Decisions)
	runtime := wazero.NewRuntime(ctx)
	defer runtime.Close(ctx)
	instance, err := runtime.Instantiate(ctx, wasm.Emit(p, nil))
	if err != nil {
		t.Fatal(err)
	}
	input := uint32(instance.ExportedGlobal(wasm.ExportInput).Get())
	output := uint32(instance.ExportedGlobal(wasm.ExportOutput).Get())
	random := rand.New(rand.NewPCG(1, 1))
	numbers := []uint64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1<<16 - 1, 1<<31 - 1, 1 << 31, 1<<32 - 1}
	for range 20000 {
		answers := make([]byte, output-input)
		for i := range answers {
			answers[i] = byte(random.IntN(4))
			if random.IntN(20) == 0 {
				answers[i] = byte(random.Uint32())
			}
		}
		instance.Memory().Write(input, answers)
		entry, length := numbers[random.IntN(len(numbers))], numbers[random.IntN(len(numbers))]
		if _, err := instance.ExportedFunction(wasm.ExportAnswer).Call(ctx, entry, length); err != nil {
			t.Fatalf("answer(%d, %d) with input %v: %v", entry, length, answers, err)
		}
	}
}

// ofNextVersion changes what a module says its version is, in its exports and in its tables.
func ofNextVersion(t *testing.T, module []byte) []byte {
	t.Helper()
	module = slices.Clone(module)
	// The first global: i32, constant, i32.const. The data segment: one, of memory 0, at i32.const 0, and its size in two
	// bytes.
	global := bytes.Index(module, []byte{0x7f, 0, 0x41, wasm.Version, 0x0b})
	segment := bytes.Index(module, []byte{1, 0, 0x41, 0, 0x0b})
	if global < 0 || segment < 0 || module[segment+7] != wasm.Version {
		t.Fatal("the module has no version")
	}
	module[global+3]++
	module[segment+7]++
	return module
}

func TestModulesThatAreRefused(t *testing.T) {
	m := tablestest.Random(1)
	module := wasm.Emit(tables.Compile(m, m.Decisions), nil)
	for _, c := range []struct {
		name   string
		module []byte
		want   string
	}{
		{"another version", ofNextVersion(t, module), fmt.Sprintf("loading a module of decisions: the module speaks version %d of the contract, this program version %d", wasm.Version+1, wasm.Version)},
		{"not a module", []byte("<!doctype html>"), "loading a module of decisions: invalid magic number"},
		{"another module", module[:8], `loading a module of decisions: it exports no number "abi"`},
	} {
		_, err := host.Load(context.Background(), c.module)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
		var version *host.VersionError
		if c.name == "another version" && !errors.As(err, &version) {
			t.Errorf("%s: no VersionError", c.name)
		}
	}
}

func TestSectionsAreCarriedAlong(t *testing.T) {
	ctx := context.Background()
	m := tablestest.Random(1)
	p := tables.Compile(m, m.Decisions)
	names := wasm.Section{Name: wasm.SectionManifest, Data: []byte("{}")}
	walk := wasm.Section{Name: "handvat.wandeling", Data: binary.LittleEndian.AppendUint32(nil, 42)}
	module := wasm.Emit(p, []wasm.Section{walk, names})

	runtime := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithCustomSections(true))
	defer runtime.Close(ctx)
	compiled, err := runtime.CompileModule(ctx, module)
	if err != nil {
		t.Fatal(err)
	}
	var got []wasm.Section
	for _, s := range compiled.CustomSections() {
		got = append(got, wasm.Section{Name: s.Name(), Data: s.Data()})
	}
	if want := []wasm.Section{walk, names}; !reflect.DeepEqual(got, want) {
		t.Errorf("sections %q, want %q", got, want)
	}
}
