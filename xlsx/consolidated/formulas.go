package consolidated

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// What the workbook shows live depends on the scoring method in this file alone; method_words.go says it in words. Each formula stands beside the value that
// it comes to. A new method with a measure of its own is a case here.

// staged says that the method gives a level attained.
func (b *book) staged() bool {
	return b.in.Scoring.Info().AttainsLevels()
}

// byCriterion says that it is single criteria that keep a level away, and not the achievement of sections.
func (b *book) byCriterion() bool { return b.in.Scoring.Info().Gate == methods.CriterionGate }

// hasOverall says that the method gives an overall score.
func (wb *workbook) hasOverall() bool { return wb.in.Scoring.Info().HasOverall() }

// score is member i's score on a run of criteria by the method in force.
func (b *book) score(i int, x block) models.Figure {
	if x.scale == nil {
		return models.Figure{}
	}
	t := b.row(i, x.first, x.last)
	switch {
	case t.n == 0:
		return models.Figure{}
	case b.in.Scoring.Info().Score == methods.LowestLevel:
		return models.Some(float64(t.lowest))
	case b.staged():
		return t.achievement(x.scale)
	}
	return t.mean()
}

// weightOfAnswers adds up the weights of the criteria that are answered with a number.
func weightOfAnswers(weights, r string) string { return fmt.Sprintf(`SUMIF(%s,">=0",%s)`, r, weights) }

// scoreFormula is the formula of a recipient's score on a run of criteria, with the answers in the cells r.
func (wb *workbook) scoreFormula(x block, r, weights string) string {
	if x.scale == nil {
		return `""`
	}
	var score string
	sum, n := "SUM("+r+")", "COUNT("+r+")"
	if wb.weighted {
		sum = fmt.Sprintf("SUMPRODUCT(%s,%s)", weights, r)
		n = weightOfAnswers(weights, r)
	}
	low, high := x.scale.Lowest(), x.scale.Highest()
	switch {
	case wb.in.Scoring.Info().Score == methods.LowestLevel:
		score = "MIN(" + r + ")"
	case wb.staged() && low == 0:
		score = fmt.Sprintf("%s/(%d*%s)", sum, high, n)
	case wb.staged():
		score = fmt.Sprintf("(%s-%d*%s)/(%d*%s)", sum, low, n, high-low, n)
	case wb.weighted:
		score = sum + "/" + n
	default:
		score = "AVERAGE(" + r + ")"
	}
	return fmt.Sprintf(`IF(COUNT(%s)=0,"",%s)`, r, score)
}

func (wb *workbook) overallScore(i int) models.Figure {
	s := wb.in.Scoring
	switch {
	case wb.staged():
		return wb.levelsAt.attained[i]
	case s.MeanOfTopics():
		list := make([]models.Figure, len(wb.topics))
		for t := range list {
			list[t] = wb.heat.scores[t][i]
		}
		return meanOf(list)
	}
	return wb.score(i, wb.everything())
}

func (wb *workbook) overallFormula(r int, row string) string {
	s := wb.in.Scoring
	switch {
	case wb.staged():
		return fmt.Sprintf("INDEX(%s,MATCH($%s,%s,0),1)", wb.levelsAt.level, sheetdata.Ref(wb.heat.rowCol-1, r), wb.levelsAt.no)
	case s.MeanOfTopics():
		cells := sheetdata.Ref(wb.heat.topicCol, r) + ":" + sheetdata.Ref(wb.heat.topicCol+len(wb.topics)-1, r)
		return fmt.Sprintf(`IF(COUNT(%s)=0,"",AVERAGE(%s))`, cells, cells)
	}
	return wb.matrix.figure("overall", row)
}

// The upper bounds of the ratings P and L, as shares.
const (
	upToPartially = methods.UpToPartially / 100.0
	upToLargely   = methods.UpToLargely / 100.0
)

// sectionFormula is the formula of section k with the answers in the cells r.
func (wb *workbook) sectionFormula(k int, r string) string {
	s := wb.sections[k]
	if wb.byCriterion() {
		out := wb.lessNotAsked(r)
		return fmt.Sprintf(`IF(COUNTIF(%s,"n/a")=COLUMNS(%s)%s,"n/a",COUNTIF(%s,">"&%s)/(COLUMNS(%s)-COUNTIF(%s,"n/a")%s))`, r, r, out, r, halfway(s.scale), r, r, out)
	}
	score := wb.scoreFormula(s.block, r, weightAt(wb.matrix.sectionWeights, k))
	none := fmt.Sprintf(`IF(COUNTIF(%s,"n/a")=COLUMNS(%s)%s,"n/a","%s")`, r, r, wb.lessNotAsked(r), noRating)
	return strings.Replace(score, `=0,""`, `=0,`+none, 1)
}

// sectionValue is what the sheet Levels shows of a section.
func (wb *workbook) sectionValue(i int, s *section) sheetdata.Value {
	t := wb.row(i, s.first, s.last)
	n := s.last - s.first + 1
	switch {
	case t.na+t.notAsked == n:
		return sheetdata.Str("n/a")
	case wb.byCriterion():
		met := 0
		for c := s.first; c <= s.last; c++ {
			if v := int(wb.level(i, c)); v >= 0 && 2*v > s.scale.Lowest()+s.scale.Highest() {
				met++
			}
		}
		return sheetdata.Num(float64(met) / float64(n-t.na-t.notAsked))
	case t.n == 0:
		return sheetdata.Str(noRating)
	}
	return shown(t.achievement(s.scale))
}

// halfway is the number that a rating of largely in place exceeds.
func halfway(s models.Scale) string {
	if len(s) == 0 {
		return "0"
	}
	n := s.Lowest() + s.Highest()
	if n%2 == 0 {
		return fmt.Sprint(n / 2)
	}
	return fmt.Sprintf("%d/2", n)
}

// levelFormula goes from the highest level down: the first one whose sections apply and are all rated high
// enough is attained.
func (wb *workbook) levelFormula(r int, row string) string {
	levels := wb.t.Levels
	f := fmt.Sprint(levels[0].Number)
	for _, lv := range levels[1:] {
		own := wb.gating(lv.Number, lv.Number, r)
		if own == "" {
			continue
		}
		fails := []string{wb.fails(own, upToPartially)}
		if below := wb.gating(levels[0].Number, lv.Number-1, r); below != "" {
			fails = append(fails, wb.fails(below, upToLargely))
		}
		f = fmt.Sprintf(`IF(AND(%s,%s=0),%d,%s)`, wb.applies(own), strings.Join(fails, "+"), lv.Number, f)
	}
	return fmt.Sprintf(`IF(%s=0,"",%s)`, wb.matrix.figure("answered", row), f)
}

// fails counts the sections of a run that are not rated above a bound.
func (wb *workbook) fails(run string, bound float64) string {
	if wb.byCriterion() {
		return fmt.Sprintf(`COUNTIF(%s,"<"&1)`, run)
	}
	// The bound is joined to the sign so that it is read in the user's own way of writing decimals.
	return fmt.Sprintf(`COUNTIF(%s,"<="&%v)+COUNTIF(%s,"%s")`, run, bound, run, noRating)
}

func (wb *workbook) applies(run string) string {
	return fmt.Sprintf(`COUNT(%s)+COUNTIF(%s,"%s")>0`, run, run, noRating)
}

// nextFormula is the lowest level above the one attained whose sections apply.
func (wb *workbook) nextFormula(r int) string {
	level := "$" + sheetdata.Ref(wb.levelsAt.levelCol, r)
	f := `""`
	for _, lv := range slices.Backward(wb.t.Levels[1:]) {
		if own := wb.gating(lv.Number, lv.Number, r); own != "" {
			f = fmt.Sprintf(`IF(AND(%d>%s,%s),%d,%s)`, lv.Number, level, wb.applies(own), lv.Number, f)
		}
	}
	return fmt.Sprintf(`IF(%s="","",%s)`, level, f)
}

// blocks says whether section k keeps the next level away in row r.
func (wb *workbook) blocks(k, r int) string {
	c, next := "$"+sheetdata.Ref(wb.levelsAt.sectionCol+k, r), "$"+sheetdata.Ref(wb.levelsAt.nextCol, r)
	n := wb.sections[k].countsFor
	if wb.byCriterion() {
		return fmt.Sprintf(`AND(%s<>"",%d<=%s,%s<1)`, next, n, next, c)
	}
	return fmt.Sprintf(`AND(%s<>"",%d<=%s,OR(%s="%s",%s<=IF(%d<%s,%v,%v)))`, next, n, next, c, noRating, c, n, next, upToLargely, upToPartially)
}

func (wb *workbook) blockersFormula(r int) string {
	var terms []string
	for k := range wb.sections {
		if wb.sections[k].gates {
			terms = append(terms, fmt.Sprintf(`IF(%s,%s,"")`, wb.blocks(k, r), pages.QuotedText(", "+wb.sections[k].id)))
		}
	}
	if len(terms) == 0 {
		return `""`
	}
	return "MID(" + strings.Join(terms, "&") + ",3,900)"
}

// furtherColumns are the scores by the template's further methods, on the sheet Sensitivity.
func (wb *workbook) furtherColumns() []sensitivityColumn {
	var out []sensitivityColumn
	for _, m := range wb.in.Scoring.Also {
		info := m.Info()
		if !info.HasOverall() || m == wb.in.Scoring.Method {
			continue
		}
		c := sensitivityColumn{heading: wb.tell("Score by %s", m), format: pages.FormatWhole, method: m}
		switch {
		case info.Overall == methods.LowestLevel:
			c.cells, c.value = weakestFormula, wb.weakest
		case info.ChoosesMean && wb.meanOfTopics() && wb.in.Scoring.Mean != methods.AllCriteria:
			c.formula = func(_ int, row string) string { return wb.matrix.figure("topics", row) }
			c.value = wb.topicsMean
		default:
			c.value = func(i int) sheetdata.Value { return wb.furtherScore(i, m) }
		}
		if !info.Overall.Whole() {
			c.format = pages.FormatTwo
		}
		out = append(out, c)
	}
	return out
}

// furtherScore is a score that package scoring has worked out.
func (wb *workbook) furtherScore(i int, m methods.Name) sheetdata.Value {
	return shown(wb.scores[i].further[m])
}

func weakestFormula(of string) string {
	return fmt.Sprintf(`IF(COUNT(%s)=0,"",MIN(%s))`, of, of)
}

func (wb *workbook) weakest(i int) sheetdata.Value {
	all := wb.everything()
	t := wb.row(i, all.first, all.last)
	if t.n == 0 {
		return sheetdata.Str("")
	}
	return num(int(t.lowest))
}

// meanOfTopics says whether the sheet Heat map holds the topics' means, or achievements that come to them.
func (wb *workbook) meanOfTopics() bool { return wb.in.Scoring.Info().Score != methods.LowestLevel }

// topicsMeanFormula is the mean of the topics' means. On a scale from low to high a topic's mean is low and its
// achievement times the rest of the scale.
func (wb *workbook) topicsMeanFormula(x string) string {
	mean := "AVERAGE(" + x + ")"
	if scale := wb.everything().scale; wb.staged() {
		mean = fmt.Sprintf("%d*%s", scale.Highest()-scale.Lowest(), mean)
		if low := scale.Lowest(); low != 0 {
			mean = fmt.Sprintf("%d+%s", low, mean)
		}
	}
	return fmt.Sprintf(`IF(COUNT(%s)=0,"",%s)`, x, mean)
}

func (wb *workbook) topicsMean(i int) sheetdata.Value {
	list := make([]models.Figure, len(wb.topics))
	for t := range list {
		list[t] = wb.heat.scores[t][i]
	}
	m := meanOf(list)
	if x, ok := m.Get(); ok && wb.staged() {
		scale := wb.everything().scale
		m = models.Some(float64(scale.Lowest()) + float64(scale.Highest()-scale.Lowest())*x)
	}
	return shown(m)
}
