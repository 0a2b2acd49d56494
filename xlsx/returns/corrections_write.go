package returns

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/wording"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/amend"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
	"github.com/xuri/excelize/v2"
)

// SheetCorrections is the sheet that stands first in a workbook that goes back for correction.
const SheetCorrections = "Corrections"

// ErrNotCorrectable says that a return cannot go back as a workbook with its cells marked: it is no xlsx workbook
// that was read, or there is nothing in it for its sender to mend.
var ErrNotCorrectable = errors.New("there is no correction workbook for this return")

// CorrectionsInput is what WriteCorrections needs.
type CorrectionsInput struct {
	Round    *models.Round
	Template *models.Template
	// Workbook is the return as it came, and Findings is all that was found in it.
	Workbook []byte
	Findings []models.Finding
	Limits   xlsx.Limits
}

// WriteCorrections writes a copy of a sender's own workbook to send back: each cell with something to mend is
// marked and has a note, and the sheet Corrections, which stands first, lists what to do with a link to each cell.
// What comes back is read like any other return. The error is ErrNotCorrectable where such a copy makes no sense
// or cannot be made.
//
// The copy is made with excelize, and so only of a workbook that Read has read, repacked so that nothing in
// it is other than it was checked to be. It is read back before it is given out: if any answer or what it says
// about itself were not the same as in the return, it is not written.
func WriteCorrections(ctx context.Context, w io.Writer, in CorrectionsInput) error {
	opt := ReadOptions{Template: in.Template, Limits: in.Limits}
	read := func(b []byte) models.Return {
		return Read(ctx, bytes.NewReader(b), int64(len(b)), "return", opt)
	}
	before := read(in.Workbook)
	if before.Format != "xlsx" || len(before.Answers()) == 0 {
		return fmt.Errorf("%w: it was not read as an xlsx workbook", ErrNotCorrectable)
	}
	list := correctionsOf(in.Findings)
	if len(list) == 0 {
		return fmt.Errorf("%w: there is nothing for its sender to mend", ErrNotCorrectable)
	}
	clean, err := repacked(ctx, in.Workbook, in.Limits.OrDefault())
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotCorrectable, err)
	}
	for _, values := range []bool{true, false} { // a formula of the sender's that had no value would get one
		marked, err := markedCopy(clean, in, list, values)
		if err != nil {
			return fmt.Errorf("%w: marking its cells: %w", ErrNotCorrectable, err)
		}
		if sameReturn(before, read(marked)) {
			_, err = w.Write(marked)
			return err
		}
	}
	return fmt.Errorf("%w: marking its cells changed what it says", ErrNotCorrectable)
}

// repacked copies the parts of a package, each inflated within the limits and checked, into a new one.
func repacked(ctx context.Context, workbook []byte, limits xlsx.Limits) ([]byte, error) {
	p, err := opc.Open(ctx, bytes.NewReader(workbook), int64(len(workbook)), opc.Limits{Parts: limits.Parts, Unpacked: limits.Unpacked})
	if err != nil {
		return nil, err
	}
	base := &splice.Base{}
	for _, name := range p.Names() {
		if strings.HasSuffix(name, "/") {
			continue
		}
		part, err := p.Open(name)
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(part)
		part.Close()
		if err != nil {
			return nil, err
		}
		base.Set(name, content)
	}
	return base.Bytes()
}

// markedCopy opens the workbook with excelize, marks the cells and adds the sheet; with values, formulas that have
// none get theirs.
func markedCopy(workbook []byte, in CorrectionsInput, list []correction, values bool) (out []byte, err error) {
	defer func() {
		// Excelize is not made for every workbook there is; what it cannot do costs this copy only.
		if p := recover(); p != nil {
			out, err = nil, fmt.Errorf("the workbook cannot be changed: %v", p)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		return nil, err
	}
	b := corrected{draw.On(f, in.Round, wording.English())}
	defer f.Close()
	if i, err := f.GetSheetIndex(SheetCorrections); err == nil && i >= 0 { // from an earlier correction
		b.Check(f.DeleteSheet(SheetCorrections))
	}
	b.markCells(list)
	b.writeCorrections(list)
	if b.Err != nil {
		return nil, b.Err
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	base, err := amend.Settle(workbook, buf.Bytes(), time.Time{})
	if err != nil {
		return nil, err
	}
	// Values are a comfort: where they cannot be worked out, the sender's program does it.
	if values {
		_ = amend.Calculate(base, buf.Bytes(), workbook)
	}
	return base.Bytes()
}

// sameReturn says whether two readings hold the same answers, respondent and claims.
func sameReturn(a, b models.Return) bool {
	if len(a.Answers()) != len(b.Answers()) || !reflect.DeepEqual(a.Respondent, b.Respondent) || !reflect.DeepEqual(a.Claims, b.Claims) {
		return false
	}
	return reflect.DeepEqual(a.Answers(), b.Answers())
}

// correction is a cell, or a matter without one, with what is wrong and what its sender can do about it.
type correction struct {
	sheet, cell string
	ref         string
	wrong, todo string
}

// correctionsOf lists what the sender can mend, in the order of findings. Findings about one cell are put
// together.
func correctionsOf(findings []models.Finding) []correction {
	findings = slices.Clone(findings)
	models.SortFindings(findings)
	var list []correction
	at := map[[2]string]int{}
	for _, f := range findings {
		todo, ok := senderTodo[f.Code]
		if !ok || f.Severity == models.Repair {
			continue
		}
		key := [2]string{f.Origin.Sheet, f.Origin.Cell}
		if i, ok := at[key]; ok && f.Origin.Cell != "" {
			if list[i].todo != todo {
				list[i].wrong += " " + f.Message
				list[i].todo += " " + todo
			}
			continue
		}
		at[key] = len(list)
		list = append(list, correction{f.Origin.Sheet, f.Origin.Cell, f.Ref, f.Message, todo})
	}
	return list
}

const chooseFromList = "Choose one entry from the list in this cell."

// senderTodo says for the findings that a sender can mend what to do, in words for the sender: the remedies of
// the catalogue are for the office.
var senderTodo = map[models.Code]string{
	models.AnswerMissing:       chooseFromList,
	models.AnswerNotInList:     chooseFromList,
	models.AnswerAmbiguous:     chooseFromList,
	models.AnswerIsDate:        chooseFromList,
	models.AnswerIsError:       chooseFromList,
	models.AnswerNoValue:       chooseFromList,
	models.AnswerHiddenValue:   chooseFromList,
	models.AnswerNotApplicable: chooseFromList,
	models.AnswerFormula:       "Replace the formula by one entry from the list in this cell.",
	models.TargetNotInList:     "Choose the target from the list in this cell, or leave it empty.",
	models.TargetBelowCurrent:  "Check the current level and the target level: were the two swapped?",
	models.CommentMissing:      "Write a comment in this cell.",
	models.EvidenceMissing:     "Say in this cell what evidence there is.",
	models.TextIsError:         "Write the text again. If it starts with = or -, put an apostrophe (') before it.",
	models.TextNoValue:         "Write the text again, without a formula.",
	models.TextAtLimit:         "Check whether the end of the text is lost, and shorten the text.",
	models.TextSpoiled:         "Write the characters again that are shown as \ufffd.",
	models.DateNotUnderstood:   "Enter the date again, such as 2027-01-31.",
	models.RowTwice:            "Keep one of the rows and delete the other, or give both the same answer.",
	models.RowMissing:          "Tell us your answer in your reply, or ask us for a fresh workbook: the row is gone from yours.",
	models.RowMixed:            "Undo the sorting or moving, or ask us for a fresh workbook.",
	models.AnswersSlipped:      "Put each level beside its criterion, or ask us for a fresh workbook: they stand some rows away.",
	models.RefUnknown:          "Put the reference of the row back, or move your answer to the row that it belongs to.",
	models.RefFromDate:         "Enter the reference of the row again, with an apostrophe (') before it.",
	models.ColumnTwice:         "Keep one of the columns and delete the other.",
	models.ColumnMissing:       "Undo the deletion, or ask us for a fresh workbook.",
	models.TextColumnMissing:   "If you wrote evidence or comments, send them to us in your reply.",
	models.MergedAnswer:        "Unmerge the cells, and give an answer in each.",
	models.MergedText:          "Unmerge the cells, and write the text in the row that it belongs to.",
	models.RowHidden:           "Check the answer in this hidden row.",
	models.ColumnHidden:        "Check the answers in this hidden column.",
	models.SheetHidden:         "Check that the answers on this hidden sheet are the ones you mean.",
	models.DescriptorEdited:    "Check that your answer fits the description as we sent it.",
	models.StrayText:           "If this text belongs to an answer, move it to the cell under Comment.",
}
