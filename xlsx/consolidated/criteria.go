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

const criteriaSheet = "Criteria"

// criteriaPlaces names the columns of the sheet Criteria that others refer to.
type criteriaPlaces struct {
	first, last   int
	ref, subject  string
	topic         string
	topicNo       string
	themeNo       string
	answered      string
	na, blank     string
	counts        []string // by step
	median, mean  string
	rank, weight  string
	order         string
	below         string // below the level aimed at
	distance      string // mean distance to it
	priority      string
	withTarget    string
	atTarget      string
	targets       [][2]int // with a target, at or above it
	countCol      int
	means         []models.Figure
	ranks         []int // 0 for none
	tallies       []tally
	distributions [][]int
}

// criteriaPage writes a row for each scored criterion: how many answered, and how.
func (wb *workbook) criteriaPage(p *pages.Page) {
	const head = 4
	k := &wb.crit
	k.first, k.last = head+1, head+max(1, wb.scored)
	headings := wb.tellAll("Ref", "Topic", "Theme", "Criterion", "Answered", "Not applicable", "Blank")
	k.countCol = len(headings) + 1
	for _, s := range wb.steps {
		headings = append(headings, pages.Distinct(s.Label(), headings))
	}
	shareCol := len(headings) + 1
	for _, s := range wb.steps {
		headings = append(headings, pages.Distinct(wb.tell("%s in %%", s.Code), headings))
	}
	statCol := len(headings) + 1
	headings = append(headings, wb.tellAll("Lower quartile", "Median", "Upper quartile", "Mean")...)
	targetCol := len(headings) + 1
	if wb.hasTargets {
		headings = append(headings, wb.tellAll("With target", "At or above target", "Share at or above target")...)
	}
	orderCol := len(headings) + 1
	headings = append(headings, wb.tellAll("Rank by mean", "Order")...)
	if wb.ranksPriorities() {
		headings = append(headings, wb.tellAll("Below the level of Priorities", "Rank of Priorities", "Mean distance to the level of Priorities")...)
	}
	weightCol := len(headings) + 1
	if wb.weighted {
		headings = append(headings, wb.tell("Weight in thousandths"))
	}
	topicCol := len(headings) + 1
	headings = append(headings, wb.tellAll("Topic (number)", "Theme (number)")...)

	topicWidth, themeWidth, subjectWidth := wb.criterionWidths()
	widths := append([]float64{refWidth, topicWidth, themeWidth, subjectWidth, 10, 11, 8}, repeat(11, len(wb.steps))...)
	widths = append(append(widths, repeat(8, len(wb.steps))...), repeat(10, len(headings)-statCol+1)...)
	p.Widths(1, widths...)
	p.Freeze(2, k.first)
	p.Print(true, false, head, head)
	printed := 1
	if n := pages.PagesFor(1, widths[:orderCol]...); n > 1 {
		p.Across(n, head, head, 1, 1)
		printed = head // the column that is repeated is too narrow for the title, which stands at the top of each page
	}
	p.PrintArea(1, printed, orderCol, k.last)
	p.Table(wb.fr.Free("CriteriaTable"), 1, head, k.last, headings)
	column := func(name string, c int) string {
		return p.Define("Criteria_"+name, sheetdata.Box(c, k.first, c, k.last))
	}
	k.ref, k.topic, k.subject = column("Ref", 1), column("Topic", 2), column("Subject", 4)
	k.answered, k.na, k.blank = column("Answered", 5), column("Not_applicable", 6), column("Blank", 7)
	for i, s := range wb.steps {
		k.counts = append(k.counts, column(fmt.Sprintf("Count_%d", s.Number), k.countCol+i))
	}
	k.topicNo, k.themeNo = column("Topic_No", topicCol), column("Theme_No", topicCol+1)
	k.median, k.mean, k.rank = column("Median", statCol+1), column("Mean", statCol+3), column("Rank", orderCol)
	k.order = column("Order", orderCol+1)
	if wb.ranksPriorities() {
		k.below, k.priority, k.distance = column("Below", orderCol+2), column("Priority", orderCol+3), column("Distance", orderCol+4)
	}
	if wb.hasTargets {
		k.withTarget, k.atTarget = column("With_target", targetCol), column("At_target", targetCol+1)
	}
	if wb.weighted {
		k.weight = column("Weight", weightCol)
	}
	p.Bars(sheetdata.Ref(shareCol, k.first)+":"+sheetdata.Ref(shareCol+len(wb.steps)-1, k.last), pages.HighPale)
	low, high := float64(wb.steps.Lowest()), float64(wb.steps.Highest())
	p.Heat(sheetdata.Ref(statCol, k.first)+":"+sheetdata.Ref(statCol+3, k.last), low, high)

	fr, c := wb.fr, pages.NewCanvas()
	text, wrapped, whole, pct, dec := fr.Text(), fr.Style(pages.Look{Lined: true, Wrap: true}), fr.Num(pages.FormatWhole), fr.Num(pages.FormatPercent), fr.Num(pages.FormatDecimal)
	mean, faint := fr.StrongNum(pages.FormatTwo), fr.Style(pages.Look{Lined: true, Format: pages.FormatWhole, Centred: true, Colour: pages.Muted})
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	c.Text(1, 2, fr.Subtitle(), wb.tell("How the %d returns answered each criterion. Shares are of the recipients that chose a level; the quartiles interpolate.", len(wb.members)))
	for i, h := range headings {
		style := fr.HeadCentre()
		if i < 4 {
			style = fr.Head()
		}
		c.Text(i+1, head, style, h)
	}
	c.Height(head, 48)
	wb.tallyCriteria()
	for i := range wb.criteria[:wb.scored] {
		x, r, t := &wb.criteria[i], k.first+i, &k.tallies[i]
		col := wb.matrix.columnOf(i)
		c.Text(1, r, text, x.Ref)
		c.Texts(2, r, wrapped, x.topic, x.theme)
		c.Text(4, r, wrapped, x.Subject)
		if h := pages.HeightOf(max(pages.LinesIn(x.Subject, subjectWidth), pages.LinesIn(x.topic, topicWidth), pages.LinesIn(x.theme, themeWidth))); h > 0 {
			c.Height(r, h)
		}
		wb.calc(c, 5, r, whole, "COUNT("+col+")", num(t.n))
		wb.calc(c, 6, r, whole, fmt.Sprintf(`COUNTIF(%s,"n/a")`, col), num(t.na))
		answered := "$" + sheetdata.Ref(5, r)
		wb.calc(c, 7, r, whole, fmt.Sprintf("COUNT(%s)-%s-$%s", wb.matrix.no, answered, sheetdata.Ref(6, r))+wb.lessNotAsked(col), num(t.blank))
		for j, s := range wb.steps {
			n := k.distributions[i][j]
			wb.calc(c, k.countCol+j, r, whole, fmt.Sprintf("COUNTIF(%s,%d)", col, s.Number), num(n))
			wb.calc(c, shareCol+j, r, pct, fmt.Sprintf(`IF(%s=0,"",%s/%s)`, answered, sheetdata.Ref(k.countCol+j, r), answered), shown(share(n, t.n)))
		}
		values := wb.columnSpread(i)
		for j, q := range []int{1, 2, 3} {
			wb.calc(c, statCol+j, r, dec, quartileFormula(col, q), shown(values.quartile(q)))
		}
		k.means = append(k.means, wb.columnMean(t))
		wb.calc(c, statCol+3, r, mean, fmt.Sprintf(`IF(%s=0,"",AVERAGE(%s))`, answered, col), shown(k.means[i]))
		if wb.hasTargets {
			wb.targetCells(c, i, targetCol, r)
		}
		c.Number(orderCol+1, r, faint, float64(i+1))
		if wb.weighted {
			c.Number(weightCol, r, faint, float64(x.weight))
		}
		c.Number(topicCol, r, faint, float64(wb.topicNumber(x)))
		c.Number(topicCol+1, r, faint, float64(wb.themeNumber(x)))
	}
	wb.rankCriteria()
	for i := range k.ranks {
		r := k.first + i
		own, all := "$"+sheetdata.Ref(statCol+3, r), k.mean
		f := fmt.Sprintf(`IF(%s="","",1+SUMPRODUCT(--(%s>0),--(%s>%s))+SUMPRODUCT(--(%s=%s),--(%s<$%s)))`, own, k.answered, all, own, all, own, k.order, sheetdata.Ref(orderCol+1, r))
		if wb.ranksPriorities() {
			wb.priorityCells(c, i, orderCol, r)
		}
		v := sheetdata.Str("")
		if k.ranks[i] > 0 {
			v = num(k.ranks[i])
		}
		wb.calc(c, orderCol, r, whole, f, v)
	}
	p.CanvasRows(c)
}

// topicNumber and themeNumber tell the criterion's topic and theme apart in formulas, from 1; 0 for none.
func (wb *workbook) topicNumber(x *criterion) int {
	return 1 + slices.IndexFunc(wb.t.Topics, func(t models.Topic) bool { return t.ID == x.Topic })
}

func (wb *workbook) themeNumber(x *criterion) int {
	return 1 + slices.IndexFunc(wb.t.Themes, func(t models.Theme) bool { return t.ID == x.Theme })
}

// ranksPriorities says that the sheet Priorities ranks criteria by a level that is chosen there. With a method that attains
// levels it lists what would help most recipients up.
func (wb *workbook) ranksPriorities() bool { return !wb.in.Publish && !wb.staged() }

// tallyCriteria counts the answers to each scored criterion.
func (wb *workbook) tallyCriteria() {
	k := &wb.crit
	for i := range wb.criteria[:wb.scored] {
		k.tallies = append(k.tallies, wb.column(i))
		d := make([]int, len(wb.steps))
		for m := range wb.members {
			for j, s := range wb.steps {
				if wb.level(m, i) == int16(s.Number) {
					d[j]++
				}
			}
		}
		k.distributions = append(k.distributions, d)
	}
}

func (wb *workbook) columnMean(t *tally) models.Figure {
	if t.n == 0 {
		return models.Figure{}
	}
	return models.Some(float64(t.sum) / float64(t.n))
}

func (wb *workbook) columnSpread(c int) spread {
	s := make(spread, 0, len(wb.members))
	for i := range wb.members {
		if v := wb.level(i, c); v >= 0 {
			s = append(s, float64(v))
		}
	}
	slices.Sort(s)
	return s
}

// targetCells compares levels with targets where both are given.
func (wb *workbook) targetCells(c *pages.Canvas, i, col, r int) {
	with, at := 0, 0
	for m := range wb.members {
		level, target := wb.level(m, i), wb.target(m, i)
		if level < 0 || target < 0 {
			continue
		}
		with++
		if level >= target {
			at++
		}
	}
	if why := wb.targetsWithheld(wb.criteria[i].Ref); why != "" {
		wb.crit.targets = append(wb.crit.targets, [2]int{})
		for k := range 3 {
			wb.hatch(c, col+k, r, why, wb.in.Disclosure.LeastForMean())
		}
		return
	}
	wb.crit.targets = append(wb.crit.targets, [2]int{with, at})
	whole, pct := wb.fr.Num(pages.FormatWhole), wb.fr.Num(pages.FormatPercent)
	levels, targets := wb.matrix.columnOf(i), wb.targetsG.columnOf(i)
	wb.calc(c, col, r, whole, fmt.Sprintf(`COUNTIFS(%s,">=0",%s,">=0")`, levels, targets), num(with))
	var reached []string // target by target
	for _, s := range wb.criteria[i].scale {
		reached = append(reached, fmt.Sprintf(`COUNTIFS(%s,%d,%s,">=%d")`, targets, s.Number, levels, s.Number))
	}
	wb.calc(c, col+1, r, whole, strings.Join(reached, "+"), num(at))
	wb.calc(c, col+2, r, pct, fmt.Sprintf(`IF(%s=0,"",%s/%s)`, sheetdata.Ref(col, r), sheetdata.Ref(col+1, r), sheetdata.Ref(col, r)), shown(share(at, with)))
}

// targetsWithheld is why the edition for circulation must not have a criterion's targets.
func (wb *workbook) targetsWithheld(ref string) withholding.Reason {
	d := wb.in.Disclosure
	if !wb.in.Publish {
		return ""
	}
	for i := range d.Consolidation.Criteria {
		if d.Consolidation.Criteria[i].Ref == ref {
			return d.All.Criteria[i].Targets
		}
	}
	return withholding.Chosen
}
