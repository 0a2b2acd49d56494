package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
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

// writeQuestions writes the template's questions, if it has any.
func (b *book) writeQuestions(p *plan, s *draw.Text) {
	if len(b.t.Questions) == 0 {
		return
	}
	list := listsHeader + len(p.order)
	s.Heading(b.Words.Get("questions"))
	lists := 0
	b.optionsAt, b.answerRows = map[string]int{}, map[string]int{}
	for i := range b.t.Questions {
		q := &b.t.Questions[i]
		label := draw.Look{Bold: true, Wrap: true, Down: "center"}
		text := layout.QuestionLabel(b.Words, q)
		b.Merge(s.Sheet, startLabel, s.Row, questionText, s.Row, label)
		b.Put(s.Sheet, startLabel, s.Row, text, label)
		field := draw.Look{Lines: draw.FieldLines, Fill: b.Palette.Input, Open: true, Wrap: true, Down: "center", Across: "left", Indent: 1}
		switch q.Type {
		case models.QuestionDate:
			field.Format = b.Words.DateFormat()
		case models.QuestionText:
			field.Down = "top" // of what is longer, the beginning is in view
		}
		b.Merge(s.Sheet, questionAnswer, s.Row, startLast, s.Row, field)
		least := 24.0
		if q.Type == models.QuestionText {
			least = draw.RowHeight(answerLines*draw.FontSize*draw.LineHeight, 7)
		}
		b.Height(s.Sheet, s.Row, max(least, draw.RowHeight(draw.TextHeight(text, draw.FontSize, true, s.Across(startLabel, questionText)), 7)))
		options := ""
		if q.Type == models.QuestionChoice {
			options = b.questionList(q, listQuestions+lists)
			b.optionsAt[q.ID], b.answerRows[q.ID] = listQuestions+lists, s.Row
			lists++
		}
		b.questionRule(s, q, options)
		if q.Required {
			b.markMissing(s)
		}
		answer := draw.Fixed(s.Sheet, questionAnswer, s.Row, questionAnswer, s.Row)
		subject := draw.Fixed(s.Sheet, startLabel, s.Row, startLabel, s.Row)
		s.Row++
		if q.Type == models.QuestionText {
			list++
			b.longQuestions = append(b.longQuestions, longRow{row: list, lines: answerLines, subject: subject, width: s.Across(questionAnswer, startLast),
				texts: []longCell{{answer, "question_text_title"}}})
			b.writeHelp(s, q.Help, list)
		} else if q.Help != "" {
			s.Paragraph(q.Help, draw.Look{Italic: true, Ink: b.Palette.Muted})
		}
	}
}

// answerLines is how many lines of an answer that is a text are in view. Its cell is merged, and no program lets the row of
// one grow.
const answerLines = 4

// writeHelp writes below an answer that is a text what helps, and where the whole of it stands if it is long.
func (b *book) writeHelp(s *draw.Text, help string, list int) {
	const helpOnLists = listKey + 1
	b.Put(layout.SheetLists, listKey, list, b.Words.Get("questions"), draw.Look{})
	b.Put(layout.SheetLists, helpOnLists, list, help, draw.Look{})
	l := draw.Look{Italic: true, Ink: b.Palette.Muted, Wrap: true}
	at, where := draw.Fixed(layout.SheetLists, helpOnLists, list, helpOnLists, list), b.whereInFull(list)
	b.Merge(s.Sheet, startLabel, s.Row, startLast, s.Row, l)
	b.Calc(s.Sheet, startLabel, s.Row, fmt.Sprintf(`%s&IF(%s,"",IF(%[1]s="",""," ")&"("&%[3]s&")")`, at, fitsRow(list), where), help, l)
	longest := help + b.Words.Say("texts_where", "sheet", b.Words.Get("sheet_texts"), "row", 999)
	b.Height(s.Sheet, s.Row, draw.RowHeight(draw.TextHeight(longest, draw.FontSize, false, s.Across(startLabel, startLast)), 5))
	s.Row++
}

// questionList writes the options of a question on Lists, and gives the name of the list.
func (b *book) questionList(q *models.Question, col int) string {
	b.Put(layout.SheetLists, col, 1, "Options of "+q.ID, draw.Look{Bold: true, Fill: b.Palette.Pale, Wrap: true})
	for i, o := range q.Options {
		b.Check(b.File.SetCellStr(layout.SheetLists, draw.Cell(col, 2+i), sheetdata.Underscores(o)))
		b.Dress(layout.SheetLists, col, 2+i, col, 2+i, draw.Look{})
	}
	name := fmt.Sprintf("Options_%d", col-listQuestions+1)
	b.Name(name, draw.Fixed(layout.SheetLists, col, 2, col, 1+len(q.Options)))
	return name
}

// questionRule adds the dropdown, the check and the prompt of an answer's cell.
func (b *book) questionRule(s *draw.Text, q *models.Question, list string) {
	stop := "stop"
	dv := &excelize.DataValidation{AllowBlank: true, Sqref: draw.Cell(questionAnswer, s.Row), ErrorStyle: &stop}
	key := "question_" + string(q.Type)
	wrongTitle, wrong := "", ""
	switch q.Type {
	case models.QuestionNumber:
		wrongTitle, wrong = b.Words.Get("question_number_error_title"), b.Words.Get("question_number_error")
		dv.Type, dv.Operator, dv.Formula1, dv.Formula2 = "decimal", "between", "-1000000000000000", "1000000000000000"
	case models.QuestionDate:
		wrongTitle, wrong = b.Words.Get("date_error_title"), b.Words.Get("question_date_error")
		dv.Type, dv.Operator, dv.Formula1 = "date", "greaterThanOrEqual", fmt.Sprint(layout.OldestDate)
	case models.QuestionChoice:
		wrongTitle, wrong = b.Words.Get("list_error_title"), b.Words.Get("list_error")
		dv.Type, dv.Formula1 = "list", list
	}
	title, text := b.Words.Get(key+"_title"), b.Words.Get(key)
	dv.ShowInputMessage, dv.PromptTitle, dv.Prompt = true, &title, &text
	if wrong != "" {
		dv.ShowErrorMessage, dv.ErrorTitle, dv.Error = true, &wrongTitle, &wrong
	}
	b.Check(b.File.AddDataValidation(s.Sheet, dv))
}

// markMissing marks the cell of a required answer while it is empty.
func (b *book) markMissing(s *draw.Text) {
	id, err := b.File.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.Palette.NeededFill}}})
	b.Check(err)
	b.Check(b.File.SetConditionalFormat(s.Sheet, draw.Area(questionAnswer, s.Row, startLast, s.Row), []excelize.ConditionalFormatOptions{{
		Type: "formula", Format: &id, Criteria: fmt.Sprintf("LEN(TRIM($%s))=0", draw.Cell(questionAnswer, s.Row))}}))
}
