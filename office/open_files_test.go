package office_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/office"
)

// plain is a file system whose files can only be read from their beginning to their end, as those of a bucket or an archive.
type plain struct{ files fs.FS }

type plainFile struct{ fs.File }

func (p plain) Open(name string) (fs.File, error) {
	f, err := p.files.Open(name)
	if dir, ok := f.(fs.ReadDirFile); ok && err == nil {
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return dir, nil
		}
	}
	return plainFile{f}, err
}

// A round that lies in another file system is read as one on the disk, and what is made of it goes into a folder.
func TestRoundInAnotherFileSystem(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "demo")
	o := &office.Office{Jobs: 2}
	if _, err := demo.Play(t.Context(), o, demo.Options{Dir: dir, Template: "uk-dmm", Recipients: 16, Seed: demo.Seed}); err != nil {
		t.Fatal(err)
	}
	status := func(f *office.Folder, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		out, err := o.Status(t.Context(), f, office.StatusOptions{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(out.Register)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	elsewhere := t.TempDir()
	want, got := status(o.Open(dir)), status(o.OpenFiles(plain{os.DirFS(dir)}, elsewhere))
	if got != want || len(want) < 1000 {
		t.Errorf("got  %.500s\nwant %.500s", got, want)
	}
	f, err := o.OpenFiles(plain{os.DirFS(dir)}, elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Consolidate(t.Context(), f, office.ConsolidateOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"answers.csv", "scores.parquet"} {
		a, err := os.ReadFile(filepath.Join(dir, "results", "data", name))
		if err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(filepath.Join(elsewhere, "results", "data", name)); err != nil || string(a) != string(b) {
			t.Errorf("%s is another (%v)", name, err)
		}
	}
	if _, err := o.OpenFiles(plain{os.DirFS(elsewhere)}, elsewhere); err == nil {
		t.Error("a folder without a round opens as one")
	}
	if f, err := f.OpenReturn("../round.yaml"); err == nil {
		f.Close()
		t.Error("a name that leads out of returns/ opens")
	}
}
