package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const distributionSheet = "Distribution by group"

// distributionPage writes a row for each criterion and group: how many of its members answered, their mean, and
// how many chose each level.
func (wb *workbook) distributionPage(p *pages.Page) {
	const head = 4
	fr, lines := wb.fr, wb.groupsAt.lines[1:]
	headings := wb.tellAll("Ref", "Topic", "Criterion", "Grouped by", "Group", "Answers", "Mean")
	countCol := len(headings) + 1
	for _, s := range wb.steps {
		headings = append(headings, pages.Distinct(s.Label(), headings))
	}
	shareCol := len(headings) + 1
	for _, s := range wb.steps {
		headings = append(headings, pages.Distinct(wb.tell("%s in %%", s.Code), headings))
	}
	first, last := head+1, head+max(1, len(lines)*wb.scored)
	groupWidth := pages.LeastName + 0.0
	for _, w := range wb.recipientWidths()[2:] {
		groupWidth = max(groupWidth, w)
	}
	topicWidth, _, subjectWidth := wb.criterionWidths()
	p.Widths(1, refWidth, topicWidth, subjectWidth, 16, groupWidth, 10, 9)
	p.Widths(countCol, repeat(11, len(wb.steps))...)
	p.Widths(shareCol, repeat(8, len(wb.steps))...)
	p.Freeze(4, first)
	p.Print(true, false, head, head)
	p.Table(fr.Free("DistributionTable"), 1, head, last, headings)
	p.Dimension(len(headings), last)
	p.Heat(sheetdata.Ref(7, first)+":"+sheetdata.Ref(7, last), float64(wb.steps.Lowest()), float64(wb.steps.Highest()))
	p.Bars(sheetdata.Ref(shareCol, first)+":"+sheetdata.Ref(shareCol+len(wb.steps)-1, last), pages.HighPale)

	d := &distributionRows{
		workbook: wb, countCol: countCol, shareCol: shareCol,
		live: wb.live && len(lines)*wb.scored*(len(wb.steps)+2)*len(wb.members) <= mostByGroup,
		text: fr.Text(), wrapped: fr.Style(pages.Look{Lined: true, Wrap: true}), whole: fr.Num(pages.FormatWhole), pct: fr.Num(pages.FormatPercent), two: fr.StrongNum(pages.FormatTwo), hatched: fr.Style(pages.Look{Hatched: true, Lined: true}),
	}
	note := wb.tell("How each group answered each criterion. Hatched or grey: no answers. Filter by criterion to set the groups side by side.") + " " + wb.tell(officeOnly) + "."
	if wb.live && !d.live {
		note += " " + wb.tell("There are so many that these figures are values.")
	}
	title, sub, headStyle, mid := fr.Title(), fr.Subtitle(), fr.Head(), fr.HeadCentre()
	high := p.HeadHeight(48, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(title, p.Name)
		x.Row(2, 0)
		x.Text(sub, note)
		x.Row(head, high)
		for i, h := range headings {
			if i < 5 {
				x.Text(headStyle, h)
			} else {
				x.Text(mid, h)
			}
		}
		r := first
		for i := range wb.criteria[:wb.scored] {
			height := pages.HeightOf(max(pages.LinesIn(wb.criteria[i].topic, topicWidth), pages.LinesIn(wb.criteria[i].Subject, subjectWidth)))
			for _, line := range lines {
				x.Row(r, height)
				d.row(x, i, r, line)
				r++
			}
		}
	}
}

// distributionRows is what the rows of the sheet have in common.
type distributionRows struct {
	*workbook
	live                     bool
	countCol, shareCol       int
	text, wrapped            int
	whole, pct, two, hatched int
}

func (d *distributionRows) row(x *sheetdata.Writer, i, r int, line groupLine) {
	k := &d.criteria[i]
	for j, s := range []string{k.Ref, k.topic, k.Subject, line.column, line.value} {
		if j == 1 || j == 2 {
			x.Text(d.wrapped, s)
		} else {
			x.Text(d.text, s)
		}
	}
	t := d.groupTally(line, i)
	if t.n == 0 {
		for range 2 + 2*len(d.steps) {
			x.Empty(d.hatched)
		}
		return
	}
	of, col := fmt.Sprintf("%s,%d", d.matrix.groups[line.index], line.number), d.matrix.columnOf(i)
	d.put(x, d.whole, fmt.Sprintf(`COUNTIFS(%s,%s,">=0")`, of, col), models.Some(float64(t.n)))
	d.put(x, d.two, fmt.Sprintf("SUMIFS(%s,%s)/$F%d", col, of, r), d.columnMean(&t))
	counts := d.groupDistribution(line, i)
	for j, s := range d.steps {
		d.put(x, d.whole, fmt.Sprintf("COUNTIFS(%s,%s,%d)", of, col, s.Number), models.Some(float64(counts[j])))
	}
	for j := range d.steps {
		d.put(x, d.pct, fmt.Sprintf("%s/$F%d", sheetdata.Ref(d.countCol+j, r), r), share(counts[j], t.n))
	}
}

// put writes a formula, or its value where there are too many.
func (d *distributionRows) put(x *sheetdata.Writer, style int, formula string, v models.Figure) {
	if d.live {
		x.Formula(style, formula, shown(v))
		return
	}
	x.Number(style, v.Or(0))
}

// groupDistribution counts a group's answers to criterion c by step.
func (wb *workbook) groupDistribution(line groupLine, c int) []int {
	counts := make([]int, len(wb.steps))
	for _, i := range wb.membersOf(line) {
		v := wb.level(i, c)
		for j := range wb.steps {
			if v == int16(wb.steps[j].Number) {
				counts[j]++
			}
		}
	}
	return counts
}
