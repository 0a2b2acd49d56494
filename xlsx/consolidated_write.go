package xlsx

import (
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// ConsolidatedInput is what a consolidated workbook is made from.
type ConsolidatedInput struct {
	// Round and Template are needed. Scoring is the scoring in force; its zero value is the template's.
	Round    *models.Round
	Template *models.Template
	Scoring  models.Scoring
	// Members are all recipients in the order of the recipients list, each with the return that counts, or nil.
	// Scorecards are needed only for the scores by further methods (Scoring.Also) other than mean and weakest.
	Members []models.Member
	// Answers, if given, supplies the answers of Members[member].Return in place of its field Answers, so that
	// those of a large round need not lie in memory. It is called twice for each member with a return, each
	// time in the order of Members, and must give the same both times.
	Answers func(member int) ([]models.Answer, error)
	// Register, Findings and Consolidation show what came back, what is wrong with it, and which groups are too
	// small to be shown. Without Consolidation a group is suppressed by its number of returns alone.
	Register      models.Register
	Consolidation models.Consolidation
	Findings      []models.Finding
	// Version is rubric's own version, for the sheet Method.
	Version string
	// Publish makes the edition for circulation: overview, groups, topics, criteria, template and method, as
	// values, without recipients' names, answers and comments. Withheld lists the refs of criteria that it must
	// not show; they, and criteria answered by fewer recipients than the round's minimum, are in none of its
	// figures.
	Publish  bool
	Withheld []string
	// Comparison, if given, is how scores moved since an earlier round, from scoring.Compare with this template;
	// Earlier names that round in the workbook: its title and date. The workbook then has the sheets Over time
	// and Over time by recipient. The edition for circulation has the changes of topics, where enough recipients
	// are compared and none of the topic's criteria is left out.
	Comparison *models.Comparison
	Earlier    string
	// TemplateSource is the template as the round folder has it (YAML, not in another language). With it the
	// workbook can be an earlier round by itself; see ReadConsolidated. The edition for circulation never can.
	TemplateSource []byte
}

// WriteConsolidated writes the consolidated workbook of a round: overview, register, heat map, levels attained,
// groups, topics, compare, over time, priorities, criteria, criteria and distribution by group, sensitivity, comments, matrix,
// answers, findings, template and method. Its figures are formulas that start from the sheets Matrix and Answers,
// each with the value it comes to; above 10,000 returns they are values. The same input gives the same bytes. It
// fails where w does, where Answers does, for more recipients than a sheet has rows, and for a comparison that is
// not of this template's topics.
func WriteConsolidated(w io.Writer, in ConsolidatedInput) error {
	return consolidated.Write(w, consolidated.Input(in))
}
