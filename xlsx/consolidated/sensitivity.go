package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const sensitivitySheet = "Sensitivity"

// sensitivityPage shows for each recipient what another rule would give, and how far blanks and answers "not
// applicable" move the score.
func (wb *workbook) sensitivityPage(p *pages.Page) {
	const head = 5
	fr := wb.fr
	first, last := head+1, head+max(1, len(wb.members))
	headings := wb.recipientHeadings()
	firstCol := len(headings) + 1
	columns := wb.sensitivityColumns()
	for _, c := range columns {
		headings = append(headings, pages.Distinct(c.heading, headings))
	}
	headings = append(headings, pages.Distinct(wb.tell("No."), headings), pages.Distinct(wb.tell("Row in Matrix"), headings))
	rowCol := len(headings)
	p.Widths(1, wb.recipientWidths()...)
	p.Widths(firstCol, repeat(12, rowCol-firstCol+1)...)
	p.Freeze(3, first)
	p.Print(true, false, head, head)
	p.PrintArea(1, 1, rowCol-2, last)
	p.Table(fr.Free("SensitivityTable"), 1, head, last, headings)
	p.Dimension(rowCol, last)
	title, sub, headStyle, mid, text := fr.Title(), fr.Subtitle(), fr.Head(), fr.HeadCentre(), fr.Text()
	faint := fr.Style(pages.Look{Lined: true, Format: pages.FormatWhole, Centred: true, Colour: pages.Muted})
	styles, named := make([]int, len(columns)), wb.nameLook()
	for k, c := range columns {
		styles[k] = fr.Num(c.format)
	}
	high := p.HeadHeight(62, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(title, p.Name)
		x.Row(2, 0)
		x.Text(sub, wb.tell("Over all scored criteria: what two rules give side by side, and the range of the score were every blank (or every blank and 'not applicable') the lowest choice, or the highest."))
		x.Row(3, 0)
		x.Text(sub, wb.sensitivityNote())
		x.Row(head, high)
		for i, h := range headings {
			if i < firstCol-1 {
				x.Text(headStyle, h)
			} else {
				x.Text(mid, h)
			}
		}
		for i := range wb.members {
			m := &wb.members[i]
			x.Row(first+i, named.height(m.name))
			x.Text(text, m.id)
			x.Text(named.style(m.name), m.name)
			for _, v := range m.groups {
				x.Text(text, v)
			}
			for k, c := range columns {
				v := c.value(i)
				formula := c.formula
				if c.cells != nil {
					formula = func(_ int, row string) string { return wb.matrix.figure(c.heading, row) }
				}
				if formula == nil {
					if n, ok := v.Number(); ok {
						x.Number(styles[k], n)
					} else {
						x.Text(styles[k], v.String())
					}
					continue
				}
				wb.cellInRows(x, styles[k], func(r int) string { return formula(r, "$"+sheetdata.Ref(rowCol, r)) }, v)
			}
			x.Int(faint, i+1)
			wb.cellInRows(x, faint, func(r int) string { return wb.rowFormula(rowCol-1, r) }, sheetdata.Num(float64(i+1)))
		}
	}
}

func (wb *workbook) sensitivityNote() string {
	if wb.staged() {
		return wb.tell("Levels attained were blanks the lowest or highest rating are values, worked out as on the sheet Levels.")
	}
	return wb.tell("Weights count as in the scores.")
}

// sensitivityColumn is a column of the sheet: its formula in row r, or none where it is a value.
type sensitivityColumn struct {
	heading, format string
	// cells is its formula from the recipient's answers, which stands in the Matrix.
	cells   func(cells string) string
	formula func(r int, row string) string
	value   func(i int) sheetdata.Value
	method  methods.Name // of a further method, "" for all else
}

func (wb *workbook) sensitivityColumns() []sensitivityColumn {
	all := wb.everything()
	if all.scale == nil {
		return nil
	}
	tallied := func(i int) tally { return wb.row(i, all.first, all.last) }
	mean := wb.tell("Mean of all criteria")
	if wb.staged() {
		mean = wb.tell("Achievement over all criteria")
	}
	columns := []sensitivityColumn{
		{heading: wb.tell("Answered"), format: pages.FormatWhole, cells: func(of string) string { return "COUNT(" + of + ")" }, value: func(i int) sheetdata.Value { return num(tallyN(tallied(i))) }},
		{heading: wb.tell("Not applicable"), format: pages.FormatWhole, cells: func(of string) string { return `COUNTIF(` + of + `,"n/a")` }, value: func(i int) sheetdata.Value { return num(tallied(i).na) }},
		{heading: wb.tell("Blank"), format: pages.FormatWhole, cells: func(of string) string {
			return fmt.Sprintf(`COLUMNS(%s)-COUNT(%s)-COUNTIF(%s,"n/a")`, of, of, of) + wb.lessNotAsked(of)
		}, value: func(i int) sheetdata.Value { return num(tallied(i).blank) }},
		{heading: mean, format: wb.meanFormat(), cells: func(of string) string { return wb.meanFormula(of, nil, false) }, value: func(i int) sheetdata.Value { return shown(wb.meanIf(i, nil, false)) }},
		{heading: wb.tell("Weakest criterion"), format: pages.FormatWhole, cells: weakestFormula, value: wb.weakest},
	}
	low, high := all.scale.Lowest(), all.scale.Highest()
	for _, x := range []struct {
		heading string
		fill    int
		na      bool
	}{
		{wb.tell("If blanks were lowest"), low, false}, {wb.tell("If blanks were highest"), high, false},
		{wb.tell("If blanks and n/a were lowest"), low, true}, {wb.tell("If blanks and n/a were highest"), high, true},
	} {
		columns = append(columns, sensitivityColumn{heading: x.heading, format: wb.meanFormat(),
			cells: func(of string) string { return wb.meanFormula(of, &x.fill, x.na) },
			value: func(i int) sheetdata.Value { return shown(wb.meanIf(i, &x.fill, x.na)) }})
	}
	if wb.staged() {
		columns = append(columns, wb.stagedSensitivity()...)
	}
	return append(columns, wb.furtherColumns()...)
}

func tallyN(t tally) int { return t.n }

func (wb *workbook) meanFormat() string {
	if wb.staged() {
		return pages.FormatPercent
	}
	return pages.FormatTwo
}

// meanIf is the mean, or the achievement, with blanks (and answers "not applicable") counted as fill.
func (wb *workbook) meanIf(i int, fill *int, na bool) models.Figure {
	var t tally
	all := wb.everything()
	for c := all.first; c <= all.last; c++ {
		v := wb.level(i, c)
		if fill != nil && (v == blankAnswer || na && v == notApplicable) {
			v = int16(*fill)
		}
		t.add(v, wb.criteria[c].weight)
	}
	if wb.staged() {
		return t.achievement(all.scale)
	}
	return t.mean()
}

func (wb *workbook) meanFormula(r string, fill *int, na bool) string {
	all := wb.everything()
	sum, n := "SUM("+r+")", "COUNT("+r+")"
	if wb.weighted {
		sum, n = fmt.Sprintf("SUMPRODUCT(%s,%s)", wb.matrix.weights, r), weightOfAnswers(wb.matrix.weights, r)
	}
	if fill != nil {
		// Everything that is no number is filled, or everything but "n/a".
		extra := fmt.Sprintf("(COLUMNS(%s)-COUNT(%s)%s)", r, r, wb.lessNotAsked(r))
		switch {
		case wb.weighted && na:
			extra = fmt.Sprintf("(SUM(%s)-%s%s)", wb.matrix.weights, weightOfAnswers(wb.matrix.weights, r), wb.lessWeightNotAsked(r))
		case wb.weighted:
			extra = fmt.Sprintf(`(SUM(%s)-%s-SUMIF(%s,"n/a",%s)%s)`, wb.matrix.weights, weightOfAnswers(wb.matrix.weights, r), r, wb.matrix.weights, wb.lessWeightNotAsked(r))
		case !na:
			extra = fmt.Sprintf(`(COLUMNS(%s)-COUNT(%s)-COUNTIF(%s,"n/a")%s)`, r, r, r, wb.lessNotAsked(r))
		}
		if *fill != 0 {
			sum = fmt.Sprintf("(%s+%d*%s)", sum, *fill, extra)
		}
		n = fmt.Sprintf("(%s+%s)", n, extra)
	}
	low, high := all.scale.Lowest(), all.scale.Highest()
	score := sum + "/" + n
	switch {
	case wb.staged() && low == 0:
		score = fmt.Sprintf("%s/(%d*%s)", sum, high, n)
	case wb.staged():
		score = fmt.Sprintf("(%s-%d*%s)/(%d*%s)", sum, low, n, high-low, n)
	}
	return fmt.Sprintf(`IF(%s=0,"",%s)`, n, score)
}

// stagedSensitivity are the levels attained, and what they would be.
func (wb *workbook) stagedSensitivity() []sensitivityColumn {
	return []sensitivityColumn{
		{heading: wb.tell("Level attained"), format: pages.FormatWhole, formula: func(r int, _ string) string {
			return fmt.Sprintf("INDEX(%s,MATCH($%s,%s,0),1)", wb.levelsAt.level, sheetdata.Ref(2+len(wb.groups)+len(wb.sensitivityHeads())+1, r), wb.levelsAt.no)
		}, value: func(i int) sheetdata.Value { return shown(wb.levelsAt.attained[i]) }},
		{heading: wb.tell("Level if blanks were lowest"), format: pages.FormatWhole, formula: nil, value: func(i int) sheetdata.Value { return shown(wb.scores[i].level.Low) }},
		{heading: wb.tell("Level if blanks were highest"), format: pages.FormatWhole, formula: nil, value: func(i int) sheetdata.Value { return shown(wb.scores[i].level.High) }},
	}
}

// sensitivityHeads are the columns between the recipient's and the running number, for staged templates.
func (wb *workbook) sensitivityHeads() []struct{} {
	return make([]struct{}, 12+len(wb.furtherColumns()))
}
