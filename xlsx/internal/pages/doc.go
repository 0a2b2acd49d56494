// Package pages makes workbooks whose rows are streamed: a Frame with its Pages, Looks, Canvases for small sheets,
// Charts, and the page Findings, which two workbooks have. Excelize makes all but the rows, which Save writes straight
// into the package. Start with NewFrame, then Page for each sheet, then Save.
package pages
