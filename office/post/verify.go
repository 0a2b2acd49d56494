package post

import (
	"bytes"
	"context"
	"fmt"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// verifyWorkbook reads a workbook back as if it had come in, and compares every place that says whose it is
// with the recipient it is to go to.
func (p *Post) verifyWorkbook(ctx context.Context, f *office.Folder) func(office.Piece, []byte) error {
	opt := p.ReadOptions(f)
	return func(x office.Piece, content []byte) error {
		want := x.Manifest(f)
		ret := returns.Read(ctx, bytes.NewReader(content), int64(len(content)), "workbook", opt)
		found := map[models.Place]bool{}
		for _, c := range ret.Claims {
			found[c.Place] = true
			if c.Place == models.VisibleReference {
				if models.NormalReference(c.Reference) != want.Reference(f.Key) {
					return anew("the workbook's reference is another workbook's")
				}
				continue
			}
			switch m := c.Manifest; {
			case m.Recipient != want.Recipient:
				return anew(fmt.Sprintf("the workbook was made for another recipient (%s)", m.Recipient))
			case m.Part != want.Part || m.Topics != want.Topics:
				return anew("the workbook is another part of the recipient's than it is to be")
			case m.Round != f.Config.ID:
				return anew("the workbook belongs to another round")
			case m.TemplateDigest != f.TemplateDigest:
				return anew("the workbook was made from another template.yaml than the round's")
			case !m.SealFits(f.Key):
				return anew("the workbook's seal is broken")
			}
		}
		for _, place := range []models.Place{models.HiddenSheet, models.DocumentProperties, models.VisibleReference} {
			if !found[place] {
				return anew(fmt.Sprintf("the workbook does not say whose it is in its %s", place))
			}
		}
		return nil
	}
}

// anew is the error of a workbook that is not to be sent as it is.
func anew(message string) error {
	return &fault.Error{Message: message, Remedy: "make the workbooks again", Do: actions.Generate.On()}
}
