package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// rowFigure is a figure of one recipient's answers. It stands behind them in the recipient's row of the Matrix, so that it
// is sorted with them, and other sheets look it up by row and column: no program agrees with the others about a whole row
// of a range, INDEX(range,n,0).
type rowFigure struct {
	key, heading string
	// formula is made from row r of the Matrix.
	formula func(r int) string
	value   func(i int) sheetdata.Value
	name    string // of the column
}

// findRowFigures lists the figures, once the grid has its place.
func (wb *workbook) findRowFigures(g *grid) {
	enter := func(key, heading string, formula func(r int) string, value func(i int) sheetdata.Value) {
		g.figures = append(g.figures, rowFigure{key: key, heading: heading, formula: formula, value: value})
	}
	for t, topic := range wb.topics {
		enter(fmt.Sprint("topic ", t), wb.tell("Score: %s", topic.name), func(r int) string { return wb.scoreFormula(topic, g.cells(topic, r), weightAt(g.topicWeights, t)) },
			func(i int) sheetdata.Value { return shown(wb.heat.scores[t][i]) })
	}
	for k := range wb.sections {
		enter(fmt.Sprint("section ", k), wb.tell("Section: %s", wb.sections[k].id), func(r int) string { return wb.sectionFormula(k, g.cells(wb.sections[k].block, r)) },
			func(i int) sheetdata.Value { return wb.sectionValue(i, &wb.sections[k]) })
	}
	if wb.scored == 0 {
		return
	}
	all := block{first: 0, last: wb.scored - 1}
	enter("answered", wb.tell("All: %s", wb.tell("Answered")), func(r int) string { return "COUNT(" + g.cells(all, r) + ")" }, func(i int) sheetdata.Value { return num(wb.count(i)) })
	if wb.hasOverall() && !wb.staged() && !wb.in.Scoring.MeanOfTopics() {
		everything := wb.everything()
		enter("overall", wb.tell("All: %s", wb.overallName()), func(r int) string { return wb.scoreFormula(everything, g.cells(all, r), g.weights) },
			func(i int) sheetdata.Value { return shown(wb.heat.overallScores[i]) })
	}
	for _, c := range wb.sensitivityColumns() {
		if c.cells != nil {
			enter(c.heading, wb.tell("All: %s", c.heading), func(r int) string { return c.cells(g.cells(all, r)) }, c.value)
		}
	}
	if wb.staged() {
		wb.priorityFigures(enter)
	}
	if n := len(wb.topics); n > 0 && wb.meanOfTopics() {
		enter("topics", wb.tell("Mean of the topics' scores"), func(r int) string {
			return wb.topicsMeanFormula("$" + sheetdata.Ref(g.figuresCol, r) + ":$" + sheetdata.Ref(g.figuresCol+n-1, r))
		}, wb.topicsMean)
	}
}

func weightAt(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// cells are the answers to a run of criteria in row r, for formulas of the same sheet.
func (g *grid) cells(x block, r int) string {
	return "$" + sheetdata.Ref(g.col+x.first, r) + ":$" + sheetdata.Ref(g.col+x.last, r)
}

// nameRowFigures names their columns, which start at col, and adds their headings.
func (wb *workbook) nameRowFigures(g *grid, col int, headings []string) []string {
	g.figuresCol = col
	for k := range g.figures {
		g.figures[k].name = g.page.Define(fmt.Sprintf("Matrix_Figure_%d", k+1), sheetdata.Box(col+k, g.first, col+k, g.last))
		headings = append(headings, pages.Distinct(g.figures[k].heading, headings))
	}
	return headings
}

// figure is the formula that looks a figure up. row is the cell that holds the recipient's row in the Matrix, counted from 1.
func (g *grid) figure(key, row string) string {
	for k := range g.figures {
		if g.figures[k].key == key {
			return fmt.Sprintf("INDEX(%s,%s,1)", g.figures[k].name, row)
		}
	}
	return `""`
}
