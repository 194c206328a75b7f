package cli

import (
	"flag"
	"fmt"
	"strings"

	"handvat/generator/build"
	"handvat/generator/diag"
	"handvat/generator/dmn"
	"handvat/generator/folder"
)

// An exportFormat writes decisions for the tools of others. It gives the files, and prints a line about each decision.
type exportFormat struct {
	name   string
	export func(*invocation, *build.Checked) (map[string][]byte, error)
}

var exportFormats = []exportFormat{
	{"dmn", exportDMN},
	{"json", exportJSON},
	{"wasm", exportWasm},
}

func exportNames() []string {
	var names []string
	for _, f := range exportFormats {
		names = append(names, f.name)
	}
	return names
}

func exportFlags(flags *flag.FlagSet, in *invocation) {
	flags.StringVar(&in.out, "out", "", "map waarin de bestanden komen; die map wordt helemaal vervangen")
	flags.IntVar(&in.rows, "rijen", dmn.MaxRows, "bij dmn: schrijf geen beslissing die een tabel met meer rijen nodig heeft")
}

func runExport(in *invocation) error {
	if len(in.args) != 1 {
		return usageError{"noem één vorm: " + strings.Join(exportNames(), ", ")}
	}
	if in.out == "" {
		return usageError{"noem met --out de map waarin de bestanden komen"}
	}
	for _, f := range exportFormats {
		if f.name != in.args[0] {
			continue
		}
		root, err := in.root()
		if err != nil {
			return err
		}
		c, err := in.checked(root)
		if err != nil {
			return err
		}
		files, err := f.export(in, c)
		if err != nil {
			return err
		}
		return folder.Replace(in.out, files)
	}
	return usageError{fmt.Sprintf("er is geen vorm %q%s", in.args[0], diag.Suggest(in.args[0], exportNames()))}
}
