package assessment

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// mostWrote is how many characters of what one person wrote about a criterion stand in its row; the rest is on the sheet
// Views. With five views a row stays within what a screen shows.
const mostWrote = 96

// writeRows fills the sheet Assessment.
func (c *consensus) writeRows() {
	const s = layout.SheetAssessment
	p := c.p
	for i, w := range p.widths {
		c.Width(s, i+1, w)
	}
	c.Band(s, p.last, c.Words.Say("consensus.band", "round", c.Round.Title))
	c.Put(s, 1, noteRow, c.Words.Say("back_to_start", "sheet", c.Words.Get("sheet_start")), draw.Look{Link: true, Ink: c.Palette.AccentInk, Down: "center"})
	c.Link(s, 1, noteRow, layout.SheetStart+"!A1", c.Words.Say("go_to_start", "sheet", c.Words.Get("sheet_start")))
	c.Height(s, noteRow, 22)
	c.writeViewHeadings()
	for _, r := range p.rows {
		switch r.kind {
		case topicRow:
			c.writeBanner(s, p.last, r)
		case summaryRow:
			c.writeTopicSummary(r)
		case criterionRow:
			c.writeViewsRow(r)
		default:
			c.writeTheme(r)
		}
	}
	c.writeConsensusRules()
	end := p.rows[len(p.rows)-1].row
	first := draw.Cell(p.columns[layout.Answer], p.firstCriterion())
	c.Check(c.File.SetPanes(s, &excelize.Panes{
		Freeze: true, XSplit: p.columns[layout.Subject], YSplit: headingRow,
		TopLeftCell: draw.Cell(p.columns[layout.Subject]+1, firstRow), ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: first, ActiveCell: first, Pane: "bottomRight"}},
	}))
	c.Check(c.File.AutoFilter(s, draw.Area(1, headingRow, p.last, end), nil))
	c.Check(c.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", s, headingRow, headingRow), Scope: s}))
	// What people wrote and what levels look like would make the print too small to read; the first is on the sheet Views.
	paper := p.columns[layout.Status]
	c.Check(c.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(s, 1, 1, paper, end), Scope: s}))
	c.BreakPages(s, end, p.across(1, paper), true, c.RowHeightOf(s, headingRow), p.blocks(), nil)
	c.page(s, "landscape")
	c.Protect(s)
}

func (c *consensus) writeViewHeadings() {
	p := c.p
	head := draw.Look{Bold: true, Fill: c.Palette.Pale, Lines: draw.AllLines, Wrap: true, Down: "center", Indent: 1}
	h := 0.0
	put := func(col int, s string) {
		if col == 0 {
			return
		}
		c.Put(layout.SheetAssessment, col, headingRow, s, head)
		h = max(h, draw.TextHeight(s, draw.FontSize, true, p.widths[col-1]-5))
	}
	for col := range layout.Columns {
		key := layout.Headings[col]
		if col == layout.Answer && !p.leveled {
			key = layout.AnswerHeadingRated
		}
		if col == layout.Subject && hasKind(c.t, models.KindStatement) && !c.describes() {
			key = layout.StatementHeading
		}
		put(p.columns[col], c.Words.Get(key))
	}
	for i, who := range c.who {
		put(c.firstView+i, who)
	}
	for i, col := range []int{c.spread, c.wrote, c.looks} {
		put(col, c.Words.Get(layout.ViewHeadings[i]))
	}
	c.Height(layout.SheetAssessment, headingRow, draw.RowHeight(h, 12))
}

// writeTopicSummary is the row below a topic's name: what the topic is about.
func (c *consensus) writeTopicSummary(r planRow) {
	c.band(r.row, c.t.Topics[r.topic].Summary, draw.Look{Fill: c.Palette.Tint, Wrap: true, Down: "center", Indent: 1})
}

func (c *consensus) writeTheme(r planRow) {
	c.band(r.row, c.t.Themes[r.theme].Name, draw.Look{Bold: true, Ink: c.Palette.AccentInk, Lines: draw.AccentBelow, Wrap: true, Down: "bottom", Indent: 1})
}

// band writes a text over the columns that are in view.
func (c *consensus) band(row int, s string, l draw.Look) {
	to := c.p.columns[layout.Status]
	c.Merge(layout.SheetAssessment, 1, row, to, row, l)
	c.Put(layout.SheetAssessment, 1, row, s, l)
	c.Dress(layout.SheetAssessment, to+1, row, c.p.last, row, l)
	c.Height(layout.SheetAssessment, row, draw.RowHeight(draw.TextHeight(s, draw.FontSize, l.Bold, c.p.across(1, to)-2), 10))
}

// writeViewsRow writes the row of a criterion.
func (c *consensus) writeViewsRow(r planRow) {
	const s = layout.SheetAssessment
	p, x := c.p, r.c
	plain := draw.Look{Lines: draw.AllLines, Wrap: true, Indent: 1}
	strong := plain
	strong.Bold = true
	h := 3 * draw.FontSize * draw.LineHeight
	put := func(col int, value string, l draw.Look) {
		if col > 0 {
			c.Put(s, col, r.row, value, l)
			h = max(h, draw.TextHeight(value, draw.FontSize, l.Bold, p.widths[col-1]-float64(2*l.Indent)))
		}
	}
	put(p.columns[layout.Ref], x.Ref, strong)
	if x.Statement != "" && hasKind(c.t, models.KindStatement) && !c.describes() {
		put(p.columns[layout.Subject], x.Statement, plain)
	} else {
		put(p.columns[layout.Subject], x.Text(), strong)
	}
	side := c.side[x.Ref]
	if side == nil {
		side = &views.Criterion{Criterion: x}
	}
	for v := range c.views {
		value, l := c.viewText(side, v)
		put(c.firstView+v, value, l)
	}
	put(c.spread, c.spreadText(side), c.spreadLook(side))
	put(c.wrote, c.wroteText(x, side), plain)
	put(c.looks, c.looksText(x, side), plain)
	input := draw.Look{Lines: draw.FieldLines, Wrap: true, Fill: c.Palette.Input, Open: true, Indent: 1}
	choice := input
	choice.Bold = true
	for _, y := range []struct {
		layout.Column
		draw.Look
	}{{layout.Answer, choice}, {layout.Target, input}, {layout.Evidence, input}, {layout.Comment, input}} {
		if n := p.columns[y.Column]; n > 0 {
			c.Dress(s, n, r.row, n, r.row, y.Look)
		}
	}
	status, formula := c.Words.Get(layout.StatusAnswer), c.statusFormula(p, x)
	if level, ok := c.proposal(x); ok {
		put(p.columns[layout.Answer], c.t.Label(x, level), choice)
		status = c.Words.Get("consensus.status_proposed")
		at := draw.Fixed(layout.SheetLists, consensusStands, p.in[x.Ref], consensusStands, p.in[x.Ref])
		formula = fmt.Sprintf(`IF(%s=1,%s,%s)`, at, c.Words.Quoted("consensus.status_proposed"), formula)
	}
	c.Calc(s, p.columns[layout.Status], r.row, c.withWhere(p, x, formula), status, plain)
	c.growing(s, p.last, r.row, h)
}

// viewText is what a view says about a criterion: the level, or that it is blank. A dash stands where it was not asked.
func (c *consensus) viewText(side *views.Criterion, v int) (string, draw.Look) {
	l := draw.Look{Lines: draw.AllLines, Wrap: true, Indent: 1}
	for _, g := range side.Given {
		if g.View == v {
			return c.t.Label(side.Criterion, g.Answer.Level.Value), l
		}
	}
	l.Ink = c.Palette.Muted
	for _, b := range side.Blank {
		if b == v {
			return c.Words.Get("consensus.not_answered"), l
		}
	}
	return "–", l
}

// spreadLook is bold and filled where views lie two levels or more apart, and filled where they differ at all.
func (c *consensus) spreadLook(side *views.Criterion) draw.Look {
	l := draw.Look{Lines: draw.AllLines, Wrap: true, Indent: 1}
	switch {
	case side.Spread() > 1:
		l.Bold, l.Fill, l.Ink = true, c.Palette.NeededFill, c.Palette.Needed
	case side.Differs():
		l.Bold, l.Fill = true, c.Palette.Tint
	}
	return l
}

// wroteText is what everybody wrote about a criterion, each shortened where it is long.
func (c *consensus) wroteText(x *models.Criterion, side *views.Criterion) string {
	var out []string
	for v := range c.views {
		a := answerOf(&c.views[v], x.Ref)
		if a == nil {
			continue
		}
		if all := c.said(x, a); all != "" {
			out = append(out, c.who[v]+": "+text.Cut(all, mostWrote, c.Words.Say("consensus.wrote_more", "views", c.Words.Get("consensus.sheet_views"))))
		}
	}
	return strings.Join(out, "\n")
}

func answerOf(v *views.View, ref string) *models.Answer {
	for i := range v.Answers {
		if v.Answers[i].Ref == ref {
			return &v.Answers[i]
		}
	}
	return nil
}

// looksText is what the levels look like that somebody chose.
func (c *consensus) looksText(x *models.Criterion, side *views.Criterion) string {
	var out []string
	for _, step := range c.t.Scale(x) {
		if d := x.Descriptors[step.Number]; d != "" && len(side.Who(models.At(step.Number))) > 0 {
			out = append(out, step.Label()+": "+d)
		}
	}
	return strings.Join(out, "\n")
}

// writeConsensusRules adds the dropdowns, and what shows a proposal that stands: italics between dashed lines, so that it
// does not take colour to see it; the status says it in words.
func (c *consensus) writeConsensusRules() {
	p, lists := c.p, c.choiceLists()
	for _, kind := range kinds {
		list, ok := lists[kind]
		if !ok {
			continue
		}
		plain := func(x *models.Criterion) bool { return x.Kind == kind && len(x.Options) == 0 }
		if answers := p.ranges(plain, p.columns[layout.Answer]); answers != "" {
			c.dropdown(answers, list.name, c.answerPrompt(kind))
			if c.t.Answers.Targets {
				c.dropdown(p.ranges(plain, p.columns[layout.Target]), list.targets, prompt{c.Words.Get("prompt_target_title"), c.Words.Get("prompt_target")})
			}
		}
	}
	c.ownDropdowns(p)
	dashed := func(side string) excelize.Border {
		return excelize.Border{Type: side, Color: c.Palette.AccentInk, Style: 3}
	}
	id, err := c.File.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Italic: true, Color: c.Palette.Muted},
		Border: []excelize.Border{dashed("left"), dashed("right"), dashed("top"), dashed("bottom")}})
	c.Check(err)
	done, err := c.File.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: c.Palette.Done}})
	c.Check(err)
	end, answer, col := p.rows[len(p.rows)-1].row, p.columns[layout.Answer], p.columns[layout.Status]
	at := "$" + draw.Cell(col, firstRow)
	rule := func(area string, style *int, key string) {
		c.Check(c.File.SetConditionalFormat(layout.SheetAssessment, area, []excelize.ConditionalFormatOptions{{Type: "formula", Format: style, Criteria: c.says(at, key)}}))
	}
	rule(draw.Area(answer, firstRow, answer, end), &id, "consensus.status_proposed")
	rule(draw.Area(col, firstRow, col, end), &done, layout.StatusDone)
}
