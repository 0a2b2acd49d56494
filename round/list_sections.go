package round

import (
	"slices"
	"strings"
	"unicode"
)

// isSection says whether a row is a heading between recipients, such as North schools: it holds some words and nothing
// else. That is a problem, as it might be a recipient that lost the rest.
func (p *listParser) isSection(row []Cell) bool {
	filled := slices.DeleteFunc(slices.Clone(row), func(c Cell) bool { return c.isBlank() || c.Across })
	if len(filled) != 1 || len(p.columns.order) < 3 {
		return false
	}
	c := filled[0]
	text := tidy(c.Text)
	words := strings.ContainsFunc(text, unicode.IsLetter) && strings.Contains(text, " ")
	across := slices.ContainsFunc(row, func(c Cell) bool { return c.Across })
	if !words && !across || isExcelError(text) || c.NoResult {
		return false
	}
	p.addKind(ProblemText, c, "the row holds "+quote(text)+" and nothing else, as a heading between recipients does",
		"delete the row; if it is a recipient, fill in its id and its name")
	return true
}
