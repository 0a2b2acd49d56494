package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// mostFurthest is how many criteria Start lists in which views lie furthest apart.
const mostFurthest = 8

// writeStart fills the sheet Start of a consensus workbook.
func (c *consensus) writeStart() {
	s := &draw.Text{Book: c.Book, Sheet: layout.SheetStart, Row: 1, Label: startLabel, Last: startLast, Widths: startWidths}
	for i, w := range startWidths {
		c.Width(s.Sheet, i+1, w)
	}
	c.writeConsensusTitle(s)
	c.writeConsensusIdentity(s)
	s.Heading(c.Words.Get("consensus.how_to"))
	for i, text := range c.consensusSteps() {
		c.Put(s.Sheet, startLabel, s.Row, c.Words.Say("step", "number", i+1), draw.Look{Wrap: true, Bold: true, Ink: c.Palette.AccentInk, Across: "left"})
		c.Merge(s.Sheet, startValue, s.Row, startLast, s.Row, draw.Look{Wrap: true})
		c.Put(s.Sheet, startValue, s.Row, text, draw.Look{Wrap: true})
		c.Height(s.Sheet, s.Row, draw.RowHeight(draw.TextHeight(text, draw.FontSize, false, s.Across(startValue, startLast)), 7))
		s.Row++
	}
	c.writeRespondent(s)
	c.writeConfirmed(s)
	c.writeQuestions(c.p, s)
	c.writeConsensusStanding(s)
	c.Check(c.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(s.Sheet, 1, 1, startLast, s.Row), Scope: s.Sheet}))
	c.Check(c.File.SetPanes(s.Sheet, &excelize.Panes{Selection: []excelize.Selection{{SQRef: s.First, ActiveCell: s.First}}}))
	s.Close()
	c.BreakPages(s.Sheet, s.Row, s.Across(1, startLast), false, 0, s.Blocks, nil)
	c.page(s.Sheet, "portrait")
	c.Protect(s.Sheet)
}

func (c *consensus) writeConsensusTitle(s *draw.Text) {
	title := draw.Look{Fill: c.Palette.Accent, Ink: c.Palette.OnAccent, Size: 20, Bold: true, Wrap: true, Down: "bottom"}
	sub := draw.Look{Fill: c.Palette.Accent, Ink: c.Palette.OnAccent, Size: 11, Wrap: true, Down: "top"}
	width := s.Across(startLabel, startLast)
	c.Dress(s.Sheet, 1, 1, startLast, 2, draw.Look{Fill: c.Palette.Accent})
	text := c.Words.Get("consensus.title")
	c.Merge(s.Sheet, startLabel, 1, startLast, 1, title)
	c.Put(s.Sheet, startLabel, 1, text, title)
	c.Height(s.Sheet, 1, draw.RowHeight(draw.TextHeight(text, 20, true, width), 18))
	text = joined("\n", c.Round.Title, c.t.Title, c.Round.Organiser)
	c.Merge(s.Sheet, startLabel, 2, startLast, 2, sub)
	c.Put(s.Sheet, startLabel, 2, text, sub)
	c.Height(s.Sheet, 2, draw.RowHeight(draw.TextHeight(text, 11, false, width), 16))
	c.Height(s.Sheet, 3, 10)
	s.Row = 4
}

// writeConsensusIdentity says whose workbook it is, and which views stand in it.
func (c *consensus) writeConsensusIdentity(s *draw.Text) {
	line := func(label, text string, l draw.Look, least float64) { c.identityLine(s, label, text, l, least) }
	strong := draw.Look{Bold: true, Wrap: true, Down: "center"}
	line(c.Words.Get(layout.LabelOrganisation), gapName, draw.Look{Wrap: true, Bold: true, Size: 13, Down: "center"}, 40)
	line(c.Words.Get(layout.LabelReference), gapReference, strong, 20)
	if contact := c.Contact(); contact != "" {
		line(c.Words.Get("questions_to"), contact, draw.Look{Wrap: true, Down: "center"}, 20)
	}
	text := c.Words.Say("consensus.made_of_count", "count", len(c.views))
	if !c.Round.Views.Withheld() {
		text = ""
		for i, v := range c.views {
			who := v.Part.Name
			if v.Part.Role != "" {
				who = c.Words.Say("consensus.who", "name", who, "role", v.Part.Role)
			}
			text = joined("\n", text, c.Words.Say("consensus.view_of", "number", i+1, "who", who))
		}
	}
	line(c.Words.Get("consensus.made_of"), text, draw.Look{Wrap: true, Down: "center"}, 20)
	if c.Round.Look.Marking != "" {
		line(c.Words.Get("marking"), c.Round.Look.Marking, strong, 20)
	}
}

// consensusSteps say how the workbook is used in a meeting.
func (c *consensus) consensusSteps() []string {
	w := c.Words
	column := w.Get(layout.Headings[layout.Answer])
	if !c.p.leveled {
		column = w.Get(layout.AnswerHeadingRated)
	}
	seen := w.Get("consensus.sheet_views")
	out := []string{w.Say("consensus.step_what", "sheet", w.Get("sheet_assessment")), w.Say("consensus.step_choose", "column", column),
		w.Say("consensus.step_agreed", "yes", w.Get(layout.CheckedYes), "confirmed", w.Get(layout.LabelConfirmed)), w.Say("consensus.step_wrote", "views", seen)}
	address := c.Round.ReplyTo
	if address == "" {
		address = c.Round.Contact.Email
	}
	if address == "" {
		return append(out, w.Get("consensus.step_return"))
	}
	return append(out, w.Say("consensus.step_return_to", "address", address))
}

// writeConfirmed adds the field in which the meeting says that what all views agree on stands.
func (c *consensus) writeConfirmed(s *draw.Text) {
	yes := c.Words.Get(layout.CheckedYes)
	c.Put(s.Sheet, startLabel, s.Row, c.Words.Get(layout.LabelConfirmed), draw.Look{Bold: true, Wrap: true, Down: "center"})
	c.Merge(s.Sheet, startValue, s.Row, startLast, s.Row,
		draw.Look{Lines: draw.FieldLines, Fill: c.Palette.Input, Open: true, Wrap: true, Down: "center", Across: "left", Indent: 1})
	at := draw.Fixed(s.Sheet, startValue, s.Row, startValue, s.Row)
	c.Name("Agreed_levels_confirmed", at)
	stop := "stop"
	title, text := cutTitle(c.Words.Get("list_error_title")), c.Words.Say("checked_error", "yes", yes)
	promptTitle, promptText := cutTitle(c.Words.Get(layout.LabelConfirmed)), c.Words.Say("consensus.confirmed_prompt", "yes", yes)
	c.Check(c.File.AddDataValidation(s.Sheet, &excelize.DataValidation{
		AllowBlank: true, Type: "list", Formula1: `"` + yes + `"`, Sqref: draw.Cell(startValue, s.Row),
		ShowErrorMessage: true, ErrorStyle: &stop, ErrorTitle: &title, Error: &text,
		ShowInputMessage: true, PromptTitle: &promptTitle, Prompt: &promptText,
	}))
	c.Height(s.Sheet, s.Row, 24)
	s.Row++
	explained, l := c.Words.Say("consensus.confirmed_explained", "yes", yes), draw.Look{Wrap: true, Ink: c.Palette.Muted}
	c.Merge(s.Sheet, startValue, s.Row, startLast, s.Row, l)
	c.Put(s.Sheet, startValue, s.Row, explained, l)
	c.Height(s.Sheet, s.Row, draw.RowHeight(draw.TextHeight(explained, draw.FontSize, false, s.Across(startValue, startLast)), 5))
	s.Row++
	c.Calc(layout.SheetLists, consensusConfirmed, listsHeader, fmt.Sprintf(`IF(%s=%s,1,0)`, at, c.Words.Quoted(layout.CheckedYes)), 0, draw.Look{})
}

// writeConsensusStanding says how far the meeting is, and where the views lie furthest apart.
func (c *consensus) writeConsensusStanding(s *draw.Text) {
	s.Heading(c.Words.Get("consensus.standing"))
	all := []draw.Span{{From: listsHeader + 1, To: listsHeader + len(c.p.order)}}
	strong := draw.Look{Bold: true, Wrap: true, Down: "center"}
	c.Merge(s.Sheet, startLabel, s.Row, startLast, s.Row, strong)
	c.Calc(s.Sheet, startLabel, s.Row, c.Words.Formula("consensus.standing_chosen", "chosen", given(all), "total", quoted(c.total), "agreed", over("SUM", consensusStands, all)),
		c.Words.Say("consensus.standing_chosen", "chosen", c.agreed, "total", c.total, "agreed", c.agreed), strong)
	c.Height(s.Sheet, s.Row, 22)
	s.Row++
	s.Paragraph(c.Words.Say("consensus.standing_differ", "differ", c.differ, "total", c.total, "far", c.far), draw.Look{})
	furthest := views.ByDifference(c.list)
	if len(furthest) == 0 {
		return
	}
	s.Heading(c.Words.Get("consensus.furthest"))
	for i := range furthest[:min(len(furthest), mostFurthest)] {
		x := &furthest[i]
		l := draw.Look{Lines: draw.LineBelow, Wrap: true, Down: "center"}
		link := l
		link.Link, link.Ink = true, c.Palette.AccentInk
		c.Put(s.Sheet, startLabel, s.Row, x.Ref, link)
		c.Link(s.Sheet, startLabel, s.Row, layout.SheetAssessment+"!"+draw.Cell(c.p.columns[layout.Answer], c.p.at[x.Ref]), x.Ref)
		c.Merge(s.Sheet, startValue, s.Row, startLast-1, s.Row, l)
		c.Put(s.Sheet, startValue, s.Row, x.Text(), l)
		l.Across = "right"
		c.Put(s.Sheet, startLast, s.Row, c.spreadText(x), l)
		c.Height(s.Sheet, s.Row, max(20, draw.RowHeight(draw.TextHeight(x.Text(), draw.FontSize, false, s.Across(startValue, startLast-1)), 7)))
		s.Row++
	}
}
