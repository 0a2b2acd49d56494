package xlsx

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models/wording"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
	"github.com/xuri/excelize/v2"
)

// Filling is what a respondent fills in. Empty fields are left as they are.
type Filling struct {
	Respondent FillRespondent
	// Questions are answers to the questions on the sheet Start.
	Questions []FillQuestion
	Cells     []FillCell
	// Words are the words of the workbook; nil for those of a language that rubric has words of.
	Words *wording.Words
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
}

// FillCell is what a respondent fills in for one criterion, as text: the labels of the dropdowns, or whatever
// else a person might type.
type FillCell struct {
	Ref                               string
	Answer, Target, Evidence, Comment string
}

// Fill fills in a workbook that Assessment.Write has made, as a person would in a spreadsheet program: it writes
// into the input cells only and keeps everything else. It is for demonstrations and tests, and not for workbooks
// that came from outside. It fails where the workbook has no cell for something. The formulas have
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
	buf, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	base, err := settle(workbook, buf.Bytes(), filling.Saved)
	if err != nil {
		return nil, err
	}
	if err := calculate(base, buf.Bytes(), nil); err != nil {
		return nil, err
	}
	return base.Bytes()
}

// wordsOf finds the language of a workbook by the name of its sheet with the answers.
func wordsOf(f *excelize.File) *wording.Words {
	for _, tag := range wording.Languages() {
		if w, _ := wording.For(tag); slices.Contains(f.GetSheetList(), w.Get("sheet_assessment")) {
			return w
		}
	}
	return wording.English()
}

func fillRespondent(f *excelize.File, w *wording.Words, r FillRespondent) error {
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
	}{{labelName, sheetdata.Underscores(r.Name)}, {labelRole, sheetdata.Underscores(r.Role)}, {labelDate, date}, {labelSignedBy, sheetdata.Underscores(r.SignedBy)}, {labelChecked, sheetdata.Underscores(r.Checked)}} {
		label, value := w.Get(field.label), field.value
		if value == "" {
			continue
		}
		found := false
		for i, row := range rows {
			for k, text := range row {
				if text == label && !found {
					found = true
					if err := f.SetCellValue(start, cell(k+2, i+1), value); err != nil {
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

func fillAnswers(f *excelize.File, w *wording.Words, cells []FillCell) error {
	assessment := w.Get("sheet_assessment")
	rows, err := f.GetRows(assessment)
	if err != nil {
		return err
	}
	columns, at := map[column]int{}, map[string]int{}
	for i, row := range rows {
		if len(columns) == 0 {
			columns = headingsOf(w, row)
			continue
		}
		if k := columns[colRef] - 1; k < len(row) {
			at[row[k]] = i + 1
		}
	}
	for _, c := range cells {
		row, ok := at[c.Ref]
		if !ok {
			return fmt.Errorf("the sheet %s has no row for criterion %q", assessment, c.Ref)
		}
		for _, input := range []struct {
			col   column
			value string
		}{{colAnswer, c.Answer}, {colTarget, c.Target}, {colEvidence, c.Evidence}, {colComment, c.Comment}} {
			col, value := input.col, input.value
			if value == "" {
				continue
			}
			if columns[col] == 0 {
				return fmt.Errorf("the sheet %s has no column %q", assessment, col.heading())
			}
			if err := f.SetCellStr(assessment, cell(columns[col], row), sheetdata.Underscores(value)); err != nil {
				return err
			}
		}
	}
	return nil
}

// headingsOf finds the columns by their headings; nil where the row is not the row of headings.
func headingsOf(w *wording.Words, row []string) map[column]int {
	columns := map[column]int{}
	for i, text := range row {
		for col, key := range headings {
			if text == w.Get(key) || col == colAnswer && text == w.Get(answerHeadingRated) || slices.Contains(readHeadings[col], text) {
				columns[col] = i + 1
			}
		}
	}
	if columns[colRef] == 0 || columns[colAnswer] == 0 {
		return nil
	}
	return columns
}

var modified = regexp.MustCompile(`(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)`)

// settle puts right what excelize leaves to chance, keeps the document properties as they were, and sets the time
// of saving.
func settle(before, after []byte, saved time.Time) (*splice.Base, error) {
	old, err := splice.Parse(before)
	if err != nil {
		return nil, err
	}
	base, err := splice.Parse(after)
	if err != nil {
		return nil, err
	}
	for _, name := range base.Names() {
		part, _ := base.Part(name)
		was, kept := old.Part(name)
		switch {
		case name == "[Content_Types].xml":
			base.Set(name, sortedTypes(part))
		case strings.HasPrefix(name, "docProps/") && kept:
			if !saved.IsZero() {
				was = modified.ReplaceAll(was, []byte("${1}"+saved.UTC().Format(time.RFC3339)+"${2}"))
			}
			base.Set(name, was)
		}
	}
	return base, nil
}
