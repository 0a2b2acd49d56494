package xlsx

import (
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/findings"
)

// WriteFindings writes results/findings.xlsx: a table of all findings that can be filtered, with file, sheet,
// cell, recipient, what is wrong and what to do.
func WriteFindings(w io.Writer, rd *models.Round, list []models.Finding) error {
	return findings.Write(w, rd, list)
}
