//go:build !windows

package cmd

import "os"

// CommandLine is the program's arguments without its name.
func CommandLine() []string { return os.Args[1:] }

// clicked says that the program was started from a window. On these systems nothing is started so.
func clicked() bool { return false }
