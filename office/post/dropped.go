package post

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
)

// Dropped holds files that were handed over, such as by a browser, until they are collected. They lie in a temporary folder,
// each in a folder of its own, so that two of one name do not meet and Collect sees each as a file of a folder. It is for one
// goroutine at a time.
type Dropped struct {
	dir   string
	names []string
	size  int64
}

// TooLargeError says that more was handed over than there is room for.
type TooLargeError struct{ Most int64 }

// Error is what is too large, and the limit.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("these files are more than %d MB together", e.Most>>20)
}

// NewDropped makes an empty one. Remove takes it away.
func NewDropped() (*Dropped, error) {
	dir, err := os.MkdirTemp("", "rubric-dropped-")
	if err != nil {
		return nil, &fault.Error{Message: "there is no room for temporary files: " + err.Error(), Remedy: "free some space on the drive for temporary files, and add the files again"}
	}
	return &Dropped{dir: dir}, nil
}

// Add takes in a file while it comes. The name may be any text: folders in it are left out, and so is what no file system
// takes. Of all files together most bytes are taken; more is a TooLargeError, and nothing of that file stays.
func (d *Dropped) Add(name string, content io.Reader, most int64) error {
	name = droppedName(name)
	dir := filepath.Join(d.dir, strconv.Itoa(len(d.names)))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	n, err := io.Copy(f, io.LimitReader(content, most-d.size+1))
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil && d.size+n > most {
		err = &TooLargeError{most}
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	d.names, d.size = append(d.names, name), d.size+n
	return nil
}

// droppedName is a name that any file system takes. What it begins with is kept, since programs mark by it what they keep
// beside an open file: ~$, .~lock.
func droppedName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	rest := strings.TrimLeft(name, "~$._")
	if mark := name[:len(name)-len(rest)]; rest != "" && len(mark) <= 3 {
		return mark + mail.SafeName(rest)
	}
	return mail.SafeName(name)
}

// Names are the files' names, in the order in which they came.
func (d *Dropped) Names() []string { return d.names }

// Sources are what is given to Collect: one for each file, in the order of Names.
func (d *Dropped) Sources() []string {
	out := make([]string, len(d.names))
	for i := range out {
		out[i] = filepath.Join(d.dir, strconv.Itoa(i))
	}
	return out
}

// Remove takes the temporary files away.
func (d *Dropped) Remove() error { return os.RemoveAll(d.dir) }
