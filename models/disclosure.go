package models

import (
	"time"

	"github.com/rubric-project/rubric/models/withholding"
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
	LeftOut []withholding.LeftOut `json:"left_out,omitempty"`
	// All and Groups say of each figure of Consolidation why it is withheld; Groups is in the same order.
	All    withholding.Group   `json:"all"`
	Groups []withholding.Group `json:"groups,omitempty"`
	// KeptBack is, for methods that attain levels, how many each section or criterion keeps from their next level, in template
	// order.
	KeptBack []KeptBack `json:"kept_back,omitempty"`
	// AsOf is when the comparison set was recorded; zero where it is of what counts now.
	AsOf time.Time `json:"as_of,omitzero"`
}

// KeptBack is how many recipients one section, or one criterion, keeps from their next level. Count is 0 where it is withheld.
type KeptBack struct {
	Topic    string             `json:"topic"`
	Theme    string             `json:"theme,omitempty"`
	Ref      string             `json:"ref,omitempty"`
	Count    int                `json:"count"`
	Withheld withholding.Reason `json:"withheld,omitempty"`
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
func (d *Disclosure) Group(column, value string) (*GroupView, *withholding.Group) {
	for i := range d.Consolidation.Groups {
		if g := &d.Consolidation.Groups[i]; g.Column == column && g.Value == value {
			return g, &d.Groups[i]
		}
	}
	return nil, nil
}

// LeastForMean is the number of returns that a mean needs which leaves the office, the reader's own included.
func (d *Disclosure) LeastForMean() int { return d.Minimum + 1 }

// LeastForMedian is the number of returns that a median needs.
func (d *Disclosure) LeastForMedian() int { return 2 * d.Minimum }

// LeastForQuartiles is the number of returns that quartiles need.
func (d *Disclosure) LeastForQuartiles() int { return 4 * d.Minimum }
