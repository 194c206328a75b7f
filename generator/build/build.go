// Package build calls the stages in order. It is the table of contents of the project: whoever wants to know how a file
// of an author becomes a page of the site reads this file first.
//
// In: the authors' folder, the theme and the static files. Out: what each stage made, and in the end every file of the
// site; or the mistakes of the first stage that found any, all at once. Nothing is written to disk here.
package build

import (
	"fmt"
	"io/fs"

	"handvat/generator/agree"
	"handvat/generator/check"
	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/eval"
	"handvat/generator/frontend"
	"handvat/generator/language"
	"handvat/generator/model"
	"handvat/generator/mutate"
	"handvat/generator/offline"
	"handvat/generator/site"
	"handvat/generator/source"
	"handvat/generator/syntax"
	"handvat/generator/tables"
	"handvat/generator/verify"
	"handvat/generator/walk"
	"handvat/generator/wasm"
)

// agreed says how many situations of every decision a build compares; tests compare more.
var agreed = agree.Limits{All: 20_000, Edges: 3_000, Random: 1_000}

// Checked is what the authors wrote, understood and proved.
type Checked struct {
	Tree    *source.Tree
	Syntax  *syntax.File
	Content *content.Content
	Model   *model.Model
	Proofs  []*verify.Proof // in the order of Model.Decisions

	Editions []*Edition // of the regions that have rules, by region
}

// An Edition is a region's decisions, understood and proved to be nowhere more permissive than the national ones.
type Edition struct {
	*model.Edition
	Proofs []*verify.Proof // in the order of Touched
}

// Check reads and proves everything. Where list is not empty afterwards, Checked holds what the stages before the
// mistakes made.
func Check(project fs.FS, list *diag.List) (*Checked, error) {
	tree, problems, err := source.Read(project, []string{"content", syntax.Folder}, []string{".yaml", ".md"})
	if err != nil {
		return nil, err
	}
	for _, p := range problems {
		list.Addf(source.Span{File: p.Path, Line: 1, Column: 1}, "onleesbaar", "%s", p.Reason)
	}
	c := &Checked{Tree: tree}
	c.Syntax = syntax.Parse(tree, list)
	c.Content = content.Parse(tree, list)
	if !list.Empty() {
		return c, nil
	}
	c.Model = check.Check(c.Syntax, c.Content, list)
	if !list.Empty() {
		return c, nil
	}
	c.Proofs = verify.Verify(c.Model, eval.Answer, list)
	if !list.Empty() {
		return c, nil
	}
	for _, r := range c.Syntax.Regions {
		mistakes := list.Len()
		e := &Edition{Edition: check.Edition(c.Syntax, c.Content, c.Model, r, list)}
		if list.Len() == mistakes {
			e.Proofs = verify.Edition(e.Edition, c.Proofs, eval.Answer, list)
		}
		c.Editions = append(c.Editions, e)
	}
	return c, nil
}

// Warnings looks at the language of a checked project.
func Warnings(c *Checked) *diag.List {
	var list diag.List
	language.Check(c.Content, c.Syntax, &list)
	return &list
}

// Mutations changes the rules of a checked project one at a time and tells what became of each change: of the decisions
// and derived facts with these ids, as mutate.Find has it.
func Mutations(c *Checked, of ...string) []mutate.Result {
	return mutate.Find(func() *model.Model { return check.Check(c.Syntax, c.Content, &diag.List{}) }, of...)
}

// Compiled is the decisions in the form they are answered with.
type Compiled struct {
	Program   *tables.Program // of all decisions
	Module    []byte          // of all decisions
	Decisions []Decision      // in the order of Model.Decisions
	Editions  [][]Decision    // per edition, in the order of Touched
}

// A Decision is compiled on its own, for its page.
type Decision struct {
	Proof   *verify.Proof
	Program *tables.Program // one entry
	Module  []byte          // with the walk for the script as a custom section, where it has one
	Outline []byte          // a module that only carries the outline, which the page fetches on use; nil where there is none
}

// Compile makes the modules of proved decisions, and holds their tables against the reference evaluator.
func Compile(c *Checked) (*Compiled, error) {
	out := &Compiled{Program: tables.Compile(c.Model, c.Model.Decisions)}
	out.Module = wasm.Emit(out.Program, nil)
	var err error
	if out.Decisions, err = compile(c.Model, c.Proofs); err != nil {
		return nil, err
	}
	for _, e := range c.Editions {
		decisions, err := compile(e.Model, e.Proofs)
		if err != nil {
			return nil, fmt.Errorf("region %s: %w", e.Region.ID, err)
		}
		out.Editions = append(out.Editions, decisions)
	}
	return out, nil
}

func compile(m *model.Model, proofs []*verify.Proof) ([]Decision, error) {
	var out []Decision
	for _, p := range proofs {
		d := Decision{Proof: p, Program: tables.Compile(m, []*model.Decision{p.Decision})}
		var sections []wasm.Section
		if p.Steps != nil {
			sections = append(sections, wasm.Section{Name: walk.Section, Data: p.Steps.Encode()})
			if outline := p.Outline.Encode(); len(outline) <= walk.MaxOutline {
				d.Outline = wasm.Carry([]wasm.Section{{Name: walk.OutlineSection, Data: outline}})
			}
		}
		d.Module = wasm.Emit(d.Program, sections)
		answer := agree.Evaluator{Name: "de tabellen", Answer: func(answers []uint8) (tables.Result, error) { return d.Program.Answer(0, answers) }}
		if _, err := agree.Decision(m, p, eval.Answer, d.Program, 0, []agree.Evaluator{answer}, agreed); err != nil {
			return nil, fmt.Errorf("the evaluators do not agree: %w", err)
		}
		out = append(out, d)
	}
	return out, nil
}

// SiteOptions changes how the site is made.
type SiteOptions struct {
	BaseURL string // replaces the one in the settings where it is not empty
	Offline bool   // visitors keep the site on their device; otherwise what they kept before is taken off it
}

// Site makes every file of the site, by its path. theme and static are the folders of those names.
func Site(c *Checked, compiled *Compiled, theme, static fs.FS, o SiteOptions) (map[string][]byte, error) {
	assets, err := frontend.Build(theme)
	if err != nil {
		return nil, err
	}
	if o.BaseURL == "" {
		o.BaseURL = c.Model.Settings.BaseURL
	}
	in := site.Input{Model: c.Model, Theme: theme, Static: static, Assets: assets, BaseURL: o.BaseURL}
	in.Decisions = forSite(compiled.Decisions)
	for i, e := range c.Editions {
		in.Editions = append(in.Editions, site.Edition{Edition: e.Edition, Decisions: forSite(compiled.Editions[i])})
	}
	files, err := site.Build(in)
	if err != nil {
		return nil, err
	}
	if !o.Offline {
		files[offline.WorkerPath] = assets.Farewell
		return files, nil
	}
	return files, offline.Add(files, assets.Worker)
}

func forSite(decisions []Decision) []site.Decision {
	var out []site.Decision
	for _, d := range decisions {
		out = append(out, site.Decision{Decision: d.Proof.Decision, Walk: d.Proof.Walk, Program: d.Program,
			Module: d.Module, Outline: d.Outline, Figures: Figures(d.Proof, len(d.Module))})
	}
	return out
}
