package returns

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// longestChoice is the length in bytes up to which a text in the place of a descriptor is looked at as an answer.
const longestChoice = 40

// shifted finds the sign that cells of a row were inserted or deleted, so that the others moved to the side: a choice
// or another level's descriptor where a text of the assessment belongs or, with no answer beside it, where the evidence belongs; in the place of the
// answer a descriptor that is gone from its own; in that of the comment the formula of the status. What stands under the headings is another thing's then. It gives nil
// where there is none.
func (rd *reading) shifted(h hit) *sheet.Cell {
	ch := rd.lex.choicesFor(h.c)
	isLabel := func(c *sheet.Cell) bool {
		if c == nil || c.Kind != sheet.Text {
			return false
		}
		_, ok := ch.labels[string(rd.book.Bytes(c))]
		return ok
	}
	isChoice := func(c *sheet.Cell) bool { // in any form that an answer can have
		if c == nil || c.Kind == sheet.Number {
			return c != nil
		}
		b := rd.book.Bytes(c)
		if c.Kind != sheet.Text || len(b) > longestChoice {
			return false
		}
		v := ch.text(string(b), nil)
		return !v.choice.IsBlank() || v.code == models.AnswerAmbiguous
	}
	if c := h.t.cell(h.row, colStatement); c != nil && !rd.lex.isText(rd.book.Bytes(c), h.c, statementOf) && isChoice(c) {
		return c
	}
	if c := h.t.cell(h.row, layout.Chosen); c != nil && !c.Formula && !rd.lex.isText(rd.book.Bytes(c), h.c, statementOf) && isChoice(c) {
		return c
	}
	answer := h.t.cell(h.row, layout.Answer)
	for _, l := range rd.lex.t.Levels {
		col, ok := h.t.level(l.Number)
		if !ok || l.Number >= 0 && l.Number < 64 && h.sent&(1<<l.Number) != 0 {
			continue
		}
		descriptor := func(c *models.Criterion) string { return c.Descriptors[l.Number] }
		if descriptor(h.c) == "" {
			continue
		}
		c := h.t.sh.Find(h.row, col)
		if c != nil && c.Kind == sheet.Text && rd.lex.isText(rd.book.Bytes(c), h.c, descriptor) {
			continue
		}
		if isChoice(c) || c != nil && c.Kind == sheet.Text && rd.isOtherLevel(h.c, c, l.Number) {
			return c
		}
		if answer != nil && answer.Kind == sheet.Text && rd.lex.isText(rd.book.Bytes(answer), h.c, descriptor) {
			return answer
		}
	}
	if answer == nil || answer.Kind == sheet.Empty {
		if c := h.t.cell(h.row, layout.Evidence); isLabel(c) {
			return c
		}
	}
	before := layout.Comment
	if _, ok := h.t.at(layout.Confirmed); ok {
		before = layout.Confirmed
	}
	if c := h.t.cell(h.row, before); c != nil && c.Formula && h.t.cell(h.row, layout.Status) == nil {
		if _, ok := h.t.at(layout.Status); ok { // the formula of the column Status
			return c
		}
	}
	return nil
}

// isOtherLevel says whether a cell holds the criterion's descriptor of another level than the one it stands under.
func (rd *reading) isOtherLevel(c *models.Criterion, cell *sheet.Cell, level int) bool {
	for _, l := range rd.lex.t.Levels {
		if l.Number != level && c.Descriptors[l.Number] != "" && rd.lex.isText(rd.book.Bytes(cell), c, func(c *models.Criterion) string { return c.Descriptors[l.Number] }) {
			return true
		}
	}
	return false
}

// shiftedAnswer says what became of a row of which cells moved to the side.
func (rd *reading) shiftedAnswer(h hit, c *sheet.Cell) {
	rd.about(models.RowMixed, rd.cellAt(h.t.sh, c.Row, c.Col), h.c,
		"'%s' stands where something else of the criterion belongs: cells of the row seem to have moved to the side. Its answer was not counted.", printable(rd.book.Text(c)))
}
