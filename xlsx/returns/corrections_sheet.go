package returns

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/xuri/excelize/v2"
)

// corrected is a sender's workbook while what is to be mended is written into it.
type corrected struct{ *draw.Book }

// markCells marks the cells with something to mend by fill and frame, and puts a note on each.
func (b corrected) markCells(list []correction) {
	marked := map[int]int{} // the style of a cell, and the same with the mark
	author := b.Round.Organiser
	if author == "" {
		author = b.Round.Title
	}
	for _, c := range list {
		if c.sheet == "" || c.cell == "" {
			continue
		}
		old, err := b.File.GetCellStyle(c.sheet, c.cell)
		b.Check(err)
		id, ok := marked[old]
		if !ok {
			id = b.marked(old)
			marked[old] = id
		}
		b.Check(b.File.SetCellStyle(c.sheet, c.cell, c.cell, id))
		b.note(c, author)
	}
}

// marked makes a style that is another one, with the mark of something to mend.
func (b corrected) marked(old int) int {
	style, err := b.File.GetStyle(old)
	if err != nil {
		b.Check(err)
		return old
	}
	style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.Palette.NeededFill}}
	style.Border = nil
	for _, side := range []string{"left", "right", "top", "bottom"} {
		style.Border = append(style.Border, excelize.Border{Type: side, Color: b.Palette.Needed, Style: 2})
	}
	id, err := b.File.NewStyle(style)
	b.Check(err)
	return id
}

// note puts a note on a cell. A note that the sender has put there is kept in it: a cell has room for one.
func (b corrected) note(c correction, author string) {
	text := c.wrong + "\n" + c.todo
	notes, err := b.File.GetComments(c.sheet)
	b.Check(err)
	for _, n := range notes {
		if n.Cell == c.cell {
			was := n.Text
			for _, run := range n.Paragraph {
				was += run.Text
			}
			// An earlier note of ours is not repeated.
			if n.Author != author && was != "" {
				text += "\n\n" + was
			}
			b.Check(b.File.DeleteComment(c.sheet, c.cell))
		}
	}
	lines := 1 + utf8.RuneCountInString(text)/38 + strings.Count(text, "\n")
	b.Check(b.File.AddComment(c.sheet, excelize.Comment{
		Cell: c.cell, Author: author, Width: 260, Height: uint(20 + 18*min(lines, 20)),
		Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: draw.FontName, Size: 9, Color: b.Palette.Ink}}},
	}))
}

// correctionWidths are the columns of the sheet Corrections: margin, number, where, what is wrong, what to do.
var correctionWidths = []float64{2.5, 5, 30, 60, 48}

// writeCorrections adds the sheet that lists what to do, before all others.
func (b corrected) writeCorrections(list []correction) {
	const s = SheetCorrections
	first := b.File.GetSheetName(0)
	_, err := b.File.NewSheet(s)
	b.Check(err)
	b.Check(b.File.MoveSheet(s, first))
	// A name that belongs to one sheet says so by the sheet's position, which has moved on by one.
	if names := b.File.WorkBook.DefinedNames; names != nil {
		for i := range names.DefinedName {
			if at := names.DefinedName[i].LocalSheetID; at != nil {
				*at++
			}
		}
	}
	for i, w := range correctionWidths {
		b.Width(s, i+1, w)
	}
	t := &draw.Text{Book: b.Book, Sheet: s, Label: 2, Last: len(correctionWidths), Widths: correctionWidths}
	b.Band(s, t.Last, "Please correct: "+b.Round.Title)
	t.Row = 3
	n := "1 thing needs"
	if len(list) != 1 {
		n = fmt.Sprintf("%d things need", len(list))
	}
	t.Paragraph(fmt.Sprintf("Thank you for your workbook. Before your answers can count in full, %s your attention. "+
		"Select an entry under 'Where' to go to its cell: it has a red frame, and a note that says what to do.", n), draw.Look{})
	back := "When you are done, save the workbook and send it back"
	if b.Round.ReplyTo != "" {
		back += " to " + b.Round.ReplyTo
	} else if b.Round.Contact.Email != "" {
		back += " to " + b.Round.Contact.Email
	}
	if contact := b.Contact(); contact != "" {
		back += ". Questions: " + contact
	}
	t.Paragraph(back+". You may leave this sheet in the workbook.", draw.Look{})
	t.Row++
	head := draw.Look{Bold: true, Fill: b.Palette.Pale, Lines: draw.LineBelow, Down: "center"}
	for i, text := range []string{"No.", "Where", "What is wrong", "What to do"} {
		b.Put(s, 2+i, t.Row, text, head)
	}
	b.Height(s, t.Row, 22)
	header := t.Row
	for i, c := range list {
		t.Row++
		l := draw.Look{Lines: draw.LineBelow, Wrap: true}
		b.Put(s, 2, t.Row, i+1, draw.Look{Lines: draw.LineBelow, Across: "left"})
		where := strings.TrimSpace(c.sheet + " " + c.cell)
		if c.ref != "" {
			where = strings.TrimSuffix(c.ref+": "+where, ": ")
		}
		b.Put(s, 4, t.Row, c.wrong, l)
		b.Put(s, 5, t.Row, c.todo, l)
		h := max(draw.TextHeight(where, draw.FontSize, false, correctionWidths[2]),
			draw.TextHeight(c.wrong, draw.FontSize, false, correctionWidths[3]), draw.TextHeight(c.todo, draw.FontSize, false, correctionWidths[4]))
		b.Height(s, t.Row, draw.RowHeight(h, 8))
		if c.sheet != "" && c.cell != "" {
			l.Link, l.Ink = true, b.Palette.AccentInk
		}
		b.Put(s, 3, t.Row, where, l)
		if l.Link {
			b.Link(s, 3, t.Row, "'"+strings.ReplaceAll(c.sheet, "'", "''")+"'!"+c.cell, "Go to this cell")
		}
	}
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", s, header, header), Scope: s,
	}))
	b.Check(b.File.SetPanes(s, &excelize.Panes{
		Freeze: true, YSplit: header, TopLeftCell: draw.Cell(1, header+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: draw.Cell(3, header+1), ActiveCell: draw.Cell(3, header+1), Pane: "bottomLeft"}},
	}))
	b.PlainPage(s)
	b.File.SetActiveSheet(0)
}
