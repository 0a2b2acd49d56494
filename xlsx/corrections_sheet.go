package xlsx

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// corrected is a sender's workbook while what is to be mended is written into it.
type corrected struct{ *drawing }

// markCells marks the cells with something to mend by fill and frame, and puts a note on each.
func (b corrected) markCells(list []correction) {
	marked := map[int]int{} // the style of a cell, and the same with the mark
	author := b.rd.Organiser
	if author == "" {
		author = b.rd.Title
	}
	for _, c := range list {
		if c.sheet == "" || c.cell == "" {
			continue
		}
		old, err := b.f.GetCellStyle(c.sheet, c.cell)
		b.check(err)
		id, ok := marked[old]
		if !ok {
			id = b.marked(old)
			marked[old] = id
		}
		b.check(b.f.SetCellStyle(c.sheet, c.cell, c.cell, id))
		b.note(c, author)
	}
}

// marked makes a style that is another one, with the mark of something to mend.
func (b corrected) marked(old int) int {
	style, err := b.f.GetStyle(old)
	if err != nil {
		b.check(err)
		return old
	}
	style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.pal.neededFill}}
	style.Border = nil
	for _, side := range []string{"left", "right", "top", "bottom"} {
		style.Border = append(style.Border, excelize.Border{Type: side, Color: b.pal.needed, Style: 2})
	}
	id, err := b.f.NewStyle(style)
	b.check(err)
	return id
}

// note puts a note on a cell. A note that the sender has put there is kept in it: a cell has room for one.
func (b corrected) note(c correction, author string) {
	text := c.wrong + "\n" + c.todo
	notes, err := b.f.GetComments(c.sheet)
	b.check(err)
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
			b.check(b.f.DeleteComment(c.sheet, c.cell))
		}
	}
	lines := 1 + utf8.RuneCountInString(text)/38 + strings.Count(text, "\n")
	b.check(b.f.AddComment(c.sheet, excelize.Comment{
		Cell: c.cell, Author: author, Width: 260, Height: uint(20 + 18*min(lines, 20)),
		Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: fontName, Size: 9, Color: b.pal.ink}}},
	}))
}

// correctionWidths are the columns of the sheet Corrections: margin, number, where, what is wrong, what to do.
var correctionWidths = []float64{2.5, 5, 30, 60, 48}

// writeCorrections adds the sheet that lists what to do, before all others.
func (b corrected) writeCorrections(list []correction) {
	const s = SheetCorrections
	first := b.f.GetSheetName(0)
	_, err := b.f.NewSheet(s)
	b.check(err)
	b.check(b.f.MoveSheet(s, first))
	// A name that belongs to one sheet says so by the sheet's position, which has moved on by one.
	if names := b.f.WorkBook.DefinedNames; names != nil {
		for i := range names.DefinedName {
			if at := names.DefinedName[i].LocalSheetID; at != nil {
				*at++
			}
		}
	}
	for i, w := range correctionWidths {
		b.width(s, i+1, w)
	}
	t := &sheetText{on: b.drawing, sheet: s, label: 2, last: len(correctionWidths), widths: correctionWidths}
	b.band(s, t.last, "Please correct: "+b.rd.Title)
	t.row = 3
	n := "1 thing needs"
	if len(list) != 1 {
		n = fmt.Sprintf("%d things need", len(list))
	}
	t.paragraph(fmt.Sprintf("Thank you for your workbook. Before your answers can count in full, %s your attention. "+
		"Select an entry under 'Where' to go to its cell: it has a red frame, and a note that says what to do.", n), look{})
	back := "When you are done, save the workbook and send it back"
	if b.rd.ReplyTo != "" {
		back += " to " + b.rd.ReplyTo
	} else if b.rd.Contact.Email != "" {
		back += " to " + b.rd.Contact.Email
	}
	if contact := b.contact(); contact != "" {
		back += ". Questions: " + contact
	}
	t.paragraph(back+". You may leave this sheet in the workbook.", look{})
	t.row++
	head := look{bold: true, fill: b.pal.pale, lines: lineBelow, down: "center"}
	for i, text := range []string{"No.", "Where", "What is wrong", "What to do"} {
		b.put(s, 2+i, t.row, text, head)
	}
	b.height(s, t.row, 22)
	header := t.row
	for i, c := range list {
		t.row++
		l := look{lines: lineBelow, wrap: true}
		b.put(s, 2, t.row, i+1, look{lines: lineBelow, across: "left"})
		where := strings.TrimSpace(c.sheet + " " + c.cell)
		if c.ref != "" {
			where = strings.TrimSuffix(c.ref+": "+where, ": ")
		}
		b.put(s, 4, t.row, c.wrong, l)
		b.put(s, 5, t.row, c.todo, l)
		h := max(textHeight(where, fontSize, false, correctionWidths[2]),
			textHeight(c.wrong, fontSize, false, correctionWidths[3]), textHeight(c.todo, fontSize, false, correctionWidths[4]))
		b.height(s, t.row, rowHeight(h, 8))
		if c.sheet != "" && c.cell != "" {
			l.link, l.ink = true, b.pal.accentInk
		}
		b.put(s, 3, t.row, where, l)
		if l.link {
			b.link(s, 3, t.row, "'"+strings.ReplaceAll(c.sheet, "'", "''")+"'!"+c.cell, "Go to this cell")
		}
	}
	b.check(b.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", s, header, header), Scope: s,
	}))
	b.check(b.f.SetPanes(s, &excelize.Panes{
		Freeze: true, YSplit: header, TopLeftCell: cell(1, header+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: cell(3, header+1), ActiveCell: cell(3, header+1), Pane: "bottomLeft"}},
	}))
	b.plainPage(s)
	b.f.SetActiveSheet(0)
}
