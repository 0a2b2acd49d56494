package assessment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// The columns of Lists from which the priorities on Results are taken, in the rows of the scored criteria. They are
// there only where targets are asked.
const (
	priorityTarget = iota + 90 // the number of the target, "" for none
	// priorityKey sorts them: the criterion's place, less a thousand for each step from the current level up to the target;
	// "" where the target is not above.
	priorityKey
	priorityPlace
	priorityName
)

var priorityHeadings = []string{"Target", "Priority", "Place", "Criterion"}

// mostPriorities is how many criteria are listed.
const mostPriorities = 8

// priorities are the scored criteria as Lists has them, first to last; none without targets.
func (r *results) priorities() (scored []*models.Criterion, rows draw.Span) {
	if !r.t.Answers.Targets {
		return nil, rows
	}
	for _, c := range r.p.order {
		if c.Scored() {
			scored = append(scored, c)
		}
	}
	if len(scored) > 0 {
		rows = draw.Span{From: r.p.in[scored[0].Ref], To: r.p.in[scored[len(scored)-1].Ref]}
	}
	return scored, rows
}

// writePriorities lists the criteria whose targets are furthest above, and the next steps that were chosen on Start.
func (r *results) writePriorities() {
	scored, rows := r.priorities()
	steps := r.chosenSteps()
	if len(scored) == 0 && len(steps) == 0 {
		return
	}
	r.Heading(r.Words.Get("priorities"))
	if len(scored) > 0 {
		r.listPriorities(scored)
		r.writeFurthest(scored, rows)
	}
	if len(steps) > 0 {
		r.Paragraph(r.Words.Say("priorities_chosen", "sheet", r.Words.Get("sheet_start")), draw.Look{Ink: r.Palette.Muted})
		for i, q := range steps {
			r.writeChosen(i+1, q)
		}
	}
}

// listPriorities writes the columns on Lists.
func (r *results) listPriorities(scored []*models.Criterion) {
	for i, h := range priorityHeadings {
		r.Put(layout.SheetLists, priorityTarget+i, listsHeader, h, draw.Look{Bold: true, Fill: r.Palette.Pale, Wrap: true})
	}
	for i, c := range scored {
		row, list := r.p.in[c.Ref], r.listOf(c)
		target := layout.SheetAssessment + "!" + draw.Cell(r.p.columns[layout.Target], r.p.at[c.Ref])
		r.Calc(layout.SheetLists, priorityTarget, row, here(list.number(target, `""`)), "", draw.Look{})
		now, aim := draw.Cell(listValue, row), draw.Cell(priorityTarget, row)
		r.Calc(layout.SheetLists, priorityKey, row, fmt.Sprintf(`IF(ISNUMBER(%[1]s),IF(ISNUMBER(%[2]s),IF(%[2]s>%[1]s,%[3]d-1000*(%[2]s-%[1]s),""),""),"")`, now, aim, i+1), "", draw.Look{})
		r.Put(layout.SheetLists, priorityPlace, row, i+1, draw.Look{})
		r.Put(layout.SheetLists, priorityName, row, c.Ref+"  "+c.Subject, draw.Look{})
	}
}

// writeFurthest writes the table of the criteria. Levels are named where all have the same names, and are numbers elsewhere.
func (r *results) writeFurthest(scored []*models.Criterion, rows draw.Span) {
	r.Paragraph(r.Words.Get("priorities_note"), draw.Look{Ink: r.Palette.Muted})
	head := draw.Look{Bold: true, Fill: r.Palette.Pale, Down: "center", Lines: draw.LineBelow}
	const now, aim = resultFirst, resultFirst + 4
	r.Dress(r.Sheet, resultLabel, r.Row, r.Last, r.Row, head)
	r.Put(r.Sheet, resultLabel, r.Row, r.Words.Get("column_criterion"), head)
	r.Put(r.Sheet, now, r.Row, r.Words.Get("priorities_now"), head)
	r.Put(r.Sheet, aim, r.Row, r.Words.Get("priorities_target"), head)
	r.Height(r.Sheet, r.Row, 20)
	r.Row++
	column := func(col int) string { return draw.Fixed(layout.SheetLists, col, rows.From, col, rows.To) }
	keys := column(priorityKey)
	list := r.listOf(scored[0])
	alike := !slices.ContainsFunc(scored, func(c *models.Criterion) bool { return r.listOf(c).col != list.col })
	label := func(col int, place string) string {
		if !alike {
			return fmt.Sprintf(`INDEX(%s,%s)&""`, column(col), place)
		}
		return fmt.Sprintf("INDEX(%s,INDEX(%s,%s)-%d)", list.labels(), column(col), place, list.scale.Lowest()-1)
	}
	none := r.Words.Get("priorities_none")
	for k := range mostPriorities {
		l := draw.Look{Lines: draw.LineBelow, Wrap: true, Down: "center"}
		place := fmt.Sprintf("SUMPRODUCT((%[1]s=SMALL(%[1]s,%[2]d))*%[3]s)", keys, k+1, column(priorityPlace))
		there := func(f, otherwise string) string {
			return fmt.Sprintf(`IF(SUMPRODUCT((%s<>"")*1)<%d,%s,%s)`, keys, k+1, otherwise, f)
		}
		otherwise, blank := `""`, ""
		if k == 0 {
			otherwise, blank = `"`+strings.ReplaceAll(none, `"`, `""`)+`"`, none
		}
		r.Calc(r.Sheet, resultLabel, r.Row, there(fmt.Sprintf("INDEX(%s,%s)", column(priorityName), place), otherwise), blank, l)
		r.Merge(r.Sheet, now, r.Row, aim-1, r.Row, l)
		r.Calc(r.Sheet, now, r.Row, there(label(listValue, place), `""`), "", l)
		r.Merge(r.Sheet, aim, r.Row, r.Last, r.Row, l)
		r.Calc(r.Sheet, aim, r.Row, there(label(priorityTarget, place), `""`), "", l)
		r.Height(r.Sheet, r.Row, 32)
		r.Row++
	}
}

// chosenSteps are the questions on Start whose options are next steps of the template, each option beginning with the ref
// of one.
func (r *results) chosenSteps() []*models.Question {
	var out []*models.Question
	for i := range r.t.Questions {
		q := &r.t.Questions[i]
		steps := 0
		for _, o := range q.Options {
			if r.step(o) != nil {
				steps++
			}
		}
		if steps > 0 && steps == len(q.Options) {
			out = append(out, q)
		}
	}
	return out
}

// step is the next step whose ref an option begins with, or nil.
func (r *results) step(option string) *models.Advice {
	ref, _, _ := strings.Cut(option, " ")
	for i := range r.t.Advice {
		if r.t.Advice[i].Ref == ref {
			return &r.t.Advice[i]
		}
	}
	return nil
}

// writeChosen spells out the next step that was chosen for a question.
func (r *results) writeChosen(n int, q *models.Question) {
	l := draw.Look{Lines: draw.LineBelow, Wrap: true, Down: "center"}
	col := r.optionsAt[q.ID]
	h := 0.0
	for i, o := range q.Options {
		text := r.step(o).Text
		r.Put(layout.SheetLists, stepTexts+n, 2+i, text, draw.Look{})
		h = max(h, draw.TextHeight(text, draw.FontSize, false, r.Across(resultFirst, r.Last)))
	}
	answer := layout.SheetStart + "!" + draw.Cell(questionAnswer, r.answerRows[q.ID])
	pick := func(of int) string {
		options := draw.Fixed(layout.SheetLists, col, 2, col, 1+len(q.Options))
		return fmt.Sprintf(`IF(SUMPRODUCT((%[1]s=%[2]s)*1)=0,"",INDEX(%[3]s,SUMPRODUCT((%[1]s=%[2]s)*%[4]s)))`, options, answer,
			draw.Fixed(layout.SheetLists, of, 2, of, 1+len(q.Options)), draw.Fixed(layout.SheetLists, stepTexts, 2, stepTexts, 1+len(q.Options)))
	}
	for i := range q.Options {
		r.Put(layout.SheetLists, stepTexts, 2+i, i+1, draw.Look{})
	}
	r.Calc(r.Sheet, resultLabel, r.Row, fmt.Sprintf(`"%d.  "&%s`, n, pick(col)), fmt.Sprintf("%d.  ", n), l)
	r.Merge(r.Sheet, resultFirst, r.Row, r.Last, r.Row, l)
	r.Calc(r.Sheet, resultFirst, r.Row, pick(stepTexts+n), "", l)
	r.Height(r.Sheet, r.Row, draw.RowHeight(h, 8))
	r.Row++
}

// stepTexts is the first of the columns on Lists with the places and the texts of the next steps, right of the options of
// all questions.
const stepTexts = 300
