// Package xlsx writes assessment workbooks, reads the returns that come back, and writes the consolidated
// workbook. It is the only package that knows the spreadsheet formats, and the only user of excelize, which
// writes and never reads what came from outside; but for correction workbooks, which are copies of returns that
// the strict reader has accepted, and are read back by it before they are given out.
//
// Start with assessment.New to make the workbooks of a round, returns.Read to read one that came back, and
// consolidated.Write for the consolidation; WriteCorrections makes the workbook to send back. returns.Read refuses what it does not fully understand: whatever is
// in a file, the result is an answer as its author chose it, or a finding.
package xlsx
