package xlsx

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
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

func fillQuestions(f *excelize.File, list []FillQuestion) error {
	if len(list) == 0 {
		return nil
	}
	rows, err := f.GetRows(SheetStart)
	if err != nil {
		return err
	}
	for _, q := range list {
		var value any = q.Answer
		if x, err := strconv.ParseFloat(q.Answer, 64); err == nil && q.Type == models.QuestionNumber {
			value = x
		} else if d, err := time.Parse(time.DateOnly, q.Answer); err == nil && q.Type == models.QuestionDate {
			value = d
		}
		found := false
		for i, row := range rows {
			if len(row) >= startLabel && strings.TrimSuffix(row[startLabel-1], requiredMark) == q.Text && !found {
				found = true
				if err := f.SetCellValue(SheetStart, cell(questionAnswer, i+1), value); err != nil {
					return err
				}
			}
		}
		if !found {
			return fmt.Errorf("the sheet %s has no question %q", SheetStart, q.Text)
		}
	}
	return nil
}
