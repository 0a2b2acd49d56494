package consolidated

import (
	"unicode/utf8"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// The columns that say whose a row is are as wide as their longest text, within bounds in characters.
const (
	leastGroup = 14
	mostGroup  = 30
	leastID    = 12
	mostID     = 30
)

// recipientWidths are the widths of the columns ID, Recipient and those of the groups.
func (wb *workbook) recipientWidths() []float64 {
	id, name, groups := 0, 0, make([]int, len(wb.groups))
	for i := range wb.in.Members {
		rc := &wb.in.Members[i].Recipient
		id, name = max(id, utf8.RuneCountInString(rc.ID)), max(name, utf8.RuneCountInString(rc.Name))
	}
	for i, col := range wb.groups {
		for _, v := range col.values {
			groups[i] = max(groups[i], utf8.RuneCountInString(v.value))
		}
	}
	out := []float64{pages.Fitting(id, leastID, mostID), pages.Fitting(name, pages.LeastName, pages.MostName)}
	for _, n := range groups {
		out = append(out, pages.Fitting(n, leastGroup, mostGroup))
	}
	return out
}

// nameLook is how recipients' names look: on one line, or wrapped where the column is too narrow.
type nameLook struct{ plain, wrapped int }

func (wb *workbook) nameLook() nameLook {
	return nameLook{wb.fr.Text(), wb.fr.Style(pages.Look{Lined: true, Wrap: true})}
}

func (l nameLook) style(name string) int {
	if utf8.RuneCountInString(name) > pages.MostName-2 {
		return l.wrapped
	}
	return l.plain
}

// height is the height in points of a row with the name, 0 for the usual one.
func (l nameLook) height(name string) float64 {
	n := utf8.RuneCountInString(name)
	if n <= pages.MostName-2 {
		return 0
	}
	return float64((n+pages.MostName-11)/(pages.MostName-10)) * 15.5
}
