package graph

import (
	"fmt"
	"io"
	"strings"
)

// Write writes a drawing as one SVG file that stands on its own: its sheets below each other, with the looks that the site gives them.
func (d *Drawing) Write(w io.Writer, title string) error {
	const margin, heading = 24, 56
	height := margin + heading
	var b strings.Builder
	for i, s := range d.Sheets {
		fmt.Fprintf(&b, `<g id="blad-%d" transform="translate(%d %d)">%s</g>`+"\n", i+1, margin, height, s.SVG)
		height += s.Height + 2*apart
	}
	if left := d.Asked - len(d.Questions); left > 0 {
		fmt.Fprintf(&b, `<text class="z" x="%d" y="%d">Getekend: %d van de %d vragen, die het dichtst bij het begin staan.</text>`+"\n", margin, height, len(d.Questions), d.Asked)
		height += margin
	}
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="titel" class="boom">
<title id="titel">%s</title>
<style>%s</style>
%s
<text class="titel" x="%d" y="%d">%s</text>
%s</svg>
`, Width+2*margin, height, Width+2*margin, height, escape(title), style, signs, margin, margin+20, escape(title), b.String())
	return err
}

// style and signs are those of the theme, for a file that nothing else gives them.
const (
	style = `.boom{background:#fff;color:#211a26;--k:#8a7f8c;--vlak:#fff;--n:#5c1f52;--z:#5d5361}.mag{--k:#1a6639}.mits{--k:#7d5000}.eigen{--k:#1f4f8f}.niet{--k:#a01f1a}.keus{--k:#5c1f52}` +
		`@media(prefers-color-scheme:dark){.boom{background:#17131a;color:#f3eef4;--k:#86798a;--vlak:#17131a;--n:#e9b3dc;--z:#bfb3c2}.mag{--k:#86d6a5}.mits{--k:#f2c566}.eigen{--k:#a3c7f7}.niet{--k:#ffa398}.keus{--k:#e9b3dc}}` +
		`text{font:15px "Atkinson Hyperlegible Next",Verdana,sans-serif;fill:currentColor}.titel{font-size:24px;font-weight:700}.v,.n,.o,.w{font-weight:700}.n,.w{fill:var(--n)}.a,.z{font-size:13.5px}.z{fill:var(--z)}.o{fill:var(--k)}` +
		`use{color:var(--k)}path{fill:none;stroke:var(--k);stroke-width:2}.vraag{stroke:currentColor}.stam,.lijn,.pijl{stroke:var(--k)}.pijl{fill:var(--k);stroke:none}.lijn.eigen{stroke-dasharray:7 5}` +
		`.uit{fill:var(--vlak)}.uits{fill:none;stroke:var(--vlak)}symbol path{stroke-width:0}`
	signs = `<defs><symbol id="t-mag" viewBox="0 0 24 24"><circle cx="12" cy="12" r="11" fill="currentColor"/><path class="uits" d="M6.8 12.4l3.6 3.6 7-7.6" style="stroke-width:2.8"/></symbol>` +
		`<symbol id="t-mits" viewBox="0 0 24 24"><circle class="uit" cx="12" cy="12" r="9.7" stroke="currentColor" stroke-width="2.6"/><path d="M12 1a11 11 0 0 0 0 22z" style="fill:currentColor"/></symbol>` +
		`<symbol id="t-eigen" viewBox="0 0 24 24"><path class="uit" d="M12 1.9L22.1 12 12 22.1 1.9 12z" style="stroke:currentColor;stroke-width:2.6"/><circle cx="12" cy="12" r="3" fill="currentColor"/></symbol>` +
		`<symbol id="t-niet" viewBox="0 0 24 24"><path d="M1.5 1.5h21v21h-21z" style="fill:currentColor"/><path d="M5.5 10h13v4h-13z" style="fill:var(--vlak)"/></symbol>` +
		`<symbol id="t-keus" viewBox="0 0 24 24"><path d="M1.5 12h19M12.5 3.5l8.5 8.5-8.5 8.5" style="stroke:currentColor;stroke-width:4"/></symbol></defs>`
)
