// Package disk does to files what others may hinder: a spreadsheet program, a virus scanner, a cloud drive or a file
// server holds a file for a moment or for hours, and each system has numbers of its own for what goes wrong.
//
// Replace and Remove wait for who holds a file and try again; Try does so for any other work. Words says in plain words
// why a file could not be opened, written or removed, on Windows as on Linux and macOS. What is known about one system
// stands in codes_windows.go and codes_unix.go.
package disk

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// longest is for how long, in all, a file that another program holds is waited for. Scanners and indexers let go within
// that time; spreadsheet programs do not.
const longest = 2 * time.Second

// Try does work again, for at most two seconds, while it fails because another program holds a file. It returns the last
// error.
func Try(work func() error) error { return try(work, Held, time.Sleep) }

// tryChanging is Try for what changes a folder, where the system also says "access denied" of files that are held.
func tryChanging(work func() error) error { return try(work, mayBeHeld, time.Sleep) }

func try(work func() error, again func(error) bool, sleep func(time.Duration)) error {
	var err error
	pause := 5 * time.Millisecond
	for waited := time.Duration(0); ; waited += pause {
		if err = work(); err == nil || !again(err) || waited >= longest {
			return err
		}
		pause = min(2*pause, longest/4)
		sleep(pause)
	}
}

// Replace renames a file, over another one if there is one, and waits for programs that hold either.
func Replace(from, to string) error { return tryChanging(func() error { return os.Rename(from, to) }) }

// Remove removes a file, and waits for programs that hold it.
func Remove(path string) error { return tryChanging(func() error { return os.Remove(path) }) }

// ReadFile is os.ReadFile, and waits for programs that hold the file.
func ReadFile(path string) (b []byte, err error) {
	err = Try(func() error {
		b, err = os.ReadFile(path)
		return err
	})
	return b, err
}

// OpenFile is os.OpenFile, and waits for programs that hold the file.
func OpenFile(path string, flag int, mode fs.FileMode) (f *os.File, err error) {
	wait := Try
	if flag&os.O_CREATE != 0 {
		wait = tryChanging // a file of that name may be about to be removed
	}
	err = wait(func() error {
		f, err = os.OpenFile(path, flag, mode)
		return err
	})
	return f, err
}

// ErrInCloud is what went wrong with a file that a cloud drive did not bring to this computer.
var ErrInCloud = errors.New("the file is in the cloud only")

// Words says why the file system refused something, and what to do about it; both are empty where this error is not known.
func Words(err error) (why, remedy string) {
	for _, w := range systemWords {
		if w.is(err) {
			return w.why, w.remedy
		}
	}
	switch {
	case errors.Is(err, ErrInCloud):
		return inTheCloud[0], inTheCloud[1]
	case errors.Is(err, fs.ErrNotExist):
		return "it is not there", "check the path"
	case errors.Is(err, fs.ErrPermission):
		return "this is not permitted", "close the file in other programs, and check that you may write to the folder"
	case errors.Is(err, fs.ErrExist):
		return "something of that name is already there", "move it away"
	}
	return "", ""
}

// What several systems have words for.
var (
	full       = [2]string{"the disk is full", "free some space and try again"}
	readOnly   = [2]string{"the disk can only be read", "copy the folder to a place where you may write"}
	away       = [2]string{"the drive or the network that it lies on is not there", "connect it again, and run this again"}
	tooLong    = [2]string{"its path is too long for this system", "move the folder nearer to the top of the drive, or shorten the names of the folders above it"}
	broken     = [2]string{"the drive reports a fault", "copy the folder to another drive, and have this one looked at"}
	held       = [2]string{"another program has it open", "close it there and run this again"}
	inTheCloud = [2]string{"it lies in the cloud, and the cloud drive does not bring it here", "start OneDrive (or what the cloud drive is called), choose 'Always keep on this device' for the folder, and run this again"}
	busy       = [2]string{"too many files are open", "close other programs, or use fewer jobs at once"}
)

// systemWord is what some errors of one system mean.
type systemWord struct {
	is          func(error) bool
	why, remedy string
}

func word(w [2]string, is func(error) bool) systemWord { return systemWord{is, w[0], w[1]} }

// OpenIn says in which program, and by whom, a document is open, as far as the programs leave word of it beside the
// document: "Excel (Ann Example)", "LibreOffice", or "" where nothing tells. It can be wrong after a crash of that program.
func OpenIn(path string) string {
	dir, name := filepath.Split(path)
	if who, ok := ownerOf(filepath.Join(dir, "~$"+name), fromExcel); ok {
		return "Excel" + who
	}
	if who, ok := ownerOf(filepath.Join(dir, ".~lock."+name+"#"), fromLibreOffice); ok {
		return "LibreOffice" + who
	}
	return ""
}

func ownerOf(path string, read func([]byte) string) (who string, ok bool) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > 4<<10 {
		return "", false
	}
	b, err := os.ReadFile(path)
	if err != nil { // its program lets nobody read it: that it is there says enough
		return "", true
	}
	if who = strings.TrimSpace(read(b)); who == "" || !utf8.ValidString(who) || strings.ContainsFunc(who, func(r rune) bool { return r < ' ' }) {
		return "", true
	}
	return " (" + who + ")", true
}

// fromExcel reads the name in an owner file of Office: a byte with its length and the name in the system's encoding, both
// filled up to 55 bytes, and then the length and the name in UTF-16.
func fromExcel(b []byte) string {
	const wide = 55
	if len(b) < wide+2 {
		return ""
	}
	n := int(binary.LittleEndian.Uint16(b[wide:]))
	if b = b[wide+2:]; n == 0 || n > 52 || len(b) < 2*n {
		return ""
	}
	units := make([]uint16, n)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// fromLibreOffice reads the name in a lock file of LibreOffice: fields divided by commas, the name first.
func fromLibreOffice(b []byte) string {
	who, _, _ := bytes.Cut(b, []byte{','})
	return string(who)
}
