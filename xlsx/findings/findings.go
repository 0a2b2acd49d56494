// Package findings writes the workbook of all that is wrong or noteworthy in the files of a round, for the people who
// follow it up: a table that can be filtered, with file, sheet, cell, recipient, what is wrong and what to do, and a sheet
// Help with what each code means, which each finding leads to.
//
// Input is the round, its template and its findings, in any order, what recipients are called, and where each file lies; output is an xlsx workbook that is meant to lie in results/, since
// the names of files lead into returns/ beside it. The same input gives the same bytes. Write is all there is. It
// refuses more findings than one sheet has rows.
package findings

import (
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// Write writes the workbook. names are the recipients' by id. link says where the file of a finding, as in models.Origin, lies inside returns/; a file for
// which it says "" is not linked to, so that nobody opens by a click what should not be opened. It fails where w does, and
// for more findings than a sheet has rows.
func Write(w io.Writer, rd *models.Round, t *models.Template, findings []models.Finding, names map[string]string, link func(file string) string) error {
	fr := pages.NewFrame(rd)
	p := fr.Page(fr.Tell(pages.FindingsSheet), pages.TabResults)
	help := writeHelp(fr.Page(fr.Tell(helpSheet), pages.TabAbout), findings)
	pages.WriteFindings(p, findings, names, t.NamesIn(rd.Language), help)
	pages.LinkFiles(p, findings, link)
	return fr.Save(w, fr.Tell("%s: findings", rd.Title))
}
