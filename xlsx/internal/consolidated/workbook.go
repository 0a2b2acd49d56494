package consolidated

import (
	"io"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// Names of the sheets.
const (
	overviewSheet    = "Overview"
	registerSheet    = "Register"
	heatSheet        = "Heat map"
	groupsSheet      = "Groups"
	topicsSheet      = "Topics"
	levelsSheet      = "Levels"
	criteriaSheet    = "Criteria"
	matrixSheet      = "Matrix"
	targetsSheet     = "Targets"
	answersSheet     = "Answers"
	findingsSheet    = "Findings"
	compareSheet     = "Compare"
	prioritiesSheet  = "Priorities"
	risksSheet       = "Risks"
	sensitivitySheet = "Sensitivity"
	commentsSheet    = "Comments"
	modelSheet       = "Template"
	choicesSheet     = "Choices"
	methodSheet      = "Method"
)

// Colours of the tabs: results, detail, data, and what explains them.
const (
	tabResults = "1D5692"
	tabDetail  = "7AAAD6"
	tabData    = "A8B3BF"
	tabAbout   = "C8641B"
)

// workbook is the consolidated workbook in the making: the round's book, the frame, and where things are.
type workbook struct {
	*book
	fr *frame
	// live says that figures are formulas; above mostLive recipients they are values.
	live         bool
	matrix       grid
	targetsG     grid
	heat         heatMap
	register     registerPlaces
	crit         criteriaPlaces
	topicsAt     topicPlaces
	levelsAt     levelPlaces
	groupsAt     groupPlaces
	comments     []comment
	choices      choicePlaces
	compareAt    comparePlaces
	prioritiesAt priorityPlaces
	overTime     overTime
	// scores is what the scorecards say of each member; nil where nothing of it is shown.
	scores []scored
	// descriptors and statements name the texts of the sheet Template; "" where it has none.
	descriptors, statements string
}

// mostLive is the number of returns up to which figures are live formulas.
const mostLive = 10000

// grid is where a sheet has the recipients' rows and the criteria's columns.
type grid struct {
	page                  *page
	head, first, last     int      // rows
	col                   int      // of the first criterion
	no                    string   // name of the column of running numbers
	selected              string   // name of the column that marks what Compare shows
	topics, sections      []string // names of the blocks
	all                   string
	weights               string
	topicWeights          []string
	groups                []string
	symptoms              string
	sectionWeights        []string
	lastCriterion, weight int
}

func (b *book) write(w io.Writer) error {
	if err := b.compile(); err != nil {
		return err
	}
	fr := newFrame(b.in.Round)
	title := b.in.Round.Title + ": consolidated results"
	if b.in.Publish {
		edition, err := b.edition()
		if err != nil {
			return err
		}
		wb := &workbook{book: edition, fr: fr}
		if err := wb.readCards(); err != nil {
			return err
		}
		wb.buildEdition()
		return fr.save(w, title)
	}
	wb := &workbook{book: b, fr: fr, live: len(b.members) <= mostLive}
	if err := wb.readCards(); err != nil {
		return err
	}
	wb.build()
	return fr.save(w, title)
}

// compile reads all answers once, for the figures. They are read a second time when Answers is written, so
// that a large round need not lie in memory.
func (b *book) compile() error {
	at := b.positions()
	for i := range b.members {
		answers, err := b.in.Answers(b.members[i].index)
		if err != nil {
			return err
		}
		b.keep(i, answers, at)
	}
	return nil
}

// build makes the pages in the order of their tabs, then fills them: what others refer to first.
func (wb *workbook) build() {
	fr := wb.fr
	overview := fr.page(overviewSheet, tabResults)
	register := fr.page(registerSheet, tabResults)
	if len(wb.t.Questions) > 0 {
		wb.questionsPage(fr.page(questionsSheet, tabResults))
	}
	heat := fr.page(heatSheet, tabResults)
	var levels *page
	if len(wb.sections) > 0 {
		levels = fr.page(levelsSheet, tabResults)
	}
	groups := fr.page(groupsSheet, tabResults)
	topics := fr.page(topicsSheet, tabResults)
	compare := fr.page(compareSheet, tabResults)
	var overTime, changes *page
	if wb.compared() {
		overTime, changes = fr.page(overTimeSheet, tabResults), fr.page(changesSheet, tabResults)
	}
	priorities := fr.page(prioritiesSheet, tabResults)
	criteria := fr.page(criteriaSheet, tabDetail)
	var byGroup, distribution *page
	if len(wb.groups) > 0 {
		byGroup, distribution = fr.page(byGroupSheet, tabDetail), fr.page(distributionSheet, tabDetail)
	}
	var risks *page
	if wb.scored < len(wb.criteria) {
		risks = fr.page(risksSheet, tabDetail)
	}
	sensitivity := fr.page(sensitivitySheet, tabDetail)
	wb.commentsPages()
	matrix := fr.page(matrixSheet, tabData)
	var targets *page
	if wb.hasTargets {
		targets = fr.page(targetsSheet, tabData)
	}
	wb.answersPages()
	findings := fr.page(findingsSheet, tabData)
	model := fr.page(modelSheet, tabAbout)
	method := fr.page(methodSheet, tabAbout)
	choices := fr.page(choicesSheet, tabAbout)
	if len(wb.in.TemplateSource) > 0 {
		wb.keptPage(fr.page(keptSheet, tabAbout))
	}
	wb.choicesPage(choices)
	wb.compareCells(compare)
	wb.prioritiesCells(priorities)
	wb.matrixPage(matrix)
	if targets != nil {
		wb.targetsPage(targets)
	}
	wb.registerPage(register)
	wb.modelPage(model)
	if levels != nil {
		wb.levelsPage(levels)
	}
	wb.heatPage(heat)
	wb.criteriaPage(criteria)
	wb.topicsPage(topics)
	wb.groupsPage(groups)
	if byGroup != nil {
		wb.byGroupPage(byGroup)
		wb.distributionPage(distribution)
	}
	wb.comparePage(compare)
	if overTime != nil {
		wb.changeLines()
		wb.changesPage(changes)
		wb.overTimePage(overTime)
	}
	wb.prioritiesPage(priorities)
	if risks != nil {
		wb.risksPage(risks)
	}
	wb.sensitivityPage(sensitivity)
	wb.overviewPage(overview)
	findingsPage(findings, wb.in.Findings, wb.names())
	wb.methodPage(method)
}

func (wb *workbook) names() map[string]string {
	out := make(map[string]string, len(wb.in.Members))
	for i := range wb.in.Members {
		out[wb.in.Members[i].Recipient.ID] = wb.in.Members[i].Recipient.Name
	}
	return out
}

// calc puts a formula into a canvas, or its value where the workbook is not live.
func (wb *workbook) calc(c *canvas, col, row, style int, formula string, v sheetdata.Value) {
	if wb.live {
		c.formula(col, row, style, formula, v)
		return
	}
	c.put(col, row, cell{style: style, value: v, kind: valueCell})
}

func (wb *workbook) calcArray(c *canvas, col, row, style int, formula string, v sheetdata.Value) {
	if wb.live {
		c.array(col, row, style, formula, v)
		return
	}
	c.put(col, row, cell{style: style, value: v, kind: valueCell})
}

// cellOf writes a formula into a long sheet, or its value where the workbook is not live.
func (wb *workbook) cellOf(x *sheetdata.Writer, style int, formula string, v sheetdata.Value) {
	n, isNumber := v.Number()
	switch {
	case wb.live:
		x.Formula(style, formula, v)
	case isNumber:
		x.Number(style, n)
	default:
		x.Text(style, v.String())
	}
}

// scoreFormat is how scores of topics are shown, and scoreEnds their least and greatest value.
func (wb *workbook) scoreFormat() string {
	if wb.staged() {
		return formatPercent
	}
	return formatDecimal
}

func (wb *workbook) scoreEnds() (low, high float64) {
	if wb.staged() {
		return 0, 1
	}
	return float64(wb.steps.Lowest()), float64(wb.steps.Highest())
}

// overallEnds are the least and greatest value of the overall score.
func (wb *workbook) overallEnds() (low, high float64) {
	if wb.staged() {
		levels := wb.t.Levels
		return float64(levels[0].Number), float64(levels[len(levels)-1].Number)
	}
	return wb.scoreEnds()
}

// hasOverall says that the method gives an overall score.
func (wb *workbook) hasOverall() bool { return wb.in.Scoring.Info().HasOverall() }
