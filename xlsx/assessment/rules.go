package assessment

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// statusFormula says what is still to do about a criterion.
func (b *book) statusFormula(p *plan, c *models.Criterion) string {
	row := p.at[c.Ref]
	at := func(col layout.Column) string { return "$" + draw.Cell(p.columns[col], row) }
	v := p.value(c.Ref)
	f := b.Words.Quoted(layout.StatusDone)
	if b.t.Answers.Targets {
		list := b.listOf(c)
		f = fmt.Sprintf(`IF(AND(%[1]s<>"",ISNUMBER(%[3]s)),IF(%[4]s<%[3]s,%[5]s,%[2]s),%[2]s)`,
			at(layout.Target), f, v, list.number(at(layout.Target), "0"), b.Words.Quoted(layout.StatusTarget))
	}
	require := func(r models.Requirement, col layout.Column, status string) {
		var when []string
		if r.NotApplicable && b.t.Answers.NotApplicable {
			when = append(when, fmt.Sprintf(`%s="%s"`, v, valueNA))
		}
		if r.FromLevel != nil {
			when = append(when, fmt.Sprintf("AND(ISNUMBER(%[1]s),%[1]s>=%[2]d)", v, *r.FromLevel))
		}
		if len(when) > 0 {
			needed := when[0]
			if len(when) > 1 {
				needed = "OR(" + strings.Join(when, ",") + ")"
			}
			f = fmt.Sprintf(`IF(AND(%s,LEN(TRIM(%s))=0),%s,%s)`, needed, at(col), b.Words.Quoted(status), f)
		}
	}
	require(b.t.Answers.EvidenceRequired, layout.Evidence, layout.StatusEvidence)
	require(b.t.Answers.CommentRequired, layout.Comment, layout.StatusComment)
	if b.since != "" {
		f = fmt.Sprintf(`IF(%s=1,%s,%s)`, draw.Fixed(layout.SheetLists, carriedUntouched, p.in[c.Ref], carriedUntouched, p.in[c.Ref]), b.Words.Quoted(layout.StatusCarried), f)
	}
	return fmt.Sprintf(`IF(%s="",%s,IF(%s="%s",%s,%s))`, at(layout.Answer), b.Words.Quoted(layout.StatusAnswer), v, valueUnknown, b.Words.Quoted(layout.StatusList), f)
}

// writeRules adds the dropdowns, and what changes its look as answers are chosen.
func (b *book) writeRules(p *plan) {
	lists := b.choiceLists()
	for _, kind := range kinds {
		list, ok := lists[kind]
		if !ok {
			continue
		}
		plain := func(c *models.Criterion) bool { return c.Kind == kind && len(c.Options) == 0 }
		answers := p.ranges(plain, p.columns[layout.Answer])
		if answers == "" {
			continue // all have wordings of their own
		}
		b.dropdown(answers, list.name, b.answerPrompt(kind))
		if b.t.Answers.Targets {
			b.dropdown(p.ranges(plain, p.columns[layout.Target]), list.targets, prompt{
				b.Words.Get("prompt_target_title"), b.Words.Get("prompt_target"),
			})
		}
	}
	b.ownDropdowns(p)
	if p.byLevel {
		b.muteHints(p)
	}
	b.highlightStatus(p)
	if b.since != "" {
		b.highlightCarried(p)
		b.confirming(p)
	}
}

// prompt is what a cell says when it is entered: a title of at most 32 characters and a text of at most 255, which
// Excel insists on.
type prompt struct{ title, text string }

func (b *book) answerPrompt(kind models.Kind) prompt {
	key := "prompt_rating"
	switch kind {
	case models.KindLevels:
		key = "prompt_level"
	case models.KindSymptom:
		key = "prompt_symptom"
	}
	x := prompt{b.Words.Get(key + "_title"), b.Words.Get(key)}
	if b.t.Answers.NotApplicable {
		key := "prompt_na"
		if b.t.Answers.CommentRequired.NotApplicable {
			key = "prompt_na_comment"
		}
		more := x.text + " " + b.Words.Say(key, "not_applicable", b.t.NotApplicable(), "comment", b.Words.Get(layout.Headings[layout.Comment]))
		if len(utf16.Encode([]rune(more))) <= 255 {
			x.text = more
		}
	}
	return x
}

func (b *book) dropdown(ranges, list string, p prompt) {
	title, text := b.Words.Get("list_error_title"), b.Words.Get("list_error")
	stop := "stop"
	b.Check(b.File.AddDataValidation(layout.SheetAssessment, &excelize.DataValidation{
		AllowBlank: true, Type: "list", Formula1: list, Sqref: ranges,
		ShowErrorMessage: true, ErrorStyle: &stop, ErrorTitle: &title, Error: &text,
		ShowInputMessage: true, PromptTitle: &p.title, Prompt: &p.text,
	}))
}

// ranges lists the cells of a column in the rows of the criteria that are meant.
func (p *plan) ranges(meant func(*models.Criterion) bool, col int) string {
	var spans []draw.Span
	for _, r := range p.rows {
		if r.kind != criterionRow || !meant(r.c) {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1].To == r.row-1 {
			spans[n-1].To = r.row
		} else {
			spans = append(spans, draw.Span{From: r.row, To: r.row})
		}
	}
	refs := make([]string, len(spans))
	for i, s := range spans {
		refs[i] = draw.Area(col, s.From, col, s.To)
	}
	return strings.Join(refs, " ")
}

func (b *book) highlightStatus(p *plan) {
	col := p.columns[layout.Status]
	end := p.rows[len(p.rows)-1].row
	done, err := b.File.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: b.Palette.Done}})
	b.Check(err)
	needed, err := b.File.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: b.Palette.Needed},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.Palette.NeededFill}},
	})
	b.Check(err)
	x := "$" + draw.Cell(col, firstRow)
	b.Check(b.File.SetConditionalFormat(layout.SheetAssessment, draw.Area(col, firstRow, col, end), []excelize.ConditionalFormatOptions{
		{Type: "formula", Format: &done, Criteria: b.says(x, layout.StatusDone)},
		{Type: "formula", Format: &needed, Criteria: fmt.Sprintf(`AND(%s<>"",NOT(OR(%s,%s,%s)))`, x, b.says(x, layout.StatusDone), b.says(x, layout.StatusAnswer), b.says(x, layout.StatusCarried))},
	}))
}
