package dmn_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
)

// What follows reads and runs DMN with nothing of the exporter: a small reader of the XML and of the part of FEEL that
// decision tables of texts and dates need.

type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []*element `xml:",any"`
}

func (e *element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e *element) all(name string) []*element {
	var out []*element
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			out = append(out, c)
		}
	}
	return out
}

// text is that of the child with this name, itself or in its "text".
func (e *element) text(name string) string {
	for _, c := range e.all(name) {
		if inner := c.all("text"); len(inner) == 1 {
			return inner[0].Text
		}
		return c.Text
	}
	return ""
}

// A day is a value of type date; other values are strings or nil.
type day string

// A test is one of the unary tests of a cell.
type test func(any) bool

type tableRow struct {
	cells   []string
	tests   []test
	outputs []any
	notes   []string
}

type decisionTable struct {
	name    string
	inputs  []string // expressions
	allowed []test
	outputs []string // names; one without a name where there is one
	rows    []tableRow
}

type document struct {
	tables map[string]*decisionTable // by name
	inputs map[string]string         // type by name
}

func read(data []byte) (*document, error) {
	var root element
	if err := xml.Unmarshal(data, &root); err != nil {
		return nil, err
	}
	d := &document{tables: map[string]*decisionTable{}, inputs: map[string]string{}}
	for _, e := range root.all("inputData") {
		d.inputs[e.attr("name")] = e.all("variable")[0].attr("typeRef")
	}
	for _, e := range root.all("decision") {
		t := &decisionTable{name: e.attr("name")}
		body := e.all("decisionTable")[0]
		if body.attr("hitPolicy") != "UNIQUE" {
			return nil, fmt.Errorf("%s: hit policy %s", t.name, body.attr("hitPolicy"))
		}
		for _, in := range body.all("input") {
			t.inputs = append(t.inputs, in.text("inputExpression"))
			values := in.text("inputValues")
			if values == "" {
				values = "-"
			}
			allowed, err := unary(values)
			if err != nil {
				return nil, err
			}
			t.allowed = append(t.allowed, allowed)
		}
		for _, out := range body.all("output") {
			t.outputs = append(t.outputs, out.attr("name"))
		}
		for _, rule := range body.all("rule") {
			var r tableRow
			for _, cell := range rule.all("inputEntry") {
				holds, err := unary(cell.text("text"))
				if err != nil {
					return nil, err
				}
				r.cells, r.tests = append(r.cells, cell.text("text")), append(r.tests, holds)
			}
			for _, cell := range rule.all("outputEntry") {
				value, rest, err := literal(cell.text("text"))
				if err != nil || rest != "" {
					return nil, fmt.Errorf("output %q: %v", cell.text("text"), err)
				}
				r.outputs = append(r.outputs, value)
			}
			for _, cell := range rule.all("annotationEntry") {
				r.notes = append(r.notes, cell.text("text"))
			}
			if len(r.tests) != len(t.inputs) || len(r.outputs) != len(t.outputs) || len(r.notes) != len(body.all("annotation")) {
				return nil, fmt.Errorf("%s: a row of %d inputs, %d outputs and %d annotations", t.name, len(r.tests), len(r.outputs), len(r.notes))
			}
			t.rows = append(t.rows, r)
		}
		d.tables[t.name] = t
	}
	return d, nil
}

// unary reads a dash, or tests with commas between them.
func unary(s string) (test, error) {
	if s == "-" {
		return func(any) bool { return true }, nil
	}
	var any_ []test
	for rest := s; ; {
		var one test
		var err error
		if one, rest, err = oneTest(strings.TrimSpace(rest)); err != nil {
			return nil, fmt.Errorf("%q: %w", s, err)
		}
		any_ = append(any_, one)
		rest = strings.TrimSpace(rest)
		if rest == "" {
			break
		}
		if rest[0] != ',' {
			return nil, fmt.Errorf("%q: no comma at %q", s, rest)
		}
		rest = rest[1:]
	}
	return func(v any) bool {
		for _, one := range any_ {
			if one(v) {
				return true
			}
		}
		return false
	}, nil
}

func oneTest(s string) (test, string, error) {
	compare := func(operator string, holds func(a, b day) bool) (test, string, error) {
		value, rest, err := literal(strings.TrimPrefix(s, operator))
		bound, ok := value.(day)
		if err != nil || !ok {
			return nil, "", fmt.Errorf("no date after %s: %v", operator, err)
		}
		return func(v any) bool { d, ok := v.(day); return ok && holds(d, bound) }, rest, nil
	}
	switch {
	case strings.HasPrefix(s, ">="):
		return compare(">=", func(a, b day) bool { return a >= b })
	case strings.HasPrefix(s, "<"):
		return compare("<", func(a, b day) bool { return a < b })
	case strings.HasPrefix(s, "["):
		from, rest, err := literal(s[1:])
		if err != nil || !strings.HasPrefix(rest, "..") {
			return nil, "", errors.New("no interval")
		}
		until, rest, err := literal(rest[2:])
		if err != nil || !strings.HasPrefix(rest, ")") {
			return nil, "", errors.New("no end of an interval")
		}
		return func(v any) bool { d, ok := v.(day); return ok && from.(day) <= d && d < until.(day) }, rest[1:], nil
	}
	value, rest, err := literal(s)
	return func(v any) bool { return v == value }, rest, err
}

// literal reads a text, a date or null.
func literal(s string) (any, string, error) {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "null"); ok {
		return nil, rest, nil
	}
	if rest, ok := strings.CutPrefix(s, "date("); ok {
		text, rest, err := literal(rest)
		if err != nil || !strings.HasPrefix(rest, ")") {
			return nil, "", errors.New("no date")
		}
		return day(text.(string)), rest[1:], nil
	}
	if !strings.HasPrefix(s, `"`) {
		return nil, "", fmt.Errorf("no literal at %q", s)
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
			b.WriteByte(s[i])
		case '"':
			return b.String(), s[i+1:], nil
		default:
			b.WriteByte(s[i])
		}
	}
	return nil, "", errors.New("a text without an end")
}

// run gives the outputs of a table and its row, and keeps those of the tables it rests on in known. Nothing is what a
// table without a matching row gives; two matching rows are an error.
func (d *document) run(name string, known map[string]any) ([]any, *tableRow, error) {
	t := d.tables[name]
	values := make([]any, len(t.inputs))
	for i, expression := range t.inputs {
		source, field, path := strings.Cut(expression, ".")
		if _, ok := known[source]; !ok {
			if d.tables[source] == nil {
				return nil, nil, fmt.Errorf("%s: %q is nothing", name, source)
			}
			outputs, _, err := d.run(source, known)
			if err != nil {
				return nil, nil, err
			}
			known[source] = outputs
		}
		values[i] = known[source]
		if outputs, ok := values[i].([]any); ok {
			at := 0
			for j, output := range d.tables[source].outputs {
				if path && output == field {
					at = j
				}
			}
			if path != (len(d.tables[source].outputs) > 1) {
				return nil, nil, fmt.Errorf("%s: %q does not fit its outputs", name, expression)
			}
			values[i] = nil
			if len(outputs) > 0 {
				values[i] = outputs[at]
			}
		}
	}
	var hit *tableRow
	for i := range t.rows {
		holds := true
		for j := range values {
			holds = holds && t.rows[i].tests[j](values[j])
		}
		if holds && hit != nil {
			return nil, nil, fmt.Errorf("%s: two rows for %v", name, values)
		}
		if holds {
			hit = &t.rows[i]
		}
	}
	if hit == nil {
		return nil, nil, nil
	}
	for j, v := range values {
		if !t.allowed[j](v) && hit.cells[j] != "-" {
			return nil, nil, fmt.Errorf("%s: %v is no value of %s", name, v, t.inputs[j])
		}
	}
	return hit.outputs, hit, nil
}
