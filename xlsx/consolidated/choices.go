package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const choicesSheet = "Choices"

// choicePlaces is the hidden sheet from which the dropdown of the sheet Compare draws: groups with returns,
// then recipients.
type choicePlaces struct {
	list                                       []choiceLine
	label, chosen, kind, column, value, number string // names
}

type choiceLine struct {
	label  string
	kind   int // 1 group, 2 recipient
	column int // of the group, from 1
	value  string
	member int
}

func (wb *workbook) choicesPage(p *pages.Page) {
	k, c, fr := &wb.choices, pages.NewCanvas(), wb.fr
	for gi, col := range wb.groups {
		for _, v := range col.values {
			if v.returned > 0 {
				k.list = append(k.list, choiceLine{label: col.name + ": " + v.value, kind: 1, column: gi + 1, value: v.value, member: -1})
			}
		}
	}
	for i, m := range wb.members {
		k.list = append(k.list, choiceLine{label: m.id + "  " + m.name, kind: 2, member: i})
	}
	if len(k.list) == 0 {
		k.list = []choiceLine{{label: wb.tell("(no returns)"), member: -1}}
	}
	c.Texts(1, 1, fr.Head(), wb.tellAll("Choice", "Order, where chosen", "Kind (1 group, 2 recipient)", "Group column", "Group", "No.")...)
	for i, x := range k.list {
		r := 2 + i
		c.Text(1, r, 0, x.label)
		v := 0.0
		if i == 0 {
			v = 1
		}
		// Texts are compared one by one: with regard to case, and without wildcards.
		wb.calc(c, 2, r, 0, fmt.Sprintf("IF(EXACT($A%d,%s$A$%d),%d,0)", r, wb.on(compareSheet), compareInput, i+1), sheetdata.Num(v))
		c.Number(3, r, 0, float64(x.kind))
		c.Number(4, r, 0, float64(max(1, x.column)))
		c.Text(5, r, 0, x.value)
		c.Number(6, r, 0, float64(x.member+1))
	}
	last := 1 + len(k.list)
	name := func(n string, col int) string {
		return p.Define("Choices_"+n, sheetdata.Box(col, 2, col, last))
	}
	k.label, k.chosen, k.kind = name("Label", 1), name("Chosen", 2), name("Kind", 3)
	k.column, k.value, k.number = name("Column", 4), name("Value", 5), name("No", 6)
	p.Widths(1, 44, 9, 12, 12, 30, 9)
	p.CanvasRows(c)
	p.Frame.Note(p.Frame.File.SetSheetVisible(p.Name, false))
}

// selected is the formula of whether a row belongs to what the sheet Compare shows: 1 or 0. groups is the
// row's group cells, no the cell of its running number.
func (wb *workbook) selectedFormula(groups, no string) string {
	k := &wb.compareAt
	if len(wb.groups) == 0 {
		return fmt.Sprintf("IF(AND(%s=2,%s=%s),1,0)", k.kind, no, k.number)
	}
	return fmt.Sprintf("IF(%s=2,IF(%s=%s,1,0),IF(%s=1,IF(EXACT(INDEX(%s,1,%s),%s),1,0),0))", k.kind, no, k.number, k.kind, groups, k.column, k.value)
}

// isSelected is its value.
func (wb *workbook) isSelected(i int) bool {
	x := wb.choices.list[0]
	if x.kind == 1 {
		return wb.members[i].groups[x.column-1] == x.value
	}
	return x.kind == 2 && x.member == i
}
