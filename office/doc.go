// Package office does the work of the office that runs a round: it makes the round, generates the workbooks, takes in
// what comes back, finds what is wrong with it, scores, consolidates and reports. Package office/post sends and fetches.
//
// A use case is a method of Office. It takes a context, an opened Folder and options, and gives a result with notes and
// findings, also where there is an error besides: what was noted until then. Nothing here prints, asks or knows of a
// command line or a page; a front end opens the folder, calls, and shows the result.
//
// Begin with Office.Open, or Office.OpenToWrite for what writes. What came back is read by Office.TakeIn, once for a
// Folder; all use cases that need it share it.
//
// A finding is about a file that came back, and the work goes on. A Note is about the run. An error means that the work
// was not done; IsMisuse tells a mistake in what a person wrote or asked for, such as a BadOption.
//
// To follow one use case through the code: Validate takes in what came back (intake.go: read in reading.go for every file,
// then checks.Register), and has package xlsx write the findings.
package office
