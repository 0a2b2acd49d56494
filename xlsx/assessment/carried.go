package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// The columns of Lists that hold what was carried over from an earlier round, in the rows of the criteria. An
// answer is untouched while it, its target and its texts are what was carried over and nobody said in its row that it
// still holds.
const (
	carriedAnswer = iota + 80
	carriedTarget
	carriedEvidence
	carriedComment
	carriedUntouched // 1 or 0
)

var carriedHeadings = []string{"Carried answer", "Carried target", "Carried evidence", "Carried comment", "Untouched"}

// carriedInputs are the columns of Assessment that are carried over, each with its column on Lists.
var carriedInputs = []struct {
	layout.Column
	list int
}{{layout.Answer, carriedAnswer}, {layout.Target, carriedTarget}, {layout.Evidence, carriedEvidence}, {layout.Comment, carriedComment}}

func (b *book) writeCarriedLists(p *plan) {
	head := draw.Look{Bold: true, Fill: b.Palette.Pale, Wrap: true}
	for i, h := range carriedHeadings {
		b.Put(layout.SheetLists, carriedAnswer+i, listsHeader, h, head)
	}
	for _, c := range p.order {
		row := p.in[c.Ref]
		same := ""
		for _, x := range carriedInputs {
			b.Put(layout.SheetLists, x.list, row, "", draw.Look{})
			if col := p.columns[x.Column]; col > 0 {
				same += fmt.Sprintf("%s=%s,", draw.Fixed(layout.SheetAssessment, col, p.at[c.Ref], col, p.at[c.Ref]), draw.Cell(x.list, row))
			}
		}
		b.Calc(layout.SheetLists, carriedUntouched, row, fmt.Sprintf(`IF(%s="",0,IF(AND(%s%s<>%s),1,0))`, draw.Cell(carriedAnswer, row), same,
			draw.Fixed(layout.SheetAssessment, p.columns[layout.Confirmed], p.at[c.Ref], p.columns[layout.Confirmed], p.at[c.Ref]), b.Words.Quoted(layout.CheckedYes)), 0, draw.Look{})
	}
}

// carriedStep says at the sheet's start what came from the earlier round.
func (b *book) carriedStep() string {
	if b.since == "" {
		return ""
	}
	return " " + b.Words.Say("step_carried", "round", b.since, "status", b.Words.Get(layout.Headings[layout.Status]), "carried", b.Words.Get(layout.StatusCarried)) +
		" " + b.Words.Say("checked_explained", "round", b.since, "yes", b.Words.Get(layout.CheckedYes))
}

// confirming adds the choice by which a respondent says of an answer that it still holds as it was carried over. Each row
// has its own: one choice for all is made without looking.
func (b *book) confirming(p *plan) {
	yes := b.Words.Get(layout.CheckedYes)
	stop := "stop"
	title, text := cutTitle(b.Words.Get("list_error_title")), b.Words.Say("checked_error", "yes", yes)
	promptTitle, promptText := cutTitle(b.Words.Get(layout.Headings[layout.Confirmed])), b.Words.Say("checked_prompt", "yes", yes)
	b.Check(b.File.AddDataValidation(layout.SheetAssessment, &excelize.DataValidation{
		AllowBlank: true, Type: "list", Formula1: `"` + yes + `"`,
		Sqref:            p.ranges(func(*models.Criterion) bool { return true }, p.columns[layout.Confirmed]),
		ShowErrorMessage: true, ErrorStyle: &stop, ErrorTitle: &title, Error: &text,
		ShowInputMessage: true, PromptTitle: &promptTitle, Prompt: &promptText,
	}))
}

// unconfirmed is the formula for how many answers stand as they were carried over and are not confirmed.
func (p *plan) unconfirmed() string {
	return "SUM(" + draw.Fixed(layout.SheetLists, carriedUntouched, listsHeader+1, carriedUntouched, listsHeader+len(p.order)) + ")"
}

// highlightCarried sets what is still as it was carried over in italics between dashed lines, so that it does not
// take colour to see it; the column Status says it in words.
func (b *book) highlightCarried(p *plan) {
	dashed := func(side string) excelize.Border {
		return excelize.Border{Type: side, Color: b.Palette.AccentInk, Style: 3}
	}
	id, err := b.File.NewConditionalStyle(&excelize.Style{
		Font:   &excelize.Font{Italic: true, Color: b.Palette.Muted},
		Border: []excelize.Border{dashed("left"), dashed("right"), dashed("top"), dashed("bottom")},
	})
	b.Check(err)
	end := p.rows[len(p.rows)-1].row
	b.Check(b.File.SetConditionalFormat(layout.SheetAssessment, draw.Area(p.columns[layout.Answer], firstRow, p.columns[layout.Comment], end),
		[]excelize.ConditionalFormatOptions{{
			Type: "formula", Format: &id,
			Criteria: b.says("$"+draw.Cell(p.columns[layout.Status], firstRow), layout.StatusCarried),
		}}))
}

// carriedTexts is what stands in the cells of a carried answer, by column.
func carriedTexts(t *models.Template, x *crosswalk.Carried) map[layout.Column]string {
	c := t.Criterion(x.Ref)
	return map[layout.Column]string{layout.Answer: t.Scale(c).Label(x.Level), layout.Target: t.Scale(c).Label(x.Target),
		layout.Evidence: x.Evidence, layout.Comment: x.Comment, layout.Last: x.Said}
}
