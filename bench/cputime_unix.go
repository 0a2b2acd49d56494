//go:build unix

package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// measured does a job and tells the parent process the processor time that it took, without what led to it. It
// goes to standard error, which the parent reads.
func measured(do func() error) error {
	runtime.GC()
	var from, to syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &from); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &to); err != nil {
		return err
	}
	spent := func(r *syscall.Rusage) int64 { return r.Utime.Nano() + r.Stime.Nano() }
	fmt.Fprintf(os.Stderr, "%s%d\n", spentMark, spent(&to)-spent(&from))
	return nil
}
