package xlsx

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/xuri/excelize/v2"
)

// The columns of a question on the sheet Start: its text from startLabel to questionText, its answer from
// questionAnswer to startLast.
const (
	questionText   = 3
	questionAnswer = 4
	// listQuestions is the first column on Lists with the options of a question, right of all that a method or an
	// earlier round puts there; one column each follows.
	listQuestions = 100
)

// questionLabel is a question as the sheet Start shows it, and as the reader finds it.
func questionLabel(w *words.Words, q *models.Question) string {
	if q.Required {
		return w.Say("question_required", "question", q.Text)
	}
	return q.Text
}

// oldestDate is the first day that a question of type date takes: whole numbers up to it, typed into a cell for
// dates, are years that a spreadsheet program shows as a day of 1905.
const oldestDate = 3654 // 1 January 1910

// writeQuestions writes the template's questions, if it has any.
func (b *book) writeQuestions(s *sheetText) {
	if len(b.t.Questions) == 0 {
		return
	}
	s.heading(b.w.Get("questions"))
	lists := 0
	for i := range b.t.Questions {
		q := &b.t.Questions[i]
		label := look{bold: true, wrap: true, down: "center"}
		text := questionLabel(b.w, q)
		b.merge(s.sheet, startLabel, s.row, questionText, s.row, label)
		b.put(s.sheet, startLabel, s.row, text, label)
		field := look{lines: fieldLines, fill: b.pal.input, open: true, wrap: true, down: "center", across: "left", indent: 1}
		if q.Type == models.QuestionDate {
			field.format = b.w.DateFormat()
		}
		b.merge(s.sheet, questionAnswer, s.row, startLast, s.row, field)
		b.height(s.sheet, s.row, max(24, rowHeight(textHeight(text, fontSize, true, s.across(startLabel, questionText)), 7)))
		list := ""
		if q.Type == models.QuestionChoice {
			list = b.questionList(q, listQuestions+lists)
			lists++
		}
		b.questionRule(s, q, list)
		if q.Required {
			b.markMissing(s)
		}
		s.row++
		if q.Help != "" {
			s.paragraph(q.Help, look{italic: true, ink: b.pal.muted})
		}
	}
}

// questionList writes the options of a question on Lists, and gives the name of the list.
func (b *book) questionList(q *models.Question, col int) string {
	b.put(SheetLists, col, 1, "Options of "+q.ID, look{bold: true, fill: b.pal.pale, wrap: true})
	for i, o := range q.Options {
		b.check(b.f.SetCellStr(SheetLists, cell(col, 2+i), sheetdata.Underscores(o)))
		b.dress(SheetLists, col, 2+i, col, 2+i, look{})
	}
	name := fmt.Sprintf("Options_%d", col-listQuestions+1)
	b.name(name, fixed(SheetLists, col, 2, col, 1+len(q.Options)))
	return name
}

// questionRule adds the dropdown, the check and the prompt of an answer's cell.
func (b *book) questionRule(s *sheetText, q *models.Question, list string) {
	stop := "stop"
	dv := &excelize.DataValidation{AllowBlank: true, Sqref: cell(questionAnswer, s.row), ErrorStyle: &stop}
	key := "question_" + string(q.Type)
	wrongTitle, wrong := "", ""
	switch q.Type {
	case models.QuestionNumber:
		wrongTitle, wrong = b.w.Get("question_number_error_title"), b.w.Get("question_number_error")
		dv.Type, dv.Operator, dv.Formula1, dv.Formula2 = "decimal", "between", "-1000000000000000", "1000000000000000"
	case models.QuestionDate:
		wrongTitle, wrong = b.w.Get("date_error_title"), b.w.Get("question_date_error")
		dv.Type, dv.Operator, dv.Formula1 = "date", "greaterThanOrEqual", fmt.Sprint(oldestDate)
	case models.QuestionChoice:
		wrongTitle, wrong = b.w.Get("list_error_title"), b.w.Get("list_error")
		dv.Type, dv.Formula1 = "list", list
	}
	title, text := b.w.Get(key+"_title"), b.w.Get(key)
	dv.ShowInputMessage, dv.PromptTitle, dv.Prompt = true, &title, &text
	if wrong != "" {
		dv.ShowErrorMessage, dv.ErrorTitle, dv.Error = true, &wrongTitle, &wrong
	}
	b.check(b.f.AddDataValidation(s.sheet, dv))
}

// markMissing marks the cell of a required answer while it is empty.
func (b *book) markMissing(s *sheetText) {
	id, err := b.f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.pal.neededFill}}})
	b.check(err)
	b.check(b.f.SetConditionalFormat(s.sheet, area(questionAnswer, s.row, startLast, s.row), []excelize.ConditionalFormatOptions{{
		Type: "formula", Format: &id, Criteria: fmt.Sprintf("LEN(TRIM($%s))=0", cell(questionAnswer, s.row))}}))
}
