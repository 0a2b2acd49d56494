package round

import (
	"bufio"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
)

// temporary is how the names of files begin that are still being written.
const temporary = ".rubric-writing-"

// WriteFile writes a file so that it is either the old or the new one whenever it is looked at: write's
// output goes to a temporary file in the same folder, reaches the disk, and is renamed into place. The
// folders above it are made. Where write fails, its error is returned and the old file stays.
func WriteFile(path string, write func(io.Writer) error) error {
	return writeFile(path, 0o644, write)
}

func writeFile(path string, mode fs.FileMode, write func(io.Writer) error) (err error) {
	dir, name := filepath.Split(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return failure("the folder "+dir+" cannot be made", err)
	}
	var unique [6]byte
	rand.Read(unique[:])
	temp := filepath.Join(dir, temporary+hex.EncodeToString(unique[:]))
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return failure(name+" cannot be written", err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(temp)
		}
	}()
	buffered := bufio.NewWriterSize(f, 64<<10)
	if err := write(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return failure(name+" cannot be written", err)
	}
	if err := f.Sync(); err != nil {
		return failure(name+" cannot be written", err)
	}
	if err := f.Close(); err != nil {
		return failure(name+" cannot be written", err)
	}
	if err := replace(temp, path); err != nil {
		return &fault.Error{Message: name + " cannot be replaced: another program has it open, or it may not be changed",
			Remedy: "close it in other programs and try again", Err: err}
	}
	return nil
}

// replace renames, and tries again for a moment where the system refuses: on Windows virus scanners and
// indexers open new files for an instant, and while a file is open it cannot be replaced.
func replace(from, to string) error {
	var err error
	for pause := 10 * time.Millisecond; pause < time.Second; pause *= 3 {
		if err = os.Rename(from, to); err == nil || !errors.Is(err, fs.ErrPermission) {
			return err
		}
		time.Sleep(pause)
	}
	return err
}

// WriteFile writes a file of the round, such as outbox/x.xlsx, as the function WriteFile does. The name is
// slash-separated inside the round folder; returns/ is never written to but by Receive.
func (r *Round) WriteFile(name string, write func(io.Writer) error) error {
	local := filepath.Clean(filepath.FromSlash(name))
	if !filepath.IsLocal(local) || local == "." {
		return &fault.Error{Message: "the name " + quote(name) + " does not lie in the round folder"}
	}
	if top, _, _ := strings.Cut(filepath.ToSlash(local), "/"); foldName(top) == ReturnsDir {
		return &fault.Error{Message: name + " lies in returns/, where nothing is ever changed"}
	}
	if err := r.stillLocked(); err != nil {
		return err
	}
	return WriteFile(filepath.Join(r.Dir, local), write)
}

// sweep removes temporary files that an interrupted run left in the folders that rubric writes to. The
// caller holds the lock, so that no other run is writing them.
func (r *Round) sweep() {
	for _, dir := range []string{"", OutboxDir, ResultsDir, AttachmentsDir, stateDir} {
		filepath.WalkDir(filepath.Join(r.Dir, dir), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil
			case d.IsDir() && dir == "" && path != r.Dir:
				return fs.SkipDir
			case !d.IsDir() && strings.HasPrefix(d.Name(), temporary):
				os.Remove(path)
			}
			return nil
		})
	}
}
