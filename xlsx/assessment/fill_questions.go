package assessment

import (
	"fmt"
	"strconv"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/xuri/excelize/v2"
)

// FillQuestion is an answer to a question on the sheet Start, as it is typed: a spreadsheet program makes a number
// or, where it is written year-month-day, a date of it, if the question asks for one.
type FillQuestion struct {
	// Text is the question's, Type how it is answered.
	Text   string
	Type   models.QuestionType
	Answer string
}

func fillQuestions(f *excelize.File, w *words.Words, list []FillQuestion) error {
	if len(list) == 0 {
		return nil
	}
	start := w.Get("sheet_start")
	rows, err := f.GetRows(start)
	if err != nil {
		return err
	}
	for _, q := range list {
		var value any = sheetdata.Underscores(q.Answer)
		if x, err := strconv.ParseFloat(q.Answer, 64); err == nil && q.Type == models.QuestionNumber {
			value = x
		} else if d, err := time.Parse(time.DateOnly, q.Answer); err == nil && q.Type == models.QuestionDate {
			value = d
		}
		found, required := false, w.Say("question_required", "question", q.Text)
		for i, row := range rows {
			if len(row) >= startLabel && (row[startLabel-1] == q.Text || row[startLabel-1] == required) && !found {
				found = true
				if err := f.SetCellValue(start, draw.Cell(questionAnswer, i+1), value); err != nil {
					return err
				}
			}
		}
		if !found {
			return fmt.Errorf("the sheet %s has no question %q", start, q.Text)
		}
	}
	return nil
}
