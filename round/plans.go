package round

import (
	"slices"

	"github.com/rubric-project/rubric/models"
)

// PlansMade finds the action plans that were ever made of each recipient, by its id, the latest last: parts with the id
// plans.PartID and the plan's rows in the place of topics. One that was made twice with the same rows is there once.
func PlansMade(events []Event) map[string][]models.Part { return madeAs(PlanMade, events) }

// ConsensusBooks finds the consensus workbooks that were ever made of each recipient, likewise: parts with the id
// views.ConsensusID, and in the place of topics the views that stand in them.
func ConsensusBooks(events []Event) map[string][]models.Part { return madeAs(ConsensusMade, events) }

// madeAs finds the parts of the events of a kind.
func madeAs(kind Kind, events []Event) map[string][]models.Part {
	out := map[string][]models.Part{}
	for _, e := range events {
		if e.Kind != kind {
			continue
		}
		for _, p := range e.Parts {
			list := slices.DeleteFunc(out[e.Recipient], func(q models.Part) bool { return slices.Equal(q.Topics, p.Topics) })
			out[e.Recipient] = append(list, p)
		}
	}
	return out
}
