package models

// Sensitivity is what one return scores by one method, and how far what was not rated could move it.
type Sensitivity struct {
	Scoring Scoring `json:"scoring"`
	// Overall is none for profile. Topics are in template order.
	Overall Sway   `json:"overall"`
	Topics  []Sway `json:"topics"`
}

// Sway is a score and how far it could move.
type Sway struct {
	// Score has the ends that the blanks could move it to.
	Score Range `json:"score"`
	// NotApplicable has the same value, and the ends were every "not applicable" the lowest choice, or the
	// highest, and the blanks left blank.
	NotApplicable Range `json:"not_applicable"`
}
