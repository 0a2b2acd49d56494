//go:build !windows

package browse

import (
	"errors"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

func open(folder, link string) error {
	name := "xdg-open"
	if runtime.GOOS == "darwin" {
		name = "open"
	} else if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("there is no screen")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if left, err := filepath.Glob(filepath.Join(folder, "open-*.html")); err == nil { // of a process that was ended
		for _, name := range left {
			os.Remove(name)
		}
	}
	f, err := os.CreateTemp(folder, "open-*.html") // mode 0600
	if err != nil {
		return err
	}
	to := html.EscapeString(link)
	_, err = f.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=` + to + `"><title>rubric</title><p><a href="` + to + `">Go on</a>`)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	time.AfterFunc(time.Minute, func() { os.Remove(f.Name()) })
	cmd := exec.Command(name, f.Name())
	if err := cmd.Start(); err != nil {
		os.Remove(f.Name())
		return err
	}
	go cmd.Wait()
	return nil
}
