package site

import (
	"html/template"
	"math/bits"
	"strings"

	"handvat/generator/model"
)

// conditionBlock writes a condition as a list for people to read, below a label; a condition that always holds gives nothing.
func (w *writer) conditionBlock(label string, c model.Cond) string {
	var b strings.Builder
	w.writeCondition(&b, c)
	if b.Len() == 0 {
		return ""
	}
	return "<p>" + w.label(label) + "</p><ul>" + b.String() + "</ul>"
}

// writeCondition writes the parts of a condition as list items.
func (w *writer) writeCondition(b *strings.Builder, c model.Cond) {
	switch c := c.(type) {
	case model.All:
		for _, part := range c {
			w.writeCondition(b, part)
		}
	case model.Any:
		if len(c) == 1 {
			w.writeCondition(b, c[0])
			return
		}
		b.WriteString("<li>" + w.label("een-van") + "<ul>")
		for _, part := range c {
			if all, ok := part.(model.All); ok && len(all) > 1 {
				b.WriteString("<li>" + w.label("dit-alles") + "<ul>")
				w.writeCondition(b, part)
				b.WriteString("</ul></li>")
			} else {
				w.writeCondition(b, part)
			}
		}
		b.WriteString("</ul></li>")
	case model.In:
		b.WriteString("<li>" + template.HTMLEscapeString(w.oneOf(c)) + "</li>")
	}
}

// oneOf writes "vraag “antwoord” of “antwoord”"; of two ways to say the same it takes the shorter. The quotation marks keep
// answers apart that have commas of their own.
func (w *writer) oneOf(c model.In) string {
	if c.Fact.Kind == model.Date {
		return w.dates(c)
	}
	values, not := c.Values&c.Fact.All(), false
	// nvt is left unsaid among several values, since nothing is asked where it holds.
	if rest := c.Fact.All() &^ values; bits.OnesCount64(uint64(rest)) < bits.OnesCount64(uint64(values)) && rest != 0 {
		values, not = rest, true
	}
	var labels []string
	for i := range c.Fact.Size() {
		if !values.Has(i) {
			continue
		}
		labels = append(labels, "“"+w.valueLabel(c.Fact, i)+"”")
	}
	words := strings.Join(labels, ", ")
	if n := len(labels); n > 1 {
		words = strings.Join(labels[:n-1], ", ") + " " + w.label("of") + " " + labels[n-1]
	}
	name, but := questionOf(c.Fact), w.label("anders-dan")
	if !strings.HasSuffix(name, "?") {
		name, but = name+":", strings.ToLower(but)
	}
	if not {
		words = but + " " + words
	}
	return name + " " + words
}

// valueLabel is how a value is called.
func (w *writer) valueLabel(f *model.Fact, i int) string {
	switch {
	case i == len(f.Values):
		return w.label("nvt")
	case f.Values[i].Label != "":
		return f.Values[i].Label
	case f.Uses != nil:
		return f.Uses.Outcomes[i].Title
	}
	return strings.ReplaceAll(f.Values[i].ID, "-", " ")
}

// dates writes intervals of days as "vanaf ... tot ...".
func (w *writer) dates(c model.In) string {
	var parts []string
	for i := 0; i < len(c.Fact.Values); i++ {
		if !c.Values.Has(i) {
			continue
		}
		j := i
		for j+1 < len(c.Fact.Values) && c.Values.Has(j+1) {
			j++
		}
		from, until := c.Fact.Values[i].From, c.Fact.Values[j].Until
		words := ""
		if from != "" {
			words = w.label("vanaf") + " " + w.day(from)
		}
		if until != "" {
			words = strings.TrimSpace(words + " " + w.label("tot") + " " + w.day(until))
		}
		parts = append(parts, words)
		i = j
	}
	return w.label("datum-is") + " " + strings.Join(parts, " "+w.label("of")+" ")
}

// day writes 2025-03-01 as 1 maart 2025.
func (w *writer) day(iso string) string {
	parts := strings.Split(iso, "-")
	if len(parts) != 3 {
		return iso
	}
	months := strings.Fields(w.label("maanden"))
	month := 0
	for _, digit := range parts[1] {
		month = month*10 + int(digit-'0')
	}
	if month < 1 || month > len(months) {
		return iso
	}
	return strings.TrimLeft(parts[2], "0") + " " + months[month-1] + " " + parts[0]
}
