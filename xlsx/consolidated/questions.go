package consolidated

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const questionsSheet = "Questions"

// questionsPage writes a row for each recipient whose return counts and a column for each question of the sheet
// Start. It is for the office that runs the round and is no part of the edition for circulation.
func (wb *workbook) questionsPage(p *pages.Page) {
	fr := wb.fr
	headings, widths := wb.recipientHeadings(), wb.recipientWidths()
	own := len(headings)
	for _, q := range wb.t.Questions {
		width := 24.0
		if q.Type == models.QuestionText {
			width = 48
		}
		headings, widths = append(headings, pages.Distinct(q.Text, headings)), append(widths, width)
	}
	const head = 4
	first, last := head+1, head+max(1, len(wb.members))
	p.Widths(1, widths...)
	p.Freeze(3, first)
	p.Print(true, false, head, head)
	p.Table(fr.Free("QuestionsTable"), 1, head, last, headings)
	p.Dimension(len(headings), last)
	title, sub, headStyle, text, wrapped, number := fr.Title(), fr.Subtitle(), fr.Head(), fr.Style(pages.Look{Lined: true, Top: true}), fr.Wrapped(), fr.Num("General")
	named := wb.nameLook()
	high := p.HeadHeight(62, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(title, p.Name)
		x.Row(2, 0)
		x.Text(sub, wb.tell("The answers to the questions on the sheet Start. They are in no score. A date is written year-month-day; an empty cell is no answer, or one that could not be read: see Findings."))
		x.Row(head, high)
		for _, h := range headings {
			x.Text(headStyle, h)
		}
		for i := range wb.members {
			m := &wb.members[i]
			x.Row(first+i, max(named.height(m.name), wb.questionsHeight(m, widths[own:])))
			x.Text(text, m.id)
			x.Text(wrapped, m.name)
			for _, v := range m.groups {
				x.Text(text, v)
			}
			x.Skip(own - 2 - len(m.groups))
			ret := wb.in.Members[m.index].Return
			for _, q := range wb.t.Questions {
				a := ret.Question(q.ID)
				if a == nil {
					x.Empty(text)
				} else if n, ok := a.Number(); ok {
					x.Number(number, n)
				} else {
					x.Text(wrapped, a.Answer.Value)
				}
			}
		}
	}
}

// questionsHeight is the height of a recipient's row: its longest answer is wrapped.
func (wb *workbook) questionsHeight(m *member, widths []float64) float64 {
	lines := 1
	for i, q := range wb.t.Questions {
		if a := wb.in.Members[m.index].Return.Question(q.ID); a != nil {
			lines = max(lines, pages.LinesIn(a.Answer.Value, widths[i]*0.9))
		}
	}
	return pages.HeightOf(lines)
}

// extraRules say what the template asks beyond the usual.
func (wb *workbook) extraRules() [][2]string {
	var out [][2]string
	if wb.t.Selective() {
		out = append(out, [2]string{"Not asked", wb.tell("Some criteria are asked of some groups of recipients only. For the others they are neither blank nor 'not applicable', and in no figure; the Matrix marks them with –. The number of answers that each figure of a criterion rests on stands beside it.")})
	}
	if methods := wb.in.Scoring.Also; len(methods) > 0 {
		list := ""
		for i, m := range methods {
			if i > 0 {
				list += ", "
			}
			list += string(m)
		}
		out = append(out, [2]string{"Further methods", wb.furtherNote(list)})
	}
	if len(wb.t.Questions) > 0 {
		out = append(out, [2]string{"Questions", wb.tell("The answers to the questions on the sheet Start are in no score. They are for the office that runs the round.")})
	}
	return out
}
