package consolidated

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// tab is a sheet of the workbook, or several of one kind.
type tab struct {
	name, colour string
	// when says whether the workbook has it; nil for always.
	when func(*workbook) bool
	// write are the steps in which it is written. All sheets are there before the first step.
	write []step
	// several adds as many sheets as it takes, in place of name and write, and writes them at once.
	several func(*workbook)
	// edition is the turn in which its last step is taken in the edition for circulation; 0 for a sheet that is not in it.
	edition int
}

// step is a step in which a sheet is written, and its turn among the steps of all sheets: what formulas refer to has
// an earlier turn than they.
type step struct {
	turn  int
	write func(*workbook, *pages.Page)
}

// atOnce is the turn of a step that is taken as soon as the sheet is added.
const atOnce = 0

// sheets are the sheets in the order of their tabs. A new sheet is a file of its own with its name and its method, and
// a line here.
var sheets = []tab{
	{name: overviewSheet, colour: pages.TabResults, write: []step{{230, (*workbook).overviewPage}}, edition: 70},
	{name: registerSheet, colour: pages.TabResults, write: []step{{60, (*workbook).registerPage}}},
	{name: questionsSheet, colour: pages.TabResults, when: (*workbook).asksQuestions, write: []step{{atOnce, (*workbook).questionsPage}}},
	{name: heatSheet, colour: pages.TabResults, write: []step{{90, (*workbook).heatPage}}},
	{name: levelsSheet, colour: pages.TabResults, when: (*workbook).hasSections, write: []step{{80, (*workbook).levelsPage}}},
	{name: groupsSheet, colour: pages.TabResults, write: []step{{120, (*workbook).groupsPage}}, edition: 40},
	{name: topicsSheet, colour: pages.TabResults, write: []step{{110, (*workbook).topicsPage}}, edition: 30},
	{name: compareSheet, colour: pages.TabResults, write: []step{{20, (*workbook).compareCells}, {150, (*workbook).comparePage}}},
	{name: overTimeSheet, colour: pages.TabResults, when: (*workbook).compared, write: []step{{170, (*workbook).overTimePage}}, edition: 60},
	{name: changesSheet, colour: pages.TabResults, when: (*workbook).compared, write: []step{{160, (*workbook).changesPage}}},
	{name: prioritiesSheet, colour: pages.TabResults, write: []step{{30, (*workbook).prioritiesCells}, {180, (*workbook).prioritiesPage}}},
	{name: criteriaSheet, colour: pages.TabDetail, write: []step{{100, (*workbook).criteriaPage}}, edition: 20},
	{name: byGroupSheet, colour: pages.TabDetail, when: (*workbook).hasGroups, write: []step{{130, (*workbook).byGroupPage}}},
	{name: distributionSheet, colour: pages.TabDetail, when: (*workbook).hasGroups, write: []step{{140, (*workbook).distributionPage}}},
	{name: risksSheet, colour: pages.TabDetail, when: (*workbook).hasSymptoms, write: []step{{190, (*workbook).risksPage}}, edition: 50},
	{name: sensitivitySheet, colour: pages.TabDetail, write: []step{{200, (*workbook).sensitivityPage}}},
	{several: (*workbook).commentsPages, when: (*workbook).commentsFit},
	{name: matrixSheet, colour: pages.TabData, write: []step{{40, (*workbook).matrixPage}}},
	{name: targetsSheet, colour: pages.TabData, when: (*workbook).asksTargets, write: []step{{50, (*workbook).targetsPage}}},
	{name: answersSheet, colour: pages.TabData, when: (*workbook).answersFit, write: []step{{atOnce, (*workbook).answersPage}}},
	{name: decisionsSheet, colour: pages.TabData, when: (*workbook).decided, write: []step{{atOnce, (*workbook).decisionsPage}}},
	{name: pages.FindingsSheet, colour: pages.TabData, write: []step{{240, (*workbook).findingsPage}}},
	{name: modelSheet, colour: pages.TabAbout, write: []step{{70, (*workbook).modelPage}}, edition: 10},
	{name: methodSheet, colour: pages.TabAbout, write: []step{{250, (*workbook).methodPage}}, edition: 80},
	{name: choicesSheet, colour: pages.TabAbout, write: []step{{10, (*workbook).choicesPage}}},
	{name: keptSheet, colour: pages.TabAbout, when: (*workbook).keepsTemplate, write: []step{{atOnce, (*workbook).keptPage}}},
}

func (wb *workbook) asksQuestions() bool { return len(wb.t.Questions) > 0 }
func (wb *workbook) hasSections() bool   { return len(wb.sections) > 0 }
func (wb *workbook) hasGroups() bool     { return len(wb.groups) > 0 }
func (wb *workbook) hasSymptoms() bool   { return wb.scored < len(wb.criteria) }
func (wb *workbook) asksTargets() bool   { return wb.hasTargets }
func (wb *workbook) keepsTemplate() bool { return len(wb.in.TemplateSource) > 0 }

// having are the sheets that the workbook has, of those wanted.
func (wb *workbook) having(wanted func(*tab) bool) []*tab {
	var list []*tab
	for i := range sheets {
		if s := &sheets[i]; wanted(s) && (s.when == nil || s.when(wb)) {
			list = append(list, s)
		}
	}
	return list
}

// makePages adds sheets in the order of their tabs, and gives the page of each.
func (wb *workbook) makePages(list []*tab) []*pages.Page {
	made := make([]*pages.Page, len(list))
	for i, s := range list {
		if s.several != nil {
			s.several(wb)
			continue
		}
		made[i] = wb.fr.Page(wb.tell(s.name), s.colour)
		for _, x := range s.write {
			if x.turn == atOnce {
				x.write(wb, made[i])
			}
		}
	}
	return made
}

// turn is a step with the page that it writes.
type turn struct {
	at    int
	write func(*workbook, *pages.Page)
	page  *pages.Page
}

// writePages takes steps in the order of their turns.
func (wb *workbook) writePages(todo []turn) {
	slices.SortStableFunc(todo, func(a, b turn) int { return cmp.Compare(a.at, b.at) })
	for _, x := range todo {
		x.write(wb, x.page)
	}
}

// build makes the workbook for the office, with all sheets.
func (wb *workbook) build() {
	list := wb.having(func(*tab) bool { return true })
	made := wb.makePages(list)
	var todo []turn
	for i, s := range list {
		for _, x := range s.write {
			if x.turn != atOnce {
				todo = append(todo, turn{x.turn, x.write, made[i]})
			}
		}
	}
	wb.writePages(todo)
}
