package xlsx

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/xuri/excelize/v2"
)

// What the column Status says.
const (
	statusAnswer   = "Answer needed"
	statusList     = "Choose from the list"
	statusComment  = "Comment needed"
	statusEvidence = "Evidence needed"
	statusTarget   = "Check target"
	statusDone     = "Done"
)

// statusFormula says what is still to do about a criterion.
func (b *book) statusFormula(p *plan, c *models.Criterion) string {
	row := p.at[c.Ref]
	at := func(col column) string { return "$" + cell(p.columns[col], row) }
	v := fixed(SheetLists, listValue, p.in[c.Ref], listValue, p.in[c.Ref])
	f := `"` + statusDone + `"`
	if b.t.Answers.Targets {
		list := b.choiceLists()[c.Kind]
		f = fmt.Sprintf(`IF(%[1]s="",%[2]s,IF(AND(ISNUMBER(%[3]s),SUMPRODUCT((%[4]s=%[1]s)*%[5]s)<%[3]s),"%[6]s",%[2]s))`,
			at(colTarget), f, v, list.labels(), list.numbers(), statusTarget)
	}
	require := func(r models.Requirement, col column, status string) {
		var when []string
		if r.NotApplicable && b.t.Answers.NotApplicable {
			when = append(when, fmt.Sprintf(`%s="%s"`, v, valueNA))
		}
		if r.FromLevel != nil {
			when = append(when, fmt.Sprintf("AND(ISNUMBER(%[1]s),%[1]s>=%[2]d)", v, *r.FromLevel))
		}
		if len(when) > 0 {
			f = fmt.Sprintf(`IF(AND(OR(%s),LEN(TRIM(%s))=0),"%s",%s)`, strings.Join(when, ","), at(col), status, f)
		}
	}
	require(b.t.Answers.EvidenceRequired, colEvidence, statusEvidence)
	require(b.t.Answers.CommentRequired, colComment, statusComment)
	return fmt.Sprintf(`IF(%s="","%s",IF(%s="%s","%s",%s))`, at(colAnswer), statusAnswer, v, valueUnknown, statusList, f)
}

// writeRules adds the dropdowns, and what changes its look as answers are chosen.
func (b *book) writeRules(p *plan) {
	lists := b.choiceLists()
	for _, kind := range kinds {
		list, ok := lists[kind]
		if !ok {
			continue
		}
		b.dropdown(p.ranges(kind, p.columns[colAnswer]), list.name, b.answerPrompt(kind))
		if b.t.Answers.Targets {
			b.dropdown(p.ranges(kind, p.columns[colTarget]), list.targets, prompt{
				"Target level", "Choose the level you aim for. Leave it empty if there is no target.",
			})
		}
	}
	if p.byLevel {
		b.highlightLevels(p)
	}
	b.highlightStatus(p)
}

// prompt is what a cell says when it is entered: a title of at most 32 characters and a text of at most 255, which
// Excel insists on.
type prompt struct{ title, text string }

func (b *book) answerPrompt(kind models.Kind) prompt {
	x := prompt{"Rating", "How far is this in place? Choose from the list: Alt and the down arrow open it."}
	switch kind {
	case models.KindLevels:
		x = prompt{"Current level", "Choose the level whose description fits you best today. Alt and the down arrow open the list."}
	case models.KindSymptom:
		x = prompt{"Still true?", "Say whether this is still true of you. Choose from the list: Alt and the down arrow open it."}
	}
	if b.t.Answers.NotApplicable {
		x.text += " 'Not applicable' leaves it out of the scores"
		if b.t.Answers.CommentRequired.NotApplicable {
			x.text += "; say why under Comment"
		}
		x.text += "."
	}
	return x
}

func (b *book) dropdown(ranges, list string, p prompt) {
	title, text := "Choose from the list", "Please choose one of the entries of the list. Press Escape to undo what you typed, or Delete to leave the cell empty."
	stop := "stop"
	b.check(b.f.AddDataValidation(SheetAssessment, &excelize.DataValidation{
		AllowBlank: true, Type: "list", Formula1: list, Sqref: ranges,
		ShowErrorMessage: true, ErrorStyle: &stop, ErrorTitle: &title, Error: &text,
		ShowInputMessage: true, PromptTitle: &p.title, Prompt: &p.text,
	}))
}

// ranges lists the cells of a column in the rows of one kind of criterion.
func (p *plan) ranges(kind models.Kind, col int) string {
	var spans []span
	for _, r := range p.rows {
		if r.kind != criterionRow || r.c.Kind != kind {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1].to == r.row-1 {
			spans[n-1].to = r.row
		} else {
			spans = append(spans, span{r.row, r.row})
		}
	}
	refs := make([]string, len(spans))
	for i, s := range spans {
		refs[i] = area(col, s.from, col, s.to)
	}
	return strings.Join(refs, " ")
}

// highlightLevels marks the descriptor of the chosen level: by fill, by a frame and by bold type, so that it does
// not take colour to see it.
func (b *book) highlightLevels(p *plan) {
	ranges := p.ranges(models.KindLevels, p.firstLevel)
	if ranges == "" {
		return
	}
	id, err := b.f.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: b.pal.accentInk},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.pal.tint}},
		Border: []excelize.Border{
			{Type: "left", Color: b.pal.accentInk, Style: 1}, {Type: "right", Color: b.pal.accentInk, Style: 1},
			{Type: "top", Color: b.pal.accentInk, Style: 1}, {Type: "bottom", Color: b.pal.accentInk, Style: 1},
		},
	})
	b.check(err)
	end := p.rows[len(p.rows)-1].row
	b.check(b.f.SetConditionalFormat(SheetAssessment, area(p.firstLevel, firstRow, p.lastLevel, end),
		[]excelize.ConditionalFormatOptions{{
			Type: "formula", Format: &id,
			Criteria: fmt.Sprintf(`AND($%[1]s%[2]d<>"",$%[1]s%[2]d=%[3]s$%[4]d)`,
				columnName(p.columns[colAnswer]), firstRow, columnName(p.firstLevel), headingRow),
		}}))
}

func (b *book) highlightStatus(p *plan) {
	col := p.columns[colStatus]
	end := p.rows[len(p.rows)-1].row
	done, err := b.f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: b.pal.done}})
	b.check(err)
	needed, err := b.f.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: b.pal.needed},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.pal.neededFill}},
	})
	b.check(err)
	x := "$" + cell(col, firstRow)
	b.check(b.f.SetConditionalFormat(SheetAssessment, area(col, firstRow, col, end), []excelize.ConditionalFormatOptions{
		{Type: "formula", Format: &done, Criteria: fmt.Sprintf(`%s="%s"`, x, statusDone)},
		{Type: "formula", Format: &needed, Criteria: fmt.Sprintf(`AND(%[1]s<>"",%[1]s<>"%[2]s",%[1]s<>"%[3]s")`, x, statusDone, statusAnswer)},
	}))
}
