package round

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/rubric-project/rubric/internal/disk"
)

// OpenFiles opens a round whose files lie in another file system than the disk: in an archive, on a server, or where a program
// makes them up. It is for looking at the round and at its returns; what a round keeps for itself, and what is made of it, is
// written to the folder dir, which may hold nothing. The errors are those of Open. The files must be the same for as long as
// the round is open.
func OpenFiles(files fs.FS, dir string) (*Round, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, failure("the folder cannot be found", err)
	}
	return open(&Round{Dir: dir, files: files})
}

// read reads a file of the round; name is slash-separated.
func (r *Round) read(name string) ([]byte, error) {
	if r.files != nil {
		return fs.ReadFile(r.files, name)
	}
	return disk.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(name)))
}

// list is what a folder of the round holds, by name; its name is slash-separated.
func (r *Round) list(name string) ([]fs.DirEntry, error) {
	if r.files != nil {
		return fs.ReadDir(r.files, name)
	}
	return os.ReadDir(filepath.Join(r.Dir, filepath.FromSlash(name)))
}

// state is the name of a file that the round keeps for itself.
func state(name string) string { return path.Join(stateDir, name) }

// OpenedReturn is a file in returns/ that is open for reading.
type OpenedReturn interface {
	fs.File
	io.ReaderAt
	io.Seeker
}

// openedIn opens a file in returns/ of another file system. One that can only be read from its beginning to its end is
// read into memory.
func openedIn(files fs.FS, name string) (OpenedReturn, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := files.Open(path.Join(ReturnsDir, name))
	if err != nil {
		return nil, err
	}
	if opened, ok := f.(OpenedReturn); ok {
		return opened, nil
	}
	content, err := io.ReadAll(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return inMemory{f, bytes.NewReader(content)}, nil
}

// inMemory is an open file whose content is in memory.
type inMemory struct {
	fs.File
	content *bytes.Reader
}

func (m inMemory) Read(b []byte) (int, error)               { return m.content.Read(b) }
func (m inMemory) ReadAt(b []byte, at int64) (int, error)   { return m.content.ReadAt(b, at) }
func (m inMemory) Seek(to int64, whence int) (int64, error) { return m.content.Seek(to, whence) }
