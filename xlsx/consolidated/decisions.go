package consolidated

import (
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const decisionsSheet = "Decisions"

// decisionColumns is the layout of the sheet Decisions after the number and the recipient.
var decisionColumns = []struct {
	heading string
	width   float64
}{
	{"Decided", 44}, {"Ref", refWidth}, {"Criterion", 34}, {"File", 30}, {"By", 22}, {"Date", 12}, {"Reason", 60},
}

func (wb *workbook) decided() bool { return len(wb.in.Decisions) > 0 && !wb.in.Publish }

// decisionsPage writes what the office decided about returns that count: a row for each decision. It is the office's own
// and no part of the edition for circulation.
func (wb *workbook) decisionsPage(p *pages.Page) {
	fr := wb.fr
	headings, widths := []string{wb.tell("No."), wb.tell("ID"), wb.tell("Recipient")}, []float64{6, 14, 34}
	for _, c := range decisionColumns {
		headings, widths = append(headings, pages.Distinct(wb.tell(c.heading), headings)), append(widths, c.width)
	}
	const head = 4
	list := wb.in.Decisions
	first, last := head+1, head+len(list)
	p.Widths(1, widths...)
	p.Freeze(2, first)
	p.Print(true, false, head, head)
	p.Table(fr.Free("DecisionsTable"), 1, head, last, headings)
	p.Dimension(len(headings), last)
	names := map[string]string{}
	for _, m := range wb.in.Members {
		names[m.Recipient.ID] = m.Recipient.Name
	}
	title, sub, headStyle, wrapped := fr.Title(), fr.Subtitle(), fr.Head(), fr.Wrapped()
	whole, day := fr.Style(pages.Look{Lined: true, Top: true, Format: pages.FormatWhole, Centred: true}), fr.Style(pages.Look{Lined: true, Top: true, Format: pages.FormatDay, Left: true})
	high := p.HeadHeight(22, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 30)
		x.Text(title, p.Name)
		x.Row(2, 0)
		x.Text(sub, wb.decisionsNote())
		x.Row(head, high)
		for _, h := range headings {
			x.Text(headStyle, h)
		}
		for i := range list {
			d := &list[i]
			subject := ""
			if c := wb.t.Criterion(d.Ref); c != nil {
				subject = c.Subject
			}
			x.Row(first+i, 0)
			x.Int(whole, d.Number)
			for _, s := range []string{d.Recipient, names[d.Recipient], wb.decidedText(d), d.Ref, subject, d.File, d.By} {
				x.Text(wrapped, s)
			}
			x.Int(day, serialDay(d.At.UTC()))
			x.Text(wrapped, d.Reason)
		}
	}
}

// decidedText says what was decided.
func (wb *workbook) decidedText(d *decisions.Decision) string {
	switch d.Kind {
	case decisions.Recipient:
		return wb.tell("The file is from this recipient")
	case decisions.Counts:
		return wb.tell("The file counts")
	case decisions.From:
		return wb.tell("The file decides where several differ")
	}
	switch _, label := wb.t.Decided(d); {
	case d.Value == decisions.Ask:
		return wb.tell("Blank, and asked of the sender")
	case label == "":
		return wb.tell("Blank")
	default:
		return label
	}
}

// decisionRules say on the sheet Method how much was decided.
func (wb *workbook) decisionRules() [][2]string {
	answers := 0
	for i := range wb.in.Decisions {
		if wb.in.Decisions[i].Kind == decisions.Answer {
			answers++
		}
	}
	if answers == 0 || wb.in.Publish {
		return nil
	}
	if !wb.answersFit() {
		return [][2]string{{wb.tell("Decided"), wb.tell("Answers that the office decided: %d. The cell did not say for certain what is meant, or something else was known. They have the number of the decision beside them in the files of answers in results/data; the sheet Decisions says who decided, when and why.", answers)}}
	}
	return [][2]string{{wb.tell("Decided"), wb.tell("Answers that the office decided: %d. The cell did not say for certain what is meant, or something else was known. They have the number of the decision beside them on the sheet Answers; the sheet Decisions says who decided, when and why.", answers)}}
}

// decisionsNote says what the sheet Decisions is, and where the decided answers are.
func (wb *workbook) decisionsNote() string {
	if !wb.answersFit() {
		return wb.tell("What the office decided about returns that count. The number stands beside each answer that was decided, in the files of answers in results/data. No file that came back was changed.")
	}
	return wb.tell("What the office decided about returns that count. The number stands beside each answer that was decided, on the sheet Answers. No file that came back was changed.")
}
