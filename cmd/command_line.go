package cmd

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// What is said on a command line is not always what was meant: cmd.exe and PowerShell leave to each program what shells of
// other systems do for it.

// trailingQuote is a folder in quotation marks that ends with a backslash, as the file manager shows it: "C:\round\". Windows
// takes the backslash and the mark after it for a mark that belongs to the text, and so all that follows for a part of it.
var trailingQuote = regexp.MustCompile(`"((?:[A-Za-z]:|\\\\|\.\.?\\)[^"]*[^"\\])\\"(\s|$)`)

// mended is a command line of Windows in which such folders end where they were meant to; the backslash makes no difference.
func mended(line string) string {
	line = trailingQuote.ReplaceAllString(line, `"$1"$2`)
	return regexp.MustCompile(`"([A-Za-z]:)\\"(\s|$)`).ReplaceAllString(line, `"$1\."$2`) // of a drive, it does: C: alone is another folder
}

// expanded are the arguments with names that stand for several (*.yaml, level-?.md) in place of what they stand for, sorted.
// One that fits no file stays, so that the message names it. The folder is that from which names are seen.
func expanded(folder string, args []string) []string {
	var out []string
	for _, arg := range args {
		names := matching(folder, arg)
		if len(names) == 0 {
			names = []string{arg}
		}
		out = append(out, names...)
	}
	return out
}

// matching are the files that a pattern stands for: * and ? in its last part, as Windows has them, and nothing else. A file
// of exactly that name is no pattern.
func matching(folder, pattern string) []string {
	dir, last := filepath.Split(pattern)
	if !strings.ContainsAny(last, "*?") || strings.Contains(pattern, "://") {
		return nil
	}
	in := dir
	if !filepath.IsAbs(pattern) {
		in = filepath.Join(folder, dir)
	}
	list, err := os.ReadDir(in) // sorted by name
	if err != nil {
		return nil
	}
	fold := ""
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		fold = "(?i)"
	}
	fits := regexp.MustCompile(fold + `^` + strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(last)) + `$`)
	var out []string
	for _, d := range list {
		if d.Name() == last {
			return nil
		}
		if fits.MatchString(d.Name()) && !strings.HasPrefix(d.Name(), ".") {
			out = append(out, dir+d.Name())
		}
	}
	return out
}
