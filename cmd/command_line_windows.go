package cmd

import (
	"os"
	"syscall"
	"unsafe"

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

var consoleProcesses = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")

// clicked says that the program was started from a window, such as by a double-click, and not on a command line: it has no
// console, or one that was opened for it alone and closes with it.
func clicked() bool {
	var ids [2]uint32
	n, _, _ := consoleProcesses.Call(uintptr(unsafe.Pointer(&ids[0])), uintptr(len(ids)))
	if n == 0 { // no console; where the streams go somewhere, another program started it
		return !open(os.Stdin) && !open(os.Stdout)
	}
	return n == 1
}

// open says whether a stream leads anywhere.
func open(f *os.File) bool {
	_, err := f.Stat()
	return err == nil
}
