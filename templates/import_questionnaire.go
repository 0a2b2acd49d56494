package templates

import (
	"slices"
	"strconv"
	"strings"
)

// Bounds of a questionnaire.
const (
	mostHeadRows  = 30 // in which the headings are looked for
	mostQuestions = 5000
	mostOption    = 60 // models.Criterion.Options
)

// questionnaire is a workbook with a row for each question, which names the list of its answers by a code, and
// another sheet that holds the lists.
type questionnaire struct {
	*Sheet
	head                                                  int // the row of the headings
	ref, topic, theme, subject, question, guidance, codes int // columns; -1 for none
	lists                                                 map[string]answerList
	answers                                               *Sheet
	weighed                                               bool
}

// answerList is a list of answers, from the lowest.
type answerList struct {
	at    Place
	texts []string
}

// HasAnswerLists says whether a workbook is a questionnaire whose answers are lists on another sheet.
func HasAnswerLists(sheets []Sheet) bool { return questionnaireIn(sheets) != nil }

// questionnaireIn finds the sheet of the questions and that of their answers; nil where there is none.
func questionnaireIn(sheets []Sheet) *questionnaire {
	for i := range sheets {
		for row := range min(len(sheets[i].Rows), mostHeadRows) {
			q := headingsOf(&sheets[i], row)
			if q == nil {
				continue
			}
			for j := range sheets {
				if j != i && q.find(&sheets[j]) {
					return q
				}
			}
		}
	}
	return nil
}

// headingsOf reads a row of headings: there must be one for the questions and one for the lists of answers.
func headingsOf(s *Sheet, row int) *questionnaire {
	q := &questionnaire{Sheet: s, head: row, ref: -1, topic: -1, theme: -1, subject: -1, question: -1, guidance: -1, codes: -1}
	for _, f := range []struct {
		column *int
		words  []string
	}{
		{&q.codes, []string{"answer option", "answer set", "answer list", "answers", "answer", "choices", "options"}},
		{&q.question, []string{"question", "questions"}},
		{&q.ref, []string{"id", "ref", "no", "no.", "code", "number", "question id"}},
		{&q.topic, []string{"topic", "security practice", "practice", "domain", "category", "section", "area", "business function", "function"}},
		{&q.theme, []string{"theme", "maturity", "maturity level", "phase"}},
		{&q.subject, []string{"subject", "title", "name", "activity"}},
		{&q.guidance, []string{"guidance", "help", "description", "quality criteria", "explanation"}},
	} {
		for _, w := range f.words {
			if *f.column < 0 {
				*f.column = slices.IndexFunc(s.Rows[row], func(c Cell) bool { return strings.EqualFold(tidy(c.Text), w) })
			}
		}
	}
	if q.codes < 0 || q.question < 0 {
		return nil
	}
	return q
}

// find looks for the lists on a sheet: rows that begin with a code and go on with the answers, or columns with the
// code above and the answers below. Most of the codes that the questions name must be there.
func (q *questionnaire) find(s *Sheet) bool {
	named := map[string]bool{}
	for row := q.head + 1; row < min(len(q.Rows), q.head+mostQuestions); row++ {
		if code := tidy(q.at(row, q.codes).Text); code != "" && tidy(q.at(row, q.question).Text) != "" {
			named[code] = true
		}
	}
	for _, read := range []func(*Sheet) map[string]answerList{q.listsAcross, q.listsDown} {
		q.weighed = false
		lists := read(s)
		found := 0
		for code := range named {
			if len(lists[code].texts) >= 2 {
				found++
			}
		}
		if found*2 > len(named) {
			q.lists, q.answers = lists, s
			return true
		}
	}
	return false
}

func (q *questionnaire) listsAcross(s *Sheet) map[string]answerList {
	out := map[string]answerList{}
	for row := range s.Rows {
		var list answerList
		code := ""
		for col, c := range s.Rows[row] {
			said := tidy(c.Text)
			switch {
			case said == "":
			case code == "":
				code, list.at = said, s.place(s.at(row, col))
			case isWorth(said): // what an answer is worth
				q.weighed = true
			default:
				list.texts = append(list.texts, said)
			}
		}
		if _, twice := out[code]; !twice && len(list.texts) >= 2 {
			out[code] = list
		}
	}
	return out
}

func (q *questionnaire) listsDown(s *Sheet) map[string]answerList {
	out := map[string]answerList{}
	if len(s.Rows) == 0 {
		return out
	}
	for col := range s.Rows[0] {
		code := tidy(s.at(0, col).Text)
		list := answerList{at: s.place(s.at(0, col))}
		for row := 1; row < len(s.Rows) && code != ""; row++ {
			said := tidy(s.at(row, col).Text)
			if said == "" {
				break
			}
			list.texts = append(list.texts, said)
		}
		if _, twice := out[code]; !twice && len(list.texts) >= 2 {
			out[code] = list
		}
	}
	return out
}

func isWorth(s string) bool {
	_, err := strconv.ParseFloat(strings.TrimSuffix(strings.Replace(s, ",", ".", 1), "%"), 64)
	return err == nil
}
