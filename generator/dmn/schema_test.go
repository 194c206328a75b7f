package dmn_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"handvat/generator/dmn"
	"handvat/generator/model"
	"handvat/generator/projecttest"
	"handvat/generator/tables/tablestest"
)

// The schemas of DMN 1.3, with the hash of each as it was published.
const schemas = "testdata/dmn13"

var schemaHashes = map[string]string{
	"DC.xsd":      "9f57b8e99b00163a65dfaf5de2a3e3ea4be041a1bb23228044c50693334d59e6",
	"DI.xsd":      "73a5908426f12021da85c9cce74ae70db5ddac1ebe9c9d28d8495f34bea60f07",
	"DMN13.xsd":   "0f8f74391a31f64b30b127223ff902e9def6d87e26dfd03fb25b2b6c00c9bf63",
	"DMNDI13.xsd": "42acf75833201b635ffef5eee2b60c390792bb0fcebc2015a105c78ff9caf420",
}

func TestSchemasAreThePublishedFiles(t *testing.T) {
	for name, want := range schemaHashes {
		data, err := os.ReadFile(filepath.Join(schemas, name))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s has hash %x", name, sum)
		}
	}
	for _, name := range []string{"LICENSE", "VERSION"} {
		if _, err := os.Stat(filepath.Join(schemas, name)); err != nil {
			t.Error(err)
		}
	}
}

// validate holds documents against the schema, and gives what xmllint says of those that do not fit.
func validate(t *testing.T, documents map[string][]byte) string {
	t.Helper()
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Fatal("this test validates with xmllint; generator/test.sh installs it")
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(schemas)); err != nil {
		t.Fatal(err)
	}
	args := []string{"--nonet", "--noout", "--schema", "DMN13.xsd"}
	for name, data := range documents {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	run := exec.Command(xmllint, args...)
	run.Dir = folder
	out, err := run.CombinedOutput()
	if valid := bytes.Count(out, []byte(" validates\n")); err == nil && valid != len(documents) {
		t.Fatalf("%d of %d documents were found valid\n%s", valid, len(documents), out)
	}
	if err == nil {
		return ""
	}
	return string(out)
}

// TestDocumentsAreValid holds what is exported of this project and of random models against the schema of DMN 1.3.
func TestDocumentsAreValid(t *testing.T) {
	documents := map[string][]byte{}
	add := func(prefix string, m *model.Model, maxRows int) {
		exports, err := dmn.All(m, maxRows)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range exports {
			if e.XML != nil {
				documents[prefix+e.Decision.ID+".dmn"] = e.XML
			}
		}
	}
	add("", projecttest.Own(t).Model, dmn.MaxRows)
	add("klein-", small(t), dmn.MaxRows)
	for seed := range uint64(100) {
		m := tablestest.Random(seed)
		likeChecked(m)
		add(fmt.Sprintf("%d-", seed), m, 300)
	}
	if wrong := validate(t, documents); wrong != "" {
		t.Error(wrong)
	}
	t.Logf("%d documents", len(documents))
}

// The schema notices what a writer of XML easily gets wrong.
func TestWrongDocumentsAreSeen(t *testing.T) {
	e, err := dmn.Decision(small(t), small(t).Decisions[0], dmn.MaxRows)
	if err != nil {
		t.Fatal(err)
	}
	document := string(e.XML)
	for _, c := range []struct{ name, old, new string }{
		{"a hit policy of its own", `hitPolicy="UNIQUE"`, `hitPolicy="ENIG"`},
		{"an element of its own", "<decisionTable", "<regels></regels><decisionTable"},
		{"an attribute of its own", "<decisionTable ", `<decisionTable soort="mag" `},
		{"an id twice", `id="t1r2"`, `id="t1r1"`},
		{"an element in another place", "<variable", "<description></description><variable"},
	} {
		wrong := strings.Replace(document, c.old, c.new, 1)
		if wrong == document || validate(t, map[string][]byte{"fout.dmn": []byte(wrong)}) == "" {
			t.Errorf("%s was not seen", c.name)
		}
	}
}
