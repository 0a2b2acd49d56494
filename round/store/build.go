package store

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
)

// build names the program that runs: its revision, the Go version, and every library that it is built from. A program
// that was built from files nobody has committed is told by its own file, so that one who works on the reader never
// sees what the one before has read.
var build = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return thisProgram()
	}
	out := info.String()
	if !strings.Contains(out, "vcs.revision=") || strings.Contains(out, "vcs.modified=true") {
		out += thisProgram()
	}
	return out
})

func thisProgram() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return fmt.Sprint(name, info.Size(), info.ModTime().UnixNano())
}
