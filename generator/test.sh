#!/bin/sh
# Runs all tests, and first fetches what they need: Go fetches its modules; Chromium and Firefox, for the browser tests, Node
# and Python, to run scripts outside a browser, TypeScript, to check the types of ours, xmllint, to see whether DMN is valid,
# and Java with npm, for the Nu HTML checker, are installed with apt-get where they are missing. The checker itself comes from
# npm and is kept in the cache folder of the user. Takes a few minutes the first time, since everything is compiled once.
#
# usage: sh generator/test.sh
set -eu
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$1"; }

# as_root runs a command as root, through sudo where we are somebody else.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo "$@"
	else
		echo "generator/test.sh: not root and no sudo; run as root: $*" >&2
		exit 1
	fi
}

if ! command -v go >/dev/null 2>&1; then
	echo "generator/test.sh: Go is missing; install the version that go.mod names, from https://go.dev/dl/" >&2
	exit 1
fi
say "$(go version)"

# need installs the package of a command that is missing.
need() {
	if command -v "$1" >/dev/null 2>&1; then
		return
	fi
	if ! command -v apt-get >/dev/null 2>&1; then
		echo "generator/test.sh: the tests need $1, and there is no apt-get here to install it; install it so that the command $1 works" >&2
		exit 1
	fi
	say "installing $2 for the tests"
	as_root apt-get update -q
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$2"
}

if ! command -v chromium >/dev/null 2>&1; then
	need chromium-headless-shell chromium-headless-shell # the browser tests; the whole Chromium, where it is there, does too
fi
need firefox-esr firefox-esr # those of the main paths, in a second browser
need node nodejs           # the scripts outside a browser
need tsc node-typescript   # the types of the scripts
need python3 python3       # the example in Python
need xmllint libxml2-utils # whether DMN is valid
need java default-jre-headless # the HTML checker
say "$( (chromium-headless-shell --version || chromium --version --no-sandbox) 2>/dev/null || echo "Chromium does not tell its version")"

# The Nu HTML checker: the archive that testdata pins, unpacked in the cache folder.
pin=$PWD/generator/browser/testdata/vnu-jar/SHA512
archive=$(cut -d' ' -f3 "$pin")
name=${archive%.tgz}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/handvat
if [ ! -f "$cache/$name/package/build/dist/vnu.jar" ]; then
	need npm npm
	say "fetching $name for the tests"
	rm -rf "$cache/new" && mkdir -p "$cache/new"
	(cd "$cache" && npm pack --silent "vnu-jar@${name#vnu-jar-}" && sha512sum -c "$pin" && tar -xzf "$archive" -C new && rm "$archive" && mv new "$name")
fi

say "go vet ./... (the first time everything is compiled, which takes minutes and prints nothing)"
go vet ./...

say "go test ./..., but for the two below"
go test -timeout 55m $(go list ./... | grep -v -e '/generator/browser$' -e '/generator/agree$')

say "how often the evaluators are compared"
go test -timeout 55m -v ./generator/agree

say "the browser tests, by themselves: a page that gets no processor looks like one that does not work"
go test -timeout 55m ./generator/browser

say "all tests passed"
