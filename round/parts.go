package round

import (
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
)

// Parts divides the workbook of a recipient: for models.ByTopic a part for each topic, for models.ByRespondents one
// for each of the recipient's respondents (RespondentsOf), and one for its contact with the topics that nobody has; for
// models.ByViews one for each respondent's view. t is the template as the recipient is asked it; a topic without a criterion is in no part. The result is nil, which
// stands for one workbook with everything, for models.Whole and for a recipient without respondents.
func Parts(t *models.Template, split models.Split, respondents []Respondent) []models.Part {
	var topics []string
	for _, x := range t.Topics {
		if len(t.CriteriaOf(x.ID, "")) > 0 {
			topics = append(topics, x.ID)
		}
	}
	var out []models.Part
	switch split {
	case models.ByTopic:
		for _, id := range topics {
			x, _ := t.Topic(id)
			out = append(out, models.Part{ID: "topic:" + id, Name: topicTitle(x), Topics: []string{id}})
		}
	case models.ByRespondents:
		rest := slices.Clone(topics)
		for _, who := range respondents {
			own := slices.DeleteFunc(slices.Clone(topics), func(id string) bool { return !slices.Contains(who.Topics, id) })
			rest = slices.DeleteFunc(rest, func(id string) bool { return slices.Contains(own, id) })
			if len(own) > 0 {
				out = append(out, models.Part{ID: "respondent:" + who.Name, Name: who.Name, Email: who.Email, Topics: own})
			}
		}
		if len(out) > 0 && len(rest) > 0 {
			out = append(out, models.Part{ID: models.ContactPart, Name: "Other topics", Topics: rest})
		}
	case models.ByViews:
		for _, who := range respondents {
			own := slices.DeleteFunc(slices.Clone(topics), func(id string) bool { return !slices.Contains(who.Topics, id) })
			switch len(own) {
			case 0:
				continue
			case len(topics):
				own = nil // everything, whatever the template calls its topics
			}
			out = append(out, views.PartOf(who.Name, who.Email, who.Role, own))
		}
	}
	return out
}

// RespondentsOf groups a list of respondents by the ids of their recipients, in the order of the list.
func RespondentsOf(list []Respondent) map[string][]Respondent {
	out := map[string][]Respondent{}
	for _, who := range list {
		out[who.Recipient] = append(out[who.Recipient], who)
	}
	return out
}

// topicTitle is a topic's name, with its id in front where that is a number.
func topicTitle(x models.Topic) string {
	if _, err := strconv.Atoi(x.ID); err == nil {
		return x.ID + ". " + x.Name
	}
	return x.Name
}

// PartsMade finds the parts that were made of each recipient's workbook, by the recipient's id. now has those that were
// made last: none where that was a whole workbook. ever has all that were made at some time.
func PartsMade(events []Event) (now, ever map[string][]models.Part) {
	now, ever = map[string][]models.Part{}, map[string][]models.Part{}
	for _, e := range events {
		if e.Kind != Divided {
			continue
		}
		now[e.Recipient] = e.Parts
		for _, p := range e.Parts {
			if !slices.ContainsFunc(ever[e.Recipient], func(q models.Part) bool { return q.ID == p.ID && slices.Equal(q.Topics, p.Topics) }) {
				ever[e.Recipient] = append(ever[e.Recipient], p)
			}
		}
	}
	return now, ever
}

// Splits is the way in which each recipient's workbook was last divided, by id; models.Whole for the others.
func Splits(events []Event) map[string]models.Split {
	out := map[string]models.Split{}
	for _, e := range events {
		if e.Kind == Divided {
			out[e.Recipient] = models.Split(e.Note)
		}
	}
	return out
}
