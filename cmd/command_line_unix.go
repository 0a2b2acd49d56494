//go:build !windows

package cmd

import "os"

// CommandLine is the program's arguments without its name.
func CommandLine() []string { return os.Args[1:] }
