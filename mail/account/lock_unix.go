//go:build !windows

package account

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockFile waits until no other process has the file locked. The system lets go of it when the process ends.
func lockFile(f *os.File) error {
	for {
		if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != unix.EINTR {
			return err
		}
	}
}

func unlockFile(f *os.File) { _ = unix.Flock(int(f.Fd()), unix.LOCK_UN) }
