package frontend_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Every script of the theme keeps to its types, strictly, and uses nothing newer than the browsers it is built for have:
// the bundler takes types away without reading them.
func TestScriptsKeepToTheirTypes(t *testing.T) {
	tsc, err := exec.LookPath("tsc")
	if err != nil {
		t.Fatal("this test checks the scripts with tsc; generator/test.sh installs it")
	}
	dir := t.TempDir() // a copy, so that a changed script is not hidden by a cached test
	if err := os.CopyFS(dir, os.DirFS("../../theme")); err != nil {
		t.Fatal(err)
	}
	// One mistake, which only strict settings refuse, is all that may be found.
	wrong := "export const length = (words: string[]) => words.find((w) => w).length;\n"
	if err := os.WriteFile(filepath.Join(dir, "assets", "wrong.ts"), []byte(wrong), 0o644); err != nil {
		t.Fatal(err)
	}
	// Service workers live in another world than pages, with types of its own.
	for project, want := range map[string]string{
		".":                 "assets/wrong.ts(1,44): error TS2532: Object is possibly 'undefined'.\n",
		"assets/ts/offline": "",
	} {
		check := exec.Command(tsc, "-p", project)
		check.Dir = dir
		if out, _ := check.CombinedOutput(); string(out) != want {
			t.Errorf("%s: tsc says:\n%s\nand should say only:\n%s", project, out, want)
		}
	}
}
