package site_test

import (
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/frontend"
	"handvat/generator/model"
	"handvat/generator/site"
	"handvat/generator/tables"
	"handvat/generator/walk"
	"handvat/generator/wasm"
	"handvat/static"
	"handvat/theme"
)

// small is a model with everything a page can show: a permit with a dependent question, two dates and an exception, and
// a choice.
func small() *model.Model {
	guide := &model.Source{ID: "handreiking", Title: "Gegevens delen", Kind: "handreiking", Date: "2023-11-01", For: "Hoe je deelt."}
	law := &model.Source{ID: "wgs", Short: "WGS", Title: "Wet gegevensverwerking door samenwerkingsverbanden", Kind: "wet", Date: "2025-03-01", For: "Wat mag.", Overtaken: "Nog *niets*."}
	norms := []*model.Norm{
		{ID: "handreiking-001", Text: "Deel wat nodig is.", Place: "5. Uitvoering > 5.2 Vuistregels > vuistregel 1", Destination: "rule", Phases: []string{"triage"}, Source: guide},
		{ID: "handreiking-002", Text: "Vraag het opnieuw.", Place: "5. Uitvoering > 5.2 Vuistregels > vuistregel 9", Destination: "rule", Phases: []string{"alle"}, Source: guide},
		{ID: "handreiking-003", Text: "Niet gebruikt.", Place: "Colofon", Destination: "page", Phases: []string{"bijzaak"}, Source: guide},
		{ID: "wgs-001", Text: "Wie deelneemt, levert.", Place: "WGS art. 2.29 lid 2", Destination: "rule", Source: law},
	}
	cited := model.Cited{Norms: norms[:2]}
	lawful := model.Cited{Norms: norms[3:], Sources: []model.SourceRef{{Source: law, Place: "artikel 1.5"}}}

	date := &model.Fact{ID: "datum", Kind: model.Date, Values: []model.Value{{ID: "tot-2025-03-01", Until: "2025-03-01"}, {ID: "vanaf-2025-03-01", From: "2025-03-01"}}}
	role := &model.Fact{ID: "rol", Question: "Wat ben je in deze casus?", Why: "Je **rol** bepaalt wat je mag.", Values: []model.Value{{ID: "uitvoerder", Label: "Uitvoerder", Help: "Je hebt een taak in het plan."}, {ID: "adviseur", Label: "Adviseur"}}, Norms: norms[:1]}
	plan := &model.Fact{ID: "aandeel", Question: "Staat dit gebruik in het plan?", Values: []model.Value{{ID: "ja", Label: "Ja, voor mijn actie"}, {ID: "nee", Label: "Nee"}}, Gate: model.In{Fact: role, Values: 1}}
	word := &model.Fact{ID: "akkoord", Question: "Wat zei degene die dit inbracht?", Values: []model.Value{{ID: "ja", Label: "Ja, voor dit gebruik"}, {ID: "nog-niet", Label: "Nog niet gevraagd"}, {ID: "eigen", Label: "Het is mijn eigen gegeven"}}}
	reason := &model.Fact{ID: "reden", Question: "Is er een reden om te wachten?", Values: []model.Value{{ID: "geen", Label: "Nee"}, {ID: "veilig", Label: "Ja, iemand loopt gevaar"}}}
	for i, f := range []*model.Fact{plan, word, date, reason, role} {
		f.Index = i
	}

	only := &model.Condition{ID: "alleen-actie", Text: "Je gebruikt het alleen voor jouw actie", How: "Niet voor een andere casus.", Cited: cited}
	written := &model.Condition{ID: "in-afspraken", Text: "Het staat in de slotafspraken"}
	need := &model.Rule{ID: "nodig", Kind: model.Ground, When: model.All{model.In{Fact: plan, Values: 1}}, Level: model.Conditional, Conditions: []*model.Condition{only, written}, Why: "Je neemt mee wat je actie niet kan missen.", Status: "bron", Cited: cited}
	own := &model.Rule{ID: "eigen-gegeven", Kind: model.Ground, When: model.In{Fact: word, Values: 4}, Level: model.Allowed, Why: "Wat je al wist, blijft van jou.", Status: "te-toetsen", Doubt: "Geldt dit ook voor een indruk?", Cited: cited}
	agreed := &model.Rule{ID: "akkoord", Kind: model.Requirement, Scope: model.All{}, Requires: model.In{Fact: word, Values: 5}, When: model.In{Fact: word, Values: 2}, Level: model.Forbidden, Alternative: "Vraag het eerst.", Why: "De inbrenger houdt het laatste woord.", Status: "bron", Cited: cited}
	since := &model.Rule{ID: "plicht-wgs", Kind: model.Limit, When: model.All{model.In{Fact: date, Values: 2}, model.In{Fact: role, Values: 2}}, Level: model.OwnWeighing, By: "jij", Alternative: "Geef advies zonder namen.", Why: "Een adviseur weegt zelf.", Status: "bron", From: "2025-03-01", Cited: lawful}
	permit := &model.Decision{
		ID: "mag-ik-meenemen", Kind: model.Permit, Title: "Wat mag ik mee terug nemen?", Short: "Mee terug nemen", Lead: "Kort na het overleg.",
		Moments: []string{"casusoverleg", "intake"},
		Outcomes: []model.Outcome{
			{ID: "mag-niet", Title: "Mag niet", Text: "Het blijft aan tafel."}, {ID: "eigen-afweging", Title: "Jij weegt zelf", Text: "Jij beslist."},
			{ID: "mag-mits", Title: "Mag, mits", Text: "Je mag dit meenemen onder voorwaarden."}, {ID: "mag", Title: "Mag", Text: "Je mag dit meenemen."}},
		Questions: []*model.Fact{date, role, plan, word}, Rules: []*model.Rule{agreed, own, need, since},
		NoGround: &model.NoGround{Why: "Niets opent de deur.", Alternative: "Bespreek het aan tafel.", Cited: cited},
		Record:   []string{"In je eigen systeem: jouw **actie**."}, Inform: []string{"De regisseur vertelt het."},
	}
	rule := &model.ThumbRule{ID: "niemand-neemt-iets-mee", Number: 7, Title: "Niemand neemt iets mee", Short: "Tenzij afgesproken.", Why: "Omdat het vertrouwen kost.", Good: "Je vraagt het.", Bad: "Je mailt het door.", Phases: []string{"casusoverleg"}, Cited: cited}
	permit.Invariants = []*model.Invariant{{ID: "nooit", Always: true, When: model.In{Fact: word, Values: 2}, Outcomes: 1, ThumbRule: rule}}
	permit.Cases = []*model.Case{{ID: "a", Name: "Een wijkagent wil een afspraak meenemen", Date: "2026-01-01", Answers: map[*model.Fact]int{role: 0, plan: 0, word: 0}, Expect: model.Expectation{Outcome: model.Conditional, Duty: -1}}}
	choice := &model.Decision{
		ID: "wanneer-informeer-ik", Kind: model.Choice, Title: "Wanneer vertel ik het de betrokkene?", Short: "Informeren", Lead: "Liefst vooraf.",
		Outcomes:  []model.Outcome{{ID: "nu", Title: "Vertel het nu", Text: "Bel vandaag.", Conditions: []*model.Condition{written}}, {ID: "later", Title: "Wacht, en spreek af tot wanneer", Text: "Leg de reden vast."}},
		Questions: []*model.Fact{date, reason},
		Rules: []*model.Rule{{ID: "geen-reden", Kind: model.ChoiceRule, When: model.In{Fact: reason, Values: 1}, Level: 0, Why: "Er is geen reden om te wachten.", Cited: cited},
			{ID: "veiligheid", Kind: model.ChoiceRule, When: model.In{Fact: reason, Values: 2}, Level: 1, Why: "Veiligheid gaat voor.", Cited: lawful}},
	}
	party := &model.Entity{ID: "politie", Name: "Politie", Short: "Handhaaft de orde.", Attributes: map[string]string{"zwijgplicht": "gesloten"}, ToTest: "Artikel 20.", Cited: cited,
		Body: model.Prose{Markdown: "## Een eigen wet {norm=\"handreiking-001\"}\n\nZie [geheim](begrip:beroepsgeheim) en [de triage](fase:triage).\n\n| a | b |\n|---|---|\n| c | d |\n", Headings: []model.Heading{{Level: 2, ID: "een-eigen-wet", Text: "Een eigen wet", Norms: norms[:1]}}}}
	kind := &model.Entity{ID: "gezondheid", Name: "Gezondheid", Short: "Hoe het met iemand gaat.", Attributes: map[string]string{"avg": model.Differs}, Examples: []string{"Iemand is verslaafd"}}
	phase := func(id string, order int, title string) *model.Phase {
		return &model.Phase{ID: id, Order: order, Title: title, Question: "Hoort deze casus hier?", Present: "Wie nodig is", Lead: "Je deelt wat het plan nodig heeft.",
			Purpose: model.Statement{Text: "Een plan.", Cited: cited}, Who: model.Statement{Text: "De [regisseur](begrip:beroepsgeheim).", Cited: lawful}, What: model.Statement{Text: "Wat nodig is."}, WhatNot: model.Statement{Text: "Dossiers."},
			Flows:  []model.Flow{{From: "Aanmelder", To: "Procesregisseur", What: "De reden van zorg", Level: model.Conditional, Proviso: "Alleen wat nodig is.", Cited: cited}, {From: "Procesregisseur", To: "Anderen", What: "Vragen", Level: model.Forbidden, Proviso: "Wel mogelijk: in de triage."}},
			Shared: []model.Shared{{What: "Naam", Level: model.Allowed, Text: "Dat mag.", Cited: cited}, {What: "Diagnose", Level: model.OwnWeighing, Text: "Weeg zelf."}}, Checklist: []model.CheckItem{{ID: "doel", Text: "Het doel is uitgesproken", How: "Iedereen weet het.", Cited: cited}},
			Decisions: []*model.Decision{permit}, ThumbRules: []*model.ThumbRule{rule}, Sources: []*model.Source{guide},
			Body: model.Prose{Markdown: "## Wat gaat mee?\n\n- Het plan\n- De afspraken\n", Headings: []model.Heading{{Level: 2, ID: "wat-gaat-mee", Text: "Wat gaat mee?", Norms: norms[3:]}}}}
	}
	variant := phase("meldpunt", 1, "Meldpunt")
	talk := phase("casusoverleg", 3, "Casusoverleg")
	variant.Steps = []model.Step{{ID: "intake", Title: "Aannemen", Who: "De melder", Purpose: "Zie [triage](fase:triage).", Cited: cited}, {ID: "doorverwijzing", Title: "Doorgeven", Who: "Eén ander", Purpose: "Weinig."}}
	about := &model.Page{ID: "verantwoording", Title: "Hoe de antwoorden tot stand komen", Lead: "Kort.", Body: model.Prose{Markdown: "## Regels\n\nZie [meenemen](beslissing:mag-ik-meenemen) en [de wet](bron:wgs).\n", Headings: []model.Heading{{Level: 2, ID: "regels", Text: "Regels"}}}}
	topic := &model.Topic{ID: "zwijgen", Title: "Zwijgen", Lead: "Waarover je zwijgt.", Remember: []string{"Zwijg over wat je hoort, zie [het woord](begrip:beroepsgeheim)."}, Decisions: []*model.Decision{permit},
		Examples: []model.Example{{Case: "Aan tafel", Good: "Je zegt dat je niets zegt.", Bad: "Je knikt.", Cited: cited}}, Checklist: []model.CheckItem{{ID: "waarom", Text: "Je weet waarom", Cited: lawful}},
		Body: model.Prose{Markdown: "## Wat hoor je?\n\nTekst.\n", Headings: []model.Heading{{Level: 2, ID: "wat-hoor-je", Text: "Wat hoor je?", Norms: norms[:1]}}}}
	region := &model.Region{ID: "west", Name: "Overleg West", Short: "West", Lead: "Hier geldt iets meer.", Document: guide,
		Names:    []model.LocalName{{Name: "Weeg", Text: "Zo heet het hier.", Cited: cited}},
		Partners: []model.Partner{{Kind: "Politie", Party: party, Members: []string{"Politie West"}, Cited: cited}, {Kind: "Sport", Members: []string{"West Beweegt"}, Cited: cited}},
		Contact:  []model.RegionPoint{{Title: "Bel", Text: "Dat kan altijd.", Cited: cited}}, Sending: []model.RegionPoint{{Title: "Versleutel", Text: "Altijd.", Cited: cited}},
		Tensions: []*model.Tension{{ID: "post", Title: "Losse post", Advice: "Versleutel.", Document: model.Statement{Text: "Los mag.", Cited: cited}, National: model.Statement{Text: "Los mag niet.", Cited: lawful}, Decisions: []*model.Decision{permit}}},
		Body:     model.Prose{Markdown: "## Meer over West\n\nZie [West](regio:west).\n", Headings: []model.Heading{{Level: 2, ID: "meer-over-west", Text: "Meer over West"}}}}
	sheet := &model.Sheet{ID: "slotafspraken", Title: "Slotafspraken", Short: "Wie wat meeneemt.", Lead: "Lees het voor.", Warning: "Geen **namen**.", Tested: permit, Decisions: []*model.Decision{permit}, Phases: []*model.Phase{talk},
		Fixed: []model.SheetFixed{{Text: "Het is een actie.", Answers: []model.SheetAnswer{{Question: 2, Value: 0}}}},
		Parts: []model.SheetPart{
			{ID: "tabel", Title: "Tabel", Rows: 2, Most: 4, Columns: []model.SheetColumn{{Title: "Wie", Verdict: true, Fields: []model.SheetField{{ID: "rol", Name: "Rol", Options: []model.SheetOption{{Text: "Doet mee", Answers: []model.SheetAnswer{{Question: 1, Value: 0}}}}}}}}},
			{ID: "brief", Title: "Brief", Fields: []model.SheetField{{ID: "naam", Name: "Naam", Say: "je functie", Lines: 2, Length: 50}}, Text: "Beste {naam},"},
			{ID: "lijst", Title: "Lijst", Checklist: []model.CheckItem{{ID: "gelezen", Text: "Gelezen", Cited: cited}}}},
		Body: model.Prose{Markdown: "## Waarom\n\nTekst.\n", Headings: []model.Heading{{Level: 2, ID: "waarom", Text: "Waarom", Norms: norms[:1]}}}}
	return &model.Model{
		Settings:   model.Settings{Title: "Handvat Gegevensdeling", Promise: "Binnen een minuut weet je wat mag.", Date: "2026-11-21", BaseURL: "https://handvat.example/"},
		Facts:      []*model.Fact{plan, word, date, reason, role},
		Decisions:  []*model.Decision{permit, choice},
		Conditions: []*model.Condition{only, written},
		Attributes: []*model.Attribute{{ID: "avg", Of: "gegevens", Question: "Wat zegt de AVG?"}, {ID: "zwijgplicht", Of: "partijen", Question: "Welke zwijgplicht?", Values: []model.Value{{ID: "gesloten", Label: "Gesloten regime"}}}},
		Parties:    []*model.Entity{party},
		Kinds:      []*model.Entity{kind},
		Guidance: model.Guidance{
			Phases:   []*model.Phase{phase("aanmelding", 1, "Aanmelding"), phase("triage", 2, "Triage"), talk, phase("afschaling", 4, "Afschaling")},
			Variants: []*model.Phase{variant}, ThumbRules: []*model.ThumbRule{rule}, Sources: []*model.Source{guide, law}, Norms: norms, Pages: []*model.Page{about}, Regions: []*model.Region{region},
			Sheets:  []*model.Sheet{sheet},
			Shelves: []*model.Shelf{{ID: "geheim", Title: "Geheim", Topics: []*model.Topic{topic}}},
			Terms:   []*model.Term{{ID: "beroepsgeheim", Name: "Beroepsgeheim", Also: []string{"zwijgplicht"}, Meaning: "Wat je **niet** zegt.", Cited: cited}},
		},
	}
}

// input compiles a model as the generator does.
func input(t *testing.T, m *model.Model) site.Input {
	t.Helper()
	assets, err := frontend.Build(theme.Files)
	if err != nil {
		t.Fatal(err)
	}
	in := site.Input{Model: m, Theme: theme.Files, Static: static.Files, Assets: assets, BaseURL: "https://handvat.example/"}
	compile := func(d *model.Decision) site.Decision {
		made, err := diagram.Build(m, d)
		if err != nil {
			t.Fatal(err)
		}
		program := tables.Compile(m, []*model.Decision{d})
		return site.Decision{Decision: d, Walk: walk.ForPages(made), Program: program, Figures: site.Figures{Situations: "1296"},
			Module: wasm.Emit(program, []wasm.Section{{Name: walk.Section, Data: walk.ForScript(made).Encode()}})}
	}
	for _, d := range m.Decisions {
		in.Decisions = append(in.Decisions, compile(d))
	}
	for _, r := range m.Regions {
		regional := *m.Decisions[0]
		touched := &model.Touched{National: m.Decisions[0], Regional: &regional, Rules: regional.Rules[:1],
			Fixed: []*model.FixedAnswer{{Fact: regional.Questions[1], Value: 1, Why: "Zo is het hier.", Cited: regional.Rules[0].Cited}}}
		in.Editions = append(in.Editions, site.Edition{Edition: &model.Edition{Region: r, National: m, Model: m, Touched: []*model.Touched{touched}}, Decisions: []site.Decision{compile(&regional)}})
	}
	return in
}
