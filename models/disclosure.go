package models

import "time"

// Withheld says why a figure may not be shown to others; "" says that it may.
type Withheld string

// The reasons. WithheldFew: it rests on too few recipients. WithheldAlike: the answers are so alike that it tells single
// ones. WithheldDerived: what must not be shown could be worked out from it. WithheldChosen: the office leaves the
// criterion out.
const (
	WithheldFew     Withheld = "few"
	WithheldAlike   Withheld = "alike"
	WithheldDerived Withheld = "derived"
	WithheldChosen  Withheld = "chosen"
)

// Disclosure is what may be shown to others of a round: one plan for the edition for circulation, the summaries, the
// overview with names withheld, and messages. It is made by package scoring/disclosure, whose comment has the rules.
type Disclosure struct {
	// Minimum is the round's minimum, m.
	Minimum int `json:"minimum"`
	// Consolidation has the figures that may be shown, rounded; the others are none. It is of the comparison set, and
	// without the criteria of LeftOut, so that their topics have the same figures wherever they leave the office.
	Consolidation Consolidation `json:"consolidation"`
	// LeftOut lists the refs of criteria that are in no figure, in template order, each with its reason.
	LeftOut []LeftOut `json:"left_out,omitempty"`
	// All and Groups say of each figure of Consolidation why it is withheld; Groups is in the same order.
	All    GroupReasons   `json:"all"`
	Groups []GroupReasons `json:"groups,omitempty"`
	// AsOf is when the comparison set was recorded; zero where it is of what counts now.
	AsOf time.Time `json:"as_of,omitzero"`
}

// LeftOut is a criterion that leaves the office in no figure, and why.
type LeftOut struct {
	Ref    string   `json:"ref"`
	Reason Withheld `json:"reason"`
}

// GroupReasons is why figures of a group are withheld. Its lists are in the order of GroupView's.
type GroupReasons struct {
	// Group is given where no figure of the group may be shown, the number of its returns excepted.
	Group    Withheld          `json:"group,omitempty"`
	Overall  SpreadReasons     `json:"overall,omitzero"`
	Topics   []SpreadReasons   `json:"topics,omitempty"`
	Themes   []SpreadReasons   `json:"themes,omitempty"`
	Cells    []SpreadReasons   `json:"cells,omitempty"`
	Attained Withheld          `json:"attained,omitempty"`
	Criteria []CriterionReason `json:"criteria,omitempty"`
}

// SpreadReasons is why the figures of a spread are withheld. The lowest and the highest always are: they are single
// recipients'.
type SpreadReasons struct {
	Mean      Withheld `json:"mean,omitempty"`
	Median    Withheld `json:"median,omitempty"`
	Quartiles Withheld `json:"quartiles,omitempty"`
}

// CriterionReason is why a criterion's counts, and with them its other figures, are withheld, and its targets.
type CriterionReason struct {
	Counts  Withheld `json:"counts,omitempty"`
	Targets Withheld `json:"targets,omitempty"`
}

// LeftOutRefs is the set of refs left out.
func (d *Disclosure) LeftOutRefs() map[string]bool {
	out := map[string]bool{}
	for _, x := range d.LeftOut {
		out[x.Ref] = true
	}
	return out
}

// Group finds a group's figures and the reasons beside them; nil where there is no such group.
func (d *Disclosure) Group(column, value string) (*GroupView, *GroupReasons) {
	for i := range d.Consolidation.Groups {
		if g := &d.Consolidation.Groups[i]; g.Column == column && g.Value == value {
			return g, &d.Groups[i]
		}
	}
	return nil, nil
}

// LeastForMean, LeastForMedian and LeastForQuartiles are the numbers of returns that figures need which leave the office,
// the reader's own included.
func (d *Disclosure) LeastForMean() int      { return d.Minimum + 1 }
func (d *Disclosure) LeastForMedian() int    { return 2 * d.Minimum }
func (d *Disclosure) LeastForQuartiles() int { return 4 * d.Minimum }

// FigureDecimals is the number of decimals that a figure of n recipients carries: with fewer than a hundred, one recipient
// moves a mean by more than a hundredth of the scale. share says that the figure is a share, such as an achievement.
func FigureDecimals(n int, share bool) int {
	d := 1
	if n >= 100 {
		d = 2
	}
	if share {
		d++ // whole points, or tenths of one
	}
	return d
}
