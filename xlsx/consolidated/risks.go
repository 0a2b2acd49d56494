package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const risksSheet = "Risks"

// risksPage counts how many recipients say that a symptom is still true. Symptoms are not scored.
func (wb *workbook) risksPage(p *pages.Page) {
	const head = 4
	fr, c := wb.fr, pages.NewCanvas()
	headings := wb.tellAll("Ref", "Kind", "Symptom", "Statement", "Still true", "Not true here", "Not applicable", "Blank", "Share still true")
	p.Widths(1, 11, 24, 32, 62, 10, 10, 11, 9, 11)
	p.Freeze(2, head+1)
	p.Print(true, false, head, head)
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	c.Text(1, 2, fr.Subtitle(), wb.tell("Symptoms that returns say are still true. They are shown as risks and not scored."))
	c.Texts(1, head, fr.Head(), headings[:4]...)
	c.Texts(5, head, fr.HeadCentre(), headings[4:]...)
	c.Height(head, 34)
	text, wrapped, whole, pct := fr.Style(pages.Look{Lined: true, Top: true}), fr.Wrapped(), fr.Num(pages.FormatWhole), fr.Num(pages.FormatPercent)
	r := head
	for i := wb.scored; i < len(wb.criteria); i++ {
		r++
		x, t, col := &wb.criteria[i], wb.column(i), wb.matrix.columnOf(i)
		yes, no := int(t.sum), t.n-int(t.sum)
		c.Text(1, r, text, x.Ref)
		c.Texts(2, r, wrapped, x.theme, x.Subject, x.Statement)
		wb.calc(c, 5, r, fr.StrongNum(pages.FormatWhole), fmt.Sprintf("COUNTIF(%s,1)", col), num(yes))
		wb.calc(c, 6, r, whole, fmt.Sprintf("COUNTIF(%s,0)", col), num(no))
		wb.calc(c, 7, r, whole, fmt.Sprintf(`COUNTIF(%s,"n/a")`, col), num(t.na))
		wb.calc(c, 8, r, whole, fmt.Sprintf("COUNT(%s)-SUM(E%d:G%d)", wb.matrix.no, r, r)+wb.lessNotAsked(col), num(t.blank))
		wb.calc(c, 9, r, pct, fmt.Sprintf(`IF(E%d+F%d=0,"",E%d/(E%d+F%d))`, r, r, r, r, r), shown(share(yes, yes+no)))
		c.Height(r, float64(max(1, (len([]rune(x.Statement))+61)/62))*15.5)
	}
	p.Table(fr.Free("RisksTable"), 1, head, r, headings)
	p.Bars(sheetdata.Ref(9, head+1)+":"+sheetdata.Ref(9, r), pages.LowPale)
	p.CanvasRows(c)
}
