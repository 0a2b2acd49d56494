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

// questions answers those questions of the template that have a choice or that the demonstration has words for.
func questions(t *models.Template, rng *rand.Rand) []Question {
	var out []Question
	for _, q := range t.Questions {
		from := q.Options
		if q.Type != models.QuestionChoice {
			from = saysIn(t.Language).answers[q.ID]
		}
		if len(from) > 0 {
			out = append(out, Question{q.Text, q.Type, from[rng.IntN(len(from))]})
		}
	}
	return out
}
