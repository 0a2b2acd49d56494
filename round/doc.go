// Package round keeps the round folder: the one place where a collection lives from issue to report.
//
// Init makes a folder and Open reads one: round.yaml, the recipients list, the template as bytes, the sealing
// key. A Round then gives what the commands need of the folder: names for the workbooks, safe writes into
// outbox/ and results/, a walk over returns/, the journal of what was sent and received, and a lock that keeps
// two people from writing at once.
//
// It reads no workbook and knows no criterion: the template is handed on as bytes for package templates, the
// files in returns/ as open files for package xlsx. It never changes or deletes anything in returns/.
//
// Mistakes in what a person wrote come back as Problems (all of them, each with its place) or as a *fault.Error of wrong usage;
// what could not be done as *fault.Error or *LockedError. Each says what to do about it.
package round
