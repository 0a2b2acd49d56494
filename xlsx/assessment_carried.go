package xlsx

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/xuri/excelize/v2"
)

// The columns of Lists that hold what was carried over from an earlier round, in the rows of the criteria. An
// answer is untouched while it, its target and its texts are what was carried over and nobody said on Start that
// they were checked.
const (
	carriedAnswer = iota + 80
	carriedTarget
	carriedEvidence
	carriedComment
	carriedUntouched // 1 or 0
	carriedChecked   // in the row of the headings: 1 once they were checked
)

var carriedHeadings = []string{"Carried answer", "Carried target", "Carried evidence", "Carried comment", "Untouched"}

// carriedInputs are the columns of Assessment that are carried over, each with its column on Lists.
var carriedInputs = []struct {
	column
	list int
}{{colAnswer, carriedAnswer}, {colTarget, carriedTarget}, {colEvidence, carriedEvidence}, {colComment, carriedComment}}

func (b *book) writeCarriedLists(p *plan) {
	head := look{bold: true, fill: b.pal.pale, wrap: true}
	for i, h := range carriedHeadings {
		b.put(SheetLists, carriedAnswer+i, listsHeader, h, head)
	}
	checked := fixed(SheetLists, carriedChecked, listsHeader, carriedChecked, listsHeader)
	for _, c := range p.order {
		row := p.in[c.Ref]
		same := ""
		for _, x := range carriedInputs {
			b.put(SheetLists, x.list, row, "", look{})
			if col := p.columns[x.column]; col > 0 {
				same += fmt.Sprintf("%s=%s,", fixed(SheetAssessment, col, p.at[c.Ref], col, p.at[c.Ref]), cell(x.list, row))
			}
		}
		b.calc(SheetLists, carriedUntouched, row, fmt.Sprintf(`IF(%s="",0,IF(AND(%s%s=0),1,0))`, cell(carriedAnswer, row), same, checked), 0, look{})
	}
}

// carriedStep says at the sheet's start what came from the earlier round.
func (b *book) carriedStep() string {
	if b.since == "" {
		return ""
	}
	return " " + b.w.Say("step_carried", "round", b.since, "status", b.w.Get(headings[colStatus]), "carried", b.w.Get(statusCarried))
}

// writeCarriedCheck adds the field in which a respondent says that what still stands from the earlier round was
// looked at: one choice for all, for most will stay, and a choice for each would be made without looking.
func (b *book) writeCarriedCheck(s *sheetText) {
	yes := b.w.Get(checkedYes)
	b.put(s.sheet, startLabel, s.row, b.w.Get(labelChecked), look{bold: true, down: "center"})
	b.merge(s.sheet, startValue, s.row, startLast, s.row,
		look{lines: fieldLines, fill: b.pal.input, open: true, wrap: true, down: "center", across: "left", indent: 1})
	at := fixed(s.sheet, startValue, s.row, startValue, s.row)
	b.name("Old_answers_checked", at)
	stop := "stop"
	title, text := cutTitle(b.w.Get("list_error_title")), b.w.Say("checked_error", "yes", yes)
	promptTitle, promptText := cutTitle(b.w.Get(labelChecked)), b.w.Say("checked_prompt", "yes", yes)
	b.check(b.f.AddDataValidation(s.sheet, &excelize.DataValidation{
		AllowBlank: true, Type: "list", Formula1: `"` + yes + `"`, Sqref: cell(startValue, s.row),
		ShowErrorMessage: true, ErrorStyle: &stop, ErrorTitle: &title, Error: &text,
		ShowInputMessage: true, PromptTitle: &promptTitle, Prompt: &promptText,
	}))
	b.height(s.sheet, s.row, 24)
	s.row++
	explained := b.w.Say("checked_explained", "yes", yes, "round", b.since)
	b.merge(s.sheet, startValue, s.row, startLast, s.row, look{wrap: true, ink: b.pal.muted})
	b.put(s.sheet, startValue, s.row, explained, look{wrap: true, ink: b.pal.muted})
	b.height(s.sheet, s.row, rowHeight(textHeight(explained, fontSize, false, s.across(startValue, startLast)), 5))
	s.row++
	b.calc(SheetLists, carriedChecked, listsHeader, fmt.Sprintf(`IF(%s=%s,1,0)`, at, b.w.Quoted(checkedYes)), 0, look{})
}

// highlightCarried sets what is still as it was carried over in italics between dashed lines, so that it does not
// take colour to see it; the column Status says it in words.
func (b *book) highlightCarried(p *plan) {
	dashed := func(side string) excelize.Border {
		return excelize.Border{Type: side, Color: b.pal.accentInk, Style: 3}
	}
	id, err := b.f.NewConditionalStyle(&excelize.Style{
		Font:   &excelize.Font{Italic: true, Color: b.pal.muted},
		Border: []excelize.Border{dashed("left"), dashed("right"), dashed("top"), dashed("bottom")},
	})
	b.check(err)
	end := p.rows[len(p.rows)-1].row
	b.check(b.f.SetConditionalFormat(SheetAssessment, area(p.columns[colAnswer], firstRow, p.columns[colComment], end),
		[]excelize.ConditionalFormatOptions{{
			Type: "formula", Format: &id,
			Criteria: fmt.Sprintf(`$%s%d=%s`, columnName(p.columns[colStatus]), firstRow, b.w.Quoted(statusCarried)),
		}}))
}

// carriedTexts is what stands in the cells of a carried answer, by column.
func carriedTexts(t *models.Template, x *models.Carried) map[column]string {
	c := t.Criterion(x.Ref)
	return map[column]string{colAnswer: t.Scale(c).Label(x.Level), colTarget: t.Scale(c).Label(x.Target),
		colEvidence: x.Evidence, colComment: x.Comment, colLast: x.Said}
}
