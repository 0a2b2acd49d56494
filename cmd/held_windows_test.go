package cmd_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/round"
)

// heldAs opens a file as another program does, and gives the way to let it go.
func heldAs(t *testing.T, path string, access, share uint32) (letGo func()) {
	t.Helper()
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := syscall.CreateFile(name, access, share, nil, syscall.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return func() { syscall.CloseHandle(h) }
}

// inExcel holds a document as Excel does: others may read it.
func inExcel(t *testing.T, path string) (letGo func()) {
	return heldAs(t, path, syscall.GENERIC_READ|syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ)
}

// inScanner holds a file as virus scanners do for a moment: nobody may use it.
func inScanner(t *testing.T, path string) (letGo func()) {
	return heldAs(t, path, syscall.GENERIC_READ, 0)
}

// says runs a command and returns its status and what it says on standard error.
func says(args ...string) (status int, errs string) {
	var b bytes.Buffer
	app := &cmd.App{In: strings.NewReader(""), Out: io.Discard, Err: &b, Now: func() time.Time { return time.Date(2027, 3, 2, 9, 0, 0, 0, time.UTC) }}
	status = app.Run(context.Background(), args...)
	return status, b.String()
}

// What somebody has open is not replaced, its program is named, and nothing is left behind; once it is closed, the same
// command goes through.
func TestOpenResultsAreNamed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "round")
	if status, errs := says("demo", dir, "--recipients", "14", "--quiet"); status != 0 {
		t.Fatal(errs)
	}
	owner := filepath.Join(dir, "results", "~$consolidated.xlsx")
	if err := os.WriteFile(owner, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, command, want string }{
		{"consolidated.xlsx", "consolidate", "consolidated.xlsx is open in Excel; close it there and run this again"},
		{"pdf/overview.pdf", "report", "overview.pdf "},
		{"findings.xlsx", "validate", "findings.xlsx "},
	} {
		path := filepath.Join(dir, "results", filepath.FromSlash(c.file))
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		letGo := inExcel(t, path)
		status, errs := says(c.command, "-C", dir, "--quiet")
		letGo()
		// Without word of the program beside it, Windows says "access denied", which may have another cause.
		if named := strings.Contains(errs, "is open in") || strings.Contains(errs, "another program has it open"); status != 3 || !named || !strings.Contains(errs, c.want) {
			t.Errorf("%s: status %d: %s", c.command, status, errs)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
			t.Errorf("%s was changed, or %v", c.file, err)
		}
		for _, pattern := range []string{"results/.rubric-*", "results/pdf/.rubric-*", ".rubric/lock*"} {
			if left, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern))); len(left) > 0 {
				t.Errorf("%s left behind: %q", c.command, left)
			}
		}
		if status, errs := says(c.command, "-C", dir, "--quiet"); status > 1 {
			t.Errorf("%s, once %s was closed: %d %s", c.command, c.file, status, errs)
		}
	}
}

// A scanner that looks at the lock or the journal for a moment loses nothing and leaves no lock behind.
func TestLockAndJournalAreWaitedFor(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "round")
	if status, errs := says("demo", dir, "--recipients", "14", "--quiet"); status != 0 {
		t.Fatal(errs)
	}
	r, err := round.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	lock, err := r.Lock("test")
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(200*time.Millisecond, inScanner(t, filepath.Join(dir, ".rubric", "lock")))
	lock.Unlock()
	if left, _ := filepath.Glob(filepath.Join(dir, ".rubric", "lock*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	before, _, err := r.Journal()
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(200*time.Millisecond, inScanner(t, filepath.Join(dir, ".rubric", "journal.jsonl")))
	if err := r.Record(round.Event{Kind: round.Preferred, File: "x", Digest: "y"}); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(200*time.Millisecond, inScanner(t, filepath.Join(dir, ".rubric", "journal.jsonl")))
	if after, _, err := r.Journal(); err != nil || len(after) != len(before)+1 {
		t.Errorf("%d events, then %d: %v", len(before), len(after), err)
	}
	letGo := inExcel(t, filepath.Join(dir, ".rubric", "journal.jsonl"))
	defer letGo()
	err = r.Record(round.Event{Kind: round.Preferred, File: "x", Digest: "y"})
	if err == nil || !strings.Contains(err.Error(), "the journal cannot be written: another program has it open") {
		t.Errorf("a journal that is held: %v", err)
	}
}

// A return that a scanner holds is not damaged.
func TestHeldReturnIsNamed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "round")
	if status, errs := says("demo", dir, "--recipients", "14", "--quiet"); status != 0 {
		t.Fatal(errs)
	}
	files, err := filepath.Glob(filepath.Join(dir, "returns", "*.xlsx"))
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	defer inScanner(t, files[0])()
	var out bytes.Buffer
	app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: io.Discard, Now: time.Now}
	if app.Run(context.Background(), "validate", "-C", dir, "--quiet", filepath.Base(files[0])) != 1 ||
		!strings.Contains(out.String(), "[file-unreadable]") || !strings.Contains(out.String(), "another program has it open") {
		t.Errorf("%s: %s", files[0], out.String())
	}
}
