package assessment

import (
	"fmt"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// writePlanStart fills the sheet Start of an action plan.
func (a *actionPlan) writePlanStart() {
	s := &draw.Text{Book: a.Book, Sheet: layout.SheetStart, Row: 1, Label: startLabel, Last: startLast, Widths: startWidths}
	for i, w := range startWidths {
		a.Width(s.Sheet, i+1, w)
	}
	a.writePlanTitle(s)
	a.writePlanIdentity(s)
	s.Heading(a.Words.Get("plan.how_to"))
	for i, text := range a.planSteps() {
		a.Put(s.Sheet, startLabel, s.Row, a.Words.Say("step", "number", i+1), draw.Look{Wrap: true, Bold: true, Ink: a.Palette.AccentInk, Across: "left"})
		a.Merge(s.Sheet, startValue, s.Row, startLast, s.Row, draw.Look{Wrap: true})
		a.Put(s.Sheet, startValue, s.Row, text, draw.Look{Wrap: true})
		a.Height(s.Sheet, s.Row, draw.RowHeight(draw.TextHeight(text, draw.FontSize, false, s.Across(startValue, startLast)), 7))
		s.Row++
	}
	s.Paragraph(a.Words.Get("plan.stays"), draw.Look{Ink: a.Palette.Muted})
	if len(a.form.Rows) > 0 && !a.hasPriorities() {
		s.Paragraph(a.Words.Get("plan.no_priorities"), draw.Look{Bold: true})
	}
	a.writeRespondent(s)
	a.writeStanding(s)
	if len(a.form.Advice) > 0 {
		s.Heading(a.Words.Get("plan.advice"))
		for _, text := range a.form.Advice {
			s.Paragraph(text, draw.Look{})
		}
	}
	a.Check(a.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(s.Sheet, 1, 1, startLast, s.Row), Scope: s.Sheet}))
	a.Check(a.File.SetPanes(s.Sheet, &excelize.Panes{Selection: []excelize.Selection{{SQRef: s.First, ActiveCell: s.First}}}))
	s.Close()
	a.BreakPages(s.Sheet, s.Row, s.Across(1, startLast), false, 0, s.Blocks, nil)
	a.page(s.Sheet, "portrait")
	a.Protect(s.Sheet)
}

func (a *actionPlan) hasPriorities() bool {
	for _, r := range a.form.Rows {
		if !plans.Added(r.ID) {
			return true
		}
	}
	return false
}

func (a *actionPlan) writePlanTitle(s *draw.Text) {
	title := draw.Look{Fill: a.Palette.Accent, Ink: a.Palette.OnAccent, Size: 20, Bold: true, Wrap: true, Down: "bottom"}
	sub := draw.Look{Fill: a.Palette.Accent, Ink: a.Palette.OnAccent, Size: 11, Wrap: true, Down: "top"}
	a.Dress(s.Sheet, 1, 1, startLast, 2, draw.Look{Fill: a.Palette.Accent})
	a.Merge(s.Sheet, startLabel, 1, startLast, 1, title)
	a.Put(s.Sheet, startLabel, 1, a.Words.Get("plan.title"), title)
	a.Height(s.Sheet, 1, 44)
	text := joined("\n", a.Words.Say("plan.of_round", "round", a.Round.Title), a.Round.Organiser)
	a.Merge(s.Sheet, startLabel, 2, startLast, 2, sub)
	a.Put(s.Sheet, startLabel, 2, text, sub)
	a.Height(s.Sheet, 2, draw.RowHeight(draw.TextHeight(text, 11, false, s.Across(startLabel, startLast)), 16))
	a.Height(s.Sheet, 3, 10)
	s.Row = 4
}

// writePlanIdentity says whose plan it is, as an assessment workbook does.
func (a *actionPlan) writePlanIdentity(s *draw.Text) {
	line := func(label, text string, l draw.Look, least float64) { a.identityLine(s, label, text, l, least) }
	strong := draw.Look{Bold: true, Wrap: true, Down: "center"}
	line(a.Words.Get(layout.LabelOrganisation), gapName, draw.Look{Wrap: true, Bold: true, Size: 13, Down: "center"}, 40)
	line(a.Words.Get(layout.LabelReference), gapReference, strong, 20)
	if !a.Round.PlansDue.IsZero() {
		line(a.Words.Get("plan.back_by"), a.day(a.Round.PlansDue), strong, 20)
	}
	if contact := a.Contact(); contact != "" {
		line(a.Words.Get("questions_to"), contact, draw.Look{Wrap: true, Down: "center"}, 20)
	}
	if a.Round.Look.Marking != "" {
		line(a.Words.Get("marking"), a.Round.Look.Marking, strong, 20)
	}
}

// planSteps say how a plan is filled in.
func (a *actionPlan) planSteps() []string {
	w := a.Words
	plan, cause := w.Get("plan.sheet_plan"), w.Get(layout.PlanHeadings[layout.PlanCause])
	out := []string{w.Say("plan.step_what", "sheet", plan), w.Say("plan.step_fill", "cause", strings.ToLower(cause)), w.Get("plan.step_added")}
	if a.form.Since != "" {
		out = append(out, w.Say("plan.step_carried", "round", a.form.Since))
	}
	out = append(out, w.Say("plan.step_meeting", "sheet", w.Get("plan.sheet_meeting")))
	address := a.Round.ReplyTo
	if address == "" {
		address = a.Round.Contact.Email
	}
	if address == "" {
		return append(out, w.Get("plan.step_return"))
	}
	return append(out, w.Say("plan.step_return_to", "address", address))
}

// writeStanding counts the actions: by status at the left, and at the right what is open without an owner or a day, and what
// is overdue on the day that is entered.
func (a *actionPlan) writeStanding(s *draw.Text) {
	s.Heading(a.Words.Get("plan.overview"))
	from, to := a.firstAction(), a.last()
	column := func(c layout.PlanColumn) string {
		return draw.Fixed(layout.SheetPlan, planCol(c), from, planCol(c), to)
	}
	action, owner, due, status := column(layout.PlanAction), column(layout.PlanOwner), column(layout.PlanDue), column(layout.PlanStatus)
	var actions []plans.Action
	for _, r := range a.form.Rows {
		if r.Carried != nil {
			actions = append(actions, *r.Carried)
		}
	}
	t := plans.Count(time.Time{}, actions)
	top := s.Row
	for i, st := range plans.Statuses() {
		key := st.Key()
		said := fmt.Sprintf(`COUNTIFS(%s,"?*",%s,%s)`, action, status, a.Words.Quoted(key))
		if i == 0 { // a blank status is not started
			said += fmt.Sprintf(`+COUNTIFS(%s,"?*",%s,"")`, action, status)
		}
		a.count(s, top+i, startLabel, startLabel, a.Words.Get(key), said, t.By[plans.Statuses()[i]])
		a.Height(s.Sheet, top+i, 20)
	}
	const right, last = startValue + 1, startLast - 1
	closed := func(more string) string {
		return fmt.Sprintf(`-COUNTIFS(%[1]s,"?*",%[2]s,%[3]s%[5]s)-COUNTIFS(%[1]s,"?*",%[2]s,%[4]s%[5]s)`, action, status, a.Words.Quoted("plan.status_done"), a.Words.Quoted("plan.status_dropped"), more)
	}
	open := func(of string) string {
		return fmt.Sprintf(`COUNTIFS(%s,"?*",%s,"")`, action, of) + closed(","+of+`,""`)
	}
	a.count(s, top, right, last, a.Words.Say("plan.count_planned", "count", len(a.form.Rows)), fmt.Sprintf(`COUNTIFS(%s,"?*")`, action), t.Actions)
	a.count(s, top+1, right, last, a.Words.Get("plan.count_unowned"), open(owner), t.Unowned)
	a.count(s, top+2, right, last, a.Words.Get("plan.count_undated"), open(due), t.Undated)
	asAt := draw.Look{Bold: true, Down: "center", Across: "left", Indent: 1}
	a.Merge(s.Sheet, right, top+3, last, top+3, asAt)
	a.Put(s.Sheet, right, top+3, a.Words.Get("plan.as_at"), asAt)
	a.Dress(s.Sheet, startLast, top+3, startLast, top+3, draw.Look{Lines: draw.FieldLines, Fill: a.Palette.Input, Open: true, Down: "center", Across: "right", Format: a.Words.DateFormat()})
	at := draw.Cell(startLast, top+3)
	a.asAtRule(s, at)
	before := fmt.Sprintf(`,%s,"<"&%s`, due, at)
	a.count(s, top+4, right, last, a.Words.Get("plan.count_overdue"), fmt.Sprintf(`IF(%s="",0,COUNTIFS(%s,"?*"%s)%s)`, at, action, before, closed(before)), 0)
	s.Row = top + len(plans.Statuses())
}

// count is a figure with its label, which takes the columns from one to another.
func (a *actionPlan) count(s *draw.Text, row, col, last int, label, formula string, value int) {
	l := draw.Look{Lines: draw.LineBelow, Down: "center", Wrap: true}
	beside := l
	if col > startLabel {
		beside.Across, beside.Indent = "left", 1 // away from the figure at its left
	}
	a.Merge(s.Sheet, col, row, last, row, beside)
	a.Put(s.Sheet, col, row, label, beside)
	l.Across = "right"
	a.Calc(s.Sheet, last+1, row, formula, float64(value), l)
}

func (a *actionPlan) asAtRule(s *draw.Text, at string) {
	title, text, stop := a.Words.Get("date_error_title"), a.Words.Get("date_error"), "stop"
	promptTitle, prompt := cutTitle(a.Words.Get("plan.as_at")), a.Words.Get("plan.as_at_prompt")
	a.Check(a.File.AddDataValidation(s.Sheet, &excelize.DataValidation{AllowBlank: true, Type: "date", Operator: "greaterThan", Formula1: "36526",
		Sqref: at, ShowErrorMessage: true, ErrorStyle: &stop, ErrorTitle: &title, Error: &text,
		ShowInputMessage: true, PromptTitle: &promptTitle, Prompt: &prompt}))
}
