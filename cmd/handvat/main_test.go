package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"handvat/generator/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"handvat": func() { os.Exit(cli.Run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScript runs testdata/script/<command>_<what>.txtar. In a script $PROJECT is this project, copy makes an own
// copy of its authors' folders, and unpack one of an archive in generator/testdata.
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
			"unpack": func(ts *testscript.TestScript, _ bool, args []string) {
				archive, err := txtar.ParseFile(filepath.Join(project, "generator", "testdata", args[0]+".txtar"))
				ts.Check(err)
				ts.Check(txtar.Write(archive, ts.MkAbs(args[1])))
			},
			"copy": func(ts *testscript.TestScript, _ bool, args []string) {
				for _, folder := range []string{"content", "decisiontrees"} {
					ts.Check(os.CopyFS(filepath.Join(ts.MkAbs(args[0]), folder), os.DirFS(filepath.Join(project, folder))))
				}
			},
		},
	})
}
