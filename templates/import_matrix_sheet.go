package templates

import (
	"strconv"
	"strings"
)

// Sheet is a sheet of a workbook, or a CSV file, as rows of cells. Reading the file is the caller's part.
type Sheet struct {
	File string
	// Name is the sheet's name; empty for a CSV file.
	Name string
	// Hidden says that a person who opens the workbook does not see the sheet.
	Hidden bool
	Rows   [][]Cell
}

// Cell is a cell's text, with its reference such as C4. Merged cells hold their text in the first only.
type Cell struct{ Ref, Text string }

func (s *Sheet) place(c Cell) Place { return Place{File: s.File, Sheet: s.Name, Cell: c.Ref} }

// at is the cell of a row and a column, counted from 0; an empty cell beyond the row's end.
func (s *Sheet) at(row, col int) Cell {
	if row < len(s.Rows) && col >= 0 && col < len(s.Rows[row]) {
		return s.Rows[row][col]
	}
	return Cell{Ref: columnName(col) + strconv.Itoa(row+1)}
}

func columnName(col int) string {
	if col < 0 {
		return ""
	}
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

// cellText keeps the lines of a cell, each tidied.
func cellText(s string) string {
	var out []string
	for _, line := range strings.Split(strings.ReplaceAll(s, "\r", "\n"), "\n") {
		if line = tidy(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
