package cluster_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/s3blob"

	"github.com/rubric-project/rubric/cluster"
	"github.com/rubric-project/rubric/round"
)

// s3Server is an S3 server that others wrote, gofakes3, with a bucket "rounds".
type s3Server struct {
	t      *testing.T
	url    string
	bucket *blob.Bucket
	// fails says of a request that it fails; it may be nil.
	fails atomic.Pointer[func(*http.Request) bool]

	mu sync.Mutex
	at time.Time
}

// Now and Since are for the server: what is put there has the time of the file.
func (s *s3Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *s3Server) Since(t time.Time) time.Duration { return s.Now().Sub(t) }

func startS3(t *testing.T) *s3Server {
	t.Helper()
	for name, value := range map[string]string{"AWS_ACCESS_KEY_ID": "EXAMPLEKEY", "AWS_SECRET_ACCESS_KEY": "example", "AWS_REGION": "eu-west-2",
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1", "AWS_CONFIG_FILE": t.TempDir() + "/none", "AWS_SHARED_CREDENTIALS_FILE": t.TempDir() + "/none"} {
		t.Setenv(name, value)
	}
	s := &s3Server{t: t, at: time.Now()}
	backend := s3mem.New(s3mem.WithTimeSource(s))
	if err := backend.CreateBucket("rounds"); err != nil {
		t.Fatal(err)
	}
	real := gofakes3.New(backend, gofakes3.WithTimeSkewLimit(0)).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if fails := s.fails.Load(); fails != nil && (*fails)(r) {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		real.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	var err error
	if s.bucket, err = blob.OpenBucket(t.Context(), s.address("")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.bucket.Close() })
	return s
}

// address is that of a folder of the bucket.
func (s *s3Server) address(folder string) string {
	return "s3://rounds/" + folder + "?use_path_style=true&endpoint=" + url.QueryEscape(s.url)
}

// put copies a folder into the bucket, with the times of its files.
func (s *s3Server) put(dir, folder string) {
	s.t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.at = info.ModTime()
		s.mu.Unlock()
		return s.bucket.WriteAll(s.t.Context(), folder+"/"+name, content, nil)
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// get copies a folder of the bucket into one on the disk.
func (s *s3Server) get(folder, dir string) {
	s.t.Helper()
	list := s.bucket.List(&blob.ListOptions{Prefix: folder + "/"})
	for {
		x, err := list.Next(s.t.Context())
		if err == io.EOF {
			return
		}
		if err != nil {
			s.t.Fatal(err)
		}
		b, err := s.bucket.ReadAll(s.t.Context(), x.Key)
		if err != nil {
			s.t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(x.Key, folder+"/")))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(to, b, 0o644); err != nil {
			s.t.Fatal(err)
		}
	}
}

// sameFromBucket has what a run wrote into the bucket compared with what one machine makes of the folder.
func (one *oneMachine) sameFromBucket(s *s3Server, m *cluster.Manifest, shards, results string) {
	s.t.Helper()
	out := s.t.TempDir()
	s.get(shards, out)
	if err := os.RemoveAll(filepath.Join(one.dir, "results")); err != nil {
		s.t.Fatal(err)
	}
	s.get(results, filepath.Join(one.dir, "results"))
	one.same(s.t, out, m)
}

// inBucket are the options of a run over a round in a bucket.
func (s *s3Server) inBucket(round, out string, shards int) cluster.Options {
	return cluster.Options{Round: s.address(round), Out: s.address(out), Shards: shards, Now: asOf, Version: "test", Jobs: 2}
}

// A round in a bucket comes to the same as in a folder, byte for byte: with shards and results in the bucket, with returns alone there,
// and with results in a folder, made from shards that were there.
func TestARoundInABucket(t *testing.T) {
	r := makeRound(t)
	r.fillRound()
	one := onOneMachine(t, r.dir)
	if err := os.RemoveAll(filepath.Join(r.dir, "results")); err != nil {
		t.Fatal(err)
	}
	s := startS3(t)
	s.put(r.dir, "2027/spring")
	s.put(filepath.Join(r.dir, "returns"), "uploads")
	before := t.TempDir()
	s.get("2027/spring", before)

	done, err := cluster.Run(t.Context(), "prism", s.inBucket("2027/spring", "2027/shards", 3))
	if err != nil {
		t.Fatal(err)
	}
	one.sameFromBucket(s, done.Manifest, "2027/shards", "2027/spring/results")
	for name := range filesOf(t, before) { // nothing else of the round was touched, and the journal goes on
		if strings.HasSuffix(name, "journal.jsonl") {
			s.journalGoesOn("2027/spring", before)
			continue
		}
		want, _ := os.ReadFile(filepath.Join(before, name))
		if got, err := s.bucket.ReadAll(t.Context(), "2027/spring/"+filepath.ToSlash(name)); err != nil || string(got) != string(want) {
			t.Errorf("%s was changed (%v)", name, err)
		}
	}

	elsewhere := t.TempDir()
	finish := s.inBucket("2027/spring", "2027/shards", 0)
	finish.FinishOnly, finish.Results = true, elsewhere
	if _, err := cluster.Run(t.Context(), "none", finish); err != nil {
		t.Fatal(err)
	}
	got := results(t, elsewhere)
	for name, want := range one.data {
		if string(got[name]) != string(want) {
			t.Errorf("%s in a folder is another", name)
		}
	}

	// The round in a folder, without its returns.
	apart, out := t.TempDir(), t.TempDir()
	if err := os.CopyFS(apart, os.DirFS(r.dir)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"results", "returns"} {
		if err := os.RemoveAll(filepath.Join(apart, name)); err != nil {
			t.Fatal(err)
		}
	}
	done, err = cluster.Run(t.Context(), "prism", cluster.Options{Round: apart, Returns: s.address("uploads"), Out: out, Shards: 5, Now: asOf, Version: "test", Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	two := *one
	two.dir = apart
	two.same(t, out, done.Manifest)
}

// Evidence that came with returns is kept in the bucket, as it is in a folder, and takes the place of nothing there.
func TestEvidenceIsKeptInTheBucket(t *testing.T) {
	r := makeRound(t)
	r.fillRound()
	r.write(filepath.Join(r.dir, "attachments", "07", "minutes.pdf"), "somebody put this here")
	if err := os.RemoveAll(filepath.Join(r.dir, "results")); err != nil {
		t.Fatal(err)
	}
	before := t.TempDir()
	if err := os.CopyFS(before, os.DirFS(r.dir)); err != nil {
		t.Fatal(err)
	}
	s := startS3(t)
	s.put(r.dir, "spring")
	one := onOneMachine(t, r.dir)
	if _, err := os.Stat(filepath.Join(r.dir, "attachments", "07", "minutes (2).pdf")); err != nil {
		t.Fatal("one machine kept no evidence beside what was there")
	}
	if _, err := cluster.Run(t.Context(), "prism", s.inBucket("spring", "shards", 2)); err != nil {
		t.Fatal(err)
	}
	after := t.TempDir()
	s.get("spring", after)
	for _, folder := range []string{"results", "attachments"} {
		got, want := filesOf(t, filepath.Join(after, folder)), filesOf(t, filepath.Join(r.dir, folder))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s/ has %v, want %v", folder, got, want)
		}
		for name := range want {
			a, _ := os.ReadFile(filepath.Join(r.dir, folder, name))
			if b, err := os.ReadFile(filepath.Join(after, folder, name)); err != nil || string(a) != string(b) {
				t.Errorf("%s/%s is another (%v)", folder, name, err)
			}
		}
	}
	if len(one.data) == 0 {
		t.Error("one machine made nothing")
	}
	s.journalGoesOn("spring", before)
}

// journalGoesOn sees that what was in the journal is there, with what was made; and that each attachment in it is in the bucket.
func (s *s3Server) journalGoesOn(folder, before string) {
	s.t.Helper()
	was, err := os.ReadFile(filepath.Join(before, filepath.FromSlash(round.JournalFile)))
	if err != nil {
		s.t.Fatal(err)
	}
	now, err := s.bucket.ReadAll(s.t.Context(), folder+"/"+round.JournalFile)
	if err != nil || !strings.HasPrefix(string(now), string(was)) {
		s.t.Fatalf("what was in the journal is not there (%v)", err)
	}
	after := s.t.TempDir()
	s.get(folder, after)
	r, err := round.Open(after)
	if err != nil {
		s.t.Fatal(err)
	}
	events, unreadable, err := r.Journal()
	if err != nil || unreadable > 0 {
		s.t.Fatalf("%d lines cannot be read (%v)", unreadable, err)
	}
	kept := 0
	for _, e := range events {
		if e.Kind != round.Kept {
			continue
		}
		kept++
		if b, err := os.ReadFile(filepath.Join(after, filepath.FromSlash(e.File))); err != nil || fmt.Sprintf("%x", sha256.Sum256(b)) != e.Digest {
			s.t.Errorf("%s is not the evidence that came (%v)", e.File, err)
		}
	}
	if kept == 0 {
		s.t.Error("no evidence is kept")
	}
}

// filesOf are the names of all files in a folder.
func filesOf(t *testing.T, dir string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			out[rel] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A return that the network keeps from being read ends the run, and is not taken for a file that is no good. So does a shard that
// cannot be written; the manifest of an earlier run is gone by then.
func TestABucketThatFails(t *testing.T) {
	r := makeRound(t)
	r.fillRound()
	one := onOneMachine(t, r.dir)
	s := startS3(t)
	s.put(r.dir, "spring")
	for _, part := range []string{"/spring/returns/post.zip", "/shards/register/", "/shards/manifest.json", ""} {
		fails := func(r *http.Request) bool {
			return part != "" && strings.Contains(r.URL.Path, part) && r.Method != http.MethodDelete
		}
		s.fails.Store(&fails)
		done, err := cluster.Run(t.Context(), "prism", s.inBucket("spring", "shards", 2))
		if (err != nil) != (part != "") {
			t.Fatalf("without %q: %v", part, err)
		}
		if part != "" {
			fails := func(*http.Request) bool { return false }
			s.fails.Store(&fails)
			if _, err := cluster.ReadManifest(s.address("shards")); err == nil {
				t.Fatalf("there is a manifest without %q", part)
			}
			continue
		}
		one.sameFromBucket(s, done.Manifest, "shards", "spring/results")
	}
}

// A worker that is killed in the middle leaves nothing in the bucket that the next run trips over.
func TestAKilledWorkerAtABucket(t *testing.T) {
	if round := os.Getenv("CLUSTER_TEST_BUCKET"); round != "" { // the worker
		o := cluster.Options{Round: round, Out: os.Getenv("CLUSTER_TEST_OUT"), Shards: 8, Now: asOf, Version: "test", Jobs: 2}
		if _, err := cluster.Run(t.Context(), "prism", o); err != nil {
			t.Fatal(err)
		}
		return
	}
	r := makeRound(t)
	r.fillRound()
	one := onOneMachine(t, r.dir)
	s := startS3(t)
	s.put(r.dir, "spring")
	for i := range 10 {
		shards := fmt.Sprintf("shards %d", i)
		killedWorker(t, []string{"CLUSTER_TEST_BUCKET=" + s.address("spring"), "CLUSTER_TEST_OUT=" + s.address(url.PathEscape(shards))}, func() bool {
			_, err := s.bucket.List(&blob.ListOptions{Prefix: shards + "/"}).Next(t.Context())
			return err == nil
		})
		if _, err := cluster.ReadManifest(s.address(url.PathEscape(shards))); err == nil {
			continue // it was done before it was killed
		}
		done, err := cluster.Run(t.Context(), "prism", s.inBucket("spring", url.PathEscape(shards), 8))
		if err != nil {
			t.Fatal(err)
		}
		one.sameFromBucket(s, done.Manifest, shards, "spring/results")
		return
	}
	t.Fatal("ten workers were done before they were killed")
}

// What is a slip is said before anything is read or written.
func TestAddressesThatAreSlips(t *testing.T) {
	r := makeRound(t)
	s := startS3(t)
	s.put(r.dir, "spring")
	if err := s.bucket.WriteAll(t.Context(), "uploads/a.xlsx", []byte("a"), nil); err != nil {
		t.Fatal(err)
	}
	shards := s.address("shards")
	for want, o := range map[string]cluster.Options{
		"holds no round":                      {Round: s.address("sprung"), Out: shards},
		"nothing lies in s3://rounds/upload:": {Round: r.dir, Returns: s.address("upload"), Out: shards},
		"must not lie in the round's folder":  {Round: s.address("spring"), Out: s.address("spring/shards")},
		"must not lie among the returns":      {Round: r.dir, Returns: s.address("uploads"), Out: s.address("uploads/shards")},
		"only those in a bucket":              {Round: r.dir, Returns: t.TempDir(), Out: shards},
		"only that of one in a bucket":        {Round: r.dir, Results: t.TempDir(), Out: shards},
		"who signs in is not part of it":      {Round: "s3://someone:secret@rounds/spring", Out: shards},
		"there is no such bucket":             {Round: strings.Replace(s.address("spring"), "//rounds", "//others", 1), Out: shards},
	} {
		o.Now = asOf
		_, err := cluster.Run(t.Context(), "prism", o)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if left := filesOf(t, filepath.Join(r.dir, ".rubric")); left["lock"] {
		t.Error("the lock was left behind")
	}
}
