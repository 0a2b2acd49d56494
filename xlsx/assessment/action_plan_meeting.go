package assessment

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// Widths of the columns of the sheet Meeting: a label, and three pairs of a value and the next label.
var meetingWidths = []float64{19, 28, 13, 14, 14, 14}

// meeting is the sheet that is printed for the meeting: it follows the sheet Plan, and has room to write by hand.
type meeting struct {
	*actionPlan
	draw.Text
}

const (
	meetingLabel = 1
	meetingValue = 2
	meetingLast  = 6
)

// writeMeeting fills the sheet Meeting.
func (a *actionPlan) writeMeeting() {
	m := &meeting{actionPlan: a, Text: draw.Text{Book: a.Book, Sheet: layout.SheetMeeting, Row: 2, Label: meetingLabel, Last: meetingLast, Widths: meetingWidths}}
	for i, w := range meetingWidths {
		a.Width(m.Sheet, i+1, w)
	}
	a.Band(m.Sheet, meetingLast, a.Words.Say("plan.meeting_band", "round", a.Round.Title))
	m.Paragraph(gapName, draw.Look{Bold: true, Size: 13})
	a.Height(m.Sheet, m.Row-1, 36)
	m.Paragraph(a.Words.Say("plan.meeting_note", "sheet", a.Words.Get("plan.sheet_plan")), draw.Look{Ink: a.Palette.Muted})
	m.line("plan.meeting_on", "", 22)
	m.line("plan.meeting_present", "", 30)
	added := false
	for _, x := range a.rows {
		switch {
		case x.r == nil:
			m.Heading(x.section)
		case plans.Added(x.r.ID):
			if !added {
				m.furtherHeadings()
			}
			added = true
			m.further(x)
		default:
			m.action(x)
		}
	}
	m.Close()
	a.Check(a.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(m.Sheet, 1, 1, meetingLast, m.Row), Scope: m.Sheet}))
	a.BreakPages(m.Sheet, m.Row, m.Across(1, meetingLast), false, 0, m.Blocks, nil)
	a.page(m.Sheet, "portrait")
	a.Protect(m.Sheet)
}

func (m *meeting) labelLook() draw.Look {
	return draw.Look{Bold: true, Ink: m.Palette.Muted, Down: "center", Wrap: true, Lines: draw.AllLines, Indent: 1}
}

// line is a label with room to write.
func (m *meeting) line(key, text string, height float64) {
	box := draw.Look{Lines: draw.AllLines, Wrap: true, Down: "center", Across: "left", Indent: 1}
	m.Put(m.Sheet, meetingLabel, m.Row, m.Words.Get(key), m.labelLook())
	m.Merge(m.Sheet, meetingValue, m.Row, meetingLast, m.Row, box)
	m.Put(m.Sheet, meetingValue, m.Row, text, box)
	m.Height(m.Sheet, m.Row, height)
	m.Row++
}

// follow shows a cell of the sheet Plan, in so many lines at least, and gives the height that its row needs. A row cannot grow
// by a formula: what is longer ends with where the whole stands.
func (m *meeting) follow(x actionRow, c layout.PlanColumn, col, to, lines int) float64 {
	l := draw.Look{Lines: draw.AllLines, Wrap: true, Down: "center", Across: "left", Indent: 1}
	value := m.carried(x, c)
	at := layout.SheetPlan + "!" + draw.Cell(planCol(c), x.row)
	shown := at
	switch c {
	case layout.PlanDue:
		l.Format = dayFormat
	case layout.PlanStatus:
	default:
		line := m.surelyPerLine(m.Across(col, to))
		if text, ok := value.(string); ok {
			takes := utf8.RuneCountInString(text) + line*strings.Count(text, "\n")
			lines = max(lines, min((takes+line-1)/line, linesInRow))
		}
		shown = m.cut(x, c, at, lines*line, lines)
	}
	m.Merge(m.Sheet, col, m.Row, to, m.Row, l)
	m.Calc(m.Sheet, col, m.Row, fmt.Sprintf(`IF(%s="","",%s)`, at, shown), value, l)
	return draw.RowHeight(float64(lines)*lineOfText, 6)
}

// cut is the formula of a text that has room for so many characters on so many lines; a longer one ends with where it stands in
// full.
func (m *meeting) cut(x actionRow, c layout.PlanColumn, at string, room, lines int) string {
	suffix, where := 1, `"…"`
	if c != layout.PlanOwner {
		name := m.Words.Get("plan.sheet_plan")
		suffix = utf8.RuneCountInString(m.Words.Say("texts_where", "sheet", name, "row", 9999)) + 5
		where = fmt.Sprintf(`"… ("&IF(%s,%s,%s)&")"`, fitsRow(x.list), m.Words.Formula("texts_where", "sheet", m.Words.Quoted("plan.sheet_plan"), "row", fmt.Sprintf(`"%d"`, x.row)), m.whereInFull(x.list))
	}
	return fmt.Sprintf(`IF(%s>%d,LEFT(SUBSTITUTE(%s,CHAR(10)," "),%d)&%s,%[3]s)`, inLines(at, room/lines), room, at, max(room-suffix, room/lines), where)
}

// lineOfText is the height of a line of text, in points.
const lineOfText = draw.FontSize * draw.LineHeight

// carried is what a cell of an action that was carried over holds, "" for nothing.
func (m *meeting) carried(x actionRow, c layout.PlanColumn) any {
	if carried := x.r.Carried; carried != nil {
		switch c {
		case layout.PlanCause:
			return carried.Cause.Value
		case layout.PlanAction:
			return carried.Action.Value
		case layout.PlanOwner:
			return carried.Owner.Value
		case layout.PlanStatus:
			return statusWord(m.Words, carried.Status)
		case layout.PlanDue:
			if !carried.On.IsZero() {
				return float64(serialDay(carried.On))
			}
		}
	}
	return ""
}

// action is the block of one priority, or of one action carried over.
func (m *meeting) action(x actionRow) {
	from := m.Row
	title := draw.Look{Bold: true, Fill: m.Palette.Tint, Wrap: true, Down: "center", Lines: draw.AllLines, Indent: 1}
	text := strings.ToUpper(x.r.ID) + ".  " + joined("  ", x.r.Ref, x.r.Criterion)
	m.Merge(m.Sheet, meetingLabel, m.Row, meetingLast, m.Row, title)
	m.Put(m.Sheet, meetingLabel, m.Row, text, title)
	m.Height(m.Sheet, m.Row, draw.RowHeight(draw.TextHeight(text, draw.FontSize, true, m.Across(1, meetingLast)-2), 8))
	m.Row++
	for _, c := range []struct {
		key  layout.PlanColumn
		text string
	}{{layout.PlanNow, m.nowOf(x.r)}, {layout.PlanNext, m.nextOf(x.r)}} {
		if c.text == "" {
			continue
		}
		box := draw.Look{Lines: draw.AllLines, Wrap: true, Down: "center", Across: "left", Indent: 1}
		m.Put(m.Sheet, meetingLabel, m.Row, m.Words.Get(layout.PlanHeadings[c.key]), m.labelLook())
		m.Merge(m.Sheet, meetingValue, m.Row, meetingLast, m.Row, box)
		m.Put(m.Sheet, meetingValue, m.Row, c.text, box)
		m.Height(m.Sheet, m.Row, draw.RowHeight(draw.TextHeight(c.text, draw.FontSize, false, m.Across(meetingValue, meetingLast)-2), 6))
		m.Row++
	}
	for _, c := range []struct {
		key   string
		col   layout.PlanColumn
		lines int
	}{{"plan.meeting_cause", layout.PlanCause, 4}, {"plan.meeting_action", layout.PlanAction, 5}} {
		m.Put(m.Sheet, meetingLabel, m.Row, m.Words.Get(c.key), m.labelLook())
		m.Height(m.Sheet, m.Row, m.follow(x, c.col, meetingValue, meetingLast, c.lines))
		m.Row++
	}
	m.whoAndWhen(x)
	m.line("plan.meeting_decided", "", 60)
	m.Keep(from, m.Row-1)
	m.Height(m.Sheet, m.Row, 8)
	m.Row++
}

// whoAndWhen is the line with owner, day and status.
func (m *meeting) whoAndWhen(x actionRow) {
	h := 24.0
	for i, c := range []layout.PlanColumn{layout.PlanOwner, layout.PlanDue, layout.PlanStatus} {
		col := meetingLabel + 2*i
		label := m.Words.Get(layout.PlanHeadings[c])
		m.Put(m.Sheet, col, m.Row, label, m.labelLook())
		h = max(h, draw.RowHeight(draw.TextHeight(label, draw.FontSize, true, m.Across(col, col)-2), 6))
		h = max(h, m.follow(x, c, col+1, col+1, 2))
	}
	m.Height(m.Sheet, m.Row, h)
	m.Row++
}

// furtherHeadings heads the table of the recipient's own actions.
func (m *meeting) furtherHeadings() {
	head := draw.Look{Bold: true, Fill: m.Palette.Pale, Lines: draw.AllLines, Wrap: true, Down: "center"}
	h := 20.0
	for _, c := range []struct {
		col, to int
		c       layout.PlanColumn
	}{{1, 1, layout.PlanID}, {2, 3, layout.PlanAction}, {4, 4, layout.PlanOwner}, {5, 5, layout.PlanDue}, {6, 6, layout.PlanStatus}} {
		label := m.Words.Get(layout.PlanHeadings[c.c])
		m.Merge(m.Sheet, c.col, m.Row, c.to, m.Row, head)
		m.Put(m.Sheet, c.col, m.Row, label, head)
		h = max(h, draw.RowHeight(draw.TextHeight(label, draw.FontSize, true, m.Across(c.col, c.to)), 6))
	}
	m.Height(m.Sheet, m.Row, h)
	m.Row++
}

func (m *meeting) further(x actionRow) {
	m.Put(m.Sheet, meetingLabel, m.Row, strings.ToUpper(x.r.ID), m.labelLook())
	h := m.follow(x, layout.PlanAction, 2, 3, 4)
	h = max(h, m.follow(x, layout.PlanOwner, 4, 4, 4))
	m.follow(x, layout.PlanDue, 5, 5, 1)
	m.follow(x, layout.PlanStatus, 6, 6, 1)
	m.Height(m.Sheet, m.Row, h)
	m.Row++
}
