package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// overviewTopics repeats the spreads of the sheet Topics and, where there is an earlier round, the changes of the
// sheet Over time in place of the ends of the spreads. It returns the row below.
func (wb *workbook) overviewTopics(p *page, c *canvas, row int) int {
	fr, t := wb.fr, &wb.topicsAt
	heading, spreads := "Maturity by topic", []int{0, 1, 2, 3, 4, 5}
	if wb.compared() {
		heading, spreads = heading+", and change since "+wb.earlierInShort(), []int{0, 2, 3, 4}
	}
	r := wb.part(c, leftCol, row, heading)
	c.text(leftCol, r, fr.head(), "Topic")
	for k, j := range spreads {
		c.text(leftCol+1+k, r, fr.headCentre(), spreadHeadings[j])
	}
	changeCol := leftCol + 1 + len(spreads)
	if wb.compared() {
		c.texts(changeCol, r, fr.headCentre(), "Compared", "Median change")
	}
	c.height(r, 32)
	first := r + 1
	for i, topic := range wb.topics {
		r++
		c.text(leftCol, r, fr.text(), topic.name)
		for k, j := range spreads {
			style := fr.num(wb.scoreFormat())
			switch j {
			case 0:
				style = fr.num(formatWhole)
			case 3:
				style = fr.strongNum(wb.scoreFormat())
			}
			if wb.in.Publish && t.stats[i][j].String() == "" {
				style = fr.style(look{hatched: true, lined: true})
			}
			wb.calc(c, leftCol+1+k, r, style, fmt.Sprintf("%s!%s", topicsSheet, sheetdata.Ref(2+j, t.first+i)), t.stats[i][j])
		}
		if wb.compared() {
			wb.overviewChange(c, changeCol, r, i)
		}
	}
	low, high := wb.scoreEnds()
	p.heat(sheetdata.Ref(leftCol+2, first)+":"+sheetdata.Ref(leftCol+len(spreads), r), low, high)
	if wb.compared() {
		p.changeHeat(sheetdata.Ref(changeCol+1, first)+":"+sheetdata.Ref(changeCol+1, r), high-low)
	}
	return r + 1
}

// overviewResponse repeats the response of the sheet Groups, as far as there is room for whole columns of
// groups.
func (wb *workbook) overviewResponse(p *page, c *canvas, row int) int {
	fr, g := wb.fr, &wb.groupsAt
	r := wb.part(c, rightCol, row, "Response")
	c.text(rightCol, r, fr.head(), "Group")
	c.texts(rightCol+1, r, fr.headCentre(), "Recipients", "Returned", "Rate")
	c.fill(rightCol+4, r, rightCol+halfColumns-1, r, fr.head())
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
		label, style := x.value, fr.text()
		if x.index < 0 {
			style = fr.style(look{lined: true, bold: true})
		} else {
			label = x.column + ": " + x.value
		}
		c.text(rightCol, r, style, label)
		wb.calc(c, rightCol+1, r, fr.num(formatWhole), fmt.Sprintf("%s!C%d", groupsSheet, from), num(x.recipients))
		if wb.in.Publish && x.suppressed {
			c.fill(rightCol+2, r, rightCol+3, r, fr.style(look{hatched: true, lined: true}))
			continue
		}
		wb.calc(c, rightCol+2, r, fr.num(formatWhole), fmt.Sprintf("%s!D%d", groupsSheet, from), num(x.returned))
		wb.calc(c, rightCol+3, r, fr.num(formatPercent), fmt.Sprintf("%s!E%d", groupsSheet, from), shown(share(x.returned, x.recipients)))
	}
	p.bars(sheetdata.Ref(rightCol+3, first)+":"+sheetdata.Ref(rightCol+3, r), highPale)
	if shownLines < len(g.lines) {
		r++
		c.text(rightCol, r, fr.subtitle(), "Further groups are on the sheet Groups.")
	}
	return r + 1
}
