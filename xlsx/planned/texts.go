package planned

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// The widths of the columns of the sheet Actions in which texts are wrapped, in characters: those in which a plan's own
// words stand come last.
const (
	nameWidth      = 30.0
	criterionWidth = 36.0
	topicWidth     = 26.0

	causeWidth    = 34.0
	actionWidth   = 44.0
	ownerWidth    = 20.0
	progressWidth = 36.0
)

// written is a text of an action in the column of the sheet Actions that it stands in.
type written struct {
	column, text string
	width        float64
}

// writtenIn lists the texts of an action, in the order of the columns.
func (wb *workbook) writtenIn(a *plans.Action) []written {
	return []written{
		{wb.tell("Root cause"), a.Cause.Value, causeWidth},
		{wb.tell("Action"), a.Action.Value, actionWidth},
		{wb.tell("Owner"), a.Owner.Value, ownerWidth},
		{wb.tell("Progress note"), a.Progress.Value, progressWidth},
	}
}

// cutOff says whether a row can be too low for a text. Two lines are kept for words that do not fit on their line.
func (w written) cutOff() bool { return pages.LinesIn(w.text, w.width) > pages.MostLines-2 }

// piece is a row of the sheet Texts: what stands of a text in one row, and the row of workbook.rows that it is from.
type piece struct {
	row          int
	column, text string
}

// textLine is the number of characters of a line on the sheet Texts, a little less than the column is wide.
const (
	textWidth = 80.0
	textLine  = 78
	textsHead = 4
)

// mostTexts is how many rows of texts one sheet has; there are as many sheets as the texts take.
const mostTexts = sheetdata.LastRow - textsHead

// gatherTexts cuts what is too long for its row on Actions into pieces, and notes where those of each action begin and end.
func (wb *workbook) gatherTexts() {
	for i := range wb.rows {
		r := &wb.rows[i]
		r.firstText = len(wb.pieces)
		for _, w := range wb.writtenIn(&r.a) {
			if w.text, _ = sheetdata.Clean(w.text); !w.cutOff() {
				continue
			}
			for _, text := range pages.Pieces(w.text, textLine) {
				wb.pieces = append(wb.pieces, piece{i, w.column, text})
			}
		}
		r.texts = len(wb.pieces) - r.firstText
	}
}

// textsPages adds the sheets for the texts: none where every text fits its row.
func (wb *workbook) textsPages() {
	for first := 0; first < len(wb.pieces); first += mostTexts {
		name := wb.tell("Texts")
		if n := first / mostTexts; n > 0 {
			name = fmt.Sprintf("%s %d", name, n+1)
		}
		p := wb.fr.Page(name, pages.TabDetail)
		wb.texts = append(wb.texts, p)
		wb.textsPage(p, wb.pieces[first:min(first+mostTexts, len(wb.pieces))])
	}
}

// textsPage has the texts in full, each in as many rows as it takes.
func (wb *workbook) textsPage(p *pages.Page, list []piece) {
	fr := wb.fr
	headings := []string{wb.tell("Recipient"), wb.tell("Name"), wb.tell("No."), wb.tell("Ref"), wb.tell("Column"), wb.tell("Text")}
	const narrowName = 20.0
	last := textsHead + len(list)
	p.Widths(1, 11, narrowName, 6, 9, 14, textWidth)
	high := p.HeadHeight(22, 1, headings...)
	p.Freeze(1, textsHead+1)
	p.Print(false, false, textsHead, textsHead)
	p.Table(fr.Free("TextsTable"), 1, textsHead, last, headings)
	p.Dimension(len(headings), last)
	wrapped := fr.Wrapped()
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(fr.Title(), p.Name)
		x.Row(2, 0)
		x.Text(fr.Subtitle(), wb.tell("In full, in as many rows as it takes: what may be longer than its row on the sheet Actions shows."))
		x.Row(textsHead, high)
		for _, h := range headings {
			x.Text(fr.Head(), h)
		}
		for i, piece := range list {
			r := &wb.rows[piece.row]
			ref, _ := wb.criterionName(r.criterion)
			x.Row(textsHead+1+i, pages.HeightOf(max(pages.LinesIn(piece.text, textLine), pages.LinesIn(r.entry.Recipient.Name, narrowName))))
			x.Text(wrapped, r.entry.Recipient.ID)
			x.Text(wrapped, r.entry.Recipient.Name)
			x.Text(wrapped, strings.ToUpper(r.a.ID))
			x.Text(wrapped, ref)
			x.Text(wrapped, piece.column)
			x.Long(wrapped, piece.text)
		}
	}
}

// inFull says where the texts of an action stand in full, and leads there from a cell; "" where all fit their row.
func (wb *workbook) inFull(p *pages.Page, cell string, r *row) string {
	if r.texts == 0 {
		return ""
	}
	at := func(n int) (*pages.Page, int) { return wb.texts[n/mostTexts], textsHead + 1 + n%mostTexts }
	page, first := at(r.firstText)
	to, last := at(r.firstText + r.texts - 1)
	p.Link(cell, page, sheetdata.Ref(1, first), wb.tell("The texts of this row in full"))
	switch {
	case to != page:
		return wb.tell("%s, row %d, to %s, row %d", page.Name, first, to.Name, last)
	case first == last:
		return wb.tell("%s, row %d", page.Name, first)
	}
	return wb.tell("%s, rows %d to %d", page.Name, first, last)
}
