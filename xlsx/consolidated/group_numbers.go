package consolidated

import (
	"slices"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// Formulas tell groups apart by a number that each row carries behind its last column: a criterion that is a text, as
// COUNTIFS takes one, is read without regard to case and with wildcards, and comparing texts over a range in SUMPRODUCT
// comes to other figures in other programs.

// groupNumber is the number of a value in a group column, from 1; 0 for a value that the column does not have.
func (wb *workbook) groupNumber(column int, value string) int {
	return 1 + slices.IndexFunc(wb.groups[column].values, func(v groupValue) bool { return v.value == value })
}

// numberHeadings adds the headings of the columns of group numbers.
func (wb *workbook) numberHeadings(headings []string) []string {
	for _, g := range wb.groups {
		headings = append(headings, pages.Distinct(wb.tell("%s (number)", g.name), headings))
	}
	return headings
}
