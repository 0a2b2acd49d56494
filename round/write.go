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

	"github.com/rubric-project/rubric/internal/disk"
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
	f, err := disk.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return failure(name+" cannot be written", err)
	}
	defer func() {
		if err != nil {
			f.Close()
			disk.Remove(temp)
		}
	}()
	buffered := bufio.NewWriterSize(f, 64<<10)
	if err := write(buffered); err != nil {
		if place := new(fs.PathError); errors.As(err, &place) && place.Path == temp { // nobody knows that name
			return failure(name+" cannot be written", err)
		}
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
	if err := disk.Replace(temp, path); err != nil {
		return inTheWay(name, "replaced", path, err)
	}
	return nil
}

// inTheWay says why a file that is there cannot be replaced or removed, and who has it open, as far as that can be known.
func inTheWay(name, done, path string, err error) error {
	if who := disk.OpenIn(path); who != "" && (disk.Held(err) || errors.Is(err, fs.ErrPermission)) {
		return &fault.Error{Message: name + " is open in " + who, Remedy: "close it there and run this again", Err: err}
	}
	if disk.Held(err) {
		return &fault.Error{Message: name + " is open in another program", Remedy: "close it there and run this again", Err: err}
	}
	if errors.Is(err, fs.ErrPermission) {
		return &fault.Error{Message: name + " cannot be " + done + ": another program has it open, or it may not be changed",
			Remedy: "close it in other programs and run this again", Err: err}
	}
	return failure(name+" cannot be "+done, err)
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
	if err := r.noLinks(local); err != nil {
		return err
	}
	return WriteFile(filepath.Join(r.Dir, local), write)
}

// noLinks refuses a path in the round folder whose folders are not all folders of it: a link in place of results/ would
// have files of other people overwritten. local is as the system writes it.
func (r *Round) noLinks(local string) error {
	at := ""
	if filepath.Dir(local) == "." {
		return nil
	}
	for part := range strings.SplitSeq(filepath.ToSlash(filepath.Dir(local)), "/") {
		at = filepath.Join(at, part)
		info, err := os.Lstat(filepath.Join(r.Dir, at))
		if err != nil {
			return nil // it is made, or what goes wrong is said by whoever writes
		}
		if !info.IsDir() {
			return &fault.Error{Usage: true, Message: filepath.ToSlash(at) + " in the round folder is a link to another place, or a file; links are not followed",
				Remedy: "put a folder of that name there, with what belongs into it"}
		}
	}
	return nil
}

// Remove removes a file of the round that an earlier run made, where it is there; name is slash-separated. Links are not
// followed.
func (r *Round) Remove(name string) error {
	local := filepath.Clean(filepath.FromSlash(name))
	if !filepath.IsLocal(local) {
		return &fault.Error{Message: "the name " + quote(name) + " does not lie in the round folder"}
	}
	if err := r.noLinks(local); err != nil {
		return err
	}
	path := filepath.Join(r.Dir, local)
	if err := disk.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return inTheWay(name+", which is of an earlier run,", "removed", path, err)
	}
	return nil
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
