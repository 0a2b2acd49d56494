package consolidated

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const answersSheet = "Answers"

// answersFit says whether one sheet holds the answers of all returns. Several would be too many for a person to look through,
// and for a spreadsheet program to open.
func (wb *workbook) answersFit() bool { return wb.askedOf(0, len(wb.members)) < wb.in.rows() }

// answersElsewhere says where the answers are that do not fit.
func (wb *workbook) answersElsewhere() string {
	return wb.tell("The answers are %d, and a sheet holds %d rows. They are in the files answers.parquet and answers.csv of results/data, each with its file, sheet and cell.",
		wb.askedOf(0, len(wb.members)), wb.in.rows())
}

// answerColumns is the layout of the sheet Answers after the recipient's columns. A width of 0 is the one that
// criterionWidths gives.
var answerColumns = []struct {
	heading string
	width   float64
}{
	{"Ref", refWidth}, {"Topic", 0}, {"Theme", 0}, {"Criterion", 0}, {"Level", 8}, {"Answer", 22},
	{"Target", 8}, {"Evidence", 40}, {"Comment", 40}, {"File", 30}, {"Sheet", 13}, {"Cell", 8},
}

// answersPage writes the sheet Answers, a row for each recipient and criterion.
func (wb *workbook) answersPage(p *pages.Page) {
	p.Foremost = true
	fr := wb.fr
	headings, widths := wb.recipientHeadings(), wb.recipientWidths()
	for _, c := range answerColumns {
		headings, widths = append(headings, pages.Distinct(wb.tell(c.heading), headings)), append(widths, c.width)
	}
	at := len(widths) - len(answerColumns)
	if wb.decided() {
		headings, widths = append(headings, pages.Distinct(wb.tell("Decision"), headings)), append(widths, 10)
	}
	widths[at+1], widths[at+2], widths[at+3] = wb.criterionWidths()
	last := 1 + max(1, wb.askedOf(0, len(wb.members)))
	p.Widths(1, widths...)
	p.Freeze(3, 2)
	p.Print(true, false, 1, 1)
	p.Table(fr.Free(p.Name+"Table"), 1, 1, last, headings)
	p.Dimension(len(headings), last)

	head, num := fr.Head(), fr.Style(pages.Look{Format: pages.FormatWhole, Centred: true})
	positions := wb.positions()
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, 22)
		for _, h := range headings {
			x.Text(head, h)
		}
		row, texts := 1, wb.newAnswerTexts(x)
		ordered := make([]*models.Answer, len(wb.criteria))
		for i := range wb.members {
			m := &wb.members[i]
			answers, err := wb.in.Answers(m.index)
			if err != nil {
				x.Fail(err)
				return
			}
			clear(ordered)
			for k := range answers {
				if c, ok := positions[answers[k].Ref]; ok && ordered[c] == nil {
					ordered[c] = &answers[k]
				}
			}
			texts.begin(m)
			for c := range wb.criteria {
				if wb.level(i, c) == notAsked {
					continue
				}
				row++
				x.Row(row, 0)
				wb.answerRow(x, texts, i, c, ordered[c], num)
			}
		}
	}
}

func (wb *workbook) answerRow(x *sheetdata.Writer, texts *answerTexts, i, c int, a *models.Answer, num int) {
	k, of := &wb.criteria[c], &texts.criterion[c]
	for _, cell := range texts.member {
		x.Again(0, cell)
	}
	for _, cell := range of.columns {
		x.Again(0, cell)
	}
	level := wb.level(i, c)
	chosenCell(x, num, level)
	x.Again(0, texts.label(k, c, level))
	if wb.hasTargets {
		chosenCell(x, num, wb.target(i, c))
	} else {
		x.Skip(1)
	}
	if a == nil {
		return
	}
	x.Long(0, a.Evidence.Value)
	wb.keepComment(i, c, x.Long(0, a.Comment.Value), a.Comment.Value)
	origin := a.Level.Origin
	// An answer that several workbooks of the recipient gave has all their files; its own is the first.
	file := origin.File
	for _, other := range a.Also {
		if o := other.Level.Origin; o.File != file && !other.Level.Value.IsBlank() {
			file += wb.tell("; also %s", o.Said())
		}
	}
	x.Again(0, texts.file.of(x, file))
	x.Again(0, texts.sheet.of(x, origin.Sheet))
	x.Again(0, of.cell.of(x, origin.Cell))
	if origin.Decision > 0 && wb.decided() {
		x.Int(num, origin.Decision)
	}
}

func chosenCell(x *sheetdata.Writer, style int, v int16) {
	switch v {
	case blankAnswer:
		x.Skip(1)
	case notApplicable:
		x.Text(style, "n/a")
	default:
		x.Int(style, int(v))
	}
}

func labelOf(scale models.Scale, na string, v int16) string {
	switch v {
	case blankAnswer:
		return ""
	case notApplicable:
		return na
	}
	return scale.Label(models.At(int(v)))
}
