// Package authoring writes workbooks of plain tables for people to edit, such as a template taken apart into sheets of
// levels, topics and criteria: headings that stay in view, filters, dropdowns, prompts, and marks for what is doubled or
// missing.
//
// Input is the tables as texts, with what each column takes; output is an xlsx workbook, the same bytes for the same
// input. Write is all there is; xlsx.ReadTables reads the workbook back. Write refuses what a spreadsheet cannot hold:
// a name that no sheet may have, or a list of choices that is too long for a dropdown.
package authoring

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/xuri/excelize/v2"
)

// Sheet is a sheet that a person edits as a plain table: headings in the first row, a text in each
// cell below.
type Sheet struct {
	Name string
	// Help says in a sentence what the sheet is for; it is shown as the prompt of the heading cells.
	Help    string
	Columns []Column
	Rows    [][]string
}

// Column is a column of an authoring sheet.
type Column struct {
	Heading, Help string
	// Width is in characters.
	Width int
	// Choices are offered as a dropdown; with ChoicesFrom it is the first column of that sheet.
	Choices     []string
	ChoicesFrom string
	// Number says that numbers are written as numbers; all else is text, so that 1.10 stays 1.10.
	Number bool
	// Unique marks a text that stands more than once, Needed one that is missing in a row with a first cell.
	Unique, Needed bool
}

// mostChoices is the last row of a sheet whose first column is offered as a list: a template has up to 1,000 criteria.
const mostChoices = 1001 + spareRows

// spareRows is how many empty rows below the content are prepared for more.
const spareRows = 300

// Write writes a workbook of plain tables for editing: headings that stay in view, filters, dropdowns,
// prompts, and marks for what is doubled or missing. ReadTables reads it back. Same input, same bytes.
func Write(w io.Writer, title string, sheets []Sheet) error {
	f := excelize.NewFile()
	defer f.Close()
	a := &authoring{f: f, pal: draw.NewPalette("")}
	if err := a.styles(); err != nil {
		return err
	}
	for i, s := range sheets {
		if i == 0 {
			a.try(f.SetSheetName("Sheet1", s.Name))
		} else {
			_, err := f.NewSheet(s.Name)
			a.try(err)
		}
		a.sheet(s)
	}
	a.try(f.SetDocProps(&excelize.DocProperties{Title: title, Creator: "rubric", LastModifiedBy: "rubric",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z", Language: "en-GB"}))
	if a.err != nil {
		return fmt.Errorf("the authoring workbook could not be made: %w", a.err)
	}
	_, err := f.WriteTo(w)
	return err
}

// authoring is an authoring workbook being written; err is the first thing that went wrong.
type authoring struct {
	f                    *excelize.File
	pal                  draw.Palette
	head, text, number   int
	doubled, missingMark int
	err                  error
}

func (a *authoring) try(err error) {
	if a.err == nil {
		a.err = err
	}
}

func (a *authoring) styles() error {
	border := []excelize.Border{{Type: "left", Color: a.pal.Line, Style: 1}, {Type: "right", Color: a.pal.Line, Style: 1},
		{Type: "top", Color: a.pal.Line, Style: 1}, {Type: "bottom", Color: a.pal.Line, Style: 1}}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	font := func(ink string, bold bool) *excelize.Font {
		return &excelize.Font{Family: "Arial", Size: 10, Color: ink, Bold: bold}
	}
	fill := func(c string) excelize.Fill { return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c}} }
	for _, x := range []struct {
		id    *int
		style excelize.Style
	}{
		{&a.head, excelize.Style{Font: font(a.pal.OnAccent, true), Fill: fill(a.pal.Accent), Alignment: top, Border: border}},
		{&a.text, excelize.Style{Font: font(a.pal.Ink, false), Alignment: top, Border: border, NumFmt: 49}}, // 49 is @: typed refs stay text
		{&a.number, excelize.Style{Font: font(a.pal.Ink, false), Alignment: top, Border: border}},
	} {
		id, err := a.f.NewStyle(&x.style)
		if err != nil {
			return err
		}
		*x.id = id
	}
	var err error
	if a.doubled, err = a.f.NewConditionalStyle(&excelize.Style{Font: font(a.pal.Ink, true), Fill: fill("FFD7D7")}); err != nil {
		return err
	}
	a.missingMark, err = a.f.NewConditionalStyle(&excelize.Style{Fill: fill("FFF2CC")})
	return err
}

func (a *authoring) sheet(s Sheet) {
	last := len(s.Rows) + 1 + spareRows
	for i, c := range s.Columns {
		column, err := excelize.ColumnNumberToName(i + 1)
		a.try(err)
		a.try(a.f.SetColWidth(s.Name, column, column, float64(c.Width)))
		a.try(a.f.SetCellStr(s.Name, column+"1", c.Heading))
		style := a.text
		if c.Number {
			style = a.number
		}
		a.try(a.f.SetCellStyle(s.Name, column+"2", fmt.Sprintf("%s%d", column, last), style))
		a.rules(s, c, column, last)
	}
	end, err := excelize.ColumnNumberToName(len(s.Columns))
	a.try(err)
	a.try(a.f.SetCellStyle(s.Name, "A1", end+"1", a.head))
	for r, row := range s.Rows {
		lines := 1
		for i, text := range row {
			if text == "" {
				continue
			}
			lines = max(lines, linesIn(text, s.Columns[i].Width))
			cell, err := excelize.CoordinatesToCellName(i+1, r+2)
			a.try(err)
			if n, err := strconv.ParseFloat(text, 64); err == nil && s.Columns[i].Number {
				a.try(a.f.SetCellValue(s.Name, cell, n))
			} else {
				a.try(a.f.SetCellStr(s.Name, cell, sheetdata.Underscores(text)))
			}
		}
		a.try(a.f.SetRowHeight(s.Name, r+2, min(float64(lines)*13.5+2, 400)))
	}
	a.try(a.f.SetPanes(s.Name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
	a.try(a.f.AutoFilter(s.Name, fmt.Sprintf("A1:%s%d", end, len(s.Rows)+1), nil))
	landscape, fit, fits := "landscape", 1, true
	a.try(a.f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fits}))
	a.try(a.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: s.Name + "!$1:$1", Scope: s.Name}))
	a.try(a.f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &fit, FitToHeight: new(int)}))
	a.try(a.f.SetSheetDimension(s.Name, fmt.Sprintf("A1:%s%d", end, len(s.Rows)+1)))
}

// linesIn estimates how many lines a text takes in a column of so many characters.
func linesIn(text string, width int) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += 1 + utf8.RuneCountInString(line)*18/(20*width)
	}
	return n
}

// rules adds the dropdown or prompt of a column, and the marks for what is doubled or missing.
func (a *authoring) rules(s Sheet, c Column, column string, last int) {
	dv := excelize.NewDataValidation(true)
	dv.Sqref = fmt.Sprintf("%s2:%s%d", column, column, last)
	dv.SetInput(c.Heading, cmp.Or(c.Help, s.Help))
	switch {
	case c.ChoicesFrom != "":
		dv.SetSqrefDropList(fmt.Sprintf("%s!$A$2:$A$%d", c.ChoicesFrom, mostChoices))
		dv.SetError(excelize.DataValidationErrorStyleStop, "Not in the list", "Choose one of the ids on the sheet "+c.ChoicesFrom+", or add it there first.")
	case len(c.Choices) > 0:
		a.try(dv.SetDropList(c.Choices))
		dv.SetError(excelize.DataValidationErrorStyleStop, "Not in the list", "Choose one of the list, or leave the cell empty.")
	}
	a.try(a.f.AddDataValidation(s.Name, dv))
	var marks []excelize.ConditionalFormatOptions
	if c.Unique {
		marks = append(marks, excelize.ConditionalFormatOptions{Type: "formula", Format: &a.doubled,
			// Not COUNTIF, which takes the texts 1.1 and 1.10 for the same number.
			Criteria: fmt.Sprintf(`AND($%s2<>"",SUMPRODUCT(--($%s$2:$%s$%d=$%s2))>1)`, column, column, column, last, column)})
	}
	if c.Needed {
		marks = append(marks, excelize.ConditionalFormatOptions{Type: "formula", Format: &a.missingMark,
			Criteria: fmt.Sprintf(`AND($A2<>"",%s2="")`, column)})
	}
	if len(marks) > 0 {
		a.try(a.f.SetConditionalFormat(s.Name, dv.Sqref, marks))
	}
}
