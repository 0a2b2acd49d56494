package planned

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// names are what formulas call the columns of the sheet Actions, and the cell with the day.
type names struct {
	asAt                                               string
	status, overdue, owner, due                        string
	topic, criterion, firstOfTopic, firstOfCriterion   string
	recipient                                          string
	headings                                           []string
	widths                                             []float64
	colStatus, colOverdue, colDue, colOwner, colHelper int
}

const actionsHead = 4

// places says where the columns of the sheet Actions stand.
func (wb *workbook) places(p, _ *pages.Page) {
	k := &wb.at
	add := func(heading string, width float64) int {
		k.headings, k.widths = append(k.headings, pages.Distinct(wb.tell(heading), k.headings)), append(k.widths, width)
		return len(k.headings)
	}
	add("Recipient", 13)
	add("Name", 30)
	add("No.", 7)
	add("Ref", 11)
	add("Criterion", 36)
	add("Topic", 26)
	add("Root cause", 34)
	add("Action", 44)
	k.colOwner = add("Owner", 20)
	k.colDue = add("By when", 12)
	k.colStatus = add("Status", 14)
	k.colOverdue = add("Overdue", 10)
	add("Progress note", 36)
	add("File", 34)
	add("Sheet", 12)
	add("Cell", 8)
	k.colHelper = add("No. of topic", 9)
	add("No. of criterion", 9)
	add("First of topic", 9)
	add("First of criterion", 9)
	recipient := add("No. of recipient", 9)
	last := actionsHead + max(1, len(wb.rows))
	define := func(name string, col int) string {
		return p.Define(name, sheetdata.Box(col, actionsHead+1, col, last))
	}
	k.recipient, k.status, k.overdue = define("Actions_Recipient", recipient), define("Actions_Status", k.colStatus), define("Actions_Overdue", k.colOverdue)
	k.owner, k.due = define("Actions_Owner", k.colOwner), define("Actions_Due", k.colDue)
	k.topic, k.criterion = define("Actions_Topic", k.colHelper), define("Actions_Criterion", k.colHelper+1)
	k.firstOfTopic, k.firstOfCriterion = define("Actions_First_of_topic", k.colHelper+2), define("Actions_First_of_criterion", k.colHelper+3)
}

// openOnes is a COUNTIFS over the open actions for which further conditions hold, such as ",Actions_Owner,\"\"".
func (wb *workbook) openOnes(more string) string {
	var parts []string
	for _, s := range plans.Statuses() {
		if s.Open() {
			parts = append(parts, fmt.Sprintf("COUNTIFS(%s,%s%s)", wb.at.status, pages.QuotedText(wb.statusOf(s)), more))
		}
	}
	return strings.Join(parts, "+")
}

// actionsPage has a line for each action.
func (wb *workbook) actionsPage(p *pages.Page) {
	fr, k := wb.fr, &wb.at
	last := actionsHead + max(1, len(wb.rows))
	p.Widths(1, k.widths...)
	high := p.HeadHeight(32, 1, k.headings...)
	p.Freeze(3, actionsHead+1)
	p.Print(true, false, actionsHead, actionsHead)
	p.PrintArea(1, 1, k.colOverdue+1, last)
	p.Table(fr.Free("ActionsTable"), 1, actionsHead, last, k.headings)
	p.Dimension(len(k.headings), last)
	p.Mark(sheetdata.Ref(k.colOverdue, actionsHead+1)+":"+sheetdata.Ref(k.colOverdue, last), sheetdata.Ref(k.colOverdue, actionsHead+1)+`<>""`, pages.MarkStyle)
	text, wrapped, num, day := fr.Text(), fr.Wrapped(), fr.Num(pages.FormatWhole), fr.Style(pages.Look{Lined: true, Top: true, Format: pages.FormatDay, Left: true})
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(fr.Title(), p.Name)
		x.Row(2, 0)
		x.Text(fr.Subtitle(), wb.tell("Every action of the plans that count, with the file and cell that it stands in. The last columns are for the formulas."))
		x.Row(actionsHead, high)
		for _, h := range k.headings {
			x.Text(fr.Head(), h)
		}
		for i := range wb.rows {
			wb.actionRow(x, actionsHead+1+i, &wb.rows[i], text, wrapped, num, day)
		}
	}
}

func (wb *workbook) actionRow(x *sheetdata.Writer, at int, r *row, text, wrapped, num, day int) {
	k := &wb.at
	ref, criterion := wb.criterionName(r.criterion)
	lines := 1
	for _, c := range []struct {
		text string
		col  int
	}{{r.entry.Recipient.Name, 2}, {criterion, 5}, {wb.topicName(r.topic), 6}, {r.a.Cause.Value, 7}, {r.a.Action.Value, 8}, {r.a.Owner.Value, k.colOwner}, {r.a.Progress.Value, k.colOverdue + 1}} {
		lines = max(lines, pages.LinesIn(c.text, k.widths[c.col-1]))
	}
	x.Row(at, min(pages.HeightOf(lines), 409))
	x.Text(wrapped, r.entry.Recipient.ID)
	x.Text(wrapped, r.entry.Recipient.Name)
	x.Text(wrapped, strings.ToUpper(r.a.ID))
	x.Text(wrapped, ref)
	x.Text(wrapped, criterion)
	x.Text(wrapped, wb.topicName(r.topic))
	x.Text(wrapped, r.a.Cause.Value)
	x.Text(wrapped, r.a.Action.Value)
	if x.Text(wrapped, r.a.Owner.Value); r.a.On.IsZero() {
		x.Empty(day)
	} else {
		x.Int(day, serial(r.a.On))
	}
	x.Text(wrapped, wb.statusOf(r.a.Status))
	status, due := sheetdata.Ref(k.colStatus, at), sheetdata.Ref(k.colDue, at)
	value := ""
	if r.a.Overdue(wb.day) {
		value = wb.tell("Overdue")
	}
	x.Formula(wrapped, fmt.Sprintf(`IF(AND(%[1]s<>"",%[1]s<%[2]s,%[3]s<>%[4]s,%[3]s<>%[5]s),%[6]s,"")`, due, k.asAt, status,
		pages.QuotedText(wb.statusOf(plans.Done)), pages.QuotedText(wb.statusOf(plans.Dropped)), pages.QuotedText(wb.tell("Overdue"))), sheetdata.Str(value))
	x.Text(wrapped, r.a.Progress.Value)
	x.Text(text, r.entry.Plan)
	x.Text(text, r.a.Action.Sheet)
	x.Text(text, r.a.Action.Cell)
	x.Int(num, r.topic)
	x.Int(num, r.criterion)
	x.Int(num, truth(r.firstOfTopic))
	x.Int(num, truth(r.firstOfCriterion))
	x.Int(num, r.recipient)
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}
