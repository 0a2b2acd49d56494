package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"time"

	"gocloud.dev/blob"

	"github.com/rubric-project/rubric/buckets/bucket"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// source is a bucket that is read for a round.
type source struct {
	address bucket.Address
	f       *office.Folder
	open    *blob.Bucket
	close   func() error // nil for one that others close
	// before are the objects that earlier runs read, and read those of this one.
	before map[string]bool
	read   []string
}

// open opens a bucket; see post.OpenSource.
func open(ctx context.Context, f *office.Folder, address string) (post.Source, error) {
	if !bucket.Is(address) {
		return nil, nil
	}
	a, err := bucket.Parse(address)
	if err != nil {
		return nil, err
	}
	b, err := bucket.Open(ctx, a)
	if err != nil {
		return nil, err
	}
	x, err := newSource(f, a, b)
	if err != nil {
		b.Close()
		return nil, err
	}
	x.close = b.Close
	return x, nil
}

func newSource(f *office.Folder, a bucket.Address, open *blob.Bucket) (*source, error) {
	before, err := f.ReadLetters(a.Shown)
	if err != nil {
		return nil, err
	}
	return &source{address: a, f: f, open: open, before: before}, nil
}

// object is an object of the bucket, and what came of reading it.
type object struct {
	key, name string
	size      int64
	changed   time.Time
	id        string
	content   []byte
	err       error
}

// ahead is how many objects are read at once.
const ahead = 8

// Items is for post.Source: objects in the order of their keys.
func (b *source) Items(ctx context.Context) iter.Seq2[mail.Item, error] {
	return func(yield func(mail.Item, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		for o := range b.objects(ctx) {
			if o.err != nil {
				yield(mail.Item{}, b.address.InWords(o.err, o.name))
				return
			}
			for _, it := range o.items() {
				if !yield(it, nil) {
					return
				}
			}
			b.read = append(b.read, o.id)
		}
		if err := ctx.Err(); err != nil {
			yield(mail.Item{}, err)
		}
	}
}

// Done is for post.Source.
func (b *source) Done() error {
	if b.close != nil {
		b.close() // what was read of it is here
	}
	return b.f.KeepReadLetters(b.address.Shown, b.read)
}

// objects reads those that are new, several at once, and gives them in their order. An error is the last.
func (b *source) objects(ctx context.Context) iter.Seq[object] {
	return func(yield func(object) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		next := make(chan chan object, ahead)
		go func() {
			defer close(next)
			for o := range b.listed(ctx) {
				read := make(chan object, 1)
				select {
				case next <- read:
				case <-ctx.Done():
					return
				}
				go func() { read <- b.fetched(ctx, o) }()
			}
		}()
		for read := range next {
			if o := <-read; !yield(o) || o.err != nil {
				return
			}
		}
	}
}

// listed lists the objects that are new.
func (b *source) listed(ctx context.Context) iter.Seq[object] {
	return func(yield func(object) bool) {
		list := b.open.List(&blob.ListOptions{Prefix: b.address.Prefix})
		for {
			x, err := list.Next(ctx)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(object{err: err})
				return
			}
			name, ok := b.address.Below(x.Key)
			o := object{key: x.Key, name: name, size: x.Size, changed: x.ModTime.UTC(), id: identity(x)}
			if !ok || x.IsDir || strings.HasSuffix(x.Key, "/") || leftBehind(path.Base(x.Key)) || b.before[o.id] {
				continue
			}
			if !yield(o) {
				return
			}
		}
	}
}

// identity stands for an object as it is now: another content has another.
func identity(x *blob.ListObject) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %d %d %x", x.Key, x.ModTime.UnixNano(), x.Size, x.MD5)
	return hex.EncodeToString(h.Sum(nil)[:9])
}

// leftBehind knows what systems and spreadsheet programs leave in folders that are copied to buckets.
func leftBehind(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, "._") || strings.HasPrefix(name, ".~lock.") ||
		slices.Contains([]string{".ds_store", "thumbs.db", "desktop.ini", ".keep", ".gitkeep"}, lower)
}

// largest is the size in bytes beyond which nothing is read, as of files in folders.
func largest() int64 {
	l := mail.DefaultLimits()
	return max(l.Message, l.File)
}

// fetched reads an object; one that went since it was listed has no content, and no error either.
func (b *source) fetched(ctx context.Context, o object) object {
	if o.err != nil || o.size > largest() {
		return o
	}
	r, err := b.open.NewReader(ctx, o.key, nil)
	if err != nil {
		o.err = err
		return o
	}
	defer r.Close()
	o.content, o.err = io.ReadAll(io.LimitReader(r, largest()+1))
	if o.size = int64(len(o.content)); !r.ModTime().IsZero() {
		o.changed = r.ModTime().UTC()
	}
	return o
}

// items is what is in the object. What came in no message came when the object was put there.
func (o *object) items() []mail.Item {
	if o.size > largest() {
		f := models.NewFinding(models.MailOverLimit, models.Origin{File: o.name}, "The file has %s; the limit is %s.", megabytes(o.size), megabytes(largest()))
		return []mail.Item{{Finding: &f}}
	}
	list := mail.Read(o.name, o.content, mail.DefaultLimits())
	for _, it := range list {
		for _, x := range []*mail.Found{it.Found, it.Beside} {
			if x != nil && x.Letter.Date.IsZero() {
				x.Letter.Date = o.changed
			}
		}
	}
	return list
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
