package assessment

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// leastPlanRow is the least height of a row to fill in, in points: five lines.
const leastPlanRow = 5 * draw.FontSize * draw.LineHeight

// writePlan fills the sheet Plan.
func (a *actionPlan) writePlan() {
	const s = layout.SheetPlan
	last := planCol(layout.PlanProgress)
	for c, w := range a.widths {
		a.Width(s, c+1, w)
	}
	a.Band(s, last, a.Words.Say("plan.band", "round", a.Round.Title))
	a.Put(s, 1, 2, a.Words.Say("plan.back", "sheet", a.Words.Get("sheet_start")), draw.Look{Link: true, Ink: a.Palette.AccentInk, Down: "center"})
	a.Link(s, 1, 2, layout.SheetStart+"!A1", a.Words.Say("go_to_start", "sheet", a.Words.Get("sheet_start")))
	a.Height(s, 2, 22)
	head := draw.Look{Bold: true, Fill: a.Palette.Pale, Lines: draw.AllLines, Wrap: true, Down: "center"}
	h := 0.0
	for c, key := range layout.PlanHeadings {
		a.Put(s, c+1, planHeading, a.Words.Get(key), head)
		h = max(h, draw.TextHeight(a.Words.Get(key), draw.FontSize, true, a.widths[c]))
	}
	a.Height(s, planHeading, draw.RowHeight(h, 12))
	var blocks []draw.Span
	for _, x := range a.rows {
		if x.r == nil {
			l := draw.Look{Size: 12, Bold: true, Ink: a.Palette.OnAccent, Fill: a.Palette.Accent, Down: "center", Indent: 1}
			a.Dress(s, 1, x.row, last, x.row, l)
			a.Put(s, 1, x.row, x.section, l)
			a.Height(s, x.row, 24)
			blocks = append(blocks, draw.Span{From: x.row, To: x.row + 1})
			continue
		}
		a.writeActionRow(x)
	}
	a.writePlanRules()
	first := draw.Cell(planCol(layout.PlanCause), a.firstAction())
	a.Check(a.File.SetPanes(s, &excelize.Panes{
		Freeze: true, XSplit: planCol(layout.PlanSubject), YSplit: planHeading,
		TopLeftCell: draw.Cell(planCol(layout.PlanSubject)+1, planFirst), ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: first, ActiveCell: first, Pane: "bottomRight"}},
	}))
	a.Check(a.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", s, planHeading, planHeading), Scope: s}))
	a.Check(a.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(s, 1, 1, last, a.last()), Scope: s}))
	width := 0.0
	for _, w := range a.widths {
		width += w
	}
	a.BreakPages(s, a.last(), width, true, a.RowHeightOf(s, planHeading), blocks, nil)
	a.page(s, "landscape")
	a.Protect(s)
}

func (a *actionPlan) firstAction() int {
	for _, x := range a.rows {
		if x.r != nil {
			return x.row
		}
	}
	return planFirst
}

// writeActionRow writes the row of one action.
func (a *actionPlan) writeActionRow(x actionRow) {
	const s = layout.SheetPlan
	text := draw.Look{Lines: draw.AllLines, Wrap: true, Indent: 1}
	strong := text
	strong.Bold = true
	number := strong
	number.Indent = 0
	input := draw.Look{Lines: draw.FieldLines, Wrap: true, Fill: a.Palette.Input, Open: true, Indent: 1, Across: "left"}
	h := leastPlanRow
	put := func(c layout.PlanColumn, value any, l draw.Look) {
		a.Put(s, planCol(c), x.row, value, l)
		if t, ok := value.(string); ok {
			h = max(h, draw.TextHeight(t, draw.FontSize, l.Bold, a.widths[c]-2))
		}
	}
	put(layout.PlanID, strings.ToUpper(x.r.ID), number)
	ref := strong
	if plans.Added(x.r.ID) {
		h = 3 * draw.FontSize * draw.LineHeight
		ref = input
	}
	put(layout.PlanRef, x.r.Ref, ref)
	subject := joined("\n", x.r.Criterion, inBrackets(x.r.Topic))
	h = max(h, draw.TextHeight(subject, draw.FontSize, true, a.widths[layout.PlanSubject]-2))
	a.Calc(s, planCol(layout.PlanSubject), x.row, fmt.Sprintf(`%s&IF(%s,"",CHAR(10)&%s)`,
		draw.Fixed(layout.SheetLists, listSubject, x.list, listSubject, x.list), fitsRow(x.list), a.whereInFull(x.list)), subject, strong)
	put(layout.PlanNow, a.nowOf(x.r), text)
	put(layout.PlanNext, a.nextOf(x.r), text)
	day := input
	day.Format = dayFormat
	values := [layout.PlanColumns]any{}
	if c := x.r.Carried; c != nil {
		values[layout.PlanCause], values[layout.PlanAction], values[layout.PlanOwner] = c.Cause.Value, c.Action.Value, c.Owner.Value
		values[layout.PlanStatus], values[layout.PlanProgress] = statusWord(a.Words, c.Status), c.Progress.Value
		if !c.On.IsZero() {
			values[layout.PlanDue] = float64(serialDay(c.On))
		}
	}
	for c := layout.PlanCause; c < layout.PlanColumns; c++ {
		l := input
		if c == layout.PlanDue {
			l = day
		}
		if v := values[c]; v != nil && v != "" {
			put(c, v, l)
		} else {
			a.Dress(s, planCol(c), x.row, planCol(c), x.row, l)
		}
	}
	a.growing(s, planCol(layout.PlanProgress), x.row, h)
}

// nowOf is where the recipient is, and where it wants to be.
func (a *actionPlan) nowOf(r *plans.Row) string {
	if r.Target == "" {
		return r.Now
	}
	return joined("\n", r.Now, a.Words.Say("plan.target_is", "target", r.Target))
}

// nextOf is what the next level looks like, and the model's next steps.
func (a *actionPlan) nextOf(r *plans.Row) string {
	if r.Steps == "" {
		return r.Next
	}
	return joined("\n", r.Next, a.Words.Say("plan.next_steps", "steps", r.Steps))
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

// joined puts the texts that are not empty together.
func joined(between string, texts ...string) string {
	out := ""
	for _, t := range texts {
		if t == "" {
			continue
		}
		if out != "" {
			out += between
		}
		out += t
	}
	return out
}

// cells lists the cells of a column in the rows of actions that are meant.
func (a *actionPlan) cells(c layout.PlanColumn, meant func(*plans.Row) bool) string {
	var refs []string
	from, to := 0, 0
	flush := func() {
		if from > 0 {
			refs = append(refs, draw.Area(planCol(c), from, planCol(c), to))
		}
	}
	for _, x := range a.rows {
		if x.r == nil || !meant(x.r) {
			continue
		}
		if x.row != to+1 {
			flush()
			from = x.row
		}
		to = x.row
	}
	flush()
	return strings.Join(refs, " ")
}

// writePlanRules adds prompts, dropdowns, the rule of dates, and what greys out an action that is done.
func (a *actionPlan) writePlanRules() {
	all := func(*plans.Row) bool { return true }
	w := a.Words
	from, to := planDays(a.Round.Issued)
	example := w.Day(a.Round.Due.AddDate(0, 3, 0).Year(), int(a.Round.Due.AddDate(0, 3, 0).Month()), 1)
	texts := map[layout.PlanColumn]string{layout.PlanCause: w.Get("plan.prompt_cause"), layout.PlanAction: w.Get("plan.prompt_action"),
		layout.PlanOwner: w.Get("plan.prompt_owner"), layout.PlanProgress: w.Get("plan.prompt_progress")}
	for c := layout.PlanCause; c < layout.PlanColumns; c++ {
		if text, ok := texts[c]; ok && len(a.form.Rows) > 0 {
			// Any text does: the rule is there for its prompt.
			a.validity(excelize.DataValidation{Type: "textLength", Operator: "lessThanOrEqual", Formula1: "32767"}, c, a.cells(c, all), text, "")
		}
	}
	if cells := a.cells(layout.PlanDue, all); cells != "" {
		a.validity(excelize.DataValidation{Type: "date", Operator: "between", Formula1: fmt.Sprint(serialDay(from)), Formula2: fmt.Sprint(serialDay(to))},
			layout.PlanDue, cells, w.Say("plan.prompt_due", "day", example),
			w.Say("plan.date_error", "from", w.Day(from.Year(), int(from.Month()), from.Day()), "to", w.Day(to.Year(), int(to.Month()), to.Day()), "day", example))
	}
	if cells := a.cells(layout.PlanStatus, all); cells != "" {
		a.validity(excelize.DataValidation{Type: "list", Formula1: "Choices_status"}, layout.PlanStatus, cells, w.Get("plan.prompt_status"), w.Get("plan.list_error"))
	}
	if cells := a.cells(layout.PlanRef, func(r *plans.Row) bool { return plans.Added(r.ID) }); cells != "" {
		a.validity(excelize.DataValidation{Type: "list", Formula1: "Choices_criterion"}, layout.PlanRef, cells, w.Get("plan.prompt_ref"), w.Get("plan.list_error"))
	}
	if len(a.rows) == 0 {
		return
	}
	done, err := a.File.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: a.Palette.Muted}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{a.Palette.Pale}}})
	a.Check(err)
	at := "$" + draw.Cell(planCol(layout.PlanStatus), a.firstAction())
	a.Check(a.File.SetConditionalFormat(layout.SheetPlan, draw.Area(planCol(layout.PlanCause), a.firstAction(), planCol(layout.PlanProgress), a.last()), []excelize.ConditionalFormatOptions{{
		Type: "formula", Format: &done, Criteria: fmt.Sprintf("OR(%s=%s,%s=%s)", at, w.Quoted("plan.status_done"), at, w.Quoted("plan.status_dropped")),
	}}))
}
