package round

import (
	"slices"

	"github.com/rubric-project/rubric/models"
)

// PlansMade finds the action plans that were ever made of each recipient, by its id, the latest last: parts with the id
// plans.PartID and the plan's rows in the place of topics. One that was made twice with the same rows is there once.
func PlansMade(events []Event) map[string][]models.Part {
	out := map[string][]models.Part{}
	for _, e := range events {
		if e.Kind != PlanMade {
			continue
		}
		for _, p := range e.Parts {
			list := slices.DeleteFunc(out[e.Recipient], func(q models.Part) bool { return slices.Equal(q.Topics, p.Topics) })
			out[e.Recipient] = append(list, p)
		}
	}
	return out
}
