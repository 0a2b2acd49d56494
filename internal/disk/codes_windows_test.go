package disk

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// The numbers are those of winerror.h.
var codesOfSystem = []codeWords{
	{syscall.Errno(112), "the disk is full"}, // ERROR_DISK_FULL
	{syscall.Errno(39), "the disk is full"},  // ERROR_HANDLE_DISK_FULL
	{syscall.Errno(19), "the disk can only be read"},
	{syscall.Errno(64), "the drive or the network that it lies on is not there"}, // ERROR_NETNAME_DELETED
	{syscall.Errno(53), "the drive or the network that it lies on is not there"}, // ERROR_BAD_NETPATH
	{syscall.Errno(206), "its path is too long for this system"},
	{syscall.Errno(32), "another program has it open"},
	{syscall.Errno(33), "another program has it open"},
	{syscall.Errno(362), "it lies in the cloud, and the cloud drive does not bring it here"}, // ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING
	{syscall.Errno(426), "it lies in the cloud, and the cloud drive does not bring it here"}, // ERROR_CLOUD_FILE_REQUEST_TIMEOUT
	{syscall.Errno(225), "the virus scanner does not allow it"},
}

// hold opens a file as another program does, with what it lets others do meanwhile, and gives the way to let it go.
func hold(t *testing.T, path string, access, share uint32) (letGo func()) {
	t.Helper()
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := syscall.CreateFile(name, access, share, nil, syscall.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return func() { syscall.CloseHandle(h) }
}

// A spreadsheet program lets others read the document that it has open, a virus scanner nobody.
var holders = map[string][2]uint32{
	"spreadsheet program": {syscall.GENERIC_READ | syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ},
	"virus scanner":       {syscall.GENERIC_READ, 0},
}

func TestHeldFilesAreWaitedFor(t *testing.T) {
	for who, mode := range holders {
		dir := t.TempDir()
		path, other := filepath.Join(dir, "held.xlsx"), filepath.Join(dir, "new.xlsx")
		for name, do := range map[string]func() error{
			"replace": func() error { return Replace(other, path) },
			"remove":  func() error { return Remove(path) },
		} {
			for _, f := range []string{path, other} {
				if err := os.WriteFile(f, []byte("x"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			letGo := hold(t, path, mode[0], mode[1])
			if err := do(); !mayBeHeld(err) {
				t.Errorf("%s of what a %s holds: %v", name, who, err)
			}
			time.AfterFunc(100*time.Millisecond, letGo)
			if err := do(); err != nil {
				t.Errorf("%s of what a %s let go: %v", name, who, err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "read.xlsx")
	if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	letGo := hold(t, path, syscall.GENERIC_READ, 0)
	if _, err := ReadFile(path); !Held(err) {
		t.Errorf("reading what a scanner holds: %v", err)
	}
	time.AfterFunc(100*time.Millisecond, letGo)
	if _, err := ReadFile(path); err != nil {
		t.Errorf("reading what a scanner let go: %v", err)
	}
	if info, err := os.Stat(path); err != nil || CloudOnly(info) {
		t.Errorf("a file of this computer: cloud only, or %v", err)
	}
	name, err := syscall.UTF16PtrFromString(path)
	if err == nil {
		err = errors.Join(syscall.SetFileAttributes(name, syscall.FILE_ATTRIBUTE_NORMAL|offline))
	}
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || !CloudOnly(info) {
		t.Logf("the offline attribute was not kept by this file system: %v", err)
	}
}
