package models

import "strconv"

// Question is something that is asked once, on the Start sheet, beside the criteria: how many staff, which system,
// since when. Its answer is for the office that runs the round; it is no part of any score.
type Question struct {
	// ID names the question in files; answers are found by it. It stays the same for good.
	ID string `yaml:"id" json:"id" validate:"required,ident,max=40"`
	// Text is the question as it is asked.
	Text string `yaml:"text" json:"text" validate:"required,max=300"`
	// Type says how it is answered.
	Type QuestionType `yaml:"type" json:"type" validate:"required,oneof=text number date choice"`
	// Options are the answers to choose from, for the type choice: 2 or more.
	Options []string `yaml:"options,omitempty" json:"options,omitempty" validate:"max=50,dive,required,max=120"`
	// Required says that an answer must be given.
	Required bool `yaml:"required,omitempty" json:"required,omitempty"`
	// Help is shown when the cell is chosen.
	Help string `yaml:"help,omitempty" json:"help,omitempty" validate:"max=200"`
}

// QuestionType says how a question is answered.
type QuestionType string

// The types of questions.
const (
	QuestionText   QuestionType = "text"
	QuestionNumber QuestionType = "number"
	QuestionDate   QuestionType = "date"
	QuestionChoice QuestionType = "choice"
)

// QuestionAnswer is what a return says to one question.
type QuestionAnswer struct {
	ID   string       `json:"id"`
	Type QuestionType `json:"type"`
	// Answer is "" where there is none or it could not be read; a number is written 1234.5, a date 2026-11-22,
	// a choice as the template words it.
	Answer Sourced[string] `json:"answer"`
}

// Number is the answer to a question of type number, and whether there is one.
func (q QuestionAnswer) Number() (float64, bool) {
	if q.Type != QuestionNumber || q.Answer.Value == "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(q.Answer.Value, 64)
	return x, err == nil
}

// Question finds a question by id, or returns nil.
func (t *Template) Question(id string) *Question {
	for i := range t.Questions {
		if t.Questions[i].ID == id {
			return &t.Questions[i]
		}
	}
	return nil
}

// Question finds the answer to a question, or returns nil where its row was not found.
func (r *Return) Question(id string) *QuestionAnswer {
	for i := range r.Questions {
		if r.Questions[i].ID == id {
			return &r.Questions[i]
		}
	}
	return nil
}
