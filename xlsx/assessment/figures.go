package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
)

// none is what a figure shows that is not known (models.Figure).
const none = "–"

// figure is one column of the tables on Results: a formula over the rows of a group on Lists, and the value
// that it has while nothing is answered.
type figure struct {
	// key is of the heading, in package words; "" where heading is the heading itself.
	key, heading string
	format       string
	// of is nil where the column is the number of criteria, which is no formula.
	of func(g group) (formula string, blank any)
	// counts says that the figure is a count, which every group has.
	counts bool
}

// group is criteria that Results scores together: their rows on Lists, and the scale that they share. The
// formulas compute what package scoring computes, from the same whole numbers.
type group struct {
	spans []draw.Span
	// scale is nil where the criteria share none: there is then no mean, median or lowest.
	scale models.Scale
	unit  int
	// weighted says that the criteria of the template differ in weight.
	weighted bool
	// line is the row of a table on Results whose first columns count the group's criteria, those answered, not
	// applicable and blank, for the other figures to refer to; 0 outside such a row.
	line int
}

func (b *book) group(p *plan, topic, theme int) group {
	g := group{spans: p.spans(b.t, topic, theme), unit: achievementUnit(b.t), weighted: b.weighted()}
	var kind models.Kind
	for _, s := range g.spans {
		for row := s.From; row <= s.To; row++ {
			c := p.order[row-listsHeader-1]
			if g.scale == nil {
				kind, g.scale = c.Kind, b.t.KindScale(c.Kind)
			} else if c.Kind != kind {
				g.scale = nil
				return g
			}
		}
	}
	return g
}

func (g group) sum(col int) string { return over("SUM", col, g.spans) }

// unless wraps a formula so that it shows none where a condition holds.
func unless(condition, formula string) string {
	return fmt.Sprintf(`IF(%s,"%s",%s)`, condition, none, formula)
}

// The first columns of each table on Results.
const (
	countCriteria = iota
	countAnswered
	countNA
	countBlank
)

// count refers to a count in the group's row, or works it out where it has none.
func (g group) count(column int, formula string) string {
	if g.line > 0 {
		return draw.Cell(resultFirst+column, g.line)
	}
	return formula
}

func (g group) countAnswered() string { return over("COUNT", listValue, g.spans) }
func (g group) countNA() string       { return marked(valueNA, g.spans) }

func (g group) answered() string { return g.count(countAnswered, g.countAnswered()) }

// blanks counts the criteria without an answer, those with a text that is no choice among them.
func (g group) blanks() string {
	return g.count(countBlank, fmt.Sprintf("(%d-%s-%s)", total(g.spans), g.countAnswered(), g.countNA()))
}

// weightAnswered, sumOfValues and weightBlank are what means are made of: the weight of the criteria answered, the sum
// of their values times their weights, and the weight of the blanks.
func (g group) weightAnswered() string {
	if g.weighted {
		return g.sum(listWeightAnswered)
	}
	return g.answered()
}

func (g group) sumOfValues() string {
	if g.weighted {
		return g.sum(listWeighted)
	}
	return g.sum(listValue)
}

func (g group) weightBlank() string {
	if g.weighted {
		return g.sum(listWeightBlank)
	}
	return g.blanks()
}

// applicable is the weight of all criteria but those not applicable; it is 0 where there are none.
func (g group) applicable() string {
	if g.line > 0 && !g.weighted {
		return "(" + g.count(countCriteria, "") + "-" + g.count(countNA, "") + ")"
	}
	return "(" + g.weightAnswered() + "+" + g.weightBlank() + ")"
}

// unlessNone wraps a formula so that it shows none where no criterion is applicable.
func (g group) unlessNone(formula string) string {
	if g.line > 0 && !g.weighted {
		return unless(g.count(countCriteria, "")+"="+g.count(countNA, ""), formula)
	}
	return unless(g.applicable()+"=0", formula)
}

// meanWith is the mean were every blank a step.
func (g group) meanWith(step int) string {
	switch step {
	case 0:
		return g.sumOfValues() + "/" + g.applicable()
	case 1:
		return fmt.Sprintf("(%s+%s)/%s", g.sumOfValues(), g.weightBlank(), g.applicable())
	}
	return fmt.Sprintf("(%s+%d*%s)/%s", g.sumOfValues(), step, g.weightBlank(), g.applicable())
}

// The figures of a group, in the words of models.GroupScore.
var (
	figureCriteria = figure{"figure_criteria", "", "0", nil, true}
	figureAnswered = figure{"figure_answered", "", "0", func(g group) (string, any) { return g.countAnswered(), 0 }, true}
	figureNA       = figure{"figure_na", "", "0", func(g group) (string, any) { return g.countNA(), 0 }, true}
	figureBlank    = figure{"figure_blank", "", "0", func(g group) (string, any) {
		return fmt.Sprintf("%d-%s-%s", total(g.spans), g.answered(), g.count(countNA, g.countNA())), total(g.spans)
	}, true}
	figureMedian = figure{"figure_median", "", "0.0", func(g group) (string, any) {
		return unless(g.answered()+"=0", over("MEDIAN", listValue, g.spans)), none
	}, false}
	figureMean = figure{"figure_mean", "", "0.00", func(g group) (string, any) {
		return unless(g.answered()+"=0", g.sumOfValues()+"/"+g.weightAnswered()), none
	}, false}
	figureLowest = figure{"figure_lowest", "", "0", func(g group) (string, any) {
		return unless(g.answered()+"=0", over("MIN", listValue, g.spans)), none
	}, false}
	figureMeanFrom = figure{"figure_from", "", "0.00", func(g group) (string, any) {
		return g.unlessNone(g.meanWith(g.scale.Lowest())),
			float64(g.scale.Lowest())
	}, false}
	figureMeanTo = figure{"figure_to", "", "0.00", func(g group) (string, any) {
		return g.unlessNone(g.meanWith(g.scale.Highest())),
			float64(g.scale.Highest())
	}, false}
	figureLowestFrom = figure{"figure_from", "", "0", func(g group) (string, any) {
		return g.unlessNone(fmt.Sprintf("IF(%s>0,%d,%s)", g.weightBlank(), g.scale.Lowest(), over("MIN", listValue, g.spans))),
			g.scale.Lowest()
	}, false}
	figureLowestTo = figure{"figure_to", "", "0", func(g group) (string, any) {
		return g.unlessNone(fmt.Sprintf("IF(%s>0,%s,%d)", g.answered(), over("MIN", listValue, g.spans), g.scale.Highest())),
			g.scale.Highest()
	}, false}
	figureAchievement = figure{"figure_achievement", "", "0%", func(g group) (string, any) {
		return unless(g.answered()+"=0", fmt.Sprintf("%s/(%d*%s)", g.sum(listWorth), g.unit, g.weightAnswered())), none
	}, true}
	figureAchievementFrom = figure{"figure_from", "", "0%", func(g group) (string, any) {
		return g.unlessNone(fmt.Sprintf("%s/(%d*%s)", g.sum(listWorth), g.unit, g.applicable())), 0
	}, true}
	figureAchievementTo = figure{"figure_to", "", "0%", func(g group) (string, any) {
		return g.unlessNone(fmt.Sprintf("(%s+%d*%s)/(%d*%s)", g.sum(listWorth), g.unit, g.weightBlank(), g.unit, g.applicable())), 1
	}, true}
	figureRating = figure{"figure_rating", "", "@", func(g group) (string, any) {
		worth, most := "100*"+g.sum(listWorth), fmt.Sprintf("%d*%s", g.unit, g.weightAnswered())
		return unless(g.answered()+"=0", fmt.Sprintf(`IF(%[1]s<=%[3]d*%[2]s,"N",IF(%[1]s<=%[4]d*%[2]s,"P",IF(%[1]s<=%[5]d*%[2]s,"L","F")))`, worth, most, methods.UpToNotInPlace, methods.UpToPartially, methods.UpToLargely)), none
	}, true}
)

// headingOf is the heading of a figure's column.
func (b *book) headingOf(f figure) string {
	if f.key == "" {
		return f.heading
	}
	return b.Words.Get(f.key)
}

// quoted is a number as a text in a formula.
func quoted(n int) string { return fmt.Sprintf(`"%d"`, n) }

// figureStep counts the answers that chose a step.
func figureStep(step models.Step) figure {
	return figure{"", step.Label(), "0", func(g group) (string, any) { return counting(step.Number, g.spans), 0 }, false}
}
