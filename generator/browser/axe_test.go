package browser

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/emulation"
)

// The accessibility checker, as published. Its hash and version are tested.
//
//go:embed testdata/axe-core/axe.min.js
var axeScript string

// AxeRules are the rules that Axe runs: all that are not about WCAG level AAA and not on their way out. Those the checker
// leaves out of its own accord, such as the size of targets, are among them.
const axeRules = `Object.fromEntries(axe.getRules().filter(r => !r.tags.includes('wcag2aaa') && !r.tags.includes('deprecated')).map(r => [r.ruleId, {enabled: true}]))`

// Axe checks the page as it is now for accessibility, with no rule switched off. It works also where the page itself may
// run no scripts.
func (p *Page) Axe() {
	p.t.Helper()
	for _, v := range p.axe() {
		p.t.Errorf("%s: at %s: %s", p.describe(), p.Path(), v)
	}
}

func (p *Page) axe() []string {
	p.t.Helper()
	var out []string
	if p.view.Scripts == NoScripts {
		var unseen bool
		if p.Eval("document.querySelector('noscript *') !== null", &unseen); unseen {
			out = append(out, "axe noscript: the checker looks at nothing inside noscript; show it in another way")
		}
		// The checker waits for promises, which are not fulfilled while scripts are off. The page has no scripts that could
		// start now: those it has were passed over when it was read.
		must(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
		defer must(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	var loaded bool
	p.Eval("typeof axe !== 'undefined'", &loaded)
	if !loaded {
		p.Eval(axeScript+"\n;0", nil)
	}
	var result struct {
		Violations []struct {
			ID, Help string
			Nodes    []struct {
				Target         []any
				FailureSummary string
				HTML           string
			}
		}
		Passes int
	}
	p.Eval(fmt.Sprintf(`axe.run(document, {rules: %s, resultTypes: ['violations']}).then(r => ({violations: r.violations, passes: r.passes.length}))`, axeRules), &result)
	if result.Passes == 0 {
		p.t.Fatalf("%s: the accessibility checker found nothing to check", p.describe())
	}
	for _, v := range result.Violations {
		for _, n := range v.Nodes {
			out = append(out, fmt.Sprintf("axe %s: %s: %v: %s\n\t%.200s", v.ID, v.Help, n.Target, strings.ReplaceAll(n.FailureSummary, "\n", " "), n.HTML))
		}
	}
	return out
}
