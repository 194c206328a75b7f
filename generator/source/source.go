// Package source holds the authors' files and the positions in them.
//
// In: a folder. Out: its text files as they are, each with its path relative to the project's root,
// and spans that say where in a file something stands. Every later stage keeps these spans, so that a
// message can name file, line and column from the first byte read to the last proof.
//
// Lines and columns count from 1; columns count runes (Unicode code points).
package source

import (
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"unicode/utf8"
)

// MaxFileSize is the largest file an author may write, in bytes; a larger one is refused unread.
const MaxFileSize = 4 << 20

// A File is one text file an author wrote. Path uses slashes and is relative to the project's root.
type File struct {
	Path string
	Text string

	lineStarts []int // byte offset of each line, made on first use by NewFile
}

// NewFile makes a File of a path and its text.
func NewFile(path, text string) *File {
	starts := []int{0}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return &File{Path: path, Text: text, lineStarts: starts}
}

// Span gives the place of the bytes from start to end (exclusive) of the file.
func (f *File) Span(start, end int) Span {
	start = clamp(start, len(f.Text))
	line := sort.SearchInts(f.lineStarts, start+1) - 1
	return Span{
		File:   f.Path,
		Line:   line + 1,
		Column: utf8.RuneCountInString(f.Text[f.lineStarts[line]:start]) + 1,
		Offset: start,
		Length: max(0, clamp(end, len(f.Text))-start),
	}
}

// Offset gives the byte offset of a line and column (both from 1), clamped to the file.
func (f *File) Offset(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(f.lineStarts) {
		return len(f.Text)
	}
	at := f.lineStarts[line-1]
	for ; column > 1 && at < len(f.Text) && f.Text[at] != '\n'; column-- {
		_, size := utf8.DecodeRuneInString(f.Text[at:])
		at += size
	}
	return at
}

func clamp(i, top int) int { return max(0, min(i, top)) }

// A Span is a place in a file. The zero Span means "no place": something the generator made itself.
type Span struct {
	File   string
	Line   int // from 1
	Column int // from 1, in runes
	Offset int // in bytes
	Length int // in bytes
}

// String writes the place as file:line:column.
func (s Span) String() string {
	if s.File == "" {
		return "-"
	}
	return fmt.Sprintf("%s:%d:%d", s.File, s.Line, s.Column)
}

// Before orders spans by file and then by position.
func (s Span) Before(o Span) bool {
	if s.File != o.File {
		return s.File < o.File
	}
	return s.Offset < o.Offset
}

// A Problem is a file that could not be taken: too large, or not UTF-8 text.
type Problem struct {
	Path   string
	Reason string
}

// Tree is everything the authors wrote: files sorted by path.
type Tree struct {
	Files []*File
}

// Read reads the files with one of the extensions below the folders of fsys, sorted by path.
// A missing folder counts as empty. A file that is too large or no UTF-8 text becomes a Problem; the rest is
// read all the same. The error tells of a failing disk, not of an author's mistake.
func Read(fsys fs.FS, folders, extensions []string) (*Tree, []Problem, error) {
	tree := &Tree{}
	var problems []Problem
	for _, folder := range folders {
		err := fs.WalkDir(fsys, folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				if path == folder && errors.Is(err, fs.ErrNotExist) {
					return fs.SkipAll
				}
				return err
			}
			if entry.IsDir() || !hasExtension(path, extensions) {
				return nil
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			if info.Size() > MaxFileSize {
				problems = append(problems, Problem{path, fmt.Sprintf("dit bestand is groter dan %d MB", MaxFileSize>>20)})
				return nil
			}
			bytes, err := fs.ReadFile(fsys, path)
			if err != nil {
				return err
			}
			text := strings.TrimPrefix(string(bytes), "\ufeff")
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				problems = append(problems, Problem{path, "dit bestand is geen UTF-8-tekst"})
				return nil
			}
			tree.Files = append(tree.Files, NewFile(path, strings.ReplaceAll(text, "\r\n", "\n")))
			return nil
		})
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", folder, err)
		}
	}
	sort.Slice(tree.Files, func(i, j int) bool { return tree.Files[i].Path < tree.Files[j].Path })
	return tree, problems, nil
}

func hasExtension(path string, extensions []string) bool {
	for _, extension := range extensions {
		if strings.HasSuffix(path, extension) {
			return true
		}
	}
	return false
}
