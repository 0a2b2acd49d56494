package models

// Member is one recipient in a consolidation, with its counted return and scorecard if there is one.
type Member struct {
	Recipient Recipient
	Return    *Return
	Scorecard *Scorecard
}

// Consolidation is the scores of all. It has every figure of every group, for the office that runs the round; what may be
// shown to others is a Disclosure.
type Consolidation struct {
	Recipients int `json:"recipients"`
	Returned   int `json:"returned"`
	// All is over all returns; Groups has one entry for each value of each group column, sorted by column
	// as the round lists them, then by value.
	All      GroupView       `json:"all"`
	Groups   []GroupView     `json:"groups,omitempty"`
	Criteria []CriterionView `json:"criteria"`
}

// GroupView is how the returns of a group of recipients are spread.
type GroupView struct {
	// Column and Value say which group; both are empty for all.
	Column     string `json:"column,omitempty"`
	Value      string `json:"value,omitempty"`
	Recipients int    `json:"recipients"`
	Returned   int    `json:"returned"`
	// Overall is of the recipients' overall scores; for staged and cumulative, of the levels attained.
	Overall Spread `json:"overall"`
	// Topics, Themes and Cells are of the recipients' scores on each, in the scorecard's order.
	Topics []Spread `json:"topics,omitempty"`
	Themes []Spread `json:"themes,omitempty"`
	Cells  []Spread `json:"cells,omitempty"`
	// Attained counts recipients by level attained, for staged and cumulative.
	Attained []StepCount `json:"attained,omitempty"`
	// Criteria is how the group's returns answered each criterion, in template order; for all it is empty,
	// since Consolidation.Criteria has it.
	Criteria []CriterionView `json:"criteria,omitempty"`
}

// Spread describes how a figure is spread over the recipients that have one. Quartiles interpolate
// linearly, as Excel's QUARTILE.INC does (type 7 of Hyndman and Fan 1996).
type Spread struct {
	N      int    `json:"n"`
	Min    Figure `json:"min"`
	Q1     Figure `json:"q1"`
	Median Figure `json:"median"`
	Q3     Figure `json:"q3"`
	Max    Figure `json:"max"`
	Mean   Figure `json:"mean"`
}

// CriterionView is how all returns, or those of a group, answered one criterion.
type CriterionView struct {
	Ref string `json:"ref"`
	// Tally counts the answers; its Criteria is the number of returns that are asked it.
	Tally
	Spread Spread `json:"spread"`
	// WithTarget counts the answers that give a target, AtTarget those among them at or above it.
	WithTarget int `json:"with_target"`
	AtTarget   int `json:"at_target"`
}
