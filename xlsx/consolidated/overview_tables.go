package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// overviewTopics repeats the spreads of the sheet Topics and, where there is an earlier round, the changes of the
// sheet Over time in place of the ends of the spreads. It returns the row below.
func (wb *workbook) overviewTopics(p *pages.Page, c *pages.Canvas, row int) int {
	fr, t := wb.fr, &wb.topicsAt
	heading, spreads := wb.tell("Maturity by topic"), []int{0, 1, 2, 3, 4, 5}
	if wb.compared() {
		heading, spreads = wb.tell("Maturity by topic, and change since %s", wb.earlierInShort()), []int{0, 2, 3, 4}
	}
	if wb.staged() {
		heading = wb.tell("Achievement by topic")
		if wb.compared() {
			heading = wb.tell("Achievement by topic, and change since %s", wb.earlierInShort())
		}
	}
	r := wb.part(c, leftCol, row, heading)
	c.Text(leftCol, r, fr.Head(), wb.tell("Topic"))
	for k, j := range spreads {
		c.Text(leftCol+1+k, r, fr.HeadCentre(), wb.tell(spreadHeadings[j]))
	}
	changeCol := leftCol + 1 + len(spreads)
	if wb.compared() {
		c.Texts(changeCol, r, fr.HeadCentre(), wb.tellAll("Compared", "Median change")...)
	}
	c.Height(r, 32)
	first := r + 1
	for i, topic := range wb.topics {
		r++
		c.Text(leftCol, r, fr.Text(), topic.name)
		for k, j := range spreads {
			style := fr.Num(wb.scoreFormat())
			switch j {
			case 0:
				style = fr.Num(pages.FormatWhole)
			case 3:
				style = fr.StrongNum(wb.scoreFormat())
			}
			if j > 0 && t.why[i][j-1] != "" {
				wb.hatchText(c, leftCol+1+k, r, t.why[i][j-1])
				continue
			}
			wb.calc(c, leftCol+1+k, r, style, fmt.Sprintf("%s%s", wb.on(topicsSheet), sheetdata.Ref(2+j, t.first+i)), t.stats[i][j])
		}
		if wb.compared() {
			wb.overviewChange(c, changeCol, r, i)
		}
	}
	low, high := wb.scoreEnds()
	p.Heat(sheetdata.Ref(leftCol+2, first)+":"+sheetdata.Ref(leftCol+len(spreads), r), low, high)
	if wb.compared() {
		p.ChangeHeat(sheetdata.Ref(changeCol+1, first)+":"+sheetdata.Ref(changeCol+1, r), high-low)
	}
	if wb.staged() {
		r++
		c.Text(leftCol, r, fr.Subtitle(), wb.tell("%s is every statement of a topic fully in place; half of the recipients are at the median or above.", wb.fr.Words.Percent("100")))
	}
	return r + 1
}

// overviewResponse repeats the response of the sheet Groups, as far as there is room for whole columns of
// groups.
func (wb *workbook) overviewResponse(p *pages.Page, c *pages.Canvas, row int) int {
	fr, g := wb.fr, &wb.groupsAt
	r := wb.part(c, rightCol, row, wb.tell("Response"))
	c.Text(rightCol, r, fr.Head(), wb.tell("Group"))
	c.Texts(rightCol+1, r, fr.HeadCentre(), wb.tellAll("Recipients", "Returned", "Of its recipients")...)
	first, shownLines := r+1, 1
	for _, col := range wb.groups {
		if shownLines+len(col.values) > mostLines {
			break
		}
		shownLines += len(col.values)
	}
	for i := range g.lines[:shownLines] {
		r++
		x, from := g.lines[i], g.first+i
		label, style := x.value, fr.Text()
		if x.index < 0 {
			style = fr.Style(pages.Look{Lined: true, Bold: true})
		} else {
			label = x.column + ": " + x.value
		}
		c.Text(rightCol, r, style, label)
		wb.calc(c, rightCol+1, r, fr.Num(pages.FormatWhole), fmt.Sprintf("%sC%d", wb.on(groupsSheet), from), num(x.recipients))
		if wb.in.Publish && x.suppressed {
			wb.hatch(c, rightCol+2, r, withholding.Few, wb.in.Disclosure.LeastForMean())
			wb.hatch(c, rightCol+3, r, withholding.Few, wb.in.Disclosure.LeastForMean())
			continue
		}
		wb.calc(c, rightCol+2, r, fr.Num(pages.FormatWhole), fmt.Sprintf("%sD%d", wb.on(groupsSheet), from), num(x.returned))
		wb.calc(c, rightCol+3, r, fr.Num(pages.FormatPercent), fmt.Sprintf("%sE%d", wb.on(groupsSheet), from), shown(share(x.returned, x.recipients)))
	}
	p.Bars(sheetdata.Ref(rightCol+3, first)+":"+sheetdata.Ref(rightCol+3, r), pages.HighPale)
	if shownLines < len(g.lines) {
		r++
		c.Text(rightCol, r, fr.Subtitle(), wb.tell("Further groups are on the sheet Groups."))
	}
	return r + 1
}
