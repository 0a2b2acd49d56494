package returns

import (
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// questions reads the answers to the template's questions. A question is found by its text, on any sheet.
func (rd *reading) questions() {
	list := rd.lex.t.Questions
	if len(list) == 0 {
		return
	}
	exact, loose := map[string]int{}, map[string]int{}
	longest := 0
	for _, in := range rd.lex.spoken {
		for i := range in.Questions {
			for _, text := range []string{in.Questions[i].Text, layout.QuestionLabel(in.Words(), &in.Questions[i])} {
				exact[text], loose[wordKey(text)] = i, i
				longest = max(longest, len(text))
			}
		}
	}
	found := make([][]questionAt, len(list))
	for _, sh := range rd.book.Sheets {
		for i := range sh.Cells {
			c := &sh.Cells[i]
			if c.Kind != sheet.Text || c.Formula || wordKey(sh.Name) == wordKey(layout.SheetLists) {
				continue
			}
			b := rd.book.Bytes(c)
			q, ok := exact[string(b)]
			if !ok && len(b) <= 2*longest+16 && rd.lex.isSheet(sh.Name, layout.SheetStart) {
				q, ok = loose[wordKey(string(b))]
			}
			if ok && len(found[q]) < maxQuestionRows {
				found[q] = append(found[q], questionAt{sh, c})
			}
		}
	}
	isLabel := func(c *sheet.Cell) bool {
		if c.Kind != sheet.Text {
			return false
		}
		_, ok := loose[wordKey(rd.book.Text(c))]
		return ok
	}
	for i := range list {
		rd.question(&list[i], found[i], isLabel)
	}
}

// maxQuestionRows is how many places of one question are looked at.
const maxQuestionRows = 20

// questionAt is a cell with a question's text.
type questionAt struct {
	sh *sheet.Sheet
	c  *sheet.Cell
}

// question reads the answer to one question from the places where it stands.
func (rd *reading) question(q *models.Question, places []questionAt, isLabel func(*sheet.Cell) bool) {
	if len(places) == 0 {
		rd.find(models.QuestionNotFound, rd.at("", ""), "The question '%s' is not in the workbook.", printable(q.Text))
		return
	}
	a := models.QuestionAnswer{ID: q.ID, Type: q.Type}
	at, v := rd.answerBeside(places[0], isLabel)
	a.Answer.Origin = at
	for _, p := range places[1:] {
		otherAt, other := rd.answerBeside(p, isLabel)
		switch {
		case other == nil:
		case v == nil:
			v, a.Answer.Origin = other, otherAt
		case rd.plainText(v) != rd.plainText(other):
			rd.find(models.QuestionTwice, otherAt, "The question '%s' stands more than once with different answers: here and in %s.", printable(q.Text), sheetAndCell(a.Answer.Origin))
			rd.ret.Questions = append(rd.ret.Questions, models.QuestionAnswer{ID: q.ID, Type: q.Type, Answer: models.Sourced[string]{Origin: a.Answer.Origin}})
			return
		}
	}
	if v != nil {
		text, code, message := rd.questionValue(q, v)
		a.Answer.Value = text
		if code != "" {
			rd.find(code, a.Answer.Origin, "'%s': %s.", printable(q.Text), message)
		}
		if v.Formula && text != "" {
			rd.find(models.AnswerFormula, a.Answer.Origin, "The answer to '%s' is the result of a formula: '%s'.", printable(q.Text), printable(text))
		}
	}
	rd.ret.Questions = append(rd.ret.Questions, a)
}

func sheetAndCell(o models.Origin) words.Said {
	o.File = ""
	return o.Said()
}

// answerBeside finds the answer to the right of a question, and its place; where there is none, the place is the
// cell in which it would stand.
func (rd *reading) answerBeside(p questionAt, isLabel func(*sheet.Cell) bool) (models.Origin, *sheet.Cell) {
	next := p.c.Col + 1
	if m, ok := p.sh.Merge(p.c.Row, p.c.Col); ok {
		next = m.Right + 1
	}
	for _, c := range p.sh.Row(p.c.Row) {
		if c.Col < next || c.Kind == sheet.Empty && !c.NoValue || c.Kind == sheet.Text && clean(rd.book.Text(&c)) == "" {
			continue
		}
		if isLabel(&c) || rd.labelOf(&c) != "" {
			break
		}
		if m, ok := p.sh.Merge(c.Row, c.Col); ok && (m.Left != c.Col || m.Top != c.Row) {
			continue // covered: nobody sees it
		}
		found := p.sh.Find(c.Row, c.Col)
		return rd.cellAt(p.sh, c.Row, c.Col), found
	}
	return rd.cellAt(p.sh, p.c.Row, next), nil
}

// questionValue reads a cell as the answer to a question. With a code, message says what is wrong or was read.
func (rd *reading) questionValue(q *models.Question, c *sheet.Cell) (text string, code models.Code, message words.Said) {
	if c.NoValue {
		return "", models.QuestionNoValue, words.Sayf("the cell holds a formula without its result")
	}
	if c.Kind == sheet.Fault {
		return "", models.QuestionNoValue, words.Sayf("the cell holds the error %s", printable(rd.book.Text(c)))
	}
	if rd.book.Struck(c) {
		return "", models.QuestionHidden, words.Sayf("'%s' is struck through, at least in part", printable(rd.plainText(c)))
	}
	switch q.Type {
	case models.QuestionNumber:
		return rd.questionNumber(c)
	case models.QuestionDate:
		return rd.questionDate(c)
	case models.QuestionChoice:
		return rd.questionChoice(q, c)
	}
	return strings.ReplaceAll(rd.plainText(c), "\r\n", "\n"), "", words.Said{}
}

func (rd *reading) questionChoice(q *models.Question, c *sheet.Cell) (text string, code models.Code, message words.Said) {
	held := rd.plainText(c)
	exact, loose := rd.lex.optionsNamed(q, held, func(s string) string { return s }), []string(nil)
	if c.Kind != sheet.Date {
		loose = rd.lex.optionsNamed(q, unquoted(clean(held)), clean)
	}
	switch {
	case len(exact) > 1 || len(exact) == 0 && len(loose) > 1:
		return "", models.QuestionNotInList, words.Sayf("'%s' is the word for different answers in the languages of the template", printable(held))
	case len(exact) == 1:
		return exact[0], "", words.Said{}
	case len(loose) == 1:
		return loose[0], models.QuestionNormalised, words.Sayf("'%s' was read as '%s'", printable(held), printable(loose[0]))
	}
	return "", models.QuestionNotInList, words.Sayf("'%s' is not one of the answers to choose from", printable(held))
}

func (rd *reading) questionNumber(c *sheet.Cell) (text string, code models.Code, message words.Said) {
	held := rd.book.Text(c)
	switch c.Kind {
	case sheet.Number:
		x, err := strconv.ParseFloat(held, 64)
		if err != nil {
			return "", models.QuestionNotNumber, words.Sayf("'%s' is not a number", printable(held))
		}
		text = strconv.FormatFloat(x, 'f', -1, 64)
		shown, known := rd.book.Shown(c)
		switch {
		case !known:
			return text, models.QuestionNormalised, words.Sayf("the cell holds %s and shows it in another form", text)
		case shown == "" || !agrees(shown, x):
			return "", models.QuestionHidden, words.Sayf("the cell holds %s and shows '%s'", text, printable(shown))
		case strings.Contains(shown, "%"):
			return text, models.QuestionNormalised, words.Sayf("%s was read as %s", shown, text)
		}
		return text, "", words.Said{}
	case sheet.Text:
		number, doubt := parseWrittenNumber(held)
		if doubt.Form != "" {
			return "", models.QuestionNotNumber, words.Joined(" ", words.Sayf("'%s'", printable(held)), doubt)
		}
		return number, models.QuestionNormalised, words.Sayf("the text '%s' was read as the number %s", printable(held), number)
	case sheet.Date:
		return "", models.QuestionNotNumber, words.Sayf("the cell holds a date (%s), not a number", rd.plainValue(c))
	}
	return "", models.QuestionNotNumber, words.Sayf("'%s' is not a number", printable(rd.plainValue(c)))
}

func (rd *reading) questionDate(c *sheet.Cell) (text string, code models.Code, message words.Said) {
	held := rd.plainValue(c)
	switch c.Kind {
	case sheet.Date:
		d, ok := rd.book.Time(c)
		switch year := d.Year(); {
		case !ok || year < 1900:
			return "", models.QuestionNotDate, words.Sayf("'%s' is not a date", printable(held))
		case year == 1905 || year == 1904 && rd.serial(c) > 0: // what becomes of a year that is typed into a cell for dates
			if n := rd.serial(c); n >= 1900 && n < 2200 {
				return "", models.QuestionNotDate, words.Sayf("the cell shows %s, which a spreadsheet program makes of the year %d", d, n)
			}
		case year > 2199:
			return "", models.QuestionNotDate, words.Sayf("'%s' is not a likely date", printable(held))
		}
		return models.Date{Time: d}.String(), "", words.Said{}
	case sheet.Number:
		x, err := strconv.ParseFloat(rd.book.Text(c), 64)
		if d, ok := rd.book.Serial(x); err == nil && ok && x >= layout.OldestDate && d.Year() < 2200 {
			return models.Date{Time: d}.String(), models.QuestionNormalised, words.Sayf("the number %s was read as the date %s", held, d)
		}
		return "", models.QuestionNotDate, words.Sayf("the number %s is not a date", printable(held))
	case sheet.Text:
		d, doubt := parseWrittenDate(strings.TrimSpace(rd.book.Text(c)))
		if doubt.Form != "" {
			return "", models.QuestionNotDate, words.Joined(" ", words.Sayf("'%s'", printable(rd.book.Text(c))), doubt)
		}
		return d.String(), models.QuestionNormalised, words.Sayf("the text '%s' was read as %s", printable(rd.book.Text(c)), d.Time)
	}
	return "", models.QuestionNotDate, words.Sayf("'%s' is not a date", printable(held))
}

// serial is the whole number that a cell with a date holds, or 0.
func (rd *reading) serial(c *sheet.Cell) int {
	n, err := strconv.Atoi(rd.book.Text(c))
	if err != nil {
		return 0
	}
	return n
}
