package consolidated

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// rankCriteria numbers the criteria from the highest mean down; on a tie the earlier comes first.
func (wb *workbook) rankCriteria() {
	k := &wb.crit
	k.ranks = make([]int, len(k.means))
	for i, m := range k.means {
		x, ok := m.Get()
		if !ok {
			continue
		}
		k.ranks[i] = 1
		for j, other := range k.means {
			if y, ok := other.Get(); ok && (y > x || y == x && j < i) {
				k.ranks[i]++
			}
		}
	}
}

// byRank is the index of the criterion with the given rank, or -1.
func (k *criteriaPlaces) byRank(rank int) int {
	for i, r := range k.ranks {
		if r == rank {
			return i
		}
	}
	return -1
}

// ranked counts the criteria that have a rank.
func (k *criteriaPlaces) ranked() int {
	n := 0
	for _, r := range k.ranks {
		n = max(n, r)
	}
	return n
}

func num(n int) sheetdata.Value { return sheetdata.Num(float64(n)) }

// priorityCells counts how many are below the level chosen on the sheet Priorities, and ranks by it.
func (wb *workbook) priorityCells(c *pages.Canvas, i, orderCol, r int) {
	k, whole := &wb.crit, wb.fr.Num(pages.FormatWhole)
	own := "$" + sheetdata.Ref(orderCol+4, r)
	place, below := "$"+sheetdata.Ref(orderCol+1, r), "$"+sheetdata.Ref(orderCol+2, r)
	wb.calc(c, orderCol+2, r, whole, fmt.Sprintf(`COUNTIF(%s,"<"&%s)`, wb.matrix.columnOf(i), wb.prioritiesAt.level), num(wb.prioritiesAt.below[i]))
	wb.calc(c, orderCol+3, r, whole, fmt.Sprintf("1+SUMPRODUCT(--(%[1]s>%[2]s))+SUMPRODUCT(--(%[1]s=%[2]s),--(%[3]s>%[4]s))+SUMPRODUCT(--(%[1]s=%[2]s),--(%[3]s=%[4]s),--(%[5]s<%[6]s))",
		k.distance, own, k.below, below, k.order, place), num(wb.prioritiesAt.ranks[i]))
	var terms []string
	for j, s := range wb.steps {
		terms = append(terms, fmt.Sprintf("MAX(0,%s-%d)*$%s", wb.prioritiesAt.level, s.Number, sheetdata.Ref(k.countCol+j, r)))
	}
	wb.calc(c, orderCol+4, r, wb.fr.Num(pages.FormatTwo), fmt.Sprintf("IF($E%d=0,0,(%s)/$E%d)", r, strings.Join(terms, "+"), r), sheetdata.Num(wb.prioritiesAt.distances[i]))
}
