package desk

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
)

// mostUpload is the size in bytes of the largest list, picture or template that is taken in.
const mostUpload = 64 << 20

// uploads are files that came through the browser and belong to no round yet. They lie in a folder of the desk's own that
// is deleted when it ends.
type uploads struct {
	mu  sync.Mutex
	dir string
}

// folder is a new empty folder for what somebody brings.
func (u *uploads) folder() (string, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.dir == "" {
		dir, err := os.MkdirTemp("", "rubric-desk-")
		if err != nil {
			return "", &fault.Error{Message: "there is no room for the file", Remedy: "free some space on this computer's drive and try again", Err: err}
		}
		u.dir = dir
	}
	return os.MkdirTemp(u.dir, "")
}

// clear deletes all of them.
func (u *uploads) clear() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.dir != "" {
		os.RemoveAll(u.dir)
		u.dir = ""
	}
}

// uploaded is a form with files: the values of its other fields, and where each file lies now, by field.
type uploaded struct {
	values map[string][]string
	files  map[string][]string
}

func (x uploaded) field(name string) string {
	if v := x.values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// file is the first file of a field, or "".
func (x uploaded) file(name string) string {
	if v := x.files[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

var errTooLarge = errors.New("the upload is too large")

// takeUpload reads a form with files as it comes. Each file is kept under its own name in a folder of its own.
func (c *call) takeUpload() (out uploaded, err error) {
	out = uploaded{map[string][]string{}, map[string][]string{}}
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, mostUpload)
	form, err := c.r.MultipartReader()
	if err != nil {
		return out, err
	}
	for {
		part, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return out, tooLarge(err)
		}
		if part.FileName() == "" {
			value, err := io.ReadAll(io.LimitReader(part, mostForm))
			if err != nil {
				return out, tooLarge(err)
			}
			out.values[part.FormName()] = append(out.values[part.FormName()], string(value))
			continue
		}
		name, err := c.keepUpload(part)
		if err != nil {
			return out, tooLarge(err)
		}
		if name != "" {
			out.files[part.FormName()] = append(out.files[part.FormName()], name)
		}
	}
}

func tooLarge(err error) error {
	var most *http.MaxBytesError
	if errors.As(err, &most) {
		return errTooLarge
	}
	return err
}

// keepUpload writes a file; "" for a field in which none was chosen.
func (c *call) keepUpload(part *multipart.Part) (string, error) {
	name := part.FileName()
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if name = text.FileName(name, 120); name == "" {
		return "", nil
	}
	dir, err := c.brought.folder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, name)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, part)
	return path, errors.Join(err, f.Close())
}

// withoutFolder is a message without the folder of an upload, which nobody knows.
func withoutFolder(message, file string) string {
	if file == "" {
		return message
	}
	return strings.ReplaceAll(message, filepath.Dir(file)+string(filepath.Separator), "")
}
