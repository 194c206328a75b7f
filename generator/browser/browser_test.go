package browser

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"
)

// chromium serves all tests of the package but those about Firefox.
var chromium *Browser

func TestMain(m *testing.M) {
	var err error
	if chromium, err = Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	chromium.Stop()
	stopFirefoxes()
	os.Exit(code)
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`

// fixture is a small page that does nothing wrong, with something added to its body.
func fixture(body string) []byte {
	return []byte(`<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Proef</title>
<link rel="icon" href="/sub/pad/icon.svg"></head><body><main><h1>Proef</h1>` + body + `</main></body></html>`)
}

func TestAxeIsThePublishedFile(t *testing.T) {
	version, err := os.ReadFile("testdata/axe-core/VERSION")
	if err != nil {
		t.Fatal(err)
	}
	const hash = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
	if sum := sha256.Sum256([]byte(axeScript)); hex.EncodeToString(sum[:]) != hash {
		t.Errorf("axe.min.js has hash %x", sum)
	}
	if want := "axe v" + strings.TrimSpace(string(version)); !strings.Contains(axeScript[:200], want) {
		t.Errorf("axe.min.js is not %s", want)
	}
	if _, err := os.Stat("testdata/axe-core/LICENSE"); err != nil {
		t.Error(err)
	}
}
