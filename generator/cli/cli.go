// Package cli is the command line: it reads arguments, calls the stages through package build, and prints.
//
// What is wrong with the content is said in Dutch, since authors read it; what is wrong with the machine in English.
// Exit codes: 0 all is well, 1 the content has mistakes, 2 wrong use of the command, 3 the machine failed.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"handvat/static"
	"handvat/theme"
)

// Exit codes.
const (
	exitOK = iota
	exitMistakes
	exitUsage
	exitMachine
)

// A command is one word after handvat.
type command struct {
	name    string
	args    string // in the usage line
	summary string // Dutch, one line
	run     func(*invocation) error
	flags   func(*flag.FlagSet, *invocation)
}

var commands []command

func init() { // here, since help lists the table that holds it
	commands = []command{
		{"build", "", "bouw de hele site in een map", runBuild, buildFlags},
		{"serve", "", "bouw de site, toon haar op deze computer en ververs bij elke bewaarde wijziging", runServe, serveFlags},
		{"check", "", "lees alles, bewijs elke beslissing en meld elke fout", runCheck, checkFlags},
		{"test", "[beslissing ...]", "toets alle gevallen en wetten, en met --mutaties hoe sterk die zijn", runTest, testFlags},
		{"eval", "<beslissing> [feit=waarde ...]", "geef de uitkomst van een beslissing", runEval, regionFlags},
		{"explain", "<beslissing> [feit=waarde ...]", "leg de uitkomst uit: waarom, en wat haar zou veranderen", runExplain, regionFlags},
		{"tabel", "<beslissing> --rijen feit --kolommen feit [feit=waarde ...]", "zet twee feiten van een beslissing tegen elkaar uit, met aannames voor de rest", runTable, tableFlags},
		{"cover", "", "toon welke normen uit het register ergens staan, en welke nog nergens", runCover, coverFlags},
		{"diff", "<oude map> <nieuwe map> [beslissing], of --regio regio [beslissing]", "toon in welke situaties twee versies, of een regio en landelijk, iets anders beslissen", runDiff, regionFlags},
		{"export", "<" + strings.Join(exportNames(), "|") + ">", "schrijf beslissingen voor programma's van anderen", runExport, exportFlags},
		{"graph", "<beslissing>", "teken een beslissing als SVG", runGraph, regionFlags},
		{"dump", "<" + strings.Join(stageNames(), "|") + ">", "toon wat een stap van het programma maakte", runDump, nil},
		{"version", "", "toon de versie", runVersion, nil},
	}
}

// invocation is one call of a command.
type invocation struct {
	ctx            context.Context
	args           []string
	stdout, stderr io.Writer

	project string // folder of the project
	json    bool
	proof   bool
	mutate  bool // change the rules one at a time
	out     string
	baseURL string
	online  bool // nothing is kept on the devices of visitors
	address string
	rows    int
	region  string // its id, or "" for the national decisions

	tableRows, tableColumns string
	assume                  []string

	cover coverOptions
}

// errMistakes tells that mistakes were printed.
var errMistakes = errors.New("the content has mistakes")

// usageError tells that a command was called wrongly.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// Run runs one command and gives its exit code.
func Run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage(stdout)
		if len(args) == 0 {
			return exitUsage
		}
		return exitOK
	}
	at := slices.IndexFunc(commands, func(c command) bool { return c.name == args[0] })
	if at < 0 {
		fmt.Fprintf(stderr, "handvat: er is geen opdracht %q\n", args[0])
		usage(stderr)
		return exitUsage
	}
	c := commands[at]
	in := &invocation{ctx: ctx, stdout: stdout, stderr: stderr}
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintf(flags.Output(), "handvat %s %s\n\n%s\n\n", c.name, c.args, c.summary)
		flags.PrintDefaults()
	}
	flags.StringVar(&in.project, "project", "", "map van het project (standaard: deze map of de eerste erboven met content/ en decisiontrees/)")
	if c.flags != nil {
		c.flags(flags, in)
	}
	for rest := args[1:]; len(rest) > 0; { // flags may stand before and after other words
		switch err := flags.Parse(rest); {
		case errors.Is(err, flag.ErrHelp):
			return exitOK
		case err != nil:
			return exitUsage
		}
		if rest = flags.Args(); len(rest) > 0 {
			in.args, rest = append(in.args, rest[0]), rest[1:]
		}
	}
	err := c.run(in)
	var wrong usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errMistakes):
		return exitMistakes
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "handvat %s: %s\n", c.name, wrong.message)
		return exitUsage
	}
	fmt.Fprintf(stderr, "handvat %s: %v\n", c.name, err)
	return exitMachine
}

func usage(w io.Writer) {
	fmt.Fprintf(w, "Het Handvat Gegevensdeling bouwen en nakijken.\n\nGebruik: handvat <opdracht> [vlaggen] [argumenten]\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-8s %s\n", c.name, c.summary)
	}
	fmt.Fprintf(w, "\nhandvat <opdracht> --help vertelt meer.\n")
}

func jsonFlag(flags *flag.FlagSet, in *invocation) {
	flags.BoolVar(&in.json, "json", false, "schrijf de uitvoer als JSON")
}

// writeJSON writes what a command tells for programs.
func (in *invocation) writeJSON(tells any) error {
	encoder := json.NewEncoder(in.stdout)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(tells)
}

// root finds the folder of the project.
func (in *invocation) root() (string, error) {
	isProject := func(dir string) bool {
		for _, folder := range []string{"content", "decisiontrees"} {
			if info, err := os.Stat(filepath.Join(dir, folder)); err != nil || !info.IsDir() {
				return false
			}
		}
		return true
	}
	if in.project != "" {
		if !isProject(in.project) {
			return "", usageError{fmt.Sprintf("in %s staan geen mappen content en decisiontrees", in.project)}
		}
		return in.project, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if isProject(dir) {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", usageError{"hier en in de mappen erboven staan geen content en decisiontrees; wijs ze aan met --project"}
		}
		dir = parent
	}
}

// fromDisk gives a folder of the project from disk, or the one inside this binary where the project has none.
func fromDisk(root, name string, embedded fs.FS) fs.FS {
	if info, err := os.Stat(filepath.Join(root, name)); err == nil && info.IsDir() {
		return os.DirFS(filepath.Join(root, name))
	}
	return embedded
}

func themeFolder(root string) fs.FS  { return fromDisk(root, "theme", theme.Files) }
func staticFolder(root string) fs.FS { return fromDisk(root, "static", static.Files) }
