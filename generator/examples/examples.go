// Package examples holds what others start from: in three languages a small program that loads the module of all
// decisions, asks one and writes the answer for people, and README.md about it. They are part of what export writes;
// the tests run them on the decisions of this project.
package examples

import "embed"

// Files are the programs and what they are about.
//
//go:embed README.md go/main.go js/beslissen.mjs js/voorbeeld.mjs python/voorbeeld.py
var Files embed.FS

// The modules that the programs ask, under the names that README.md gives them.
const (
	Module       = "beslissen.wasm"
	AskingModule = "beslissen-met-vragen.wasm"
	FullModule   = "beslissen-met-teksten.wasm"
)
