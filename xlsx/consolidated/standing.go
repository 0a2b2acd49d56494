package consolidated

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// scored is what the workbook takes from a member's scorecard: levels, what keeps the next away, and the scores by
// further methods. All other figures are worked out from the answers, by the same steps as the formulas.
type scored struct {
	// level is the level attained, with what the blanks could make of it.
	level models.Range
	next  models.Figure
	// blockers are the ids of the sections that keep the next level away, or that hold a criterion which does.
	blockers string
	further  map[methods.Name]models.Figure
}

// readCards reads the scorecards, where something of them is shown.
func (wb *workbook) readCards() error {
	if !wb.staged() && len(wb.in.Scoring.Also) == 0 {
		return nil
	}
	wb.scores = make([]scored, len(wb.members))
	for i := range wb.scores {
		card := wb.in.Scorecard(wb.members[i].index)
		if card == nil {
			return fmt.Errorf("recipient %s has a return and no scorecard, from which levels and the scores by further methods are", wb.members[i].id)
		}
		x := &wb.scores[i]
		if st := card.Staged; st != nil {
			x.level = card.Overall.Score
			if st.HasNext && x.level.Value.Known() {
				x.next, x.blockers = models.Some(float64(st.Next)), wb.sectionsOf(st.Blockers)
			}
		}
		for _, m := range card.Also {
			if x.further == nil {
				x.further = map[methods.Name]models.Figure{}
			}
			x.further[m.Scoring.Method] = m.Overall.Value
		}
	}
	return nil
}

// sectionsOf lists the ids of the sections that blockers are, or lie in, in the order of the sheet.
func (wb *workbook) sectionsOf(blockers []models.Blocker) string {
	var ids []string
	for _, s := range wb.sections {
		theme := ""
		if s.theme < len(wb.themes) {
			theme = wb.themes[s.theme].ID
		}
		topic := wb.t.Topics[s.topic].ID
		if slices.ContainsFunc(blockers, func(b models.Blocker) bool { return b.Topic == topic && b.Theme == theme }) {
			ids = append(ids, s.id)
		}
	}
	return strings.Join(ids, ", ")
}

// attained are the levels that the members have attained.
func (wb *workbook) attained() []models.Figure {
	out := make([]models.Figure, len(wb.members))
	for i := range wb.scores {
		out[i] = wb.scores[i].level.Value
	}
	return out
}
