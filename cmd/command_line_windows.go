package cmd

import (
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

// CommandLine is the program's arguments without its name, with folders in quotation marks as they were meant.
func CommandLine() []string {
	given := windows.UTF16PtrToString(syscall.GetCommandLine())
	line := mended(given)
	if line == given {
		return os.Args[1:]
	}
	args, err := windows.DecomposeCommandLine(line)
	if err != nil || len(args) == 0 {
		return os.Args[1:]
	}
	return args[1:]
}
