package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const changesSheet = "Over time by recipient"

// changesPage writes a row for each recipient compared: each score then, now, and its change.
func (wb *workbook) changesPage(p *pages.Page) {
	wb.changeLines()
	const head = 4
	fr, list := wb.fr, wb.in.Comparison.Recipients
	lines := wb.overTime.lines
	headings := wb.recipientHeadings()
	firstCol := len(headings) + 1
	for _, x := range lines {
		for _, heading := range []string{wb.tell("%s: then", x.name), wb.tell("%s: now", x.name), wb.tell("%s: change", x.name)} {
			headings = append(headings, pages.Distinct(heading, headings))
		}
	}
	first, last := head+1, head+max(1, len(list))
	widths := append(wb.recipientWidths(), repeat(pages.HeadingWidth(12, headings[firstCol-1:]...), 3*len(lines))...)
	p.Widths(1, widths...)
	p.Freeze(3, first)
	p.Print(true, false, head, head)
	p.Across(pages.PagesFor(2, widths...), head, head, 1, 2)
	p.Table(fr.Free("OverTimeTable"), 1, head, last, headings)
	p.Dimension(len(headings), last)
	styles := make([][3]int, len(lines))
	for i := range lines {
		x, col := &lines[i], firstCol+3*i
		rows := func(c1, c2 int) string { return sheetdata.Ref(c1, first) + ":" + sheetdata.Ref(c2, last) }
		p.Heat(rows(col, col+1), x.low, x.high)
		p.ChangeHeat(rows(col+2, col+2), x.high-x.low)
		format, signed := x.format, x.signed
		id := "Overall"
		if x.topic >= 0 {
			id = "Topic_" + wb.topics[x.topic].id
		} else if wb.staged() {
			format, signed = pages.FormatWhole, "+0;-0;0"
		}
		styles[i] = [3]int{fr.Num(format), fr.Num(format), fr.StrongNum(signed)}
		name := func(when string, k int) string {
			return p.Define("Changes_"+when+"_"+id, sheetdata.Box(col+k, first, col+k, last))
		}
		x.thenName, x.nowName, x.changeName = name("Then", 0), name("Now", 1), name("Change", 2)
	}
	at := make(map[string]*models.Recipient, len(wb.in.Members))
	for i := range wb.in.Members {
		at[wb.in.Members[i].Recipient.ID] = &wb.in.Members[i].Recipient
	}
	title, sub, headStyle, mid, text := fr.Title(), fr.Subtitle(), fr.Head(), fr.HeadCentre(), fr.Text()
	named := wb.nameLook()
	high := p.HeadHeight(78, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(title, p.Name)
		x.Row(2, 0)
		x.Text(sub, wb.tell("Scores then (%s) and now, of the recipients that returned both times, over the criteria that they answered both times. Sort and filter by any column.", wb.earlier()))
		x.Row(head, high)
		for i, h := range headings {
			if i < firstCol-1 {
				x.Text(headStyle, h)
			} else {
				x.Text(mid, h)
			}
		}
		for i := range list {
			rc := models.Recipient{ID: list[i].Recipient}
			if known := at[rc.ID]; known != nil {
				rc = *known
			}
			r := first + i
			x.Row(r, named.height(rc.Name))
			x.Text(text, rc.ID)
			x.Text(named.style(rc.Name), rc.Name)
			for _, v := range wb.groupsOf(rc) {
				x.Text(text, v)
			}
			for k := range lines {
				wb.changeCells(x, &lines[k], styles[k], i, r, firstCol+3*k)
			}
		}
	}
}

// changeCells writes recipient i's score then and now, as values, and the change.
func (wb *workbook) changeCells(x *sheetdata.Writer, line *changeLine, styles [3]int, i, r, col int) {
	for k, f := range []models.Figure{line.then[i], line.now[i]} {
		if v, ok := f.Get(); ok {
			x.Number(styles[k], v)
		} else {
			x.Empty(styles[k])
		}
	}
	then, now := sheetdata.Ref(col, r), sheetdata.Ref(col+1, r)
	wb.cellOf(x, styles[2], fmt.Sprintf(`IF(COUNT(%s:%s)<2,"",%s-%s)`, then, now, now, then), shown(line.change[i]))
}
