package round

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/rubric-project/rubric/internal/disk"
)

// Receiver copies files into returns/. It changes and deletes nothing there, and takes the same bytes only
// once. It is not for concurrent use, and its user holds the lock.
type Receiver struct {
	round *Round
	// known holds by digest the path of a file that is in returns/ already.
	known map[string]string
}

// Receiver makes a Receiver. It reads every file in returns/, so that it knows the bytes that are there already.
func (r *Round) Receiver() (*Receiver, error) {
	files, _, err := r.ReturnFiles()
	if err != nil {
		return nil, err
	}
	x := &Receiver{round: r, known: map[string]string{}}
	for _, f := range files {
		b, err := disk.ReadFile(filepath.Join(r.Dir, ReturnsDir, filepath.FromSlash(f.File)))
		if err != nil {
			continue // ReturnFiles' caller hears of it when it is read as a return
		}
		if d := fileDigest(b); x.known[d] == "" {
			x.known[d] = f.File
		}
	}
	return x, nil
}

// Receive writes a file into returns/ under a safe name made from the given one, and records it in the
// journal; in e the caller says when it came, and from whom. It returns the path inside returns/, and false
// where the same bytes are there already, under that path.
func (x *Receiver) Receive(name string, content []byte, e Event) (file string, isNew bool, err error) {
	digest := fileDigest(content)
	if there := x.known[digest]; there != "" {
		return there, false, nil
	}
	if err := x.round.noLinks(filepath.Join(ReturnsDir, "x")); err != nil {
		return "", false, err
	}
	base, ext := baseAndExtension(name)
	for i := 1; ; i++ {
		file = base + ext
		if i > 1 {
			file = base + " (" + strconv.Itoa(i) + ")" + ext
		}
		err = writeNew(filepath.Join(x.round.Dir, ReturnsDir, file), content)
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	if err != nil {
		return "", false, failure("returns/"+file+" cannot be written", err)
	}
	x.known[digest] = file
	e.Kind, e.File, e.Digest = Received, file, digest
	return file, true, x.round.Record(e)
}

// Has says whether these bytes are in returns/.
func (x *Receiver) Has(content []byte) bool { return x.known[fileDigest(content)] != "" }

// writeNew writes a file that must not be there yet, whole or not at all: a link puts the finished file in
// its place and fails where there is one. File systems without links get a rename after a look.
func writeNew(path string, content []byte) error {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	temp := filepath.Join(filepath.Dir(path), temporary+randomHex(6))
	defer disk.Remove(temp)
	if err := writeFile(temp, 0o644, writeBytes(content)); err != nil {
		return err
	}
	err := disk.Try(func() error { return os.Link(temp, path) })
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return disk.Replace(temp, path)
}

// fileDigest is the SHA-256 of a file's bytes in hex, as in models.Return.
func fileDigest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
