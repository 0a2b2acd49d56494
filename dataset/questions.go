package dataset

import (
	"strings"

	"github.com/rubric-project/rubric/models"
)

func questionsTable() Table {
	return Table{
		Name:    "questions",
		Meaning: "One row for each question of the sheet Start, in the template's order; none where it asks none.",
		Key:     []string{"question"},
		Columns: []Column{
			{Name: "question", Kind: Text, Meaning: "The question's id."},
			{Name: "position", Kind: Integer, Meaning: "Its place, from 1."},
			{Name: "text", Kind: Text, Meaning: "The question as it is asked."},
			{Name: "type", Kind: Text, Meaning: "text, number, date or choice."},
			{Name: "required", Kind: Integer, Meaning: "1 if it must be answered, else 0."},
			{Name: "options", Kind: Text, Meaning: "For the type choice: the answers to choose from, one a line."},
		},
		rows: func(in source, emit func([]any) error) error {
			for i := range in.Template.Questions {
				q := &in.Template.Questions[i]
				if err := emit([]any{q.ID, i + 1, q.Text, string(q.Type), truth(q.Required), text(strings.Join(q.Options, "\n"))}); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func questionAnswersTable() Table {
	return Table{
		Name:    "question_answers",
		Meaning: "One row for each recipient whose return counts and each question of the sheet Start. They are in no score.",
		Key:     []string{"recipient", "question"},
		Columns: []Column{
			{Name: "recipient", Kind: Text, Meaning: "Who answered.", References: "recipients"},
			{Name: "question", Kind: Text, Meaning: "What was asked.", References: "questions"},
			{Name: "answer", Kind: Text, Meaning: "The answer; a date is written year-month-day. Nothing where there is none, or none that could be read: see findings."},
			{Name: "number", Kind: Real, Meaning: "The answer to a question of type number."},
			{Name: "file", Kind: Text, Meaning: "The return, as path inside returns/."},
			{Name: "sheet", Kind: Text, Meaning: "The sheet that the answer stands on."},
			{Name: "cell", Kind: Text, Meaning: "The cell that the answer stands in."},
		},
		rows: func(in source, emit func([]any) error) error {
			for _, at := range in.order {
				m := &in.Members[at]
				if m.Return == nil {
					continue
				}
				for i := range in.Template.Questions {
					a := m.Return.Question(in.Template.Questions[i].ID)
					if a == nil {
						a = &models.QuestionAnswer{}
					}
					var number any
					if x, ok := a.Number(); ok {
						number = x
					}
					o := a.Answer.Origin
					if err := emit([]any{m.Recipient.ID, in.Template.Questions[i].ID, text(a.Answer.Value), number, text(o.File), text(o.Sheet), text(o.Cell)}); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}

func furtherScoresTable() Table {
	return Table{
		Name:    "further_scores",
		Meaning: "The scores by the further methods that the template or the round lists: overall and by topic.",
		Key:     []string{"recipient", "method", "scope", "topic"},
		Columns: []Column{
			{Name: "recipient", Kind: Text, Meaning: "Whose score it is.", References: "recipients"},
			{Name: "method", Kind: Text, Meaning: "The scoring method."},
			{Name: "scope", Kind: Text, Meaning: "overall or topic."},
			{Name: "topic", Kind: Text, Meaning: "The topic's id; empty text for overall."},
			{Name: "score", Kind: Real, Meaning: "By the method, as in scores."},
			{Name: "low", Kind: Real, Meaning: "The score, were every blank the lowest choice."},
			{Name: "high", Kind: Real, Meaning: "The score, were every blank the highest choice."},
		},
		rows: func(in source, emit func([]any) error) error {
			if len(in.Round.ScoringFor(in.Template).Also) == 0 {
				return nil
			}
			for _, at := range in.order {
				m, card := &in.Members[at], in.Scorecard(at)
				if card == nil {
					continue
				}
				for _, x := range card.Also {
					put := func(scope, topic string, r models.Range) error {
						return emit([]any{m.Recipient.ID, string(x.Scoring.Method), scope, topic, figure(r.Value), figure(r.Low), figure(r.High)})
					}
					if err := put("overall", "", x.Overall); err != nil {
						return err
					}
					for i, r := range x.Topics {
						if err := put("topic", in.Template.Topics[i].ID, r); err != nil {
							return err
						}
					}
				}
			}
			return nil
		},
	}
}
