package consolidated

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const overviewSheet = "Overview"

// The columns of the Overview: two halves, each with a wide column and six narrow ones.
const (
	leftCol      = 2
	rightCol     = 10
	halfColumns  = 7
	halfWidth    = 730 // pixels
	mostLines    = 12  // of the response by group
	listedBySide = 5   // criteria on either side
)

// overviewPage is what the head of the programme opens first: it fits one page when printed.
func (wb *workbook) overviewPage(p *pages.Page) {
	fr, c := wb.fr, pages.NewCanvas()
	half := append([]float64{38}, repeat(10.5, halfColumns-1)...)
	p.Widths(1, 2)
	p.Widths(leftCol, half...)
	p.Widths(leftCol+halfColumns, 3)
	p.Widths(rightCol, half...)
	p.Print(true, true, 0, 0)

	rd := wb.in.Round
	c.Text(leftCol, 1, fr.Style(pages.Look{Size: 24, Bold: true, Colour: fr.Strong}), rd.Title)
	c.Height(1, 36)
	c.Text(leftCol, 2, fr.Subtitle(), wb.overviewSubtitle())
	lines := wb.overviewStory(c, 3)
	c.Height(3+lines, 8)
	wb.keyFigures(c, 4+lines)

	r := 7 + lines
	next := max(wb.overviewTopics(p, c, r), wb.overviewResponse(p, c, r)) + 1
	height := 300
	wb.overviewCharts(p, next, height)
	r = next + height/20 + 2
	if wb.helpsOnOverview() {
		wb.overviewHelping(c, r)
	} else {
		wb.overviewCriteria(c, r)
	}
	p.CanvasRows(c)
}

func (wb *workbook) overviewSubtitle() string {
	rd := wb.in.Round
	parts := []string{wb.tell("%s, version %s", wb.t.Title, wb.t.Version)}
	if rd.Organiser != "" {
		parts = append([]string{rd.Organiser}, parts...)
	}
	if !rd.Issued.IsZero() {
		parts = append(parts, wb.tell("issued %s", rd.Issued.Time))
	}
	if !rd.Due.IsZero() {
		parts = append(parts, wb.tell("due %s", rd.Due.Time))
	}
	if !wb.in.Publish {
		parts = append(parts, wb.tell(officeOnly))
	}
	return strings.Join(parts, "  ·  ")
}

// officeOnly marks what must not leave the office.
const officeOnly = "For the office only, not for circulation"

// overviewStory says what came out, a finding to a line, the first one large. Without a story it says the response. It
// returns how many lines that takes.
func (wb *workbook) overviewStory(c *pages.Canvas, row int) int {
	big, text := wb.fr.Style(pages.Look{Size: 13, Bold: true}), wb.fr.Style(pages.Look{Size: 11})
	c.Height(row, 24)
	n := 0
	if s := wb.in.Story; s != nil {
		for i, x := range s.Items {
			style := text
			if i == 0 {
				style = big
			}
			c.Text(leftCol, row+i, style, x.Sentence())
			n++
		}
		if s.Edited {
			c.Text(leftCol, row+n, wb.fr.Subtitle(), wb.fr.Words.Get("story.office_text"))
			n++
		}
	}
	if n == 0 {
		wb.responseLine(c, leftCol, row, big)
		n++
	}
	if wb.compared() && wb.in.Story.Item(headlines.Change) == nil {
		c.Text(leftCol, row+n, wb.fr.Style(pages.Look{Size: 11, Bold: true, Colour: pages.Muted}), wb.changeHeadline())
		n++
	}
	return n
}

// responseLine says how many have returned.
func (wb *workbook) responseLine(c *pages.Canvas, col, row, style int) {
	g := &wb.groupsAt
	at := func(column string) string { return fmt.Sprintf("%s$%s$%d", wb.on(groupsSheet), column, g.first) }
	wb.calc(c, col, row, style, wb.words.TellFormula("%s of %s recipients have returned their assessment.", at("D"), at("C")),
		sheetdata.Str(wb.tell("%d of %d recipients have returned their assessment.", g.lines[0].returned, g.lines[0].recipients)))
}

// keyFigures is a strip of large figures with what they are below.
func (wb *workbook) keyFigures(c *pages.Canvas, row int) {
	fr, g, k := wb.fr, &wb.groupsAt, &wb.crit
	value := func(format string) int {
		return fr.Style(pages.Look{Size: 20, Bold: true, Colour: fr.Strong, Format: format, Fill: pages.Band, Left: true})
	}
	label := fr.Style(pages.Look{Size: 10, Colour: pages.Muted, Fill: pages.Band})
	answers, blank, na := 0, 0, 0
	for i := range k.tallies {
		answers, blank, na = answers+k.tallies[i].n, blank+k.tallies[i].blank, na+k.tallies[i].na
	}
	errors, warnings, _ := models.Count(wb.in.Findings)
	total := answers + blank + na
	cells := func(name string) string {
		return fmt.Sprintf("IF(SUM(%s,%s,%s)=0,\"\",SUM(%s)/SUM(%s,%s,%s))", k.answered, k.na, k.blank, name, k.answered, k.na, k.blank)
	}
	group := func(col string) string { return fmt.Sprintf("%s%s%d", wb.on(groupsSheet), col, g.first) }
	for _, x := range []struct {
		col            int
		format, label  string
		formula        string
		value          sheetdata.Value
		counted, small bool
	}{
		{leftCol, pages.FormatPercent, wb.tell("Response rate, of all recipients"), group("E"), shown(share(g.lines[0].returned, g.lines[0].recipients)), true, false},
		{leftCol + 1, pages.FormatWhole, wb.tell("Recipients"), group("C"), num(g.lines[0].recipients), true, false},
		{leftCol + 3, pages.FormatWhole, wb.tell("Returned"), group("D"), num(g.lines[0].returned), true, false},
		{leftCol + 5, pages.FormatWhole, wb.tell("Outstanding"), group("C") + "-" + group("D"), num(g.lines[0].recipients - g.lines[0].returned), true, false},
		{rightCol, "#,##0", wb.tell("Answers"), "SUM(" + k.answered + ")", num(answers), true, false},
		{rightCol + 1, pages.FormatPercent, wb.tell("Left blank, of all asked"), cells(k.blank), shown(share(blank, total)), true, false},
		{rightCol + 3, pages.FormatPercent, wb.tell("Not applicable, of all asked"), cells(k.na), shown(share(na, total)), true, false},
		{rightCol + 5, pages.FormatWhole, wb.tell("Errors found (%d warnings)", warnings), "", num(errors), false, true},
	} {
		if wb.in.Publish && x.small {
			continue // findings are the office's own
		}
		if x.counted {
			wb.calc(c, x.col, row, value(x.format), x.formula, x.value)
		} else {
			n, _ := x.value.Number()
			c.Number(x.col, row, value(x.format), n)
		}
		c.Text(x.col, row+1, label, x.label)
	}
	for _, first := range []int{leftCol, rightCol} {
		c.Fill(first, row, first+halfColumns-1, row+1, label)
	}
	c.Height(row, 32)
	c.Height(row+1, 18)
}

// part writes the heading of a half, and returns the row below.
func (wb *workbook) part(c *pages.Canvas, col, row int, heading string) int {
	c.Text(col, row, wb.fr.Heading(), heading)
	c.Fill(col+1, row, col+halfColumns-1, row, wb.fr.Heading())
	c.Height(row, 22)
	return row + 1
}

// overviewCharts shows the medians of the topics, or the levels attained, beside the distribution of answers.
func (wb *workbook) overviewCharts(p *pages.Page, row, height int) {
	t := &wb.topicsAt
	left := pages.Chart{Col: leftCol, Row: row, Width: halfWidth, Height: uint(height)}
	if wb.staged() {
		most := 0
		for _, n := range t.attained {
			most = max(most, n)
		}
		left.Title = wb.tell("Recipients by level attained")
		left.Alt = wb.tell("Column chart: how many recipients have attained each level. The figures are on the sheet Topics, part Levels attained.")
		left.Format, left.High = pages.FormatWhole, float64(max(5, most+most/8+1))
		left.Series = []pages.Series{{
			Name: wb.tell("Recipients"), Colour: pages.Blue, Label: pages.Ink,
			Categories: t.page.Down(1, t.levelFirst, t.levelLast), Values: t.page.Down(2, t.levelFirst, t.levelLast),
		}}
	} else {
		left.Title, left.Across, left.Format = wb.tell("Median score of each topic"), true, pages.FormatDecimal
		left.Alt = wb.tell("Bar chart: the median of the recipients' scores for each topic. The figures are in the table above.")
		left.Low, left.High = wb.scoreEnds()
		left.Unit = 1
		left.Series = []pages.Series{{
			Name: wb.tell("Median"), Colour: pages.Blue, Label: pages.Ink,
			Categories: t.page.Down(1, t.first, t.last), Values: t.page.Down(t.medianCol, t.first, t.last),
		}}
	}
	p.Chart(left)
	colours := pages.Ramp(len(wb.steps))
	right := pages.Chart{
		Col: rightCol, Row: row, Width: halfWidth, Height: uint(height),
		Title: wb.tell("How the answers are spread: per cent of each topic's answers"), Across: true, Stacked: true, Legend: true, Format: pages.FormatPercent, High: 1, Unit: 0.25,
		Labels: `[>=0.045]0%;""`, // a narrower part of a bar has no room for its label
		Alt:    wb.tell("Stacked bar chart: the share of answers at each step, for each topic. The figures are on the sheet Topics, part Answers."),
	}
	for i, s := range wb.steps {
		right.Series = append(right.Series, pages.Series{
			Name: s.Label(), Colour: colours[i], Label: pages.ReadableOn(colours[i]),
			Categories: t.page.Down(1, t.shareFirst, t.shareLast), Values: t.page.Down(t.shareCol+i, t.shareFirst, t.shareLast),
		})
	}
	p.Chart(right)
}
