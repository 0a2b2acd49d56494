package cluster

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/buckets/bucket"
	"github.com/rubric-project/rubric/round"
)

// place is where files are written and read back: a folder or a bucket. Names are slash-separated. Each file is written whole
// or not at all.
type place interface {
	// read gives fs.ErrNotExist where there is none.
	read(name string) ([]byte, error)
	write(ctx ctx, name string, size int64, from io.Reader) error
	// remove does nothing where there is none.
	remove(ctx ctx, name string) error
}

// folder is a folder, as every worker reaches it.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), filepath.FromSlash(name)) }

func (f folder) read(name string) ([]byte, error) { return os.ReadFile(f.path(name)) }

func (f folder) write(_ ctx, name string, _ int64, from io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(f.path(name)), 0o700); err != nil {
		return err
	}
	return round.WriteFile(f.path(name), func(w io.Writer) error { _, err := io.Copy(w, from); return err })
}

func (f folder) remove(_ ctx, name string) error {
	if err := os.Remove(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// inBucket is a folder in a bucket.
type inBucket struct{ *bucket.Files }

func (b inBucket) read(name string) ([]byte, error) { return fs.ReadFile(b.Files, name) }
func (b inBucket) write(ctx ctx, name string, size int64, from io.Reader) error {
	return b.Write(ctx, name, size, from)
}
func (b inBucket) remove(ctx ctx, name string) error { return b.Remove(ctx, name) }

// buckets are those that this process has opened, by their addresses.
var buckets sync.Map

// filesOf are the objects of a bucket. They stay open as long as the process, as those of a worker are used by all its bundles.
func filesOf(address string) (*bucket.Files, error) {
	open, _ := buckets.LoadOrStore(address, sync.OnceValues(func() (*bucket.Files, error) {
		a, err := bucket.Parse(address)
		if err != nil {
			return nil, err
		}
		b, err := bucket.Open(context.Background(), a)
		if err != nil {
			buckets.Delete(address) // the next bundle tries again
			return nil, err
		}
		return bucket.NewFiles(context.Background(), b, a), nil
	}))
	return open.(func() (*bucket.Files, error))()
}

// placeOf is the folder or the bucket that a person named.
func placeOf(name string) (place, error) {
	if !bucket.Is(name) {
		return folder(name), nil
	}
	f, err := filesOf(name)
	return inBucket{f}, err
}

// writeTo writes a file of the output.
func writeTo(ctx ctx, p place, name string, content []byte) error {
	return p.write(ctx, name, int64(len(content)), bytes.NewReader(content))
}

// within says that a folder lies in another, or is it; or a bucket likewise.
func within(place, in string) bool {
	if bucket.Is(place) != bucket.Is(in) {
		return false
	}
	if bucket.Is(in) {
		a, err := bucket.Parse(place)
		b, other := bucket.Parse(in)
		return err == nil && other == nil && a.Within(b)
	}
	rel, err := filepath.Rel(in, place)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
