package planned

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// recipientsPage has a line for each recipient: whether its plan is back, and where it stands.
func (wb *workbook) recipientsPage(p *pages.Page) {
	const head = 4
	fr, k := wb.fr, &wb.at
	var headings []string
	var widths []float64
	add := func(heading string, width float64) {
		headings, widths = append(headings, pages.Distinct(heading, headings)), append(widths, width)
	}
	add(wb.tell("Recipient"), 13)
	add(wb.tell("Name"), 40)
	for _, g := range wb.in.Results.Round.Groups {
		add(g, 18)
	}
	const planWidth = 24 // of what planState says
	add(wb.tell("Plan"), planWidth)
	for _, h := range []string{wb.tell("Actions"), wb.tell("Open"), wb.tell("Overdue"), wb.tell("Done")} {
		add(h, 16)
	}
	add(wb.tell("Completed by"), 24)
	add(wb.tell("Date completed"), 15)
	add(wb.tell("File"), 40)
	list := wb.in.Results.Register.Entries
	last := head + max(1, len(list))
	p.Widths(1, widths...)
	high := p.HeadHeight(32, 1, headings...)
	p.Freeze(3, head+1)
	p.Print(true, false, head, head)
	p.Table(fr.Free("PlansTable"), 1, head, last, headings)
	p.Dimension(len(headings), last)
	text, wrapped, whole := fr.Text(), fr.Wrapped(), fr.Num(pages.FormatWhole)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(fr.Title(), p.Name)
		x.Row(2, 0)
		x.Text(fr.Subtitle(), wb.tell("Each recipient, and where its action plan stands."))
		x.Row(head, high)
		for _, h := range headings {
			x.Text(fr.Head(), h)
		}
		for i := range list {
			e := &list[i]
			state := wb.planState(e)
			x.Row(head+1+i, pages.HeightOf(max(pages.LinesIn(e.Recipient.Name, widths[1]), pages.LinesIn(state, planWidth))))
			x.Text(text, e.Recipient.ID)
			x.Text(wrapped, e.Recipient.Name)
			for _, g := range wb.in.Results.Round.Groups {
				x.Text(text, e.Recipient.Groups[g])
			}
			x.Text(wrapped, state)
			id := fmt.Sprint(i + 1)
			t := plans.Tally{}
			if e.PlanReturn != nil {
				t = plans.Count(wb.day, e.PlanReturn.Plan.Actions)
			}
			x.Formula(whole, fmt.Sprintf("COUNTIFS(%s,%s)", k.recipient, id), num(t.Actions))
			x.Formula(whole, wb.openOnes(","+k.recipient+","+id), num(t.Open()))
			x.Formula(whole, fmt.Sprintf(`COUNTIFS(%s,%s,%s,%s)`, k.recipient, id, k.overdue, pages.QuotedText(wb.tell("Overdue"))), num(t.Overdue))
			x.Formula(whole, fmt.Sprintf("COUNTIFS(%s,%s,%s,%s)", k.recipient, id, k.status, pages.QuotedText(wb.statusOf(plans.Done))), num(t.By[plans.Done]))
			who := models.Respondent{}
			if e.PlanReturn != nil {
				who = e.PlanReturn.Respondent
			}
			x.Text(text, who.Name.Value)
			x.Text(text, who.Date.Value)
			x.Text(text, e.Plan)
		}
	}
}

// planState says whether a recipient's plan is back.
func (wb *workbook) planState(e *models.Entry) string {
	switch {
	case e.Plan != "":
		return wb.tell("Back")
	case e.Return == nil:
		return wb.tell("No return that counts")
	}
	return wb.tell("Not back")
}
