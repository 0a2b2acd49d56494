package assessment

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// NewActionPlan builds the workbook of one recipient's action plan: a sheet to start, one with a row for each priority to
// fill in, and one to print for the meeting. t is the template as the recipient is asked it, form is in the language of rd.
// Write makes the file, with a manifest whose Part is plans.PartID and whose Topics are the rows (plans.Form.RowList), so
// that it is sealed and known again as an assessment workbook is.
func NewActionPlan(t *models.Template, rd *models.Round, form plans.Form) (*Workbook, error) {
	t = t.Trimmed().In(rd.Language)
	b := newBook(t, rd)
	defer b.File.Close()
	b.part = plans.PartID
	a := &actionPlan{book: b, form: form}
	b.prefilled = slices.ContainsFunc(form.Rows, func(r plans.Row) bool { return r.Carried != nil })
	a.place()
	a.build()
	base, err := b.finish()
	if err != nil {
		return nil, fmt.Errorf("building an action plan of template %s: %w", t.ID, err)
	}
	frame, err := base.Prepare(b.gaps())
	if err != nil {
		return nil, fmt.Errorf("preparing an action plan of template %s: %w", t.ID, err)
	}
	return &Workbook{frame: frame, part: true, words: t.Words()}, nil
}

// actionPlan is the workbook of a plan while it is built.
type actionPlan struct {
	*book
	form plans.Form
	// rows are the rows of the sheet Plan, below the heading, and widths its columns.
	rows   []actionRow
	widths [layout.PlanColumns]float64
}

// actionRow is a row of the sheet Plan: that of an action, with its row on Lists, or the heading of a section.
type actionRow struct {
	row, list int
	section   string
	r         *plans.Row
}

const (
	planHeading = 3
	planFirst   = 4
)

// Widths of the columns of the sheet Plan. Statements are longer than subjects, and what comes next after one is short.
var (
	planWidths      = [layout.PlanColumns]float64{5.5, 9, 24, 29, 29, 26, 30, 15, 14, 13, 26}
	statementWidths = [layout.PlanColumns]float64{5.5, 11, 43, 17, 22, 26, 30, 15, 14, 13, 26}
)

func planCol(c layout.PlanColumn) int { return int(c) + 1 }

// place says in which row everything stands.
func (a *actionPlan) place() {
	if a.widths = planWidths; hasKind(a.t, models.KindStatement) {
		a.widths = statementWidths
	}
	row, section := planFirst, ""
	for i := range a.form.Rows {
		r := &a.form.Rows[i]
		heading := a.Words.Get("plan.section_priorities")
		switch {
		case plans.Carried(r.ID):
			heading = a.Words.Say("plan.section_carried", "round", a.form.Since)
		case plans.Added(r.ID):
			heading = a.Words.Get("plan.section_added")
		}
		if heading != section {
			a.rows = append(a.rows, actionRow{row: row, section: heading})
			section = heading
			row++
		}
		a.rows = append(a.rows, actionRow{row: row, list: listsHeader + 1 + i, r: r})
		row++
	}
}

// last is the last row of the sheet Plan.
func (a *actionPlan) last() int {
	if len(a.rows) == 0 {
		return planHeading
	}
	return a.rows[len(a.rows)-1].row
}

func (a *actionPlan) build() {
	a.Check(a.File.SetSheetName("Sheet1", layout.SheetStart))
	for _, name := range []string{layout.SheetPlan, layout.SheetMeeting, layout.SheetTexts, layout.SheetLists, layout.SheetManifest} {
		_, err := a.File.NewSheet(name)
		a.Check(err)
	}
	a.writePlanLists()
	a.writePlan()
	a.writeMeeting()
	a.writeLongTexts(a.longOfActions())
	a.writePlanStart()
	a.writeManifest()
	a.Check(a.File.SetSheetVisible(layout.SheetLists, false))
	a.Check(a.File.SetSheetVisible(layout.SheetManifest, false, true))
	a.Protect(layout.SheetLists)
	a.Protect(layout.SheetManifest)
	a.File.SetActiveSheet(0)
	a.Check(a.File.SetCustomProps(excelize.CustomProperty{Name: "rubric." + layout.KeyFormat, Value: layout.ManifestFormat}))
}

// The columns of Lists in an action plan.
const (
	planListStatus = iota + 1
	planListRefs
	// listSubject is what the action is about, beside listKey.
	listSubject = listKey + 1
)

// writePlanLists writes the choices of the dropdowns.
func (a *actionPlan) writePlanLists() {
	head := draw.Look{Bold: true, Fill: a.Palette.Pale}
	a.Put(layout.SheetLists, planListStatus, 1, a.Words.Get(layout.PlanHeadings[layout.PlanStatus]), head)
	for i, s := range plans.Statuses() {
		a.Put(layout.SheetLists, planListStatus, 2+i, a.Words.Get(s.Key()), draw.Look{})
	}
	a.Name("Choices_status", draw.Fixed(layout.SheetLists, planListStatus, 2, planListStatus, 1+len(plans.Statuses())))
	a.Put(layout.SheetLists, planListRefs, 1, a.Words.Get(layout.PlanHeadings[layout.PlanRef]), head)
	n := 0
	for i := range a.t.Criteria {
		if c := &a.t.Criteria[i]; c.Scored() {
			a.Put(layout.SheetLists, planListRefs, 2+n, c.Ref, draw.Look{})
			n++
		}
	}
	a.Name("Choices_criterion", draw.Fixed(layout.SheetLists, planListRefs, 2, planListRefs, 1+max(n, 1)))
	a.Width(layout.SheetLists, planListStatus, 18)
	for _, x := range a.rows {
		if x.r != nil {
			a.Put(layout.SheetLists, listKey, x.list, strings.ToUpper(x.r.ID), draw.Look{})
			a.Put(layout.SheetLists, listSubject, x.list, joined("\n", x.r.Criterion, inBrackets(x.r.Topic)), draw.Look{})
		}
	}
}

// longOfActions are root cause, action and progress note of each action.
func (a *actionPlan) longOfActions() longTexts {
	out := longTexts{from: layout.SheetPlan, sheet: "plan.sheet_plan", note: "plan.texts_note", about: a.widths[layout.PlanID]}
	for _, x := range a.rows {
		if x.r == nil {
			continue
		}
		r := longRow{row: x.list, subject: draw.Fixed(layout.SheetLists, listSubject, x.list, listSubject, x.list), width: a.widths[layout.PlanCause]}
		if plans.Added(x.r.ID) {
			r.subject = a.planCell(layout.PlanRef, x.row) + `&""`
		}
		for _, c := range []layout.PlanColumn{layout.PlanCause, layout.PlanAction, layout.PlanProgress} {
			r.texts = append(r.texts, longCell{a.planCell(c, x.row), layout.PlanHeadings[c]})
			r.width = min(r.width, a.widths[c])
		}
		out.rows = append(out.rows, r)
	}
	return out
}

func (a *actionPlan) planCell(c layout.PlanColumn, row int) string {
	return draw.Fixed(layout.SheetPlan, planCol(c), row, planCol(c), row)
}

// validity adds a rule to cells of the sheet Plan, with a prompt.
func (a *actionPlan) validity(v excelize.DataValidation, col layout.PlanColumn, cells, prompt, wrong string) {
	title, stop := cutTitle(a.Words.Get(layout.PlanHeadings[col])), "stop"
	v.AllowBlank, v.Sqref = true, cells
	v.ShowInputMessage, v.PromptTitle, v.Prompt = true, &title, &prompt
	if wrong != "" {
		v.ShowErrorMessage, v.ErrorStyle, v.ErrorTitle, v.Error = true, &stop, &title, &wrong
	}
	a.Check(a.File.AddDataValidation(layout.SheetPlan, &v))
}

// planDays are between which days an action of a round can be due: years before it is carried over from, and
// years after it was issued.
func planDays(issued models.Date) (from, to time.Time) {
	return issued.AddDate(-10, 0, 0), issued.AddDate(10, 0, 0)
}

// dayFormat shows a day in a column of a table. A month written out, as words.DateFormat has it, is too wide for one: a
// spreadsheet program shows ### in place of a day that has no room.
const dayFormat = "d mmm yyyy"

// serialDay is a day as spreadsheets count it (ECMA-376 part 1, 18.17.4.1).
func serialDay(t time.Time) int {
	return int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
}

// statusWord is a status in a language, "" for none.
func statusWord(w *words.Words, s plans.Status) string {
	if s == plans.NoStatus {
		return ""
	}
	return w.Get(s.Key())
}
