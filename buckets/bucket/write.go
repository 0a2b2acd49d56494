package bucket

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// Write writes an object whole or not at all; name is below the address, and size how many bytes come.
func (f *Files) Write(ctx context.Context, name string, size int64, from io.Reader) error {
	ctx, stop := context.WithCancel(ctx) // closing a writer whose context has ended writes nothing
	defer stop()
	opts := &blob.WriterOptions{ContentType: "application/octet-stream"}
	if size > 16<<30 { // an object has 10,000 parts at most, of five megabytes without this
		opts.BufferSize = 64 << 20
	}
	w, err := f.open.NewWriter(ctx, f.key(name), opts)
	if err != nil {
		return f.Address.NotWritten(err, name)
	}
	if _, err := io.Copy(w, from); err != nil {
		stop()
		w.Close()
		return f.Address.NotWritten(err, name)
	}
	if err := w.Close(); err != nil {
		return f.Address.NotWritten(err, name)
	}
	return nil
}

// Remove deletes an object, where it is there.
func (f *Files) Remove(ctx context.Context, name string) error {
	err := f.open.Delete(ctx, f.key(name))
	if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return f.Address.NotWritten(err, name)
	}
	return nil
}

// CopyTo copies the objects at the top of the address and those of its folders into a folder on the disk, but for the
// folders that are left out, by their names at the top, slash-separated.
func (f *Files) CopyTo(ctx context.Context, dir string, leaveOut ...string) error {
	return f.copyLevel(ctx, dir, ".", leaveOut)
}

func (f *Files) copyLevel(ctx context.Context, dir, from string, leaveOut []string) error {
	list := f.open.List(&blob.ListOptions{Prefix: f.below(from), Delimiter: "/"})
	for {
		x, err := list.Next(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return f.Address.InWords(err, "")
		}
		name := strings.TrimSuffix(strings.TrimPrefix(x.Key, f.below(from)), "/")
		at := path.Join(from, name)
		switch {
		case !plain(name) || slices.Contains(leaveOut, at) || !filepath.IsLocal(filepath.FromSlash(at)):
			continue
		case x.IsDir:
			err = f.copyLevel(ctx, dir, at, leaveOut)
		case !strings.HasSuffix(x.Key, "/"):
			err = f.copyOne(ctx, filepath.Join(dir, filepath.FromSlash(at)), at)
		}
		if err != nil {
			return err
		}
	}
}

func (f *Files) copyOne(ctx context.Context, to, name string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := f.open.Download(ctx, f.key(name), out, nil); err != nil {
		out.Close()
		return f.Address.InWords(err, name)
	}
	return out.Close()
}

var (
	_ fs.ReadDirFS = (*Files)(nil)
	_ fs.StatFS    = (*Files)(nil)
)
