//go:build !windows

package round

import (
	"errors"
	"syscall"
)

// alive says whether a process of this computer is running. Signal 0 only asks (POSIX kill).
func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
