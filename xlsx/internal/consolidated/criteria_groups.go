package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const byGroupSheet = "Criteria by group"

// mostByGroup bounds the cells that the formulas of this sheet look at, so that the workbook opens at once;
// beyond it the sheet has values.
const mostByGroup = 20_000_000

// byGroupPage writes the mean of each criterion by group, and the number of answers that it rests on.
func (wb *workbook) byGroupPage(p *page) {
	const head = 5
	fr, c := wb.fr, newCanvas()
	lines := wb.groupsAt.lines[1:]
	p.widths(1, 52)
	var values []string
	for _, x := range lines {
		values = append(values, x.column+": answers", x.value)
	}
	p.widths(2, repeat(headingWidth(11, values...), 2*len(lines))...)
	p.freeze(2, head+1)
	p.print(true, false, head-1, head)
	c.text(1, 1, fr.title(), p.name)
	c.height(1, 30)
	c.text(1, 2, fr.subtitle(), fmt.Sprintf("Mean of the answers of each group, then their number. Hatched or grey: fewer than %d answers, or a group that is not shown.", wb.in.Round.SmallestGroup()))
	c.text(1, head-1, fr.head(), "")
	c.text(1, head, fr.head(), "Criterion")
	live := wb.live && len(lines)*wb.scored*len(wb.members) <= mostByGroup
	for k, x := range lines {
		for b := range 2 {
			col := 2 + b*len(lines) + k
			c.text(col, head-1, fr.style(look{head: true, centred: true}), x.column+[]string{": mean", ": answers"}[b])
			c.text(col, head, fr.headCentre(), x.value)
		}
	}
	c.height(head-1, 34)
	c.height(head, 34)
	whole, two, hatched := fr.num(formatWhole), fr.num(formatTwo), fr.style(look{hatched: true, lined: true})
	for i := range wb.criteria[:wb.scored] {
		r := head + 1 + i
		c.text(1, r, fr.text(), wb.criteria[i].Ref+"  "+wb.criteria[i].Subject)
		for k, x := range lines {
			t := wb.groupTally(x, i)
			meanCol, countCol := 2+k, 2+len(lines)+k
			if x.suppressed || t.n < wb.in.Round.SmallestGroup() {
				c.put(meanCol, r, cell{style: hatched})
				c.put(countCol, r, cell{style: hatched})
				continue
			}
			same := fmt.Sprintf("--EXACT(%s,%s$%d)", wb.matrix.groups[x.index], sheetdata.Name(meanCol), head)
			answers, col := "$"+sheetdata.Ref(countCol, r), wb.matrix.columnOf(i)
			if !live {
				c.put(meanCol, r, cell{style: two, value: shown(wb.columnMean(&t)), kind: valueCell})
				c.number(countCol, r, whole, float64(t.n))
				continue
			}
			c.formula(meanCol, r, two, fmt.Sprintf("SUMPRODUCT(%s,%s)/%s", same, col, answers), shown(wb.columnMean(&t)))
			c.formula(countCol, r, whole, fmt.Sprintf("SUMPRODUCT(%s,--ISNUMBER(%s))", same, col), num(t.n))
		}
	}
	if len(lines) > 0 && wb.scored > 0 {
		p.heat(sheetdata.Ref(2, head+1)+":"+sheetdata.Ref(1+len(lines), head+wb.scored), float64(wb.steps.Lowest()), float64(wb.steps.Highest()))
	}
	p.canvasRows(c)
}

// groupTally is the answers of a group's members to criterion c.
func (wb *workbook) groupTally(x groupLine, c int) tally {
	var t tally
	for i := range wb.members {
		if wb.members[i].groups[x.index] == x.value {
			t.add(wb.level(i, c), 1000)
		}
	}
	return t
}
