package site

import (
	"fmt"
	"slices"
	"strings"

	"handvat/generator/model"
	"handvat/generator/walk"
)

// How many questions a decision may have as sections of a page, with reasons at its outcomes; and without those, so that
// outcomes lead to the rules. Above that there is no such page. Both keep within what a long page may weigh.
const (
	maxSteps      = 300
	maxShortSteps = 400
)

// A walked is a walk as sections of a page: what a visitor without scripts clicks through. Each interval of the date has
// its own, on a page of its own; the page of the decision shows the first step of today's.
type walked struct {
	Steps    []step    `json:"stappen"`
	Unknowns []unknown `json:"onbekend"`
	Leaves   []leaf    `json:"uitkomsten"`
}

type step struct {
	ID       string            `json:"id"`
	Question string            `json:"vraag"`
	Why      string            `json:"waarom,omitempty"`
	First    *link             `json:"eerst,omitempty"` // the decision to work out first, where its outcome is asked
	Help     string            `json:"hulp,omitempty"`  // the page of the decision that helps who does not know
	Groups   []heading[choice] `json:"groepen"`
	Unknown  string            `json:"weetniet,omitempty"`
}

type choice struct {
	at    int    // which value
	Href  string `json:"href"`
	Label string `json:"tekst"`
	Help  string `json:"toelichting,omitempty"`
}

// An unknown is what holds while one question stays open.
type unknown struct {
	ID       string    `json:"id"`
	Question string    `json:"vraag"`
	Possible []verdict `json:"kannog"`
	Advice   verdict   `json:"advies"`
	Text     string    `json:"tekst"`
	Rules    string    `json:"regels"` // where those of the advice stand, with what is possible
}

type leaf struct {
	ID           string           `json:"id"`
	Verdict      verdict          `json:"oordeel"`
	Text         string           `json:"tekst"`
	Duty         string           `json:"plicht,omitempty"`
	Must         bool             `json:"kop,omitempty"`         // the duty is the heading: who may and must reads first that he must
	Free         bool             `json:"vrij,omitempty"`        // it is allowed for certain, and no duty, which it can be in this decision
	Conditions   []conditionGroup `json:"voorwaarden,omitempty"` // all of them, those of used decisions included
	Alternatives []alternative    `json:"watwel,omitempty"`
	Parts        []leafPart       `json:"delen"`
	Record       string           `json:"vastleggen,omitempty"` // what to write down and whom to inform, on the page of the decision
	Rules        string           `json:"regels,omitempty"`     // where the rules stand, if the parts do not say
}

// A leafPart is why one decision contributes to an outcome: first the decision itself, then those it uses.
type leafPart struct {
	Title   string   `json:"titel,omitempty"`
	Verdict verdict  `json:"oordeel"`
	Reasons []reason `json:"redenen"`
}

type conditionGroup struct {
	Ground  string      `json:"grond,omitempty"` // where grounds are alternatives, the one these belong to
	Items   []condition `json:"lijst"`
	Sources []citation  `json:"bronnen,omitempty"`
}

type alternative struct {
	By   string `json:"door,omitempty"`
	Text string `json:"tekst"`
}

type reason struct {
	Href    string     `json:"href"`
	Text    string     `json:"tekst"`
	Doubt   string     `json:"twijfel,omitempty"`
	Sources []citation `json:"bronnen,omitempty"`
}

// A walker numbers the nodes that a visitor can meet, in the order in which they come up.
type walker struct {
	*writer
	d        *model.Decision
	walk     *walk.Walk
	possible []model.Set // per node the outcomes that can still follow
	number   map[int]int
	order    []int
	unknowns []unknown
	seen     map[string]string
	short    bool // leaves do not know which rules count
}

// A walkPage is the walk of one interval of the date.
type walkPage struct {
	Href  string
	Title string // the interval, "" where there is only one
	Today bool
	walked
}

// walks gives the walks of a decision by interval, today's first, without those that would be too large.
func (w *writer) walks(d Decision) []walkPage {
	if d.Walk == nil {
		return nil
	}
	root := d.Walk.Nodes[d.Walk.Root()]
	folder := w.decisionHref(d.Decision) + "stappen/"
	if root.Fact == nil || root.Fact.Kind != model.Date {
		made, ok := w.walkFrom(d, d.Walk.Root())
		if !ok {
			return nil
		}
		return []walkPage{{Href: folder, Today: true, walked: made}}
	}
	today := w.today(root.Fact)
	var out []walkPage
	for i, v := range root.Fact.Values {
		if root.Next[i] == walk.None || i != today && root.Next[i] == root.Next[today] {
			continue
		}
		made, ok := w.walkFrom(d, root.Next[i])
		if !ok {
			continue
		}
		p := walkPage{Href: folder + v.ID + "/", Title: w.interval(v), walked: made}
		if i == today {
			p.Href, p.Today = folder, true
			out = slices.Insert(out, 0, p)
		} else {
			out = append(out, p)
		}
	}
	return out
}

// walkFrom writes the walk from a node. Where it would be too large, it asks only what decides the outcome, and its
// outcomes lead to the rules as text instead of saying which of them count; where even that is too large, it is not ok.
func (w *writer) walkFrom(d Decision, start int) (out walked, ok bool) {
	k := w.newWalker(d.Decision, d.Walk, start)
	k.short = d.Walk.Short
	if k.questions() > maxSteps {
		short, at := walk.OutcomesOnly(d.Walk)
		k = w.newWalker(d.Decision, short, at[start])
		k.short = true
	}
	if k.questions() > maxShortSteps {
		return walked{}, false
	}
	for _, n := range k.order {
		if node := k.walk.Nodes[n]; node.Leaf != nil {
			out.Leaves = append(out.Leaves, k.leaf(n, node.Leaf.Answer))
		} else {
			out.Steps = append(out.Steps, k.step(n))
		}
	}
	out.Unknowns = k.unknowns
	return out, true
}

func (w *writer) newWalker(d *model.Decision, from *walk.Walk, start int) *walker {
	k := &walker{writer: w, d: d, walk: from, possible: from.Outcomes(), number: map[int]int{}, seen: map[string]string{}}
	k.visit(start)
	return k
}

func (k *walker) questions() int {
	count := 0
	for _, n := range k.order {
		if k.walk.Nodes[n].Leaf == nil {
			count++
		}
	}
	return count
}

func (w *writer) interval(v model.Value) string {
	words := ""
	if v.From != "" {
		words = w.label("vanaf") + " " + w.day(v.From)
	}
	if v.Until != "" {
		words = strings.TrimSpace(words + " " + w.label("tot") + " " + w.day(v.Until))
	}
	return words
}

// land follows questions that have one answer only: those are not asked.
func (k *walker) land(n int) int {
	for {
		node := k.walk.Nodes[n]
		only, count := walk.None, 0
		for _, next := range node.Next {
			if next != walk.None {
				only = next
				count++
			}
		}
		if node.Leaf != nil || count != 1 {
			return n
		}
		n = only
	}
}

// visit numbers everything that can be met from a node, nearest first.
func (k *walker) visit(n int) {
	queue := []int{k.land(n)}
	for len(queue) > 0 {
		n, queue = queue[0], queue[1:]
		if _, met := k.number[n]; met {
			continue
		}
		k.number[n] = len(k.order) + 1
		k.order = append(k.order, n)
		for _, next := range k.walk.Nodes[n].Next {
			if next != walk.None {
				queue = append(queue, k.land(next))
			}
		}
	}
}

func (k *walker) id(n int) string {
	if k.walk.Nodes[n].Leaf != nil {
		return fmt.Sprintf("uitkomst-%d", k.number[n])
	}
	return fmt.Sprintf("stap-%d", k.number[n])
}

func (k *walker) step(n int) step {
	node := k.walk.Nodes[n]
	s := step{ID: k.id(n), Question: questionOf(node.Fact), Why: k.html(node.Fact.Why)}
	var choices []choice
	for i, next := range node.Next {
		if next == walk.None {
			continue
		}
		help := ""
		if i < len(node.Fact.Values) {
			help = k.words(node.Fact.Values[i].Help)
		}
		choices = append(choices, choice{i, "#" + k.id(k.land(next)), k.valueLabel(node.Fact, i), help})
	}
	s.Groups = headings(k.in.Model, node.Fact, choices, func(c choice) int { return c.at })
	if u := node.Fact.Uses; u != nil {
		s.First = &link{k.decisionHref(u), u.Title}
	}
	if h := node.Fact.Helper; h != nil && k.edition == nil { // the way back from there leads to the national decision
		s.Help = decisionPage(h.Decision)
	}
	if !node.Fact.HasUnknown() {
		s.Unknown = k.unknown(n)
	}
	return s
}

func (k *walker) verdicts(set model.Set) []verdict {
	var out []verdict
	for i := range k.d.Outcomes {
		if set>>i&1 == 1 {
			out = append(out, k.verdictOf(k.d, i))
		}
	}
	if k.d.Kind == model.Permit {
		slices.Reverse(out)
	}
	return out
}

// unknown gives the link to what holds while the question of a node stays open; nodes that leave the same possible share it.
func (k *walker) unknown(n int) string {
	node := k.walk.Nodes[n]
	key := fmt.Sprintf("%s %x", node.Fact.ID, k.possible[n])
	if id, made := k.seen[key]; made {
		return "#" + id
	}
	advice := k.d.InDoubt
	if k.d.Kind == model.Permit {
		for advice = 0; k.possible[n]>>advice&1 == 0; advice++ {
		}
	}
	u := unknown{
		ID: fmt.Sprintf("weet-niet-%d", len(k.unknowns)+1), Question: questionOf(node.Fact), Possible: k.verdicts(k.possible[n]),
		Advice: k.verdictOf(k.d, advice), Text: k.words(k.d.Outcomes[advice].Text),
		Rules: fmt.Sprintf("#regels-%s-%d", k.d.ID, advice),
	}
	k.seen[key] = u.ID
	k.unknowns = append(k.unknowns, u)
	return "#" + u.ID
}

func (k *walker) leaf(n int, a model.Answer) leaf {
	out := leaf{ID: k.id(n), Verdict: k.verdictOf(k.d, a.Outcome), Text: k.words(k.d.Outcomes[a.Outcome].Text), Duty: dutyName(a.Duty)}
	if k.d.Kind == model.Permit && a.Outcome > model.OwnWeighing {
		out.Must, out.Free = a.Duty > 0, a.Duty == 0 && k.d.HasDuty() && !slices.ContainsFunc(a.ConditionList(k.d), waits)
	}
	switch no := k.d.Kind == model.Permit && a.Outcome == model.Forbidden; {
	case no && len(k.d.RecordAtNo)+len(k.d.InformAtNo) > 0:
		out.Record = "vastleggen-nee"
	case !no && len(k.d.Record)+len(k.d.Inform) > 0:
		out.Record = "vastleggen"
	}
	if k.short {
		out.Rules = fmt.Sprintf("#regels-%s-%d", k.d.ID, a.Outcome)
		return out
	}
	k.part(&out, k.d, "", a, true)
	return out
}

// part adds what a decision contributes, then what those it uses contribute. Conditions count where all decisions above
// allow, as in Answer.ConditionList.
func (k *walker) part(out *leaf, d *model.Decision, title string, a model.Answer, may bool) {
	may = may && (d.Kind == model.Choice || a.Outcome > model.Forbidden)
	p := leafPart{Title: title, Verdict: k.verdictOf(d, a.Outcome)}
	var grounds []*model.Rule
	var given []*model.Condition
	if d.Kind == model.Choice {
		given = append(given, d.Outcomes[a.Outcome].Conditions...)
	}
	for _, r := range a.Counting {
		if r.Kind == model.Ground {
			grounds = append(grounds, r)
		} else {
			given = append(given, r.Conditions...)
		}
		if r.Alternative != "" || r.By != "" {
			out.instead(alternative{r.By, k.words(r.Alternative)})
		}
		full := k.rule(Decision{}, -1, d, r)
		if full.Why != "" {
			p.Reasons = append(p.Reasons, reason{"#" + full.ID, full.Why, full.Doubt, full.Sources})
		}
	}
	if d.Kind == model.Permit && a.Outcome == model.Forbidden && len(a.Counting) == 0 && d.NoGround != nil {
		g := d.NoGround
		p.Reasons = append(p.Reasons, reason{"#geen-grond-" + d.ID, k.words(g.Why), "", k.cite(g.Cited)})
		out.instead(alternative{"", k.words(g.Alternative)})
	}
	if len(grounds) == 1 {
		given = append(given, grounds[0].Conditions...)
	}
	if may {
		out.group("", given, k)
		if len(grounds) > 1 {
			for _, g := range grounds {
				out.group(k.words(g.Why), g.Conditions, k)
			}
		}
	}
	out.Parts = append(out.Parts, p)
	for _, t := range a.Through {
		k.part(out, t.Fact.Uses, t.Fact.Uses.Title, t.Answer, may)
	}
}

// waits tells whether a condition makes the others wait.
func waits(c *model.Condition) bool { return c.ID == model.LawyerMustConfirm }

// order gives where a condition stands among others: first what makes them wait, then what must be done before the rest.
func order(c *model.Condition) int {
	switch {
	case waits(c):
		return 0
	case c.First:
		return 1
	}
	return 2
}

// instead adds what is possible, where it does not stand there yet.
func (out *leaf) instead(a alternative) {
	if !slices.Contains(out.Alternatives, a) {
		out.Alternatives = append(out.Alternatives, a)
	}
}

// group adds conditions that do not stand there yet, in their order.
func (out *leaf) group(ground string, given []*model.Condition, k *walker) {
	g := conditionGroup{Ground: ground}
	given = slices.SortedStableFunc(slices.Values(given), func(a, b *model.Condition) int { return order(a) - order(b) })
	var cited []model.Cited
	for _, c := range given {
		there := func(other condition) bool { return other.ID == c.ID }
		if slices.ContainsFunc(g.Items, there) || slices.ContainsFunc(out.Conditions, func(o conditionGroup) bool { return o.Ground == "" && slices.ContainsFunc(o.Items, there) }) {
			continue
		}
		g.Items = append(g.Items, condition{ID: c.ID, Text: k.words(c.Text), How: k.words(c.How)})
		cited = append(cited, c.Cited)
	}
	if len(g.Items) > 0 {
		g.Sources = k.cite(cited...)
		out.Conditions = append(out.Conditions, g)
	}
}
