package flow_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"handvat/generator/flow"
	"handvat/generator/letters"
	"handvat/generator/model"
	"handvat/generator/projecttest"
)

// forms are the two drawings of a phase.
var forms = map[string]func(*model.Phase) flow.Drawing{"wide": flow.Wide, "tall": flow.Tall}

// A seen is what stands in a drawing.
type seen struct {
	texts  []text
	signs  []string          // in the order in which they stand
	boxes  []box             // of signs
	circle []circle          // the table and its chairs
	lines  map[string][]path // by class
}

type text struct {
	words string
	class string
	box
}

type box struct{ left, top, right, bottom float64 }

type circle struct{ x, y, r float64 }

// A path is a line in short straight pieces.
type path []spot

type spot struct{ x, y float64 }

func (a box) over(b box) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

func (a box) has(s spot) bool { return s.x > a.left && s.x < a.right && s.y > a.top && s.y < a.bottom }

// look reads a drawing.
func look(t *testing.T, d flow.Drawing) (out seen) {
	t.Helper()
	out.lines = map[string][]path{}
	decoder := xml.NewDecoder(strings.NewReader("<svg>" + d.SVG + "</svg>"))
	var at *text
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("no well-formed XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			get := func(name string) string {
				for _, a := range token.Attr {
					if a.Name.Local == name {
						return a.Value
					}
				}
				return ""
			}
			number := func(name string) float64 { n, _ := strconv.ParseFloat(get(name), 64); return n }
			switch token.Name.Local {
			case "text":
				out.texts = append(out.texts, text{class: get("class"), box: box{left: number("x"), top: number("y") - 13, bottom: number("y") + 4}})
				at = &out.texts[len(out.texts)-1]
			case "use":
				out.signs = append(out.signs, strings.TrimPrefix(get("href"), "#t-"))
				out.boxes = append(out.boxes, box{number("x"), number("y"), number("x") + number("width"), number("y") + number("height")})
			case "circle":
				out.circle = append(out.circle, circle{number("cx"), number("cy"), number("r")})
			case "path":
				out.lines[get("class")] = append(out.lines[get("class")], trace(t, get("d"))...)
			}
		case xml.CharData:
			if at == nil {
				continue
			}
			at.words = string(token)
			font := letters.Regular
			if strings.HasPrefix(at.class, "n") {
				font = letters.Bold
			}
			width := font.Width(at.words, flow.Size)
			if strings.HasSuffix(at.class, "op") {
				at.left -= width / 2
			}
			at.right = at.left + width
		case xml.EndElement:
			at = nil
		}
	}
}

// trace follows a path; curves become short pieces.
func trace(t *testing.T, d string) (out []path) {
	t.Helper()
	var x, y float64
	for _, found := range regexp.MustCompile(`([A-Za-z])([^A-Za-z]*)`).FindAllStringSubmatch(d, -1) {
		var n []float64
		for _, word := range regexp.MustCompile(`-?[0-9.]+`).FindAllString(found[2], -1) {
			f, err := strconv.ParseFloat(word, 64)
			if err != nil {
				t.Fatal(err)
			}
			n = append(n, f)
		}
		want, ok := map[string]int{"M": 2, "H": 1, "V": 1, "h": 1, "v": 1, "l": 2, "C": 6, "Q": 4, "z": 0}[found[1]]
		if !ok || len(n) != want {
			t.Fatalf("%s: %s cannot be read", d, found[0])
		}
		last := len(out) - 1
		to := func(nx, ny float64) { x, y = nx, ny; out[last] = append(out[last], spot{x, y}) }
		switch found[1] {
		case "M":
			x, y = n[0], n[1]
			out = append(out, path{{x, y}})
		case "H":
			to(n[0], y)
		case "V":
			to(x, n[0])
		case "h":
			to(x+n[0], y)
		case "v":
			to(x, y+n[0])
		case "l":
			to(x+n[0], y+n[1])
		case "z":
			to(out[last][0].x, out[last][0].y)
		case "C", "Q":
			if len(n) == 4 { // the same curve with two handles
				n = []float64{x + (n[0]-x)*2/3, y + (n[1]-y)*2/3, n[2] + (n[0]-n[2])*2/3, n[3] + (n[1]-n[3])*2/3, n[2], n[3]}
			}
			fromX, fromY := x, y
			for i := 1; i <= 40; i++ {
				k := float64(i) / 40
				j := 1 - k
				to(j*j*j*fromX+3*j*j*k*n[0]+3*j*k*k*n[2]+k*k*k*n[4], j*j*j*fromY+3*j*j*k*n[1]+3*j*k*k*n[3]+k*k*k*n[5])
			}
		}
	}
	return out
}

// crosses tells whether two lines cross; where one ends on the other they only touch.
func crosses(a, b path) bool {
	side := func(p, q, r spot) float64 { return (q.x-p.x)*(r.y-p.y) - (q.y-p.y)*(r.x-p.x) }
	for i := 1; i < len(a); i++ {
		for j := 1; j < len(b); j++ {
			if side(a[i-1], a[i], b[j-1])*side(a[i-1], a[i], b[j]) < -1e-6 && side(b[j-1], b[j], a[i-1])*side(b[j-1], b[j], a[i]) < -1e-6 {
				return true
			}
		}
	}
	return false
}

// hold holds a drawing against what must be true of each of them.
func hold(t *testing.T, what string, phase *model.Phase, d flow.Drawing) {
	t.Helper()
	s := look(t, d)

	// Every flow is there once, with its sign and with all its words; what may not comes last on its side.
	var said []string
	var going, stopping [len(model.Sides)][]string
	say := func(words ...string) {
		for _, w := range words {
			said = append(said, strings.Fields(w)...)
		}
	}
	classes := [...]string{"niet", "eigen", "mits", "mag"}
	stops, goes := 0, 0
	sides := [len(model.Sides)]bool{}
	for _, f := range phase.Flows {
		if f.Level == 0 {
			stops++
			stopping[f.Side] = append(stopping[f.Side], "niet")
		} else {
			goes++
			going[f.Side] = append(going[f.Side], classes[f.Level])
		}
		if !sides[f.Side] {
			say(phase.Picture.Headings[f.Side])
		}
		sides[f.Side] = true
		switch say(f.Short); f.Side {
		case model.Inward:
			say(f.From)
		case model.Outward:
			say(f.To)
		case model.Passing:
			say(f.From, f.To)
		}
	}
	say(phase.Picture.Name, phase.Picture.Text)
	var read []string
	for _, x := range s.texts {
		read = append(read, strings.Fields(x.words)...)
	}
	slices.Sort(said)
	slices.Sort(read)
	if !slices.Equal(said, read) {
		t.Errorf("%s: says %q, and should say %q", what, read, said)
	}
	var signs []string
	for side := range model.Sides {
		signs = append(append(signs, going[side]...), stopping[side]...)
	}
	if !slices.Equal(s.signs, signs) {
		t.Errorf("%s: has signs %v, and should have %v", what, s.signs, signs)
	}

	// What goes on ends in an arrow, what may not in a bar.
	arrows := 0
	for class, lines := range s.lines {
		if strings.HasPrefix(class, "pijl") {
			arrows += len(lines)
		}
	}
	if arrows != goes || len(s.lines["pijl niet"]) > 0 || len(s.lines["lijn niet"]) != 2*stops {
		t.Errorf("%s: %d arrows for %d that go on, %d lines and bars for %d that do not", what, arrows, goes, len(s.lines["lijn niet"]), stops)
	}

	// Texts stand free of each other, of signs, of chairs, and within the drawing.
	within := box{0, 0, float64(d.Width), float64(d.Height)}
	for i, a := range s.texts {
		if a.left < within.left || a.right > within.right || a.top < within.top || a.bottom > within.bottom {
			t.Errorf("%s: %q stands outside: %v", what, a.words, a.box)
		}
		for _, b := range s.texts[:i] {
			if a.over(b.box) {
				t.Errorf("%s: %q stands over %q", what, a.words, b.words)
			}
		}
		for _, b := range s.boxes {
			if a.over(b) {
				t.Errorf("%s: %q stands over a sign", what, a.words)
			}
		}
		for _, c := range s.circle {
			near := spot{max(a.left, min(c.x, a.right)), max(a.top, min(c.y, a.bottom))}
			if a.class != "n op" && a.class != "op" && math.Hypot(near.x-c.x, near.y-c.y) < c.r {
				t.Errorf("%s: %q stands over the table or a chair", what, a.words)
			}
		}
	}

	// No line crosses another, runs through text, or leaves the drawing; none comes on the table.
	type named struct {
		class string
		path
	}
	var all []named
	for class, lines := range s.lines {
		for _, l := range lines {
			all = append(all, named{class, l})
			for _, at := range l {
				if at.x < 0 || at.x > within.right || at.y < 0 || at.y > within.bottom+1 {
					t.Errorf("%s: a line leaves the drawing at %v", what, at)
				}
				for _, x := range s.texts {
					if x.has(at) {
						t.Errorf("%s: a line runs through %q", what, x.words)
					}
				}
				for _, c := range s.circle {
					if class != "lijn rail" && math.Hypot(at.x-c.x, at.y-c.y) < c.r {
						t.Errorf("%s: a line runs over the table or a chair at %v", what, at)
					}
				}
			}
		}
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if strings.HasPrefix(a.class, "lijn") && strings.HasPrefix(b.class, "lijn") && crosses(a.path, b.path) {
				t.Errorf("%s: a line of %q crosses one of %q", what, a.class, b.class)
			}
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}

func TestThePhasesOfTheProjectAreDrawn(t *testing.T) {
	p := projecttest.Own(t)
	for _, phase := range append(slices.Clone(p.Model.Phases), p.Model.Variants...) {
		if phase.Picture == nil {
			t.Errorf("%s is not drawn", phase.ID)
			continue
		}
		for form, draw := range forms {
			hold(t, phase.ID+" "+form, phase, draw(phase))
		}
	}
}

// TestAnyFlowsAreDrawn draws phases that nobody wrote: any number on any side, names and texts up to what fits.
func TestAnyFlowsAreDrawn(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	words := func(bold bool) string {
		for {
			var out []string
			for range 1 + random.IntN(8) {
				out = append(out, strings.Repeat(string(rune('a'+random.IntN(26))), 1+random.IntN(12)))
			}
			if text := strings.Join(out, " "); flow.Fits(text, bold) {
				return text
			}
		}
	}
	for range 400 {
		phase := &model.Phase{Picture: &model.Picture{Shape: random.IntN(len(model.Shapes)), Name: "Aan tafel", Headings: [...]string{"Hier in", "Hier uit", "Hier langs"}}}
		if random.IntN(2) == 0 {
			phase.Picture.Text = "een beeld en een plan"
		}
		for side := range model.Sides {
			for range random.IntN(8) {
				phase.Flows = append(phase.Flows, model.Flow{From: words(true), To: words(true), Short: words(false), Side: side, Level: random.IntN(len(model.Levels))})
			}
		}
		random.Shuffle(len(phase.Flows), func(i, j int) { phase.Flows[i], phase.Flows[j] = phase.Flows[j], phase.Flows[i] })
		for form, draw := range forms {
			hold(t, fmt.Sprintf("%s %+v", form, *phase), phase, draw(phase))
		}
	}
}

func TestWhatFits(t *testing.T) {
	for text, fits := range map[string]bool{
		"":             true,
		"Wat nodig is": true,
		"Wat nodig is voor het gezamenlijke beeld":                            true,
		"Advies over hoe je iemand benadert, en of een maatregel haalbaar is": false,
		"Verantwoordingsverplichtingenbeoordelingen":                          false,
	} {
		if flow.Fits(text, false) != fits {
			t.Errorf("%q: fits is %v", text, !fits)
		}
	}
	if !flow.FitsHeading("Dit komt op tafel") || flow.FitsHeading("Dit komt op tafel als dat nodig is") {
		t.Error("what fits as a heading is other than that")
	}
	for name, text := range map[string]string{"Aanmelder en procesregisseur": "", "Aan tafel": "gedeeld beeld en één plan", "Procesregisseur": "één gesprek tegelijk"} {
		if !flow.FitsCentre(name, text) {
			t.Errorf("%q and %q should fit on the table", name, text)
		}
	}
	for name, text := range map[string]string{"Geheimhoudingsplicht": "", "Aan tafel": "een gedeeld beeld van de problemen en daarna een plan"} {
		if flow.FitsCentre(name, text) {
			t.Errorf("%q and %q should not fit on the table", name, text)
		}
	}
}
