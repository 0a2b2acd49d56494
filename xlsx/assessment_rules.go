package xlsx

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/xuri/excelize/v2"
)

// What the column Status says, as keys of package words.
const (
	statusAnswer   = "status_answer"
	statusList     = "status_list"
	statusComment  = "status_comment"
	statusEvidence = "status_evidence"
	statusTarget   = "status_target"
	statusCarried  = "status_carried"
	statusDone     = "status_done"
)

// statusFormula says what is still to do about a criterion.
func (b *book) statusFormula(p *plan, c *models.Criterion) string {
	row := p.at[c.Ref]
	at := func(col column) string { return "$" + cell(p.columns[col], row) }
	v := fixed(SheetLists, listValue, p.in[c.Ref], listValue, p.in[c.Ref])
	f := b.w.Quoted(statusDone)
	if b.t.Answers.Targets {
		list := b.listOf(c)
		f = fmt.Sprintf(`IF(AND(%[1]s<>"",ISNUMBER(%[3]s),SUMPRODUCT((%[4]s=%[1]s)*%[5]s)<%[3]s),%[6]s,%[2]s)`,
			at(colTarget), f, v, list.labels(), list.numbers(), b.w.Quoted(statusTarget))
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
			needed := when[0]
			if len(when) > 1 {
				needed = "OR(" + strings.Join(when, ",") + ")"
			}
			f = fmt.Sprintf(`IF(AND(%s,LEN(TRIM(%s))=0),%s,%s)`, needed, at(col), b.w.Quoted(status), f)
		}
	}
	require(b.t.Answers.EvidenceRequired, colEvidence, statusEvidence)
	require(b.t.Answers.CommentRequired, colComment, statusComment)
	if b.since != "" {
		f = fmt.Sprintf(`IF(%s=1,%s,%s)`, fixed(SheetLists, carriedUntouched, p.in[c.Ref], carriedUntouched, p.in[c.Ref]), b.w.Quoted(statusCarried), f)
	}
	return fmt.Sprintf(`IF(%s="",%s,IF(%s="%s",%s,%s))`, at(colAnswer), b.w.Quoted(statusAnswer), v, valueUnknown, b.w.Quoted(statusList), f)
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
		answers := p.ranges(plain, p.columns[colAnswer])
		if answers == "" {
			continue // all have wordings of their own
		}
		b.dropdown(answers, list.name, b.answerPrompt(kind))
		if b.t.Answers.Targets {
			b.dropdown(p.ranges(plain, p.columns[colTarget]), list.targets, prompt{
				b.w.Get("prompt_target_title"), b.w.Get("prompt_target"),
			})
		}
	}
	b.ownDropdowns(p)
	if p.byLevel {
		b.highlightLevels(p)
	}
	b.highlightStatus(p)
	if b.since != "" {
		b.highlightCarried(p)
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
	x := prompt{b.w.Get(key + "_title"), b.w.Get(key)}
	if b.t.Answers.NotApplicable {
		key := "prompt_na"
		if b.t.Answers.CommentRequired.NotApplicable {
			key = "prompt_na_comment"
		}
		more := x.text + " " + b.w.Say(key, "not_applicable", b.t.NotApplicable(), "comment", b.w.Get(headings[colComment]))
		if len(utf16.Encode([]rune(more))) <= 255 {
			x.text = more
		}
	}
	return x
}

func (b *book) dropdown(ranges, list string, p prompt) {
	title, text := b.w.Get("list_error_title"), b.w.Get("list_error")
	stop := "stop"
	b.check(b.f.AddDataValidation(SheetAssessment, &excelize.DataValidation{
		AllowBlank: true, Type: "list", Formula1: list, Sqref: ranges,
		ShowErrorMessage: true, ErrorStyle: &stop, ErrorTitle: &title, Error: &text,
		ShowInputMessage: true, PromptTitle: &p.title, Prompt: &p.text,
	}))
}

// ranges lists the cells of a column in the rows of the criteria that are meant.
func (p *plan) ranges(meant func(*models.Criterion) bool, col int) string {
	var spans []span
	for _, r := range p.rows {
		if r.kind != criterionRow || !meant(r.c) {
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
	ranges := p.ranges(func(c *models.Criterion) bool { return c.Kind == models.KindLevels }, p.firstLevel)
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
			Criteria: fmt.Sprintf(b.chosenLevel(),
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
		{Type: "formula", Format: &done, Criteria: fmt.Sprintf(`%s=%s`, x, b.w.Quoted(statusDone))},
		{Type: "formula", Format: &needed, Criteria: fmt.Sprintf(`AND(%[1]s<>"",%[1]s<>%[2]s,%[1]s<>%[3]s)`, x, b.w.Quoted(statusDone), b.w.Quoted(statusAnswer))},
	}))
}
