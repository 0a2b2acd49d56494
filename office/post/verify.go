package post

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/rubric-project/rubric/models"
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
					return errors.New("the workbook's reference is another workbook's; run 'rubric generate'")
				}
				continue
			}
			switch m := c.Manifest; {
			case m.Recipient != want.Recipient:
				return fmt.Errorf("the workbook was made for another recipient (%s); run 'rubric generate'", m.Recipient)
			case m.Part != want.Part || m.Topics != want.Topics:
				return errors.New("the workbook is another part of the recipient's than it is to be; run 'rubric generate'")
			case m.Round != f.Config.ID:
				return errors.New("the workbook belongs to another round; run 'rubric generate'")
			case m.TemplateDigest != f.TemplateDigest:
				return errors.New("the workbook was made from another template.yaml than the round's; run 'rubric generate'")
			case !m.SealFits(f.Key):
				return errors.New("the workbook's seal is broken; run 'rubric generate'")
			}
		}
		for _, place := range []models.Place{models.HiddenSheet, models.DocumentProperties, models.VisibleReference} {
			if !found[place] {
				return fmt.Errorf("the workbook does not say whose it is in its %s; run 'rubric generate'", place)
			}
		}
		return nil
	}
}
