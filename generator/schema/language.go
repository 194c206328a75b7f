package schema

import (
	"slices"

	"handvat/generator/model"
)

// Keys that several objects have.
var (
	norm       = Key{Name: "norm", About: "Ids van normen uit content/normen/ waarop dit rust.", Value: words()}
	bron       = Key{Name: "bron", About: "De bron met de plaats daarin, zoals {wgs: artikel 2.29 lid 2}.", Value: object("bron")}
	status     = Key{Name: "status", About: "Waar deze regel vandaan komt. Standaard bron. Een grond met te-toetsen geeft hoogstens mag-mits.", Value: oneOf(model.Statuses[:]...)}
	twijfel    = Key{Name: "twijfel", About: "Wat er nog getoetst moet worden.", Value: word()}
	geldig     = Key{Name: "geldig", About: "Vanaf en tot wanneer deze regel geldt.", Value: object("geldig")}
	want       = Key{Name: "want", About: "Waarom, in één of twee gewone zinnen.", Value: word()}
	ruleID     = Key{Name: "id", Required: true, About: "De id van deze regel. Verandert nooit van betekenis.", Value: word()}
	als        = Key{Name: "als", About: "Wanneer dit geldt. Een map betekent: dit alles. Een lijst van waarden betekent: één van deze.", Value: object("voorwaarde-op-feiten")}
	conditions = Key{Name: "voorwaarden", About: "Ids uit voorwaarden.yaml: wat iemand dan moet doen. Ze maken van mag vanzelf mag-mits.", Value: words()}
	watWel     = Key{Name: "wat-wel", About: "Wat wel kan. Nodig bij mag-niet en eigen-afweging.", Value: word()}
	door       = Key{Name: "door", About: "Wie weegt. Nodig bij eigen-afweging.", Value: oneOf(model.Deciders[:]...)}
	plicht     = Key{Name: "plicht", About: "De plicht die naast de uitkomst staat. geen heft haar op.", Value: oneOf(model.Duties[:]...)}
	aanname    = Key{Name: "aanname", About: "Het antwoord waar tabellen van uitgaan zolang niemand het geeft. Het staat boven de tabel en is daar te veranderen.", Value: word()}
	hulp       = Key{Name: "hulp", About: "De keuze die iemand helpt die het antwoord niet weet: de id van die beslissing, of een map die ook zegt welke uitkomst welk antwoord geeft.",
		Value: node{"anyOf": []node{word(), object("hulp")}}}
	waarden = Key{Name: "waarden", About: "De mogelijke antwoorden, hoogstens 63.", Value: values(2)}
)

func values(least int) node {
	return node{"type": "array", "items": object("waarde"), "minItems": least, "maxItems": model.MaxValues}
}

func required(k Key) Key {
	k.Required = true
	return k
}

// cites demands a norm or a source.
var cites = needsOneOf("norm", "bron")

// permitRule has what each rule of the soort mag has, besides the key that gives its outcome.
func permitRule(id, about, outcome string, levels []string, keys ...Key) Object {
	keys = append([]Key{ruleID}, keys...)
	keys = append(keys, Key{Name: outcome, Required: true, About: "De uitkomst.", Value: oneOf(levels...)},
		conditions, watWel, door, plicht, required(want), norm, bron, geldig, status, twijfel)
	return Object{ID: id, About: about, Keys: keys, all: []node{cites,
		where(outcome, []string{model.Levels[model.Forbidden], model.Levels[model.OwnWeighing]}, needs("wat-wel")),
		where(outcome, []string{model.Levels[model.OwnWeighing]}, needs("door")),
		where(outcome, []string{model.Levels[model.Forbidden]}, not(needs("voorwaarden"))),
	}}
}

// above are the levels that open a door.
var above = model.Levels[model.OwnWeighing:]

// decisionKeys can stand only in the file of a decision.
var decisionKeys = []Key{
	{Name: "titel", About: "De vraag die deze beslissing beantwoordt.", Value: word()},
	{Name: "kort", About: "De naam in menu's.", Value: word()},
	{Name: "ook", About: "Andere woorden waarop zij wordt gevonden, bij zoeken en van A tot Z.", Value: words()},
	{Name: "lood", About: "Eén of twee zinnen boven de eerste vraag.", Value: word()},
	{Name: "soort", About: "mag: uitkomsten van streng naar ruim. keuze: eigen uitkomsten, waarvan er altijd precies één geldt.", Value: oneOf("mag", "keuze")},
	{Name: "momenten", About: "De fasen en stappen waarin iemand dit vraagt.", Value: words()},
	{Name: "vragen", About: "De feiten die worden gevraagd, in de volgorde waarin je ze stelt.", Value: words()},
	{Name: "uitkomsten", About: "De woorden voor de lezer. Bij mag een map met alle vier de uitkomsten, bij keuze een lijst.",
		Value: node{"anyOf": []node{listOf("uitkomst"), object("uitkomsten-van-mag")}}},
	{Name: "bij-twijfel", About: "Het advies zolang er feiten openstaan. Alleen bij keuze.", Value: word()},
	{Name: "geen-grond", About: "Wat er staat als geen enkele grond geldt. Alleen bij mag.", Value: object("geen-grond")},
	{Name: "gronden", About: "Regels die de deur openen. De ruimste die geldt telt.", Value: listOf("grond")},
	{Name: "eisen", About: "Wat moet kloppen. Elke waarde die je niet noemt, faalt.", Value: listOf("eis")},
	{Name: "grenzen", About: "Regels die de uitkomst verlagen waar ze gelden. De strengste wint.", Value: listOf("grens")},
	{Name: "uitzonderingen", About: "Regels die in de plaats komen van een eis of grens.", Value: listOf("uitzondering")},
	{Name: "regels", About: "De regels van een keuze. In elke situatie geldt er precies één.", Value: listOf("regel")},
	{Name: "sloten", About: "Wat bij elke grond moet zijn nagegaan. Het antwoord noemt elk slot dat dicht is. Alleen bij mag.", Value: listOf("slot")},
	{Name: "boom", About: "De regels van een keuze, als boom van vragen.", Value: object("boom")},
	{Name: "altijd", About: "Wetten die in elke situatie moeten opgaan.", Value: listOf("wet-altijd")},
	{Name: "ooit", About: "Wetten die in minstens één situatie moeten opgaan.", Value: listOf("wet-ooit")},
	{Name: "nooit-strenger-door", About: "Antwoorden die de uitkomst nooit strenger mogen maken dan een ander antwoord op dezelfde vraag. Alleen bij mag.", Value: object("feit-met-waarden")},
	{Name: "gewoonlijk", About: "Antwoorden die bij deze beslissing gewoon zijn. Een bezoeker bevestigt ze in één keer, of antwoordt een voor een.", Value: object("feit-met-waarde")},
	{Name: "vastleggen", About: "Wat je opschrijft en waar, en wat niet.", Value: words()},
	{Name: "informeren", About: "Wie de betrokkene informeert.", Value: words()},
	{Name: "bij-nee", About: "Wat je bij mag-niet opschrijft en wie dan informeert. Alleen bij mag.", Value: object("bij-nee")},
}

var (
	onlyPermit = []string{"geen-grond", "gronden", "eisen", "grenzen", "uitzonderingen", "sloten", "nooit-strenger-door", "bij-nee"}
	onlyChoice = []string{"bij-twijfel", "regels", "boom"}
)

// leaf is what ends a branch of a tree.
var leaf = []Key{
	{Name: "id", About: "De id van deze regel. Verandert nooit van betekenis.", Value: word()},
	{Name: "dan", About: "De uitkomst.", Value: word()},
	conditions, want, norm, bron, geldig, status, twijfel,
}

// question is what a branch of a tree has that does not end.
var question = []Key{
	{Name: "vraag", About: "Het feit waarop de boom hier splitst. Een afgeleid feit mag ook: dan wordt er niets gevraagd.", Value: word()},
	{Name: "takken", About: "Eén tak voor elke mogelijke waarde van dat feit.", Value: listOf("tak")},
}

var branchNeeds = []node{
	with("vraag", needs("takken"), not(needsOneOf("dan", "id"))),
	with("takken", needs("vraag")),
	{"if": not(needs("vraag")), "then": node{"allOf": []node{needs("id", "dan", "want"), cites}}},
}

// Language lists every kind of map that authors write in decisiontrees/. The first one is a file.
var Language = []Object{
	{ID: "bestand", About: "Eén bestand: gedeelde feiten, kenmerken en voorwaarden, één beslissing, of de gevallen van een beslissing.", Keys: slices.Concat([]Key{
		{Name: "feiten", About: "Feiten, elk met een vraag, een afleiding of een andere beslissing.", Value: listOf("feit")},
		{Name: "onmogelijk", About: "Combinaties van feiten die niet voorkomen.", Value: listOf("onmogelijk")},
		{Name: "kenmerken", About: "Kenmerken van partijen en gegevenssoorten.", Value: listOf("kenmerk")},
		{Name: "voorwaarden", About: "Wat iemand moet doen, één keer geschreven.", Value: listOf("voorwaarde")},
		{Name: "beslissing", About: "De id van de beslissing; gelijk aan de naam van het bestand.", Value: word()},
		{Name: "bij", About: "De beslissing waar de gevallen in dit bestand bij horen.", Value: word()},
		{Name: "gevallen", About: "Concrete situaties met hun verwachte uitkomst.", Value: listOf("geval")},
	}, decisionKeys), all: fileNeeds()},
	{ID: "feit", About: "Een feit met een klein aantal mogelijke waarden.", Keys: []Key{
		{Name: "feit", Required: true, About: "De id van dit feit.", Value: word()},
		{Name: "vraag", About: "De vraag, in gewone taal.", Value: word()},
		{Name: "uitleg", About: "Waarom we dit vragen, in één of twee zinnen.", Value: word()},
		waarden,
		{Name: "ligt-vast", About: "true als wie antwoordt hier niets aan kan veranderen. Het staat dan niet bij wat het zou veranderen.", Value: node{"type": "boolean"}},
		aanname, hulp,
		{Name: "waarden-uit", About: "Neem alle partijen of gegevenssoorten uit content/.", Value: oneOf("partijen", "gegevens")},
		{Name: "alleen-als", About: "Alleen dan speelt dit feit. Anders is de waarde nvt en wordt er niets gevraagd.", Value: object("voorwaarde-op-feiten")},
		{Name: "volgt", About: "De regels waaruit dit feit volgt. Dan wordt het nooit gevraagd.", Value: listOf("afleiding")},
		{Name: "anders", About: "De waarde van een afgeleid feit als geen regel geldt.", Value: word()},
		{Name: "beslissing", About: "Dit feit is de uitkomst van deze andere beslissing.", Value: word()},
		norm, bron,
	}, all: []node{
		with("volgt", needs("waarden"), not(needsOneOf("alleen-als", "beslissing"))),
		with("anders", needs("volgt")),
		with("beslissing", not(needsOneOf("waarden", "waarden-uit", "volgt"))),
		{"if": needsOneOf("volgt", "beslissing"), "then": not(needsOneOf("aanname", "hulp"))},
		{"if": not(needsOneOf("volgt", "beslissing")), "then": node{"allOf": []node{needs("vraag", "uitleg"), needsOneOf("waarden", "waarden-uit")}}},
	}},
	{ID: "waarde", About: "Een mogelijk antwoord.", Keys: []Key{
		{Name: "waarde", Required: true, About: "De id van dit antwoord. nvt en weet-niet hebben een vaste betekenis.",
			Value: node{"allOf": []node{word(), not(oneOf(model.Undefined, "weet-niet"))}}},
		{Name: "tekst", Required: true, About: "Het antwoord zoals de lezer het ziet.", Value: word()},
		{Name: "toelichting", About: "Een voorbeeld of verduidelijking.", Value: word()},
		{Name: "zelf", About: "Wat iemand zegt die dit met andere gewone antwoorden in één keer bevestigt; nodig bij gewoonlijk.", Value: word()},
		{Name: "weet-niet", About: "true als wie het niet weet dit kiest; dan staat er geen \"Weet ik niet\" onder.", Value: node{"type": "boolean"}},
	}},
	{ID: "afleiding", About: "Een regel waaruit een feit volgt.", Keys: []Key{
		{Name: "id", About: "Nodig als meer regels dezelfde waarde geven.", Value: word()},
		required(als), {Name: "dan", Required: true, About: "De waarde die dan volgt.", Value: word()}, want, norm, bron, geldig, status, twijfel,
	}},
	{ID: "onmogelijk", About: "Een combinatie van feiten die niet voorkomt.", Keys: []Key{als, required(want)}},
	{ID: "kenmerk", About: "Een kenmerk van alle partijen of gegevenssoorten.", Keys: []Key{
		{Name: "kenmerk", Required: true, About: "De id van dit kenmerk.", Value: word()},
		{Name: "van", Required: true, About: "Waarvan dit een kenmerk is.", Value: oneOf("partijen", "gegevens")},
		{Name: "vraag", Required: true, About: "De vraag die wordt gesteld waar het kenmerk verschilt.", Value: word()},
		{Name: "uitleg", Required: true, About: "Waarom we dit vragen.", Value: word()},
		{Name: "waarden", About: "De mogelijke waarden.", Value: values(1)}, aanname, hulp,
		{Name: "kopjes", About: "true als de antwoorden onder kopjes staan: de waarden van dit kenmerk.", Value: node{"type": "boolean"}},
	}},
	{ID: "voorwaarde", About: "Wat iemand moet doen.", Keys: []Key{
		{Name: "voorwaarde", Required: true, About: "De id van deze voorwaarde.", Value: word()},
		{Name: "tekst", Required: true, About: "Wat iemand moet doen, in één zin.", Value: word()},
		{Name: "eerst", About: "true als het moet gebeuren voordat je deelt of doet wat de uitkomst zegt. Dan staat zij boven de andere.", Value: node{"type": "boolean"}},
		{Name: "toelichting", About: "Hoe je dat doet.", Value: word()}, norm, bron,
	}},
	{ID: "uitkomst", About: "Een uitkomst van een keuze.", Keys: []Key{
		{Name: "uitkomst", Required: true, About: "De id van deze uitkomst.", Value: word()},
		{Name: "titel", Required: true, About: "De uitkomst in een paar woorden.", Value: word()},
		{Name: "tekst", Required: true, About: "De uitkomst in één of twee zinnen.", Value: word()}, conditions,
	}},
	{ID: "uitkomsten-van-mag", About: "De vier uitkomsten, van streng naar ruim.", Keys: levelKeys()},
	{ID: "woorden-van-mag", About: "De woorden voor één van de vier uitkomsten.", Keys: []Key{
		{Name: "titel", Required: true, About: "De uitkomst in een paar woorden.", Value: word()},
		{Name: "tekst", Required: true, About: "De uitkomst in één of twee zinnen.", Value: word()}, conditions,
	}},
	{ID: "geen-grond", About: "Wat er staat als geen enkele grond geldt.", Keys: []Key{required(want), required(watWel), norm, bron}, all: []node{cites}},
	{ID: "bij-nee", About: "Wat er bij mag-niet staat in plaats van vastleggen en informeren.", Keys: []Key{
		{Name: "vastleggen", About: "Wat je dan opschrijft en waar.", Value: words()},
		{Name: "informeren", About: "Wie dan de betrokkene informeert.", Value: words()},
	}},
	permitRule("grond", "Een regel die de deur opent.", "dan", above, required(als)),
	permitRule("eis", "Wat moet kloppen.", "anders", model.Levels[:], als,
		Key{Name: "eist", Required: true, About: "Wat moet kloppen. Elke waarde die je niet noemt, faalt, ook een die er later bij komt.", Value: object("voorwaarde-op-feiten")}),
	permitRule("grens", "Een regel die de uitkomst verlaagt.", "dan", model.Levels[:], required(als)),
	permitRule("uitzondering", "Een regel die in de plaats komt van een eis of grens.", "dan", above, required(als),
		Key{Name: "op", Required: true, About: "De ids van de eisen of grenzen waar deze op antwoordt.", Value: words()}),
	{ID: "regel", About: "Een regel van een keuze.", Keys: []Key{ruleID, required(als), {Name: "dan", Required: true, About: "De uitkomst.", Value: word()},
		conditions, watWel, door, plicht, required(want), norm, bron, geldig, status, twijfel}, all: []node{cites}},
	{ID: "slot", About: "Iets wat bij elke grond moet zijn nagegaan.", Keys: []Key{
		{Name: "slot", Required: true, About: "De id van dit slot.", Value: word()},
		{Name: "titel", Required: true, About: "Het slot in een paar woorden.", Value: word()},
		{Name: "vraag", Required: true, About: "Wat dit slot nagaat, als vraag.", Value: word()},
		{Name: "eisen", About: "Ids van de eisen van deze beslissing die samen dit slot zijn.", Value: words()},
		{Name: "feit", About: "Het feit dat de uitkomst van een eigen kleine beslissing is. Die uitkomst is dan het plafond.", Value: word()},
	}, all: []node{{"oneOf": []node{needs("eisen"), needs("feit")}}}},
	{ID: "hulp", About: "Een keuze die iemand helpt die het antwoord niet weet.", Keys: []Key{
		{Name: "beslissing", Required: true, About: "De id van die keuze.", Value: word()},
		{Name: "geeft", About: "Per uitkomst het antwoord. Wat je weglaat, laat de vraag open. Zonder geeft heten ze gelijk.", Value: object("feit-met-waarde")},
	}},
	{ID: "boom", About: "Een boom van vragen.", Keys: slices.Concat(question, leaf), all: branchNeeds},
	{ID: "tak", About: "Een tak van een boom: vraagt verder, of eindigt met een uitkomst.", Keys: slices.Concat([]Key{
		{Name: "bij", Required: true, About: "De waarde of waarden waarbij deze tak hoort.", Value: words()}}, question, leaf), all: branchNeeds},
	{ID: "wet-altijd", About: "Een wet die in elke situatie moet opgaan.", Keys: invariant(object("nooit-of-alleen"))},
	{ID: "wet-ooit", About: "Een wet die in minstens één situatie moet opgaan.", Keys: invariant(words())},
	{ID: "nooit-of-alleen", About: "Welke uitkomsten nooit voorkomen, of alleen.", Keys: []Key{
		{Name: "nooit", About: "Deze uitkomsten komen dan nooit voor.", Value: words()},
		{Name: "alleen", About: "Alleen deze uitkomsten komen dan voor.", Value: words()},
	}, all: []node{{"oneOf": []node{needs("nooit"), needs("alleen")}}}},
	{ID: "geldig", About: "Een periode. Eén van de twee mag ontbreken.", Keys: []Key{
		{Name: "vanaf", About: "De eerste dag, zoals 2025-03-01.", Value: day()},
		{Name: "tot", About: "De eerste dag die er niet meer bij hoort.", Value: day()},
	}},
	{ID: "geval", About: "Een concrete situatie met haar verwachte uitkomst.", Keys: []Key{
		{Name: "geval", Required: true, About: "De id van dit geval; gelijk aan die in het register als het daaruit komt.", Value: word()},
		{Name: "naam", Required: true, About: "Wat er aan de hand is, in één zin.", Value: word()},
		{Name: "register", About: "De id in het register van gevallen.", Value: word()},
		{Name: "alleen-hier", About: "true als de naam buiten de eigen beslissing te weinig zegt. Wie op de site zoekt, vindt het geval dan niet.", Value: node{"type": "boolean"}},
		{Name: "datum", About: "De dag waarop dit speelt. Standaard die uit content/instellingen.yaml.", Value: day()},
		{Name: "situatie", About: "Het verhaal, in gewone woorden. Wie zoekt, vindt het geval ook op deze woorden.", Value: word()},
		{Name: "feiten", About: "De antwoorden. Feiten die er niet toe doen mogen openblijven.", Value: object("feit-met-waarde")},
		{Name: "verwacht", Required: true, About: "De uitkomst, of een map die ook plicht, regels en voorwaarden noemt.",
			Value: node{"anyOf": []node{word(), object("verwachting")}}},
		{Name: "toelichting", About: "Hoe het geval uit het register hierop past.", Value: word()},
		{Name: "norm", About: "Normen uit het register die dit geval laat zien, zoals een voorbeeld uit een bron.", Value: words()},
	}},
	{ID: "verwachting", About: "Wat een geval verwacht. Wat je weglaat, wordt niet vergeleken.", Keys: []Key{
		{Name: "uitkomst", Required: true, About: "De uitkomst.", Value: word()},
		{Name: "plicht", About: "De plicht die ernaast staat.", Value: oneOf(model.Duties[:]...)},
		{Name: "regels", About: "Ids van regels die moeten tellen.", Value: words()},
		{Name: "regels-niet", About: "Ids van regels die niet mogen tellen.", Value: words()},
		{Name: "voorwaarden", About: "Ids van voorwaarden die erbij moeten staan.", Value: words()},
	}},
	{ID: "voorwaarde-op-feiten", About: "Feiten met hun waarden. Alles in deze map moet gelden.", Open: true,
		rest: node{"anyOf": []node{word(), {"type": "array", "items": word()}, object("niet-deze")}}, Keys: []Key{
			{Name: "een-van", About: "Minstens één van deze voorwaarden geldt.", Value: node{"type": "array", "items": object("voorwaarde-op-feiten"), "minItems": 1}},
			{Name: "alle-van", About: "Elk van deze voorwaarden geldt.", Value: node{"type": "array", "items": object("voorwaarde-op-feiten"), "minItems": 1}},
			{Name: "niet", About: "Niet dit alles tegelijk.", Value: object("voorwaarde-op-feiten")},
			{Name: "datum", About: "De dag ligt in deze periode.", Value: object("periode")},
		}},
	{ID: "niet-deze", About: "Elke waarde behalve deze.", Keys: []Key{
		{Name: "niet", Required: true, About: "De waarden die het niet mogen zijn.", Value: words()},
	}},
	{ID: "periode", About: "Vanaf een dag, tot een dag of allebei.", Keys: []Key{
		{Name: "vanaf", About: "De eerste dag, zoals 2025-03-01.", Value: day()},
		{Name: "tot", About: "De eerste dag die er niet meer bij hoort.", Value: day()},
	}, all: []node{needsOneOf("vanaf", "tot")}},
	{ID: "feit-met-waarde", About: "Per feit één waarde.", Open: true, rest: word()},
	{ID: "feit-met-waarden", About: "Per feit één of meer waarden.", Open: true, rest: words()},
	{ID: "bron", About: "Per bron de plaats of plaatsen daarin.", Open: true, rest: words()},
}

func levelKeys() []Key {
	var out []Key
	for _, level := range model.Levels {
		out = append(out, Key{Name: level, Required: true, About: "De woorden bij deze uitkomst.", Value: object("woorden-van-mag")})
	}
	return out
}

func invariant(then node) []Key {
	return []Key{
		{Name: "id", Required: true, About: "De id van deze wet.", Value: word()},
		{Name: "vuistregel", About: "De vuistregel die hiermee waar blijft.", Value: word()},
		als, {Name: "dan", Required: true, About: "De uitkomsten die dan wel of niet kunnen.", Value: then}, want,
	}
}

// fileNeeds says which keys of a file go together.
func fileNeeds() []node {
	var names []string
	for _, k := range decisionKeys {
		names = append(names, k.Name)
	}
	list, words := node{"type": "array"}, node{"type": "object"}
	return []node{
		with("bij", needs("gevallen"), not(needs("beslissing"))),
		with("gevallen", needs("bij")),
		with("beslissing", needs("titel", "kort", "soort", "vragen", "uitkomsten")),
		{"if": needsOneOf(names...), "then": needs("beslissing")},
		where("soort", []string{"mag"}, needs("geen-grond"), not(needsOneOf(onlyChoice...)), node{"properties": node{"uitkomsten": words}}),
		where("soort", []string{"keuze"}, needs("bij-twijfel"), needsOneOf("regels", "boom"), not(needsOneOf(onlyPermit...)), node{"properties": node{"uitkomsten": list}}),
	}
}
