package folder

import (
	"os"
	"path/filepath"
	"testing"
)

func TestReplaceMakesExactlyTheseFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "public")
	if err := Replace(dir, map[string][]byte{"x/old.html": []byte("1"), "index.html": []byte("1")}); err != nil {
		t.Fatal(err)
	}
	if err := Replace(dir, map[string][]byte{"index.html": []byte("2")}); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "index.html")); string(text) != "2" {
		t.Errorf("index.html is %q", text)
	}
	if _, err := os.Stat(filepath.Join(dir, "x")); !os.IsNotExist(err) {
		t.Error("an old file stayed")
	}
	if entries, _ := os.ReadDir(filepath.Dir(dir)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestReplaceKeepsOtherPeoplesFiles(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "thesis.doc")
	if err := os.WriteFile(file, []byte("years of work"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Replace(dir, map[string][]byte{"index.html": nil}); err == nil {
		t.Error("a folder that is not ours was replaced")
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestReplaceLeavesTheOldFolderWhenAFileCannotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if err := Replace(dir, map[string][]byte{"index.html": []byte("1")}); err != nil {
		t.Fatal(err)
	}
	if err := Replace(dir, map[string][]byte{"a": nil, "a/b": nil}); err == nil {
		t.Fatal("a file that is also a folder was written")
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "index.html")); string(text) != "1" {
		t.Errorf("index.html is %q", text)
	}
}
