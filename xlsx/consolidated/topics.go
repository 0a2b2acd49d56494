package consolidated

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const topicsSheet = "Topics"

// topicPlaces is where the sheet Topics has what the Overview's charts show.
type topicPlaces struct {
	page                  *pages.Page
	first, last           int // rows of the spreads
	medianCol             int
	shareFirst, shareLast int // rows of the distribution
	shareCol              int
	levelFirst, levelLast int // rows of the levels attained
	attained              []int
	stats                 [][]sheetdata.Value // by topic: n, lowest, q1, median, q3, highest, mean
	why                   [][6]string         // why one of them is withheld, without n
	distribution          [][]int
	answered              []int
	nextRow               int
}

var spreadHeadings = []string{"Recipients", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest", "Mean"}

// topicsPage writes for each topic how the recipients' scores are spread and how the answers are, then topic by
// theme, and the levels attained.
func (wb *workbook) topicsPage(p *pages.Page) {
	t, fr, c := &wb.topicsAt, wb.fr, pages.NewCanvas()
	t.page, t.medianCol = p, 5
	p.Widths(1, append([]float64{44}, repeat(11, max(8, len(wb.themes)+1, 2*len(wb.steps)+1))...)...)
	p.Freeze(2, 3)
	p.Print(true, false, 0, 0)
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	c.Text(1, 2, fr.Subtitle(), wb.tell("Each topic over all returns: how the recipients' scores are spread, and how their answers are."))
	t.nextRow = 4
	if wb.staged() && len(wb.sections) > 0 {
		wb.attainedBlock(c)
	}
	wb.spreadBlock(c)
	wb.distributionBlock(c)
	if !wb.staged() && len(wb.themes) > 0 {
		wb.themeBlock(p, c)
	}
	p.CanvasRows(c)
}

// block writes the head of the next part of the sheet.
func (wb *workbook) block(c *pages.Canvas, heading, note string, headings ...string) int {
	return wb.fr.Block(c, wb.topicsAt.nextRow, wb.tell(heading), note, headings...)
}

func (wb *workbook) spreadBlock(c *pages.Canvas) {
	t, fr, h := &wb.topicsAt, wb.fr, &wb.heat
	note := wb.tell("Lowest, quartiles, highest and mean of the scores on the sheet Heat map.")
	if wb.in.Publish {
		note = wb.tell("Quartiles, from %d recipients on, median, from %d, and mean, from %d, of the recipients' scores, rounded.", wb.in.Disclosure.LeastForQuartiles(), wb.in.Disclosure.LeastForMedian(), wb.in.Disclosure.LeastForMean()) + " " + wb.tell(reasonNote)
	}
	t.first = wb.block(c, "Recipients' scores", note, append(wb.tellAll("Topic"), wb.tellAll(spreadHeadings...)...)...)
	t.last = t.first + len(wb.topics) - 1
	t.nextRow = t.last + 3
	text, whole, score, strong := fr.Text(), fr.Num(pages.FormatWhole), fr.Num(wb.scoreFormat()), fr.StrongNum(wb.scoreFormat())
	for i, topic := range wb.topics {
		r, name, s := t.first+i, h.topics[i], spreadOf(h.scores[i])
		c.Text(1, r, text, topic.name)
		values := []sheetdata.Value{num(len(s))}
		wb.calc(c, 2, r, whole, "COUNT("+name+")", num(len(s)))
		of, why := wb.spreadOfAll(i, s, meanOf(h.scores[i])), wb.whyOfAll(i)
		t.why = append(t.why, why)
		for q := range 5 {
			style, v := score, shown(of[q])
			if q == 2 {
				style = strong
			}
			values = append(values, v)
			if why[q] != "" {
				wb.hatchText(c, 3+q, r, why[q])
				continue
			}
			wb.calc(c, 3+q, r, style, quartileFormula(name, q), v)
		}
		mean, style := shown(of[5]), score
		if why[5] != "" {
			wb.hatchText(c, 8, r, why[5])
		} else {
			wb.calc(c, 8, r, style, fmt.Sprintf(`IF(COUNT(%s)=0,"",AVERAGE(%s))`, name, name), mean)
		}
		t.stats = append(t.stats, append(values, mean))
	}
	low, high := wb.scoreEnds()
	t.page.Heat(sheetdata.Ref(3, t.first)+":"+sheetdata.Ref(8, t.last), low, high)
}

// spreadOfAll are lowest, quartiles, highest and mean of a topic; in the edition for circulation those that may be shown.
func (wb *workbook) spreadOfAll(topic int, s spread, mean models.Figure) (out [6]models.Figure) {
	if wb.in.Publish {
		x := ofOthers(wb.in.Disclosure.Consolidation.All.Topics, topic)
		return [6]models.Figure{1: x.Q1, 2: x.Median, 3: x.Q3, 5: x.Mean}
	}
	for q := range 5 {
		out[q] = s.quartile(q)
	}
	out[5] = mean
	return out
}

// whyOfAll is in words why figures of a topic are not in the edition for circulation, in the order of spreadOfAll.
func (wb *workbook) whyOfAll(topic int) (out [6]string) {
	if !wb.in.Publish {
		return out
	}
	d := wb.in.Disclosure
	var why withholding.Spread
	if topic < len(d.All.Topics) {
		why = d.All.Topics[topic]
	}
	one, quartiles := wb.tell("one recipient's"), wb.reasonInCell(why.Quartiles, d.LeastForQuartiles())
	return [6]string{one, quartiles, wb.reasonInCell(why.Median, d.LeastForMedian()), quartiles, one, wb.reasonInCell(why.Mean, d.LeastForMean())}
}

func (wb *workbook) distributionBlock(c *pages.Canvas) {
	t, fr, k := &wb.topicsAt, wb.fr, &wb.crit
	headings := wb.tellAll("Topic", "Answers")
	for _, s := range wb.steps {
		headings = append(headings, s.Label())
	}
	for _, s := range wb.steps {
		headings = append(headings, wb.tell("%s in %%", s.Code))
	}
	t.shareCol = 3 + len(wb.steps)
	t.shareFirst = wb.block(c, "Answers", wb.tell("How many answers chose each step, over all recipients and criteria of the topic."), headings...)
	t.shareLast = t.shareFirst + len(wb.topics) - 1
	t.nextRow = t.shareLast + 3
	text, whole, pct := fr.Text(), fr.Num(pages.FormatWhole), fr.Num(pages.FormatPercent)
	for i, topic := range wb.topics {
		r, n := t.shareFirst+i, 0
		d := make([]int, len(wb.steps))
		for j := topic.first; j <= topic.last; j++ {
			n += k.tallies[j].n
			for s := range d {
				d[s] += k.distributions[j][s]
			}
		}
		t.distribution, t.answered = append(t.distribution, d), append(t.answered, n)
		c.Text(1, r, text, topic.name)
		of := fmt.Sprintf("%s,%d", k.topicNo, wb.blockNumber(topic))
		wb.calc(c, 2, r, whole, fmt.Sprintf("SUMIFS(%s,%s)", k.answered, of), num(n))
		for s := range d {
			wb.calc(c, 3+s, r, whole, fmt.Sprintf("SUMIFS(%s,%s)", k.counts[s], of), num(d[s]))
			wb.calc(c, t.shareCol+s, r, pct, fmt.Sprintf(`IF($B%d=0,"",%s/$B%d)`, r, sheetdata.Ref(3+s, r), r), shown(share(d[s], n)))
		}
	}
	t.page.Bars(sheetdata.Ref(t.shareCol, t.shareFirst)+":"+sheetdata.Ref(t.shareCol+len(wb.steps)-1, t.shareLast), pages.HighPale)
}

// themeBlock writes topic × theme: the number of answers and their mean. A cell without a criterion is hatched.
func (wb *workbook) themeBlock(p *pages.Page, c *pages.Canvas) {
	t := &wb.topicsAt
	headings := wb.tellAll("Topic")
	for _, x := range wb.themes {
		headings = append(headings, x.Name)
	}
	p.BreakBefore(t.nextRow)
	first := wb.block(c, "Topic × theme: mean", wb.tell("Mean of all answers to the criteria of a topic and a theme. Hatched or grey: no criterion belongs there."), headings...)
	wb.themeCells(c, first, true)
	low, high := wb.scoreEnds()
	p.Heat(sheetdata.Ref(2, first)+":"+sheetdata.Ref(1+len(wb.themes), first+len(wb.topics)-1), low, high)
	t.nextRow = first + len(wb.topics) + 2
	first = wb.block(c, "Topic × theme: number of answers", wb.tell("The answers that the means above rest on."), headings...)
	wb.themeCells(c, first, false)
	t.nextRow = first + len(wb.topics) + 2
}

func (wb *workbook) themeCells(c *pages.Canvas, first int, means bool) {
	fr, k := wb.fr, &wb.crit
	text, whole, dec, none := fr.Text(), fr.Num(pages.FormatWhole), fr.Num(pages.FormatDecimal), fr.Style(pages.Look{Hatched: true, Lined: true})
	for i, topic := range wb.topics {
		r := first + i
		c.Text(1, r, text, topic.name)
		for j, theme := range wb.themes {
			var n, total int64
			found := false
			for q := topic.first; q <= topic.last; q++ {
				if wb.criteria[q].Theme == theme.ID {
					found = true
					n += wb.criteria[q].weight * int64(k.tallies[q].n)
					total += wb.criteria[q].weight * k.tallies[q].sum
				}
			}
			if !found {
				c.Put(2+j, r, pages.Cell{Style: none})
				continue
			}
			topicNo, themeNo := wb.blockNumber(topic), wb.themeNumber(&criterion{Criterion: &models.Criterion{Theme: theme.ID}})
			of := fmt.Sprintf("%s,%d,%s,%d", k.topicNo, topicNo, k.themeNo, themeNo)
			answers := fmt.Sprintf("SUMIFS(%s,%s)", k.answered, of)
			if !means {
				count := 0
				for q := topic.first; q <= topic.last; q++ {
					if wb.criteria[q].Theme == theme.ID {
						count += k.tallies[q].n
					}
				}
				wb.calc(c, 2+j, r, whole, answers, num(count))
				continue
			}
			v := models.Figure{}
			if n > 0 {
				v = models.Some(float64(total) / float64(n))
			}
			wb.calc(c, 2+j, r, dec, wb.themeMean(of, answers, topicNo, themeNo), shown(v))
		}
	}
}

// blockNumber is the number that the sheet Criteria has for a topic.
func (wb *workbook) blockNumber(topic block) int {
	if topic.empty() {
		return 0
	}
	return wb.topicNumber(&wb.criteria[topic.first])
}

// themeMean is the mean of answers by the counts on the sheet Criteria, which are whole numbers, so that it is
// exact up to the division.
func (wb *workbook) themeMean(of, answers string, topic, theme int) string {
	var parts []string
	sum := func(counts string) string { return fmt.Sprintf("SUMIFS(%s,%s)", counts, of) }
	if wb.weighted {
		sum = func(counts string) string {
			return fmt.Sprintf("SUMPRODUCT(--(%s=%d),--(%s=%d),%s,%s)", wb.crit.topicNo, topic, wb.crit.themeNo, theme, counts, wb.crit.weight)
		}
		answers = sum(wb.crit.answered)
	}
	for s, step := range wb.steps {
		if step.Number != 0 {
			parts = append(parts, fmt.Sprintf("%d*%s", step.Number, sum(wb.crit.counts[s])))
		}
	}
	return fmt.Sprintf(`IF(%s=0,"",(%s)/%s)`, answers, strings.Join(parts, "+"), answers)
}

// attainedBlock counts the recipients by level attained.
func (wb *workbook) attainedBlock(c *pages.Canvas) {
	t, fr := &wb.topicsAt, wb.fr
	t.levelFirst = wb.block(c, "Levels attained", wb.tell("How many recipients have attained each level, by the sheet Levels."), wb.tellAll("Level", "Recipients", "Share")...)
	t.levelLast = t.levelFirst + len(wb.t.Levels) - 1
	t.nextRow = t.levelLast + 3
	text, whole, pct := fr.Text(), fr.StrongNum(pages.FormatWhole), fr.Num(pages.FormatPercent)
	total := 0
	t.attained = make([]int, len(wb.t.Levels))
	for _, f := range wb.levelsAt.attained {
		if x, ok := f.Get(); ok {
			total++
			t.attained[int(x)-wb.t.Levels[0].Number]++
		}
	}
	withheld := wb.in.Publish && wb.in.Disclosure.All.Attained != ""
	if withheld {
		clear(t.attained)
	}
	for i, lv := range wb.t.Levels {
		r := t.levelFirst + i
		c.Text(1, r, text, fmt.Sprintf("%d – %s", lv.Number, lv.Name))
		if withheld {
			for col := 2; col <= 3; col++ {
				wb.hatch(c, col, r, wb.in.Disclosure.All.Attained, wb.in.Disclosure.LeastForMean())
			}
			continue
		}
		wb.calc(c, 2, r, whole, fmt.Sprintf("COUNTIF(%s,%d)", wb.levelsAt.level, lv.Number), num(t.attained[i]))
		wb.calc(c, 3, r, pct, fmt.Sprintf(`IF(COUNT(%s)=0,"",B%d/COUNT(%s))`, wb.levelsAt.level, r, wb.levelsAt.level), shown(share(t.attained[i], total)))
	}
	t.page.Bars(sheetdata.Ref(3, t.levelFirst)+":"+sheetdata.Ref(3, t.levelLast), pages.HighPale)
}
