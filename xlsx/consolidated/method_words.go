package consolidated

import (
	"github.com/rubric-project/rubric/words"
)

// What the sheets say of the scoring method in words: a line for each method.

// methodRule says in words how the method comes to its scores.
func (wb *workbook) methodRule() string {
	rule := map[string]string{
		"profile":    "Profile: there is no overall score. A topic's score is the mean of the numbers of the levels answered, weighted where the template gives weights.",
		"mean":       "Mean: a topic's score is the weighted mean of the numbers of the levels answered. The overall score is the mean of the topics' scores (average-of-averages), or of all criteria where the round says so.",
		"weakest":    "Weakest: a topic's score, and the overall one, is the lowest level among the criteria answered.",
		"staged":     "Staged: statements are rated not, partially, largely or fully in place (N-P-L-F, ISO/IEC 33020), worth 0, 1/3, 2/3 and 1. A section's achievement is the weighted mean over its applicable answered statements: N up to 15 %, P up to 50 %, L up to 85 %, F above. A level is attained when each of its sections is rated L or F and every section of all lower levels F; everyone starts at the lowest. The criteria for progression of a level are one more section of the next.",
		"cumulative": "Cumulative: a level is attained when every applicable criterion at it and below is largely or fully in place (the rule of C2M2).",
	}[wb.in.Scoring.Info().Words]
	rule = wb.tell(rule)
	if wb.t.SparesLowest(wb.in.Scoring.Method) {
		rule += " " + wb.words.Get("method_staged_lowest")
	}
	return rule
}

func (wb *workbook) heatNote() string {
	what := map[string]string{
		"profile":    "mean level of the answered criteria of each topic",
		"mean":       "weighted mean of the answered criteria of each topic",
		"weakest":    "lowest level among the answered criteria of each topic",
		"staged":     "achievement of the answered statements of each topic",
		"cumulative": "achievement of the answered statements of each topic",
	}[wb.in.Scoring.Info().Words]
	return wb.tell("Each recipient's %s. Orange is low, blue is high; an empty cell has no answer. Sort and filter by any column.", wb.tell(what))
}

func (wb *workbook) levelsNote() string {
	if wb.byCriterion() {
		return wb.tell("Share of the applicable statements of each section that are largely or fully in place. A level is attained when all sections up to it stand at 100 %. Sections in bold on orange keep the next level away.")
	}
	return wb.tell("Achievement of each section: N up to 15 %, P up to 50 %, L up to 85 %, F above. A level needs its sections above 50 % and all sections of lower levels above 85 %. Sections in bold on orange keep the next level away.")
}

// furtherNote says how the figures of the further methods come about.
func (wb *workbook) furtherNote(list string) string {
	var values []string
	for _, c := range wb.furtherColumns() {
		if c.formula == nil {
			values = append(values, string(c.method))
		}
	}
	if len(values) == 0 || !wb.live {
		return wb.tell("The scores by %s are on the sheet Sensitivity.", list)
	}
	return wb.tell("The scores by %s are on the sheet Sensitivity; by %s they are values computed from the same answers.", list, words.Listed(words.Named(values)))
}
