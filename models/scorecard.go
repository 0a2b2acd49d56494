package models

// Scorecard is the scores of one return.
type Scorecard struct {
	Recipient string  `json:"recipient"`
	Scoring   Scoring `json:"scoring"`
	// Overall is over all scored criteria. Its Score is none where the method gives no overall score.
	Overall GroupScore `json:"overall"`
	// Topics and Themes are in template order.
	Topics []GroupScore `json:"topics"`
	Themes []GroupScore `json:"themes,omitempty"`
	// Cells has one entry for each topic × theme, topics first, also for cells without a criterion.
	Cells []GroupScore `json:"cells,omitempty"`
	// Staged is given for the methods staged and cumulative.
	Staged *Staged `json:"staged,omitempty"`
	// Also is the scores by the further methods that Scoring lists and that suit the template.
	Also []MethodScore `json:"also,omitempty"`
	// Risks lists the refs of symptoms that are still true; SymptomsBlank of those not answered.
	Risks         []string `json:"risks,omitempty"`
	SymptomsBlank []string `json:"symptoms_blank,omitempty"`
}

// MethodScore is what one return scores by a further method; see GroupScore.Score for what each method gives.
type MethodScore struct {
	Scoring Scoring `json:"scoring"`
	Overall Range   `json:"overall"`
	// Topics are in template order.
	Topics []Range `json:"topics"`
}

// Tally counts the answers to a group of criteria.
type Tally struct {
	Criteria      int `json:"criteria"`
	Answered      int `json:"answered"`
	NotApplicable int `json:"not_applicable"`
	Blank         int `json:"blank"`
	// Distribution counts the answers by step, in the order of the scale that the criteria share.
	Distribution []StepCount `json:"distribution"`
}

// StepCount is how many answers chose a step.
type StepCount struct {
	Number int `json:"number"`
	Count  int `json:"count"`
}

// GroupScore is what one return scores on a group of criteria: a topic, a theme, a cell, or all.
type GroupScore struct {
	// Topic and Theme are ids; both are empty for all criteria.
	Topic string `json:"topic,omitempty"`
	Theme string `json:"theme,omitempty"`
	Tally
	// Median, Mean and Lowest are of the numbers of the steps answered, the mean weighted.
	Median Figure `json:"median"`
	Mean   Figure `json:"mean"`
	Lowest Figure `json:"lowest"`
	// Score is by the method in force: the mean for profile and mean, the lowest for weakest, the
	// achievement (0 to 1) for staged and cumulative. Overall it is none for profile; for staged and
	// cumulative it is the number of the level attained.
	Score Range `json:"score"`
	// Rating is N, P, L or F for a section of a staged template; "" where nothing is answered.
	Rating string `json:"rating,omitempty"`
}

// Range is a score, and what it would be were every blank the lowest choice, or the highest. The ends are
// known also where the value is not, as long as some criterion applies.
type Range struct {
	Value Figure `json:"value"`
	Low   Figure `json:"low"`
	High  Figure `json:"high"`
}

// Staged is the level attained and what keeps the next away.
type Staged struct {
	// Level is the number of the level attained; Low and High were every blank the lowest, or the highest.
	Level int `json:"level"`
	Low   int `json:"low"`
	High  int `json:"high"`
	// Next is the number of the next level, and HasNext false at the top of the scale.
	Next    int  `json:"next,omitempty"`
	HasNext bool `json:"has_next"`
	// Sections lists every section with the level it counts for, lowest level first.
	Sections []Section `json:"sections"`
	// Blockers lists what keeps the next level away: sections for staged, criteria for cumulative.
	Blockers []Blocker `json:"blockers,omitempty"`
}

// Section is the criteria of one topic and one theme in a staged template.
type Section struct {
	// CountsFor is the number of the level that the section is part of; Gates is false for a section that
	// is part of no level (the criteria for sustaining the highest).
	CountsFor int  `json:"counts_for"`
	Gates     bool `json:"gates"`
	GroupScore
}

// Blocker is a section, or for cumulative a criterion, that keeps the next level away.
type Blocker struct {
	Topic string `json:"topic"`
	Theme string `json:"theme,omitempty"`
	Ref   string `json:"ref,omitempty"`
	// Needs is the lowest rating that would do, L or F; Has is the rating there is, "" where nothing is answered.
	Needs string `json:"needs"`
	Has   string `json:"has"`
	// Achievement is 0 to 1. Short is how far it lies below the lower bound of the rating needed, in the
	// same unit; the bound itself must be exceeded.
	Achievement Figure `json:"achievement"`
	Short       Figure `json:"short"`
}
