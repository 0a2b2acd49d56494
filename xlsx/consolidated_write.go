package xlsx

import (
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/consolidated"
)

// ConsolidatedInput is what a consolidated workbook is made from.
type ConsolidatedInput struct {
	// Results is what the round has come to. The answers are read twice for each member with a return, each time in the
	// order of Members. The scorecards are needed where the method attains levels, or where scores by further methods are
	// shown (Scoring.Also). Without a consolidation a group is suppressed by its number of returns alone. With a
	// comparison the workbook has the sheets Over time and Over time by recipient; the edition for circulation has the
	// changes of topics, where enough recipients are compared and none of the topic's criteria is left out. With
	// TemplateSource the workbook can be an earlier round by itself (see ReadConsolidated), but for that edition.
	*models.Results
	// Publish makes the edition for circulation: overview, groups, topics, criteria, template and method, as
	// values, without recipients' names, answers and comments. Withheld lists the refs of criteria that it must
	// not show; they, and criteria answered by fewer recipients than the round's minimum, are in none of its
	// figures.
	Publish  bool
	Withheld []string
}

// WriteConsolidated writes the consolidated workbook of a round: overview, register, heat map, levels attained,
// groups, topics, compare, over time, priorities, criteria, criteria and distribution by group, sensitivity, comments, matrix,
// answers, findings, template and method. Its figures are formulas that start from the sheets Matrix and Answers,
// each with the value it comes to; above 10,000 returns they are values. The same input gives the same bytes. It
// fails where w does, where the answers cannot be read, for more recipients than a sheet has rows, and for a comparison that is
// not of this template's topics.
func WriteConsolidated(w io.Writer, in ConsolidatedInput) error {
	return consolidated.Write(w, consolidated.Input(in))
}
