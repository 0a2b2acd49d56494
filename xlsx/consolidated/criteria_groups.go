package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const byGroupSheet = "Criteria by group"

// mostByGroup bounds the cells that the formulas of this sheet look at, so that the workbook opens at once;
// beyond it the sheet has values.
const mostByGroup = 20_000_000

// byGroupPage writes the mean of each criterion by group, and the number of answers that it rests on.
func (wb *workbook) byGroupPage(p *pages.Page) {
	const head = 5
	fr, c := wb.fr, pages.NewCanvas()
	lines := wb.groupsAt.lines[1:]
	p.Widths(1, 52)
	var values []string
	for _, x := range lines {
		values = append(values, wb.tell("%s: answers", x.column), x.value)
	}
	p.Widths(2, repeat(pages.HeadingWidth(11, values...), 2*len(lines))...)
	p.Freeze(2, head+1)
	p.Print(true, false, head-1, head)
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	c.Text(1, 2, fr.Subtitle(), wb.tell("Mean of the answers of each group, then their number. Hatched or grey: no answers.")+" "+wb.tell(officeOnly)+".")
	c.Text(1, head-1, fr.Head(), "")
	c.Text(1, head, fr.Head(), wb.tell("Criterion"))
	live := wb.live && len(lines)*wb.scored*len(wb.members) <= mostByGroup
	for k, x := range lines {
		for b := range 2 {
			col := 2 + b*len(lines) + k
			c.Text(col, head-1, fr.Style(pages.Look{Head: true, Centred: true}), []string{wb.tell("%s: mean", x.column), wb.tell("%s: answers", x.column)}[b])
			c.Text(col, head, fr.HeadCentre(), x.value)
		}
	}
	c.Height(head-1, 34)
	c.Height(head, 34)
	whole, two, hatched := fr.Num(pages.FormatWhole), fr.Num(pages.FormatTwo), fr.Style(pages.Look{Hatched: true, Lined: true})
	for i := range wb.criteria[:wb.scored] {
		r := head + 1 + i
		c.Text(1, r, fr.Text(), wb.criteria[i].Ref+"  "+wb.criteria[i].Subject)
		for k, x := range lines {
			t := wb.groupTally(x, i)
			meanCol, countCol := 2+k, 2+len(lines)+k
			if t.n == 0 {
				c.Put(meanCol, r, pages.Cell{Style: hatched})
				c.Put(countCol, r, pages.Cell{Style: hatched})
				continue
			}
			of, col := wb.matrix.groups[x.index], wb.matrix.columnOf(i)
			if !live {
				c.Put(meanCol, r, pages.Cell{Style: two, Value: shown(wb.columnMean(&t)), Kind: pages.ValueCell})
				c.Number(countCol, r, whole, float64(t.n))
				continue
			}
			c.Formula(meanCol, r, two, fmt.Sprintf("SUMIFS(%s,%s,%d)/$%s", col, of, x.number, sheetdata.Ref(countCol, r)), shown(wb.columnMean(&t)))
			c.Formula(countCol, r, whole, fmt.Sprintf(`COUNTIFS(%s,%d,%s,">=0")`, of, x.number, col), num(t.n))
		}
	}
	if len(lines) > 0 && wb.scored > 0 {
		p.Heat(sheetdata.Ref(2, head+1)+":"+sheetdata.Ref(1+len(lines), head+wb.scored), float64(wb.steps.Lowest()), float64(wb.steps.Highest()))
	}
	p.CanvasRows(c)
}

// groupTally is the answers of a group's members to criterion c.
func (wb *workbook) groupTally(x groupLine, c int) tally {
	var t tally
	for _, i := range wb.membersOf(x) {
		t.add(wb.level(i, c), 1000)
	}
	return t
}

// groupKey is a group: its column's place among the group columns, and its value.
type groupKey struct {
	index int
	value string
}

// membersOf lists a group's members. They are looked for once: the sheets of groups ask for them for each criterion.
func (wb *workbook) membersOf(x groupLine) []int {
	key := groupKey{x.index, x.value}
	list, ok := wb.groupMembers[key]
	if ok {
		return list
	}
	for i := range wb.members {
		if wb.members[i].groups[x.index] == x.value {
			list = append(list, i)
		}
	}
	if wb.groupMembers == nil {
		wb.groupMembers = map[groupKey][]int{}
	}
	wb.groupMembers[key] = list
	return list
}
