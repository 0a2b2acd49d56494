package disk

import (
	"errors"
	"io/fs"
	"slices"
	"syscall"
)

// Held says that a file could not be used because another program has it open: error 32 (sharing violation) or 33 (a part of
// it is locked).
func Held(err error) bool { return isCode(err, 32, 33) }

// mayBeHeld takes in error 5 (access denied): replacing gives it while a spreadsheet program holds the file, and making one
// while a file of that name is about to be removed. Its other causes are waited for in vain.
func mayBeHeld(err error) bool { return isCode(err, 5, 32, 33) }

// The numbers are those of "System Error Codes" in Microsoft's documentation. Go knows some of them by the names of other
// systems, which their errors do not match: syscall.ENOSPC is never returned.
var systemWords = []systemWord{
	word(held, codes(32, 33)),
	word(full, codes(39, 112, 1295)), // handle disk full, disk full, and over quota
	word(readOnly, codes(19)),        // write-protected
	// Not ready, and what the network says: bad path, busy, gone, unexpected, no such share or host, time-outs.
	word(away, codes(21, 51, 53, 54, 55, 59, 64, 65, 67, 121, 1203, 1222, 1225, 1231, 1232, 1236, 1256, 1450, 1460)),
	word(tooLong, codes(111, 206)),
	word(broken, codes(23, 27, 1005, 1117, 1392, 1393)),
	word(busy, codes(4)),
	{codes(123, 161, 267), "Windows takes no such name", "give it a name without < > : \" / \\ | ? *"},
	{codes(225, 226), "the virus scanner does not allow it", "ask whoever looks after the computers"},
	word(inTheCloud, inCloud),
	{codes(5), "this is not permitted, or another program has it open", "close it in other programs, and check that you may write to the folder"},
}

// inCloud are the numbers that the system's part for cloud files has for itself.
func inCloud(err error) bool {
	var code syscall.Errno
	return errors.As(err, &code) && (code >= 358 && code <= 404 || code == 426 || code == 434 || code == 475 || code == 4350 || code == 4351)
}

func isCode(err error, list ...syscall.Errno) bool {
	var code syscall.Errno
	return errors.As(err, &code) && slices.Contains(list, code)
}

func codes(list ...syscall.Errno) func(error) bool {
	return func(err error) bool { return isCode(err, list...) }
}

// The attributes of files whose content is elsewhere: on a tape, or with a cloud drive ("File Attribute Constants").
const (
	offline            = 0x1000
	recallOnOpen       = 0x40000
	recallOnDataAccess = 0x400000
)

// CloudOnly says that a file's content is not on this computer: reading it has it fetched, or fails.
func CloudOnly(info fs.FileInfo) bool {
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&(offline|recallOnOpen|recallOnDataAccess) != 0
}
