package round

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/models"
)

// ReturnFile is a file in returns/.
type ReturnFile struct {
	// File is its slash-separated path inside returns/.
	File string
	Size int64
	// Modified is the file's own time, in UTC: when it was received, where the journal does not know better.
	Modified time.Time
}

// ReturnFiles lists the files in returns/ and its sub-folders, sorted by path. What is not a return is left
// out: with a finding where a person should know (temporary files, links, folders that cannot be opened),
// without one for what operating systems leave behind. An error means that returns/ itself cannot be read.
func (r *Round) ReturnFiles() ([]ReturnFile, []models.Finding, error) {
	top, walk := filepath.Join(r.Dir, ReturnsDir), filepath.WalkDir
	if r.files != nil {
		top, walk = ReturnsDir, func(top string, each fs.WalkDirFunc) error { return fs.WalkDir(r.files, top, each) }
	} else if err := r.noLinks(filepath.Join(ReturnsDir, "x")); err != nil {
		return nil, nil, err
	}
	var files []ReturnFile
	var findings []models.Finding
	note := func(code models.Code, file, message string) {
		findings = append(findings, models.NewFinding(code, models.Origin{File: file}, message))
	}
	err := walk(top, func(p string, d fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(top, p)
		if relErr != nil {
			return relErr
		}
		file := filepath.ToSlash(rel)
		switch {
		case err != nil && p == top:
			return err
		case err != nil:
			note(models.FileUnreadable, file, "The folder cannot be opened, so that the returns in it are not known.")
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case p == top:
			return nil
		case d.IsDir():
			if isSystemName(d.Name()) {
				return fs.SkipDir
			}
			return nil
		case isSystemName(d.Name()):
			return nil
		case isTemporaryName(d.Name()):
			note(models.FileOwnerTemporary, file, "A spreadsheet program or a browser left this file behind while it had another one open; it is not a return.")
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			note(models.FileUnreadable, file, "This is a link to another place, and links are not followed. Put the file itself into returns/.")
			return nil
		case !d.Type().IsRegular():
			note(models.FileUnreadable, file, "This is not a file with content, but a device or a connection.")
			return nil
		}
		info, err := d.Info()
		if err != nil {
			note(models.FileUnreadable, file, "The file cannot be looked at.")
			return nil
		}
		files = append(files, ReturnFile{File: file, Size: info.Size(), Modified: info.ModTime().UTC()})
		return nil
	})
	if err != nil {
		return nil, nil, failure("the folder "+ReturnsDir+"/ cannot be read", err)
	}
	// WalkDir sorts within each folder; the order of whole paths is another ("a/x" and "a.xlsx").
	slices.SortFunc(files, func(a, b ReturnFile) int { return strings.Compare(a.File, b.File) })
	models.SortFindings(findings)
	return files, findings, nil
}

// OpenReturn opens a file in returns/ for reading; name is as in ReturnFile. A name that leads out of
// returns/, also through a link, is refused. The caller closes the file.
func (r *Round) OpenReturn(name string) (OpenedReturn, error) {
	if r.files != nil {
		f, err := openedIn(r.files, name)
		if err != nil {
			return nil, failure(path.Join(ReturnsDir, name)+" cannot be opened", err)
		}
		return f, nil
	}
	root, err := os.OpenRoot(filepath.Join(r.Dir, ReturnsDir))
	if err != nil {
		return nil, failure("the folder "+ReturnsDir+"/ cannot be opened", err)
	}
	defer root.Close()
	var f *os.File
	if err := disk.Try(func() (err error) { f, err = root.Open(filepath.FromSlash(name)); return err }); err != nil {
		return nil, failure(path.Join(ReturnsDir, name)+" cannot be opened", err)
	}
	return f, nil
}

// isTemporaryName recognises what programs leave beside an open file: Excel and Word (~$), LibreOffice (.~lock.…#), and
// this program's own unfinished writes. A download that did not finish is no such file: it is read, and said what it is.
func isTemporaryName(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(name, "~$") ||
		strings.HasPrefix(name, ".~lock.") && strings.HasSuffix(name, "#") ||
		strings.HasPrefix(name, temporary) ||
		strings.HasPrefix(name, "~") && strings.HasSuffix(lower, ".tmp")
}

// isSystemName recognises what operating systems and file managers put into every folder.
func isSystemName(name string) bool {
	switch strings.ToLower(name) {
	case ".ds_store", "thumbs.db", "desktop.ini", "__macosx", "@eadir", ".directory", ".gitkeep", ".keep":
		return true
	}
	return strings.HasPrefix(name, "._")
}
