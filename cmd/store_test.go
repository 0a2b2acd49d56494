package cmd_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/models"
)

// storeRound is a demonstration of 50 recipients whose returns/ holds an archive, a message, an encrypted workbook, an
// .ods, and a file that is no workbook, beside the rest.
func storeRound(t *testing.T) string {
	t.Helper()
	dir := cmdtest.Example(t, "--recipients", "50")
	config, err := os.OpenFile(filepath.Join(dir, "round.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	config.WriteString("\nworkbook_password: secret\n")
	config.Close()
	var good []models.Entry
	for _, e := range register(t, dir).Entries {
		if e.Status == models.Returned && len(e.Others) == 0 {
			good = append(good, e)
		}
	}
	content := func(e models.Entry) []byte {
		name := filepath.Join(dir, "returns", filepath.FromSlash(e.File))
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		os.Remove(name)
		return b
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, e := range good[:3] {
		w, _ := z.Create("folder/assessment.xlsx")
		w.Write(content(e))
	}
	z.Close()
	put(t, dir, "packed.zip", packed.Bytes())
	put(t, dir, "message.eml", messageWith(good[3].File, content(good[3])))
	put(t, dir, "holiday.eml", []byte("From: a@example.org\r\nSubject: Away\r\n\r\nI am away.\r\n"))
	put(t, dir, "broken.xlsx", content(good[4])[:5000])
	for _, name := range []string{"officecrypto-agile.xlsx", "libreoffice.ods"} {
		b, err := os.ReadFile(filepath.Join("..", "xlsx", "returns", "testdata", "saved", name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, dir, name, b)
	}
	return dir
}

// parsed runs a command and lists the files that it read anew, sorted, and what it printed.
func parsed(t *testing.T, args ...string) (files []string, printed string) {
	t.Helper()
	var mu sync.Mutex
	var out, errs bytes.Buffer
	app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: &errs, Now: func() time.Time { return time.Date(2027, 3, 2, 9, 0, 0, 0, time.UTC) },
		Parsed: func(file string) {
			mu.Lock()
			defer mu.Unlock()
			files = append(files, file)
		}}
	if got := app.Run(context.Background(), args...); got > 1 {
		t.Errorf("rubric %s: status %d\n%s", strings.Join(args, " "), got, errs.String())
	}
	slices.Sort(files)
	return files, out.String() + errs.String()
}

// everything is all that can be known of a round's returns: the register, every score, and the files in results/.
func everything(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, c := range []string{"status", "score", "validate", "consolidate"} {
		_, out[c] = parsed(t, c, "--json", "-C", dir)
	}
	filepath.WalkDir(filepath.Join(dir, "results"), func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, err := os.ReadFile(p)
			if err != nil {
				t.Error(err)
			}
			out[p] = string(b)
		}
		return nil
	})
	return out
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: %s differs from what it is without the store", what, name)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d results, want %d", what, len(got), len(want))
	}
}

func storeFiles(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, ".rubric", "read", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestResultsAreTheSameWithAndWithoutTheStore holds a round that was read against the same round out of the store: whole,
// damaged, cut off, and where it cannot be written.
func TestResultsAreTheSameWithAndWithoutTheStore(t *testing.T) {
	t.Parallel()
	dir := storeRound(t)
	drop := func() { os.RemoveAll(filepath.Join(dir, ".rubric", "read")) }
	if len(storeFiles(t, dir)) == 0 {
		t.Fatal("the demonstration left no store")
	}
	everything(t, dir) // so that the results are those of the returns, of which status speaks otherwise
	want := map[string]string{}
	for _, c := range []string{"status", "score", "validate", "consolidate"} {
		drop()
		_, want[c] = parsed(t, c, "--json", "-C", dir)
	}
	drop()
	for name, b := range everything(t, dir) {
		if _, printed := want[name]; !printed {
			want[name] = b
		}
	}
	if files, _ := parsed(t, "status", "-C", dir); len(files) > 0 {
		t.Errorf("the second time %q were read", files)
	}
	same(t, "out of the store", everything(t, dir), want)

	intact := map[string][]byte{}
	for _, name := range storeFiles(t, dir) {
		intact[name], _ = os.ReadFile(name)
	}
	restore := func() {
		drop()
		os.Mkdir(filepath.Join(dir, ".rubric", "read"), 0o700)
		for name, b := range intact {
			os.WriteFile(name, b, 0o600)
		}
	}
	for name, b := range intact {
		step := max(1, len(b)/12)
		if testing.Short() {
			step = max(1, len(b)/3)
		}
		for at := 0; at < len(b); at += step {
			restore()
			changed := bytes.Clone(b)
			changed[at] ^= 0x10
			os.WriteFile(name, changed, 0o600)
			files, got := parsed(t, "score", "--json", "-C", dir)
			if got != want["score"] || len(files) == 0 {
				t.Fatalf("byte %d of %d changed: %d files were read anew, and the scores are the same: %v", at, len(b), len(files), got == want["score"])
			}
			if files, _ = parsed(t, "status", "-C", dir); len(files) > 0 {
				t.Fatalf("byte %d of %d changed: the store was not mended: %q", at, len(b), files)
			}
		}
		restore()
		os.Truncate(name, int64(len(b)/2))
		same(t, "cut off", everything(t, dir), want)
	}
	if runtime.GOOS != "windows" && os.Getuid() != 0 {
		drop()
		os.Chmod(filepath.Join(dir, ".rubric"), 0o555)
		defer os.Chmod(filepath.Join(dir, ".rubric"), 0o755)
		for range 2 {
			if _, got := parsed(t, "status", "--json", "-C", dir); got != want["status"] {
				t.Error("in a folder that cannot be written to the register differs")
			}
		}
	}
}

// TestOnlyWhatIsNewIsRead counts the files that are read after one was added, changed in place, moved and deleted.
func TestOnlyWhatIsNewIsRead(t *testing.T) {
	t.Parallel()
	dir := storeRound(t)
	parsed(t, "status", "-C", dir)
	returns := filepath.Join(dir, "returns")
	step := func(what string, want ...string) {
		t.Helper()
		if files, _ := parsed(t, "status", "-C", dir); !slices.Equal(files, want) {
			t.Errorf("%s: %q were read, want %q", what, files, want)
		}
		before := register(t, dir)
		os.RemoveAll(filepath.Join(dir, ".rubric", "read"))
		after := register(t, dir)
		if len(before.Files) != len(after.Files) {
			t.Errorf("%s: %d files out of the store, %d without", what, len(before.Files), len(after.Files))
		}
		for i := range after.Files {
			if a, b := before.Files[i], after.Files[i]; a.File != b.File || a.Digest != b.Digest || a.Status != b.Status || !a.Received.Equal(b.Received) || len(a.Findings) != len(b.Findings) {
				t.Errorf("%s: out of the store %+v, without %+v", what, a, b)
			}
		}
	}
	step("nothing")
	b, err := os.ReadFile(filepath.Join(returns, "libreoffice.ods"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "new.ods", append(bytes.Clone(b), 'x'))
	step("one is new", "new.ods")

	broken := filepath.Join(returns, "broken.xlsx")
	info, err := os.Stat(broken)
	if err != nil {
		t.Fatal(err)
	}
	inPlace, err := os.ReadFile(broken)
	if err != nil {
		t.Fatal(err)
	}
	inPlace[len(inPlace)-1] ^= 1
	os.WriteFile(broken, inPlace, 0o644)
	os.Chtimes(broken, info.ModTime(), info.ModTime())
	step("one is another with the same size and date", "broken.xlsx")

	os.Mkdir(filepath.Join(returns, "moved"), 0o755)
	os.Rename(filepath.Join(returns, "packed.zip"), filepath.Join(returns, "moved", "other.zip"))
	step("one was moved")
	later := time.Date(2027, 2, 1, 12, 0, 0, 0, time.UTC)
	os.Chtimes(filepath.Join(returns, "moved", "other.zip"), later, later)
	step("one has another date")
	os.Rename(broken, filepath.Join(returns, "broken.zip"))
	step("one has another ending", "broken.zip")

	size := func() (n int64) {
		for _, name := range storeFiles(t, dir) {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			n += info.Size()
		}
		return n
	}
	before := size()
	os.Remove(filepath.Join(returns, "moved", "other.zip"))
	step("one was deleted")
	parsed(t, "status", "-C", dir)
	if after := size(); after >= before {
		t.Errorf("the store has %d bytes, and had %d before a file was deleted", after, before)
	}
}

// TestAStoppedRunLeavesNothingWrong stops a run while it reads, and has two runs at once.
func TestAStoppedRunLeavesNothingWrong(t *testing.T) {
	t.Parallel()
	dir := storeRound(t)
	os.RemoveAll(filepath.Join(dir, ".rubric", "read"))
	_, want := parsed(t, "status", "--json", "-C", dir)
	os.RemoveAll(filepath.Join(dir, ".rubric", "read"))
	for stopAfter := range 5 {
		ctx, stop := context.WithCancel(context.Background())
		var mu sync.Mutex
		n := 0
		app := &cmd.App{In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Now: time.Now, Parsed: func(string) {
			mu.Lock()
			defer mu.Unlock()
			if n++; n > 7*stopAfter {
				stop()
			}
		}}
		app.Run(ctx, "status", "-C", dir)
		stop()
	}
	var runs sync.WaitGroup
	for range 3 {
		runs.Go(func() {
			for range 2 {
				if _, got := parsed(t, "status", "--json", "-C", dir); got != want {
					t.Error("of several runs at once one has another register")
				}
			}
		})
	}
	runs.Wait()
	if files, _ := parsed(t, "status", "-C", dir); len(files) > 0 {
		t.Errorf("at the end %q are read anew", files)
	}
}
