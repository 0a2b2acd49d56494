package desk

import (
	"os"

	"golang.org/x/sys/windows"
)

// openBrowser opens a link in the user's browser, without a process of ours in between that would show it.
func openBrowser(_, link string) error {
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	file, err := windows.UTF16PtrFromString(link)
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, verb, file, nil, nil, windows.SW_SHOWNORMAL)
}

// documents is the folder that a user's documents are in.
func documents() string {
	if dir, err := windows.KnownFolderPath(windows.FOLDERID_Documents, 0); err == nil {
		return dir
	}
	home, _ := os.UserHomeDir()
	return home
}
