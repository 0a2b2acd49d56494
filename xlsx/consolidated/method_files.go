package consolidated

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// fileWords says what became of a file as people would.
var fileWords = map[models.Status]string{
	models.Counted: "Counts", models.Superseded: "Superseded by another return", models.Rejected: "Rejected: see Findings",
	models.Unidentified: "Nobody's: see Findings", models.Corrections: "Does not count: see Findings",
	models.Waiting: "Waits for a decision: see Findings", models.PlanCounts: "The action plan that counts",
	models.ViewCounts: "The view of a respondent: no return",
}

// methodFiles lists every file that was read, with what became of it and its digest, by which anyone can tell that a
// file is the one that was read.
func (wb *workbook) methodFiles(c *pages.Canvas, r int) {
	fr := wb.fr
	c.Texts(1, r, fr.Head(), wb.tellAll("What became of it", "File", "SHA-256")...)
	text := fr.Text()
	for _, f := range wb.filesRead() {
		r++
		c.Texts(1, r, text, f[:]...)
	}
}

// filesRead has for each file what became of it, its path and its digest.
func (wb *workbook) filesRead() [][3]string {
	var out [][3]string
	for i := range wb.in.Register.Files {
		f := &wb.in.Register.Files[i]
		out = append(out, [3]string{wb.tell(cmp.Or(fileWords[f.Status], string(f.Status))), f.File, f.Digest})
	}
	if out != nil {
		return out
	}
	// Without a register there are only the returns that count.
	for i := range wb.members {
		ret := wb.in.Members[wb.members[i].index].Return
		out = append(out, [3]string{wb.tell(fileWords[models.Counted]), ret.File, ret.Digest})
	}
	return out
}

// templateDigest is the SHA-256 of the round's template file, "" where it is not known.
func (wb *workbook) templateDigest() string {
	if len(wb.in.TemplateSource) == 0 {
		return ""
	}
	sum := sha256.Sum256(wb.in.TemplateSource)
	return wb.tell("SHA-256 of template.yaml: %s", hex.EncodeToString(sum[:]))
}
