package dmn

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/prose"
)

func plain(markdown string) string { return strings.TrimSpace(prose.Plain(markdown)) }

// describeDecision says what the decision is about, and what of it cannot be said in DMN.
func describeDecision(d *model.Decision) string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if d.Lead != "" {
		add("%s", plain(d.Lead))
	}
	add("Uitkomsten:")
	for _, o := range d.Outcomes {
		add("- %s: %s. %s", o.ID, o.Title, plain(o.Text))
	}
	add("Wat deze tabel niet zegt:")
	add("- Wat niet kan voorkomen. Zulke combinaties hebben geen eigen rij.")
	add("- Weet ik niet. Elk gegeven dat een rij noemt, heeft hier een waarde. Een vraag die niet wordt gesteld, mag leeg blijven.")
	if d.Kind == model.Choice {
		add("- Het advies zolang er iets openstaat: %s.", d.Outcomes[d.InDoubt].ID)
	} else {
		add("- Welke gronden alternatieven van elkaar zijn. De tabel noemt alleen welke regels tellen.")
	}
	for _, o := range d.Outcomes {
		for _, c := range o.Conditions {
			add("- Voorwaarde bij de uitkomst %s: %s", o.ID, sentence(c.Text))
		}
	}
	for _, r := range d.Rules {
		for _, c := range r.Conditions {
			add("- Voorwaarde bij de regel %s: %s", r.ID, sentence(c.Text))
		}
		if r.Alternative != "" {
			add("- Wat wel kan bij de regel %s: %s", r.ID, sentence(r.Alternative))
		}
		if r.Doubt != "" {
			add("- Wat een jurist nog moet bevestigen bij de regel %s: %s", r.ID, sentence(r.Doubt))
		}
		if r.By != "" {
			add("- Wie beslist bij de regel %s: %s.", r.ID, r.By)
		}
		if r.Through != nil {
			add("- Bij de regel %s komen de voorwaarden van %s mee.", r.ID, r.Through.Uses.ID)
		}
	}
	if d.NoGround != nil {
		add("- Als geen grond geldt: %s Wat dan wel kan: %s", sentence(d.NoGround.Why), sentence(d.NoGround.Alternative))
	}
	for _, list := range []struct {
		what  string
		texts []string
	}{
		{"Wat je opschrijft", d.Record}, {"Wie de betrokkene informeert", d.Inform},
		{"Wat je opschrijft als het niet mag", d.RecordAtNo}, {"Wie de betrokkene informeert als het niet mag", d.InformAtNo},
	} {
		for _, text := range list.texts {
			add("- %s: %s", list.what, sentence(text))
		}
	}
	return strings.Join(lines, "\n")
}

func describeFact(f *model.Fact) string {
	what := "Dit volgt uit andere gegevens en wordt niet gevraagd."
	switch f.Kind {
	case model.Attribute_:
		what = fmt.Sprintf("Dit is een kenmerk van %s. Waar het verschilt, is het gevraagd.", f.Of.ID)
	case model.Used:
		what = fmt.Sprintf("Dit is de uitkomst van de beslissing %s.", f.Uses.ID)
	}
	if f.HasUndefined() {
		what += ` "nvt" betekent: niet van toepassing.`
	}
	return describeValues(f, what)
}

func describeInput(f *model.Fact) string {
	if f.Kind == model.Date {
		return plain(f.Why)
	}
	what := plain(f.Why)
	if f.Gate != nil {
		what = strings.TrimSpace(what + " Deze vraag wordt niet altijd gesteld en mag dan leeg blijven.")
	}
	return describeValues(f, what)
}

func describeValues(f *model.Fact, what string) string {
	lines := []string{what}
	for _, v := range f.Values {
		lines = append(lines, "- "+v.ID+": "+plain(v.Label))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// sentence gives plain words that end as a sentence does.
func sentence(markdown string) string {
	s := plain(markdown)
	if s != "" && !strings.ContainsAny(s[len(s)-1:], ".?!") {
		s += "."
	}
	return s
}

func ruleIDs(rules []*model.Rule) string {
	var ids []string
	for _, r := range rules {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, ", ")
}

func reasons(rules []*model.Rule) string {
	var out []string
	for _, r := range rules {
		if r.Why != "" {
			out = append(out, sentence(r.Why))
		}
	}
	return strings.Join(out, " ")
}

// citations names the norms and the places in sources that rules rest on, each once.
func citations(rules []*model.Rule) string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, r := range rules {
		for _, n := range r.Norms {
			add(n.ID)
		}
		for _, s := range r.Sources {
			add(s.Source.ID + " " + s.Place)
		}
	}
	return strings.Join(out, "; ")
}
