//go:build !windows

package desk

import (
	"os"
	"path/filepath"
)

// documents is the folder that a user's documents are in.
func documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	dir := filepath.Join(home, "Documents")
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return dir
	}
	return home
}
