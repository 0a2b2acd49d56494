package consolidated

import (
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const (
	matrixSheet  = "Matrix"
	targetsSheet = "Targets"
)

// matrixPage writes a row for each recipient whose return counts and a column for each criterion: the numbers
// that all figures of the workbook start from.
func (wb *workbook) matrixPage(p *pages.Page) {
	note := wb.tell("The number chosen for each criterion. An empty cell is a blank answer, n/a is 'not applicable'. All figures of this workbook start here.")
	if wb.t.Selective() {
		note = wb.tell("The number chosen for each criterion. An empty cell is a blank answer, n/a is 'not applicable', – is a criterion that the recipient is not asked. All figures start here.")
	}
	wb.matrix = wb.gridPage(p, "Matrix", note, wb.level)
}

// targetsPage writes the targets in the same form.
func (wb *workbook) targetsPage(p *pages.Page) {
	wb.targetsG = wb.gridPage(p, "Targets", wb.tell("The target chosen for each criterion, in the rows and columns of the sheet Matrix."), wb.target)
}

func (wb *workbook) gridPage(p *pages.Page, name, note string, value func(i, c int) int16) grid {
	g := grid{page: p, head: 6, col: 4 + len(wb.groups)}
	g.first = g.head + 1
	g.last = g.head + max(1, len(wb.members))
	g.lastCriterion = g.col + len(wb.criteria) - 1
	g.weight = g.head - 1
	fr := wb.fr
	p.Widths(1, wb.recipientWidths()...)
	p.Widths(g.col-1, append([]float64{5}, repeat(6.5, len(wb.criteria))...)...)
	p.Freeze(3, g.first)
	p.Print(true, false, 3, g.head)
	p.PrintArea(1, 1, g.lastCriterion, g.last)
	p.Across(1+len(wb.criteria)/36, 3, g.head, 1, 2)
	headings := wb.recipientHeadings()
	headings = append(headings, pages.Distinct(wb.tell("No."), headings))
	for _, c := range wb.criteria {
		headings = append(headings, pages.Distinct(c.Ref, headings))
	}
	lastCol := g.lastCriterion
	if name == "Matrix" {
		lastCol++
		headings = append(headings, pages.Distinct(wb.tell("Shown in Compare"), headings))
		g.selected = p.Define("Matrix_Selected", sheetdata.Box(lastCol, g.first, lastCol, g.last))
		headings = wb.numberHeadings(headings)
		for i, col := range wb.groups {
			at := lastCol + 1 + i
			g.groups = append(g.groups, p.Define("Matrix_No_of_"+col.name, sheetdata.Box(at, g.first, at, g.last)))
		}
	}
	wb.nameGrid(&g, name)
	if name == "Matrix" {
		wb.findRowFigures(&g)
		headings = wb.nameRowFigures(&g, len(headings)+1, headings)
	}
	p.Table(name+"Table", 1, g.head, g.last, headings)
	p.Dimension(len(headings), g.last)
	if wb.scored > 0 {
		p.Heat(sheetdata.Ref(g.col, g.first)+":"+sheetdata.Ref(g.col+wb.scored-1, g.last), float64(wb.steps.Lowest()), float64(wb.steps.Highest()))
	}

	title, sub, head, mid := fr.Title(), fr.Subtitle(), fr.Head(), fr.HeadCentre()
	topic, subject := fr.Style(pages.Look{Bold: true, Colour: fr.Strong}), fr.Style(pages.Look{Upright: true, Wrap: true, Size: 9})
	faint := fr.Style(pages.Look{Lined: true, Format: pages.FormatWhole, Centred: true, Colour: pages.Muted})
	faintFigure := fr.Style(pages.Look{Lined: true, Format: pages.FormatTwo, Centred: true, Colour: pages.Muted})
	weight, text, num := fr.Style(pages.Look{Size: 9, Colour: pages.Muted, Format: pages.FormatWhole, Centred: true}), fr.Text(), fr.Num(pages.FormatWhole)
	named := wb.nameLook()
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(title, p.Name)
		x.Row(2, 0)
		x.Text(sub, note)
		x.Row(3, 0)
		x.Skip(g.col - 1)
		for i, c := range wb.criteria {
			if i > 0 && wb.criteria[i-1].topic == c.topic {
				x.Skip(1)
				continue
			}
			x.Text(topic, c.topic)
		}
		x.Row(4, 130)
		x.Skip(g.col - 1)
		for _, c := range wb.criteria {
			x.Text(subject, c.Subject)
		}
		if wb.weighted {
			x.Row(g.weight, 0)
			x.Text(weight, wb.tell("Weight in thousandths"))
			x.Skip(g.col - 2)
			for _, c := range wb.criteria {
				x.Number(weight, float64(c.weight))
			}
		}
		x.Row(g.head, 30)
		for i, h := range headings {
			if i < g.col-1 {
				x.Text(head, h)
			} else {
				x.Text(mid, h)
			}
		}
		for i := range wb.members {
			m := &wb.members[i]
			x.Row(g.first+i, named.height(m.name))
			x.Text(text, m.id)
			x.Text(named.style(m.name), m.name)
			for _, v := range m.groups {
				x.Text(text, v)
			}
			x.Int(faint, i+1)
			for c := range wb.criteria {
				switch v := value(i, c); v {
				case blankAnswer:
					x.Empty(num)
				case notApplicable:
					x.Text(num, "n/a")
				case notAsked:
					x.Text(num, notAskedMark)
				default:
					x.Int(num, int(v))
				}
			}
			if lastCol > g.lastCriterion {
				wb.selectedCell(x, faint, i, g.col-1)
				for k, v := range m.groups {
					x.Int(faint, wb.groupNumber(k, v))
				}
				for k := range g.figures {
					f := &g.figures[k]
					if v, ok := f.value(i).Number(); ok && f.formula == nil {
						x.Number(faint, v)
						continue
					}
					wb.cellInRows(x, faintFigure, f.formula, f.value(i))
				}
			}
		}
	}
	return g
}

func (wb *workbook) recipientHeadings() []string {
	headings := wb.tellAll("ID", "Recipient")
	for _, g := range wb.groups {
		headings = append(headings, groupHeading(g.name, headings))
	}
	return headings
}

// groupHeading keeps the headings of a table apart, which Excel compares without regard to case.
func groupHeading(name string, taken []string) string {
	return pages.Distinct(name, taken)
}

// nameGrid gives the parts of a grid names for formulas.
func (wb *workbook) nameGrid(g *grid, name string) {
	rows := func(first, last int) string {
		return sheetdata.Box(g.col+first, g.first, g.col+last, g.last)
	}
	weights := func(first, last int) string {
		return sheetdata.Box(g.col+first, g.weight, g.col+last, g.weight)
	}
	g.no = g.page.Define(name+"_No", sheetdata.Box(g.col-1, g.first, g.col-1, g.last))
	if wb.scored > 0 {
		g.all = g.page.Define(name+"_All", rows(0, wb.scored-1))
		if wb.weighted {
			g.weights = g.page.Define(name+"_Weights", weights(0, wb.scored-1))
		}
	}
	add := func(x block) (of, weight string) {
		if x.empty() {
			return "", ""
		}
		of = g.page.Define(name+"_"+x.id, rows(x.first, x.last))
		if wb.weighted {
			weight = g.page.Define(name+"_Weights_"+x.id, weights(x.first, x.last))
		}
		return of, weight
	}
	if name != "Matrix" {
		return
	}
	for _, x := range wb.topics {
		x.id = "Topic_" + x.id
		of, weight := add(x)
		g.topics, g.topicWeights = append(g.topics, of), append(g.topicWeights, weight)
	}
	for _, s := range wb.sections {
		x := s.block
		x.id = "Section_" + x.id
		of, weight := add(x)
		g.sections, g.sectionWeights = append(g.sections, of), append(g.sectionWeights, weight)
	}
	if wb.scored < len(wb.criteria) {
		g.symptoms = g.page.Define(name+"_Symptoms", rows(wb.scored, len(wb.criteria)-1))
	}
}

// columnOf is the range of criterion c's answers, with its sheet.
func (g *grid) columnOf(c int) string {
	return pages.SheetRef(g.page.Name) + sheetdata.Box(g.col+c, g.first, g.col+c, g.last)
}

func repeat(x float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = x
	}
	return out
}

// selectedCell writes whether member i is shown in Compare; noCol is the sheet's column of running numbers.
func (wb *workbook) selectedCell(x *sheetdata.Writer, style, i, noCol int) {
	v := 0.0
	if wb.isSelected(i) {
		v = 1
	}
	wb.cellInRows(x, style, func(r int) string {
		groups := "$" + sheetdata.Ref(3, r) + ":$" + sheetdata.Ref(2+max(1, len(wb.groups)), r)
		return wb.selectedFormula(groups, "$"+sheetdata.Ref(noCol, r))
	}, sheetdata.Num(v))
}
