package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"handvat/generator/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"handvat": func() { os.Exit(cli.Run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScript runs testdata/script/<command>_<what>.txtar. In a script $PROJECT is this project, and copy makes an own
// copy of its authors' folders.
func TestScript(t *testing.T) {
	project, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PROJECT", project)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"copy": func(ts *testscript.TestScript, _ bool, args []string) {
				for _, folder := range []string{"content", "decisiontrees"} {
					ts.Check(os.CopyFS(filepath.Join(ts.MkAbs(args[0]), folder), os.DirFS(filepath.Join(project, folder))))
				}
			},
		},
	})
}
