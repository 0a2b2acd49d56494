package round

import (
	"strconv"
	"strings"
)

// Merge says that the cells of a range were made one. What stands in the first of them is in those below it, too, where
// rows with content are; those beside it are marked. It returns how many cells it looked at, which is at most one more than
// most.
func (s *Sheet) Merge(top, left, bottom, right, most int) int {
	visited := 0
	if top < 1 || left < 1 || top > len(s.Rows) {
		return 1
	}
	name := columnLetter(left) + strconv.Itoa(top) + ":" + columnLetter(right) + strconv.Itoa(bottom)
	first := Cell{}
	if row := s.Rows[top-1]; left <= len(row) {
		first = row[left-1]
	}
	for i := top - 1; i < min(bottom, len(s.Rows)); i++ {
		row := s.Rows[i]
		if visited++; visited > most {
			return visited
		}
		if blankRow(row) {
			continue
		}
		for k := left - 1; k < right; k++ {
			if k >= len(row) && (k > left-1 || first.isBlank()) {
				break // beyond the end of the row only what is copied there matters
			}
			if visited++; visited > most {
				return visited
			}
			for len(row) <= k {
				row = append(row, Cell{Line: i + 1, Column: len(row) + 1, Ref: columnLetter(len(row)+1) + strconv.Itoa(i+1), Sheet: first.Sheet})
			}
			c := &row[k]
			switch {
			case first.isBlank() && c.isBlank():
			case k >= left:
				c.Merged, c.Across = name, true
			case i >= top:
				c.Text, c.NoResult, c.Merged = first.Text, first.NoResult, name
			}
		}
		s.Rows[i] = row
	}
	return visited
}

// columnLetter is the letters of a column, from 1: A is 1.
func columnLetter(n int) string {
	var b strings.Builder
	if n > 26 {
		b.WriteString(columnLetter((n - 1) / 26))
	}
	b.WriteByte(byte('A' + (n-1)%26))
	return b.String()
}
