package cmdtest

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
)

// ScriptCommands is what the scripts can do without a shell, so that they run on every system. A pattern is one of
// filepath.Match; it must fit something.
var ScriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	// example DIR ARG…: the round that rubric demo DIR ARG… makes, which other scripts may have a copy of.
	"example": scriptExample,
	// exits STATUS PROGRAM ARG…: the program ends with that status, or with one of a range such as 0-1.
	"exits": func(ts *testscript.TestScript, _ bool, args []string) {
		from, to, isRange := strings.Cut(args[0], "-")
		if !isRange {
			to = from
		}
		err := ts.Exec(args[1], args[2:]...)
		got := 0
		if ended := new(exec.ExitError); errors.As(err, &ended) {
			got = ended.ExitCode()
		} else {
			ts.Check(err)
		}
		least, err := strconv.Atoi(from)
		ts.Check(err)
		most, err := strconv.Atoi(to)
		ts.Check(err)
		if got < least || got > most {
			ts.Fatalf("the status is %d, want %s\n%s%s", got, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
		}
	},
	// digest OUT PATTERN…: OUT names each file with its digest; folders stand for all files in them.
	"digest": func(ts *testscript.TestScript, _ bool, args []string) {
		var out strings.Builder
		for _, top := range fitting(ts, args[1:]) {
			ts.Check(filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				content, err := os.ReadFile(name)
				fmt.Fprintf(&out, "%x %s\n", sha256.Sum256(content), name)
				return err
			}))
		}
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(out.String()), 0o644))
	},
	// unpack ARCHIVE NAME OUT
	"unpack": func(ts *testscript.TestScript, _ bool, args []string) {
		r, err := zip.OpenReader(ts.MkAbs(args[0]))
		ts.Check(err)
		defer r.Close()
		f, err := r.Open(args[1])
		ts.Check(err)
		content, err := io.ReadAll(f)
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[2]), content, 0o644))
	},
	// edit FILE REGEXP TEXT: every place, ^ and $ at lines; there must be one.
	"edit": func(ts *testscript.TestScript, _ bool, args []string) {
		find := regexp.MustCompile("(?m)" + args[1])
		change(ts, args[0], func(b []byte) []byte {
			if !find.Match(b) {
				ts.Fatalf("%s holds nothing that fits %s", args[0], args[1])
			}
			return find.ReplaceAll(b, []byte(args[2]))
		})
	},
	// append FILE TEXT…: each text is a line.
	"append": func(ts *testscript.TestScript, _ bool, args []string) {
		change(ts, args[0], func(b []byte) []byte { return append(b, strings.Join(args[1:], "\n")+"\n"...) })
	},
	// lineends FILE…: as an editor on Windows saves them.
	"lineends": func(ts *testscript.TestScript, _ bool, args []string) {
		for _, name := range fitting(ts, args) {
			change(ts, name, func(b []byte) []byte {
				return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
			})
		}
	},
	// utf16 FILE…: as Notepad saves them under the name Unicode.
	"utf16": func(ts *testscript.TestScript, _ bool, args []string) {
		for _, name := range fitting(ts, args) {
			change(ts, name, func(b []byte) []byte {
				out := []byte{0xff, 0xfe}
				for _, u := range utf16.Encode([]rune(string(b))) {
					out = binary.LittleEndian.AppendUint16(out, u)
				}
				return out
			})
		}
	},
	// copyall PATTERN DIR
	"copyall": func(ts *testscript.TestScript, _ bool, args []string) {
		ts.Check(os.MkdirAll(ts.MkAbs(args[1]), 0o755))
		for _, name := range fitting(ts, args[:1]) {
			content, err := os.ReadFile(name)
			ts.Check(err)
			ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[1]), filepath.Base(name)), content, 0o644))
		}
	},
	// name VARIABLE PATTERN: the variable is the name of the last file that fits, without its folder.
	"name": func(ts *testscript.TestScript, _ bool, args []string) {
		names := fitting(ts, args[1:])
		ts.Setenv(args[0], filepath.Base(names[len(names)-1]))
	},
	// found VARIABLE FILE REGEXP: the variable is the first group where the file fits first.
	"found": func(ts *testscript.TestScript, _ bool, args []string) {
		m := regexp.MustCompile("(?m)" + args[2]).FindStringSubmatch(ts.ReadFile(args[1]))
		if m == nil {
			ts.Fatalf("%s holds nothing that fits %s", args[1], args[2])
		}
		ts.Setenv(args[0], m[1])
	},
	// files N PATTERN: so many fit.
	"files": func(ts *testscript.TestScript, _ bool, args []string) {
		if got := fitting(ts, args[1:]); strconv.Itoa(len(got)) != args[0] {
			ts.Fatalf("%d files, want %s: %q", len(got), args[0], got)
		}
	},
	// written FILE TIME: the file has that time, in UTC.
	"written": func(ts *testscript.TestScript, _ bool, args []string) {
		t, err := time.Parse(time.DateTime, args[1])
		ts.Check(err)
		ts.Check(os.Chtimes(ts.MkAbs(args[0]), t, t))
	},
	// width FILE MOST FROM: no line from the one that FROM fits has more characters, rules of tables aside.
	"width": func(ts *testscript.TestScript, _ bool, args []string) {
		most, err := strconv.Atoi(args[1])
		ts.Check(err)
		from, begun := regexp.MustCompile(args[2]), false
		for line := range strings.Lines(ts.ReadFile(args[0])) {
			begun = begun || from.MatchString(line)
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\r\n")); begun && n > most && !strings.Contains(line, "─") {
				ts.Fatalf("%d characters: %s", n, line)
			}
		}
		if !begun {
			ts.Fatalf("no line of %s fits %s", args[0], args[2])
		}
	},
	// fill PROGRAM IN OUT SHEET CELL=VALUE…: LibreOffice or openpyxl types into cells; see testdata/fill_cells.py.
	"fill": func(ts *testscript.TestScript, _ bool, args []string) {
		for _, at := range []int{1, 2} {
			args[at] = ts.MkAbs(args[at])
		}
		ts.Check(ts.Exec(Python, append([]string{Testdata("fill_cells.py")}, args...)...))
	},
	// truncate IN OUT BYTES: what comes of a file of which only the beginning arrives.
	"truncate": func(ts *testscript.TestScript, _ bool, args []string) {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		content, err := os.ReadFile(ts.MkAbs(args[0]))
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), content[:n], 0o644))
	},
	"samefigures": sameFigures,
}

// fitting are the files that fit the patterns, in order.
func fitting(ts *testscript.TestScript, patterns []string) []string {
	var out []string
	for _, p := range patterns {
		names, err := filepath.Glob(ts.MkAbs(p))
		ts.Check(err)
		if len(names) == 0 {
			ts.Fatalf("nothing fits %s", p)
		}
		out = append(out, names...)
	}
	return out
}

func change(ts *testscript.TestScript, name string, by func([]byte) []byte) {
	content, err := os.ReadFile(ts.MkAbs(name))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(name), by(content), 0o644))
}
