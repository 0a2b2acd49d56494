package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// verifyWorkbook reads a workbook back as if it had come in, and compares every place that says whose it is
// with the recipient it is to go to.
func verifyWorkbook(ctx context.Context, f *folder) func(piece, []byte) error {
	return func(p piece, content []byte) error {
		want := p.manifest(f)
		ret := returns.Read(ctx, bytes.NewReader(content), int64(len(content)), "workbook", f.readOptions())
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

// verifySummary compares a summary with the one that the recipient's own answers make. It is the same byte for
// byte, or it is not sent.
func verifySummary(f *folder, in *intake) (func(piece, []byte) error, error) {
	printerFor, err := f.printers(reportOptions{})
	if err != nil {
		return nil, err
	}
	results, places := in.results(f, baseline{}), map[string]int{}
	for i := range results.Members {
		places[results.Members[i].Recipient.ID] = i
	}
	return func(p piece, content []byte) error {
		at, ok := places[p.recipient.ID]
		if !ok || results.Members[at].Return == nil {
			return errors.New("no return of this recipient counts, so that there are no results")
		}
		printer, err := printerFor(f.languageOf(p.recipient))
		if err != nil {
			return err
		}
		for _, full := range []bool{false, true} {
			var b bytes.Buffer
			if _, err := printer.Summary(&b, pdf.SummaryInput{Results: results, Member: at, Full: full}); err != nil {
				return err
			}
			if bytes.Equal(b.Bytes(), content) {
				return nil
			}
		}
		return errors.New("the summary is not the one that the answers make now; run 'rubric report'")
	}, nil
}
