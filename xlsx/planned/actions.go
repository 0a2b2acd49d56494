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
	colPrinted                                         int // the last column on paper
	colFull                                            int // where the texts stand in full; 0 where each fits its row
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
	add("Name", nameWidth)
	add("No.", 7)
	add("Ref", 11)
	add("Criterion", criterionWidth)
	add("Topic", topicWidth)
	add("Root cause", causeWidth)
	add("Action", actionWidth)
	k.colOwner = add("Owner", ownerWidth)
	k.colDue = add("By when", 12)
	k.colStatus = add("Status", 14)
	k.colOverdue = add("Overdue", 10)
	k.colPrinted = add("Progress note", progressWidth)
	if len(wb.pieces) > 0 {
		k.colFull = add("In full", 20)
		k.colPrinted = k.colFull
	}
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
	p.PrintArea(1, 1, k.colPrinted, last)
	p.Table(fr.Free("ActionsTable"), 1, actionsHead, last, k.headings)
	p.Dimension(len(k.headings), last)
	p.Mark(sheetdata.Ref(k.colOverdue, actionsHead+1)+":"+sheetdata.Ref(k.colOverdue, last), sheetdata.Ref(k.colOverdue, actionsHead+1)+`<>""`, pages.MarkStyle)
	looks := actionLooks{text: fr.Text(), wrapped: fr.Wrapped(), num: fr.Num(pages.FormatWhole),
		day:  fr.Style(pages.Look{Lined: true, Top: true, Format: pages.FormatDay, Left: true}),
		link: fr.Style(pages.Look{Lined: true, Top: true, Wrap: true, Link: true})}
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
			wb.actionRow(p, x, actionsHead+1+i, &wb.rows[i], looks)
		}
	}
}

// actionLooks are the looks of the cells of an action.
type actionLooks struct{ text, wrapped, num, day, link int }

func (wb *workbook) actionRow(p *pages.Page, x *sheetdata.Writer, at int, r *row, l actionLooks) {
	k := &wb.at
	text, wrapped, num, day := l.text, l.wrapped, l.num, l.day
	ref, criterion := wb.criterionName(r.criterion)
	x.Row(at, wb.actionHeight(r, criterion))
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
	if k.colFull > 0 {
		x.Text(l.link, wb.inFull(p, sheetdata.Ref(k.colFull, at), r))
	}
	x.Text(text, r.entry.Plan)
	x.Text(text, r.a.Action.Sheet)
	x.Text(text, r.a.Action.Cell)
	x.Int(num, r.topic)
	x.Int(num, r.criterion)
	x.Int(num, truth(r.firstOfTopic))
	x.Int(num, truth(r.firstOfCriterion))
	x.Int(num, r.recipient)
}

// actionHeight is the height of the row of an action.
func (wb *workbook) actionHeight(r *row, criterion string) float64 {
	lines := 1
	for _, w := range append(wb.writtenIn(&r.a), written{text: r.entry.Recipient.Name, width: nameWidth}, written{text: criterion, width: criterionWidth}, written{text: wb.topicName(r.topic), width: topicWidth}) {
		lines = max(lines, pages.LinesIn(w.text, w.width))
	}
	return pages.HeightOf(lines)
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}
