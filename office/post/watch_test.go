package post_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestWatchTakesAFileWhenItIsWhole(t *testing.T) {
	dir := t.TempDir()
	w, err := post.NewWatch(t.TempDir(), dir)
	if err != nil {
		t.Fatal(err)
	}
	look := func(wantWaiting int, want ...string) {
		t.Helper()
		ready, waiting, err := w.Look()
		for i := range ready {
			ready[i] = filepath.Base(ready[i])
		}
		if err != nil || waiting != wantWaiting || !slices.Equal(ready, want) {
			t.Errorf("ready %q, %d waiting, %v; want %q and %d", ready, waiting, err, want, wantWaiting)
		}
	}
	for _, name := range []string{"~$a.xlsx", "a.xlsx.tmp", "b.CRDOWNLOAD", ".hidden", "c.part"} {
		write(t, filepath.Join(dir, name), "unfinished")
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.xlsx"), 0o755); err != nil {
		t.Fatal(err)
	}
	look(0)
	a := write(t, filepath.Join(dir, "a.xlsx"), "half")
	look(1)
	write(t, a, "half and more")
	look(1)
	look(0, "a.xlsx")
	look(0, "a.xlsx") // nobody could take it yet
	w.Given([]string{a})
	look(0)
	if err := os.Chtimes(a, time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	look(1)
	look(0, "a.xlsx")
}

func TestWatchRefusesTheRoundItself(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "round")
	if err := os.MkdirAll(filepath.Join(dir, "returns"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{dir, parent, filepath.Join(dir, "returns"), filepath.Join(parent, "gone"), "returns", write(t, filepath.Join(parent, "file"), "x")} {
		if _, err := post.NewWatch(dir, folder); !office.IsMisuse(err) {
			t.Errorf("%s: %v", folder, err)
		}
	}
}

func TestDroppedNamesLeadNowhere(t *testing.T) {
	d, err := post.NewDropped()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../../etc/passwd", `..\..\boot.ini`, "a.xlsx", "a.xlsx", "", ".", "..", "con\x00trol\n.xlsx", strings.Repeat("x", 5000) + ".xlsx"} {
		if err := d.Add(name, strings.NewReader("content"), 1<<20); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	var large *post.TooLargeError
	if err := d.Add("large.xlsx", bytes.NewReader(make([]byte, 2<<20)), 1<<20); !errors.As(err, &large) {
		t.Errorf("a file over the limit: %v", err)
	}
	for i, source := range d.Sources() {
		entries, err := os.ReadDir(source)
		if err != nil || len(entries) != 1 || entries[0].Name() != d.Names()[i] || !filepath.IsLocal(entries[0].Name()) {
			t.Errorf("%s: %v, %v", source, entries, err)
		}
	}
	if len(d.Sources()) != 9 {
		t.Errorf("%d files, want 9", len(d.Sources()))
	}
	if err := d.Remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Dir(d.Sources()[0])); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the temporary folder is left: %v", err)
	}
}

// What became of each is told, in the order of the sources, for what is new, there already, and no return.
func TestCollectTellsWhatBecameOfEach(t *testing.T) {
	dir := t.TempDir()
	f, unlock := generated(dir)
	defer unlock()
	from := t.TempDir()
	sources := []string{write(t, filepath.Join(from, "a.xlsx"), "no workbook"), write(t, filepath.Join(from, "b.xlsx"), "no workbook"),
		filepath.Join(from, "gone.xlsx"), write(t, filepath.Join(from, "c.zip"), "PK\x03\x04 cut off"), write(t, filepath.Join(from, "d.txt"), "words")}
	var got []string
	_, err := (&post.Post{Office: &office.Office{Now: morning}}).Collect(context.Background(), f, sources, post.CollectOptions{Took: func(x post.Taken) {
		said := "left"
		switch {
		case x.Problem != "":
			said = "problem"
		case x.Finding != nil:
			said = "finding"
		case x.New:
			said = "new " + x.File
		case x.File != "":
			said = "there " + x.File
		}
		got = append(got, filepath.Base(sources[x.Source])+": "+said)
	}})
	want := []string{"a.xlsx: new a.xlsx", "b.xlsx: there a.xlsx", "gone.xlsx: problem", "c.zip: finding", "d.txt: new d.txt"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v\nwant %q", got, err, want)
	}
}
