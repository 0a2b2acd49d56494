package bucket_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"

	"github.com/rubric-project/rubric/buckets/bucket"
	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/office"
)

// s3Server is an S3 server that others wrote, with a bucket "rounds", and how much was asked of it. While broken is set it fails.
type s3Server struct {
	url    string
	asked  atomic.Int64
	broken atomic.Bool
}

func startS3(t *testing.T) *s3Server {
	t.Helper()
	for name, value := range map[string]string{"HOME": t.TempDir(), "AWS_ACCESS_KEY_ID": "EXAMPLEKEY", "AWS_SECRET_ACCESS_KEY": "example", "AWS_REGION": "eu-west-2",
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1", "AWS_CONFIG_FILE": t.TempDir() + "/none", "AWS_SHARED_CREDENTIALS_FILE": t.TempDir() + "/none"} {
		t.Setenv(name, value)
	}
	backend := s3mem.New()
	if err := backend.CreateBucket("rounds"); err != nil {
		t.Fatal(err)
	}
	s, real := &s3Server{}, gofakes3.New(backend).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		if s.broken.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		real.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func address(t *testing.T, text string) bucket.Address {
	t.Helper()
	a, err := bucket.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// files opens a folder of the server's bucket.
func (s *s3Server) files(t *testing.T, folder string) (*bucket.Files, *blob.Bucket) {
	t.Helper()
	a := address(t, "s3://rounds/"+folder+"?use_path_style=true&endpoint="+url.QueryEscape(s.url))
	b, err := bucket.Open(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return bucket.NewFiles(t.Context(), b, a), b
}

func put(t *testing.T, b *blob.Bucket, key string, content []byte) {
	t.Helper()
	if err := b.WriteAll(t.Context(), key, content, nil); err != nil {
		t.Fatal(err)
	}
}

// A round in a bucket is the round in a folder: in memory, in a folder that is used as a bucket, and on an S3 server.
func TestARoundInABucket(t *testing.T) {
	o := &office.Office{Jobs: 2, Now: func() time.Time { return time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC) }}
	dir := filepath.Join(t.TempDir(), "demo")
	if _, err := demo.Play(t.Context(), o, demo.Options{Dir: dir, Template: "uk-dmm", Recipients: demo.Fewest, Seed: demo.Seed}); err != nil {
		t.Fatal(err)
	}
	folder, err := fileblob.OpenBucket(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	memory := memblob.OpenBucket(nil)
	a := address(t, "s3://rounds/2027/spring")
	s3, served := startS3(t).files(t, "2027/spring")
	for name, c := range map[string]struct {
		files *bucket.Files
		b     *blob.Bucket
	}{
		"memory": {bucket.NewFiles(t.Context(), memory, a), memory},
		"folder": {bucket.NewFiles(t.Context(), folder, a), folder},
		"s3":     {s3, served},
	} {
		t.Run(name, func(t *testing.T) {
			put(t, c.b, "2027/springtime/returns/of another round.xlsx", []byte("x"))
			copied := copyRound(t, dir, c.b, "2027/spring")
			want, got := register(t, o)(o.Open(copied)), register(t, o)(o.OpenFiles(c.files, t.TempDir()))
			if got != want || len(want) < 5000 {
				t.Errorf("got  %.500s\nwant %.500s", got, want)
			}
		})
	}
}

// copyRound puts a round into a bucket, and into another folder with the times that the objects have.
func copyRound(t *testing.T, dir string, b *blob.Bucket, prefix string) string {
	t.Helper()
	copied := t.TempDir()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		put(t, b, prefix+"/"+name, content)
		x, err := b.List(&blob.ListOptions{Prefix: prefix + "/" + name}).Next(t.Context())
		if err != nil {
			return err
		}
		to := filepath.Join(copied, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(to, content, 0o600); err != nil {
			return err
		}
		return os.Chtimes(to, x.ModTime, x.ModTime)
	})
	if err != nil {
		t.Fatal(err)
	}
	return copied
}

// register is a round's register as text.
func register(t *testing.T, o *office.Office) func(*office.Folder, error) string {
	return func(f *office.Folder, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		in, err := o.TakeIn(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(in.Register)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
}

// Keys that no file can have are listed as what cannot be looked at; marks of folders are folders, and nothing is listed twice.
func TestKeysThatAreNoNames(t *testing.T) {
	b := memblob.OpenBucket(nil)
	for _, key := range []string{"r/a.xlsx", "r/sub/b.xlsx", "r/sub.xlsx", "r//c.xlsx", "r/sub/../d.xlsx", "r/sub/./e.xlsx", "r/odd/", "r/a.xlsx/f.xlsx"} {
		put(t, b, key, []byte("something"))
	}
	put(t, b, "r/", nil)
	put(t, b, "r/empty/", nil)
	f := bucket.NewFiles(t.Context(), b, address(t, "s3://rounds/r"))
	var files, unknown []string
	err := fs.WalkDir(f, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if _, err := d.Info(); err != nil {
			unknown = append(unknown, name)
		} else {
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	slices.Sort(unknown)
	if want := []string{"a.xlsx", "a.xlsx/f.xlsx", "sub.xlsx", "sub/b.xlsx"}; !slices.Equal(files, want) {
		t.Errorf("files %q, want %q", files, want)
	}
	if want := []string{"odd∕", "sub/..∕d.xlsx", "sub/.∕e.xlsx", "∕c.xlsx"}; !slices.Equal(unknown, want) {
		t.Errorf("what cannot be looked at: %q, want %q", unknown, want)
	}
	if list, err := fs.ReadDir(f, "empty"); err != nil || len(list) != 0 {
		t.Errorf("an empty folder: %v, %v", list, err)
	}
	asked := func(name string, size int64) {
		t.Helper()
		if x, err := fs.Stat(f, name); err != nil || x.Size() != size || x.IsDir() != (size == 0) {
			t.Errorf("%s is %v (%v)", name, x, err)
		}
	}
	for range 2 {
		asked("a.xlsx/f.xlsx", 9)
		asked("sub", 0)
		asked("empty", 0)
		if _, err := fs.ReadDir(f, "."); err != nil {
			t.Error(err)
		}
	}
	if _, err := fs.Stat(f, "none"); !notThere(err) {
		t.Errorf("what is not there: %v", err)
	}
	if _, err := f.Open("none"); !notThere(err) || f.Failed("none") != nil {
		t.Errorf("what is not there: %v", err)
	}
}

func notThere(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// A folder for each recipient does not take a request for each.
func TestFoldersAreListedTogether(t *testing.T) {
	s := startS3(t)
	f, b := s.files(t, "")
	for i := range 300 {
		put(t, b, "returns/"+strings.Repeat("x", i%7+1)+string(rune('a'+i%26))+"/"+time.Duration(i).String()+".xlsx", []byte("x"))
	}
	before, n := s.asked.Load(), 0
	err := fs.WalkDir(f, "returns", func(_ string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil || n != 300 {
		t.Fatalf("%d files (%v)", n, err)
	}
	if asked := s.asked.Load() - before; asked > 4 { // what returns is, and what lies below
		t.Errorf("%d requests", asked)
	}
}

// A large object is read in blocks, in any order; and one that cannot be read says so once.
func TestLargeAndFailing(t *testing.T) {
	s := startS3(t)
	f, b := s.files(t, "large")
	want := make([]byte, 18<<20+12345)
	r := rand.NewChaCha8([32]byte{1})
	r.Read(want)
	if err := f.Write(t.Context(), "x.zip", int64(len(want)), bytes.NewReader(want)); err != nil {
		t.Fatal(err)
	}
	put(t, b, "large/empty", nil)
	put(t, b, "large/in/it", []byte("12345"))
	if list, err := f.At("in").ReadDir("."); err != nil || len(list) != 1 || list[0].Name() != "it" {
		t.Errorf("a folder lists %v (%v)", list, err)
	}
	opened, err := f.Open("x.zip")
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(opened)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d bytes, want %d others (%v)", len(got), len(want), err)
	}
	at := opened.(io.ReaderAt)
	for _, from := range []int{0, 4<<20 - 10, 17 << 20, len(want) - 5, 8<<20 + 1, 3} {
		b := make([]byte, 30)
		n, err := at.ReadAt(b, int64(from))
		if !bytes.Equal(b[:n], want[from:min(len(want), from+30)]) || (err == io.EOF) != (from+30 > len(want)) {
			t.Errorf("%d bytes at %d are others (%v)", n, from, err)
		}
	}
	if b, err := fs.ReadFile(f, "empty"); err != nil || len(b) != 0 {
		t.Errorf("an empty object: %d bytes (%v)", len(b), err)
	}
	s.broken.Store(true)
	if _, err := at.ReadAt(make([]byte, 10), 12<<20); err == nil || f.Failed("x.zip") == nil || f.Failed("x.zip") != nil {
		t.Error("a failure while it was read is not said, or said twice")
	}
	if _, err := f.Open("x.zip"); err == nil || f.Failed("x.zip") == nil {
		t.Error("a failure when it was opened is not said")
	}
	if _, err := fs.ReadDir(f, "."); err == nil {
		t.Error("a bucket that cannot be listed is taken for an empty one")
	}
}

// What cannot be read to its end is not written at all; written, copied and removed is what was asked for.
func TestWrite(t *testing.T) {
	b := memblob.OpenBucket(nil)
	f := bucket.NewFiles(t.Context(), b, address(t, "gs://rounds/spring"))
	half := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(os.ErrDeadlineExceeded))
	if err := f.Write(t.Context(), "data/x", 8, half); err == nil {
		t.Error("half a file is taken for a whole one")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := f.Write(stopped, "data/x", 4, strings.NewReader("four")); err == nil {
		t.Error("it is written after it was stopped")
	}
	if there, err := b.Exists(t.Context(), "spring/data/x"); err != nil || there {
		t.Errorf("half a file is there (%v)", err)
	}
	for _, name := range []string{"round.yaml", "returns/a.xlsx", ".rubric/key", ".rubric/read/1", "results/x"} {
		if err := f.Write(t.Context(), name, 3, strings.NewReader("abc")); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	if err := f.CopyTo(t.Context(), dir, "returns", "results", ".rubric/read"); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			got = append(got, filepath.ToSlash(rel))
		}
		return err
	}); err != nil || !slices.Equal(got, []string{".rubric/key", "round.yaml"}) {
		t.Errorf("copied are %q (%v)", got, err)
	}
	for range 2 {
		if err := f.Remove(t.Context(), "round.yaml"); err != nil {
			t.Error(err)
		}
	}
	if _, err := f.Open("round.yaml"); !notThere(err) {
		t.Errorf("it is still there (%v)", err)
	}
}
