package language_test

import (
	"os"
	"testing"

	"handvat/generator/content"
	"handvat/generator/diag"
	"handvat/generator/language"
	"handvat/generator/source"
	"handvat/generator/syntax"
)

// TestOwnLanguage holds what authors wrote for visitors against the rules for sentences, words and terms. A sentence that
// must stay as it is has its reason in content/taal.yaml.
func TestOwnLanguage(t *testing.T) {
	tree, problems, err := source.Read(os.DirFS("../.."), []string{"content", syntax.Folder}, []string{".yaml", ".md"})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	var list diag.List
	pages, decisions := content.Parse(tree, &list), syntax.Parse(tree, &list)
	if len(pages.Words) == 0 || len(pages.Terms) == 0 || len(decisions.Decisions) == 0 {
		t.Fatal("there is nothing to hold texts against")
	}
	language.Check(pages, decisions, &list)
	for _, d := range list.Sorted() {
		t.Error(d)
	}
}
