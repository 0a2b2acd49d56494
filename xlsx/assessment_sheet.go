package xlsx

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/xuri/excelize/v2"
)

// writeAssessment fills the sheet Assessment.
func (b *book) writeAssessment(p *plan) {
	const s = SheetAssessment
	for i, w := range p.widths {
		b.width(s, i+1, w)
	}
	b.band(s, p.last, b.w.Say("band_assessment", "round", b.rd.Title))
	b.put(s, 1, noteRow, b.w.Say("back_to_start", "sheet", b.w.Get("sheet_start")), look{link: true, ink: b.pal.accentInk, down: "center"})
	b.link(s, 1, noteRow, SheetStart+"!A1", b.w.Say("go_to_start", "sheet", b.w.Get("sheet_start")))
	b.calc(s, p.firstLevel, noteRow, b.progressText(p), b.progressBlank(p),
		look{ink: b.pal.muted, down: "center"})
	b.height(s, noteRow, 22)
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
	b.check(b.f.SetPanes(s, &excelize.Panes{
		Freeze: true, XSplit: p.columns[colSubject], YSplit: headingRow,
		TopLeftCell: cell(p.columns[colSubject]+1, firstRow), ActivePane: "bottomRight",
		Selection: []excelize.Selection{{
			SQRef: cell(p.columns[colAnswer], p.firstCriterion()), ActiveCell: cell(p.columns[colAnswer], p.firstCriterion()),
			Pane: "bottomRight",
		}},
	}))
	b.check(b.f.AutoFilter(s, area(1, headingRow, p.last, end), nil))
	b.check(b.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", s, headingRow, headingRow), Scope: s,
	}))
	b.check(b.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", RefersTo: fixed(s, 1, 1, p.last, end), Scope: s,
	}))
	b.breakPages(s, end, p.across(1, p.last), true, b.rowHeightOf(s, headingRow), p.blocks(), p.topicRows())
	b.page(s, "landscape")
	b.protect(s)
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
func (p *plan) blocks() []span {
	var out []span
	for _, r := range p.rows {
		if r.kind == sectionRow {
			out = append(out, span{r.row, r.row + 1})
		}
	}
	return out
}

// progressText is the formula that says how far the assessment is filled in.
func (b *book) progressText(p *plan) string {
	all := []span{{listsHeader + 1, listsHeader + len(p.order)}}
	return b.w.Formula("given_done", "given", given(all), "total", quoted(len(p.order)), "done", over("SUM", listDone, all))
}

func (b *book) progressBlank(p *plan) string {
	return b.w.Say("given_done", "given", 0, "total", len(p.order), "done", 0)
}

func (b *book) writeHeadings(p *plan) {
	head := look{bold: true, fill: b.pal.pale, lines: allLines, wrap: true, down: "center"}
	put := func(col int, text string) float64 {
		b.put(SheetAssessment, col, headingRow, text, head)
		// The filter's button takes room.
		return textHeight(text, fontSize, true, p.widths[col-1]-3)
	}
	h := 0.0
	for c := colRef; c <= colLast; c++ {
		col, ok := p.columns[c]
		if !ok {
			continue
		}
		key := headings[c]
		if c == colAnswer && !p.byLevel {
			key = answerHeadingRated
		}
		h = max(h, put(col, b.w.Get(key)))
	}
	if p.byLevel {
		for i, step := range b.t.LevelScale() {
			h = max(h, put(p.firstLevel+i, step.Label()))
		}
	} else {
		h = max(h, put(p.firstLevel, b.w.Get(statementHeading)))
	}
	b.height(SheetAssessment, headingRow, rowHeight(h, 12))
}

func (b *book) writeTopic(p *plan, r planRow) {
	l := look{size: 12, bold: true, ink: b.pal.onAccent, fill: b.pal.accent, down: "center", indent: 1}
	b.dress(SheetAssessment, 1, r.row, p.last, r.row, l)
	b.put(SheetAssessment, 1, r.row, topicTitle(b.t.Topics[r.topic]), l)
	b.height(SheetAssessment, r.row, 26)
}

func (b *book) writeSummary(p *plan, r planRow) {
	l := look{fill: b.pal.tint, wrap: true, down: "center", indent: 1}
	topic, col := p.topics[r.topic], p.columns[colSubject]
	b.merge(SheetAssessment, 1, r.row, col, r.row, l)
	b.calc(SheetAssessment, 1, r.row, b.w.Formula("given_of", "given", given(topic.rows), "total", quoted(topic.criteria)),
		b.w.Say("given_of", "given", 0, "total", topic.criteria), l)
	summary := b.t.Topics[r.topic].Summary
	b.merge(SheetAssessment, col+1, r.row, p.last, r.row, l)
	b.put(SheetAssessment, col+1, r.row, summary, l)
	b.height(SheetAssessment, r.row, rowHeight(textHeight(summary, fontSize, false, p.across(col+1, p.last)-2), 10))
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
	theme, col := b.t.Themes[r.theme], p.columns[colSubject]
	l := look{bold: true, ink: b.pal.accentInk, lines: accentBelow, wrap: true, down: "bottom", indent: 1}
	b.merge(SheetAssessment, 1, r.row, col, r.row, l)
	b.put(SheetAssessment, 1, r.row, theme.Name, l)
	l.bold, l.ink = false, b.pal.muted
	b.merge(SheetAssessment, col+1, r.row, p.last, r.row, l)
	b.put(SheetAssessment, col+1, r.row, theme.Summary, l)
	h := max(textHeight(theme.Name, fontSize, true, p.across(1, col)-2),
		textHeight(theme.Summary, fontSize, false, p.across(col+1, p.last)-2))
	b.height(SheetAssessment, r.row, rowHeight(h, 14))
}

func (b *book) writeCriterion(p *plan, r planRow) {
	const s = SheetAssessment
	c := r.c
	// Statements are short and stand in the middle of their row; descriptors side by side begin on one line.
	text := look{lines: allLines, wrap: true}
	h := 2 * fontSize * lineHeight
	if !p.byLevel {
		text.down = "center"
		h = 3 * fontSize * lineHeight
	}
	strong := text
	strong.bold = true
	put := func(col int, value string, l look) {
		if col == 0 {
			return
		}
		b.put(s, col, r.row, value, l)
		h = max(h, textHeight(value, fontSize, l.bold, p.widths[col-1]))
	}
	put(p.columns[colRef], c.Ref, strong)
	theme := ""
	if r.theme >= 0 {
		theme = b.t.Themes[r.theme].Name
	}
	put(p.columns[colTheme], theme, text)
	put(p.columns[colSubject], c.Subject, strong)
	if c.Kind == models.KindLevels {
		for i, l := range b.t.Levels {
			put(p.firstLevel+i, c.Descriptors[l.Number], text)
			// The chosen descriptor is set in bold and must still fit.
			h = max(h, textHeight(c.Descriptors[l.Number], fontSize, true, p.widths[p.firstLevel+i-1]))
		}
	} else {
		b.merge(s, p.firstLevel, r.row, p.lastLevel, r.row, text)
		b.put(s, p.firstLevel, r.row, c.Statement, text)
		h = max(h, textHeight(c.Statement, fontSize, false, p.across(p.firstLevel, p.lastLevel)))
	}
	input := look{lines: fieldLines, wrap: true, fill: b.pal.input, open: true, down: text.down}
	choice := input
	choice.bold = true
	for _, x := range []struct {
		column
		look
	}{{colAnswer, choice}, {colTarget, input}, {colEvidence, input}, {colComment, input}} {
		if n := p.columns[x.column]; n > 0 {
			b.dress(s, n, r.row, n, r.row, x.look)
		}
	}
	if n := p.columns[colLast]; n > 0 {
		last := text
		last.ink = b.pal.muted
		b.dress(s, n, r.row, n, r.row, last)
	}
	for _, step := range b.t.Scale(c) {
		h = max(h, textHeight(step.Label(), fontSize, true, p.widths[p.columns[colAnswer]-1]-3))
	}
	b.calc(s, p.columns[colStatus], r.row, b.statusFormula(p, c), b.w.Get(statusAnswer), text)
	b.height(s, r.row, rowHeight(h, 8))
}
