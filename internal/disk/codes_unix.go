//go:build !windows

package disk

import (
	"errors"
	"io/fs"
	"syscall"
)

// Held says that a file could not be used because another program has it open. Here no program keeps others from a file.
func Held(error) bool { return false }

func mayBeHeld(error) bool { return false }

var systemWords = []systemWord{
	word(full, codes(syscall.ENOSPC, syscall.EDQUOT)),
	word(readOnly, codes(syscall.EROFS)),
	word(away, codes(syscall.ESTALE, syscall.ENOTCONN, syscall.EHOSTDOWN, syscall.EHOSTUNREACH, syscall.ENETDOWN, syscall.ENETUNREACH, syscall.ETIMEDOUT, syscall.ENXIO)),
	word(tooLong, codes(syscall.ENAMETOOLONG)),
	word(broken, codes(syscall.EIO)),
	word(busy, codes(syscall.EMFILE, syscall.ENFILE)),
}

func codes(list ...syscall.Errno) func(error) bool {
	return func(err error) bool {
		for _, code := range list {
			if errors.Is(err, code) {
				return true
			}
		}
		return false
	}
}

// CloudOnly says that a file's content is not on this computer: reading it has it fetched, or fails. Here it is not known
// before.
func CloudOnly(fs.FileInfo) bool { return false }
