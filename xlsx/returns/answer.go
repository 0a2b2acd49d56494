package returns

import (
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// answer reads the answer in a row.
func (rd *reading) answer(h hit) models.Answer {
	a := rd.blankAnswer(h)
	if h.mixed {
		rd.about(models.RowMixed, rd.cellAt(h.t.sh, h.row, h.t.cols[layout.Ref]), h.c,
			"The row has the reference %s and the texts of another criterion. Its answer was not counted.", h.c.Ref)
		return a
	}
	if c := rd.shifted(h); c != nil {
		rd.shiftedAnswer(h, c)
		return a
	}
	rd.shows(h)
	if c, ok := rd.input(h, layout.Answer); ok {
		a.Level.Value = rd.level(h, c, a.Level.Origin)
	}
	if c, ok := rd.input(h, layout.Target); ok {
		a.Target.Value = rd.target(h, c, a.Target.Origin)
	}
	if c, ok := rd.input(h, layout.Evidence); ok {
		a.Evidence.Value = rd.text(h, c, a.Evidence.Origin)
	} else {
		a.Evidence.Value = rd.linkWithoutText(h, layout.Evidence, a.Evidence.Origin)
	}
	if c, ok := rd.input(h, layout.Comment); ok {
		a.Comment.Value = rd.text(h, c, a.Comment.Origin)
	} else {
		a.Comment.Value = rd.linkWithoutText(h, layout.Comment, a.Comment.Origin)
	}
	rd.confirmed(h)
	rd.checkDescriptors(h)
	rd.checkRow(h)
	return a
}

// input finds the cell that a respondent filled in, and says false where there is none, or where merged cells
// hide what it is for.
func (rd *reading) input(h hit, col layout.Column) (*sheet.Cell, bool) {
	at, ok := h.t.at(col)
	if !ok {
		return nil, false
	}
	c := h.t.sh.Find(h.row, at)
	m, merged := h.t.sh.Merge(h.row, at)
	if !merged {
		return c, c != nil
	}
	origin := rd.cellAt(h.t.sh, h.row, at)
	if m.Bottom > m.Top && rd.criteriaIn(h.t, m) > 1 {
		switch col {
		case layout.Answer, layout.Target:
			if top := h.t.sh.Find(m.Top, m.Left); top != nil || c != nil {
				rd.about(models.MergedAnswer, origin, h.c, "Cells are merged over several criteria (%s to %s); it is not known for which the content stands.", sheet.Ref(m.Top, m.Left), sheet.Ref(m.Bottom, m.Right))
			}
			return nil, false
		}
		if m.Top == h.row && m.Left == at && c != nil {
			rd.about(models.MergedText, origin, h.c, "The text stands in cells merged over several criteria (%s to %s); it was taken for %s.", sheet.Ref(m.Top, m.Left), sheet.Ref(m.Bottom, m.Right), h.c.Ref)
			return c, true
		}
		return nil, false
	}
	if (col == layout.Answer || col == layout.Target) && rd.overBoth(h.t, m) {
		// A program that merges cells keeps one of their contents, and puts it into the first.
		if held := h.t.sh.Find(m.Top, m.Left); col == layout.Answer && held != nil && held.Kind != sheet.Empty {
			rd.about(models.MergedAnswer, origin, h.c, "The cells under '%s' and '%s' are merged (%s to %s) and hold '%s'; it is not known which of the two it is.",
				layout.Answer.Said(), layout.Target.Said(), sheet.Ref(m.Top, m.Left), sheet.Ref(m.Bottom, m.Right), printable(rd.book.Text(held)))
		}
		return nil, false
	}
	if m.Top == h.row && m.Left == at {
		return c, c != nil
	}
	// The cell is covered by its neighbours; what it may still hold, nobody sees.
	if c != nil && c.Kind != sheet.Empty {
		rd.about(models.AnswerHiddenValue, origin, h.c, "The cell lies under merged cells and holds something that is not shown. It was not counted.")
	}
	return nil, false
}

// overBoth says whether merged cells lie over both the answer and the target, and over no text before them.
func (rd *reading) overBoth(t *table, m sheet.Range) bool {
	answer, ok := t.at(layout.Answer)
	target, ok2 := t.at(layout.Target)
	return ok && ok2 && m.Left <= answer && answer <= m.Right && m.Left <= target && target <= m.Right && m.Left >= min(answer, target)
}

// criteriaIn counts the rows with a ref that a range spans, up to two.
func (rd *reading) criteriaIn(t *table, m sheet.Range) int {
	n := 0
	for row := max(m.Top, t.header+1); row <= min(m.Bottom, t.last) && n < 2; row++ {
		if c := t.cell(row, layout.Ref); c != nil && c.Kind != sheet.Empty {
			n++
		}
	}
	return n
}

// level reads a cell of the column of answers.
func (rd *reading) level(h hit, c *sheet.Cell, at models.Origin) models.Choice {
	v, held := rd.choice(h, c, at)
	if v.code == models.AnswerNormalised && rd.offered(h, c) {
		v.code = ""
	}
	say := func(format string, args ...any) { rd.about(v.code, at, h.c, format, args...) }
	if v.choice.IsNotApplicable() && !rd.lex.t.Answers.NotApplicable {
		v = verdict{models.Blank(), models.AnswerNotApplicable}
	}
	if (!v.choice.IsBlank() || v.code == models.AnswerAmbiguous) && rd.book.Struck(c) {
		held, v = words.Name(printable(rd.book.Text(c))), verdict{models.Blank(), models.AnswerStruck}
	}
	switch v.code {
	case "":
	case models.AnswerStruck:
		say("'%s' is struck through, at least in part.", held)
	case models.AnswerNormalised:
		if label := h.scale(rd).Label(v.choice); held.Form == label {
			say("The answer was read as '%s'; it has characters or spaces that do not show.", label)
		} else {
			say("'%s' was read as '%s'.", held, label)
		}
	case models.AnswerNotInList:
		if near, ok := rd.lex.choicesFor(h.c).near(rd.book.Text(c)); ok && c.Kind == sheet.Text {
			say("'%s' is not one of the choices; '%s' comes near to it.", held, h.scale(rd).Label(near))
			break
		}
		say("'%s' is not one of the choices.", held)
	case models.AnswerAmbiguous:
		if text := rd.book.Text(c); strings.ContainsAny(text, "\u202d\u202e") {
			say("The cell has a hidden sign that turns the order of its characters round; without it, it says '%s'.", held)
			break
		}
		say("'%s' does not say for certain which choice is meant.", held)
	case models.AnswerIsDate:
		if rd.book.NoDate(c) {
			say("The cell holds '%s' as a date, which is none.", held)
			break
		}
		say("The cell holds a date (%s).", held)
	case models.AnswerIsError:
		if h.t.sh.HoldsPicture(c) {
			say("The cell holds a picture, or another value that only newer programs show.")
			break
		}
		say("The cell holds the error %s.", held)
	case models.AnswerNoValue:
		say("The cell holds a formula without its result.")
	case models.AnswerHiddenValue:
		say("The cell %s.", held)
	case models.AnswerNotApplicable:
		say("'%s' is not offered in this assessment.", held)
	}
	if !v.choice.IsBlank() && rd.book.Unseen(c) {
		rd.about(models.AnswerUnseen, at, h.c, "The cell holds '%s' in the colour of its background or in letters too small to be read, so that nobody sees it.", h.scale(rd).Label(v.choice))
	}
	if !v.choice.IsBlank() && rd.book.Faint(c) {
		rd.about(models.AnswerUnseen, at, h.c, "A part of the cell's text ('%s') is white or in letters too small to be read.", printable(rd.book.Text(c)))
	}
	if !v.choice.IsBlank() && h.t.sh.MayLookOtherwise(c) {
		rd.about(models.AnswerLook, at, h.c, "A conditional format may strike through or hide '%s', or show an icon or a bar in its place.", h.scale(rd).Label(v.choice))
	}
	if c.Formula && !c.NoValue && !v.choice.IsBlank() {
		rd.about(models.AnswerFormula, at, h.c, "The answer is the result of a formula: '%s'.", h.scale(rd).Label(v.choice))
	}
	return v.choice
}

// target reads a cell of the column of targets.
func (rd *reading) target(h hit, c *sheet.Cell, at models.Origin) models.Choice {
	v, held := rd.choice(h, c, at)
	if v.code == models.AnswerNormalised && rd.offered(h, c) {
		v.code = ""
	}
	if !v.choice.IsBlank() && rd.book.Struck(c) {
		rd.about(models.TargetNotInList, at, h.c, "The target ('%s') is struck through, at least in part.", printable(rd.book.Text(c)))
		return models.Blank()
	}
	if v.code == models.AnswerNormalised && !v.choice.IsNotApplicable() {
		rd.about(v.code, at, h.c, "The target '%s' was read as '%s'.", held, h.scale(rd).Label(v.choice))
		return v.choice
	}
	if v.code != "" || v.choice.IsNotApplicable() {
		if held.Form == "" {
			held = words.Sayf("a formula without its result")
		}
		rd.about(models.TargetNotInList, at, h.c, "The target (%s) is not one of the levels.", held)
		return models.Blank()
	}
	return v.choice
}

func (h hit) scale(rd *reading) models.Scale { return rd.lex.choicesFor(h.c).scale }

// choice reads a cell as a choice. held is what it holds, as the message says it.
func (rd *reading) choice(h hit, c *sheet.Cell, at models.Origin) (v verdict, held words.Said) {
	w, ch := rd.book, rd.lex.choicesFor(h.c)
	if c.NoValue {
		return verdict{models.Blank(), models.AnswerNoValue}, words.Said{}
	}
	if w.ShowsText(h.t.sh, c) { // as nearly all do
		if step, ok := ch.labels[string(w.Bytes(c))]; ok && !step.IsNotApplicable() {
			return verdict{step, ""}, words.Said{}
		}
	}
	text := w.Text(c)
	held = words.Name(printable(text))
	switch c.Kind {
	case sheet.Text:
		v = ch.text(text, rd.lex.descriptorsOf(h.c, text))
	case sheet.Number:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return verdict{models.Blank(), models.AnswerNotInList}, held
		}
		v = ch.number(x)
	case sheet.Date:
		if d, ok := w.Time(c); ok {
			held = words.Day(d)
		}
		return verdict{models.Blank(), models.AnswerIsDate}, held
	case sheet.Bool:
		shown, _ := w.Shown(c)
		return verdict{models.Blank(), models.AnswerNotInList}, words.Name(shown)
	case sheet.Fault:
		return verdict{models.Blank(), models.AnswerIsError}, held
	default:
		return verdict{}, words.Said{}
	}
	if v.choice.IsBlank() && v.code == "" {
		return v, held
	}
	// What the cell shows is what its author saw and meant.
	if other, known, differs := w.ShownElse(h.t.sh, c); differs {
		if !known {
			return verdict{models.Blank(), models.AnswerHiddenValue}, words.Sayf("holds '%s', and a conditional format may show something else", held)
		}
		if s := ch.text(other, nil); s.choice != v.choice || s.choice.IsBlank() {
			return verdict{models.Blank(), models.AnswerHiddenValue}, words.Sayf("holds '%s', and a conditional format may show '%s'", held, printable(other))
		}
	}
	shown, known := w.Shown(c)
	if known && shown == text {
		return v, held
	}
	if !known {
		return verdict{models.Blank(), models.AnswerHiddenValue}, words.Sayf("holds '%s', and its number format (%s) may show something else", held, printable(w.FormatCode(c)))
	}
	if s := ch.text(shown, nil); s.choice != v.choice || s.choice.IsBlank() {
		return verdict{models.Blank(), models.AnswerHiddenValue}, words.Sayf("holds '%s' and shows '%s'", held, printable(shown))
	}
	return v, held
}
