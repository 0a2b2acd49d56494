package round

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Stamp tells cheaply whether the round may be another than it was: it is a digest of the name, size and time of every
// file that the register depends on, whose contents are not read. Equal stamps say that nothing was seen to change;
// a file that was changed and given its old size and time is not noticed, so whoever makes, sends or decides something
// opens the round anew and reads it by content.
func Stamp(dir string) (string, error) {
	h := sha256.New()
	note := func(name string, info fs.FileInfo) {
		fmt.Fprintf(h, "%s\x00%d\x00%d\n", filepath.ToSlash(name), info.Size(), info.ModTime().UnixNano())
	}
	for _, name := range []string{ConfigFile, RecipientsFile, TemplateFile, CrosswalkFile, RespondentsFile, filepath.Join(stateDir, journalName)} {
		info, err := os.Stat(filepath.Join(dir, name))
		switch {
		case err == nil:
			note(name, info)
		case !errors.Is(err, fs.ErrNotExist):
			return "", failure(name+" cannot be looked at", err)
		}
	}
	err := filepath.WalkDir(filepath.Join(dir, ReturnsDir), func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			fmt.Fprintf(h, "%s\x00unreadable\n", p)
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			rel, _ := filepath.Rel(dir, p)
			note(rel, info)
		}
		return nil
	})
	if err != nil {
		return "", failure("the folder "+ReturnsDir+"/ cannot be read", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
