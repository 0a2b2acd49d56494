package returns

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// hit is a row that holds the answer to a criterion.
type hit struct {
	t   *table
	row int32
	c   *models.Criterion
	// mixed says that the row's texts are of another criterion than its ref.
	mixed bool
	// sent are the levels whose descriptors stand there as they were sent out, as bits, as far as there is room.
	sent uint64
}

// answers finds the tables, the criteria's rows in them, and reads the answers.
func (rd *reading) answers() error {
	tables, err := rd.tables()
	if err != nil {
		return err
	}
	kept := hitRooms.Get().(*hitRoom)
	defer kept.release()
	hits := kept.hits
	var asking []*table // those with a criterion's row
	for _, t := range tables {
		rows, err := rd.rows(t, kept)
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			asking = append(asking, t)
		}
		for i, h := range rows {
			if had := hits[h.c]; had != nil {
				hits[h.c] = append(had, h)
			} else {
				hits[h.c] = rows[i : i+1 : i+1]
			}
		}
	}
	if len(hits) == 0 {
		rd.find(models.NoAnswersFound, rd.at("", ""), "No sheet has a heading row with 'Ref' and the level, and criteria of this assessment below it.")
		return nil
	}
	asking, describing := rd.describing(asking, hits)
	used := rd.settle(asking, hits)
	for _, t := range used {
		rd.checkTable(t, used)
		if err := rd.ctx.Err(); err != nil { // a check that ran out of time has not seen everything
			return err
		}
	}
	expected := rd.expected()
	rd.ret.SetAnswers(make([]models.Answer, 0, len(rd.lex.t.Criteria)))
	for i := range rd.lex.t.Criteria {
		c := &rd.lex.t.Criteria[i]
		if err := rd.ctx.Err(); err != nil {
			return err
		}
		switch list := hits[c]; len(list) {
		case 0:
			if !expected(c) {
				continue
			}
			rd.find(models.RowMissing, rd.at("", ""), "The row of criterion %s (%s) is not in the workbook.", c.Ref, c.Subject)
			rd.ret.Findings[len(rd.ret.Findings)-1].Ref = c.Ref
		case 1:
			rd.ret.SetAnswers(append(rd.ret.Answers(), rd.answer(list[0])))
		default:
			rd.ret.SetAnswers(append(rd.ret.Answers(), rd.several(list)))
		}
	}
	rd.described(describing)
	rd.hiddenRows(used)
	rd.notes(slices.Concat(used, describing))
	rd.around(used)
	rd.objects(slices.Concat(used, describing))
	rd.coloured(used)
	rd.dropped(used)
	return nil
}

// rows finds the criteria's rows in a table.
func (rd *reading) rows(t *table, kept *hitRoom) ([]hit, error) {
	var list []hit
	refCol := t.cols[layout.Ref]
	cells := t.sh.Cells
	for i := 0; i < len(cells); {
		row := cells[i].Row
		j := i
		for j < len(cells) && cells[j].Row == row {
			j++
		}
		if row > t.header && row <= t.last {
			if err := rd.ctx.Err(); err != nil {
				return nil, err
			}
			c, ok := rd.criterion(t, row, t.sh.Find(row, refCol))
			if ok {
				h := hit{t: t, row: row, c: c}
				if list == nil {
					list = kept.list(len(rd.lex.t.Criteria))
					t.criteria = make([]int32, 0, len(rd.lex.t.Criteria))
				}
				t.criteria = append(t.criteria, row)
				h.mixed = rd.mixed(&h)
				list = append(list, h)
				if len(list) > 20*len(rd.lex.t.Criteria)+1000 {
					return nil, refuse.At(t.sh.Name, "", refuse.New(models.FileOverLimit, "the table of answers has far more rows than the assessment"))
				}
			} else {
				rd.stray(t, row, cells[i:j])
			}
		}
		i = j
	}
	return list, nil
}

// criterion says which criterion a row is for.
func (rd *reading) criterion(t *table, row int32, ref *sheet.Cell) (*models.Criterion, bool) {
	if ref != nil && !ref.NoValue && ref.Kind == sheet.Text {
		b := rd.book.Bytes(ref)
		if c := rd.lex.refs[string(b)]; c != nil {
			return c, true
		}
		if len(b) > 0 {
			key := clean(string(b))
			if c := rd.lex.cleanRefs[key]; c != nil {
				return c, true
			}
			// In many languages 1.1 is typed 1,1; only a row that says by its text that it is this one is believed.
			c := rd.lex.cleanRefs[strings.Replace(key, ",", ".", 1)]
			if c != nil && c == rd.bySubject(t, row) {
				rd.about(models.RefRestored, rd.cellAt(t.sh, row, ref.Col), c, "The reference "+c.Ref+" had become a number or a date; the row was recognised by its text.")
				return c, true
			}
			return nil, false
		}
	}
	subject := rd.bySubject(t, row)
	if ref == nil || ref.NoValue || ref.Kind == sheet.Text && len(rd.book.Bytes(ref)) == 0 {
		if subject == nil || !rd.hasAnswer(t, row) {
			return nil, false
		}
		rd.about(models.RefRestored, rd.cellAt(t.sh, row, t.cols[layout.Ref]), subject, "The reference is missing; the row was read as "+subject.Ref+" by its text.")
		return subject, true
	}
	text := rd.book.Text(ref)
	at := rd.cellAt(t.sh, row, ref.Col)
	var candidates []*models.Criterion
	switch ref.Kind {
	case sheet.Number:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, false
		}
		candidates = rd.lex.numericRefs(x)
	case sheet.Date:
		if d, ok := rd.book.Time(ref); ok {
			candidates = rd.lex.datedRefs(d.Year(), int(d.Month()), d.Day())
		}
		if len(candidates) == 1 && subject == nil {
			candidates = append(candidates, nil) // which day it was meant to be depends on the sender's language
		}
	}
	for _, c := range candidates {
		if c != nil && c == subject {
			rd.about(models.RefRestored, at, c, "The reference "+c.Ref+" had become a number or a date; the row was recognised by its text.")
			return c, true
		}
	}
	switch {
	case len(candidates) == 1 && subject == nil:
		c := candidates[0]
		if text != c.Ref {
			rd.about(models.RefRestored, at, c, "The reference %s had become the number %s.", c.Ref, printable(text))
		}
		return c, true
	case len(candidates) > 0 && (subject == nil || rd.hasAnswer(t, row)):
		names := make([]string, 0, len(candidates))
		for _, c := range candidates {
			if c != nil {
				names = append(names, c.Ref)
			}
		}
		rd.find(models.RefFromDate, at, "The reference in this row has become a number or a date; it could have been %s. The row was not read.", words.Alternatives(names))
	}
	return nil, false
}

// bySubject finds the criterion whose subject or statement stands in the row, if it is the only one.
func (rd *reading) bySubject(t *table, row int32) *models.Criterion {
	for _, col := range []layout.Column{layout.Subject, colStatement} {
		if c := t.cell(row, col); c != nil && c.Kind == sheet.Text {
			if found := rd.lex.byText[rd.lex.key(rd.book.Bytes(c))]; found != nil {
				return found
			}
		}
	}
	return nil
}

// hasAnswer says whether anything stands in the row that a respondent could have put there.
func (rd *reading) hasAnswer(t *table, row int32) bool {
	for _, col := range []layout.Column{layout.Answer, layout.Target, layout.Evidence, layout.Comment} {
		if c := t.cell(row, col); c != nil && !c.Formula {
			return true
		}
	}
	return false
}

// mixed says whether the row's texts are those of another criterion than its ref: then some columns were sorted
// or moved without the others, and nobody can say for which criterion the answer is.
func (rd *reading) mixed(h *hit) bool {
	for _, col := range []layout.Column{layout.Subject, colStatement} {
		c := h.t.cell(h.row, col)
		if c == nil || c.Kind != sheet.Text {
			continue
		}
		b := rd.book.Bytes(c)
		if string(b) != h.c.Subject && string(b) != h.c.Statement && rd.lex.exact[string(b)] != h.c {
			if other := rd.lex.byText[rd.lex.key(b)]; other != nil && other != h.c {
				return true
			}
		}
	}
	for _, l := range h.t.levels {
		c := h.t.sh.Find(h.row, l.col)
		if c == nil || c.Kind != sheet.Text {
			continue
		}
		b := rd.book.Bytes(c)
		if string(b) == h.c.Descriptors[l.number] {
			if l.number >= 0 && l.number < 64 {
				h.sent |= 1 << l.number
			}
			continue
		}
		if rd.lex.exact[string(b)] == h.c {
			continue
		}
		if other := rd.lex.byDescriptor[rd.lex.key(b)]; other != nil && other != h.c {
			return true
		}
	}
	return false
}

// stray reports what a respondent wrote in a row that is no criterion's.
func (rd *reading) stray(t *table, row int32, cells []sheet.Cell) {
	for i := range cells {
		c := &cells[i]
		if c.Formula || c.Kind == sheet.Empty {
			continue
		}
		switch c.Col {
		case t.cols[layout.Answer]:
			ref := t.cell(row, layout.Ref)
			if ref != nil && ref.Kind == sheet.Text && rd.lex.between[rd.lex.key(rd.book.Bytes(ref))] {
				rd.find(models.StrayText, rd.cellAt(t.sh, row, c.Col), "'%s' stands beside the heading '%s', not beside a criterion.", printable(rd.book.Text(c)), printable(rd.book.Text(ref)))
			} else if ref != nil && !ref.Formula && ref.Kind == sheet.Text && len(rd.book.Bytes(ref)) > 0 {
				rd.find(models.RefUnknown, rd.cellAt(t.sh, row, ref.Col), "The assessment has no criterion '%s'; the answer beside it was not counted.", printable(rd.book.Text(ref)))
			} else {
				rd.find(models.StrayText, rd.cellAt(t.sh, row, c.Col), "'%s' stands in a row that belongs to no criterion.", printable(rd.book.Text(c)))
			}
		case t.cols[layout.Target], t.cols[layout.Evidence], t.cols[layout.Comment]:
			rd.find(models.StrayText, rd.cellAt(t.sh, row, c.Col), "'%s' stands in a row that belongs to no criterion.", printable(rd.book.Text(c)))
		}
	}
}

func (rd *reading) about(code models.Code, at models.Origin, c *models.Criterion, message string, values ...any) {
	rd.add(models.NewFinding(code, at, message, values...).About(c.Ref))
}
