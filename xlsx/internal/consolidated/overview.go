package consolidated

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

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
func (wb *workbook) overviewPage(p *page) {
	fr, c := wb.fr, newCanvas()
	half := append([]float64{38}, repeat(10.5, halfColumns-1)...)
	p.widths(1, 2)
	p.widths(leftCol, half...)
	p.widths(leftCol+halfColumns, 3)
	p.widths(rightCol, half...)
	p.print(true, true, 0, 0)

	rd := wb.in.Round
	c.text(leftCol, 1, fr.style(look{size: 24, bold: true, colour: fr.strong}), rd.Title)
	c.height(1, 36)
	c.text(leftCol, 2, fr.subtitle(), wb.overviewSubtitle())
	wb.headline(c, leftCol, 3)
	c.height(3, 24)
	if wb.compared() {
		c.text(leftCol, 4, fr.style(look{size: 11, bold: true, colour: muted}), wb.changeHeadline())
	}
	wb.keyFigures(c, 5)

	r := 8
	next := max(wb.overviewTopics(p, c, r), wb.overviewResponse(p, c, r)) + 1
	height := 300
	wb.overviewCharts(p, next, height)
	r = next + height/20 + 2
	wb.overviewCriteria(c, r)
	p.canvasRows(c)
}

func (wb *workbook) overviewSubtitle() string {
	rd := wb.in.Round
	parts := []string{wb.t.Title + ", version " + wb.t.Version}
	if rd.Organiser != "" {
		parts = append([]string{rd.Organiser}, parts...)
	}
	if !rd.Issued.IsZero() {
		parts = append(parts, "issued "+rd.Issued.Long())
	}
	if !rd.Due.IsZero() {
		parts = append(parts, "due "+rd.Due.Long())
	}
	return strings.Join(parts, "  ·  ")
}

// headline says the most important thing in a sentence.
func (wb *workbook) headline(c *canvas, col, row int) {
	g, t := &wb.groupsAt, &wb.topicsAt
	style := wb.fr.style(look{size: 13, bold: true})
	all := fmt.Sprintf("%s!$%%s$%d", groupsSheet, g.first)
	recipients, returned := fmt.Sprintf(all, "C"), fmt.Sprintf(all, "D")
	f := fmt.Sprintf(`%s&" of "&%s&" recipients have returned their assessment."`, returned, recipients)
	text := fmt.Sprintf("%d of %d recipients have returned their assessment.", g.lines[0].returned, g.lines[0].recipients)
	if wb.staged() {
		name := wb.levelsAt.level
		f += fmt.Sprintf(`&IF(COUNT(%s)=0,""," The median level attained is "&FIXED(MEDIAN(%s),1)&".")`, name, name)
		if m, ok := spreadOf(wb.levelsAt.attained).quartile(2).Get(); ok {
			text += " The median level attained is " + models.Some(m).Format(1) + "."
		}
	} else {
		medians := t.page.down(t.medianCol, t.first, t.last).ref()
		names := t.page.down(1, t.first, t.last).ref()
		pick := func(fn string) string {
			return fmt.Sprintf(`INDEX(%s,MATCH(%s(%s),%s,0))&" ("&FIXED(%s(%s),1)&")"`, names, fn, medians, medians, fn, medians)
		}
		f += fmt.Sprintf(`&IF(COUNT(%s)=0,""," Highest topic: "&%s&". Lowest: "&%s&".")`, medians, pick("MAX"), pick("MIN"))
		high, low := wb.extremeTopics()
		if high >= 0 {
			text += " Highest topic: " + wb.topicWithMedian(high) + ". Lowest: " + wb.topicWithMedian(low) + "."
		}
	}
	wb.calc(c, col, row, style, f, sheetdata.Str(text))
}

func (wb *workbook) topicWithMedian(i int) string {
	m, _ := wb.topicsAt.stats[i][3].Number()
	return wb.topics[i].name + " (" + models.Some(m).Format(1) + ")"
}

// extremeTopics are the first topics with the highest and the lowest median, or -1.
func (wb *workbook) extremeTopics() (high, low int) {
	high, low = -1, -1
	var top, bottom float64
	for i, s := range wb.topicsAt.stats {
		m, ok := s[3].Number()
		if !ok {
			continue
		}
		if high < 0 || m > top {
			high, top = i, m
		}
		if low < 0 || m < bottom {
			low, bottom = i, m
		}
	}
	return high, low
}

// keyFigures is a strip of large figures with what they are below.
func (wb *workbook) keyFigures(c *canvas, row int) {
	fr, g, k := wb.fr, &wb.groupsAt, &wb.crit
	value := func(format string) int {
		return fr.style(look{size: 20, bold: true, colour: fr.strong, format: format, fill: band, left: true})
	}
	label := fr.style(look{size: 10, colour: muted, fill: band})
	answers, blank, na := 0, 0, 0
	for i := range k.tallies {
		answers, blank, na = answers+k.tallies[i].n, blank+k.tallies[i].blank, na+k.tallies[i].na
	}
	errors, warnings, _ := models.Count(wb.in.Findings)
	total := answers + blank + na
	cells := func(name string) string {
		return fmt.Sprintf("IF(SUM(%s,%s,%s)=0,\"\",SUM(%s)/SUM(%s,%s,%s))", k.answered, k.na, k.blank, name, k.answered, k.na, k.blank)
	}
	group := func(col string) string { return fmt.Sprintf("%s!%s%d", groupsSheet, col, g.first) }
	for _, x := range []struct {
		col            int
		format, label  string
		formula        string
		value          sheetdata.Value
		counted, small bool
	}{
		{leftCol, formatPercent, "Response rate", group("E"), shown(share(g.lines[0].returned, g.lines[0].recipients)), true, false},
		{leftCol + 1, formatWhole, "Recipients", group("C"), num(g.lines[0].recipients), true, false},
		{leftCol + 3, formatWhole, "Returned", group("D"), num(g.lines[0].returned), true, false},
		{leftCol + 5, formatWhole, "Outstanding", group("C") + "-" + group("D"), num(g.lines[0].recipients - g.lines[0].returned), true, false},
		{rightCol, "#,##0", "Answers", "SUM(" + k.answered + ")", num(answers), true, false},
		{rightCol + 1, formatPercent, "Left blank", cells(k.blank), shown(share(blank, total)), true, false},
		{rightCol + 3, formatPercent, "Not applicable", cells(k.na), shown(share(na, total)), true, false},
		{rightCol + 5, formatWhole, fmt.Sprintf("Errors found (%d warnings)", warnings), "", num(errors), false, true},
	} {
		if wb.in.Publish && x.small {
			continue // findings are the office's own
		}
		if x.counted {
			wb.calc(c, x.col, row, value(x.format), x.formula, x.value)
		} else {
			n, _ := x.value.Number()
			c.number(x.col, row, value(x.format), n)
		}
		c.text(x.col, row+1, label, x.label)
	}
	for _, first := range []int{leftCol, rightCol} {
		c.fill(first, row, first+halfColumns-1, row+1, label)
	}
	c.height(row, 32)
	c.height(row+1, 18)
}

// part writes the heading of a half, and returns the row below.
func (wb *workbook) part(c *canvas, col, row int, heading string) int {
	c.text(col, row, wb.fr.heading(), heading)
	c.fill(col+1, row, col+halfColumns-1, row, wb.fr.heading())
	c.height(row, 22)
	return row + 1
}

// overviewCharts shows the medians of the topics, or the levels attained, beside the distribution of answers.
func (wb *workbook) overviewCharts(p *page, row, height int) {
	t := &wb.topicsAt
	left := chart{col: leftCol, row: row, width: halfWidth, height: uint(height)}
	if wb.staged() {
		most := 0
		for _, n := range t.attained {
			most = max(most, n)
		}
		left.title = "Recipients by level attained"
		left.alt = "Column chart: how many recipients have attained each level. The figures are on the sheet Topics, part Levels attained."
		left.format, left.high = formatWhole, float64(max(5, most+most/8+1))
		left.series = []series{{
			name: "Recipients", colour: blue, label: ink,
			categories: t.page.down(1, t.levelFirst, t.levelLast), values: t.page.down(2, t.levelFirst, t.levelLast),
		}}
	} else {
		left.title, left.across, left.format = "Median score of each topic", true, formatDecimal
		left.alt = "Bar chart: the median of the recipients' scores for each topic. The figures are in the table above."
		left.low, left.high = wb.scoreEnds()
		left.unit = 1
		left.series = []series{{
			name: "Median", colour: blue, label: ink,
			categories: t.page.down(1, t.first, t.last), values: t.page.down(t.medianCol, t.first, t.last),
		}}
	}
	p.chart(left)
	colours := ramp(len(wb.steps))
	right := chart{
		col: rightCol, row: row, width: halfWidth, height: uint(height),
		title: "How the answers are spread", across: true, stacked: true, legend: true, format: formatPercent, high: 1, unit: 0.25,
		labels: `[>=0.045]0%;""`, // a narrower part of a bar has no room for its label
		alt:    "Stacked bar chart: the share of answers at each step, for each topic. The figures are on the sheet Topics, part Answers.",
	}
	for i, s := range wb.steps {
		right.series = append(right.series, series{
			name: s.Label(), colour: colours[i], label: readableOn(colours[i]),
			categories: t.page.down(1, t.shareFirst, t.shareLast), values: t.page.down(t.shareCol+i, t.shareFirst, t.shareLast),
		})
	}
	p.chart(right)
}
