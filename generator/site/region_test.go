package site_test

import (
	"strings"
	"testing"

	"handvat/generator/site"
)

// A region and the nation lead to each other, and a tension shows both sides.
func TestARegionAndTheNationLeadToEachOther(t *testing.T) {
	files, err := site.Build(input(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	for page, wants := range map[string][]string{
		"index.html":                         {`href="./regio/"`},
		"regio/index.html":                   {`href="../regio/west/"`},
		"mag-dit/mag-ik-meenemen/index.html": {`href="../../regio/west/mag-dit/mag-ik-meenemen/"`},
		"regio/west/mag-dit/mag-ik-meenemen/index.html": {`href="../../../../mag-dit/mag-ik-meenemen/"`, `href="../../../../regio/west/"`,
			"West: Wat mag ik mee terug nemen?", "/west-mag-ik-meenemen-", "Staat hier vast"},
		"regio/west/index.html": {"Losse post", "Los mag.", "Los mag niet.", "Versleutel.", "2 partners", "Weeg", "Politie West", `href="../../partijen/politie/"`,
			`href="../../regio/west/mag-dit/mag-ik-meenemen/"`, `href="../../mag-dit/mag-ik-meenemen/"`, "De inbrenger houdt het laatste woord.", "Zo is het hier."},
		"bronnen/handreiking/index.html": {`href="../../regio/west/"`},
		"sitemap.xml":                    {"https://handvat.example/regio/west/</loc>", "https://handvat.example/regio/west/mag-dit/mag-ik-meenemen/</loc>"},
	} {
		for _, want := range wants {
			if !strings.Contains(string(files[page]), want) {
				t.Errorf("%s lacks %q", page, want)
			}
		}
	}
	if strings.Contains(string(files["sitemap.xml"]), "stappen") {
		t.Error("steps stand in the sitemap")
	}
}
