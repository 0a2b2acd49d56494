package consolidated

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const overTimeSheet = "Over time"

// Formats of changes: they are small, so they get a decimal more than scores. A change of achievements is in percentage points,
// which are not per cent of what was.
const formatChange = "+0.00;-0.00;0.00"

// formatPoints shows a change of achievements.
func (wb *workbook) formatPoints() string {
	return strings.ReplaceAll(`+0%"@";-0%"@";0%"@"`, "@", wb.tell("-pt"))
}

// leastChange is the change that counts as one: less is what is left of computing with binary fractions.
const leastChange = 1e-9

// overTime is what the sheets Over time show: the changes of each topic, after those of the overall score where
// the method has one.
type overTime struct {
	page  *pages.Page
	first int // row of the first line
	lines []changeLine
}

// changeLine is how one score of the recipients compared was then and is now.
type changeLine struct {
	name           string
	format, signed string
	low, high      float64
	topic          int // -1 for the overall score
	// then, now and change have an entry for each recipient compared; an entry is none in all of them or in none.
	then, now, change []models.Figure
	thenName, nowName string // of the columns of the sheet Over time by recipient
	changeName        string
	// why is why figures are withheld from the edition for circulation; hidden says that all are.
	why    withholding.Change
	hidden bool
}

// compared says that there are changes to show. The edition for circulation needs enough recipients.
func (wb *workbook) compared() bool {
	x := wb.in.Comparison
	return x != nil && (!wb.in.Publish || wb.in.Disclosure != nil && len(x.Recipients) >= wb.in.Disclosure.LeastForMedian())
}

// changeLines takes the comparison apart, once.
func (wb *workbook) changeLines() {
	if wb.overTime.lines != nil {
		return
	}
	var lines []changeLine
	add := func(x changeLine, of func(*models.RecipientChange) *models.ScoreChange) {
		n := 0
		for i := range wb.in.Comparison.Recipients {
			then, now := models.Figure{}, models.Figure{}
			s := of(&wb.in.Comparison.Recipients[i])
			if s.Change.Known() {
				then, now = s.Earlier, s.Later
				n++
			}
			x.then, x.now, x.change = append(x.then, then), append(x.now, now), append(x.change, s.Change)
		}
		if wb.in.Publish {
			x.why = withholding.Change{Median: withholding.Derived, Quartiles: withholding.Derived, Moves: withholding.Derived}
			if d := wb.in.Disclosure; 1+x.topic < len(d.Changes) {
				x.why = d.Changes[1+x.topic]
			}
			x.hidden = x.why.Median != ""
		}
		lines = append(lines, x)
	}
	if wb.hasOverall() {
		x := changeLine{name: wb.overallName(), format: wb.overallFormat(), signed: formatChange, topic: -1}
		x.low, x.high = wb.overallEnds()
		if wb.staged() {
			x.format, x.signed = pages.FormatDecimal, pages.FormatSigned
		}
		add(x, func(r *models.RecipientChange) *models.ScoreChange { return &r.Overall })
	}
	for i, t := range wb.topics {
		x := changeLine{name: t.name, format: wb.scoreFormat(), signed: wb.changeFormat(), topic: i}
		x.low, x.high = wb.scoreEnds()
		add(x, func(r *models.RecipientChange) *models.ScoreChange { return &r.Topics[i] })
	}
	wb.overTime.lines = lines
}

func (wb *workbook) changeFormat() string {
	if wb.staged() {
		return wb.formatPoints()
	}
	return formatChange
}

// moved counts the changes upwards and downwards.
func (x *changeLine) moved() (up, down int) {
	for _, f := range x.change {
		switch c := f.Or(0); {
		case c > leastChange:
			up++
		case c < -leastChange:
			down++
		}
	}
	return up, down
}

// overTimePage writes how the scores moved since an earlier round, by topic and by criterion, and what is not
// compared.
func (wb *workbook) overTimePage(p *pages.Page) {
	wb.changeLines()
	fr, c := wb.fr, pages.NewCanvas()
	wb.overTime.page = p
	p.Widths(1, append([]float64{52}, repeat(11, 9)...)...)
	p.Freeze(2, 3)
	p.Print(true, false, 0, 0)
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	c.Text(1, 2, fr.Subtitle(), wb.tell("Now is this round; then is %s. Compared are the %d recipients that returned both times, by the criteria that are the same in both.", wb.earlier(), len(wb.in.Comparison.Recipients)))
	r := wb.changesByTopic(p, c, 4)
	if !wb.in.Publish {
		if wb.staged() {
			r = wb.levelMoves(c, r)
		}
		r = wb.changesByCriterion(p, c, r)
		wb.notCompared(c, r)
	}
	p.CanvasRows(c)
}

// earlier names the earlier round.
func (wb *workbook) earlier() string {
	return pages.FirstOf(wb.in.Earlier, wb.tell("the earlier round"))
}

// changesByTopic writes a line for each topic and a chart, and returns the next free row.
func (wb *workbook) changesByTopic(p *pages.Page, c *pages.Canvas, r int) int {
	fr, o := wb.fr, &wb.overTime
	headings := wb.tellAll("Topic", "Recipients compared", "Median then", "Median now", "Median change", "Lower quartile of changes", "Upper quartile of changes", "Up", "Same", "Down")
	note := wb.tell("Scores are over the criteria that a recipient answered both times. Up, same and down count recipients.")
	if wb.staged() {
		note += " " + wb.tell("Levels attained are over all criteria compared.")
	}
	if wb.in.Publish {
		headings = slices.Delete(headings, 2, 4) // which would give away those who returned only once
		note += " " + wb.tell("Hatched or grey: withheld, with the reason. What could be worked out are scores of those who returned only once, where these are fewer than %d, from both rounds' editions, or answers to a criterion that is left out of this edition.", wb.in.Disclosure.LeastForMean())
	}
	o.first = fr.Block(c, r, wb.tell("By topic"), note, headings...)
	c.Height(o.first-1, 48)
	for i := range o.lines {
		wb.changeRow(c, o.first+i, &o.lines[i])
	}
	last := o.first + len(o.lines) - 1
	changeCol := 5
	if wb.in.Publish {
		changeCol = 3
	}
	for i := range o.lines {
		x, r := &o.lines[i], o.first+i
		if !wb.in.Publish {
			p.Heat(sheetdata.Ref(3, r)+":"+sheetdata.Ref(4, r), x.low, x.high)
		}
		p.ChangeHeat(sheetdata.Ref(changeCol, r)+":"+sheetdata.Ref(changeCol+2, r), x.high-x.low)
	}
	if wb.in.Publish {
		return last + 3
	}
	return wb.changesChart(p, c, last)
}

func (wb *workbook) changeRow(c *pages.Canvas, r int, x *changeLine) {
	fr := wb.fr
	whole, score, signed := fr.Num(pages.FormatWhole), fr.Num(x.format), fr.Num(x.signed)
	c.Text(1, r, fr.Text(), x.name)
	s := spreadOf(x.change)
	up, down := x.moved()
	col, withheld, least := 1, x.why.Median, 0
	if wb.in.Publish {
		least = wb.in.Disclosure.LeastForMedian()
	}
	put := func(style int, formula string, v sheetdata.Value) {
		col++
		if withheld != "" {
			wb.hatch(c, col, r, withheld, least)
			return
		}
		wb.calc(c, col, r, style, formula, v)
	}
	put(whole, "COUNT("+x.changeName+")", num(len(s)))
	if !wb.in.Publish {
		put(score, quartileFormula(x.thenName, 2), shown(spreadOf(x.then).quartile(2)))
		put(score, quartileFormula(x.nowName, 2), shown(spreadOf(x.now).quartile(2)))
	}
	quartile := func(q int) models.Figure {
		v, ok := s.quartile(q).Get()
		if !ok || !wb.in.Publish {
			return s.quartile(q)
		}
		return models.Some(models.RoundTo(v, withholding.Decimals(len(s), wb.staged() && x.topic >= 0)))
	}
	put(fr.StrongNum(x.signed), quartileFormula(x.changeName, 2), shown(quartile(2)))
	if withheld = x.why.Quartiles; wb.in.Publish && !x.hidden {
		least = wb.in.Disclosure.LeastForQuartiles()
	}
	put(signed, quartileFormula(x.changeName, 1), shown(quartile(1)))
	put(signed, quartileFormula(x.changeName, 3), shown(quartile(3)))
	withheld = x.why.Moves
	// The bound is joined to the sign so that it is read in the user's own way of writing decimals.
	ups, downs := fmt.Sprintf(`COUNTIF(%s,">"&1/10^9)`, x.changeName), fmt.Sprintf(`COUNTIF(%s,"<"&-1/10^9)`, x.changeName)
	put(whole, ups, num(up))
	put(whole, fmt.Sprintf("$B%d-%s-%s", r, ups, downs), num(len(s)-up-down))
	put(whole, downs, num(down))
}

// changesChart draws the medians then and now of the topics, and returns the next free row.
func (wb *workbook) changesChart(p *pages.Page, c *pages.Canvas, last int) int {
	o := &wb.overTime
	first := o.first + len(o.lines) - len(wb.topics)
	p.Canvas = c
	names := p.Down(1, first, last)
	rows := 6 + 3*len(wb.topics)/2
	low, high := wb.scoreEnds()
	x := pages.Chart{
		Title: wb.tell("Median score of each topic, then and now"), Col: 1, Row: last + 2, Width: 1060, Height: uint(rows * 20),
		Alt:    wb.tell("Bar chart: for each topic the median of the scores of the recipients compared, in the earlier round and now. The figures are in the table By topic."),
		Across: true, Legend: true, Format: wb.scoreFormat(), Low: low, High: high,
		Series: []pages.Series{
			{Name: wb.tell("Then"), Categories: names, Values: p.Down(3, first, last), Colour: pages.ThenGrey, Label: pages.Ink},
			{Name: wb.tell("Now"), Categories: names, Values: p.Down(4, first, last), Colour: pages.Blue, Label: pages.Ink},
		},
	}
	if !wb.staged() {
		x.Unit = 1
	}
	p.Chart(x)
	return last + 5 + rows
}
