package consolidated

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// furtherColumns are the scores by the template's further methods, on the sheet Sensitivity.
func (wb *workbook) furtherColumns() []sensitivityColumn {
	var out []sensitivityColumn
	for _, m := range wb.in.Scoring.Also {
		info := m.Info()
		if !info.HasOverall() || m == wb.in.Scoring.Method {
			continue
		}
		c := sensitivityColumn{heading: "Score by " + string(m), format: pages.FormatWhole}
		switch {
		case info.Overall == models.LowestLevel:
			c.formula, c.value = wb.weakestFormula, wb.weakest
		case info.ChoosesMean && wb.meanOfTopics() && wb.in.Scoring.Mean != models.AllCriteria:
			c.formula, c.value = wb.topicsMeanFormula, wb.topicsMean
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
func (wb *workbook) furtherScore(i int, m models.Method) sheetdata.Value {
	return shown(wb.scores[i].further[m])
}

func (wb *workbook) weakestFormula(_ int, row string) string {
	of := fmt.Sprintf("INDEX(%s,%s,0)", wb.matrix.all, row)
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
func (wb *workbook) meanOfTopics() bool { return wb.in.Scoring.Info().Score != models.LowestLevel }

// topicsMeanFormula is the mean of the topics' means. On a scale from low to high a topic's mean is low and its
// achievement times the rest of the scale.
func (wb *workbook) topicsMeanFormula(r int, _ string) string {
	no := 2 + len(wb.groups) + len(wb.sensitivityColumns()) + 1
	x := fmt.Sprintf("INDEX(%s,MATCH($%s,%s,0),0)", wb.heat.allTopics, sheetdata.Ref(no, r), wb.heat.no)
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

// furtherNote says how the figures of the further methods come about.
func (wb *workbook) furtherNote() string {
	var values []string
	for _, c := range wb.furtherColumns() {
		if c.formula == nil {
			values = append(values, strings.TrimPrefix(c.heading, "Score by "))
		}
	}
	if len(values) == 0 || !wb.live {
		return "."
	}
	return "; by " + strings.Join(values, " and ") + " they are values computed from the same answers."
}
