package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// writeAssessment fills the sheet Assessment.
func (b *book) writeAssessment(p *plan) {
	const s = layout.SheetAssessment
	for i, w := range p.widths {
		b.Width(s, i+1, w)
	}
	b.Band(s, p.last, b.Words.Say("band_assessment", "round", b.Round.Title))
	b.Height(s, titleRow, 28)
	b.Put(s, 1, noteRow, b.Words.Say("back_to_start", "sheet", b.Words.Get("sheet_start")), draw.Look{Link: true, Ink: b.Palette.AccentInk, Down: "center"})
	b.Link(s, 1, noteRow, layout.SheetStart+"!A1", b.Words.Say("go_to_start", "sheet", b.Words.Get("sheet_start")))
	b.Calc(s, p.columns[layout.Chosen], noteRow, b.progressText(p), b.progressBlank(p),
		draw.Look{Ink: b.Palette.Muted, Down: "center"})
	b.Height(s, noteRow, 18)
	b.writeHeadings(p)
	for _, r := range p.rows {
		switch r.kind {
		case topicRow:
			b.writeBanner(s, p.last, r)
		case summaryRow:
			b.writeSummary(p, r)
		case sectionRow:
			b.writeSection(p, r)
		default:
			b.writeCriterion(p, r)
		}
	}
	b.writeRules(p)

	end := p.rows[len(p.rows)-1].row
	b.Check(b.File.SetPanes(s, &excelize.Panes{
		Freeze: true, XSplit: p.columns[layout.Subject], YSplit: headingRow,
		TopLeftCell: draw.Cell(p.columns[layout.Subject]+1, firstRow), ActivePane: "bottomRight",
		Selection: []excelize.Selection{{
			SQRef: draw.Cell(p.columns[layout.Answer], p.firstCriterion()), ActiveCell: draw.Cell(p.columns[layout.Answer], p.firstCriterion()),
			Pane: "bottomRight",
		}},
	}))
	b.Check(b.File.AutoFilter(s, draw.Area(1, headingRow, p.last, end), nil))
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", s, headingRow, headingRow), Scope: s,
	}))
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(s, 1, 1, p.last, end), Scope: s,
	}))
	b.BreakPages(s, end, p.across(1, p.last), true, b.RowHeightOf(s, headingRow), p.blocks(), nil)
	b.page(s, "landscape")
	b.Protect(s)
}

func (p *plan) firstCriterion() int {
	for _, r := range p.rows {
		if r.kind == criterionRow {
			return r.row
		}
	}
	return firstRow
}

// blocks are the rows that should stay together: the headings of a topic and of a section, and the first criterion below.
func (p *plan) blocks() []draw.Span {
	var out []draw.Span
	for i, r := range p.rows {
		if r.kind != topicRow && r.kind != sectionRow {
			continue
		}
		to := r.row
		for _, below := range p.rows[i:] {
			if to = below.row; below.kind == criterionRow {
				break
			}
		}
		out = append(out, draw.Span{From: r.row, To: to})
	}
	return out
}

// progressText is the formula that says how far the assessment is filled in.
func (b *book) progressText(p *plan) string {
	all := []draw.Span{{From: listsHeader + 1, To: listsHeader + len(p.order)}}
	return b.Words.Formula("given_done", "given", given(all), "total", quoted(len(p.order)), "done", over("SUM", listDone, all))
}

func (b *book) progressBlank(p *plan) string {
	return b.Words.Say("given_done", "given", 0, "total", len(p.order), "done", 0)
}

func (b *book) writeHeadings(p *plan) {
	h := 0.0
	for c := range layout.Columns {
		col, ok := p.columns[c]
		if !ok {
			continue
		}
		key := layout.Headings[c]
		switch {
		case c == layout.Answer && !p.leveled:
			key = layout.AnswerHeadingRated
		case c == layout.Chosen && !p.byLevel:
			key = layout.StatementHeading
		}
		h = max(h, b.writeHeading(layout.SheetAssessment, col, b.Words.Get(key), p.widths[col-1]))
	}
	b.Height(layout.SheetAssessment, headingRow, draw.RowHeight(h, 8))
}

// writeHeading writes the heading of a column, and gives its height.
func (b *book) writeHeading(sheet string, col int, text string, width float64) float64 {
	b.Put(sheet, col, headingRow, text, draw.Look{Bold: true, Fill: b.Palette.Pale, Lines: draw.AllLines, Wrap: true, Down: "center", Indent: 1})
	// The filter's button takes room.
	return draw.TextHeight(text, draw.FontSize, true, max(width-3, 4))
}

// writeBanner writes the band with a topic's name.
func (b *book) writeBanner(sheet string, last int, r planRow) {
	l := draw.Look{Size: 12, Bold: true, Ink: b.Palette.OnAccent, Fill: b.Palette.Accent, Down: "center", Indent: 1}
	b.Dress(sheet, 1, r.row, last, r.row, l)
	b.Put(sheet, 1, r.row, layout.TopicTitle(b.t.Topics[r.topic]), l)
	b.Height(sheet, r.row, 22)
}

func (b *book) writeSummary(p *plan, r planRow) {
	l := draw.Look{Fill: b.Palette.Tint, Wrap: true, Down: "center", Indent: 1}
	topic, col := p.topics[r.topic], p.columns[layout.Subject]
	b.Merge(layout.SheetAssessment, 1, r.row, col, r.row, l)
	b.Calc(layout.SheetAssessment, 1, r.row, b.Words.Formula("given_of", "given", given(topic.rows), "total", quoted(topic.criteria)),
		b.Words.Say("given_of", "given", 0, "total", topic.criteria), l)
	summary := b.t.Topics[r.topic].Summary
	b.Merge(layout.SheetAssessment, col+1, r.row, p.last, r.row, l)
	b.Put(layout.SheetAssessment, col+1, r.row, summary, l)
	b.Height(layout.SheetAssessment, r.row, draw.RowHeight(draw.TextHeight(summary, draw.FontSize, false, p.across(col+1, p.last)-2), 10))
}

// across is the width of several columns together.
func (p *plan) across(from, to int) float64 {
	w := 0.0
	for _, x := range p.widths[from-1 : to] {
		w += x
	}
	return w
}

func (b *book) writeSection(p *plan, r planRow) {
	theme, col := b.t.Themes[r.theme], p.columns[layout.Subject]
	l := draw.Look{Bold: true, Ink: b.Palette.AccentInk, Lines: draw.AccentBelow, Wrap: true, Down: "bottom", Indent: 1}
	b.Merge(layout.SheetAssessment, 1, r.row, col, r.row, l)
	b.Put(layout.SheetAssessment, 1, r.row, theme.Name, l)
	l.Bold, l.Ink = false, b.Palette.Muted
	b.Merge(layout.SheetAssessment, col+1, r.row, p.last, r.row, l)
	b.Put(layout.SheetAssessment, col+1, r.row, theme.Summary, l)
	h := max(draw.TextHeight(theme.Name, draw.FontSize, true, p.across(1, col)-2),
		draw.TextHeight(theme.Summary, draw.FontSize, false, p.across(col+1, p.last)-2))
	b.Height(layout.SheetAssessment, r.row, draw.RowHeight(h, 14))
}

func (b *book) writeCriterion(p *plan, r planRow) {
	const s = layout.SheetAssessment
	c := r.c
	text := draw.Look{Lines: draw.AllLines, Wrap: true, Down: "center", Indent: 1}
	h := leastLines * draw.FontSize * draw.LineHeight
	strong := text
	strong.Bold = true
	room := func(col layout.Column, value string, bold bool) {
		h = max(h, draw.TextHeight(value, draw.FontSize, bold, p.widths[p.columns[col]-1]-margin))
	}
	put := func(col layout.Column, value string, l draw.Look) {
		if p.columns[col] > 0 {
			b.Put(s, p.columns[col], r.row, value, l)
			room(col, value, l.Bold)
		}
	}
	put(layout.Ref, c.Ref, strong)
	theme := ""
	if r.theme >= 0 {
		theme = b.t.Themes[r.theme].Name
	}
	put(layout.Theme, theme, text)
	put(layout.Subject, c.Subject, strong)
	if len(c.Descriptors) > 0 {
		b.writeChosen(p, r, text)
		for _, d := range c.Descriptors {
			room(layout.Chosen, d, false)
		}
	} else {
		put(layout.Chosen, c.Statement, text)
	}
	input := draw.Look{Lines: draw.FieldLines, Wrap: true, Fill: b.Palette.Input, Open: true, Down: "center", Indent: 1}
	written := input
	written.Down = "top" // of what is longer than a row may be high, the beginning is in view
	choice := input
	choice.Bold = true
	last := text
	last.Ink = b.Palette.Muted
	for _, x := range []struct {
		layout.Column
		draw.Look
	}{{layout.Answer, choice}, {layout.Target, input}, {layout.Evidence, written}, {layout.Comment, written}, {layout.Confirmed, input}, {layout.Last, last}} {
		if n := p.columns[x.Column]; n > 0 {
			b.Dress(s, n, r.row, n, r.row, x.Look)
		}
	}
	for _, step := range b.t.Scale(c) {
		room(layout.Answer, step.Label(), true)
	}
	b.Calc(s, p.columns[layout.Status], r.row, b.withWhere(p, c, b.statusFormula(p, c)), b.Words.Get(layout.StatusAnswer), text)
	b.growing(s, p.last, r.row, h)
}

// leastLines is how many lines of text a criterion's row has room for at least.
const leastLines = 3
