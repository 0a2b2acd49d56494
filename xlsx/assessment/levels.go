package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// The descriptors of all levels stand on a sheet of their own: beside the answers they leave room for two criteria in view,
// and take the columns for evidence and comment out of it. Hidden columns or rows could not be unfolded while a sheet is
// protected, and would not be printed. Each criterion has the same row on both sheets; its ref leads from one to the
// other, and beside the answer stands the descriptor of the level that was chosen.

// The columns of the sheet Levels.
const (
	levelsRef = iota + 1
	levelsSubject
	levelsChosen
	levelsFirst
)

// descriptors is the range of a row's descriptors on Levels.
func (p *plan) descriptors(row int) string {
	return draw.Fixed(layout.SheetLevels, levelsFirst, row, len(p.levels), row)
}

// value is the cell on Lists with the number that was chosen for a criterion.
func (p *plan) value(ref string) string {
	return draw.Fixed(layout.SheetLists, listValue, p.in[ref], listValue, p.in[ref])
}

// writeChosen writes the descriptor of the level that was chosen, and the way to all of them.
func (b *book) writeChosen(p *plan, r planRow, l draw.Look) {
	hint := b.Words.Say("levels_where", "ref", r.c.Ref, "sheet", b.Words.Get("sheet_levels"))
	v := p.value(r.c.Ref)
	b.Calc(layout.SheetAssessment, p.columns[layout.Chosen], r.row, fmt.Sprintf(`IF(ISNUMBER(%[1]s),INDEX(%[2]s,1,%[1]s-%[3]d),IF(%[1]s="","%[4]s",""))`,
		v, p.descriptors(r.row), b.t.Levels[0].Number-1, quotes(hint)), hint, l)
	link := l
	link.Link, link.Ink, link.Bold = true, b.Palette.AccentInk, true
	b.Dress(layout.SheetAssessment, p.columns[layout.Ref], r.row, p.columns[layout.Ref], r.row, link)
	b.Link(layout.SheetAssessment, p.columns[layout.Ref], r.row, fmt.Sprintf("%s!%s", layout.SheetLevels, draw.Cell(levelsRef, r.row)), hint)
}

// muteHints takes the weight off the texts that say where the levels are.
func (b *book) muteHints(p *plan) {
	id, err := b.File.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: b.Palette.Muted, Italic: true}})
	b.Check(err)
	col, end := p.columns[layout.Chosen], p.rows[len(p.rows)-1].row
	b.Check(b.File.SetConditionalFormat(layout.SheetAssessment, draw.Area(col, firstRow, col, end), []excelize.ConditionalFormatOptions{{
		Type: "formula", Format: &id,
		Criteria: fmt.Sprintf(`AND($%[1]s%[3]d<>"",$%[2]s%[3]d="")`, draw.ColumnName(p.columns[layout.Ref]), draw.ColumnName(p.columns[layout.Answer]), firstRow),
	}}))
}

// writeLevels fills the sheet Levels.
func (b *book) writeLevels(p *plan) {
	const s = layout.SheetLevels
	last := len(p.levels)
	for i, w := range p.levels {
		b.Width(s, i+1, w)
	}
	b.Band(s, last, b.Words.Say("band_levels", "round", b.Round.Title))
	b.Put(s, 1, noteRow, b.Words.Say("levels_note", "ref", b.Words.Get(layout.Headings[layout.Ref]), "sheet", b.Words.Get("sheet_assessment")),
		draw.Look{Ink: b.Palette.Muted, Down: "center", Indent: 1})
	b.Height(s, titleRow, 28)
	b.Height(s, noteRow, 18)
	h := 0.0
	for i, text := range b.levelsHeadings() {
		h = max(h, b.writeHeading(s, i+1, text, p.levels[i]+3-margin))
	}
	b.Height(s, headingRow, draw.RowHeight(h, 8))
	for _, r := range p.rows {
		switch {
		case r.kind == topicRow:
			b.writeBanner(s, last, r)
		case r.kind == criterionRow && len(r.c.Descriptors) > 0:
			b.writeDescriptors(p, r)
		default:
			b.Height(s, r.row, 6) // what stands there on Assessment only
		}
	}
	b.highlightLevels(p)
	b.finishLevels(p)
}

func (b *book) levelsHeadings() []string {
	list := []string{b.Words.Get(layout.Headings[layout.Ref]), b.Words.Get(layout.Headings[layout.Subject]), b.Words.Get("levels_chosen")}
	for _, step := range b.t.LevelScale() {
		list = append(list, step.Label())
	}
	return list
}

// writeDescriptors writes a criterion's row on Levels.
func (b *book) writeDescriptors(p *plan, r planRow) {
	const s = layout.SheetLevels
	text := draw.Look{Lines: draw.AllLines, Wrap: true, Down: "center", Indent: 1}
	strong, link := text, text
	strong.Bold = true
	link.Bold, link.Link, link.Ink = true, true, b.Palette.AccentInk
	h := draw.TextHeight(r.c.Subject, draw.FontSize, true, p.levels[levelsSubject-1]-margin)
	b.Put(s, levelsRef, r.row, r.c.Ref, link)
	b.Link(s, levelsRef, r.row, fmt.Sprintf("%s!%s", layout.SheetAssessment, draw.Cell(p.columns[layout.Answer], r.row)),
		b.Words.Say("levels_back", "ref", r.c.Ref, "sheet", b.Words.Get("sheet_assessment")))
	b.Put(s, levelsSubject, r.row, r.c.Subject, strong)
	v, list := p.value(r.c.Ref), b.listOf(r.c)
	b.Calc(s, levelsChosen, r.row, fmt.Sprintf(`IF(ISNUMBER(%[1]s),INDEX(%[2]s,%[1]s-%[3]d,1),IF(%[1]s="%[4]s",%[5]s,""))`,
		v, list.labels(), list.scale.Lowest()-1, valueNA, b.Words.Quoted("not_applicable")), "", strong)
	for i, l := range b.t.Levels {
		d := r.c.Descriptors[l.Number]
		b.Put(s, levelsFirst+i, r.row, d, text)
		h = max(h, draw.TextHeight(d, draw.FontSize, false, p.levels[levelsFirst+i-1]-margin))
	}
	b.Height(s, r.row, draw.RowHeight(h, 8))
}

// finishLevels says how the sheet Levels is looked at and printed.
func (b *book) finishLevels(p *plan) {
	const s = layout.SheetLevels
	last, end := len(p.levels), p.rows[len(p.rows)-1].row
	at := draw.Cell(levelsRef, p.firstCriterion())
	b.Check(b.File.SetPanes(s, &excelize.Panes{
		Freeze: true, XSplit: levelsChosen, YSplit: headingRow, TopLeftCell: draw.Cell(levelsFirst, firstRow), ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: at, ActiveCell: at, Pane: "bottomLeft"}, {SQRef: at, ActiveCell: at, Pane: "bottomRight"}},
	}))
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", s, headingRow, headingRow), Scope: s,
	}))
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(s, 1, 1, last, end), Scope: s,
	}))
	width := 0.0
	for _, w := range p.levels {
		width += w
	}
	b.BreakPages(s, end, width, true, b.RowHeightOf(s, headingRow), p.blocks(), nil)
	b.page(s, "landscape")
	b.Protect(s)
}

// highlightLevels marks the descriptor of the chosen level by fill and by a dark frame, so that it does not take colour
// to see it. Bold type would need rows a third higher than the texts are.
func (b *book) highlightLevels(p *plan) {
	id, err := b.File.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Color: b.Palette.AccentInk},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.Palette.Tint}},
		Border: []excelize.Border{
			{Type: "left", Color: b.Palette.AccentInk, Style: 1}, {Type: "right", Color: b.Palette.AccentInk, Style: 1},
			{Type: "top", Color: b.Palette.AccentInk, Style: 1}, {Type: "bottom", Color: b.Palette.AccentInk, Style: 1},
		},
	})
	b.Check(err)
	end := p.rows[len(p.rows)-1].row
	b.Check(b.File.SetConditionalFormat(layout.SheetLevels, draw.Area(levelsFirst, firstRow, len(p.levels), end),
		[]excelize.ConditionalFormatOptions{{
			Type: "formula", Format: &id,
			Criteria: fmt.Sprintf(b.chosenLevel(), draw.ColumnName(levelsChosen), firstRow, draw.ColumnName(levelsFirst), headingRow),
		}}))
}
