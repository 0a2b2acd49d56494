//go:build !windows

package desk

import (
	"errors"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

// openBrowser opens a link in the user's browser. The browser is given a file that leads to the link, and not the link:
// everybody on the computer can read the arguments of a process. Only the user can read the file, and it goes when the
// link is too old.
func openBrowser(home, link string) error {
	file := filepath.Join(home, "open-desk.html")
	escaped := html.EscapeString(link)
	page := `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=` + escaped + `"><title>rubric desk</title><p><a href="` + escaped + `">Open rubric desk</a>`
	if err := replaceFile(file, []byte(page)); err != nil {
		return err
	}
	time.AfterFunc(startsWithin, func() { os.Remove(file) })
	name := "xdg-open"
	if runtime.GOOS == "darwin" {
		name = "open"
	} else if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		os.Remove(file)
		return errors.New("there is no screen")
	}
	cmd := exec.Command(name, file)
	if err := cmd.Start(); err != nil {
		os.Remove(file)
		return err
	}
	go cmd.Wait()
	return nil
}

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
