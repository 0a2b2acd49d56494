package findings

import (
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// Write writes the workbook of the findings of a round.
func Write(w io.Writer, rd *models.Round, findings []models.Finding) error {
	fr := pages.NewFrame(rd)
	p := fr.Page(pages.FindingsSheet, pages.TabResults)
	pages.WriteFindings(p, findings, nil)
	pages.LinkFiles(p, findings)
	return fr.Save(w, rd.Title+": findings")
}
