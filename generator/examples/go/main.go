// Asks a decision of Handvat Gegevensdeling, with the module that has its texts inside.
//
//	go mod init voorbeeld && go get github.com/tetratelabs/wazero
//	go run . beslissen-met-teksten.wasm BESLISSING [feit=waarde ...]
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// The versions this program knows: of the contract (CONTRACT.md) and of the manifest (beslissen.schema.json).
const (
	abi             = 3
	manifestVersion = 1
)

// A manifest, as far as this program needs it.
type manifest struct {
	Manifest   int
	Date       string
	Decisions  []decision
	Facts      []fact
	Stages     []stage
	Conditions []condition
}

type decision struct {
	ID, Kind, Title, InDoubt string
	Questions                []string
	Stages                   []int
	Outcomes                 []outcome
	NoGround                 rule
	Rules                    []rule
}

type outcome struct {
	ID, Title, Text string
	Conditions      []string
}

type rule struct {
	ID, Why, Alternative, By, Doubt string
	Conditions, Through, Norms      []string
	Sources                         []struct{ Source, Place string }
}

type condition struct{ ID, Text string }

type fact struct {
	ID, Kind, Decision string
	Values             []struct{ ID, From, Until string }
}

type stage struct {
	Decision, Fact string
	Values, Rules  []string
}

// found is what one stage of a decision found.
type found struct {
	stage
	values   []string
	duty     [2]byte
	counting []string // ids of rules
	open     bool     // some rows may still apply
}

// refused is why the module refused: code 1, 2 or 3 of the contract, and with 3 position is that of the answer.
type refused struct {
	code, position int
	question       string
}

func (r refused) Error() string {
	words := map[int]string{1: "deze beslissing is er niet", 2: "het aantal antwoorden klopt niet", 3: "dat antwoord is er niet bij " + r.question}
	return fmt.Sprintf("geweigerd met code %d: %s", r.code, words[r.code])
}

type decisions struct {
	manifest
	module        api.Module
	input, output uint32
}

func load(ctx context.Context, module []byte) (*decisions, error) {
	runtime := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithCustomSections(true))
	compiled, err := runtime.CompileModule(ctx, module)
	if err != nil {
		return nil, err
	}
	d := &decisions{}
	if d.module, err = runtime.InstantiateModule(ctx, compiled, wazero.NewModuleConfig()); err != nil {
		return nil, err
	}
	number := func(name string) uint32 {
		if global := d.module.ExportedGlobal(name); global != nil {
			return uint32(global.Get())
		}
		return 0
	}
	if version := number("abi"); version != abi {
		return nil, fmt.Errorf("dit programma kent versie %d van het contract, en niet %d", abi, version)
	}
	d.input, d.output = number("input"), number("output")
	for _, section := range compiled.CustomSections() {
		if section.Name() == "handvat.manifest" {
			if err := json.Unmarshal(section.Data(), &d.manifest); err != nil {
				return nil, err
			}
		}
	}
	if d.Manifest != manifestVersion {
		return nil, fmt.Errorf("dit programma kent versie %d van het manifest, en niet %d", manifestVersion, d.Manifest)
	}
	if d.Conditions == nil {
		return nil, errors.New("in deze module staan alleen de vragen; neem die met alle teksten")
	}
	return d, nil
}

// answer asks the module: a byte per question, 0 where it is open. It gives what each stage of the decision found.
func (d *decisions) answer(ctx context.Context, index int, answers []byte) ([]found, error) {
	if len(answers) <= int(d.output-d.input) {
		d.module.Memory().Write(d.input, answers)
	}
	returned, err := d.module.ExportedFunction("answer").Call(ctx, uint64(uint32(index)), uint64(len(answers)))
	if err != nil {
		return nil, err
	}
	if code := int(returned[0] & 255); code != 0 {
		r := refused{code: code, position: int(returned[0] >> 8)}
		if code == 3 {
			r.question = d.Decisions[index].Questions[r.position]
		}
		return nil, r
	}
	at := d.output + 8 // behind the number of stages, which the manifest tells too
	take := func(size uint32) []byte {
		data, _ := d.module.Memory().Read(at, size)
		at += size
		return data
	}
	has := func(set []byte, bit int) bool { return set[bit/8]>>(bit%8)&1 == 1 }
	var stages []found
	for _, number := range d.Decisions[index].Stages {
		f := found{stage: d.Stages[number]}
		head := slices.Clone(take(16))
		for v, value := range f.Values {
			if has(head, v) {
				f.values = append(f.values, value)
			}
		}
		f.duty = [2]byte{head[8], head[9]}
		size := (uint32(head[10]) + uint32(head[11])<<8 + 63) / 64 * 8
		certain, possible, counting := take(size), take(size), take(size)
		for row, id := range f.Rules {
			if has(counting, row) {
				f.counting = append(f.counting, id)
			}
		}
		f.open = !slices.Equal(certain, possible)
		stages = append(stages, f)
	}
	return stages, nil
}

// An answer in words.
type answer struct {
	decision   *decision
	outcomes   []outcome
	advice     outcome
	duty       string
	reasons    []rule
	conditions []string
	open       bool
}

// ask asks a decision by its id, with answers by fact.
func (d *decisions) ask(ctx context.Context, id string, given map[string]string) (*answer, error) {
	index := slices.IndexFunc(d.Decisions, func(known decision) bool { return known.ID == id })
	var bytes []byte
	if index >= 0 {
		for f := range given {
			if !slices.Contains(d.Decisions[index].Questions, f) {
				return nil, fmt.Errorf("%s is geen vraag van %s", f, id)
			}
		}
		for _, question := range d.Decisions[index].Questions {
			bytes = append(bytes, d.byteOf(d.fact(question), given))
		}
	}
	stages, err := d.answer(ctx, index, bytes)
	if err != nil {
		return nil, err
	}
	stageOf := func(is func(found) bool) *found {
		if at := slices.IndexFunc(stages, is); at >= 0 {
			return &stages[at]
		}
		return nil
	}

	// What counts in this decision, and in those that come along with a rule that counts.
	a := &answer{decision: &d.Decisions[index]}
	seen := map[string]bool{}
	need := func(ids []string) {
		for _, id := range ids {
			text := d.Conditions[slices.IndexFunc(d.Conditions, func(c condition) bool { return c.ID == id })].Text
			if !slices.Contains(a.conditions, text) {
				a.conditions = append(a.conditions, text)
			}
		}
	}
	var add func(part *decision, conditions bool)
	add = func(part *decision, conditions bool) {
		f := stageOf(func(s found) bool { return s.Decision == part.ID })
		closed := part.Kind == "mag" && f.values[len(f.values)-1] == "mag-niet"
		conditions = conditions && !closed
		for _, o := range part.Outcomes {
			if conditions && slices.Contains(f.values, o.ID) {
				need(o.Conditions)
			}
		}
		reason := func(r rule) {
			if !seen[part.ID+" "+r.ID] {
				a.reasons = append(a.reasons, r)
			}
			seen[part.ID+" "+r.ID] = true
		}
		var through []string
		for _, r := range part.Rules {
			if !slices.Contains(f.counting, r.ID) {
				continue
			}
			reason(r)
			through = append(through, r.Through...)
			if conditions { // grounds are each other's alternatives; the conditions of all of them are rather too many than too few
				need(r.Conditions)
			}
		}
		if closed && len(f.counting) == 0 {
			reason(part.NoGround)
		}
		a.open = a.open || f.open
		slices.Sort(through)
		for _, name := range slices.Compact(through) {
			gate := stageOf(func(s found) bool { return s.Fact == name })
			if gate != nil && slices.Equal(gate.values, []string{"nvt"}) {
				continue // not consulted
			}
			uses := d.fact(name).Decision
			add(&d.Decisions[slices.IndexFunc(d.Decisions, func(known decision) bool { return known.ID == uses })], conditions)
		}
	}
	add(a.decision, true)

	own := stages[len(stages)-1]
	for _, o := range a.decision.Outcomes {
		if slices.Contains(own.values, o.ID) {
			a.outcomes = append(a.outcomes, o)
		}
	}
	a.advice = a.outcomes[0] // while more than one is possible: the strictest, or what the authors advise
	for _, o := range a.outcomes {
		if o.ID == a.decision.InDoubt {
			a.advice = o
		}
	}
	if own.duty[0] == own.duty[1] {
		a.duty = []string{"", "moet-tenzij", "moet"}[own.duty[0]]
	}
	return a, nil
}

func (d *decisions) fact(id string) fact {
	return d.Facts[slices.IndexFunc(d.Facts, func(f fact) bool { return f.ID == id })]
}

// byteOf gives the byte that answers a question.
func (d *decisions) byteOf(f fact, given map[string]string) byte {
	value, known := given[f.ID]
	if !known && f.Kind == "datum" {
		value, known = d.Date, true
	}
	if !known {
		return 0
	}
	for i, v := range f.Values {
		if v.ID == value || f.Kind == "datum" && v.From <= value && (v.Until == "" || value < v.Until) {
			return byte(i + 1)
		}
	}
	return 255 // there is no 255th value, so the module refuses it
}

// String writes an answer for people.
func (a *answer) String() string {
	lines := []string{a.decision.Title, ""}
	if len(a.outcomes) > 1 {
		var titles []string
		for _, o := range a.outcomes {
			titles = append(titles, o.Title)
		}
		return strings.Join(append(lines, "Nog niet zeker. Mogelijk: "+strings.Join(titles, "; "), "Ga voorlopig uit van: "+a.advice.Title), "\n")
	}
	lines = append(lines, a.advice.Title, a.advice.Text)
	if a.duty != "" {
		lines = append(lines, "Plicht: "+a.duty)
	}
	if a.open {
		lines = append(lines, "Nog niet alles is beantwoord: er kan nog iets bij komen.")
	}
	list := func(title string, item func(rule) string) {
		var items []string
		for _, r := range a.reasons {
			if said := item(r); said != "" && !slices.Contains(items, "- "+said) {
				items = append(items, "- "+said)
			}
		}
		if len(items) > 0 {
			lines = append(append(lines, "", title+":"), items...)
		}
	}
	list("Waarom", func(r rule) string {
		if r.Why == "" {
			return ""
		}
		sources := slices.Clone(r.Norms)
		for _, s := range r.Sources {
			sources = append(sources, s.Source+" "+s.Place)
		}
		return fmt.Sprintf("%s (%s)", r.Why, strings.Join(sources, "; "))
	})
	if len(a.conditions) > 0 {
		lines = append(lines, "", "Voorwaarden:")
		for _, c := range a.conditions {
			lines = append(lines, "- "+c)
		}
	}
	list("Wie beslist", func(r rule) string { return r.By })
	list("Wat wel kan", func(r rule) string { return r.Alternative })
	list("Moet een jurist nog bevestigen", func(r rule) string { return r.Doubt })
	return strings.Join(lines, "\n")
}

func run(ctx context.Context, args []string) error {
	if len(args) < 2 {
		return errors.New("noem de module, de beslissing, en daarna feit=waarde")
	}
	module, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	d, err := load(ctx, module)
	if err != nil {
		return err
	}
	given := map[string]string{}
	for _, arg := range args[2:] {
		name, value, _ := strings.Cut(arg, "=")
		given[name] = value
	}
	a, err := d.ask(ctx, args[1], given)
	if err != nil {
		return err
	}
	fmt.Println(a)
	return nil
}

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
