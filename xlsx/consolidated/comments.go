package consolidated

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const commentsSheet = "Comments"

// comment is a row of the sheet Comments: whose it is, on what, and the index of its text among the shared strings, so that
// it is stored once. A comment that is longer than a row may be high has several rows; the texts of these are in longPieces,
// and index is less than -1 for them.
type comment struct{ member, criterion, text, lines int32 }

// keepComment notes a comment that the sheet Answers has just written.
func (wb *workbook) keepComment(i, c, index int, text string) {
	if index < 0 {
		return
	}
	list := pages.Pieces(text, commentWidth)
	for _, piece := range list {
		lines := 0
		for line := range strings.SplitSeq(piece, "\n") {
			lines += 1 + utf8.RuneCountInString(line)/commentWidth
		}
		if len(list) > 1 {
			wb.longPieces = append(wb.longPieces, piece)
			index = -1 - len(wb.longPieces)
		}
		wb.comments = append(wb.comments, comment{int32(i), int32(c), int32(index), int32(lines)})
	}
}

// answerWidth is the width of the column with the label of the answer.
const answerWidth = 24.0

// commentWidth is the number of characters of a line of a comment, a little less than the column is wide.
const commentWidth = 78

// commentsFit says whether the comments are shown: where the answers are left out, only on one sheet.
func (wb *workbook) commentsFit() bool { return wb.answersFit() || wb.commentRows < wb.in.rows() }

// readComments notes the comments where there is no sheet Answers that wrote them.
func (wb *workbook) readComments(x *sheetdata.Writer) error {
	positions := wb.positions()
	for i := range wb.members {
		answers, err := wb.in.Answers(wb.members[i].index)
		if err != nil {
			return err
		}
		noted := map[int]bool{}
		for k := range answers {
			a := &answers[k]
			if c, ok := positions[a.Ref]; ok && !noted[c] && wb.level(i, c) != notAsked {
				noted[c] = true
				wb.keepComment(i, c, x.Index(a.Comment.Value), a.Comment.Value)
			}
		}
	}
	return nil
}

// commentsPages writes the comments by criterion, for reading, on as many sheets as their number takes.
func (wb *workbook) commentsPages() {
	const most = sheetdata.LastRow - 1
	for first := 0; first == 0 || first < wb.commentRows; first += most {
		name := wb.tell(commentsSheet)
		if n := first / most; n > 0 {
			name = fmt.Sprintf("%s %d", wb.tell(commentsSheet), n+1)
		}
		wb.commentsPage(wb.fr.Page(name, pages.TabDetail), first, min(first+most, wb.commentRows))
	}
}

func (wb *workbook) commentsPage(p *pages.Page, from, to int) {
	fr := wb.fr
	headings := wb.tellAll("Ref", "Criterion", "Topic", "Recipient ID", "Recipient", "Answer", "Comment")
	topicWidth, _, subjectWidth := wb.criterionWidths()
	recipient := wb.recipientWidths()
	p.Widths(1, refWidth, subjectWidth, topicWidth, recipient[0], recipient[1], answerWidth, 80)
	p.Freeze(1, 2)
	p.Print(true, false, 1, 1)
	last := 1 + max(1, to-from)
	p.Table(fr.Free(p.Name+"Table"), 1, 1, last, headings)
	p.Dimension(len(headings), last)
	head, text, wrapped := fr.Head(), fr.Style(pages.Look{Lined: true, Top: true}), fr.Wrapped()
	high := p.HeadHeight(22, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		if from == 0 && !wb.answersFit() {
			if err := wb.readComments(x); err != nil {
				x.Fail(err)
				return
			}
		}
		if from == 0 {
			slices.SortStableFunc(wb.comments, func(a, b comment) int {
				return cmp.Or(cmp.Compare(a.criterion, b.criterion), cmp.Compare(a.member, b.member))
			})
		}
		if len(wb.comments) != wb.commentRows {
			x.Fail(fmt.Errorf("the answers were not the same when they were read a second time"))
			return
		}
		x.Row(1, high)
		for _, h := range headings {
			x.Text(head, h)
		}
		texts := wb.newAnswerTexts(x)
		for k, note := range wb.comments[from:to] {
			at := int(note.criterion)
			c, m, of := &wb.criteria[at], &wb.members[note.member], &texts.criterion[at].columns
			label := labelOf(c.scale, wb.t.NotApplicable(), wb.level(int(note.member), at))
			x.Row(2+k, pages.HeightOf(max(int(note.lines), pages.LinesIn(c.Subject, subjectWidth), pages.LinesIn(c.topic, topicWidth), pages.LinesIn(m.name, recipient[1]), pages.LinesIn(label, answerWidth))))
			x.Again(text, of[0])
			x.Again(wrapped, of[3])
			x.Again(wrapped, of[1])
			x.Text(text, m.id)
			x.Text(wrapped, m.name)
			x.Again(wrapped, texts.label(c, at, wb.level(int(note.member), at)))
			if at := -2 - int(note.text); at >= 0 {
				x.Long(wrapped, wb.longPieces[at])
			} else {
				x.Shared(wrapped, int(note.text))
			}
		}
	}
}
