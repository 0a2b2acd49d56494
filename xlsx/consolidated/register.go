package consolidated

import (
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const registerSheet = "Register"

// registerPlaces names the columns of the sheet Register that formulas refer to.
type registerPlaces struct {
	groups  []string
	counted string
}

// statusWords says each status as people would.
var statusWords = map[models.Status]string{
	models.Returned: "Returned", models.Outstanding: "Outstanding", models.Late: "Overdue",
	models.Corrections: "To be corrected", models.Partial: "Returned in part",
}

var registerColumns = []struct {
	heading string
	width   float64
}{
	{"Status", 15}, {"Counted", 9}, {"After due date", 10}, {"Answered", 10}, {"Criteria", 9}, {"Complete", 11},
	{"Errors", 8}, {"Warnings", 9}, {"Repairs", 8}, {"Completed by", 24}, {"Role", 22}, {"Date completed", 14},
	{"Signed off by", 22}, {"Received", 12}, {"File", 42}, {"Other files", 42},
}

// registerPage writes a line for each recipient: what came back, when, from whom, and in what state.
func (wb *workbook) registerPage(p *pages.Page) {
	fr := wb.fr
	entries := wb.entries()
	headings, widths := wb.recipientHeadings(), wb.recipientWidths()
	at := map[string]int{} // column by heading
	for _, c := range registerColumns {
		at[c.heading] = len(headings) + 1
		headings, widths = append(headings, pages.Distinct(wb.tell(c.heading), headings)), append(widths, c.width)
	}
	const head = 4
	first, last := head+1, head+max(1, len(entries))
	p.Widths(1, widths...)
	p.Freeze(3, first)
	p.Print(true, false, head, head)
	p.PrintArea(1, 1, at["Date completed"], last)
	for i, g := range wb.groups {
		at := len(headings) + 1 + i
		wb.register.groups = append(wb.register.groups, p.Define("Register_No_of_"+g.name, sheetdata.Box(at, first, at, last)))
	}
	headings = wb.numberHeadings(headings)
	p.Table(fr.Free("RegisterTable"), 1, head, last, headings)
	p.Dimension(len(headings), last)
	counted := at["Counted"]
	wb.register.counted = p.Define("Register_Counted", sheetdata.Box(counted, first, counted, last))
	status := sheetdata.Ref(at["Status"], first) + ":" + sheetdata.Ref(at["Status"], last)
	p.Mark(status, "$"+sheetdata.Ref(counted, first)+"="+wb.quoted("No"), pages.MarkStyle)
	complete := at["Complete"]
	p.Bars(sheetdata.Ref(complete, first)+":"+sheetdata.Ref(complete, last), pages.HighPale)

	title, sub, headStyle, mid := fr.Title(), fr.Subtitle(), fr.Head(), fr.HeadCentre()
	text, num, pct, day := fr.Text(), fr.Num(pages.FormatWhole), fr.Num(pages.FormatPercent), fr.Style(pages.Look{Lined: true, Format: pages.FormatDay, Left: true})
	named := wb.nameLook()
	high := p.HeadHeight(32, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(title, p.Name)
		x.Row(2, 0)
		x.Text(sub, wb.tell("Each recipient, and what came back. Outstanding ones are marked in bold on orange."))
		x.Row(head, high)
		for i, h := range headings {
			if i+1 >= at["Answered"] && i+1 <= at["Repairs"] {
				x.Text(mid, h)
			} else {
				x.Text(headStyle, h)
			}
		}
		for i := range entries {
			e := &entries[i]
			x.Row(first+i, named.height(e.Recipient.Name))
			x.Text(text, e.Recipient.ID)
			x.Text(named.style(e.Recipient.Name), e.Recipient.Name)
			for _, v := range wb.groupsOf(e.Recipient) {
				x.Text(text, v)
			}
			wb.registerRow(x, e, text, num, pct, day, first+i, at)
		}
	}
}

func (wb *workbook) registerRow(x *sheetdata.Writer, e *models.Entry, text, num, pct, day, row int, at map[string]int) {
	ret := e.Return
	yes := map[bool]string{true: wb.tell("Yes"), false: wb.tell("No")}
	status := wb.tell(pages.FirstOf(statusWords[e.Status], string(e.Status)))
	if back, all := e.PartsBack(); e.Status == models.Partial && all > 0 {
		status += wb.tell(" (%d of %d)", back, all)
	}
	x.Text(text, status)
	x.Text(text, yes[ret != nil])
	if ret == nil {
		x.Empty(text)
	} else {
		x.Text(text, yes[e.ReturnedLate])
	}
	x.Int(num, e.Answered)
	x.Int(num, wb.asked(e.Recipient))
	answered, criteria := sheetdata.Ref(at["Answered"], row), sheetdata.Ref(at["Criteria"], row)
	wb.cellOf(x, pct, answered+"/"+criteria, shown(share(e.Answered, wb.asked(e.Recipient))))
	x.Int(num, e.Errors)
	x.Int(num, e.Warnings)
	x.Int(num, e.Repairs)
	var who models.Respondent
	var received time.Time
	if ret != nil {
		who, received = ret.Respondent, ret.Received
	}
	x.Text(text, who.Name.Value)
	x.Text(text, who.Role.Value)
	x.Text(text, who.Date.Value)
	x.Text(text, who.SignedBy.Value)
	if received.IsZero() {
		x.Empty(text)
	} else {
		x.Int(day, serialDay(received.UTC()))
	}
	x.Text(text, e.File)
	others := ""
	for i, f := range e.Others {
		if i > 0 {
			others += "; "
		}
		others += f
	}
	x.Text(text, others)
	for k, v := range wb.groupsOf(e.Recipient) {
		x.Int(num, wb.groupNumber(k, v))
	}
}

// serialDay is a date as spreadsheets count it: days since 30 December 1899 (ECMA-376 part 1, 18.17.4.1).
func serialDay(t time.Time) int {
	return int(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
}

// entries is the register's lines, or lines made from the members where there is no register. Whether a return
// counts is what the members say, so that all sheets agree.
func (wb *workbook) entries() []models.Entry {
	line := map[string]models.Entry{}
	for _, e := range wb.in.Register.Entries {
		line[e.Recipient.ID] = e
	}
	out := make([]models.Entry, len(wb.in.Members))
	row := 0
	for i := range wb.in.Members {
		m := &wb.in.Members[i]
		e, ok := line[m.Recipient.ID]
		e.Recipient, e.Return = m.Recipient, m.Return
		e.Answered = 0
		if m.Return != nil {
			e.File = m.Return.File
			e.Answered = wb.answered(row)
			row++
		}
		if !ok {
			e.Status = models.Outstanding
			if m.Return != nil {
				e.Status = models.Returned
				e.Errors, e.Warnings, e.Repairs = models.Count(m.Return.Findings)
			}
		}
		out[i] = e
	}
	return out
}

// answered counts member i's answers that are not blank, symptoms too.
func (wb *workbook) answered(i int) int {
	n := 0
	for c := range wb.criteria {
		if v := wb.level(i, c); v != blankAnswer && v != notAsked {
			n++
		}
	}
	return n
}
