// Package cmd is the command line: flags, wiring, printing and exit codes. Each command has a newXCmd, which turns flags
// into the options of a use case, and a runX, which calls it and prints what comes back. The rules are in package office;
// what a command could not do without a terminal, such as asking before messages leave, is here.
//
// To follow one command through the code: newValidateCmd reads the flags into office.ValidateOptions; runValidate opens
// the round folder to write (App.openToWrite), calls Office.Validate, and prints the notes to standard error and the
// findings to standard output. Office.Validate takes in what came back (office/intake.go): read (office/reading.go) has
// returns.Read read every file, checks.Register decides whose each is and which counts, and findings.Write writes
// results/findings.xlsx. The error that runValidate returns becomes the exit status in exit.go.
package cmd
