package consolidated

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// overviewCriteria lists the criteria with the highest means, and those furthest short of the level to reach as the sheet
// Priorities does; in place of these, where topics are levels and in an edition for circulation, those with the lowest means.
func (wb *workbook) overviewCriteria(c *pages.Canvas, row int) {
	fr, k := wb.fr, &wb.crit
	n := k.ranked()
	for side, heading := range wb.tellAll("Most mature criteria", "Least mature criteria") {
		if side == 1 && !wb.staged() && !wb.in.Publish {
			wb.overviewFurthest(c, row)
			return
		}
		col := []int{leftCol, rightCol}[side]
		r := wb.part(c, col, row, heading)
		c.Text(col, r, fr.Head(), wb.tell("Criterion"))
		c.Fill(col+1, r, col+halfColumns-2, r, fr.Head())
		mean := wb.tell("Mean")
		if s := wb.criteria[0].scale; wb.staged() && len(s) > 0 { // a statement's scale is another than that of the levels
			mean = wb.tell("Mean (%d to %d)", s.Lowest(), s.Highest())
		}
		c.Text(col+halfColumns-1, r, fr.HeadCentre(), mean)
		for j := 1; j <= min(listedBySide, n); j++ {
			r++
			rank, of := strconv.Itoa(j), j
			if side == 1 {
				rank, of = fmt.Sprintf("MAX(%s)-%d", k.rank, j-1), n-j+1
			}
			at := fmt.Sprintf("MATCH(%s,%s,0)", rank, k.rank)
			i := k.byRank(of)
			x := &wb.criteria[i]
			c.Fill(col, r, col+halfColumns-1, r, fr.Text())
			wb.calc(c, col, r, fr.Text(), fmt.Sprintf(`INDEX(%s,%s,1)&"  "&INDEX(%s,%s,1)`, k.ref, at, k.subject, at), sheetdata.Str(x.Ref+"  "+x.Subject))
			wb.calc(c, col+halfColumns-1, r, fr.StrongNum(pages.FormatTwo), fmt.Sprintf("INDEX(%s,%s,1)", k.mean, at), shown(k.means[i]))
		}
	}
}

// overviewFurthest repeats the first of the sheet Priorities.
func (wb *workbook) overviewFurthest(c *pages.Canvas, row int) {
	fr, k := wb.fr, &wb.prioritiesAt
	r := wb.part(c, rightCol, row, wb.tell("Furthest short of the level to reach"))
	c.Text(rightCol, r, fr.Head(), wb.tell("Criterion"))
	c.Fill(rightCol+1, r, rightCol+halfColumns-3, r, fr.Head())
	c.Texts(rightCol+halfColumns-2, r, fr.HeadCentre(), wb.tell("Below it"), wb.tell("Distance"))
	for j := range min(listedBySide, len(k.ranks)) {
		i := slices.Index(k.ranks, j+1)
		x := &wb.criteria[i]
		on := func(col int) string { return wb.on(prioritiesSheet) + sheetdata.Fixed(col, prioritiesHead+1+j) }
		r++
		c.Fill(rightCol, r, rightCol+halfColumns-1, r, fr.Text())
		wb.calc(c, rightCol, r, fr.Text(), on(2), sheetdata.Str(x.Ref+"  "+x.Subject))
		wb.calc(c, rightCol+halfColumns-2, r, fr.Num(pages.FormatWhole), on(5), num(k.below[i]))
		wb.calc(c, rightCol+halfColumns-1, r, fr.StrongNum(pages.FormatTwo), on(8), sheetdata.Num(k.distances[i]))
	}
}
