// Package picture says how the sheets of a workbook look: coloured boxes and lines of text, for a front end to draw. It is
// for workbooks that this program has just made, to show them before they are sent; it knows what their writer uses (fonts,
// fills, lines, widths, heights, merged cells) and no charts or conditional formats. Start with Read.
//
// It refuses what is no workbook. No file from outside may be given to it.
package picture
