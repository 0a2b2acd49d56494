package headlines

// Move is an answer that is not as it was: the place of its criterion in the later template, and the numbers chosen then
// (on the later scale) and now, or one of the two below.
type Move struct {
	Criterion uint16
	Then, Now int8
}

// What stands in a Move in place of a number.
const (
	MovedBlank         = -1
	MovedNotApplicable = -2
)
