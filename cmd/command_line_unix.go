//go:build !windows

package cmd

import "os"

// CommandLine is the program's arguments without its name.
func CommandLine() []string { return os.Args[1:] }

// clicked says that the program was started from a window. On these systems nothing is started so.
func clicked() bool { return false }

// leads says whether a stream leads anywhere. On these systems all do that a program has.
func leads(*os.File) bool { return true }
