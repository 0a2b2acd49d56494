package desk

import (
	"path/filepath"

	"github.com/rubric-project/rubric/internal/text"
)

// cutText is the beginning of a text, for a cell of a table.
func cutText(s string, most int) string { return text.Cut(s, most, "…") }

// base is the name of a file without its folder; "" for none.
func base(file string) string {
	if file == "" {
		return ""
	}
	return filepath.Base(file)
}

// wordFields are the places that a wording may have, with what is put in.
func (c *call) wordFields() []pair {
	return []pair{{"{{.Organisation}}", c.T("the recipient’s name")}, {"{{.Greeting}}", c.T("the salutation, with the contact’s name")}, {"{{.Title}}", c.T("the round’s title")},
		{"{{.Organiser}}", c.T("your office")}, {"{{.Due}}", c.T("the day it is due")}, {"{{.TimeLeft}}", c.T("how many days are left, or it is late")},
		{"{{.Attachment}}", c.T("the name of the attached file")}, {"{{.Reference}}", c.T("the workbook’s reference")}, {"{{.ID}}", c.T("the recipient’s reference")},
		{"{{.Findings}}", c.T("what came out for the recipient, with the results")},
		{"{{.Problems}}", c.T("how many entries need another look, in corrections")}, {"{{.AskName}}, {{.AskEmail}}, {{.AskPhone}}", c.T("whom the recipient asks")}}
}
