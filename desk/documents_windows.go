package desk

import (
	"os"

	"golang.org/x/sys/windows"
)

// documents is the folder that a user's documents are in.
func documents() string {
	if dir, err := windows.KnownFolderPath(windows.FOLDERID_Documents, 0); err == nil {
		return dir
	}
	home, _ := os.UserHomeDir()
	return home
}
