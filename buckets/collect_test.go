package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"

	"github.com/rubric-project/rubric/buckets/bucket"
	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
	"github.com/rubric-project/rubric/round"
)

// now is the day on which the tests collect, after everything was put into the buckets.
var now = time.Now().AddDate(1, 0, 0)

// aRound makes an empty round folder.
func aRound(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "round")
	list := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(list, []byte("id,name\n001,Example School\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: &out, Now: func() time.Time { return now }}
	if status := app.Run(t.Context(), "init", dir, "--title", "A round", "--contact", "Data office <data@example.org>", "--issued", "2026-01-01", "--template", "uk-dmm", "--recipients", list, "--due", "2099-01-01", "--organiser", "Example Office"); status != 0 {
		t.Fatal(out.String())
	}
	return dir
}

// collect runs the program; open is what opens its buckets.
func collect(t *testing.T, open post.OpenSource, args ...string) (status int, said string) {
	t.Helper()
	var out bytes.Buffer
	x := collector()
	x.Open = open
	app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: &out, Now: func() time.Time { return now }}
	status = x.Run(t.Context(), app, append([]string{"collect"}, args...)...)
	return status, out.String()
}

// opening opens the same bucket for every address that begins with test://.
func opening(b *blob.Bucket) post.OpenSource {
	return func(ctx context.Context, f *office.Folder, source string) (post.Source, error) {
		a, err := bucket.Parse(source)
		if err != nil {
			return nil, err
		}
		return newSource(f, a, b)
	}
}

// put puts objects into a bucket.
func put(t *testing.T, b *blob.Bucket, objects map[string]string) {
	t.Helper()
	for key, content := range objects {
		if err := b.WriteAll(t.Context(), key, []byte(content), nil); err != nil {
			t.Fatal(err)
		}
	}
}

// zipOf is an archive with a file.
func zipOf(t *testing.T, name, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err == nil {
		_, err = io.WriteString(f, content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// letter is a message with a file.
const letter = "From: school@example.org\r\nTo: office@example.org\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n" +
	"--x\r\nContent-Type: application/octet-stream; name=mailed.xlsx\r\nContent-Disposition: attachment; filename=mailed.xlsx\r\n\r\nmailed\r\n--x--\r\n"

func returnsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	list, err := os.ReadDir(filepath.Join(dir, "returns"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		b, err := os.ReadFile(filepath.Join(dir, "returns", e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = strings.TrimSpace(string(b))
	}
	return out
}

// keys are all objects of a bucket with what is known of them.
func keys(t *testing.T, b *blob.Bucket) []string {
	t.Helper()
	var out []string
	list := b.List(nil)
	for {
		x, err := list.Next(t.Context())
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprint(x.Key, x.Size, x.ModTime, x.MD5))
	}
}

// TestCollect collects from a bucket in memory, one in a folder and one on an S3 server, twice, and once more after two
// objects changed.
func TestCollect(t *testing.T) {
	folder, err := fileblob.OpenBucket(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	server := startS3(t, nil)
	s3, err := blob.OpenBucket(t.Context(), server.address("returns", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, address string
		bucket        *blob.Bucket
		open          func(*blob.Bucket) post.OpenSource
	}{
		{"memory", "test://returns", memblob.OpenBucket(nil), opening},
		{"folder", "test://returns", folder, opening},
		{"s3", server.address("returns", "/spring"), s3, func(*blob.Bucket) post.OpenSource { return open }},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, opens := aRound(t), c.open(c.bucket)
			put(t, c.bucket, map[string]string{
				"spring/a.xlsx": "a", "spring/north/b.xlsx": "b", "spring/north/a.xlsx": "another", "spring/c.zip": zipOf(t, "c.xlsx", "c"),
				"spring/m.eml": letter, "spring/again.xlsx": "a", "spring/.DS_Store": "x", "spring/~$a.xlsx": "x",
				"springtime/d.xlsx": "d", "e.xlsx": "e",
			})
			before := keys(t, c.bucket)
			server.forget()
			address := c.address
			if !strings.Contains(address, "/spring") {
				address += "/spring/"
			}
			status, said := collect(t, opens, address, "-C", dir)
			if status != 0 || !strings.Contains(said, "5 files new in returns/, 1 that were there already.") {
				t.Fatalf("%d: %s", status, said)
			}
			want := map[string]string{"a.xlsx": "a", "a (2).xlsx": "another", "b.xlsx": "b", "c.xlsx": "c", "mailed.xlsx": "mailed"}
			got := returnsOf(t, dir)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("returns/ has %v, want %v", got, want)
			}
			journalKnows(t, dir)
			for _, request := range server.requests() {
				if method, _, _ := strings.Cut(request, " "); method != http.MethodGet && method != http.MethodHead {
					t.Errorf("%s changes the bucket", request)
				}
			}
			if after := keys(t, c.bucket); !slices.Equal(before, after) {
				t.Errorf("the bucket changed:\n%v\n%v", before, after)
			}

			status, said = collect(t, opens, address, "-C", dir)
			if status != 0 || !strings.Contains(said, "0 files new in returns/, 0 that were there already.") {
				t.Errorf("%d: %s: what was read is read again", status, said)
			}
			put(t, c.bucket, map[string]string{"spring/a.xlsx": "a, better", "spring/new.xlsx": "new"})
			status, said = collect(t, opens, address, "-C", dir)
			if status != 0 || !strings.Contains(said, "2 files new in returns/, 0 that were there already.") {
				t.Errorf("%d: %s", status, said)
			}
		})
	}
}

// journalKnows checks that the journal says when each file came: when the object was put there, or when the message was sent.
func journalKnows(t *testing.T, dir string) {
	t.Helper()
	r, err := round.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	events, _, err := r.Journal()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range events {
		if e.Kind != round.Received {
			continue
		}
		n++
		want, within := time.Now(), time.Hour
		if e.Message != "" {
			want, within = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC), time.Second
		}
		if d := e.Time.Sub(want).Abs(); d > within {
			t.Errorf("%s came at %s by the journal, want %s", e.File, e.Time, want)
		}
	}
	if n != 5 {
		t.Errorf("the journal has %d files that came, want 5", n)
	}
}

// TestStopped stops while objects are read: what is there is whole, and the next run takes the rest.
func TestStopped(t *testing.T) {
	dir, b := aRound(t), memblob.OpenBucket(nil)
	objects := map[string]string{}
	for i := range 40 {
		objects[fmt.Sprintf("%02d.xlsx", i)] = fmt.Sprint("return ", i)
	}
	put(t, b, objects)
	ctx, stop := context.WithCancel(t.Context())
	stopping := func(ctx context.Context, f *office.Folder, source string) (post.Source, error) {
		s, err := opening(b)(ctx, f, source)
		return stopsAfter{s, 10, stop}, err
	}
	var out bytes.Buffer
	x := collector()
	x.Open = stopping
	app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: &out, Now: func() time.Time { return now }}
	if status := x.Run(ctx, app, "collect", "test://returns", "-C", dir); status != 3 {
		t.Errorf("status %d: %s", status, out.String())
	}
	there := len(returnsOf(t, dir))
	if there < 10 || there > 11 {
		t.Errorf("%d returns after it was stopped at the tenth", there)
	}
	if status, said := collect(t, opening(b), "test://returns", "-C", dir); status != 0 || len(returnsOf(t, dir)) != 40 {
		t.Errorf("%d: %s", status, said)
	}
}
