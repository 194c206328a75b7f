package check

import (
	"net/url"
	"strings"

	"handvat/generator/content"
	"handvat/generator/model"
	"handvat/generator/source"
)

func (g *guidance) checkSettings() {
	w := g.written.Settings
	if w == nil {
		const file = content.Root + "instellingen.yaml"
		g.list.Addf(source.Span{File: file, Line: 1, Column: 1}, "ontbrekend-bestand",
			"dit bestand ontbreekt; er horen titel, belofte, datum en basis-url in te staan")
		return
	}
	g.settings = model.Settings{
		Title:   g.plain(w.Title),
		Promise: g.plain(w.Promise),
		Date:    g.day(w.Date),
		BaseURL: w.BaseURL.Value,
		Contact: w.Contact.Value,

		RulesComplete: w.RulesComplete,
	}
	if why := wrongContact(w.Contact.Value); w.Contact.Value != "" && why != "" {
		g.list.Addf(w.Contact.Span, "geen-meldadres", `bij "%s" kan niemand iets melden: %s`, w.Contact.Value, why)
	}
	if w.BaseURL.Span.File == "" {
		return
	}
	if why := wrongBase(w.BaseURL.Value); why != "" {
		g.list.Addf(w.BaseURL.Span, "geen-basis-url", `"%s" kan het adres van de site niet zijn: %s`, w.BaseURL.Value, why)
	}
}

// wrongContact tells why nobody can be reached at an address, or "". RFC 9116, section 2.5.3, asks for a web address over
// https, or for one of mail or a telephone.
func wrongContact(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || !(u.Scheme == "https" && u.Host != "" || u.Scheme == "mailto" && strings.Contains(u.Opaque, "@")):
		return "het begint met https:// of met mailto:"
	case strings.ContainsAny(address, " \r\n"):
		return "er staat geen spatie in"
	case strings.HasSuffix(strings.TrimSuffix(u.Host+u.Opaque, "."), ".example"):
		return "een naam op .example bestaat niet"
	}
	return ""
}

// wrongBase tells why an address cannot be that of a site, or "".
func wrongBase(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Opaque != "":
		return "het begint met https:// en de naam van de site"
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(address, "#"):
		return "er staat geen gebruiker, ? of # in"
	case !strings.HasSuffix(u.Path, "/"):
		return "het eindigt op een schuine streep"
	}
	return ""
}
