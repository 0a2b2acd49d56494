package round_test

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

func TestReturnFiles(t *testing.T) {
	r := newRound(t)
	at := func(name string) string { return filepath.Join(r.Dir, "returns", filepath.FromSlash(name)) }
	for _, name := range []string{"b.xlsx", "a/z.xlsx", "a.xlsx", "a/deep/er/x.eml", "batch.zip", "no extension", "Ünï.xlsx",
		"~$b.xlsx", ".~lock.b.xlsx#", "c.xlsx.crdownload", ".DS_Store", "a/Thumbs.db", "desktop.ini", "__MACOSX/._b.xlsx", "._b.xlsx"} {
		write(t, at(name), name)
	}
	wantFiles := []string{"a.xlsx", "a/deep/er/x.eml", "a/z.xlsx", "b.xlsx", "batch.zip", "c.xlsx.crdownload", "no extension", "Ünï.xlsx"}
	wantFound := []string{"file-temporary .~lock.b.xlsx#", "file-temporary ~$b.xlsx"}
	if runtime.GOOS != "windows" {
		outside := filepath.Join(t.TempDir(), "secret.xlsx")
		write(t, outside, "secret")
		os.Symlink(outside, at("link.xlsx"))
		os.Symlink(filepath.Dir(outside), at("linked"))
		os.Symlink("..", at("loop"))
		wantFound = []string{wantFound[0], "file-unreadable link.xlsx", "file-unreadable linked", "file-unreadable loop", wantFound[1]}
	}
	files, findings, err := r.ReturnFiles()
	if err != nil {
		t.Fatal(err)
	}
	var names, found []string
	for _, f := range files {
		names = append(names, f.File)
		if f.Size != int64(len(f.File)) || f.Modified.IsZero() {
			t.Errorf("%+v", f)
		}
	}
	for _, f := range findings {
		found = append(found, string(f.Code)+" "+f.Origin.File)
		if f.Code == models.FileUnreadable && !strings.Contains(f.Message, "link") {
			t.Errorf("the message does not say that it is a link: %s", f.Message)
		}
	}
	if !reflect.DeepEqual(names, wantFiles) {
		t.Errorf("files: got %q, want %q", names, wantFiles)
	}
	if !reflect.DeepEqual(found, wantFound) {
		t.Errorf("findings: got %q, want %q", found, wantFound)
	}
}

func TestOpenReturn(t *testing.T) {
	r := newRound(t)
	write(t, filepath.Join(r.Dir, "returns", "a", "b.xlsx"), "content")
	f, err := r.OpenReturn("a/b.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(f); err != nil || string(b) != "content" {
		t.Errorf("got %q, %v", b, err)
	}
	f.Close()
	refused := []string{"../round.yaml", "/etc/hostname", "a/../../round.yaml", "nothing.xlsx"}
	if runtime.GOOS != "windows" {
		os.Symlink("../.rubric/key", filepath.Join(r.Dir, "returns", "k.xlsx"))
		refused = append(refused, "k.xlsx")
	}
	for _, name := range refused {
		if f, err := r.OpenReturn(name); err == nil {
			f.Close()
			t.Errorf("%s was opened", name)
		}
	}
}

func TestReceive(t *testing.T) {
	r := newRound(t)
	write(t, filepath.Join(r.Dir, "returns", "there.xlsx"), "one")
	x, err := r.Receiver()
	if err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		name, content, file string
		isNew               bool
	}{
		{"other.xlsx", "one", "there.xlsx", false},
		{"there.xlsx", "two", "there (2).xlsx", true},
		{"again.xlsx", "two", "there (2).xlsx", false},
		{"../../x.xlsx", "three", "x.xlsx", true},
		{`C:\Users\x\y.xlsx`, "four", "y.xlsx", true},
		{"CON.xlsx", "five", "_CON.xlsx", true},
		{"", "six", "unnamed", true},
		{"THERE.xlsx", "seven", "", true},
	}
	for _, s := range steps {
		file, isNew, err := x.Receive(s.name, []byte(s.content), round.Event{Address: "a@b.example"})
		if err != nil || isNew != s.isNew || s.file != "" && file != s.file {
			t.Errorf("%q: got %q, %v, %v", s.name, file, isNew, err)
			continue
		}
		if got := read(t, filepath.Join(r.Dir, "returns", file)); got != s.content {
			t.Errorf("%s holds %q", file, got)
		}
	}
	if got := read(t, filepath.Join(r.Dir, "returns", "there.xlsx")); got != "one" {
		t.Errorf("what was there became %q", got)
	}
	events, _, err := r.Journal()
	if err != nil || len(events) != 1+6 || events[1].Kind != round.Received || events[1].File != "there (2).xlsx" || len(events[1].Digest) != 64 {
		t.Errorf("journal: %+v, %v", events, err)
	}
	_, received := round.Settled(events, []models.Return{{File: "x", Digest: events[1].Digest}})
	if len(received) != 1 {
		t.Errorf("the journal does not know when it was received: %v", received)
	}
}
