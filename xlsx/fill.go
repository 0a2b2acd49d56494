package xlsx

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/rubric-project/rubric/xlsx/internal/splice"
	"github.com/xuri/excelize/v2"
)

// Filling is what a respondent fills in. Empty fields are left as they are.
type Filling struct {
	Respondent FillRespondent
	// Questions are answers to the questions on the sheet Start.
	Questions []FillQuestion
	Cells     []FillCell
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
	if err := fillRespondent(f, filling.Respondent); err != nil {
		return nil, err
	}
	if err := fillQuestions(f, filling.Questions); err != nil {
		return nil, err
	}
	if err := fillAnswers(f, filling.Cells); err != nil {
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

func fillRespondent(f *excelize.File, r FillRespondent) error {
	var date any = r.Date
	if d, err := time.Parse(time.DateOnly, r.Date); err == nil {
		date = d
	}
	rows, err := f.GetRows(SheetStart)
	if err != nil {
		return err
	}
	for _, field := range []struct {
		label string
		value any
	}{{labelName, r.Name}, {labelRole, r.Role}, {labelDate, date}, {labelSignedBy, r.SignedBy}} {
		label, value := field.label, field.value
		if value == "" {
			continue
		}
		found := false
		for i, row := range rows {
			for k, text := range row {
				if text == label && !found {
					found = true
					if err := f.SetCellValue(SheetStart, cell(k+2, i+1), value); err != nil {
						return err
					}
				}
			}
		}
		if !found {
			return fmt.Errorf("the sheet %s has no field %q", SheetStart, label)
		}
	}
	return nil
}

func fillAnswers(f *excelize.File, cells []FillCell) error {
	rows, err := f.GetRows(SheetAssessment)
	if err != nil {
		return err
	}
	columns, at := map[column]int{}, map[string]int{}
	for i, row := range rows {
		if len(columns) == 0 {
			columns = headingsOf(row)
			continue
		}
		if k := columns[colRef] - 1; k < len(row) {
			at[row[k]] = i + 1
		}
	}
	for _, c := range cells {
		row, ok := at[c.Ref]
		if !ok {
			return fmt.Errorf("the sheet %s has no row for criterion %q", SheetAssessment, c.Ref)
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
				return fmt.Errorf("the sheet %s has no column %q", SheetAssessment, headings[col])
			}
			if err := f.SetCellStr(SheetAssessment, cell(columns[col], row), value); err != nil {
				return err
			}
		}
	}
	return nil
}

// headingsOf finds the columns by their headings; nil where the row is not the row of headings.
func headingsOf(row []string) map[column]int {
	columns := map[column]int{}
	for i, text := range row {
		for col, heading := range headings {
			if text == heading || col == colAnswer && text == answerHeadingRated {
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
