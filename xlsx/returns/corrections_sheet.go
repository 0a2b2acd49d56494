package returns

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
	"github.com/xuri/excelize/v2"
)

// correctionWidths are the columns of the sheet Corrections: margin, number, where, what is wrong, what to do.
var correctionWidths = []float64{2.5, 5, 30, 60, 48}

// correctionsName is the name of the sheet in a language, if it can be that of a sheet.
func correctionsName(w *words.Words) string {
	name := w.Get("corrections.sheet")
	if len([]rune(name)) > 31 || strings.ContainsAny(name, `:\/?*[]'`) {
		return SheetCorrections
	}
	return name
}

// isCorrectionsName says whether a sheet has the name of one with corrections, in any language.
func isCorrectionsName(name string) bool {
	for _, tag := range words.Languages() {
		if w, _ := words.For(tag); strings.EqualFold(name, correctionsName(w)) {
			return true
		}
	}
	return false
}

// ownSheet is the sheet with the corrections as a workbook of its own has it: nothing from outside is in that workbook.
type ownSheet struct {
	name string
	// titles are the rows that are repeated on paper.
	titles string
	parts  *splice.Base
}

// drawCorrections draws the sheet that lists what to do.
func drawCorrections(rd *models.Round, w *words.Words, list []correction) (*ownSheet, error) {
	b := draw.New(rd, w)
	defer b.File.Close()
	s := correctionsName(w)
	say := func(key string, values ...any) string { return w.Say("corrections."+key, values...) }
	b.Check(b.File.SetSheetName(b.File.GetSheetName(0), s))
	for i, width := range correctionWidths {
		b.Width(s, i+1, width)
	}
	t := &draw.Text{Book: b, Sheet: s, Label: 2, Last: len(correctionWidths), Widths: correctionWidths}
	b.Band(s, t.Last, say("title", "round", rd.Title))
	t.Row = 3
	t.Paragraph(w.Count("corrections.needs", len(list)), draw.Look{})
	back := say("back")
	if rd.ReplyTo != "" {
		back = say("back_to", "address", rd.ReplyTo)
	} else if rd.Contact.Email != "" {
		back = say("back_to", "address", rd.Contact.Email)
	}
	if contact := b.Contact(); contact != "" {
		back += " " + say("questions", "contact", contact)
	}
	t.Paragraph(back+" "+say("leave"), draw.Look{})
	t.Row++
	head := draw.Look{Bold: true, Fill: b.Palette.Pale, Lines: draw.LineBelow, Down: "center"}
	for i, key := range []string{"number", "where", "wrong", "todo"} {
		b.Put(s, 2+i, t.Row, say(key), head)
	}
	b.Height(s, t.Row, 22)
	header := t.Row
	for i, c := range list {
		t.Row++
		putCorrection(b, s, t.Row, i+1, c, say("go"))
	}
	b.Check(b.File.SetPanes(s, &excelize.Panes{
		Freeze: true, YSplit: header, TopLeftCell: draw.Cell(1, header+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: draw.Cell(3, header+1), ActiveCell: draw.Cell(3, header+1), Pane: "bottomLeft"}},
	}))
	b.PlainPage(s)
	if b.Err != nil {
		return nil, b.Err
	}
	buf, err := b.File.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	parts, err := splice.Parse(buf.Bytes())
	return &ownSheet{s, fmt.Sprintf("$%d:$%d", header, header), parts}, err
}

// putCorrection writes a row of the list.
func putCorrection(b *draw.Book, s string, row, number int, c correction, tip string) {
	l := draw.Look{Lines: draw.LineBelow, Wrap: true}
	b.Put(s, 2, row, number, draw.Look{Lines: draw.LineBelow, Across: "left"})
	where := strings.TrimSpace(c.sheet + " " + c.cell)
	if c.ref != "" {
		where = strings.TrimSuffix(c.ref+": "+where, ": ")
	}
	b.Put(s, 4, row, c.wrong, l)
	b.Put(s, 5, row, c.todo, l)
	h := max(draw.TextHeight(where, draw.FontSize, false, correctionWidths[2]),
		draw.TextHeight(c.wrong, draw.FontSize, false, correctionWidths[3]), draw.TextHeight(c.todo, draw.FontSize, false, correctionWidths[4]))
	b.Height(s, row, draw.RowHeight(h, 8))
	if c.sheet != "" && c.cell != "" {
		l.Link, l.Ink = true, b.Palette.AccentInk
	}
	b.Put(s, 3, row, where, l)
	if l.Link {
		b.Link(s, 3, row, "'"+strings.ReplaceAll(c.sheet, "'", "''")+"'!"+c.cell, tip)
	}
}

// xml is the sheet as it stands in a workbook with other styles: styles says what each of its own is there. Its texts
// stand in its cells.
func (o *ownSheet) xml(styles []int, strict bool) ([]byte, error) {
	part, ok := o.parts.Part("xl/worksheets/sheet1.xml")
	shared, ok2 := o.parts.Part("xl/sharedStrings.xml")
	if !ok || !ok2 {
		return nil, errors.New("the sheet with the corrections is missing")
	}
	texts, err := sharedTexts(shared)
	if err != nil {
		return nil, err
	}
	d := xmledit.Open(part)
	isText, from := false, 0
	err = d.Walk(workbookSpaces, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		tag := d.Bytes(t.From, t.To)
		name := string(s.Local)
		switch {
		case t.Depth == 1 && !t.End && strict:
			tag = bytes.ReplaceAll(bytes.ReplaceAll(tag, []byte(mainSpace), []byte(mainSpaceStrict)), []byte(relatedSpace), []byte(relatedStrict))
			d.Replace(t.From, t.To, tag)
		case t.Depth == 3 && name == "row" && !t.End:
			if _, ok := s.Raw("s"); ok {
				d.Replace(t.From, t.To, xmledit.SetAttribute(tag, "s", strconv.Itoa(styles[xmledit.Number(tag, "s")])))
			}
		case t.Depth == 4 && name == "c" && !t.End:
			tag = xmledit.SetAttribute(tag, "s", strconv.Itoa(styles[xmledit.Number(tag, "s")]))
			kind, _ := s.Raw("t")
			if isText = string(kind) == "s"; isText {
				tag = xmledit.SetAttribute(tag, "t", "inlineStr")
			}
			d.Replace(t.From, t.To, tag)
		case t.Depth == 5 && name == "v" && isText && !t.End:
			from = t.From
		case t.Depth == 5 && name == "v" && isText:
			i := xmledit.Content(d.Bytes(from, t.To))
			n, err := strconv.Atoi(string(i))
			if err != nil || n < 0 || n >= len(texts) {
				return errors.New("the sheet with the corrections lacks a text")
			}
			d.Replace(from, t.To, fmt.Appendf(nil, "<is>%s</is>", texts[n]))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return d.Changed()
}

// sharedTexts are the contents of the texts that the cells of a workbook share.
func sharedTexts(part []byte) ([][]byte, error) {
	d := xmledit.Open(part)
	var texts [][]byte
	from := 0
	return texts, d.Walk(nil, func(_ *xmlscan.Scanner, t xmledit.Tag) error {
		if t.Depth == 2 && !t.End {
			from = t.From
		} else if t.Depth == 2 {
			texts = append(texts, xmledit.Content(d.Bytes(from, t.To)))
		}
		return nil
	})
}
