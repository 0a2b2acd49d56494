package planned

import (
	"fmt"

	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// mostPlanned is how many criteria are listed that recipients plan for.
const mostPlanned = 25

// overview is the sheet Overview in the making.
type overview struct {
	*workbook
	p                 *pages.Page
	c                 *pages.Canvas
	text, whole, bold int
}

var overviewWidths = []float64{14, 58, 13, 13, 13, 13, 13}

// overviewPage says where the plans stand on a day: by status, by topic, and what recipients plan most.
func (wb *workbook) overviewPage(p *pages.Page) {
	fr := wb.fr
	o := &overview{workbook: wb, p: p, c: pages.NewCanvas(), text: fr.Wrapped(),
		whole: fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Format: pages.FormatWhole}),
		bold:  fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Bold: true, Format: pages.FormatWhole})}
	p.Widths(1, overviewWidths...)
	p.Print(false, false, 0, 0)
	wb.at.asAt = p.Define("As_at", sheetdata.Fixed(3, 3))
	o.c.Text(1, 1, fr.Title(), wb.tell("%s: action plans", wb.in.Results.Round.Title))
	o.c.Height(1, 30)
	o.c.Text(1, 2, fr.Subtitle(), wb.tell("For the office. What is overdue follows the day in the yellow cell."))
	o.c.Text(2, 3, fr.Style(pages.Look{Bold: true, Right: true}), wb.tell("Overdue as at:"))
	o.c.Number(3, 3, fr.Style(pages.Look{Input: true, Bold: true, Format: pages.FormatDay, Centred: true}), float64(serial(wb.day)))
	r := o.figures(5)
	r = o.statuses(r + 1)
	r = o.groups(r+1, wb.tell("By topic"), wb.tell("Most recipients first: how many plan for a topic, and how far they have come."), wb.topics, false)
	o.groups(r+1, wb.tell("What recipients plan most"), wb.tell("The criteria that most recipients plan an action for, %d at most.", mostPlanned), wb.criteria, true)
	p.CanvasRows(o.c)
}

// calc sets a formula with its value.
func (o *overview) calc(col, r, style int, formula string, n int) {
	o.c.Formula(col, r, style, formula, num(n))
}

// figures says how many plans are back and how many actions there are.
func (o *overview) figures(r int) int {
	t, returned := plans.Tally{}, 0
	var all []plans.Action
	for i := range o.rows {
		all = append(all, o.rows[i].a)
	}
	t = plans.Count(o.day, all)
	for i := range o.in.Results.Register.Entries {
		if o.in.Results.Register.Entries[i].Return != nil {
			returned++
		}
	}
	r = o.fr.Block(o.c, r, o.tell("In short"), "", o.tell("What"), "", o.tell("Number"))
	line := func(text, formula string, n int) {
		o.c.Text(1, r, o.fr.Text(), text)
		o.c.Put(2, r, pages.Cell{Style: o.fr.Text()})
		if formula == "" {
			o.c.Number(3, r, o.bold, float64(n))
		} else {
			o.calc(3, r, o.bold, formula, n)
		}
		r++
	}
	k := &o.at
	line(o.tell("Returns that count"), "", returned)
	line(o.tell("Plans that are back"), "", len(o.entries))
	line(o.tell("Actions"), fmt.Sprintf(`COUNTIFS(%s,">=0")`, k.topic), t.Actions)
	line(o.tell("Open"), o.openOnes(""), t.Open())
	line(o.tell("Overdue"), fmt.Sprintf("COUNTIFS(%s,%s)", k.overdue, pages.QuotedText(o.tell("Overdue"))), t.Overdue)
	line(o.tell("Open without an owner"), o.openOnes(","+k.owner+`,""`), t.Unowned)
	line(o.tell("Open without a day"), o.openOnes(","+k.due+`,""`), t.Undated)
	return r
}

// statuses counts the actions by status.
func (o *overview) statuses(r int) int {
	r = o.fr.Block(o.c, r, o.tell("By status"), "", o.tell("Status"), "", o.tell("Actions"), o.tell("Share"))
	first := r
	for _, s := range plans.Statuses() {
		n := 0
		for i := range o.rows {
			if o.statusOf(o.rows[i].a.Status) == o.statusOf(s) {
				n++
			}
		}
		o.c.Text(1, r, o.fr.Text(), o.statusOf(s))
		o.c.Put(2, r, pages.Cell{Style: o.fr.Text()})
		o.calc(3, r, o.bold, fmt.Sprintf("COUNTIFS(%s,%s)", o.at.status, pages.QuotedText(o.statusOf(s))), n)
		share := sheetdata.Str("")
		if len(o.rows) > 0 {
			share = sheetdata.Num(float64(n) / float64(len(o.rows)))
		}
		all := fmt.Sprintf("SUM(%s:%s)", sheetdata.Fixed(3, first), sheetdata.Fixed(3, first+len(plans.Statuses())-1))
		o.c.Formula(4, r, o.fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Format: pages.FormatPercent}), fmt.Sprintf(`IF(%s=0,"",%s/%s)`, all, sheetdata.Ref(3, r), all), share)
		r++
	}
	o.p.Bars(sheetdata.Ref(4, first)+":"+sheetdata.Ref(4, r-1), pages.HighPale)
	return r
}

// groups lists what is planned by topic, or by criterion.
func (o *overview) groups(r int, heading, note string, list []plans.Group, criteria bool) int {
	first := o.tell("Topic")
	if criteria {
		first = o.tell("Ref")
	}
	second := ""
	if criteria {
		second = o.tell("Criterion")
	}
	r = o.fr.Block(o.c, r, heading, note, first, second, o.tell("Recipients"), o.tell("Actions"), o.tell("Open"), o.tell("Overdue"), o.tell("Done"))
	if criteria && len(list) > mostPlanned {
		list = list[:mostPlanned]
	}
	k := &o.at
	for _, g := range list {
		column, firsts, label, text := k.topic, k.firstOfTopic, "", ""
		if criteria {
			column, firsts = k.criterion, k.firstOfCriterion
			label, text = o.criterionName(g.Number)
		} else {
			label = o.topicName(g.Number)
		}
		// What a row is about stands in it as a number too, so that no sign in a name means something to COUNTIFS.
		is := fmt.Sprintf("%s,%d", column, g.Number)
		if criteria {
			o.c.Text(1, r, o.text, label)
			o.c.Text(2, r, o.text, text)
			o.c.Height(r, pages.HeightOf(pages.LinesIn(text, overviewWidths[1])))
		} else {
			o.c.Text(1, r, o.fr.Text(), label)
			o.c.Put(2, r, pages.Cell{Style: o.fr.Text()})
		}
		o.calc(3, r, o.bold, fmt.Sprintf("SUMIFS(%s,%s)", firsts, is), g.Recipients)
		o.calc(4, r, o.whole, fmt.Sprintf("COUNTIFS(%s)", is), g.Actions)
		o.calc(5, r, o.whole, o.openOnes(","+is), g.Open())
		o.calc(6, r, o.whole, fmt.Sprintf("COUNTIFS(%s,%s,%s)", is, k.overdue, pages.QuotedText(o.tell("Overdue"))), g.Overdue)
		o.calc(7, r, o.whole, fmt.Sprintf("COUNTIFS(%s,%s,%s)", is, k.status, pages.QuotedText(o.statusOf(plans.Done))), g.By[plans.Done])
		r++
	}
	if len(list) == 0 {
		o.c.Text(1, r, o.text, o.tell("Nothing is planned yet."))
		r++
	}
	return r
}
