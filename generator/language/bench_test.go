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

// BenchmarkCheck holds what looking at the language costs against reading the same files.
func BenchmarkCheck(b *testing.B) {
	var list diag.List
	tree, _, err := source.Read(os.DirFS("../.."), []string{"content", syntax.Folder}, []string{".yaml", ".md"})
	if err != nil {
		b.Fatal(err)
	}
	pages, decisions := content.Parse(tree, &list), syntax.Parse(tree, &list)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			content.Parse(tree, &list)
			syntax.Parse(tree, &list)
		}
	})
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			language.Check(pages, decisions, &list)
		}
	})
}
