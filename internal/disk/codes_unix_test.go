//go:build !windows

package disk

import "syscall"

var codesOfSystem = []codeWords{
	{syscall.ENOSPC, "the disk is full"},
	{syscall.EDQUOT, "the disk is full"},
	{syscall.EROFS, "the disk can only be read"},
	{syscall.EIO, "the drive reports a fault"},
	{syscall.ESTALE, "the drive or the network that it lies on is not there"},
	{syscall.ENAMETOOLONG, "its path is too long for this system"},
	{syscall.EACCES, "this is not permitted"},
}
