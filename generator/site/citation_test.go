package site

import "testing"

func TestPlacesHaveTheirName(t *testing.T) {
	for full, want := range map[string]string{
		"5. Uitvoering > 5.2 Vuistregels > vuistregel 9":                                            "5.2 Vuistregels",
		"B2.2.2 Fase 2 – Triage en voorbereiding casusoverleg > Taak; B2.2.3 Fase 3":                "B2.2.2 Fase 2 – Triage en voorbereiding casusoverleg",
		"III. Consequenties voor de omgang met gegevens in het operationele proces > punt 2, zin 1": "III Consequenties voor de omgang met gegevens in het…",
		"II. Aard van het proces (kort), alinea 1":                                                  "II Aard van het proces",
		"WGS art. 1.5 lid 1": "WGS art. 1.5 lid 1",
		"Bijlage 1.3 Groepsaanpak > Specifieke aandachtspunten": "Bijlage 1.3 Groepsaanpak",
		"Colofon": "Colofon",
	} {
		if got := namedPlace(full); got != want {
			t.Errorf("%q becomes %q, not %q", full, got, want)
		}
	}
}
