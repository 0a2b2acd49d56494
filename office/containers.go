package office

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/mail"
)

// holdsOthers says that a file in returns/ holds returns rather than being one: an archive, a saved message. Its first bytes
// decide beside its name, since messages are saved under all kinds of names.
func holdsOthers(name string, src io.ReaderAt) bool {
	first := make([]byte, 8)
	n, err := src.ReadAt(first, 0)
	if !bytes.HasPrefix(first, []byte("PK")) {
		first = make([]byte, 64<<10)
		n, err = src.ReadAt(first, 0)
	}
	return (err == nil || err == io.EOF) && mail.Holds(name, first[:n])
}

// unpack finds what is in a container.
func unpack(name string, src io.ReaderAt, size int64) ([]mail.Item, error) {
	limits := mail.DefaultLimits()
	if size > limits.Message {
		return nil, io.ErrShortBuffer
	}
	content, err := io.ReadAll(io.LimitReader(io.NewSectionReader(src, 0, 1<<62), limits.Message+1))
	if err != nil {
		return nil, err
	}
	items := mail.Read(name, content, limits)
	nameApart(items)
	return items, nil
}

// nameApart gives files of one container that have one path different ones: everything that is said and settled about
// a return goes by its path.
func nameApart(items []mail.Item) {
	taken := map[string]bool{}
	for _, it := range items {
		x := fileOf(it)
		if x == nil {
			continue
		}
		last := len(x.Path) - 1
		name := x.Path[last]
		ext := path.Ext(name)
		for n := 2; taken[strings.Join(x.Path, "!")]; n++ {
			x.Path = slices.Clone(x.Path)
			x.Path[last] = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext)
		}
		taken[strings.Join(x.Path, "!")] = true
	}
}

// fileOf is the file that an item is, or nil.
func fileOf(it mail.Item) *mail.Found {
	if it.Beside != nil {
		return it.Beside
	}
	return it.Found
}

// returnContent is the bytes of a return, also of one in a container; file is as in models.Return.
func returnContent(f *Folder, file string) ([]byte, error) {
	src, err := f.OpenReturn(file)
	if err == nil {
		defer src.Close()
		return io.ReadAll(src)
	}
	if i := strings.IndexByte(file, '!'); i >= 0 {
		if found, inside := foundIn(f, file[:i], file); found != nil || inside != nil {
			return found, inside
		}
	}
	return nil, err
}

// foundIn is the bytes of a return in a container, or nil where it holds none of this path.
func foundIn(f *Folder, container, file string) ([]byte, error) {
	src, err := f.OpenReturn(container)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	items, err := unpack(container, src, 0)
	if err != nil {
		return nil, err
	}
	for _, it := range items {
		if it.Found != nil && strings.Join(it.Found.Path, "!") == file {
			return it.Found.Content, nil
		}
	}
	return nil, nil
}
