package round_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/round"
)

func BenchmarkWriteFile(b *testing.B) {
	dir := b.TempDir()
	data := make([]byte, 60<<10)
	n := 0
	for b.Loop() {
		n++
		if err := round.WriteFile(filepath.Join(dir, fmt.Sprint(n)), func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
			b.Fatal(err)
		}
	}
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "c.txt")
	if err := round.WriteFile(path, text("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := round.WriteFile(path, func(w io.Writer) error {
		io.WriteString(w, strings.Repeat("new", 1<<20))
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the writer's own error", err)
	}
	if got := read(t, path); got != "old" {
		t.Errorf("a failed write left %q", got)
	}
	if err := round.WriteFile(path, text("new")); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "new" {
		t.Errorf("got %q", got)
	}
	if names := dir(t, filepath.Dir(path)); len(names) != 1 {
		t.Errorf("left behind: %q", names)
	}
}

func dir(t testing.TB, path string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func TestRoundWriteFileStaysInside(t *testing.T) {
	r := newRound(t)
	for _, name := range []string{"../x", "/x", "outbox/../../x", "", "returns/x.xlsx", "Returns/x.xlsx", "RETURNS/sub/x", "outbox/../returns/x"} {
		if err := r.WriteFile(name, text("x")); err == nil {
			t.Errorf("%q was written", name)
		}
	}
	for _, name := range []string{"outbox/x.xlsx", "results/data/answers.csv"} {
		if err := r.WriteFile(name, text("x")); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	if got := dir(t, filepath.Join(r.Dir, "returns")); got != nil {
		t.Errorf("in returns/: %q", got)
	}
}

// A process that is killed while it writes leaves the old file, and what it left is swept away by the next.
func TestWriteFileCrash(t *testing.T) {
	if folder := os.Getenv("RUBRIC_TEST_CRASH"); folder != "" {
		r, err := round.Open(folder)
		if err != nil {
			os.Exit(4)
		}
		r.WriteFile("results/consolidated.xlsx", func(w io.Writer) error {
			w.Write(make([]byte, 1<<20))
			os.Exit(3) // after the temporary file was begun, before it is renamed
			return nil
		})
	}
	r := newRound(t)
	if err := r.WriteFile("results/consolidated.xlsx", text("old")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestWriteFileCrash$")
	cmd.Env = append(os.Environ(), "RUBRIC_TEST_CRASH="+r.Dir)
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 3 {
		t.Fatalf("the other process: %v", err)
	}
	results := filepath.Join(r.Dir, "results")
	if got := read(t, filepath.Join(results, "consolidated.xlsx")); got != "old" {
		t.Errorf("got %d bytes, want the old file", len(got))
	}
	if names := dir(t, results); len(names) != 2 {
		t.Fatalf("after the crash: %q", names)
	}
	lock, err := r.Lock("test")
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	if names := dir(t, results); len(names) != 1 {
		t.Errorf("after the next lock: %q", names)
	}
}

// A link in place of a folder of the round is not followed: it could lead among other people's files.
// link makes a link, or skips the test where the system, or this user, has none. wine says that it made one, and did not.
func link(t *testing.T, to, place string) {
	t.Helper()
	err := os.Symlink(to, place)
	if info, missing := os.Lstat(place); err == nil && (missing != nil || info.Mode()&os.ModeSymlink == 0) {
		err = missing
		if err == nil {
			err = errors.New("it is none")
		}
	}
	if err != nil {
		t.Skip("no links on this system: ", err)
	}
}

func TestWriteFollowsNoLink(t *testing.T) {
	for _, folder := range []string{"results", "outbox", "returns", "results/corrections", "attachments"} {
		r := newRound(t)
		elsewhere := t.TempDir()
		place := filepath.Join(r.Dir, filepath.FromSlash(folder))
		os.Remove(place)
		link(t, elsewhere, place)
		other := filepath.Join(elsewhere, "x.xlsx")
		if err := os.WriteFile(other, []byte("theirs"), 0o644); err != nil {
			t.Fatal(err)
		}
		write := func(w io.Writer) error { _, err := io.WriteString(w, "ours"); return err }
		var err error
		if folder == "returns" {
			if _, err = r.Receiver(); err == nil {
				t.Error("a Receiver for a link")
			}
		} else {
			err = r.WriteFile(folder+"/x.xlsx", write)
			if r.Remove(folder+"/x.xlsx") == nil {
				t.Errorf("%s: removed", folder)
			}
		}
		if err == nil || !strings.Contains(err.Error(), folder) || !strings.Contains(err.Error(), "link") {
			t.Errorf("%s: %v", folder, err)
		}
		if b, _ := os.ReadFile(other); string(b) != "theirs" {
			t.Errorf("%s: the file elsewhere is %q", folder, b)
		}
	}
	// The round folder itself may be reached by a link.
	r := newRound(t)
	other := filepath.Join(t.TempDir(), "link")
	link(t, r.Dir, other)
	if r, err := round.Open(other); err != nil || r.WriteFile("results/x", func(io.Writer) error { return nil }) != nil {
		t.Errorf("by a link: %v", err)
	}
}
