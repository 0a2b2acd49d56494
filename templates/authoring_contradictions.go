package templates

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// sides are the two sides of a contradiction, and the columns that each has.
var (
	sides       = []string{"if", "and"}
	sideColumns = []string{"ref", "from", "to"}
)

// contradictionsSheet has a row for each pair of answers that cannot both be right.
func contradictionsSheet(t *models.Template) AuthoringSheet {
	s := AuthoringSheet{Name: sheetContradictions, Help: "Answers that cannot both be right: each row is a pair, and a return that has both gets a warning; the sheet may stay empty."}
	for _, side := range sides {
		s.Columns = append(s.Columns, AuthoringColumn{Heading: side + "_ref", Width: 14, ChoicesFrom: sheetCriteria},
			AuthoringColumn{Heading: side + "_from", Help: "the lowest number on its scale that is meant", Width: 12, Number: true},
			AuthoringColumn{Heading: side + "_to", Help: "the highest number on its scale that is meant", Width: 12, Number: true})
	}
	for _, x := range t.Contradictions {
		s.Rows = append(s.Rows, []string{x.If.Ref, number(x.If.From), number(x.If.To), x.And.Ref, number(x.And.From), number(x.And.To)})
	}
	return s
}

// contradictions writes the lines of the sheet Contradictions.
func (a *authored) contradictions(s *Sheet) {
	if s == nil || len(s.Rows) == 0 {
		return
	}
	var known []string
	for _, side := range sides {
		for _, column := range sideColumns {
			known = append(known, side+"_"+column)
		}
	}
	keys, begun := a.headings(s, known), false
	for row := 1; row < len(s.Rows); row++ {
		if !slices.ContainsFunc(s.Rows[row], func(c Cell) bool { return strings.TrimSpace(c.Text) != "" }) {
			continue
		}
		first := s.place(s.at(row, 0))
		if !begun {
			a.line(first, "contradictions:")
			begun = true
		}
		a.line(first, "  -")
		for _, side := range sides {
			a.line(first, "    "+side+":")
			for _, column := range sideColumns {
				if i := slices.Index(keys, side+"_"+column); i >= 0 && s.at(row, i).Text != "" {
					c := s.at(row, i)
					a.line(s.place(c), "      "+column+": "+scalarOf(c.Text, column != "ref"))
				}
			}
		}
	}
}
