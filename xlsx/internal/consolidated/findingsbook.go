package consolidated

import (
	"io"

	"github.com/rubric-project/rubric/models"
)

// WriteFindings writes the workbook of the findings of a round.
func WriteFindings(w io.Writer, rd *models.Round, findings []models.Finding) error {
	fr := newFrame(rd)
	p := fr.page(findingsSheet, tabResults)
	findingsPage(p, findings, nil)
	linkFiles(p, findings)
	return fr.save(w, rd.Title+": findings")
}
