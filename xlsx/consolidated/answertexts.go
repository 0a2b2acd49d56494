package consolidated

import "github.com/rubric-project/rubric/xlsx/internal/sheetdata"

// answerTexts keeps where the texts of the sheet Answers stand among the shared strings. Nearly all of its cells
// are texts that stand in thousands of rows; looked up for each cell, they would take a third of the time.
type answerTexts struct {
	notApplicable string
	x             *sheetdata.Writer
	// member is the recipient's columns of the row at hand, criterion those of each criterion.
	member    []int
	criterion []criterionTexts
	file      keptText
	sheet     keptText
}

type criterionTexts struct {
	columns [4]int // ref, topic, theme, subject
	// labels is by step, from not applicable up; see label.
	labels []int
	cell   keptText
}

// keptText is the text that a column had last and its index, since the next row is likely to have the same.
type keptText struct {
	text  string
	index int
}

func (k *keptText) of(x *sheetdata.Writer, s string) int {
	if s == "" {
		return -1
	}
	if s != k.text {
		k.text, k.index = s, x.Index(s)
	}
	return k.index
}

func (wb *workbook) newAnswerTexts(x *sheetdata.Writer) *answerTexts {
	t := &answerTexts{x: x, notApplicable: wb.t.NotApplicable(), criterion: make([]criterionTexts, len(wb.criteria))}
	for i := range t.criterion {
		c, of := &wb.criteria[i], &t.criterion[i]
		of.columns = [4]int{x.Index(c.Ref), x.Index(c.topic), x.Index(c.theme), x.Index(c.Subject)}
		of.labels = make([]int, len(wb.steps)+8)
		for k := range of.labels {
			of.labels[k] = unknownIndex
		}
	}
	return t
}

// unknownIndex says that a text was not looked up yet.
const unknownIndex = -2

// begin takes the texts of a recipient.
func (t *answerTexts) begin(m *member) {
	t.member = append(t.member[:0], t.x.Index(m.id), t.x.Index(m.name))
	for _, v := range m.groups {
		t.member = append(t.member, t.x.Index(v))
	}
}

// label is the index of what criterion c's scale calls a level.
func (t *answerTexts) label(k *criterion, c int, level int16) int {
	at, labels := int(level-notApplicable), t.criterion[c].labels
	if at >= len(labels) {
		return t.x.Index(labelOf(k.scale, t.notApplicable, level))
	}
	if labels[at] == unknownIndex {
		labels[at] = t.x.Index(labelOf(k.scale, t.notApplicable, level))
	}
	return labels[at]
}
