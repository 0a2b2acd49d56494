package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const heatSheet = "Heat map"

// heatMap is where the sheet Heat map has what others refer to, and the scores that it shows.
type heatMap struct {
	page              *pages.Page
	head, first, last int
	overallCol        int // 0 for none
	topicCol          int
	rowCol            int
	no, selected      string   // names of columns
	topics            []string // names of the topics' columns
	allTopics         string   // and of all of them
	overall           string
	groups            []string
	scores            [][]models.Figure // by topic, then member
	overallScores     []models.Figure
}

// heatPage writes recipient × topic, coloured from the lowest to the highest score.
func (wb *workbook) heatPage(p *pages.Page) {
	h := &wb.heat
	h.page, h.head = p, 8
	h.first, h.last = h.head+1, h.head+max(1, len(wb.members))
	headings := wb.recipientHeadings()
	if wb.hasOverall() {
		headings = append(headings, pages.Distinct(wb.overallName(), headings))
		h.overallCol = len(headings)
	}
	h.topicCol = len(headings) + 1
	for _, t := range wb.topics {
		headings = append(headings, pages.Distinct(t.name, headings))
	}
	headings = append(headings, pages.Distinct(wb.tell("Answered"), headings))
	headings = append(headings, pages.Distinct(wb.tell("No."), headings))
	headings = append(headings, pages.Distinct(wb.tell("Row in Matrix"), headings))
	h.rowCol = len(headings)
	headings = append(headings, pages.Distinct(wb.tell("Shown in Compare"), headings))
	headings = wb.numberHeadings(headings)
	wb.heatScores()
	wb.heatFrame(p, headings)

	fr := wb.fr
	format := wb.scoreFormat()
	title, sub, head, mid := fr.Title(), fr.Subtitle(), fr.Head(), fr.HeadCentre()
	text, num, strong := fr.Text(), fr.Num(format), fr.StrongNum(wb.overallFormat())
	whole, faint := fr.Num(pages.FormatWhole), fr.Style(pages.Look{Lined: true, Format: pages.FormatWhole, Centred: true, Colour: pages.Muted})
	summary, named := pages.NewCanvas(), wb.nameLook()
	wb.heatSummary(summary)
	high := p.HeadHeight(62, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(title, p.Name)
		x.Row(2, 0)
		x.Text(sub, wb.heatNote())
		summary.Write(x)
		x.Row(h.head, high)
		for i, s := range headings {
			if i < 2+len(wb.groups) {
				x.Text(head, s)
			} else {
				x.Text(mid, s)
			}
		}
		at := func(r int) string { return "$" + sheetdata.Ref(h.rowCol, r) }
		for i := range wb.members {
			m := &wb.members[i]
			x.Row(h.first+i, named.height(m.name))
			x.Text(text, m.id)
			x.Text(named.style(m.name), m.name)
			for _, v := range m.groups {
				x.Text(text, v)
			}
			if h.overallCol > 0 {
				wb.cellInRows(x, strong, func(r int) string { return wb.overallFormula(r, at(r)) }, shown(h.overallScores[i]))
			}
			for t := range wb.topics {
				wb.cellInRows(x, num, func(r int) string { return wb.matrix.figure(fmt.Sprint("topic ", t), at(r)) }, shown(h.scores[t][i]))
			}
			answered := 0
			if wb.scored > 0 {
				answered = int(wb.count(i))
			}
			wb.cellInRows(x, whole, func(r int) string { return wb.countFormula(at(r)) }, sheetdata.Num(float64(answered)))
			x.Int(faint, i+1)
			wb.cellInRows(x, faint, func(r int) string { return wb.rowFormula(h.rowCol-1, r) }, sheetdata.Num(float64(i+1)))
			wb.selectedCell(x, faint, i, h.rowCol-1)
			for k, v := range m.groups {
				x.Int(faint, wb.groupNumber(k, v))
			}
		}
	}
}

// count is the number of scored criteria that member i gave a level.
func (wb *workbook) count(i int) int {
	t := wb.row(i, 0, wb.scored-1)
	return t.n
}

func (wb *workbook) countFormula(row string) string {
	if wb.scored == 0 {
		return "0"
	}
	return wb.matrix.figure("answered", row)
}

// rowFormula finds a recipient's row in the Matrix by its running number, so that any sheet may be sorted. The
// id will not do: MATCH takes it without regard to case, and reads wildcards in it.
func (wb *workbook) rowFormula(noCol, r int) string {
	return fmt.Sprintf("MATCH($%s,%s,0)", sheetdata.Ref(noCol, r), wb.matrix.no)
}

func (wb *workbook) overallName() string {
	if wb.staged() {
		return wb.tell("Level attained")
	}
	return wb.tell("Overall")
}

func (wb *workbook) overallFormat() string {
	if wb.staged() {
		return pages.FormatWhole
	}
	return pages.FormatDecimal
}

// heatScores computes what the sheet shows.
func (wb *workbook) heatScores() {
	h := &wb.heat
	for _, t := range wb.topics {
		list := make([]models.Figure, len(wb.members))
		for i := range list {
			list[i] = wb.score(i, t)
		}
		h.scores = append(h.scores, list)
	}
	if !wb.hasOverall() {
		return
	}
	h.overallScores = make([]models.Figure, len(wb.members))
	for i := range h.overallScores {
		h.overallScores[i] = wb.overallScore(i)
	}
}

// everything is all scored criteria.
func (wb *workbook) everything() block {
	if wb.all == nil { // asked for in every row of several sheets
		wb.all = new(wb.run("", "All criteria", nil, func(*criterion) bool { return true }))
	}
	return *wb.all
}

func (wb *workbook) heatFrame(p *pages.Page, headings []string) {
	h := &wb.heat
	p.Widths(1, wb.recipientWidths()...)
	p.Widths(3+len(wb.groups), repeat(pages.HeadingWidth(12, headings[2+len(wb.groups):]...), h.rowCol-1-len(wb.groups))...)
	p.Freeze(3, h.first)
	p.Print(true, false, h.head, h.head)
	p.PrintArea(1, 1, h.rowCol-2, h.last)
	p.Table(wb.fr.Free("HeatMapTable"), 1, h.head, h.last, headings)
	p.Dimension(len(headings), h.last)
	low, high := wb.scoreEnds()
	rows := func(c1, c2 int) string {
		return sheetdata.Ref(c1, h.first) + ":" + sheetdata.Ref(c2, h.last)
	}
	p.Heat(rows(h.topicCol, h.topicCol+len(wb.topics)-1), low, high)
	p.Heat(sheetdata.Ref(h.topicCol, 4)+":"+sheetdata.Ref(h.topicCol+len(wb.topics)-1, 6), low, high)
	column := func(name string, c int) string {
		return p.Define(name, sheetdata.Box(c, h.first, c, h.last))
	}
	h.no = column("Scores_No", h.rowCol-1)
	h.selected = column("Scores_Selected", h.rowCol+1)
	for i, g := range wb.groups {
		h.groups = append(h.groups, column("Scores_No_of_"+g.name, h.rowCol+2+i))
	}
	for i, t := range wb.topics {
		h.topics = append(h.topics, column("Scores_Topic_"+t.id, h.topicCol+i))
	}
	h.allTopics = p.Define("Scores_Topics", sheetdata.Box(h.topicCol, h.first, h.topicCol+max(1, len(wb.topics))-1, h.last))
	if h.overallCol > 0 {
		h.overall = column("Scores_Overall", h.overallCol)
		low, high := wb.overallEnds()
		p.Heat(rows(h.overallCol, h.overallCol), low, high)
		p.Heat(sheetdata.Ref(h.overallCol, 4)+":"+sheetdata.Ref(h.overallCol, 6), low, high)
	}
}

// heatSummary puts the quartiles over all recipients above the table.
func (wb *workbook) heatSummary(c *pages.Canvas) {
	h, fr := &wb.heat, wb.fr
	label, num := fr.Style(pages.Look{Lined: true, Bold: true}), fr.Num(wb.scoreFormat())
	overall := fr.StrongNum(wb.overallFormat())
	if wb.staged() {
		overall = fr.StrongNum(pages.FormatDecimal)
	}
	for k, q := range []int{3, 2, 1} {
		r := 4 + k
		c.Text(2, r, label, wb.tellAll("Upper quartile of all", "Median of all", "Lower quartile of all")[k])
		if h.overallCol > 0 {
			wb.calc(c, h.overallCol, r, overall, quartileFormula(h.overall, q), shown(spreadOf(h.overallScores).quartile(q)))
		}
		for t := range wb.topics {
			wb.calc(c, h.topicCol+t, r, num, quartileFormula(h.topics[t], q), shown(spreadOf(h.scores[t]).quartile(q)))
		}
	}
}

// quartileFormula is the formula of a quartile of a column of scores; 2 is the median.
func quartileFormula(name string, q int) string {
	return fmt.Sprintf(`IF(COUNT(%s)=0,"",%s)`, name, quartileOf(name, q))
}

func quartileOf(name string, q int) string {
	switch q {
	case 0:
		return "MIN(" + name + ")"
	case 2:
		return "MEDIAN(" + name + ")"
	case 4:
		return "MAX(" + name + ")"
	}
	return fmt.Sprintf("QUARTILE(%s,%d)", name, q)
}
