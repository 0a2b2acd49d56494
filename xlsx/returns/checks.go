package returns

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// checkTable reports what is odd about a whole table, and takes away columns that cannot be trusted.
func (rd *reading) checkTable(t *table, all []*table) {
	head := func(col int32) models.Origin { return rd.cellAt(t.sh, t.header, col) }
	if !rd.lex.isSheet(t.sh.Name, layout.SheetAssessment) && !slices.ContainsFunc(all, func(o *table) bool { return rd.lex.isSheet(o.sh.Name, layout.SheetAssessment) }) {
		rd.find(models.SheetRenamed, rd.at(t.sh.Name, ""), "The answers stand on the sheet '%s'.", printable(t.sh.Name))
	}
	if t.sh.Hidden {
		rd.find(models.SheetHidden, rd.at(t.sh.Name, ""), "The sheet '%s' with the answers is hidden.", printable(t.sh.Name))
	}
	wanted := []layout.Column{layout.Answer, layout.Evidence, layout.Comment}
	if rd.lex.t.Answers.Targets {
		wanted = append(wanted, layout.Target)
	}
	for _, c := range wanted {
		col, ok := t.at(c)
		if !ok {
			code := models.ColumnMissing
			if c == layout.Evidence || c == layout.Comment {
				code = models.TextColumnMissing
			}
			f := models.NewFinding(code, head(t.cols[layout.Ref]), "The table has no column '%s'.", c.Said())
			if other := rd.renamed(t, c); other.Form != "" {
				f = f.Saying(words.Joined(" ", f.Said(), words.Sayf("%s holds levels and may be it.", other)))
				f = f.Advising(words.Sayf("Ask the sender which column holds the answers they mean, and to put the heading '%s' over it.", c.Said()))
			}
			rd.add(f)
		} else if t.sh.ColHidden(col) {
			rd.find(models.ColumnHidden, head(col), "The column '%s' is hidden.", c.Said())
		}
	}
	for _, x := range t.twice {
		first, ok := t.at(x.col)
		if !ok || !slices.Contains(append(wanted, layout.Ref, layout.Target), x.col) || rd.sameColumns(t, first, x.second) {
			continue
		}
		if x.col == layout.Ref {
			rd.find(models.ColumnTwice, head(x.second), "The table has two columns '%s' with different contents. Rows were told apart by the first.", x.col.Said())
			continue
		}
		rd.find(models.ColumnTwice, head(x.second), "The table has two columns '%s' with different contents. Neither was counted.", x.col.Said())
		t.cols[x.col] = 0
	}
	rd.strayColumns(t, all)
	rd.slipped(t)
}

// sameColumns says whether two columns of a table hold the same.
func (rd *reading) sameColumns(t *table, a, b int32) bool {
	for i := range t.sh.Cells {
		c := &t.sh.Cells[i]
		if c.Row <= t.header || c.Row > t.last || c.Col != a && c.Col != b {
			continue
		}
		other := t.sh.Find(c.Row, a+b-c.Col)
		if other == nil || other.Kind != c.Kind || rd.book.Text(other) != rd.book.Text(c) {
			return false
		}
	}
	return true
}

// hiddenRows reports answers in rows that are hidden, one finding for each table.
func (rd *reading) hiddenRows(used []*table) {
	for _, t := range used {
		var refs []string
		var at models.Origin
		for i := range rd.ret.Answers() {
			a := &rd.ret.Answers()[i]
			if a.Level.Origin.Sheet != t.sh.Name || a.Level.Value.IsBlank() && a.Comment.Value == "" && a.Evidence.Value == "" {
				continue
			}
			row, ok := rowOf(a.Level.Origin.Cell)
			if !ok || row <= t.header || row > t.last || !t.sh.RowHidden(row) {
				continue
			}
			if len(refs) == 0 {
				at = a.Level.Origin
			}
			refs = append(refs, a.Ref)
		}
		if len(refs) == 0 {
			continue
		}
		list := words.Named(refs)
		if len(list) > 10 {
			list = append(list[:9], words.Sayf("%d more", len(refs)-9))
		}
		rd.find(models.RowHidden, at, "The rows of these answers are hidden, perhaps by a filter: %s.", words.Joined(", ", list...))
	}
}

// rowOf is the row of an A1 reference.
func rowOf(ref string) (int32, bool) {
	var row int32
	for _, r := range strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		row = row*10 + int32(r-'0')
	}
	return row, row > 0
}

// checkDescriptors reports texts of the assessment that are not the template's.
func (rd *reading) checkDescriptors(h hit) {
	if c := h.t.cell(h.row, colStatement); c != nil && !c.Formula && (c.Kind != sheet.Text || !rd.lex.isText(rd.book.Bytes(c), h.c, statementOf)) {
		rd.about(models.DescriptorEdited, rd.cellAt(h.t.sh, c.Row, c.Col), h.c, "The statement is not the one that was sent out.")
	}
	for _, l := range rd.lex.t.Levels {
		if l.Number >= 0 && l.Number < 64 && h.sent&(1<<l.Number) != 0 {
			continue
		}
		col, ok := h.t.level(l.Number)
		if !ok {
			continue
		}
		c := h.t.sh.Find(h.row, col)
		descriptor := func(c *models.Criterion) string { return c.Descriptors[l.Number] }
		want := h.c.Descriptors[l.Number]
		if c == nil || c.Formula || c.Kind == sheet.Empty {
			continue
		}
		if want == "" && (!shows(rd.book.Bytes(c)) || rd.lex.isText(rd.book.Bytes(c), h.c, statementOf)) {
			continue
		}
		if c.Kind != sheet.Text || !rd.lex.isText(rd.book.Bytes(c), h.c, descriptor) {
			rd.about(models.DescriptorEdited, rd.cellAt(h.t.sh, h.row, col), h.c, "The description of level %d is not the one that was sent out.", l.Number)
		}
	}
}
