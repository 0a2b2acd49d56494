// Package ownname remembers what a person is called who works with the program on this computer, so that decisions carry
// a name that colleagues know and not an account such as "x04711". It is the person's own setting: a round folder on a
// shared drive has several people at work.
package ownname

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/internal/text"
)

// longest is how many bytes of a name are taken.
const longest = 120

// file is where the name is kept: rubric/name in the user's folder for settings.
func file() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "rubric", "name"), nil
}

// Get is the name, or "" where none was set or it cannot be read.
func Get() string {
	name, err := file()
	if err != nil {
		return ""
	}
	b, err := os.ReadFile(name)
	if err != nil || !utf8.Valid(b) {
		return ""
	}
	return clean(string(b))
}

// Set keeps the name; "" forgets it.
func Set(name string) error {
	path, err := file()
	if err != nil {
		return err
	}
	if name = clean(name); name == "" {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(name+"\n"), 0o600)
}

// clean is a name in one line.
func clean(name string) string {
	return strings.TrimSpace(text.HeadBytes(text.OneLine(name), longest))
}
