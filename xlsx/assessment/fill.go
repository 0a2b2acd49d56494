package assessment

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/amend"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/xuri/excelize/v2"
)

// Filling is what a respondent fills in. Empty fields are left as they are.
type Filling struct {
	Respondent FillRespondent
	// Questions are answers to the questions on the sheet Start.
	Questions []FillQuestion
	Cells     []FillCell
	// Words are the words of the workbook; nil for those of a language that rubric has words of.
	Words *words.Words
	// Saved is the workbook's own time of last saving; the zero time leaves it as it is.
	Saved time.Time
}

// FillRespondent is what a respondent fills in on the sheet Start.
type FillRespondent struct {
	Name, Role string
	// Date is the date of completion: a spreadsheet program makes a date of it where it is written
	// year-month-day; anything else stays text.
	Date     string
	SignedBy string
	// Checked is for workbooks with answers carried over.
	Checked string
	// Confirmed is for consensus workbooks.
	Confirmed string
}

// FillCell is what a respondent fills in for one criterion, as text: the labels of the dropdowns, or whatever
// else a person might type. Of an answer in figures a number is made, as a spreadsheet program does.
type FillCell struct {
	Ref                               string
	Answer, Target, Evidence, Comment string
	// Confirmed is for workbooks with answers carried over.
	Confirmed string
}

// Fill fills in a workbook that Assessment.Write has made, as a person would in a spreadsheet program: it writes
// into the input cells only and keeps everything else. It is for demonstrations and tests, and not for workbooks
// that came from outside: it is the one place where excelize reads a file, and what it reads is what this program has
// just made. It fails where the workbook has no cell for something. The formulas have
// the values that a spreadsheet program would store beside them. The same arguments give the same bytes.
func Fill(workbook []byte, filling Filling) ([]byte, error) {
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		return nil, fmt.Errorf("opening the workbook to fill in: %w", err)
	}
	defer f.Close()
	w := filling.Words
	if w == nil {
		w = wordsOf(f)
	}
	if err := fillRespondent(f, w, filling.Respondent); err != nil {
		return nil, err
	}
	if err := fillQuestions(f, w, filling.Questions); err != nil {
		return nil, err
	}
	if err := fillAnswers(f, w, filling.Cells); err != nil {
		return nil, err
	}
	if err := f.UpdateLinkedValue(); err != nil {
		return nil, err
	}
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return unpacked{zip.NewWriter(w)} })
	buf, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	base, err := amend.Settle(workbook, buf.Bytes(), filling.Saved)
	if err != nil {
		return nil, err
	}
	if err := amend.Calculate(base, buf.Bytes(), nil); err != nil {
		return nil, err
	}
	return base.Bytes()
}

// unpacked writes a package that is taken apart again at once, so that packing it would be for nothing.
type unpacked struct{ *zip.Writer }

func (u unpacked) Create(name string) (io.Writer, error) {
	return u.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
}

// wordsOf finds the language of a workbook by the name of its sheet with the answers.
func wordsOf(f *excelize.File) *words.Words {
	for _, tag := range words.Languages() {
		if w, _ := words.For(tag); slices.Contains(f.GetSheetList(), w.Get("sheet_assessment")) {
			return w
		}
	}
	return words.English()
}

func fillRespondent(f *excelize.File, w *words.Words, r FillRespondent) error {
	start := w.Get("sheet_start")
	var date any = sheetdata.Underscores(r.Date)
	if d, err := time.Parse(time.DateOnly, r.Date); err == nil {
		date = d
	}
	rows, err := f.GetRows(start)
	if err != nil {
		return err
	}
	for _, field := range []struct {
		label string
		value any
	}{{layout.LabelName, sheetdata.Underscores(r.Name)}, {layout.LabelRole, sheetdata.Underscores(r.Role)}, {layout.LabelDate, date}, {layout.LabelSignedBy, sheetdata.Underscores(r.SignedBy)}, {layout.LabelChecked, sheetdata.Underscores(r.Checked)},
		{layout.LabelConfirmed, sheetdata.Underscores(r.Confirmed)}} {
		label, value := w.Get(field.label), field.value
		if value == "" {
			continue
		}
		found := false
		for i, row := range rows {
			for k, text := range row {
				if text == label && !found {
					found = true
					if err := f.SetCellValue(start, draw.Cell(k+2, i+1), value); err != nil {
						return err
					}
				}
			}
		}
		if !found {
			return fmt.Errorf("the sheet %s has no field %q", start, label)
		}
	}
	return nil
}

func fillAnswers(f *excelize.File, w *words.Words, cells []FillCell) error {
	assessment := w.Get("sheet_assessment")
	rows, err := f.GetRows(assessment)
	if err != nil {
		return err
	}
	columns, at := map[layout.Column]int{}, map[string]int{}
	for i, row := range rows {
		if len(columns) == 0 {
			columns = headingsOf(w, row)
			continue
		}
		if k := columns[layout.Ref] - 1; k < len(row) {
			at[row[k]] = i + 1
		}
	}
	for _, c := range cells {
		row, ok := at[c.Ref]
		if !ok {
			return fmt.Errorf("the sheet %s has no row for criterion %q", assessment, c.Ref)
		}
		for _, input := range []struct {
			col   layout.Column
			value string
		}{{layout.Answer, c.Answer}, {layout.Target, c.Target}, {layout.Evidence, c.Evidence}, {layout.Comment, c.Comment}, {layout.Confirmed, c.Confirmed}} {
			col, value := input.col, input.value
			if value == "" {
				continue
			}
			if columns[col] == 0 {
				return fmt.Errorf("the sheet %s has no column %q", assessment, col.Heading())
			}
			var held any = sheetdata.Underscores(value)
			if n, ok := typed(value).(int); ok && (col == layout.Answer || col == layout.Target) {
				held = n
			}
			if err := f.SetCellValue(assessment, draw.Cell(columns[col], row), held); err != nil {
				return err
			}
		}
	}
	return nil
}

// headingsOf finds the columns by their headings; nil where the row is not the row of headings.
func headingsOf(w *words.Words, row []string) map[layout.Column]int {
	columns := map[layout.Column]int{}
	for i, text := range row {
		for col, key := range layout.Headings {
			if text == w.Get(key) || col == layout.Answer && text == w.Get(layout.AnswerHeadingRated) {
				columns[col] = i + 1
			}
		}
	}
	if columns[layout.Ref] == 0 || columns[layout.Answer] == 0 {
		return nil
	}
	// A template may have a heading of its own for targets. They stand beside the answers, before the evidence.
	if next := columns[layout.Answer] + 1; columns[layout.Target] == 0 && columns[layout.Evidence] == next+1 {
		columns[layout.Target] = next
	}
	return columns
}
