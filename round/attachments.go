package round

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
)

// AttachmentsDir has a folder for each recipient with the evidence that came beside its returns. Nothing in it is read as
// a return, opened or sent.
const AttachmentsDir = "attachments"

// What one recipient's folder holds at most, in files and in bytes.
const (
	mostAttachments     = 500
	mostAttachmentBytes = 1 << 30
)

// ErrAttachmentsFull says that a recipient's folder holds as much as it may.
var ErrAttachmentsFull = errors.New("round: the recipient's folder of attachments is full")

// AttachmentsOf is the folder of a recipient's attachments, slash-separated inside the round folder. Where the id cannot
// be a folder's name as it is, or another id differs from it only by case, a digest tells the names apart.
func (r *Round) AttachmentsOf(id string) string {
	name := SafeName(id)
	alike := name != id
	for _, rc := range r.Recipients {
		alike = alike || rc.ID != id && foldName(SafeName(rc.ID)) == foldName(name)
	}
	if alike {
		sum := sha256.Sum256([]byte(id))
		name += " " + hex.EncodeToString(sum[:4])
	}
	return AttachmentsDir + "/" + name
}

// Attach keeps a file as an attachment of a recipient, under a name made from the given one, and records it in the
// journal; in e the caller says whose it is and where it came from. The same bytes are kept once for each recipient, and
// nothing is overwritten. It returns the path inside the round folder, and false where the bytes were there already. The
// round is locked.
func (r *Round) Attach(name string, content []byte, e Event) (file string, isNew bool, err error) {
	if err := r.stillLocked(); err != nil {
		return "", false, err
	}
	dir := r.AttachmentsOf(e.Recipient)
	there, size, err := r.attached(dir)
	if err != nil {
		return "", false, err
	}
	e.Kind, e.Digest = Kept, fileDigest(content)
	for _, x := range there {
		if x.size != int64(len(content)) {
			continue
		}
		b, err := r.readAttached(x.file)
		if err == nil && bytes.Equal(b, content) {
			e.File = x.file
			return x.file, false, r.recordOnce(e)
		}
	}
	if len(there) >= mostAttachments || size+int64(len(content)) > mostAttachmentBytes {
		return "", false, ErrAttachmentsFull
	}
	if err := os.MkdirAll(filepath.Join(r.Dir, filepath.FromSlash(dir)), 0o755); err != nil {
		return "", false, failure("the folder "+dir+" cannot be made", err)
	}
	base, ext := baseAndExtension(name)
	for i := 1; ; i++ {
		file = dir + "/" + base + ext
		if i > 1 {
			file = dir + "/" + base + " (" + strconv.Itoa(i) + ")" + ext
		}
		if slices.ContainsFunc(there, func(x attachedFile) bool { return x.file == file }) {
			continue
		}
		err = writeNew(filepath.Join(r.Dir, filepath.FromSlash(file)), content)
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	if err != nil {
		return "", false, failure(file+" cannot be written", err)
	}
	e.File = file
	return file, true, r.Record(e)
}

// recordOnce records that a file is kept, unless the journal says so.
func (r *Round) recordOnce(e Event) error {
	events, _, err := r.Journal()
	if err != nil {
		return err
	}
	for _, x := range events {
		if x.Kind == e.Kind && x.Recipient == e.Recipient && x.Digest == e.Digest && x.File == e.File && x.Of == e.Of {
			return nil
		}
	}
	return r.Record(e)
}

// attachedFile is a file in a folder of attachments.
type attachedFile struct {
	file string
	size int64
}

// AttachedSize is how large an attachment is that Attach kept, or false where it is not there any more.
func (r *Round) AttachedSize(file string) (int64, bool) {
	info, err := os.Lstat(filepath.Join(r.Dir, filepath.FromSlash(file)))
	if errors.Is(err, fs.ErrNotExist) && r.files != nil {
		info, err = fs.Stat(r.files, file)
	}
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), true
}

func (r *Round) readAttached(file string) ([]byte, error) {
	b, err := disk.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(file)))
	if errors.Is(err, fs.ErrNotExist) && r.files != nil {
		return fs.ReadFile(r.files, file)
	}
	return b, err
}

// attached lists a recipient's folder: that on the disk, and where the round lies in another file system that one too.
func (r *Round) attached(dir string) (files []attachedFile, size int64, err error) {
	if files, size, err = r.attachedOnDisk(dir); err != nil || r.files == nil {
		return files, size, err
	}
	list, err := fs.ReadDir(r.files, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, 0, failure("the folder "+dir+"/ cannot be read", err)
	}
	for _, d := range list {
		x := attachedFile{file: path.Join(dir, d.Name())}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() || slices.ContainsFunc(files, func(y attachedFile) bool { return y.file == x.file }) {
			continue
		}
		x.size = info.Size()
		files, size = append(files, x), size+x.size
	}
	return files, size, nil
}

// attachedOnDisk refuses a link in the folder's place, which would lead out of the round.
func (r *Round) attachedOnDisk(dir string) (files []attachedFile, size int64, err error) {
	for _, d := range []string{AttachmentsDir, dir} {
		info, err := os.Lstat(filepath.Join(r.Dir, filepath.FromSlash(d)))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, 0, nil
		}
		if err != nil {
			return nil, 0, failure("the folder "+d+"/ cannot be looked at", err)
		}
		if !info.IsDir() {
			return nil, 0, &fault.Error{Message: fmt.Sprintf("%s is a link or a file, and attachments are kept in a folder of the round", d), Remedy: "remove it, or move it elsewhere"}
		}
	}
	list, err := os.ReadDir(filepath.Join(r.Dir, filepath.FromSlash(dir)))
	if err != nil {
		return nil, 0, failure("the folder "+dir+"/ cannot be read", err)
	}
	for _, d := range list {
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
			files = append(files, attachedFile{path.Join(dir, d.Name()), info.Size()})
			size += info.Size()
		}
	}
	return files, size, nil
}

// baseAndExtension makes a safe name of a file's, and leaves it its extension where that is one.
func baseAndExtension(name string) (base, ext string) {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	ext = path.Ext(name)
	if len(ext) > 10 || ext != "" && SafeName(ext[1:]) != ext[1:] {
		ext = ""
	}
	return SafeName(strings.TrimSuffix(name, ext)), ext
}
