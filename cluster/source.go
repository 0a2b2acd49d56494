package cluster

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/buckets/bucket"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// source is a round of which something lies in a bucket, as files.
type source struct {
	// returns and attachments are those folders of the round; attachments is nil where they lie with the rest.
	returns, attachments *bucket.Files
	rest                 fs.FS
}

// inBucket says that some of the round lies in a bucket.
func (o Options) inBucket() bool { return bucket.Is(o.Round) || o.Returns != "" }

// source is the round's, with what is not in its large folders from a folder where there is a copy of it.
func (o Options) source(copied string) (*source, error) {
	s := &source{}
	if bucket.Is(o.Round) {
		files, err := filesOf(o.Round)
		if err != nil {
			return nil, err
		}
		s.returns, s.attachments, s.rest = files.At(round.ReturnsDir), files.At(round.AttachmentsDir), files
		// Whether an attachment is there is asked one by one: they are listed once for all.
		if _, err := s.attachments.ReadDir("."); err != nil {
			return nil, err
		}
	} else {
		s.rest = os.DirFS(o.Round)
	}
	if copied != "" {
		s.rest = os.DirFS(copied)
	}
	if o.Returns == "" {
		return s, nil
	}
	files, err := filesOf(o.Returns)
	if err == nil {
		s.returns = files.At(".")
	}
	return s, err
}

// at says in which files a file of the round lies, and under which name.
func (s *source) at(name string) (fs.FS, string) {
	top, inside, found := strings.Cut(name, "/")
	if !found {
		inside = "."
	}
	switch {
	case top == round.ReturnsDir:
		return s.returns, inside
	case top == round.AttachmentsDir && s.attachments != nil:
		return s.attachments, inside
	}
	return s.rest, name
}

// Open opens a file of the round.
func (s *source) Open(name string) (fs.File, error) {
	files, name := s.at(name)
	return files.Open(name)
}

// ReadDir lists a folder of the round.
func (s *source) ReadDir(name string) ([]fs.DirEntry, error) {
	files, name := s.at(name)
	return fs.ReadDir(files, name)
}

// Stat says what a file is. returns/ is a folder though nothing lies there: a bucket has no empty ones.
func (s *source) Stat(name string) (fs.FileInfo, error) {
	files, name := s.at(name)
	return fs.Stat(files, name)
}

// failed is why a file of returns/ could not be read, where that may be the network's fault; see bucket.Files.
func (s *source) failed(file string) error { return s.returns.Failed(file) }

// open opens the round to look at it. Of one in a bucket all but its large folders is taken from a folder where there is a copy.
func (o Options) open(of *office.Office, copied string) (*office.Folder, *source, error) {
	if !o.inBucket() {
		f, err := of.Open(o.Round)
		return f, nil, err
	}
	s, err := o.source(copied)
	if err != nil {
		return nil, nil, err
	}
	dir := copied
	switch {
	case copied != "":
	case bucket.Is(o.Round): // nothing is written by who has no copy
		dir = filepath.Join(os.TempDir(), "rubric-cluster-has-no-folder")
	default:
		dir = o.Round
	}
	f, err := of.OpenFiles(s, dir)
	return f, s, err
}

// openToWrite opens the round for the whole run. Of a round in a bucket, all but its large folders is copied into a temporary
// folder, where results/ is made, and done removes it.
func (o Options) openToWrite(ctx ctx, of *office.Office) (f *office.Folder, done func(), notes []office.Note, err error) {
	if !o.inBucket() {
		return of.OpenToWrite(o.Round, "rubric-cluster")
	}
	copied, forget := o.Round, func() {}
	if bucket.Is(o.Round) {
		if copied, err = o.copyRound(ctx); err != nil {
			return nil, nil, nil, err
		}
		forget = func() { os.RemoveAll(copied) }
	}
	if o.Returns != "" {
		err = o.someReturns()
	}
	if err == nil {
		f, _, err = o.open(of, copied)
	}
	unlock := func() {}
	if err == nil {
		unlock, notes, err = of.Lock(f, "rubric-cluster")
	}
	if err != nil {
		forget()
		return nil, nil, nil, err
	}
	return f, func() { unlock(); forget() }, notes, nil
}

// someReturns refuses an address under which nothing lies: all would be outstanding because of a slip.
func (o Options) someReturns() error {
	files, err := filesOf(o.Returns)
	if err != nil {
		return err
	}
	empty, err := files.Empty(".")
	if err == nil && empty {
		err = fmt.Errorf("nothing lies in %s: see that it is the folder of the returns", files.Address.Shown)
	}
	return err
}

// copyRound copies what a run needs of a round in a bucket beside its large folders.
func (o Options) copyRound(ctx ctx) (dir string, err error) {
	files, err := filesOf(o.Round)
	if err != nil {
		return "", err
	}
	f, err := files.Open(round.ConfigFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s holds no round: there is no %s", files.Address.Shown, round.ConfigFile)
	}
	if err != nil {
		return "", err
	}
	f.Close()
	if dir, err = os.MkdirTemp("", "rubric-cluster-"); err != nil {
		return "", err
	}
	own := path.Dir(round.JournalFile)
	err = files.CopyTo(ctx, dir, round.ReturnsDir, round.OutboxDir, round.AttachmentsDir, round.ResultsDir, own+"/read", own+"/lock")
	if err != nil {
		os.RemoveAll(dir)
	}
	return dir, err
}
