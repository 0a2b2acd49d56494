package consolidated

import (
	"fmt"
	"strconv"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// overviewCriteria lists the criteria with the highest and the lowest means.
func (wb *workbook) overviewCriteria(c *canvas, row int) {
	fr, k := wb.fr, &wb.crit
	n := k.ranked()
	for side, heading := range []string{"Most mature criteria", "Least mature criteria"} {
		col := []int{leftCol, rightCol}[side]
		r := wb.part(c, col, row, heading)
		c.text(col, r, fr.head(), "Criterion")
		c.fill(col+1, r, col+halfColumns-2, r, fr.head())
		c.text(col+halfColumns-1, r, fr.headCentre(), "Mean")
		for j := 1; j <= min(listedBySide, n); j++ {
			r++
			rank, of := strconv.Itoa(j), j
			if side == 1 {
				rank, of = fmt.Sprintf("MAX(%s)-%d", k.rank, j-1), n-j+1
			}
			at := fmt.Sprintf("MATCH(%s,%s,0)", rank, k.rank)
			i := k.byRank(of)
			x := &wb.criteria[i]
			c.fill(col, r, col+halfColumns-1, r, fr.text())
			wb.calc(c, col, r, fr.text(), fmt.Sprintf(`INDEX(%s,%s)&"  "&INDEX(%s,%s)`, k.ref, at, k.subject, at), sheetdata.Str(x.Ref+"  "+x.Subject))
			wb.calc(c, col+halfColumns-1, r, fr.strongNum(formatTwo), fmt.Sprintf("INDEX(%s,%s)", k.mean, at), shown(k.means[i]))
		}
	}
}
