package models

import "github.com/rubric-project/rubric/models/headlines"

// Comparison is how scores moved from an earlier round to a later one, for the recipients that returned both
// times and the criteria that are the same in both.
type Comparison struct {
	// Recipients has one entry for each recipient with a counted return both times, in the later order.
	Recipients []RecipientChange `json:"recipients"`
	// Overall and Topics are how the recipients' changes are spread.
	Overall  Spread            `json:"overall"`
	Topics   []Spread          `json:"topics"`
	Criteria []CriterionChange `json:"criteria"`
	// Joined returned the later time only, Left the earlier time only: ids, sorted.
	Joined []string `json:"joined,omitempty"`
	Left   []string `json:"left,omitempty"`
	// Added are refs of the later template only, Dropped of the earlier only, Altered those that cannot be
	// compared because wording or scale changed and no crosswalk says how they go on (later refs). They are in
	// template order.
	Added   []string `json:"added,omitempty"`
	Dropped []string `json:"dropped,omitempty"`
	Altered []string `json:"altered,omitempty"`
}

// RecipientChange is how one recipient's scores moved.
type RecipientChange struct {
	Recipient string `json:"recipient"`
	// Overall is by the method in force: none for profile; for staged and cumulative the levels attained by
	// the criteria compared.
	Overall ScoreChange `json:"overall"`
	// Topics are in the later template's order.
	Topics []ScoreChange `json:"topics"`
	// Certain says that the level moved as Overall says whatever the blanks of either time say. It is given for methods
	// that attain levels.
	Certain bool `json:"-"`
	// Moves are the answers that are not as they were, of the criteria compared, in template order.
	Moves []headlines.Move `json:"-"`
}

// ScoreChange is a score then and now, over the criteria that were answered both times.
type ScoreChange struct {
	// Criteria is the number of criteria it rests on.
	Criteria int    `json:"criteria"`
	Earlier  Figure `json:"earlier"`
	Later    Figure `json:"later"`
	// Change is later less earlier; none where either is none.
	Change Figure `json:"change"`
}

// CriterionChange is how the answers to one criterion moved, over the recipients that answered it both times.
type CriterionChange struct {
	Ref string `json:"ref"`
	// EarlierRef is its ref in the earlier template; of criteria that were merged all, with commas between.
	EarlierRef string `json:"earlier_ref"`
	// Kind is what the crosswalk says of it: same, renamed, split or merged; same without a crosswalk (crosswalk.Kind).
	Kind       string `json:"kind"`
	Recipients int    `json:"recipients"`
	Up         int    `json:"up"`
	Same       int    `json:"same"`
	Down       int    `json:"down"`
	// Earlier and Later are the means of the numbers chosen.
	Earlier Figure `json:"earlier"`
	Later   Figure `json:"later"`
	Change  Figure `json:"change"`
}
