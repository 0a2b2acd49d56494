package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf16"
)

// A file that is let go after a while is waited for, one that never is for two seconds, and what is no matter of others not
// at all.
func TestTry(t *testing.T) {
	held, other := errors.New("held"), errors.New("other")
	for _, c := range []struct {
		name    string
		err     error
		frees   int // after so many tries
		want    error
		longest time.Duration
	}{
		{"let go", held, 5, nil, time.Second},
		{"never let go", held, 1 << 30, held, longest + longest/2},
		{"another matter", other, 1 << 30, other, 0},
	} {
		tries, waited := 0, time.Duration(0)
		err := try(func() error {
			if tries++; tries > c.frees {
				return nil
			}
			return c.err
		}, func(err error) bool { return err == held }, func(d time.Duration) { waited += d })
		if err != c.want || waited > c.longest || c.err == held && waited == 0 {
			t.Errorf("%s: %v after %v and %d tries", c.name, err, waited, tries)
		}
	}
}

// What spreadsheet programs leave beside a document that they have open.
func TestOpenIn(t *testing.T) {
	dir := t.TempDir()
	document := filepath.Join(dir, "consolidated.xlsx")
	if got := OpenIn(document); got != "" {
		t.Errorf("nobody has it open, and yet %q", got)
	}
	// 165 bytes: the length and the name in one byte each, filled up with spaces; the same in two bytes each.
	owner := make([]byte, 165)
	for i := range owner {
		owner[i] = ' '
	}
	name := utf16.Encode([]rune("Anna Müller"))
	owner[0], owner[55], owner[56] = byte(len(name)), byte(len(name)), 0
	copy(owner[1:], "Anna M\xfcller")
	for i, u := range name {
		owner[57+2*i], owner[58+2*i] = byte(u), byte(u>>8)
	}
	for _, c := range []struct{ file, content, want string }{
		{"~$consolidated.xlsx", string(owner), "Excel (Anna Müller)"},
		{"~$consolidated.xlsx", "", "Excel"},
		{".~lock.consolidated.xlsx#", "Bea Example,pc/bea,pc,01.03.2027 10:00,file:///x;", "LibreOffice (Bea Example)"},
		{".~lock.consolidated.xlsx#", ",,pc,01.03.2027 10:00,file:///x;", "LibreOffice"},
	} {
		path := filepath.Join(dir, c.file)
		if err := os.WriteFile(path, []byte(c.content), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := OpenIn(document); got != c.want {
			t.Errorf("%s with %q: %q, want %q", c.file, c.content, got, c.want)
		}
		os.Remove(path)
	}
}

func TestWords(t *testing.T) {
	for _, c := range append(codesOfSystem, codeWords{fs.ErrNotExist, "it is not there"}, codeWords{errors.New("x"), ""}) {
		why, remedy := Words(&fs.PathError{Op: "open", Path: "x", Err: c.err})
		if why != c.why || (remedy == "") != (why == "") {
			t.Errorf("%v (%d): %q, want %q", c.err, c.err, why, c.why)
		}
	}
}

type codeWords struct {
	err error
	why string
}
