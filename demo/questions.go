package demo

import (
	"math/rand/v2"

	"github.com/rubric-project/rubric/models"
)

// Question is what one recipient answers to a question on the sheet Start.
type Question struct {
	Text   string
	Type   models.QuestionType
	Answer string
}

// written are answers to questions of the type text, by the question's id.
var written = map[string][]string{
	"scope":     {"All of it.", "The central departments only.", "Everything but one program that joined this year."},
	"took-part": {"Head of data, two analysts, a service manager.", "Data coordinator, IT lead, deputy chief.", "The data group, six people from four departments."},
}

// questions answers those questions of the template that have a choice or that the demonstration has words for.
func questions(t *models.Template, rng *rand.Rand) []Question {
	var out []Question
	for _, q := range t.Questions {
		from := q.Options
		if q.Type != models.QuestionChoice {
			from = written[q.ID]
		}
		if len(from) > 0 {
			out = append(out, Question{q.Text, q.Type, from[rng.IntN(len(from))]})
		}
	}
	return out
}
