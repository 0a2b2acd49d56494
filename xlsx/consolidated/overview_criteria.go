package consolidated

import (
	"fmt"
	"strconv"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// overviewCriteria lists the criteria with the highest and the lowest means.
func (wb *workbook) overviewCriteria(c *pages.Canvas, row int) {
	fr, k := wb.fr, &wb.crit
	n := k.ranked()
	for side, heading := range wb.tellAll("Most mature criteria", "Least mature criteria") {
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
