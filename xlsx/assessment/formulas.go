package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
)

// What the workbook shows live depends on the scoring method in this file alone: which figures a table has, the overall
// score, and what keeps a level away. A new method with a measure of its own is a case here.

// scoring is the scoring in force.
func (b *book) scoring() models.Scoring { return b.Round.ScoringFor(b.t) }

// ladder says whether the method in force finds a level attained.
func (b *book) ladder() bool { return b.scoring().Info().AttainsLevels() }

// figures lists the columns of the tables for the method in force, and which of them is the score.
func (b *book) figures(p *plan, rated bool) (list []figure, score int) {
	list = []figure{figureCriteria, figureAnswered, figureNA, figureBlank, figureMedian, figureMean, figureLowest}
	const mean, lowest = 5, 6
	score = mean
	switch b.scoring().Info().Score {
	case methods.LowestLevel:
		score = lowest
		list = append(list, figureLowestFrom, figureLowestTo)
	case methods.Achievement:
		list = append(list[:4], figureAchievement, figureAchievementFrom, figureAchievementTo)
		score = 4
		if rated {
			list = append(list, figureRating)
		}
	default:
		list = append(list, figureMeanFrom, figureMeanTo)
	}
	for _, step := range b.group(p, -1, -1).scale {
		list = append(list, figureStep(step))
	}
	return list, score
}

// notOverAll are the columns, from the first up to but not with the last, that say nothing of all criteria together: a
// method without an overall score, or with one that is made of the topics' or of levels, shows counts only.
func (b *book) notOverAll() (from, to int) {
	switch s := b.scoring(); {
	case b.ladder():
		return 4, 7
	case !s.Info().HasOverall() || s.MeanOfTopics():
		return 4, 9
	}
	return 0, 0
}

// choosesMean says whether the overall score may be the mean of the topics' scores.
func (b *book) choosesMean() bool { return b.scoring().Info().ChoosesMean }

// methodNote says in words how the method works.
func (b *book) methodNote() string {
	method := b.Words.Get("method_" + b.scoring().Info().Words)
	if b.t.SparesLowest(b.scoring().Method) {
		method += " " + b.Words.Get("method_staged_lowest")
	}
	return method
}

// overall gives the key of the words for the overall score, and its formulas, for the methods mean and weakest; the table of topics, which
// stands further down, is referred to by name.
func (r *results) overall() (title, value, low, high string) {
	g := r.group(r.p, -1, -1)
	s, info := r.scoring(), r.scoring().Info()
	if g.scale == nil {
		return "", "", "", ""
	}
	switch {
	case info.Overall == methods.LowestLevel:
		f := func(x figure) string { formula, _ := x.of(g); return formula }
		return "overall_lowest" + r.ofPart(), f(figureLowest), f(figureLowestFrom), f(figureLowestTo)
	case info.Overall == methods.MeanLevel && !s.MeanOfTopics():
		f := func(x figure) string { formula, _ := x.of(g); return formula }
		return "overall_mean_all" + r.ofPart(), f(figureMean), f(figureMeanFrom), f(figureMeanTo)
	case s.MeanOfTopics():
		average := func(name string) string { return fmt.Sprintf(`IF(COUNT(%[1]s)=0,"%[2]s",AVERAGE(%[1]s))`, name, none) }
		return "overall_mean" + r.ofPart(), average("Score_by_topic"), average("Score_by_topic_from"), average("Score_by_topic_to")
	}
	return "", "", "", ""
}

// short says by a formula whether a section is too low, and what that comes to in the blank workbook.
type short struct {
	formula string
	blank   int
}

// shorts says whether a section is too low for its level, as it stands and with the blanks at their lowest and highest,
// and then the same for the levels above; in the order of the columns from sectionShort on.
func (r *results) shorts(g gate) []short {
	info := r.scoring().Info()
	worth, answered, blank := g.sum(listWorth), g.weightAnswered(), g.weightBlank()
	var out []short
	for _, percent := range []int{methods.RatingBound(info.Needs), methods.RatingBound(info.NeedsBelow)} {
		if info.Gate == methods.CriterionGate {
			// One criterion that is not largely in place is enough; at the highest only those answered.
			some := func(f string) string { return fmt.Sprintf("IF(%s>0,1,0)", f) }
			out = append(out, short{some(blank + "+" + g.sum(listShort)), 1}, short{some(blank + "+" + g.sum(listShort)), 1}, short{some(g.sum(listShort)), 0})
			continue
		}
		low := func(num, den string) string {
			return fmt.Sprintf("IF(%s=0,0,IF(100*%s<=%d*%d*%s,1,0))", g.applicable(), num, percent, g.unit, den)
		}
		out = append(out, short{low(worth, answered), 1}, short{low(worth, g.applicable()), 1},
			short{low(fmt.Sprintf("(%s+%d*%s)", worth, g.unit, blank), g.applicable()), 0})
	}
	return out
}

// needs says what a section would need for the level whose number stands at goal, or "" where it does not keep
// it away; and what that says in the blank workbook, where the goal is next.
func (r *results) needs(g gate, goal string, next int) (formula, blank string) {
	short := func(col int) string { return draw.Cell(col, g.row) }
	if r.scoring().Info().Gate == methods.CriterionGate {
		open := g.sum(listShort) + "+" + g.blanks()
		formula = fmt.Sprintf(`IF(OR(%[1]s="%[2]s",%[3]s=0),"",IF(AND(%[4]d<=%[1]s,%[5]s=1),%[6]s,""))`,
			goal, none, short(sectionApplies), g.level, short(sectionShort), r.Words.Formula("open_statements", "count", "("+open+")", "total", quoted(total(g.spans))))
		if next > 0 && g.level <= next {
			blank = r.Words.Say("open_statements", "count", total(g.spans), "total", total(g.spans))
		}
		return formula, blank
	}
	need := func(rating string) string {
		state := fmt.Sprintf(`IF(%s=0,%s,%s)`, g.answered(), r.Words.Quoted("needs_nothing_yet"),
			r.Words.Formula("needs_is_at", "percent", fmt.Sprintf(`FIXED(100*%s/(%d*%s),1)&"%%"`, g.sum(listWorth), g.unit, g.weightAnswered())))
		return r.Words.Formula("needs", "rating", `"`+rating+`"`, "percent", fmt.Sprintf(`"%d%%"`, methods.RatingBound(rating)), "state", state)
	}
	info := r.scoring().Info()
	formula = fmt.Sprintf(`IF(OR(%[1]s="%[2]s",%[3]s=0),"",IF(AND(%[4]d=%[1]s,%[5]s=1),%[6]s,IF(AND(%[4]d<%[1]s,%[7]s=1),%[8]s,"")))`,
		goal, none, short(sectionApplies), g.level, short(sectionShort), need(info.Needs), short(sectionShortBelow), need(info.NeedsBelow))
	rating := info.Needs
	if g.level < next {
		rating = info.NeedsBelow
	}
	if next > 0 && g.level <= next {
		blank = r.Words.Say("needs", "rating", rating, "percent", fmt.Sprintf("%d%%", methods.RatingBound(rating)), "state", r.Words.Get("needs_nothing_yet"))
	}
	return formula, blank
}
