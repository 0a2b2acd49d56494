package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// risksPage counts how many recipients say that a symptom is still true. Symptoms are not scored.
func (wb *workbook) risksPage(p *page) {
	const head = 4
	fr, c := wb.fr, newCanvas()
	headings := []string{"Ref", "Kind", "Symptom", "Statement", "Still true", "No longer true", "Not applicable", "Blank", "Share still true"}
	p.widths(1, 11, 24, 32, 62, 10, 10, 11, 9, 11)
	p.freeze(2, head+1)
	p.print(true, false, head, head)
	c.text(1, 1, fr.title(), p.name)
	c.height(1, 30)
	c.text(1, 2, fr.subtitle(), "Symptoms that returns say are still true. They are shown as risks and not scored.")
	c.texts(1, head, fr.head(), headings[:4]...)
	c.texts(5, head, fr.headCentre(), headings[4:]...)
	c.height(head, 34)
	text, wrapped, whole, pct := fr.style(look{lined: true, top: true}), fr.wrapped(), fr.num(formatWhole), fr.num(formatPercent)
	r := head
	for i := wb.scored; i < len(wb.criteria); i++ {
		r++
		x, t, col := &wb.criteria[i], wb.column(i), wb.matrix.columnOf(i)
		yes, no := int(t.sum), t.n-int(t.sum)
		c.text(1, r, text, x.Ref)
		c.texts(2, r, wrapped, x.theme, x.Subject, x.Statement)
		wb.calc(c, 5, r, fr.strongNum(formatWhole), fmt.Sprintf("COUNTIF(%s,1)", col), num(yes))
		wb.calc(c, 6, r, whole, fmt.Sprintf("COUNTIF(%s,0)", col), num(no))
		wb.calc(c, 7, r, whole, fmt.Sprintf(`COUNTIF(%s,"n/a")`, col), num(t.na))
		wb.calc(c, 8, r, whole, fmt.Sprintf("COUNT(%s)-SUM(E%d:G%d)", wb.matrix.no, r, r)+wb.lessNotAsked(col), num(t.blank))
		wb.calc(c, 9, r, pct, fmt.Sprintf(`IF(E%d+F%d=0,"",E%d/(E%d+F%d))`, r, r, r, r, r), shown(share(yes, yes+no)))
		c.height(r, float64(max(1, (len([]rune(x.Statement))+61)/62))*15.5)
	}
	p.table(fr.free("RisksTable"), 1, head, r, headings)
	p.bars(sheetdata.Ref(9, head+1)+":"+sheetdata.Ref(9, r), lowPale)
	p.canvasRows(c)
}
