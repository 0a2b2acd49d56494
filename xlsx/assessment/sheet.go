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
	b.Put(s, 1, noteRow, b.Words.Say("back_to_start", "sheet", b.Words.Get("sheet_start")), draw.Look{Link: true, Ink: b.Palette.AccentInk, Down: "center"})
	b.Link(s, 1, noteRow, layout.SheetStart+"!A1", b.Words.Say("go_to_start", "sheet", b.Words.Get("sheet_start")))
	b.Calc(s, p.firstLevel, noteRow, b.progressText(p), b.progressBlank(p),
		draw.Look{Ink: b.Palette.Muted, Down: "center"})
	b.Height(s, noteRow, 22)
	b.writeHeadings(p)
	for _, r := range p.rows {
		switch r.kind {
		case topicRow:
			b.writeTopic(p, r)
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
	b.BreakPages(s, end, p.across(1, p.last), true, b.RowHeightOf(s, headingRow), p.blocks(), p.topicRows())
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

// topicRows are the rows at which a page begins: those of the topics but for the first.
func (p *plan) topicRows() map[int]bool {
	rows := map[int]bool{}
	for _, topic := range p.topics[1:] {
		rows[topic.row] = true
	}
	return rows
}

// blocks are the rows that should stay together: a section's heading and its first criterion.
func (p *plan) blocks() []draw.Span {
	var out []draw.Span
	for _, r := range p.rows {
		if r.kind == sectionRow {
			out = append(out, draw.Span{From: r.row, To: r.row + 1})
		}
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
	head := draw.Look{Bold: true, Fill: b.Palette.Pale, Lines: draw.AllLines, Wrap: true, Down: "center"}
	put := func(col int, text string) float64 {
		b.Put(layout.SheetAssessment, col, headingRow, text, head)
		// The filter's button takes room.
		return draw.TextHeight(text, draw.FontSize, true, p.widths[col-1]-3)
	}
	h := 0.0
	for c := layout.Ref; c <= layout.Last; c++ {
		col, ok := p.columns[c]
		if !ok {
			continue
		}
		key := layout.Headings[c]
		if c == layout.Answer && !p.leveled {
			key = layout.AnswerHeadingRated
		}
		h = max(h, put(col, b.Words.Get(key)))
	}
	if p.byLevel {
		for i, step := range b.t.LevelScale() {
			h = max(h, put(p.firstLevel+i, step.Label()))
		}
	} else {
		h = max(h, put(p.firstLevel, b.Words.Get(layout.StatementHeading)))
	}
	b.Height(layout.SheetAssessment, headingRow, draw.RowHeight(h, 12))
}

func (b *book) writeTopic(p *plan, r planRow) {
	l := draw.Look{Size: 12, Bold: true, Ink: b.Palette.OnAccent, Fill: b.Palette.Accent, Down: "center", Indent: 1}
	b.Dress(layout.SheetAssessment, 1, r.row, p.last, r.row, l)
	b.Put(layout.SheetAssessment, 1, r.row, layout.TopicTitle(b.t.Topics[r.topic]), l)
	b.Height(layout.SheetAssessment, r.row, 26)
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
	// Statements are short and stand in the middle of their row; descriptors side by side begin on one line.
	text := draw.Look{Lines: draw.AllLines, Wrap: true}
	h := 2 * draw.FontSize * draw.LineHeight
	if !p.byLevel {
		text.Down = "center"
		h = 3 * draw.FontSize * draw.LineHeight
	}
	strong := text
	strong.Bold = true
	put := func(col int, value string, l draw.Look) {
		if col == 0 {
			return
		}
		b.Put(s, col, r.row, value, l)
		h = max(h, draw.TextHeight(value, draw.FontSize, l.Bold, p.widths[col-1]))
	}
	put(p.columns[layout.Ref], c.Ref, strong)
	theme := ""
	if r.theme >= 0 {
		theme = b.t.Themes[r.theme].Name
	}
	put(p.columns[layout.Theme], theme, text)
	put(p.columns[layout.Subject], c.Subject, strong)
	if len(c.Descriptors) > 0 {
		for i, l := range b.t.Levels {
			put(p.firstLevel+i, c.Descriptors[l.Number], text)
		}
	} else {
		b.Merge(s, p.firstLevel, r.row, p.lastLevel, r.row, text)
		b.Put(s, p.firstLevel, r.row, c.Statement, text)
		h = max(h, draw.TextHeight(c.Statement, draw.FontSize, false, p.across(p.firstLevel, p.lastLevel)))
	}
	input := draw.Look{Lines: draw.FieldLines, Wrap: true, Fill: b.Palette.Input, Open: true, Down: text.Down}
	choice := input
	choice.Bold = true
	for _, x := range []struct {
		layout.Column
		draw.Look
	}{{layout.Answer, choice}, {layout.Target, input}, {layout.Evidence, input}, {layout.Comment, input}} {
		if n := p.columns[x.Column]; n > 0 {
			b.Dress(s, n, r.row, n, r.row, x.Look)
		}
	}
	if n := p.columns[layout.Last]; n > 0 {
		last := text
		last.Ink = b.Palette.Muted
		b.Dress(s, n, r.row, n, r.row, last)
	}
	for _, step := range b.t.Scale(c) {
		h = max(h, draw.TextHeight(step.Label(), draw.FontSize, true, p.widths[p.columns[layout.Answer]-1]-3))
	}
	b.Calc(s, p.columns[layout.Status], r.row, b.statusFormula(p, c), b.Words.Get(layout.StatusAnswer), text)
	b.Height(s, r.row, draw.RowHeight(h, 8))
	b.growing(p, r.row, h+8)
}
