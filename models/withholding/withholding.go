// Package withholding says why figures of a round may not be shown to others. What is withheld is decided by package
// scoring/disclosure.
package withholding

// Reason says why a figure may not be shown to others; "" says that it may.
type Reason string

// The reasons. Few: it rests on too few recipients. Alike: the answers are so alike that it tells single
// ones. Derived: what must not be shown could be worked out from it. Chosen: the office leaves the
// criterion out.
const (
	Few     Reason = "few"
	Alike   Reason = "alike"
	Derived Reason = "derived"
	Chosen  Reason = "chosen"
)

// LeftOut is a criterion that leaves the office in no figure, and why.
type LeftOut struct {
	Ref    string `json:"ref"`
	Reason Reason `json:"reason"`
}

// Group is why figures of a group are withheld. Its lists are in the order of GroupView's.
type Group struct {
	// Group is given where no figure of the group may be shown, the number of its returns excepted.
	Group    Reason      `json:"group,omitempty"`
	Overall  Spread      `json:"overall,omitzero"`
	Topics   []Spread    `json:"topics,omitempty"`
	Themes   []Spread    `json:"themes,omitempty"`
	Cells    []Spread    `json:"cells,omitempty"`
	Attained Reason      `json:"attained,omitempty"`
	Criteria []Criterion `json:"criteria,omitempty"`
}

// Spread is why the figures of a spread are withheld. The lowest and the highest always are: they are single
// recipients'.
type Spread struct {
	Mean      Reason `json:"mean,omitempty"`
	Median    Reason `json:"median,omitempty"`
	Quartiles Reason `json:"quartiles,omitempty"`
}

// Criterion is why a criterion's counts, and with them its other figures, are withheld, and its targets.
type Criterion struct {
	Counts  Reason `json:"counts,omitempty"`
	Targets Reason `json:"targets,omitempty"`
}

// Change is why figures of how one score moved since an earlier round are withheld. Moves are how many went up, stayed, and
// went down.
type Change struct {
	Median    Reason `json:"median,omitempty"`
	Quartiles Reason `json:"quartiles,omitempty"`
	Moves     Reason `json:"moves,omitempty"`
}

// KeptBack is how many recipients one section, or one criterion, keeps from their next level. Count is 0 where it is withheld.
type KeptBack struct {
	Topic    string `json:"topic"`
	Theme    string `json:"theme,omitempty"`
	Ref      string `json:"ref,omitempty"`
	Count    int    `json:"count"`
	Withheld Reason `json:"withheld,omitempty"`
}

// Decimals is the number of decimals that a figure of n recipients carries: with fewer than a hundred, one recipient
// moves a mean by more than a hundredth of the scale. share says that the figure is a share, such as an achievement.
func Decimals(n int, share bool) int {
	d := 1
	if n >= 100 {
		d = 2
	}
	if share {
		d++ // whole points, or tenths of one
	}
	return d
}
