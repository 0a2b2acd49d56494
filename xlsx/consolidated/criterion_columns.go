package consolidated

import (
	"unicode/utf8"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// The columns that say which criterion a row is about are as wide as their longest text, within bounds in
// characters; a longer text is wrapped.
const (
	leastTopic, mostTopic     = 24, 46
	leastTheme, mostTheme     = 12, 30
	leastSubject, mostSubject = 30, 60
	refWidth                  = 11.0
)

// criterionWidths are the widths of the columns Topic, Theme and Criterion.
func (wb *workbook) criterionWidths() (topic, theme, subject float64) {
	t, h, s := 0, 0, 0
	for i := range wb.criteria {
		c := &wb.criteria[i]
		t, h, s = max(t, utf8.RuneCountInString(c.topic)), max(h, utf8.RuneCountInString(c.theme)), max(s, utf8.RuneCountInString(c.Subject))
	}
	return pages.Fitting(t, leastTopic, mostTopic), pages.Fitting(h, leastTheme, mostTheme), pages.Fitting(s, leastSubject, mostSubject)
}
