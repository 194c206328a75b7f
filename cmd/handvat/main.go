// Handvat builds, checks and shows the site of Handvat Gegevensdeling. `handvat help` lists what it can do.
package main

import (
	"os"

	"handvat/generator/cli"
)

func main() { os.Exit(cli.Run(os.Args[1:], os.Stdout, os.Stderr)) }
