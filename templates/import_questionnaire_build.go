package templates

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// ImportQuestionnaire reads a workbook with a row for each question that names the list of its answers, and another
// sheet that holds the lists, as OWASP SAMM's toolbox has them. Each question becomes a criterion; its guidance
// stands below it, and its answers are the choices. The scale counts the answers from 0; where all lists begin or end
// with the same words, the level is named by them. Questions whose list has another length are left out.
func ImportQuestionnaire(sheets []Sheet, o ImportOptions) (*models.Template, *Report, error) {
	r := &Report{Form: "questionnaire, the answers in lists on another sheet"}
	q := questionnaireIn(sheets)
	if q == nil {
		return nil, r, fmt.Errorf("%s holds no sheet with the headings Question and Answers whose lists stand on another sheet", sheets[0].File)
	}
	if len(q.Rows) > mostQuestions {
		return nil, r, fmt.Errorf("%s, sheet %s: there are more than %d rows", q.File, q.Name, mostQuestions)
	}
	steps := q.steps()
	if steps > mostLevels {
		return nil, r, fmt.Errorf("%s, sheet %s: the lists have %d answers, and a scale at most %d levels", q.File, q.answers.Name, steps, mostLevels)
	}
	c := &catalog{one: "question", many: "questions", file: q.File, levels: q.levels(steps)}
	var options []map[int]string
	if q.repeats(q.subject) {
		q.subject = -1 // it names what several questions are about
	}
	for _, row := range q.order() {
		e, words, ok := q.read(row, steps, r)
		if !ok {
			continue
		}
		if topic := tidy(q.at(row, q.topic).Text); topic != "" && (len(c.entries) == 0 || c.entries[len(c.entries)-1].inTopic != topic) {
			c.entries = append(c.entries, requirement{at: e.at, name: topic, depth: 1, inTopic: topic})
		}
		e.inTopic, e.options = tidy(q.at(row, q.topic).Text), words
		if theme := tidy(q.at(row, q.theme).Text); theme != "" {
			e.groups = []string{theme}
			if !slices.ContainsFunc(c.groups, func(g requirementGroup) bool { return g.ref == theme }) {
				name := theme
				if isWorth(theme) {
					name = tidy(q.at(q.head, q.theme).Text) + " " + theme
				}
				c.groups = append(c.groups, requirementGroup{ref: theme, name: name})
			}
		}
		c.entries = append(c.entries, e)
		options = append(options, words)
	}
	slices.SortFunc(c.groups, func(a, b requirementGroup) int { return strings.Compare(a.ref, b.ref) })
	r.Understood = append(r.Understood, fmt.Sprintf("sheet %s: %s; sheet %s: %s", q.Name, text.Count(len(options), "question", "questions"), q.answers.Name, text.Count(len(q.lists), "list of answers", "lists of answers")))
	if q.weighed {
		r.note(Note{Place{File: q.File, Sheet: q.answers.Name, Cell: "A1"}, false, "the lists say what each answer is worth; here each step counts the same", "compare scores with the source's own only by their order"})
	}
	t := o.frame(q.File)
	return c.build(t, o, r)
}

// repeats says whether a column holds a text more than once.
func (q *questionnaire) repeats(col int) bool {
	texts := newSeen()
	for row := q.head + 1; row < len(q.Rows); row++ {
		if _, twice := texts.add(q.at(row, col).Text); twice {
			return true
		}
	}
	return false
}

// steps is the length that most lists in use have.
func (q *questionnaire) steps() int {
	perLength := map[int]int{}
	for row := q.head + 1; row < len(q.Rows); row++ {
		perLength[len(q.lists[tidy(q.at(row, q.codes).Text)].texts)]++
	}
	best := 0
	for n, count := range perLength {
		if n >= 2 && (best == 0 || count > perLength[best] || count == perLength[best] && n < best) {
			best = n
		}
	}
	return best
}

// levels names the steps: by the answer where all lists have the same, else by their place.
func (q *questionnaire) levels(steps int) (out []models.Level) {
	for i := range steps {
		said, same, example := "", true, ""
		for _, code := range sortedCodes(q.lists) {
			l := q.lists[code]
			if len(l.texts) != steps {
				continue
			}
			if example == "" {
				said, example = l.texts[i], l.texts[i]
			}
			same = same && strings.EqualFold(l.texts[i], said)
		}
		if !same {
			said = fmt.Sprintf("Answer %d", i+1)
		}
		out = append(out, namedLevel(i, said, fmt.Sprintf("Answer %d of %d of each question, such as: %s", i+1, steps, strings.TrimRight(example, "."))))
	}
	distinctNames(out)
	return out
}

func sortedCodes(lists map[string]answerList) (codes []string) {
	for code := range lists {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// order lists the rows of the questions: those of a topic together, in the order in which topics come first, and
// within it by ref.
func (q *questionnaire) order() (rows []int) {
	first := map[string]int{}
	for row := q.head + 1; row < len(q.Rows); row++ {
		if tidy(q.at(row, q.question).Text) == "" {
			continue
		}
		topic := tidy(q.at(row, q.topic).Text)
		if _, there := first[topic]; !there {
			first[topic] = row
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		return cmp.Or(first[tidy(q.at(a, q.topic).Text)]-first[tidy(q.at(b, q.topic).Text)],
			strings.Compare(tidy(q.at(a, q.ref).Text), tidy(q.at(b, q.ref).Text)))
	})
	return rows
}

// read makes an entry of a row, with the wording of its choices.
func (q *questionnaire) read(row, steps int, r *Report) (requirement, map[int]string, bool) {
	code := q.at(row, q.codes)
	at := q.place(q.at(row, q.question))
	list := q.lists[tidy(code.Text)]
	said := cellText(q.at(row, q.question).Text)
	if len(list.texts) != steps {
		why := fmt.Sprintf("its list %q has %s, the others %d", text.Head(tidy(code.Text), 20), text.Count(len(list.texts), "answer", "answers"), steps)
		if len(list.texts) == 0 {
			why = fmt.Sprintf("there is no list of answers %q on the sheet %s", text.Head(tidy(code.Text), 20), q.answers.Name)
		}
		r.note(Note{at, true, "the question is left out: " + why, "give it such a list, and import again"})
		return requirement{}, nil, false
	}
	words, long := map[int]string{}, false
	seenWords := newSeen()
	for i, s := range list.texts {
		words[i] = s
		if len([]rune(s)) > mostOption {
			words[i], long = headline(s), true
		}
		if _, twice := seenWords.add(words[i]); twice {
			r.note(Note{list.at, true, fmt.Sprintf("two answers of the list %q read the same", text.Head(tidy(code.Text), 20)), "word them differently; the question was left out"})
			return requirement{}, nil, false
		}
	}
	if guidance := cellText(q.at(row, q.guidance).Text); guidance != "" {
		said += "\n" + guidance
	}
	if long {
		for i, s := range list.texts {
			said += fmt.Sprintf("\n%d: %s", i, s)
		}
	}
	e := requirement{at: at, ref: tidy(q.at(row, q.ref).Text), name: tidy(q.at(row, q.subject).Text), text: said, depth: 2, asked: true}
	return e, words, true
}
