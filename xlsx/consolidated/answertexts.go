package consolidated

import "github.com/rubric-project/rubric/xlsx/internal/sheetdata"

// answerTexts keeps the cells of the sheet Answers that stand in many rows, which nearly all do. Made for each row, they would
// take a third of the time.
type answerTexts struct {
	notApplicable string
	x             *sheetdata.Writer
	// member is the recipient's columns of the row at hand, criterion those of each criterion.
	member    []sheetdata.Cell
	criterion []criterionTexts
	file      keptText
	sheet     keptText
}

type criterionTexts struct {
	columns [4]sheetdata.Cell // ref, topic, theme, subject
	// labels is by step, from not applicable up; see label.
	labels []sheetdata.Cell
	cell   keptText
}

// keptText is the text that a column had last and its cell, since the next row is likely to have the same.
type keptText struct {
	text string
	cell sheetdata.Cell
}

func (k *keptText) of(x *sheetdata.Writer, s string) sheetdata.Cell {
	if s != k.text {
		k.text, k.cell = s, x.Made(s)
	}
	return k.cell
}

func (wb *workbook) newAnswerTexts(x *sheetdata.Writer) *answerTexts {
	t := &answerTexts{x: x, notApplicable: wb.t.NotApplicable(), criterion: make([]criterionTexts, len(wb.criteria))}
	for i := range t.criterion {
		c, of := &wb.criteria[i], &t.criterion[i]
		for k, s := range []string{c.Ref, c.topic, c.theme, c.Subject} {
			of.columns[k] = x.Made(s)
		}
		of.labels = make([]sheetdata.Cell, len(wb.steps)+8)
	}
	return t
}

// begin takes the texts of a recipient.
func (t *answerTexts) begin(m *member) {
	t.member = append(t.member[:0], t.x.Made(m.id), t.x.Made(m.name))
	for _, v := range m.groups {
		t.member = append(t.member, t.x.Made(v))
	}
}

// label is the cell of what criterion c's scale calls a level.
func (t *answerTexts) label(k *criterion, c int, level int16) sheetdata.Cell {
	at, labels := int(level-notApplicable), t.criterion[c].labels
	if level == blankAnswer {
		return ""
	}
	if at >= len(labels) {
		return t.x.Made(labelOf(k.scale, t.notApplicable, level))
	}
	if labels[at] == "" {
		labels[at] = t.x.Made(labelOf(k.scale, t.notApplicable, level))
	}
	return labels[at]
}
