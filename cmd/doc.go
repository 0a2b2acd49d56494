// Package cmd is the command line: flags, wiring, printing and exit codes. Each command has an Options
// struct, a newXCmd that turns flags into options, and a runX that calls the packages which know the rules.
//
// To follow one command through the code: newValidateCmd reads the flags; runValidate opens the round
// (round.Open), takes in what came back (intake.go: returns.Read on every file, then checks.Answers and
// checks.Register), prints the findings and has findings.Write write them.
package cmd
