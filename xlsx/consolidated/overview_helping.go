package consolidated

import (
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// helpsOnOverview says that the Overview has what would help most recipients up, in place of the criteria with the highest and
// the lowest means: where topics are the levels of a ladder, those are statements of the lowest and of the highest level.
func (wb *workbook) helpsOnOverview() bool {
	return wb.staged() && !wb.byCriterion() && !wb.in.Publish && wb.live && wb.in.Story != nil && len(wb.in.Story.Charts.Lacking) > 0
}

// overviewHelping lists the first of the sheet Priorities, and the sections that keep most recipients from their next level.
func (wb *workbook) overviewHelping(c *pages.Canvas, row int) {
	fr := wb.fr
	table := func(col int, title, heading string, counts ...string) int {
		r := wb.part(c, col, row, title)
		c.Text(col, r, fr.Head(), heading)
		c.Fill(col+1, r, col+halfColumns-1, r, fr.Head())
		c.Texts(col+halfColumns-len(counts), r, fr.HeadCentre(), counts...)
		return r
	}
	line := func(col, r int, text string) {
		c.Fill(col, r, col+halfColumns-1, r, fr.Text())
		c.Text(col, r, fr.Text(), text)
	}
	priority := func(col, r int) string { return wb.on(prioritiesSheet) + sheetdata.Fixed(col, r) }
	r := table(leftCol, wb.tell("What would help most to the next level"), wb.tell("Criterion"), wb.tell("Kept back"), wb.tell("Weight"))
	for j, x := range wb.in.Story.Charts.Lacking[:min(listedBySide, len(wb.in.Story.Charts.Lacking))] {
		text := x.Ref
		if k := wb.t.Criterion(x.Ref); k != nil {
			text += "  " + k.Subject
		}
		line(leftCol, r+1+j, text)
		wb.calc(c, leftCol+halfColumns-2, r+1+j, fr.Num(pages.FormatWhole), priority(4, helpingHead+1+j), num(x.Kept))
		wb.calc(c, leftCol+halfColumns-1, r+1+j, fr.StrongNum(pages.FormatTwo), priority(7, helpingHead+1+j), sheetdata.Num(x.Weight))
	}
	last := r + min(listedBySide, len(wb.in.Story.Charts.Lacking))
	r = table(rightCol, wb.tell("What keeps most from their next level"), wb.tell("Section"), wb.tell("Kept back"), wb.tell("Weight"))
	for j, h := range wb.in.Story.Charts.Held[:min(listedBySide, len(wb.in.Story.Charts.Held))] {
		k := wb.sectionOf(h)
		if k < 0 {
			continue
		}
		s := &wb.sections[k]
		text := wb.topics[s.topic].name
		if s.theme < len(wb.themes) {
			text += "  ·  " + wb.themes[s.theme].Name
		}
		line(rightCol, r+1+j, text)
		held := wb.matrixName(fmt.Sprint("held ", k))
		wb.calc(c, rightCol+halfColumns-2, r+1+j, fr.Num(pages.FormatWhole), fmt.Sprintf("SUM(%s)", held), num(h.Count()))
		wb.calc(c, rightCol+halfColumns-1, r+1+j, fr.StrongNum(pages.FormatTwo), fmt.Sprintf("SUMIFS(%s,%s,1)", wb.matrixName("weight"), held), sheetdata.Num(h.Weight))
		last = max(last, r+1+j)
	}
	c.Text(leftCol, last+1, fr.Subtitle(), wb.tell("Weight: a recipient three steps or fewer from its next level counts 1, at six steps a half; a statement counts by what is missing of it."))
}

// sectionOf is the number of a section that keeps recipients from their next level.
func (wb *workbook) sectionOf(h headlines.Held) int {
	return slices.IndexFunc(wb.sections, func(s section) bool {
		x := wb.criteria[s.first]
		return h.Topic == x.Topic && h.Theme == x.Theme
	})
}
