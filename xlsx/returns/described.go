package returns

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// Since version 2 of the layout the descriptors stand in a table of their own, on another sheet than the answers.

// describes says whether a table has nothing but descriptors: there is no column in it that a respondent fills in.
func (t *table) describes() bool {
	for _, col := range []layout.Column{layout.Answer, layout.Target, layout.Evidence, layout.Comment, layout.Status} {
		if _, ok := t.at(col); ok {
			return false
		}
	}
	return len(t.levels) > 1
}

// describing takes the tables of descriptors out of those that ask, and their rows out of the hits, where another table
// asks for the answers.
func (rd *reading) describing(tables []*table, hits map[*models.Criterion][]hit) (asking, describing []*table) {
	if !slices.ContainsFunc(tables, func(t *table) bool { return !t.describes() }) {
		return tables, nil
	}
	for _, t := range tables {
		if t.describes() {
			describing = append(describing, t)
		} else {
			asking = append(asking, t)
		}
	}
	if len(describing) == 0 {
		return asking, nil
	}
	rd.levelsOf = map[*models.Criterion]hit{}
	for c, list := range hits {
		kept := list[:0:0]
		for _, h := range list {
			if !h.t.describes() {
				kept = append(kept, h)
			} else if _, ok := rd.levelsOf[c]; !ok {
				rd.levelsOf[c] = h
			}
		}
		if hits[c] = kept; len(kept) == 0 {
			delete(hits, c)
		}
	}
	return asking, describing
}

// described reports what is odd about the tables of descriptors, in the template's order.
func (rd *reading) described(tables []*table) {
	for _, t := range tables {
		rd.strayColumns(t, tables)
	}
	for i := range rd.lex.t.Criteria {
		if h, ok := rd.levelsOf[&rd.lex.t.Criteria[i]]; ok {
			rd.checkDescriptors(h)
			rd.checkRow(h)
		}
	}
}

// confirmed reads whether the respondent says that the answer still holds as it was carried over.
func (rd *reading) confirmed(h hit) {
	c := h.t.cell(h.row, layout.Confirmed)
	if c == nil || c.Kind == sheet.Empty || !shows(rd.book.Bytes(c)) {
		return
	}
	if (rd.lex.yes[clean(rd.book.Text(c))] || rd.cross(c)) && !rd.book.Struck(c) {
		rd.ret.Confirmed = append(rd.ret.Confirmed, h.c.Ref)
		return
	}
	rd.about(models.StrayText, rd.cellAt(h.t.sh, c.Row, c.Col), h.c, "'%s' stands under '%s', and does not say that the answer still holds.", printable(rd.book.Text(c)), layout.Confirmed.Said())
}

// offered says whether a cell holds a short form that the workbook itself offers.
func (rd *reading) offered(h hit, c *sheet.Cell) bool {
	if !rd.short {
		return false
	}
	held := clean(rd.book.Text(c))
	if held == "n/a" {
		return true
	}
	return slices.ContainsFunc(h.scale(rd), func(s models.Step) bool { return clean(s.Code) == held })
}
