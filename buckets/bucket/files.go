package bucket

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// Files are the objects of a bucket below an address as files. They may be shared.
type Files struct {
	Address Address

	ctx  context.Context
	open *blob.Bucket
	// failed has of each name that could not be read why, but where there is no such object.
	failed sync.Map
	mu     sync.Mutex
	// listed is the folder that was listed last, with all in it; a folder in it is not listed again.
	listed string
	tree   map[string][]fs.DirEntry
}

// NewFiles are the objects of an open bucket. The context ends what is being read of them.
func NewFiles(ctx context.Context, open *blob.Bucket, a Address) *Files {
	return &Files{Address: a, ctx: ctx, open: open}
}

// At are the files in a folder, with a listing of their own.
func (f *Files) At(dir string) *Files {
	a := f.Address
	a.Prefix = strings.Trim(f.key(dir), "/")
	a.Shown = strings.TrimSuffix(a.Scheme+"://"+a.Name+"/"+a.Prefix, "/")
	return NewFiles(f.ctx, f.open, a)
}

// key is the object's with a name that is valid in io/fs.
func (f *Files) key(name string) string {
	if name == "." {
		return f.Address.Prefix
	}
	return strings.TrimPrefix(f.Address.Prefix+"/"+name, "/")
}

// below is what the keys in a folder begin with.
func (f *Files) below(dir string) string { return strings.TrimPrefix(f.key(dir)+"/", "/") }

// notThere tells io/fs that there is no such object.
func notThere(op, name string) error {
	return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// Open opens an object to read.
func (f *Files) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	r, err := f.open.NewReader(f.ctx, f.key(name), nil)
	switch {
	case noBucket(err):
		return nil, f.Address.InWords(err, "")
	case gcerrors.Code(err) == gcerrors.NotFound:
		return nil, notThere("open", name)
	case err != nil:
		return nil, f.couldNot(name, err)
	}
	defer r.Close()
	o := &object{files: f, name: name, info: info{name: path.Base(name), size: r.Size(), changed: r.ModTime().UTC()}}
	if o.size <= wholeUpTo {
		b := make([]byte, o.size)
		if _, err := io.ReadFull(r, b); err != nil {
			return nil, f.couldNot(name, err)
		}
		o.blocks = map[int64][]byte{0: b}
	}
	o.SectionReader = io.NewSectionReader(content{o}, 0, o.size)
	return o, nil
}

// couldNot is the error of reading an object, kept for Failed.
func (f *Files) couldNot(name string, err error) error {
	err = f.Address.InWords(err, name)
	f.failed.Store(name, err)
	return err
}

// Failed is why a file could not be opened or read since it was last asked, or nil. That there is no such object is no failure: what
// reads files takes every error for the file's own, and for a bucket the network may have been the reason.
func (f *Files) Failed(name string) error {
	err, _ := f.failed.LoadAndDelete(name)
	out, _ := err.(error)
	return out
}

// Stat says what an object is. What objects lie below is a folder, and so is the bucket itself. Of what was listed it is taken
// from there.
func (f *Files) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	if name == "." {
		return info{name: ".", dir: true}, nil
	}
	if x, listed := f.listedAs(name); listed {
		if x == nil {
			return nil, notThere("stat", name)
		}
		return x.Info()
	}
	a, err := f.open.Attributes(f.ctx, f.key(name))
	if err == nil {
		return info{name: path.Base(name), size: a.Size, changed: a.ModTime.UTC()}, nil
	}
	if gcerrors.Code(err) != gcerrors.NotFound {
		return nil, f.Address.InWords(err, name)
	}
	if empty, err := f.Empty(name); err != nil || !empty {
		return info{name: path.Base(name), dir: true}, err
	}
	return nil, notThere("stat", name)
}

// listedAs is what a file was listed as, or nil where its folder was listed without it.
func (f *Files) listedAs(name string) (x fs.DirEntry, listed bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tree == nil || f.listed != "." && name != f.listed && !strings.HasPrefix(name, f.listed+"/") {
		return nil, false
	}
	if name == f.listed {
		return fs.FileInfoToDirEntry(info{name: path.Base(name), dir: true}), true
	}
	at, found := slices.BinarySearchFunc(f.tree[path.Dir(name)], path.Base(name), func(x fs.DirEntry, name string) int { return strings.Compare(x.Name(), name) })
	if !found {
		return nil, true
	}
	return f.tree[path.Dir(name)][at], true
}

// Empty says that nothing lies in a folder.
func (f *Files) Empty(dir string) (bool, error) {
	_, err := f.open.List(&blob.ListOptions{Prefix: f.below(dir)}).Next(f.ctx)
	if errors.Is(err, io.EOF) {
		return true, nil
	}
	if err != nil {
		return false, f.Address.InWords(err, "")
	}
	return false, nil
}

// ReadDir lists a folder, by name. A thousand objects take one request, in however many folders they lie: all folders in it
// are listed with it, and taken from there until it is listed again.
func (f *Files) ReadDir(dir string) ([]fs.DirEntry, error) {
	if !fs.ValidPath(dir) {
		return nil, &fs.PathError{Op: "readdir", Path: dir, Err: fs.ErrInvalid}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if list, ok := f.tree[dir]; ok && dir != f.listed {
		return list, nil
	}
	f.tree = nil
	t := tree{dir: {}}
	list := f.open.List(&blob.ListOptions{Prefix: f.below(dir)})
	for {
		x, err := list.Next(f.ctx)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, f.Address.InWords(err, "")
		}
		t.add(dir, strings.TrimPrefix(x.Key, f.below(dir)), x)
	}
	for _, entries := range t {
		slices.SortStableFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	f.listed, f.tree = dir, t
	return t[dir], nil
}

// tree has what is in each folder.
type tree map[string][]fs.DirEntry

// add adds an object whose key has this rest below a folder. Consoles mark a folder by an empty object with a slash at its end.
func (t tree) add(dir, rest string, x *blob.ListObject) {
	marker := x.Size == 0 && (rest == "" || strings.HasSuffix(rest, "/"))
	if marker {
		if rest = strings.TrimSuffix(rest, "/"); rest == "" {
			return
		}
		rest += "/"
	} else if rest == "" {
		rest = "/"
	}
	for {
		name, further, deeper := strings.Cut(rest, "/")
		switch {
		case deeper && further == "" && marker && plain(name):
			t.folder(dir, name)
			return
		case !plain(name) || deeper && further == "":
			// No file can be called so. It is listed as one that cannot be looked at, so that somebody is told.
			t[dir] = append(t[dir], odd{info{name: strings.ToValidUTF8(strings.ReplaceAll(rest, "/", "∕"), "�")}})
			return
		case !deeper:
			t[dir] = append(t[dir], fs.FileInfoToDirEntry(info{name: name, size: x.Size, changed: x.ModTime.UTC()}))
			return
		}
		dir, rest = t.folder(dir, name), further
	}
}

// folder is the folder with a name in another one.
func (t tree) folder(dir, name string) string {
	inner := path.Join(dir, name)
	if _, ok := t[inner]; !ok {
		t[inner] = []fs.DirEntry{}
		t[dir] = append(t[dir], fs.FileInfoToDirEntry(info{name: name, dir: true}))
	}
	return inner
}

// plain says that a file can have this name.
func plain(name string) bool {
	return name != "" && name != "." && name != ".." && utf8.ValidString(name)
}

// info is what is known of an object or a folder.
type info struct {
	name    string
	size    int64
	changed time.Time
	dir     bool
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return i.changed }
func (i info) IsDir() bool        { return i.dir }
func (i info) Sys() any           { return nil }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o700
	}
	return 0o600
}

// odd is an object whose name no file can have.
type odd struct{ info }

func (o odd) Type() fs.FileMode          { return 0 }
func (o odd) Info() (fs.FileInfo, error) { return nil, notThere("stat", o.name) }
