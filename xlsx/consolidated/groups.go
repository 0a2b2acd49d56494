package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const groupsSheet = "Groups"

// groupPlaces is where the sheet Groups has its lines: the first is of all, then a line for each group.
type groupPlaces struct {
	page  *pages.Page
	first int
	lines []groupLine
}

type groupLine struct {
	column, value        string
	index                int // of the group column, -1 for all
	number               int // of the group in its column
	recipients, returned int
	suppressed           bool
}

// groupsPage writes the response and the median scores of each group. The edition for circulation has those that the
// disclosure lets it show.
func (wb *workbook) groupsPage(p *pages.Page) {
	const head = 4
	g, fr, c := &wb.groupsAt, wb.fr, pages.NewCanvas()
	g.page, g.first = p, head+1
	g.lines = []groupLine{{column: wb.tell("All"), value: wb.tell("All recipients"), index: -1, recipients: len(wb.in.Members), returned: len(wb.members)}}
	for i, col := range wb.groups {
		for k, v := range col.values {
			g.lines = append(g.lines, groupLine{col.name, v.value, i, k + 1, v.recipients, v.returned, v.suppressed})
		}
	}
	headings := wb.tellAll("Grouped by", "Group", "Recipients", "Returned", "Response rate")
	scoreCol := len(headings) + 1
	if wb.hasOverall() {
		headings = append(headings, pages.Distinct(wb.tell("%s (median)", wb.overallName()), headings))
	}
	topicCol := len(headings) + 1
	for _, t := range wb.topics {
		headings = append(headings, pages.Distinct(t.name, headings))
	}
	last := head + len(g.lines)
	p.Widths(1, 20, 30, 11, 11, 11)
	p.Widths(scoreCol, repeat(pages.HeadingWidth(13, headings[scoreCol-1:]...), len(headings)-scoreCol+1)...)
	p.Freeze(3, g.first)
	p.Print(true, false, head, head)
	low, high := wb.scoreEnds()
	if len(wb.topics) > 0 {
		p.Heat(sheetdata.Ref(topicCol, g.first)+":"+sheetdata.Ref(topicCol+len(wb.topics)-1, last), low, high)
	}
	p.Bars(sheetdata.Ref(5, g.first)+":"+sheetdata.Ref(5, last), pages.HighPale)

	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	note := wb.tell("Response, and the median of the recipients' scores, of every group.") + " " + wb.tell(officeOnly) + "."
	if wb.in.Publish {
		d := wb.in.Disclosure
		note = wb.tell("Response, from %d returns on, and the median of the recipients' scores, from %d.", d.LeastForMean(), d.LeastForMedian()) + " " + wb.tell(reasonNote)
	}
	c.Text(1, 2, fr.Subtitle(), note)
	for i, h := range headings {
		style := fr.HeadCentre()
		if i < 2 {
			style = fr.Head()
		}
		c.Text(i+1, head, style, h)
	}
	c.Height(head, 62)
	for i := range g.lines {
		wb.groupRow(c, i, scoreCol, topicCol)
	}
	p.Table(fr.Free("GroupsTable"), 1, head, last, headings)
	p.CanvasRows(c)
}

func (wb *workbook) groupRow(c *pages.Canvas, i, scoreCol, topicCol int) {
	g, fr := &wb.groupsAt, wb.fr
	x, r := g.lines[i], g.first+i
	text, whole, pct := fr.Text(), fr.Num(pages.FormatWhole), fr.Num(pages.FormatPercent)
	if x.index < 0 {
		text = fr.Style(pages.Look{Lined: true, Bold: true})
	}
	c.Text(1, r, text, x.column)
	c.Text(2, r, text, x.value)
	recipients, returned := fmt.Sprintf(`COUNTIF(%s,%s)+COUNTIF(%s,%s)`, wb.register.counted, wb.quoted("Yes"), wb.register.counted, wb.quoted("No")), fmt.Sprintf(`COUNTIF(%s,%s)`, wb.register.counted, wb.quoted("Yes"))
	if x.index >= 0 {
		of := fmt.Sprintf("%s,%d", wb.register.groups[x.index], x.number)
		recipients = "COUNTIF(" + of + ")"
		returned = fmt.Sprintf(`COUNTIFS(%s,%s,%s)`, of, wb.register.counted, wb.quoted("Yes"))
	} else if len(wb.in.Members) == 0 {
		recipients = "0"
	}
	wb.calc(c, 3, r, whole, recipients, num(x.recipients))
	if wb.in.Publish && x.suppressed {
		wb.hatch(c, 4, r, withholding.Few, wb.in.Disclosure.LeastForMean())
		wb.hatch(c, 5, r, withholding.Few, wb.in.Disclosure.LeastForMean())
	} else {
		wb.calc(c, 4, r, whole, returned, num(x.returned))
		wb.calc(c, 5, r, pct, fmt.Sprintf(`IF(C%d=0,"",D%d/C%d)`, r, r, r), shown(share(x.returned, x.recipients)))
	}
	if wb.in.Publish {
		wb.publishedMedians(c, x, r, scoreCol, topicCol)
		return
	}
	put := func(col int, format, name string, scores []models.Figure) {
		if x.index < 0 {
			wb.calc(c, col, r, fr.StrongNum(format), quartileFormula(name, 2), shown(spreadOf(scores).quartile(2)))
			return
		}
		f := fmt.Sprintf(`IFERROR(MEDIAN(IF(%s=%d,%s,"")),"")`, wb.heat.groups[x.index], x.number, name)
		wb.calcArray(c, col, r, fr.Num(format), f, shown(wb.inGroup(x, scores).quartile(2)))
	}
	if wb.hasOverall() {
		put(scoreCol, pages.FormatDecimal, wb.heat.overall, wb.heat.overallScores)
	}
	for t := range wb.topics {
		put(topicCol+t, wb.scoreFormat(), wb.heat.topics[t], wb.heat.scores[t])
	}
}

// publishedMedians are those of a line of the edition for circulation.
func (wb *workbook) publishedMedians(c *pages.Canvas, x groupLine, r, scoreCol, topicCol int) {
	fr := wb.fr
	view, why := wb.forOthers(x)
	if view == nil {
		view, why = &models.GroupView{}, &withholding.Group{}
	}
	put := func(col int, format string, median models.Figure, reason withholding.Reason) {
		style := fr.Num(format)
		if x.index < 0 {
			style = fr.StrongNum(format)
		}
		if !median.Known() {
			wb.hatch(c, col, r, reason, wb.in.Disclosure.LeastForMedian())
			return
		}
		c.Put(col, r, pages.Cell{Style: style, Value: shown(median), Kind: pages.ValueCell})
	}
	if wb.hasOverall() {
		put(scoreCol, pages.FormatDecimal, view.Overall.Median, why.Overall.Median)
	}
	for t := range wb.topics {
		reason := withholding.Reason("")
		if t < len(why.Topics) {
			reason = why.Topics[t].Median
		}
		put(topicCol+t, wb.scoreFormat(), ofOthers(view.Topics, t).Median, reason)
	}
}

// inGroup is the spread of the scores of a group's members.
func (wb *workbook) inGroup(x groupLine, scores []models.Figure) spread {
	var list []models.Figure
	for i := range wb.members {
		if x.index < 0 || wb.members[i].groups[x.index] == x.value {
			list = append(list, scores[i])
		}
	}
	return spreadOf(list)
}
